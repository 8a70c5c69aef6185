//! Maps, whose keys JSON sorts.

use std::collections::BTreeMap;

use super::plan::{Step, Type};
use super::slots::Slot;
use super::{Level, Transcoder};
use crate::catalog::Scalar;
use crate::codec::json::{close, write_any};
use crate::codec::protobuf::WireError;
use crate::codec::protobuf::wire::{Entry, Payload, Reader};
use crate::codec::{canonical, text};

impl Transcoder<'_> {
    pub(super) fn map(
        &mut self,
        step: &'static Step,
        ty: Type,
        bytes: &[u8],
        slot: Slot,
        level: Level,
    ) -> Result<(), WireError> {
        let start = self.out.len();
        let mut last: Option<&[u8]> = None;
        let mut reader = Reader::starting_at(bytes, slot.first);
        let mut rest = slot.count;
        self.out.push(b'{');
        while rest > 0 {
            let Some(entry) = reader.next("")? else { break };
            if entry.number != step.field.number {
                continue;
            }
            rest -= 1;
            let (key, value) = map_entry(step, entry)?;
            if last.is_some_and(|last| last >= key) {
                self.out.truncate(start);
                return self.unsorted_map(step, ty, bytes, slot, level);
            }
            last = Some(key);
            self.map_value(step, ty, (key, value), level)?;
        }
        close(self.out, b'}');
        Ok(())
    }

    /// Writes a map that somebody else's marshaler left unsorted, or with keys twice.
    fn unsorted_map(
        &mut self,
        step: &'static Step,
        ty: Type,
        bytes: &[u8],
        slot: Slot,
        level: Level,
    ) -> Result<(), WireError> {
        let mut entries = BTreeMap::new();
        let mut reader = Reader::starting_at(bytes, slot.first);
        while let Some(entry) = reader.next("")? {
            if entry.number == step.field.number {
                let (key, value) = map_entry(step, entry)?;
                entries.insert(key, value);
            }
        }
        self.out.push(b'{');
        for entry in entries {
            self.map_value(step, ty, entry, level)?;
        }
        close(self.out, b'}');
        Ok(())
    }

    fn map_value(
        &mut self,
        step: &'static Step,
        ty: Type,
        (key, value): (&[u8], Option<Payload<'_>>),
        level: Level,
    ) -> Result<(), WireError> {
        text::write_bytes(self.out, key);
        self.out.push(b':');
        match (value, ty) {
            (Some(value), ty) => self.value(ty, step.field.json, value, level)?,
            (None, Type::Message(plan)) => self.message(plan, &[], level)?,
            (None, Type::Scalar(Scalar::Bytes)) => self.out.extend_from_slice(b"\"\""),
            (None, Type::Scalar(_)) => {
                write_any(&canonical::zero_of_type(step.field.ty), self.out);
            }
        }
        self.out.push(b',');
        Ok(())
    }
}

fn map_entry<'a>(
    step: &Step,
    entry: Entry<'a>,
) -> Result<(&'a [u8], Option<Payload<'a>>), WireError> {
    let name = step.field.json;
    let mut reader = Reader::new(entry.payload.bytes(name)?);
    let (mut key, mut value): (&[u8], _) = (&[], None);
    while let Some(part) = reader.next("MapEntry")? {
        match part.number {
            1 => key = part.payload.bytes(name)?,
            2 => value = Some(part.payload),
            _ => {}
        }
    }
    Ok((key, value))
}
