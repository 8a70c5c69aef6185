//! Documents as protobuf: what gnostic makes of their JSON.

pub(super) mod v2;
pub(super) mod v3;

use pintle_api::codec::protobuf::{push_bytes, push_varint};
use pintle_api::codec::yaml;
use pintle_machinery::Value;

/// A structure: its fields by number.
#[derive(Debug)]
pub(super) struct Message(pub(super) &'static [Field]);

/// Which members of a JSON object are a field, its number, and how values are written.
#[derive(Debug)]
pub(super) struct Field(Key, u32, Kind);

/// Which members of a JSON object are a field.
#[derive(Debug)]
enum Key {
    /// The member of this name.
    Name(&'static str),
    /// All whose name begins so, each with its name.
    Prefix(&'static str),
    /// All that no field names, each with its name.
    Rest,
}

/// How a value is written.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    /// `string`.
    Text,
    /// `bool`.
    Flag,
    /// `int64`.
    Integer,
    /// `double`.
    Number,
    /// `Any`: YAML in field 2.
    Yaml,
    /// A structure.
    One(&'static Message),
    /// A structure with one field, which holds the value, or each element of a list.
    Holder(&'static Kind),
    /// Each element of a list.
    Many(&'static Kind),
    /// A structure with one field, which depends on the value.
    Choice(fn(&Value) -> Option<(u32, Kind)>),
}

const fn text(name: &'static str, number: u32) -> Field {
    Field(Key::Name(name), number, Kind::Text)
}

const fn flag(name: &'static str, number: u32) -> Field {
    Field(Key::Name(name), number, Kind::Flag)
}

const fn integer(name: &'static str, number: u32) -> Field {
    Field(Key::Name(name), number, Kind::Integer)
}

const fn number(name: &'static str, number: u32) -> Field {
    Field(Key::Name(name), number, Kind::Number)
}

const fn texts(name: &'static str, number: u32) -> Field {
    Field(Key::Name(name), number, Kind::Many(&Kind::Text))
}

const fn any(name: &'static str, number: u32) -> Field {
    Field(Key::Name(name), number, Kind::Yaml)
}

const fn anys(name: &'static str, number: u32) -> Field {
    Field(Key::Name(name), number, Kind::Many(&Kind::Yaml))
}

const fn of(name: &'static str, number: u32, kind: Kind) -> Field {
    Field(Key::Name(name), number, kind)
}

/// Vendors' extensions.
const fn extensions(number: u32) -> Field {
    Field(Key::Prefix("x-"), number, Kind::Yaml)
}

/// A structure that is a map: each member with its name in field 1.
const fn members(kind: Kind) -> Field {
    Field(Key::Rest, 1, kind)
}

/// Writes a document.
pub(super) fn encode(message: &'static Message, document: &Value) -> Vec<u8> {
    let mut out = Vec::new();
    message.write(document, &mut out);
    out
}

impl Message {
    fn write(&self, value: &Value, out: &mut Vec<u8>) {
        let Some(members) = value.as_object() else { return };
        for Field(key, number, kind) in self.0 {
            match key {
                Key::Name(name) => {
                    let written = |value: &&Value| !kind.is_scalar() || !is_zero(value);
                    if let Some(value) = members.get(*name).filter(written) {
                        kind.write(*number, value, out);
                    }
                }
                Key::Prefix(prefix) => {
                    let named = members.iter().filter(|(name, _)| name.starts_with(prefix));
                    named.for_each(|(name, value)| pair(*number, name, value, *kind, out));
                }
                Key::Rest => {
                    let rest = members.iter().filter(|(name, _)| !self.names(name));
                    rest.for_each(|(name, value)| pair(*number, name, value, *kind, out));
                }
            }
        }
    }

    /// A field takes this member for its own.
    fn names(&self, member: &str) -> bool {
        self.0.iter().any(|Field(key, ..)| match key {
            Key::Name(name) => *name == member,
            Key::Prefix(prefix) => member.starts_with(prefix),
            Key::Rest => false,
        })
    }
}

/// A scalar that proto3 leaves out.
fn is_zero(value: &Value) -> bool {
    match value {
        Value::Bool(flag) => !flag,
        Value::Number(number) => number.as_f64() == Some(0.0),
        Value::String(text) => text.is_empty(),
        _ => false,
    }
}

/// An entry of a map: `{name = 1, value = 2}`.
fn pair(number: u32, name: &str, value: &Value, kind: Kind, out: &mut Vec<u8>) {
    let mut inner = Vec::new();
    if !name.is_empty() {
        push_bytes(&mut inner, 1, name.as_bytes());
    }
    kind.write(2, value, &mut inner);
    push_bytes(out, number, &inner);
}

impl Kind {
    fn is_scalar(self) -> bool {
        matches!(self, Kind::Text | Kind::Flag | Kind::Integer | Kind::Number)
    }

    /// Writes a field, zero or not.
    fn write(self, number: u32, value: &Value, out: &mut Vec<u8>) {
        let key = u64::from(number) << 3;
        match self {
            Kind::Text => push_bytes(out, number, value.as_str().unwrap_or_default().as_bytes()),
            Kind::Flag => {
                push_varint(out, key);
                push_varint(out, u64::from(value.as_bool().unwrap_or_default()));
            }
            Kind::Integer => {
                push_varint(out, key);
                push_varint(out, value.as_i64().unwrap_or_default() as u64);
            }
            Kind::Number => {
                push_varint(out, key | 1);
                out.extend(value.as_f64().unwrap_or_default().to_le_bytes());
            }
            Kind::Many(kind) => {
                let elements = value.as_array().map(Vec::as_slice).unwrap_or_default();
                for element in elements {
                    kind.write(number, element, out);
                }
            }
            Kind::Yaml | Kind::One(_) | Kind::Holder(_) | Kind::Choice(_) => {
                let mut inner = Vec::new();
                self.fill(value, &mut inner);
                push_bytes(out, number, &inner);
            }
        }
    }

    /// Writes what is in a structure.
    fn fill(self, value: &Value, inner: &mut Vec<u8>) {
        match self {
            Kind::Yaml => push_bytes(inner, 2, &yaml::write(value)),
            Kind::One(message) => message.write(value, inner),
            Kind::Holder(kind) if value.is_array() => Kind::Many(kind).write(1, value, inner),
            Kind::Holder(kind) => kind.write(1, value, inner),
            Kind::Choice(choose) => {
                if let Some((number, kind)) = choose(value) {
                    kind.write(number, value, inner);
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests;
