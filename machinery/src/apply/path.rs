//! Paths to fields: `.spec.containers[name="a"].image`.

use std::cmp::Ordering;
use std::fmt;

use serde_json::Map as JsonMap;

use super::schema::{List, Schema, Topology};
use crate::{Value, json};

/// A path from an object's root.
pub type Path = Vec<PathElement>;

/// One step of a path (structured-merge-diff `fieldpath.PathElement`).
#[derive(Clone, Debug)]
pub enum PathElement {
    /// A field of a map or structure.
    Field(String),
    /// The element of a list whose fields have these values, sorted by name.
    Key(Vec<(String, Value)>),
    /// The element of a set.
    Value(Value),
    /// The element of a list by its position.
    Index(i64),
}

/// Why a key of a `FieldsV1` is not a path element.
#[derive(Debug, thiserror::Error)]
pub enum ParseError {
    /// It is of a kind that a later release may know; it is to be left out.
    #[error("unknown path element type")]
    Unknown,
    /// It is malformed.
    #[error("{0}")]
    Malformed(String),
}

impl PathElement {
    /// A field.
    pub fn field(name: impl Into<String>) -> Self {
        Self::Field(name.into())
    }

    /// The element of a list that has these key fields.
    pub fn key<N: Into<String>, V: Into<Value>>(fields: impl IntoIterator<Item = (N, V)>) -> Self {
        let mut fields: Vec<_> =
            fields.into_iter().map(|(name, value)| (name.into(), value.into())).collect();
        fields.sort_by(|a, b| a.0.cmp(&b.0));
        Self::Key(fields)
    }

    /// The element of a set.
    pub fn value(value: impl Into<Value>) -> Self {
        Self::Value(value.into())
    }

    /// Writes the element as a key of `FieldsV1` (`fieldpath.SerializePathElement`).
    pub fn to_key(&self) -> String {
        match self {
            Self::Field(name) => ["f:", name].concat(),
            Self::Value(value) => format!("v:{}", json::to_string(&plain(value))),
            Self::Index(index) => format!("i:{index}"),
            Self::Key(fields) => {
                let mut out = String::from("k:{");
                for (at, (name, value)) in fields.iter().enumerate() {
                    if at > 0 {
                        out.push(',');
                    }
                    out.push_str(&Value::from(name.as_str()).to_string());
                    out.push(':');
                    out.push_str(&json::to_string(&plain(value)));
                }
                out.push('}');
                out
            }
        }
    }

    /// Reads a key of `FieldsV1` (`fieldpath.DeserializePathElement`).
    pub fn from_key(key: &str) -> Result<Self, ParseError> {
        let malformed = |text: String| ParseError::Malformed(text);
        if key.len() < 2 {
            return Err(malformed("key must be 2 characters long:".into()));
        }
        if key.as_bytes()[1] != b':' {
            return Err(malformed(format!("missing colon: {key}")));
        }
        let rest = &key[2..];
        match key.as_bytes()[0] {
            b'f' => Ok(Self::Field(rest.to_owned())),
            b'v' => serde_json::from_str(rest)
                .map(Self::Value)
                .map_err(|error| malformed(error.to_string())),
            b'k' => serde_json::from_str::<JsonMap<String, Value>>(rest)
                .map(|fields| Self::Key(fields.into_iter().collect()))
                .map_err(|error| malformed(error.to_string())),
            b'i' => rest.parse().map(Self::Index).map_err(|_| {
                malformed(format!("strconv.Atoi: parsing {}: invalid syntax", json::quote(rest)))
            }),
            _ => Err(ParseError::Unknown),
        }
    }

    /// The element's place among the variants.
    fn rank(&self) -> u8 {
        match self {
            Self::Field(_) => 0,
            Self::Key(_) => 1,
            Self::Value(_) => 2,
            Self::Index(_) => 3,
        }
    }
}

