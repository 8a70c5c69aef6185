//! Trees to JSON in the order of the Go structs.

use pintle_machinery::Value;

use super::fields_v1;
use crate::catalog::{Field, FieldType, Form, Message, Shape};
use crate::codec::canonical::{self, Fields};
use crate::codec::text;

/// Writes a tree as Go's `json.Marshal` writes the typed object; the tree need not be canonical.
///
/// Responses and stored JSON end with a line end besides, which the caller adds.
pub fn encode(message: &'static Message, tree: &Value, out: &mut Vec<u8>) {
    write_value(FieldType::Message(message), tree, out);
}

/// [`encode`] over several lines, indented by two blanks, as `json.MarshalIndent`.
pub fn encode_pretty(message: &'static Message, tree: &Value) -> Vec<u8> {
    let mut out = Vec::new();
    encode(message, tree, &mut out);
    text::indent(&out)
}

/// Writes a tree without a schema: keys sorted, nothing left out.
pub fn encode_any(tree: &Value, out: &mut Vec<u8>) {
    write_any(tree, out);
}

fn write_value(ty: FieldType, value: &Value, out: &mut Vec<u8>) {
    let FieldType::Message(message) = ty else {
        return if value.is_null() {
            write_any(&canonical::zero_of_type(ty), out);
        } else {
            write_any(value, out);
        };
    };
    match message.form {
        Form::Object => {
            out.push(b'{');
            write_fields(message, value.as_object(), out);
            close(out, b'}');
        }
        Form::FieldsV1 => fields_v1::write(value, out),
        Form::SchemaOrBool | Form::SchemaOrArray | Form::SchemaOrStringArray => {
            write_schema_or(message, value, out);
        }
        Form::Items => match value {
            Value::Array(items) => write_list(canonical::items_of(message), items, out),
            value => write_any(value, out),
        },
        _ if value.is_null() => write_any(&canonical::zero_of_message(message), out),
        _ => write_any(value, out),
    }
}

fn write_schema_or(message: &'static Message, value: &Value, out: &mut Vec<u8>) {
    match (value, canonical::schema_of(message)) {
        (Value::Object(_), Some(schema)) => write_value(FieldType::Message(schema), value, out),
        (Value::Array(items), Some(schema)) if message.form == Form::SchemaOrArray => {
            write_list(FieldType::Message(schema), items, out);
        }
        (Value::Null, _) => write_any(&canonical::zero_of_message(message), out),
        _ => write_any(value, out),
    }
}

/// Writes each field with a comma behind it.
fn write_fields(message: &'static Message, fields: Option<&Fields>, out: &mut Vec<u8>) {
    for field in message.fields {
        if field.json.is_empty() {
            if let FieldType::Message(inlined) = field.ty {
                write_fields(inlined, fields, out);
            }
            continue;
        }
        match fields.and_then(|fields| fields.get(field.json)) {
            None | Some(Value::Null) if !canonical::is_written_when_absent(field) => {}
            Some(value) if !value.is_null() && canonical::is_omitted(field, value) => {}
            value => {
                write_key(field.json, out);
                write_field(field, value.unwrap_or(&Value::Null), out);
                out.push(b',');
            }
        }
    }
}

fn write_field(field: &Field, value: &Value, out: &mut Vec<u8>) {
    match (field.shape, value) {
        (Shape::Single, Value::Null) if field.pointer => out.extend_from_slice(b"null"),
        (Shape::Single, value) => write_value(field.ty, value, out),
        (Shape::List, Value::Array(items)) => write_list(field.ty, items, out),
        (Shape::Map, Value::Object(entries)) => {
            out.push(b'{');
            for (key, value) in entries {
                text::write_str(out, key);
                out.push(b':');
                write_value(field.ty, value, out);
                out.push(b',');
            }
            close(out, b'}');
        }
        (_, value) => write_any(value, out),
    }
}

fn write_list(ty: FieldType, items: &[Value], out: &mut Vec<u8>) {
    out.push(b'[');
    for item in items {
        write_value(ty, item, out);
        out.push(b',');
    }
    close(out, b']');
}

/// Writes the key of a struct's field, which needs no escapes.
pub(crate) fn write_key(key: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    out.extend_from_slice(key.as_bytes());
    out.extend_from_slice(b"\":");
}

/// Ends an object or a list: its last comma becomes the bracket.
#[inline]
pub(crate) fn close(out: &mut Vec<u8>, bracket: u8) {
    match out.last_mut() {
        Some(last @ b',') => *last = bracket,
        _ => out.push(bracket),
    }
}

/// Writes any value: keys sorted, strings and numbers as Go writes them.
pub(crate) fn write_any(value: &Value, out: &mut Vec<u8>) {
    match value {
        Value::Null => out.extend_from_slice(b"null"),
        Value::Bool(true) => out.extend_from_slice(b"true"),
        Value::Bool(false) => out.extend_from_slice(b"false"),
        Value::Number(number) => match (number.as_i64(), number.as_u64()) {
            (Some(value), _) => text::write_i64(out, value),
            (_, Some(value)) => text::write_u64(out, value),
            _ => text::write_f64(out, number.as_f64().unwrap_or_default()),
        },
        Value::String(value) => text::write_str(out, value),
        Value::Array(items) => {
            out.push(b'[');
            for item in items {
                write_any(item, out);
                out.push(b',');
            }
            close(out, b']');
        }
        Value::Object(fields) => {
            out.push(b'{');
            for (key, value) in fields {
                text::write_str(out, key);
                out.push(b':');
                write_any(value, out);
                out.push(b',');
            }
            close(out, b'}');
        }
    }
}

/// Writes the tree of a `FieldsV1`.
pub(crate) fn write_field_set(value: &Value, out: &mut Vec<u8>) {
    fields_v1::write(value, out);
}
