//! Checks that a value is of its type: `.spec.ports: duplicate entries for key [port=80]`.

use std::fmt;

use super::path::{PathElement, of_item};
use super::schema::{Form, List, Map, Scalar, Schema, Topology, TypeId};
use crate::{Value, json};

/// One way in which a value is not of its type (structured-merge-diff `typed.ValidationError`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeError {
    /// Path of the value; empty for the root.
    pub path: String,
    /// What is wrong.
    pub message: String,
}

/// All the ways in which a value is not of its type.
#[derive(Clone, Debug, Default, PartialEq, Eq, thiserror::Error)]
pub struct TypeErrors(pub Vec<TypeError>);

impl fmt::Display for TypeErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = |error: &TypeError| match error.path.as_str() {
            "" => error.message.clone(),
            path => format!("{path}: {}", error.message),
        };
        match self.0.as_slice() {
            [one] => f.write_str(&line(one)),
            many => {
                f.write_str("errors:")?;
                many.iter().try_for_each(|error| write!(f, "\n  {}", line(error)))
            }
        }
    }
}

impl TypeErrors {
    pub(super) fn add(&mut self, message: impl Into<String>) {
        self.0.push(TypeError { path: String::new(), message: message.into() });
    }

    /// Takes over errors from below `element`.
    pub(super) fn add_below(&mut self, element: &PathElement, errors: TypeErrors) {
        if errors.0.is_empty() {
            return;
        }
        let prefix = element.to_string();
        self.0.extend(errors.0.into_iter().map(|mut error| {
            error.path.insert_str(0, &prefix);
            error
        }));
    }

    /// An error if there is any.
    pub fn into_result(self) -> Result<(), TypeErrors> {
        if self.0.is_empty() { Ok(()) } else { Err(self) }
    }
}

/// What is an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Duplicates {
    /// Sets and list maps may hold an item twice, as stored objects may.
    Allowed,
    /// They may not.
    Forbidden,
}

/// Checks that a value is of its type (`typed.AsTyped`).
pub fn validate(
    schema: &Schema,
    ty: TypeId,
    value: &Value,
    duplicates: Duplicates,
) -> Result<(), TypeErrors> {
    let mut errors = TypeErrors::default();
    Walk { schema, duplicates }.value(ty, value, &mut errors);
    errors.into_result()
}

struct Walk<'a> {
    schema: &'a Schema,
    duplicates: Duplicates,
}

impl Walk<'_> {
    fn value(&self, ty: TypeId, value: &Value, errors: &mut TypeErrors) {
        match self.schema.form(ty, Some(value)) {
            None => errors.add("schema error: invalid atom: inlined"),
            Some(Form::Scalar(scalar)) => {
                if let Err(message) = check_scalar(scalar, Some(value), "") {
                    errors.add(message);
                }
            }
            Some(Form::List(list)) => match value {
                Value::Null => {}
                Value::Array(items) => self.list(list, items, errors),
                other => errors.add(format!("expected list, got &{{{}}}", go_v(other))),
            },
            Some(Form::Map(map)) => match value {
                Value::Null => {}
                Value::Object(fields) => self.map(map, fields, errors),
                other => errors.add(format!("expected map, got &{{{}}}", go_v(other))),
            },
        }
    }

    fn list(&self, list: &List, items: &[Value], errors: &mut TypeErrors) {
        let mut seen: Vec<PathElement> = Vec::new();
        for (index, item) in items.iter().enumerate() {
            let element = if list.topology == Topology::Atomic {
                PathElement::Index(index as i64)
            } else {
                match of_item(self.schema, list, item) {
                    Ok(element) => element,
                    Err(message) => {
                        errors.add(format!("element {index}: {message}"));
                        return;
                    }
                }
            };
            if self.duplicates == Duplicates::Forbidden && list.topology != Topology::Atomic {
                match seen.binary_search(&element) {
                    Ok(_) => errors.add(format!("duplicate entries for key {element}")),
                    Err(at) => seen.insert(at, element.clone()),
                }
            }
            let mut below = TypeErrors::default();
            self.value(list.element, item, &mut below);
            errors.add_below(&element, below);
        }
    }

    fn map(&self, map: &Map, fields: &serde_json::Map<String, Value>, errors: &mut TypeErrors) {
        for (name, value) in fields {
            let mut below = TypeErrors::default();
            let known = map.field_type(name);
            match known {
                Some(ty) => self.value(ty, value, &mut below),
                None => below.add("field not declared in schema"),
            }
            if !below.0.is_empty() {
                errors.add_below(&PathElement::field(name), below);
            }
            if known.is_none() {
                return;
            }
        }
    }
}

/// Checks that a value is a scalar of the kind, or null, or absent (`typed.validateScalar`).
pub(super) fn check_scalar(
    scalar: Scalar,
    value: Option<&Value>,
    prefix: &str,
) -> Result<(), String> {
    let Some(value) = value else { return Ok(()) };
    let (fits, problem): (bool, &dyn Fn() -> String) = match scalar {
        _ if value.is_null() => return Ok(()),
        Scalar::Numeric => (value.is_number(), &|| {
            format!("expected numeric (int or float), got {}", go_type(value))
        }),
        Scalar::String => (value.is_string(), &|| {
            format!("expected string, got &value.valueUnstructured{{Value:{}}}", go_syntax(value))
        }),
        Scalar::Boolean => {
            (value.is_boolean(), &|| format!("expected boolean, got &{{{}}}", go_v(value)))
        }
        Scalar::Untyped => (!value.is_array() && !value.is_object(), &|| {
            format!("expected any scalar, got &{{{}}}", go_v(value))
        }),
    };
    if fits { Ok(()) } else { Err(format!("{prefix}{}", problem())) }
}

/// A value as Go's `%v` prints it.
fn go_v(value: &Value) -> String {
    match value {
        Value::Null => "<nil>".into(),
        Value::String(text) => text.clone(),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
        Value::Array(items) => {
            format!("[{}]", items.iter().map(go_v).collect::<Vec<_>>().join(" "))
        }
        Value::Object(fields) => {
            let fields: Vec<_> =
                fields.iter().map(|(name, value)| format!("{name}:{}", go_v(value))).collect();
            format!("map[{}]", fields.join(" "))
        }
    }
}

/// A value as Go's `%#v` prints it.
fn go_syntax(value: &Value) -> String {
    match value {
        Value::Null => "interface {}(nil)".into(),
        Value::String(text) => json::quote(text),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
        Value::Array(items) => {
            let items: Vec<_> = items.iter().map(go_syntax).collect();
            format!("[]interface {{}}{{{}}}", items.join(", "))
        }
        Value::Object(fields) => {
            let fields: Vec<_> = fields
                .iter()
                .map(|(name, value)| format!("{}:{}", json::quote(name), go_syntax(value)))
                .collect();
            format!("map[string]interface {{}}{{{}}}", fields.join(", "))
        }
    }
}

/// The type of a value as Go's `%T` prints it.
fn go_type(value: &Value) -> &'static str {
    match value {
        Value::Null => "<nil>",
        Value::String(_) => "string",
        Value::Bool(_) => "bool",
        Value::Number(_) => "float64",
        Value::Array(_) => "[]interface {}",
        Value::Object(_) => "map[string]interface {}",
    }
}