/// A whole float as the integer that Go prints for it.
fn plain(value: &Value) -> Value {
    match value.as_f64() {
        Some(float) if value.is_f64() && float.fract() == 0.0 && float.abs() < 1e15 => {
            Value::from(float as i64)
        }
        _ => value.clone(),
    }
}

impl Ord for PathElement {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Field(a), Self::Field(b)) => a.cmp(b),
            (Self::Key(a), Self::Key(b)) => {
                for ((a_name, a_value), (b_name, b_value)) in a.iter().zip(b) {
                    let order = a_name.cmp(b_name).then_with(|| compare_values(a_value, b_value));
                    if order != Ordering::Equal {
                        return order;
                    }
                }
                a.len().cmp(&b.len())
            }
            (Self::Value(a), Self::Value(b)) => compare_values(a, b),
            (Self::Index(a), Self::Index(b)) => a.cmp(b),
            _ => self.rank().cmp(&other.rank()),
        }
    }
}

impl PartialOrd for PathElement {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for PathElement {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for PathElement {}

impl fmt::Display for PathElement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Field(name) => write!(f, ".{name}"),
            Self::Key(fields) => {
                f.write_str("[")?;
                for (at, (name, value)) in fields.iter().enumerate() {
                    let comma = if at > 0 { "," } else { "" };
                    write!(f, "{comma}{name}={}", value_text(value))?;
                }
                f.write_str("]")
            }
            Self::Value(value) => write!(f, "[={}]", value_text(value)),
            Self::Index(index) => write!(f, "[{index}]"),
        }
    }
}

/// Prints a path: `.spec.replicas`.
pub fn display(path: &[PathElement]) -> String {
    path.iter().map(ToString::to_string).collect()
}

/// Prints a value as paths show it (`value.ToString`).
fn value_text(value: &Value) -> String {
    match value {
        Value::Null => "null".into(),
        Value::Bool(_) | Value::Number(_) => plain(value).to_string(),
        Value::String(text) => json::quote(text),
        Value::Array(items) => {
            format!("[{}]", items.iter().map(value_text).collect::<Vec<_>>().join(","))
        }
        Value::Object(fields) => {
            let fields =
                fields.iter().map(|(name, value)| [name, "=", &value_text(value)].concat());
            fields.collect()
        }
    }
}

/// Orders values: numbers, strings, bools, lists, maps, null (`value.Compare`).
pub fn compare_values(a: &Value, b: &Value) -> Ordering {
    match (a, b) {
        (Value::Number(x), Value::Number(y)) => match (x.as_i64(), y.as_i64()) {
            (Some(x), Some(y)) => x.cmp(&y),
            _ => x.as_f64().partial_cmp(&y.as_f64()).unwrap_or(Ordering::Equal),
        },
        (Value::String(x), Value::String(y)) => x.cmp(y),
        (Value::Bool(x), Value::Bool(y)) => x.cmp(y),
        (Value::Array(x), Value::Array(y)) => {
            for (x, y) in x.iter().zip(y) {
                let order = compare_values(x, y);
                if order != Ordering::Equal {
                    return order;
                }
            }
            x.len().cmp(&y.len())
        }
        (Value::Object(x), Value::Object(y)) => {
            for ((x_name, x), (y_name, y)) in x.iter().zip(y) {
                let order = x_name.cmp(y_name).reverse().then_with(|| compare_values(x, y));
                if order != Ordering::Equal {
                    return order;
                }
            }
            x.len().cmp(&y.len())
        }
        _ => value_rank(a).cmp(&value_rank(b)),
    }
}

fn value_rank(value: &Value) -> u8 {
    match value {
        Value::Number(_) => 0,
        Value::String(_) => 1,
        Value::Bool(_) => 2,
        Value::Array(_) => 3,
        Value::Object(_) => 4,
        Value::Null => 5,
    }
}

