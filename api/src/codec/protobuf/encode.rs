//! Trees to the bytes of generated marshalers: from the last field to the first, as they do.

use pintle_machinery::Value;

use super::wire::Backward;
use crate::catalog::{Field, FieldType, Form, Message, Scalar, Shape};
use crate::codec::canonical::{self, Fields};
use crate::codec::{go, json, scalar};

/// Encodes a tree as the message's generated `Marshal`: fields ascending by number, fields that
/// are no pointers always, pointers, lists and maps if present, maps sorted by key.
///
/// The tree need not be canonical. `apiVersion` and `kind` are no part of the bytes.
pub fn encode(message: &'static Message, tree: &Value) -> Vec<u8> {
    let mut out = Backward::with_capacity(USUAL_BYTES);
    write_message(&mut out, message, tree);
    out.into_bytes()
}

/// What most objects fit in.
const USUAL_BYTES: usize = 4096;

fn write_message(out: &mut Backward, message: &'static Message, value: &Value) {
    match message.form {
        Form::Object => write_fields(out, message, value.as_object()),
        Form::Items => {
            for item in value.as_array().into_iter().flatten().rev() {
                write_single(out, 1, canonical::items_of(message), item);
            }
        }
        Form::SchemaOrBool | Form::SchemaOrArray | Form::SchemaOrStringArray => {
            write_schema_or(out, message, value);
        }
        _ => write_special(out, message.form, value),
    }
}

/// Fields whose values are found in one walk over the object: no message has more.
const MOST_FIELDS: usize = 64;

fn write_fields(out: &mut Backward, message: &'static Message, fields: Option<&Fields>) {
    let mut values: [&Value; MOST_FIELDS] = [const { &Value::Null }; MOST_FIELDS];
    for (name, value) in fields.into_iter().flatten() {
        if let Some(place) = canonical::place_of(message, name) {
            values[place] = value;
        }
    }
    for &index in message.by_number.iter().rev() {
        let field = &message.fields[usize::from(index)];
        if field.json.is_empty() {
            if let FieldType::Message(inlined) = field.ty {
                let before = out.len();
                write_fields(out, inlined, fields);
                out.wrap(field.number, before);
            }
            continue;
        }
        write_field(out, field, values[usize::from(index)]);
    }
}

fn write_field(out: &mut Backward, field: &Field, value: &Value) {
    match (field.shape, value) {
        (Shape::Single, Value::Null) if field.pointer || is_slice(field.ty) => {}
        (Shape::Single, value) => write_single(out, field.number, field.ty, value),
        (Shape::List, Value::Array(items)) => {
            for item in items.iter().rev() {
                write_single(out, field.number, field.ty, item);
            }
        }
        (Shape::Map, Value::Object(entries)) => {
            for (key, value) in entries.iter().rev() {
                let before = out.len();
                let bytes = matches!(field.ty, FieldType::Scalar(Scalar::Bytes));
                if !(bytes && value.is_null()) {
                    write_single(out, 2, field.ty, value);
                }
                out.bytes(1, key.as_bytes());
                out.wrap(field.number, before);
            }
        }
        _ => {}
    }
}

/// Whether the Go type can be nil without being a pointer.
fn is_slice(ty: FieldType) -> bool {
    match ty {
        FieldType::Scalar(scalar) => scalar == Scalar::Bytes,
        FieldType::Message(message) => message.form == Form::Items,
    }
}

fn write_single(out: &mut Backward, number: u32, ty: FieldType, value: &Value) {
    match ty {
        FieldType::Scalar(scalar) => write_scalar(out, number, scalar, value),
        FieldType::Message(message) => {
            let before = out.len();
            write_message(out, message, value);
            out.wrap(number, before);
        }
    }
}

fn write_scalar(out: &mut Backward, number: u32, scalar: Scalar, value: &Value) {
    match scalar {
        Scalar::String => out.bytes(number, value.as_str().unwrap_or_default().as_bytes()),
        Scalar::Bytes => {
            let text = value.as_str().unwrap_or_default();
            out.bytes(number, &go::base64(text.as_bytes()).unwrap_or_default());
        }
        Scalar::Bool => out.integer(number, u64::from(value.as_bool().unwrap_or_default())),
        Scalar::Double => {
            out.push(&value.as_f64().unwrap_or_default().to_le_bytes());
            out.tag(number, 1);
        }
        Scalar::Int32 | Scalar::Int64 | Scalar::Uint32 | Scalar::Uint64 => {
            let integer = value.as_i64().map(|value| value as u64).or(value.as_u64());
            let float = || value.as_f64().unwrap_or_default() as i64 as u64;
            out.integer(number, integer.unwrap_or_else(float));
        }
    }
}

/// Types whose text is no message of fields.
fn write_special(out: &mut Backward, form: Form, value: &Value) {
    let text = value.as_str().unwrap_or_default();
    match form {
        Form::Quantity => match value {
            Value::String(text) => out.bytes(1, text.as_bytes()),
            Value::Number(number) => {
                let text = scalar::quantity(&number.to_string());
                out.bytes(1, text.as_deref().unwrap_or("0").as_bytes());
            }
            _ => out.bytes(1, b"0"),
        },
        Form::Time => {
            if let Some(seconds) = scalar::seconds_of(text) {
                out.integer(2, 0);
                out.integer(1, seconds as u64);
            }
        }
        Form::MicroTime => {
            if let Some((seconds, nanos)) = scalar::micros_of(text) {
                out.integer(2, u64::from(nanos / 1000 * 1000));
                out.integer(1, seconds as u64);
            }
        }
        Form::Duration => out.integer(1, scalar::nanos_of(text) as u64),
        Form::IntOrString => {
            out.bytes(3, text.as_bytes());
            out.integer(2, value.as_i64().unwrap_or_default() as u64);
            out.integer(1, u64::from(value.is_string()));
        }
        Form::Raw | Form::FieldsV1 if value.is_null() => {}
        Form::Raw => {
            let mut raw = Vec::new();
            json::write_any(value, &mut raw);
            out.bytes(1, &raw);
        }
        Form::FieldsV1 => {
            let mut raw = Vec::new();
            json::write_field_set(value, &mut raw);
            out.bytes(1, &raw);
        }
        _ => {}
    }
}

fn write_schema_or(out: &mut Backward, message: &'static Message, value: &Value) {
    let schema = canonical::schema_of(message).map(FieldType::Message);
    match (value, message.form, schema) {
        (Value::Object(_), Form::SchemaOrBool, Some(schema)) => {
            write_single(out, 2, schema, value);
            out.integer(1, 1);
        }
        (value, Form::SchemaOrBool, _) => out.integer(1, u64::from(value == &Value::Bool(true))),
        (Value::Object(_), _, Some(schema)) => write_single(out, 1, schema, value),
        (Value::Array(items), Form::SchemaOrArray, Some(schema)) => {
            for item in items.iter().rev() {
                write_single(out, 2, schema, item);
            }
        }
        (Value::Array(items), Form::SchemaOrStringArray, _) => {
            for item in items.iter().rev() {
                write_scalar(out, 2, Scalar::String, item);
            }
        }
        _ => {}
    }
}
