//! `FieldsV1`: sets of fields are written in the order of their path elements, not of their text.

use std::cmp::Ordering;

use pintle_machinery::Value;

use super::encode::{close, write_any};
use super::parse_any;
use crate::codec::canonical::Fields;
use crate::codec::text;

/// Writes a field set as `structured-merge-diff` `fieldpath.Set.ToJSON` orders it; of what is there
/// as text, the text.
pub(super) fn write(value: &Value, out: &mut Vec<u8>) {
    match value {
        Value::String(text) => out.extend_from_slice(text.as_bytes()),
        Value::Object(children) => write_set(children, out),
        value => write_any(value, out),
    }
}

/// The value of a field that holds a set, from what its JSON says: a string is no set, but text of
/// its own.
pub(crate) fn of_json(value: Value) -> Value {
    match value {
        Value::String(string) => {
            let mut text = Vec::new();
            text::write_str(&mut text, &string);
            Value::String(String::from_utf8_lossy(&text).into_owned())
        }
        value => value,
    }
}

fn write_set(children: &Fields, out: &mut Vec<u8>) {
    out.push(b'{');
    let mut write_child = |key: &str, child: &Value| {
        text::write_str(out, key);
        out.push(b':');
        match child {
            Value::Object(children) => write_set(children, out),
            child => write_any(child, out),
        }
        out.push(b',');
    };
    if children.keys().all(|key| matches!(key.as_bytes(), [b'.'] | [b'f', b':', ..])) {
        children.iter().for_each(|(key, child)| write_child(key, child));
    } else {
        let mut sorted: Vec<_> =
            children.iter().map(|(key, child)| (Element::of(key), key, child)).collect();
        sorted.sort_by(|a, b| a.0.compare(&b.0).then_with(|| a.1.cmp(b.1)));
        for (_, key, child) in sorted {
            write_child(key, child);
        }
    }
    close(out, b'}');
}

/// What a key of a field set stands for (`fieldpath.PathElement`).
enum Element<'a> {
    Itself,
    Field(&'a str),
    Key(Value),
    Value(Value),
    Index(i64),
    Unknown,
}

impl<'a> Element<'a> {
    fn of(key: &'a str) -> Self {
        let parse = |text: &str| parse_any(text.as_bytes()).unwrap_or_default();
        match key.split_once(':') {
            Some(("f", name)) => Element::Field(name),
            Some(("k", key)) => Element::Key(parse(key)),
            Some(("v", value)) => Element::Value(parse(value)),
            Some(("i", index)) => Element::Index(index.parse().unwrap_or_default()),
            _ if key == "." => Element::Itself,
            _ => Element::Unknown,
        }
    }

    fn rank(&self) -> u8 {
        match self {
            Element::Itself => 0,
            Element::Field(_) => 1,
            Element::Key(_) => 2,
            Element::Value(_) => 3,
            Element::Index(_) => 4,
            Element::Unknown => 5,
        }
    }

    fn compare(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Element::Field(a), Element::Field(b)) => a.cmp(b),
            (Element::Key(a), Element::Key(b)) | (Element::Value(a), Element::Value(b)) => {
                compare(a, b)
            }
            (Element::Index(a), Element::Index(b)) => a.cmp(b),
            _ => self.rank().cmp(&other.rank()),
        }
    }
}

/// The order of values in `structured-merge-diff` (`value.Compare`).
fn compare(a: &Value, b: &Value) -> Ordering {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => match (a.as_i64(), b.as_i64()) {
            (Some(a), Some(b)) => a.cmp(&b),
            _ => a.as_f64().partial_cmp(&b.as_f64()).unwrap_or(Ordering::Equal),
        },
        (Value::String(a), Value::String(b)) => a.cmp(b),
        (Value::Bool(a), Value::Bool(b)) => a.cmp(b),
        (Value::Array(a), Value::Array(b)) => {
            let unequal = a.iter().zip(b).map(|(a, b)| compare(a, b)).find(|order| order.is_ne());
            unequal.unwrap_or_else(|| a.len().cmp(&b.len()))
        }
        (Value::Object(a), Value::Object(b)) => {
            let unequal = a
                .iter()
                .zip(b)
                .map(|((a, x), (b, y))| a.cmp(b).then_with(|| compare(x, y)))
                .find(|order| order.is_ne());
            unequal.unwrap_or_else(|| a.len().cmp(&b.len()))
        }
        _ => rank(a).cmp(&rank(b)),
    }
}

fn rank(value: &Value) -> u8 {
    match value {
        Value::Number(_) => 0,
        Value::String(_) => 1,
        Value::Bool(_) => 2,
        Value::Array(_) => 3,
        Value::Object(_) => 4,
        Value::Null => 5,
    }
}