/// Equality in which numbers compare by value (`value.Equals`).
pub fn equal_values(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(_), Value::Number(_)) => compare_values(a, b) == Ordering::Equal,
        (Value::Array(x), Value::Array(y)) => {
            x.len() == y.len() && x.iter().zip(y).all(|(x, y)| equal_values(x, y))
        }
        (Value::Object(x), Value::Object(y)) => {
            x.len() == y.len()
                && x.iter().zip(y).all(|((xk, x), (yk, y))| xk == yk && equal_values(x, y))
        }
        _ => a == b,
    }
}

/// The path element of a list's item (`typed.listItemToPathElement`).
pub fn of_item(schema: &Schema, list: &List, item: &Value) -> Result<PathElement, String> {
    match &list.topology {
        Topology::Atomic => Err("invalid indexing of non-associative list".into()),
        Topology::Set => match item {
            Value::Object(_) => {
                Err("associative list without keys has an element that's a map type".into())
            }
            Value::Array(_) => Err("not supported: associative list with lists as elements".into()),
            Value::Null => {
                Err("associative list without keys has an element that's an explicit null".into())
            }
            scalar => Ok(PathElement::Value(scalar.clone())),
        },
        Topology::Map(keys) => {
            let Value::Object(fields) = item else {
                let what = if item.is_null() { "a null element" } else { "non-map elements" };
                return Err(format!("associative list with keys may not have {what}"));
            };
            let map = schema.atom(list.element).map.as_ref();
            let mut found = Vec::with_capacity(keys.len());
            for key in keys {
                if let Some(value) = fields.get(key.as_ref()) {
                    found.push((key.to_string(), value.clone()));
                    continue;
                }
                let Some(map) = map else {
                    return Err(format!(
                        "couldn't find default value for {key}: associative list may not have \
                         non-map types"
                    ));
                };
                if let Some(default) = map.fields.get(key).and_then(|field| field.default.as_ref())
                {
                    found.push((key.to_string(), default.clone()));
                }
            }
            if found.is_empty() {
                let keys: Vec<_> = keys.iter().map(|key| json::quote(key)).collect();
                return Err(format!(
                    "associative list with keys has an element that omits all key fields [{}] (and \
                     doesn't have default values for any key fields)",
                    keys.join(" ")
                ));
            }
            found.sort_by(|a, b| a.0.cmp(&b.0));
            Ok(PathElement::Key(found))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(key: &str, display: &str) {
        let element = PathElement::from_key(key).expect("a key");
        assert_eq!(element.to_key(), key);
        assert_eq!(element.to_string(), display);
    }

    #[test]
    fn keys_and_paths_are_written_as_upstream_does() {
        check("f:name", ".name");
        check(r#"k:{"containerPort":80,"protocol":"TCP"}"#, r#"[containerPort=80,protocol="TCP"]"#);
        check(r#"v:"a/b""#, r#"[="a/b"]"#);
        check("v:true", "[=true]");
        check("i:3", "[3]");
    }

    #[test]
    fn numbers_sort_by_value_and_fields_go_first() {
        let mut elements: Vec<_> =
            [r#"k:{"p":443}"#, "i:0", r#"k:{"p":80}"#, "v:1", "f:b", "f:a", r#"k:{"p":80,"q":1}"#]
                .iter()
                .map(|key| PathElement::from_key(key).expect("a key"))
                .collect();
        elements.sort();
        let keys: Vec<_> = elements.iter().map(PathElement::to_key).collect();
        assert_eq!(
            keys,
            ["f:a", "f:b", r#"k:{"p":80}"#, r#"k:{"p":80,"q":1}"#, r#"k:{"p":443}"#, "v:1", "i:0"]
        );
    }

    #[test]
    fn unknown_kinds_and_malformed_keys_differ() {
        assert!(matches!(PathElement::from_key("x:1"), Err(ParseError::Unknown)));
        for key in ["", "f", "fname", "i:x", "k:[]", "v:"] {
            assert!(matches!(PathElement::from_key(key), Err(ParseError::Malformed(_))), "{key}");
        }
    }
}
