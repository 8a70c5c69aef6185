//! What the transcoder knows of a message, laid out so that its inner loop need not search.

use std::collections::BTreeMap;
use std::sync::{OnceLock, PoisonError, RwLock};

use crate::catalog::{Field, FieldType, Form, Message, Omit, Scalar};
use crate::codec::canonical::is_written_when_absent;
use crate::codec::{go, json};

/// Most fields of a message: their places are the bits of a word.
const MOST_FIELDS: usize = u64::BITS as usize;
/// The seat of a number that no field has.
const VACANT: u8 = u8::MAX;

/// A message's plan.
pub(super) struct Plan {
    pub(super) message: &'static Message,
    pub(super) form: Form,
    /// Name of the Go struct, for errors.
    pub(super) name: &'static str,
    /// The fields in the order in which JSON shows them.
    pub(super) steps: Box<[Step]>,
    /// All fields, by the bits of their places.
    pub(super) all: u64,
    /// Those that JSON shows although they are not in the bytes, by the bits of their places.
    pub(super) always: u64,
    /// `resourceVersion`, by the bit of its place.
    pub(super) version: u64,
    /// Places by field number.
    seats: Box<[u8]>,
}

impl Plan {
    /// The plan of a message; made when it is first asked for, as most messages never are.
    pub(super) fn of(message: &'static Message) -> &'static Self {
        static PLANS: RwLock<BTreeMap<usize, &Plan>> = RwLock::new(BTreeMap::new());
        let address = std::ptr::from_ref(message).addr();
        let known = PLANS.read().unwrap_or_else(PoisonError::into_inner).get(&address).copied();
        known.unwrap_or_else(|| {
            let mut plans = PLANS.write().unwrap_or_else(PoisonError::into_inner);
            plans.entry(address).or_insert_with(|| Box::leak(Box::new(Self::new(message))))
        })
    }

    fn new(message: &'static Message) -> Self {
        let fields = message.fields;
        assert!(fields.len() <= MOST_FIELDS, "{} has too many fields", message.name);
        let bits = |which: fn(&Field) -> bool| {
            let bit = |(place, field)| u64::from(which(field)) << place;
            fields.iter().enumerate().map(bit).sum()
        };
        let highest = fields.iter().map(|field| field.number as usize).max().unwrap_or_default();
        let mut seats = vec![VACANT; highest + 1];
        for (place, field) in fields.iter().enumerate().filter(|(_, field)| field.number > 0) {
            seats[field.number as usize] = place as u8;
        }
        Self {
            message,
            form: message.form,
            name: go::struct_name(message),
            steps: fields.iter().map(Step::new).collect(),
            all: bits(|_| true),
            always: bits(is_shown_when_absent),
            version: bits(|field| field.json == "resourceVersion"),
            seats: seats.into(),
        }
    }

    /// The place of the field with a number.
    #[inline]
    pub(super) fn seat(&self, number: u32) -> Option<usize> {
        let seat = *self.seats.get(number as usize)?;
        (seat != VACANT).then_some(usize::from(seat))
    }
}

/// Also true of the messages whose own fields stand in their parent's object.
fn is_shown_when_absent(field: &Field) -> bool {
    field.json.is_empty() || is_written_when_absent(field)
}

/// What is done with a field.
pub(super) struct Step {
    pub(super) key: Key,
    pub(super) field: &'static Field,
    /// JSON leaves the zero value out.
    pub(super) omits: bool,
    plan: OnceLock<&'static Plan>,
}

impl Step {
    fn new(field: &'static Field) -> Self {
        let omits = field.omit != Omit::Never && !field.pointer;
        Self { key: Key::new(field.json), field, omits, plan: OnceLock::new() }
    }

    /// What the field holds, or its elements or values do.
    #[inline]
    pub(super) fn ty(&self) -> Type {
        match self.field.ty {
            FieldType::Scalar(scalar) => Type::Scalar(scalar),
            FieldType::Message(message) => {
                Type::Message(self.plan.get_or_init(|| Plan::of(message)))
            }
        }
    }
}

/// The type of a value, with its plan.
#[derive(Clone, Copy)]
pub(super) enum Type {
    Scalar(Scalar),
    Message(&'static Plan),
}

impl Type {
    pub(super) fn of(ty: FieldType) -> Self {
        match ty {
            FieldType::Scalar(scalar) => Self::Scalar(scalar),
            FieldType::Message(message) => Self::Message(Plan::of(message)),
        }
    }
}

/// A field's name as JSON has it, with quotes and colon.
pub(super) struct Key {
    /// The beginning, filled up: to copy a fixed size is much cheaper than a size of its own.
    padded: [u8; Key::PADDED],
    length: u8,
    name: &'static str,
}

impl Key {
    const PADDED: usize = 32;

    fn new(name: &'static str) -> Self {
        let mut padded = [0; Self::PADDED];
        let quoted = name.len() + 3;
        if quoted <= Self::PADDED {
            padded[0] = b'"';
            padded[1..=name.len()].copy_from_slice(name.as_bytes());
            padded[name.len() + 1..quoted].copy_from_slice(b"\":");
        }
        Self { padded, length: quoted as u8, name }
    }

    /// Writes the key; names need no escapes.
    #[inline]
    pub(super) fn write(&self, out: &mut Vec<u8>) {
        let length = usize::from(self.length);
        if length <= Self::PADDED {
            let end = out.len() + length;
            out.extend_from_slice(&self.padded);
            out.truncate(end);
        } else {
            json::write_key(self.name, out);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &'static str) {
        let (mut quick, mut plain) = (b"{".to_vec(), b"{".to_vec());
        Key::new(name).write(&mut quick);
        json::write_key(name, &mut plain);
        assert_eq!(quick, plain);
    }

    #[test]
    fn keys_of_any_length_are_quoted() {
        check("a");
        check("twenty-nine-characters-are-it");
        check("thirty-characters-are-too-much");
    }

    #[test]
    fn every_number_has_its_seat() {
        for message in crate::catalog().messages {
            let plan = Plan::of(message);
            for (place, field) in message.fields.iter().enumerate() {
                let seat = (field.number > 0).then_some(place);
                assert_eq!(plan.seat(field.number), seat, "{}", message.name);
            }
            assert_eq!(plan.seat(1000), None);
        }
    }
}
