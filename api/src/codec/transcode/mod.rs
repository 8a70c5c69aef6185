//! Stored protobuf to JSON in one pass, without a tree: the read path.

mod map;
mod plan;
mod schema;
mod slots;
mod value;
mod zero;

use self::plan::{Plan, Step, Type};
use self::slots::{Place, Slot, merged};
use self::zero::{is_zero_message, is_zero_scalar};
use super::canonical::{self, is_written_when_absent};
use super::json::{close, write_any, write_key};
use super::protobuf::WireError;
use super::protobuf::wire::{Payload, Reader};
use super::{MAX_DEPTH, text};
use crate::catalog::{Form, Message, Omit, Scalar, Shape};

/// What JSON shows of an object besides its stored message.
#[derive(Clone, Copy, Debug, Default)]
pub struct Header<'a> {
    /// Printed first; nothing if empty, as in lists.
    pub kind: &'a str,
    /// Printed second; nothing if empty.
    pub api_version: &'a str,
    /// Takes the place of `metadata.resourceVersion`; the stored one stays if empty.
    pub resource_version: &'a str,
}

/// Writes a stored message as JSON: what decoding and encoding it would give, but for raw JSON
/// inside it, which keeps its spelling as upstream keeps it.
///
/// On an error `out` is as it was before.
pub fn protobuf_to_json(
    message: &'static Message,
    raw: &[u8],
    header: Header<'_>,
    out: &mut Vec<u8>,
) -> Result<(), WireError> {
    let mut transcoder = Transcoder { out, slots: Vec::with_capacity(SLOTS), top: 0, header };
    transcoder.root(message, raw)
}

/// Slots that no usual object outgrows.
const SLOTS: usize = 192;

/// The walk over one object. Only fields that are there are looked at: a first look at a message
/// fills the slots of its fields, a second writes these in the order of JSON.
struct Transcoder<'a> {
    out: &'a mut Vec<u8>,
    /// Where the fields of the messages that are being written stand in their bytes.
    slots: Vec<Slot>,
    /// How many of the slots belong to messages that are being written; the rest is stale.
    top: usize,
    header: Header<'a>,
}

#[derive(Clone, Copy)]
struct Level {
    depth: usize,
    at: At,
}

/// Which parts of the header may go into a message.
#[derive(Clone, Copy, PartialEq)]
enum At {
    Root,
    Metadata,
    Inside,
}

impl Level {
    #[inline]
    fn below(self, step: &Step) -> Level {
        let metadata = self.at == At::Root && step.field.json == "metadata";
        Level { depth: self.depth + 1, at: if metadata { At::Metadata } else { At::Inside } }
    }
}

