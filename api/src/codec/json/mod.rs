//! JSON: typed objects and values without a schema, as upstream's serializer reads and writes them.

mod any;
mod decode;
mod encode;
mod error;
mod fields_v1;
mod reader;

pub use any::{Interpreted, interpret, parse_any, parse_any_strict};
pub use decode::{Checked, decode, retype};
pub(crate) use encode::{close, write_any, write_field_set, write_key};
pub use encode::{encode, encode_any, encode_pretty};
pub use error::{DecodeError, StrictError, StrictKind};
pub(crate) use fields_v1::of_json as field_set_of;

#[cfg(test)]
mod tests;
