//! The bytes of generated marshalers to canonical trees.

use pintle_machinery::Value;
use pintle_machinery::time::Time;
use serde_json::Number;

use super::wire::{Payload, Reader, WireError};
use crate::catalog::{Field, FieldType, Form, Message, Scalar, Shape};
use crate::codec::canonical::{self, Fields};
use crate::codec::{MAX_DEPTH, go, json, scalar, text};

/// Decodes a message into its canonical tree, as the generated `Unmarshal`: unknown fields are
/// dropped, of repeated single fields messages merge and of scalars the last wins.
///
/// The tree has no `apiVersion` and `kind`: they stand in the envelope.
pub fn decode(message: &'static Message, bytes: &[u8]) -> Result<Value, WireError> {
    let mut slot = None;
    read_message(message, bytes, 1, &mut slot)?;
    Ok(slot.unwrap_or_else(|| canonical::zero_of_message(message)))
}

/// Reads a message into a slot: `None` is its zero value.
fn read_message(
    message: &'static Message,
    bytes: &[u8],
    depth: usize,
    slot: &mut Option<Value>,
) -> Result<(), WireError> {
    match message.form {
        Form::Object if depth > MAX_DEPTH => Err(WireError::TooDeep),
        Form::Object => {
            let mut fields = match slot.take() {
                Some(Value::Object(fields)) => fields,
                _ => Fields::new(),
            };
            read_fields(message, bytes, depth, &mut fields)?;
            let zero = canonical::finish(message, &mut fields);
            *slot = (!zero).then_some(Value::Object(fields));
            Ok(())
        }
        Form::SchemaOrBool | Form::SchemaOrArray | Form::SchemaOrStringArray => {
            read_schema_or(message, bytes, depth, slot)
        }
        Form::Items => {
            slot.get_or_insert_with(|| Value::Array(Vec::new()));
            let mut reader = Reader::new(bytes);
            while let Some(entry) = reader.next(go::struct_name(message))? {
                if entry.number == 1 {
                    let ty = canonical::items_of(message);
                    push_item(ty, "items", entry.payload, depth, slot)?;
                }
            }
            Ok(())
        }
        form => {
            *slot = read_special(form, go::struct_name(message), bytes)?;
            Ok(())
        }
    }
}

fn read_fields(
    message: &'static Message,
    bytes: &[u8],
    depth: usize,
    fields: &mut Fields,
) -> Result<(), WireError> {
    let mut reader = Reader::new(bytes);
    let mut hint = 0;
    while let Some(entry) = reader.next(go::struct_name(message))? {
        let Some(field) = find(message, entry.number, &mut hint) else { continue };
        if field.json.is_empty() {
            if let FieldType::Message(inlined) = field.ty {
                read_fields(inlined, entry.payload.bytes(field.json)?, depth + 1, fields)?;
            }
            continue;
        }
        let mut slot = fields.remove(field.json);
        read_field(field, entry.payload, depth, &mut slot)?;
        if let Some(value) = slot {
            fields.insert(field.json.to_owned(), value);
        }
    }
    Ok(())
}

fn read_field(
    field: &'static Field,
    payload: Payload<'_>,
    depth: usize,
    slot: &mut Option<Value>,
) -> Result<(), WireError> {
    match field.shape {
        Shape::Single => {
            read_single(field.ty, field.json, payload, depth, slot)?;
            if field.pointer && slot.is_none() {
                let zero = canonical::zero_of_type(field.ty);
                *slot = (!zero.is_null()).then_some(zero);
            }
            Ok(())
        }
        Shape::List => push_item(field.ty, field.json, payload, depth, slot),
        Shape::Map => {
            let mut entry = Reader::new(payload.bytes(field.json)?);
            let (mut key, mut value) = (String::new(), None);
            while let Some(part) = entry.next("MapEntry")? {
                match part.number {
                    1 => key = text::to_text(part.payload.bytes(field.json)?),
                    2 => read_single(field.ty, field.json, part.payload, depth, &mut value)?,
                    _ => {}
                }
            }
            let value = value.unwrap_or_else(|| match field.ty {
                FieldType::Scalar(Scalar::Bytes) => Value::String(String::new()),
                ty => canonical::zero_of_type(ty),
            });
            let entries = slot.get_or_insert_with(|| Value::Object(Fields::new()));
            if let Value::Object(entries) = entries {
                entries.insert(key, value);
            }
            Ok(())
        }
    }
}

