//! What can be wrong with JSON, in the words of `encoding/json` and `sigs.k8s.io/json`.

use pintle_machinery::json::quote;

use crate::codec::SyntaxError;

/// JSON that cannot be decoded.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// The bytes are no JSON.
    #[error(transparent)]
    Syntax(#[from] SyntaxError),
    /// A value does not fit its field (`json.UnmarshalTypeError`).
    #[error("json: cannot unmarshal {value} into Go {} of type {ty}", .place.describe())]
    Type {
        /// The value, such as `string` or `number 1.5`.
        value: String,
        /// Where it stands.
        place: Place,
        /// The Go type it does not fit, such as `int32`.
        ty: String,
    },
    /// A type's own parser refuses the value; the text is its whole message.
    #[error("{0}")]
    Value(String),
}

/// Where a value of the wrong type stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The innermost Go struct; empty outside of any.
    pub structure: String,
    /// Names from the root to the field, embedded structs included.
    pub path: Vec<String>,
}

impl Place {
    fn describe(&self) -> String {
        if self.structure.is_empty() && self.path.is_empty() {
            return "value".to_owned();
        }
        format!("struct field {}.{}", self.structure, self.path.join("."))
    }
}

/// What strict decoding finds besides errors.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
#[error("{} {}", .kind.text(), quote(path))]
pub struct StrictError {
    /// Unknown or duplicate.
    pub kind: StrictKind,
    /// Path of the field, such as `spec.containers[0].foo`.
    pub path: String,
}

/// Kinds of strict decoding errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StrictKind {
    /// The type has no such field.
    Unknown,
    /// The field stands twice in its object.
    Duplicate,
}

impl StrictKind {
    fn text(self) -> &'static str {
        match self {
            StrictKind::Unknown => "unknown field",
            StrictKind::Duplicate => "duplicate field",
        }
    }
}

/// Collects strict errors: no duplicates, at most a hundred, as upstream does.
#[derive(Debug, Default)]
pub(super) struct Strict {
    pub(super) enabled: bool,
    path: String,
    found: Vec<StrictError>,
}

impl Strict {
    pub(super) fn new(enabled: bool) -> Self {
        Strict { enabled, ..Strict::default() }
    }

    pub(super) fn into_found(self) -> Vec<StrictError> {
        self.found
    }

    /// Enters a field; returns what [`Strict::leave`] takes.
    pub(super) fn enter_key(&mut self, key: &str) -> usize {
        let before = self.path.len();
        if self.enabled {
            if !self.path.is_empty() {
                self.path.push('.');
            }
            self.path.push_str(key);
        }
        before
    }

    /// Enters a list's element.
    pub(super) fn enter_index(&mut self, index: usize) -> usize {
        let before = self.path.len();
        if self.enabled {
            self.path.push('[');
            self.path.push_str(&index.to_string());
            self.path.push(']');
        }
        before
    }

    pub(super) fn leave(&mut self, before: usize) {
        self.path.truncate(before);
    }

    pub(super) fn report(&mut self, kind: StrictKind, key: &str) {
        if !self.enabled || self.found.len() >= 100 {
            return;
        }
        let path = match self.path.as_str() {
            "" => key.to_owned(),
            path => format!("{path}.{key}"),
        };
        let error = StrictError { kind, path };
        if !self.found.contains(&error) {
            self.found.push(error);
        }
    }
}
