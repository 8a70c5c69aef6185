//! Keys of mappings: what they are in JSON and to Go.

use pintle_machinery::Value;
use pintle_machinery::json::{float_verb, quote};

use super::YamlError;
use super::resolve::{Scalar, general};
use super::shown::{go_syntax, key_mark};

/// A mapping's key.
pub(super) struct Name {
    /// What it is in JSON.
    pub(super) json: String,
    /// How Go's `%#v` shows it.
    pub(super) shown: String,
    /// The type that JSON has no keys of, unless that was told of another key.
    no_json: Option<&'static str>,
}

impl Name {
    /// A key of a mapping that becomes JSON, or of one that is only `shown`; `told` is whether
    /// another key was found that JSON cannot have.
    pub(super) fn of(scalar: Scalar, only_shown: bool, told: bool) -> Self {
        let (json, shown, no_json) = match scalar {
            Scalar::String(text) | Scalar::Timestamp(text) => {
                let shown = quote(&text);
                return Name { json: text, shown, no_json: None };
            }
            Scalar::Int(value) => (value.to_string(), value.to_string(), None),
            Scalar::Bool(value) => (value.to_string(), value.to_string(), None),
            Scalar::Float(value) => (short_float(value), float_verb(value), None),
            Scalar::Uint(value) => (String::new(), format!("{value:#x}"), Some("uint64")),
            Scalar::Null => (String::new(), "<nil>".to_owned(), Some("%!s(<nil>)")),
        };
        if only_shown {
            return Name { json: key_mark(&shown), shown, no_json: None };
        }
        Name { json, shown, no_json: no_json.filter(|_| !told) }
    }

    /// Whether JSON cannot have it.
    pub(super) fn has_no_json(&self) -> bool {
        self.no_json.is_some()
    }

    /// What upstream says of a key that JSON cannot have (`convertToJSONableObject`).
    pub(super) fn unsupported(&self, value: &Value) -> Option<YamlError> {
        let (ty, key) = (self.no_json?, &self.shown);
        let value = if value.is_null() { "<nil>".to_owned() } else { go_syntax(value) };
        let message = format!("unsupported map key of type: {ty}, key: {key}, value: {value}");
        Some(YamlError(message))
    }
}

/// A float as a key, in single precision as upstream has it.
fn short_float(value: f64) -> String {
    match value as f32 {
        value if value.is_nan() => ".nan".to_owned(),
        value if value.is_infinite() && value > 0.0 => ".inf".to_owned(),
        value if value.is_infinite() => "-.inf".to_owned(),
        value => general(&format!("{value:e}")),
    }
}
