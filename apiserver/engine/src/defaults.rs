//! Defaults that the schema declares, applied to any tree.

use pintle_api::catalog::{Field, FieldType, Form, Message, Scalar, Shape};
use pintle_machinery::{Map, Value};

/// Fills in every `+default` of the message and of what lies below, where the field is absent or,
/// without a pointer, zero.
pub fn apply(message: &'static Message, tree: &mut Value) {
    if message.form != Form::Object || !has_defaults(message) {
        return;
    }
    if let Value::Object(fields) = tree {
        fill(message, fields);
    }
}

fn fill(message: &'static Message, fields: &mut Map<String, Value>) {
    for field in message.fields {
        if field.json.is_empty() {
            if let FieldType::Message(inlined) = field.ty {
                fill(inlined, fields);
            }
            continue;
        }
        if let Some(default) = field.default
            && fields.get(field.json).is_none_or(|value| is_unset(field, value))
            && let Ok(value) = serde_json::from_str::<Value>(default)
        {
            fields.insert(field.json.to_owned(), value);
        }
        let FieldType::Message(below) = field.ty else { continue };
        match (field.shape, fields.get_mut(field.json)) {
            (Shape::Single, Some(value)) => apply(below, value),
            (Shape::Single, None) if !field.pointer && has_defaults(below) => {
                let mut value = Value::Object(Map::new());
                apply(below, &mut value);
                if value.as_object().is_some_and(|fields| !fields.is_empty()) {
                    fields.insert(field.json.to_owned(), value);
                }
            }
            (Shape::List, Some(Value::Array(items))) => {
                for item in items.iter_mut() {
                    apply(below, item);
                }
            }
            (Shape::Map, Some(Value::Object(items))) => {
                for item in items.values_mut() {
                    apply(below, item);
                }
            }
            _ => {}
        }
    }
}

fn is_unset(field: &Field, value: &Value) -> bool {
    match value {
        Value::Null => true,
        _ if field.pointer => false,
        Value::String(text) => text.is_empty(),
        Value::Number(number) => number.as_f64() == Some(0.0),
        Value::Bool(flag) => !flag && matches!(field.ty, FieldType::Scalar(Scalar::Bool)),
        Value::Array(items) => items.is_empty(),
        Value::Object(_) => false,
    }
}

/// Whether the message or anything below declares a default. Recursive messages (JSON schemas)
/// declare none.
fn has_defaults(message: &'static Message) -> bool {
    use std::collections::BTreeMap;
    use std::sync::{LazyLock, RwLock};
    static KNOWN: LazyLock<RwLock<BTreeMap<&'static str, bool>>> = LazyLock::new(RwLock::default);
    let read = KNOWN.read().unwrap_or_else(std::sync::PoisonError::into_inner);
    if let Some(known) = read.get(message.name) {
        return *known;
    }
    drop(read);
    let found = search(message, &mut Vec::new());
    let mut write = KNOWN.write().unwrap_or_else(std::sync::PoisonError::into_inner);
    write.insert(message.name, found);
    found
}

fn search(message: &'static Message, seen: &mut Vec<&'static str>) -> bool {
    if seen.contains(&message.name) {
        return false;
    }
    seen.push(message.name);
    message.fields.iter().any(|field| {
        field.default.is_some()
            || matches!(field.ty, FieldType::Message(below) if search(below, seen))
    })
}