/// Adds an element to a list; numbers may also come packed.
fn push_item(
    ty: FieldType,
    name: &str,
    payload: Payload<'_>,
    depth: usize,
    slot: &mut Option<Value>,
) -> Result<(), WireError> {
    let Value::Array(items) = slot.get_or_insert_with(|| Value::Array(Vec::new())) else {
        return Ok(());
    };
    if let (FieldType::Scalar(scalar), Payload::Bytes(packed)) = (ty, payload)
        && !matches!(scalar, Scalar::String | Scalar::Bytes)
    {
        let mut reader = Reader::new(packed);
        while reader.offset() < packed.len() {
            let payload = match scalar {
                Scalar::Double => Payload::Fixed64(reader.fixed64()?),
                _ => Payload::Varint(reader.varint()?),
            };
            items.push(scalar_of(scalar, name, payload)?);
        }
        return Ok(());
    }
    let mut item = None;
    read_single(ty, name, payload, depth, &mut item)?;
    items.push(item.unwrap_or_else(|| canonical::zero_of_type(ty)));
    Ok(())
}

fn read_single(
    ty: FieldType,
    name: &str,
    payload: Payload<'_>,
    depth: usize,
    slot: &mut Option<Value>,
) -> Result<(), WireError> {
    match ty {
        FieldType::Scalar(scalar) => {
            *slot = Some(scalar_of(scalar, name, payload)?);
            Ok(())
        }
        FieldType::Message(message) => read_message(message, payload.bytes(name)?, depth + 1, slot),
    }
}

fn scalar_of(scalar: Scalar, name: &str, payload: Payload<'_>) -> Result<Value, WireError> {
    Ok(match scalar {
        Scalar::String => Value::String(text::to_text(payload.bytes(name)?)),
        Scalar::Bytes => Value::String(scalar::base64(payload.bytes(name)?)),
        Scalar::Bool => Value::Bool(payload.varint(name)? != 0),
        Scalar::Int32 => Value::from(payload.varint(name)? as i32),
        Scalar::Int64 => Value::from(payload.varint(name)? as i64),
        Scalar::Uint32 => Value::from(payload.varint(name)? as u32),
        Scalar::Uint64 => Value::from(payload.varint(name)?),
        Scalar::Double => match payload {
            Payload::Fixed64(bits) => {
                Number::from_f64(f64::from_bits(bits)).map_or(Value::from(0.0), Value::Number)
            }
            other => return Err(other.wrong(name)),
        },
    })
}

/// Reads a type whose JSON form is a text; `None` is its zero value.
fn read_special(form: Form, name: &'static str, bytes: &[u8]) -> Result<Option<Value>, WireError> {
    let parts = Parts::read(name, bytes)?;
    Ok(match form {
        Form::Quantity => match parts.bytes {
            None => None,
            Some(text) => {
                let text = scalar::quantity(&text::to_text(text)).map_err(WireError::Value)?;
                Some(Value::String(text))
            }
        },
        Form::Time => parts.seconds().map(|seconds| Value::from(Time::new(seconds, 0).rfc3339())),
        Form::MicroTime => parts
            .moment()
            .map(|(seconds, nanos)| Value::from(Time::new(seconds, nanos).rfc3339_micro())),
        Form::Duration => match parts.first as i64 {
            0 => None,
            nanos => Some(Value::from(scalar::duration_text(nanos))),
        },
        Form::IntOrString => match parts.first {
            0 => Some(parts.second as i32).filter(|&value| value != 0).map(Value::from),
            1 => Some(Value::String(text::to_text(parts.third))),
            _ => return Err(WireError::Value("impossible IntOrString.Type".to_owned())),
        },
        Form::Raw | Form::FieldsV1 => match parts.bytes {
            None => None,
            Some([]) if form == Form::FieldsV1 => None,
            Some(raw) => {
                let value = json::parse_any(raw);
                let value = value.map_err(|error| WireError::Value(error.to_string()))?;
                Some(if form == Form::FieldsV1 { json::field_set_of(value) } else { value })
            }
        },
        _ => None,
    })
}