impl Transcoder<'_> {
    fn root(&mut self, message: &'static Message, raw: &[u8]) -> Result<(), WireError> {
        let start = self.out.len();
        let done = self.message(Plan::of(message), raw, Level { depth: 1, at: At::Root });
        if done.is_err() {
            self.out.truncate(start);
        }
        done
    }

    fn message(
        &mut self,
        plan: &'static Plan,
        bytes: &[u8],
        level: Level,
    ) -> Result<(), WireError> {
        match plan.form {
            Form::Object => {
                if level.depth > MAX_DEPTH {
                    return Err(WireError::TooDeep);
                }
                self.out.push(b'{');
                self.fields(plan, bytes, level)?;
                close(self.out, b'}');
                Ok(())
            }
            Form::SchemaOrBool | Form::SchemaOrArray | Form::SchemaOrStringArray => {
                self.schema_or(plan, bytes, level)
            }
            Form::Items => {
                let run = Run {
                    ty: Type::of(canonical::items_of(plan.message)),
                    name: "items",
                    number: 1,
                    first: 0,
                    count: usize::MAX,
                };
                self.out.push(b'[');
                self.elements(&run, bytes, level)?;
                close(self.out, b']');
                Ok(())
            }
            form => self.special(form, plan.name, bytes),
        }
    }

    /// Whether a message shows the header's resource version.
    fn is_versioned(&self, level: Level) -> bool {
        level.at == At::Metadata && !self.header.resource_version.is_empty()
    }

    /// Writes the fields of a message, each with a comma behind it.
    fn fields(&mut self, plan: &'static Plan, bytes: &[u8], level: Level) -> Result<(), WireError> {
        let base = self.top;
        self.top += plan.steps.len();
        if self.slots.len() < self.top {
            self.slots.resize(self.top, Slot::default());
        }
        let present = locate(plan, bytes, &mut self.slots[base..])?;
        let mut shown = present
            | match level.at {
                At::Root => plan.all,
                At::Metadata if self.is_versioned(level) => plan.always | plan.version,
                _ => plan.always,
            };
        while shown != 0 {
            let place = shown.trailing_zeros() as usize;
            shown &= shown - 1;
            let step = &plan.steps[place];
            let slot = (present >> place & 1 == 1).then(|| self.slots[base + place]);
            if step.field.json.is_empty() {
                self.inlined(step, bytes, slot, level)?;
            } else if self.is_versioned(level) && plan.version >> place & 1 == 1 {
                step.key.write(self.out);
                text::write_str(self.out, self.header.resource_version);
                self.out.push(b',');
            } else if let Some(slot) = slot {
                self.present(step, bytes, slot, level)?;
            } else {
                self.absent(step, level)?;
            }
        }
        self.top = base;
        Ok(())
    }

    /// Writes a field without a key of its own: its fields stand among its message's.
    fn inlined(
        &mut self,
        step: &'static Step,
        bytes: &[u8],
        slot: Option<Slot>,
        level: Level,
    ) -> Result<(), WireError> {
        let Type::Message(plan) = step.ty() else { return Ok(()) };
        if step.field.number == 0 {
            if level.at == At::Root {
                for (key, value) in
                    [("kind", self.header.kind), ("apiVersion", self.header.api_version)]
                {
                    if !value.is_empty() {
                        write_key(key, self.out);
                        text::write_str(self.out, value);
                        self.out.push(b',');
                    }
                }
            }
            return Ok(());
        }
        let level = Level { depth: level.depth + 1, at: At::Inside };
        match slot {
            None => self.fields(plan, &[], level),
            Some(slot) if slot.count > 1 => self.fields(plan, &merged(step, bytes, slot)?, level),
            Some(slot) => self.fields(plan, slot.payload(bytes).bytes(step.field.json)?, level),
        }
    }

    /// Writes a field that is not in the bytes, if JSON shows it.
    fn absent(&mut self, step: &'static Step, level: Level) -> Result<(), WireError> {
        let shown = is_written_when_absent(step.field);
        match step.ty() {
            Type::Message(plan)
                if plan.form == Form::Object
                    && step.field.shape == Shape::Single
                    && !step.field.pointer =>
            {
                // Metadata takes a resource version even where nothing else is stored.
                let level = level.below(step);
                if !shown && !self.is_versioned(level) {
                    return Ok(());
                }
                step.key.write(self.out);
                self.message(plan, &[], level)?;
            }
            _ if shown => {
                step.key.write(self.out);
                write_any(&canonical::zero_of(step.field), self.out);
            }
            _ => return Ok(()),
        }
        self.out.push(b',');
        Ok(())
    }

    /// Writes a field that is in the bytes, unless JSON leaves its value out.
    fn present(
        &mut self,
        step: &'static Step,
        bytes: &[u8],
        slot: Slot,
        level: Level,
    ) -> Result<(), WireError> {
        let start = self.out.len();
        let field = step.field;
        let written = match (field.shape, step.ty()) {
            (Shape::Single, Type::Scalar(scalar)) => {
                let payload = slot.payload(bytes);
                if step.omits && is_zero_scalar(payload) {
                    return Ok(());
                }
                step.key.write(self.out);
                self.scalar(scalar, field.json, payload)?;
                true
            }
            (Shape::Single, Type::Message(plan)) => {
                step.key.write(self.out);
                self.single(step, plan, bytes, slot, level.below(step))?
            }
            (Shape::List, ty) => {
                let Slot { first, count, .. } = slot;
                let run = Run { ty, name: field.json, number: field.number, first, count };
                step.key.write(self.out);
                self.out.push(b'[');
                self.elements(&run, bytes, level.below(step))?;
                let empty = self.out.last() == Some(&b'[');
                close(self.out, b']');
                !empty || field.omit == Omit::Never
            }
            (Shape::Map, ty) => {
                step.key.write(self.out);
                self.map(step, ty, bytes, slot, level.below(step))?;
                true
            }
        };
        if written {
            self.out.push(b',');
        } else {
            self.out.truncate(start);
        }
        Ok(())
    }

    /// Writes a field's only message; says whether JSON shows it.
    fn single(
        &mut self,
        step: &'static Step,
        plan: &'static Plan,
        bytes: &[u8],
        slot: Slot,
        level: Level,
    ) -> Result<bool, WireError> {
        let field = step.field;
        if slot.count > 1 && plan.form == Form::Object {
            self.message(plan, &merged(step, bytes, slot)?, level)?;
            return Ok(true);
        }
        let inside = slot.payload(bytes).bytes(field.json)?;
        if field.omit == Omit::Zero
            && !field.pointer
            && !self.is_versioned(level)
            && is_zero_message(plan, inside)?
        {
            return Ok(false);
        }
        let start = self.out.len();
        self.message(plan, inside, level)?;
        let written = &self.out[start..];
        Ok(match plan.form {
            Form::Object => true,
            Form::Items => !(step.omits && written == b"[]"),
            _ => !(field.pointer && field.omit != Omit::Never && written == b"null"),
        })
    }

    /// Writes the elements of a list, each with a comma behind it.
    fn elements(&mut self, run: &Run, bytes: &[u8], level: Level) -> Result<(), WireError> {
        let mut reader = Reader::starting_at(bytes, run.first);
        let mut rest = run.count;
        while rest > 0 {
            let Some(entry) = reader.next("")? else { break };
            if entry.number != run.number {
                continue;
            }
            rest -= 1;
            match (run.ty, entry.payload) {
                (Type::Scalar(scalar), Payload::Bytes(packed))
                    if !matches!(scalar, Scalar::String | Scalar::Bytes) =>
                {
                    self.packed(scalar, run.name, packed)?;
                }
                (ty, payload) => {
                    self.value(ty, run.name, payload, level)?;
                    self.out.push(b',');
                }
            }
        }
        Ok(())
    }

    fn packed(&mut self, scalar: Scalar, name: &str, packed: &[u8]) -> Result<(), WireError> {
        let mut reader = Reader::new(packed);
        while reader.offset() < packed.len() {
            let payload = match scalar {
                Scalar::Double => Payload::Fixed64(reader.fixed64()?),
                _ => Payload::Varint(reader.varint()?),
            };
            self.scalar(scalar, name, payload)?;
            self.out.push(b',');
        }
        Ok(())
    }

    fn value(
        &mut self,
        ty: Type,
        name: &str,
        payload: Payload<'_>,
        level: Level,
    ) -> Result<(), WireError> {
        match ty {
            Type::Scalar(scalar) => self.scalar(scalar, name, payload),
            Type::Message(plan) => self.message(plan, payload.bytes(name)?, level),
        }
    }
}

