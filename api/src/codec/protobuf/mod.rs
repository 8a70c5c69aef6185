//! Protobuf: the bytes of upstream's generated marshalers, driven by the catalog.

mod decode;
mod encode;
mod envelope;
pub(crate) mod wire;

pub(crate) use decode::Parts;
pub use decode::decode;
pub use encode::encode;
pub use envelope::{Envelope, EnvelopeError, MAGIC, watch_event, watch_frame};
pub use wire::{WireError, push_bytes, push_varint};
