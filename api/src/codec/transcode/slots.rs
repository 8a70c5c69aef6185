//! Where the fields of a message stand in its bytes.

use super::plan::Step;
use crate::codec::protobuf::WireError;
use crate::codec::protobuf::wire::{Payload, Reader};

/// Where one field stands in its message's bytes.
#[derive(Clone, Copy, Default)]
pub(super) struct Slot {
    /// Where its first occurrence begins.
    pub(super) first: usize,
    pub(super) count: usize,
    /// Its last occurrence.
    pub(super) last: Place,
}

/// The value of a field without a loan of the bytes.
#[derive(Clone, Copy)]
pub(super) enum Place {
    Bytes { start: usize, end: usize },
    Other(Payload<'static>),
}

impl Default for Place {
    fn default() -> Self {
        Self::Bytes { start: 0, end: 0 }
    }
}

impl Slot {
    #[inline]
    pub(super) fn payload<'b>(&self, bytes: &'b [u8]) -> Payload<'b> {
        match self.last {
            Place::Bytes { start, end } => Payload::Bytes(&bytes[start..end]),
            Place::Other(payload) => payload,
        }
    }
}

/// The bytes of a message field that stands more than once: put together they merge.
pub(super) fn merged(step: &Step, bytes: &[u8], slot: Slot) -> Result<Vec<u8>, WireError> {
    let mut whole = Vec::new();
    let mut reader = Reader::starting_at(bytes, slot.first);
    while let Some(entry) = reader.next("")? {
        if entry.number == step.field.number {
            whole.extend_from_slice(entry.payload.bytes(step.field.json)?);
        }
    }
    Ok(whole)
}
