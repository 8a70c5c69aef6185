//! Keys of mappings: what they are in JSON and to Go.

use pintle_machinery::Value;
use pintle_machinery::json::{float_verb, quote};

use super::YamlError;
use super::resolve::{Scalar, general};
use super::shown::{NULL_KEY, go_syntax};

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
    pub(super) fn of(scalar: Scalar, told: bool) -> Self {
        let (json, shown) = match scalar {
            Scalar::String(text) | Scalar::Timestamp(text) => {
                let shown = quote(&text);
                (text, shown)
            }
            Scalar::Int(value) => (value.to_string(), value.to_string()),
            Scalar::Bool(value) => (value.to_string(), value.to_string()),
            Scalar::Float(value) => (short_float(value), float_verb(value)),
            Scalar::Uint(value) => {
                let (json, shown) = (value.to_string(), format!("{value:#x}"));
                return Name { json, shown, no_json: (!told).then_some("uint64") };
            }
            Scalar::Null => {
                let (json, shown) = (NULL_KEY.to_owned(), "<nil>".to_owned());
                return Name { json, shown, no_json: (!told).then_some("%!s(<nil>)") };
            }
        };
        Name { json, shown, no_json: None }
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