/// The elements of a list among the fields of a message.
struct Run {
    ty: Type,
    /// Name of the field, for errors.
    name: &'static str,
    number: u32,
    /// Where the first element begins.
    first: usize,
    /// How many there are; no more than these are looked for.
    count: usize,
}

/// Notes where the fields of a message stand; returns those that are there, by the bits of their
/// places. Slots of others are left as they are.
fn locate(plan: &'static Plan, bytes: &[u8], slots: &mut [Slot]) -> Result<u64, WireError> {
    let mut present = 0u64;
    let mut reader = Reader::new(bytes);
    loop {
        let first = reader.offset();
        let Some(entry) = reader.next(plan.name)? else { return Ok(present) };
        let Some(place) = plan.seat(entry.number) else { continue };
        let end = reader.offset();
        let last = match entry.payload {
            Payload::Bytes(bytes) => Place::Bytes { start: end - bytes.len(), end },
            Payload::Varint(value) => Place::Other(Payload::Varint(value)),
            Payload::Fixed64(bits) => Place::Other(Payload::Fixed64(bits)),
            Payload::Fixed32 => Place::Other(Payload::Fixed32),
            Payload::Group => Place::Other(Payload::Group),
        };
        let slot = &mut slots[place];
        if present >> place & 1 == 0 {
            *slot = Slot { first, count: 1, last };
            present |= 1 << place;
        } else {
            slot.count += 1;
            slot.last = last;
        }
    }
}