/// The fields of the special types by number.
#[derive(Debug, Default)]
pub(crate) struct Parts<'a> {
    empty: bool,
    pub(crate) first: u64,
    pub(crate) second: u64,
    pub(crate) bytes: Option<&'a [u8]>,
    pub(crate) third: &'a [u8],
}

impl<'a> Parts<'a> {
    pub(crate) fn read(name: &'static str, bytes: &'a [u8]) -> Result<Self, WireError> {
        let mut parts = Parts { empty: bytes.is_empty(), ..Parts::default() };
        let mut reader = Reader::new(bytes);
        while let Some(entry) = reader.next(name)? {
            match (entry.number, entry.payload) {
                (1, Payload::Varint(value)) => parts.first = value,
                (1, Payload::Bytes(value)) => parts.bytes = Some(value),
                (2, Payload::Varint(value)) => parts.second = value,
                (3, Payload::Bytes(value)) => parts.third = value,
                (1..=3, other) => return Err(other.wrong(name)),
                _ => {}
            }
        }
        Ok(parts)
    }

    /// A time's seconds, unless it is Go's zero time.
    pub(crate) fn seconds(&self) -> Option<i64> {
        let seconds = self.first as i64;
        (!self.empty && seconds != Time::ZERO.seconds).then_some(seconds)
    }

    /// A time's seconds and nanoseconds, cut to microseconds, unless it is Go's zero time.
    pub(crate) fn moment(&self) -> Option<(i64, u32)> {
        let nanos = i64::from(self.second as i32) / 1000 * 1000;
        let seconds = (self.first as i64).saturating_add(nanos.div_euclid(1_000_000_000));
        let nanos = nanos.rem_euclid(1_000_000_000) as u32;
        let zero = self.empty || seconds == Time::ZERO.seconds && nanos == 0;
        (!zero).then_some((seconds, nanos))
    }
}

fn read_schema_or(
    message: &'static Message,
    bytes: &[u8],
    depth: usize,
    slot: &mut Option<Value>,
) -> Result<(), WireError> {
    let name = go::struct_name(message);
    let Some(schema) = canonical::schema_of(message).map(FieldType::Message) else { return Ok(()) };
    let (mut allows, mut object, mut list) = (false, None, None);
    let mut reader = Reader::new(bytes);
    while let Some(entry) = reader.next(name)? {
        match (message.form, entry.number) {
            (Form::SchemaOrBool, 1) => allows = entry.payload.varint("allows")? != 0,
            (Form::SchemaOrBool, 2) | (_, 1) => {
                read_single(schema, "schema", entry.payload, depth, &mut object)?;
                object.get_or_insert_with(|| canonical::zero_of_type(schema));
            }
            (Form::SchemaOrArray, 2) => {
                push_item(schema, "jSONSchemas", entry.payload, depth, &mut list)?;
            }
            (_, 2) => {
                let ty = FieldType::Scalar(Scalar::String);
                push_item(ty, "property", entry.payload, depth, &mut list)?;
            }
            _ => {}
        }
    }
    *slot = list.or(object).or(allows.then_some(Value::Bool(true)));
    Ok(())
}

/// Finds a field by its number, beginning after the one found before.
pub(crate) fn find(
    message: &'static Message,
    number: u32,
    hint: &mut usize,
) -> Option<&'static Field> {
    let index = position(message, number, *hint)?;
    *hint = index;
    Some(&message.fields[index])
}

/// The index of a field by its number, searched from `hint` on and then from the start.
fn position(message: &Message, number: u32, hint: usize) -> Option<usize> {
    let (before, after) = message.fields.split_at(hint.min(message.fields.len()));
    let is_it = |field: &Field| field.number == number;
    after
        .iter()
        .position(is_it)
        .map(|at| at + before.len())
        .or_else(|| before.iter().position(is_it))
}
