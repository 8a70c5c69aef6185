//! Values as Go shows them, and the marks for what JSON has nothing for until that is told.

use pintle_machinery::Value;
use pintle_machinery::json::{float_verb, quote};

use super::YamlError;

/// Begins a key that is no string, where the tree is to be shown to Go and not to become JSON.
const KEY: &str = "\0key ";

/// Begins a string that stands for a float.
const FLOAT: &str = "\0float ";

/// Stands for a key of which Go shows this.
pub(super) fn key_mark(shown: &str) -> String {
    format!("{KEY}{}", if shown == "<nil>" { "interface {}(nil)" } else { shown })
}

/// Stands for a float that is no number, or no finite one.
pub(super) fn float_mark(value: f64) -> Value {
    Value::String(format!("{FLOAT}{}", float_verb(value)))
}

/// What `encoding/json` says of the first such float.
pub(super) fn no_json_float(tree: &Value) -> Option<YamlError> {
    let mut rest = vec![tree];
    while let Some(value) = rest.pop() {
        match value {
            Value::Array(items) => rest.extend(items.iter().rev()),
            Value::Object(fields) => rest.extend(fields.values().rev()),
            Value::String(text) => {
                if let Some(float) = text.strip_prefix(FLOAT) {
                    return Some(YamlError(format!("json: unsupported value: {float}")));
                }
            }
            _ => {}
        }
    }
    None
}

/// A value as Go's `%#v` shows it, with a stack of its own.
pub(super) fn go_syntax(value: &Value) -> String {
    enum Part<'v> {
        Text(&'static str),
        Key(&'v str),
        Value(&'v Value),
    }
    let mut out = String::new();
    let mut parts = vec![Part::Value(value)];
    while let Some(part) = parts.pop() {
        match part {
            Part::Text(text) => out.push_str(text),
            Part::Key(key) => {
                match key.strip_prefix(KEY) {
                    Some(shown) => out.push_str(shown),
                    None => out.push_str(&quote(key)),
                }
                out.push(':');
            }
            Part::Value(Value::Null) => out.push_str("interface {}(nil)"),
            Part::Value(Value::Bool(value)) => out.push_str(if *value { "true" } else { "false" }),
            Part::Value(Value::Number(number)) => match number.as_f64() {
                Some(float) if number.is_f64() => out.push_str(&float_verb(float)),
                _ => out.push_str(&number.to_string()),
            },
            Part::Value(Value::String(text)) => match text.strip_prefix(FLOAT) {
                Some(float) => out.push_str(float),
                None => out.push_str(&quote(text)),
            },
            Part::Value(Value::Array(items)) => {
                out.push_str("[]interface {}{");
                parts.push(Part::Text("}"));
                for (index, item) in items.iter().enumerate().rev() {
                    parts.push(Part::Value(item));
                    parts.push(Part::Text(if index > 0 { ", " } else { "" }));
                }
            }
            Part::Value(Value::Object(fields)) => {
                out.push_str("map[interface {}]interface {}{");
                parts.push(Part::Text("}"));
                for (index, (key, value)) in fields.iter().enumerate().rev() {
                    parts.push(Part::Value(value));
                    parts.push(Part::Key(key));
                    parts.push(Part::Text(if index > 0 { ", " } else { "" }));
                }
            }
        }
    }
    out
}
