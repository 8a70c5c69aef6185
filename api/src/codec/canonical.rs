//! What zero looks like, and which fields a canonical tree leaves out.

use pintle_machinery::Value;
use serde_json::Map;

use crate::catalog::{Field, FieldType, Form, Message, Omit, Scalar, Shape};

/// The fields of a tree's object.
pub(crate) type Fields = Map<String, Value>;

/// Brings a decoded object into canonical form; says whether the Go struct is its zero value.
///
/// Fields of the message that are absent are nil or zero. Go's `isEmptyValue` and `isZeroValue`.
pub(crate) fn finish(message: &'static Message, fields: &mut Fields) -> bool {
    let mut zero = true;
    let mut dropped = Vec::new();
    // Few of a message's fields are there: to look for those is less than to look for all.
    for (name, value) in fields.iter() {
        if let Some(place) = place_of(message, name) {
            let field = &message.fields[place];
            let (keep, field_zero) = judge(field, value);
            zero &= field_zero;
            if !keep {
                dropped.push(field.json);
            }
        }
    }
    for field in message.fields {
        if field.json.is_empty() {
            if let FieldType::Message(inlined) = field.ty {
                zero &= finish(inlined, fields);
            }
        } else if is_written_when_absent(field) && !fields.contains_key(field.json) {
            fields.insert(field.json.to_owned(), zero_of(field));
        }
    }
    for name in dropped {
        fields.remove(name);
    }
    zero
}

/// The place of the field that a key of the message's object names, unless an inlined message has it.
pub(crate) fn place_of(message: &Message, name: &str) -> Option<usize> {
    message.fields.iter().position(|field| field.json == name)
}

/// Whether JSON shows the field although it is nil or zero.
pub(crate) fn is_written_when_absent(field: &Field) -> bool {
    match field.omit {
        Omit::Never => true,
        Omit::Zero => false,
        Omit::Empty => {
            !field.pointer
                && field.shape == Shape::Single
                && matches!(field.ty, FieldType::Message(message) if is_struct(message))
        }
    }
}

/// Whether JSON leaves the field out although it is present.
pub(crate) fn is_omitted(field: &Field, value: &Value) -> bool {
    field.omit != Omit::Never && !field.pointer && is_empty(field, value)
}

/// The message is a struct in Go, so that `omitempty` never leaves it out.
fn is_struct(message: &Message) -> bool {
    message.form != Form::Items
}

fn judge(field: &Field, value: &Value) -> (bool, bool) {
    if field.pointer {
        return (true, false);
    }
    let empty = is_empty(field, value);
    let nil = match field.shape {
        Shape::Single if !matches!(field.ty, FieldType::Scalar(Scalar::Bytes)) => empty,
        _ => value.is_null(),
    };
    (field.omit == Omit::Never || !empty, nil)
}

/// Go's `isEmptyValue`; structs are empty only when null.
fn is_empty(field: &Field, value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => {
            field.shape != Shape::Single && items.is_empty() || is_items(field, items)
        }
        Value::Object(fields) => field.shape == Shape::Map && fields.is_empty(),
        Value::Bool(value) => is_scalar(field) && !value,
        Value::String(text) => is_scalar(field) && text.is_empty(),
        Value::Number(number) => {
            is_scalar(field) && (number.as_i64() == Some(0) || number.as_f64() == Some(0.0))
        }
    }
}

fn is_items(field: &Field, items: &[Value]) -> bool {
    items.is_empty()
        && matches!(field.ty, FieldType::Message(message) if message.form == Form::Items)
}

fn is_scalar(field: &Field) -> bool {
    matches!(field.ty, FieldType::Scalar(_))
}

/// The zero value of a field as JSON shows it.
pub(crate) fn zero_of(field: &Field) -> Value {
    if field.pointer || field.shape != Shape::Single {
        return Value::Null;
    }
    zero_of_type(field.ty)
}

/// The zero value of a list's element, a map's value or a plain field.
pub(crate) fn zero_of_type(ty: FieldType) -> Value {
    match ty {
        FieldType::Scalar(Scalar::Bool) => Value::Bool(false),
        FieldType::Scalar(Scalar::String) => Value::String(String::new()),
        FieldType::Scalar(Scalar::Bytes) => Value::Null,
        FieldType::Scalar(Scalar::Double) => Value::from(0.0),
        FieldType::Scalar(_) => Value::from(0),
        FieldType::Message(message) => zero_of_message(message),
    }
}

/// What a message of which nothing is set shows in one of its own fields; none if JSON leaves that
/// out.
pub fn zero_of_field(message: &'static Message, name: &str) -> Option<Value> {
    let field = &message.fields[place_of(message, name)?];
    is_written_when_absent(field).then(|| zero_of(field))
}

/// The zero value of a message as JSON shows it.
pub(crate) fn zero_of_message(message: &'static Message) -> Value {
    match message.form {
        Form::Object => {
            let mut fields = Fields::new();
            finish(message, &mut fields);
            Value::Object(fields)
        }
        Form::Quantity => Value::from("0"),
        Form::Duration => Value::from("0s"),
        Form::IntOrString => Value::from(0),
        Form::SchemaOrBool => Value::Bool(false),
        Form::Time
        | Form::MicroTime
        | Form::Raw
        | Form::FieldsV1
        | Form::SchemaOrArray
        | Form::SchemaOrStringArray
        | Form::Items => Value::Null,
    }
}

/// The message of a schema-or-something's schema field.
pub(crate) fn schema_of(message: &'static Message) -> Option<&'static Message> {
    message.fields.iter().find_map(|field| match field.ty {
        FieldType::Message(schema) => Some(schema),
        FieldType::Scalar(_) => None,
    })
}

/// What a named list holds.
pub(crate) fn items_of(message: &'static Message) -> FieldType {
    message.fields.first().map_or(FieldType::Scalar(Scalar::String), |field| field.ty)
}
