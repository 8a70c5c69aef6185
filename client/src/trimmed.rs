//! Watched objects as trees, without what nobody reads.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

/// Reads an object without its managed fields (upstream's `TrimManagedFields`). They are a good
/// part of an object, so they are passed over rather than built and dropped.
pub fn trimmed(object: &RawValue) -> Result<Value, serde_json::Error> {
    Trimmed::Object.deserialize(&mut serde_json::Deserializer::from_str(object.get()))
}

/// Which part of an object is read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Trimmed {
    Object,
    Metadata,
}

impl<'de> DeserializeSeed<'de> for Trimmed {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Trimmed {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Value, A::Error> {
        let mut out = Map::new();
        while let Some(name) = fields.next_key::<String>()? {
            let value = match (self, name.as_str()) {
                (Self::Object, "metadata") => fields.next_value_seed(Self::Metadata)?,
                (Self::Metadata, "managedFields") => {
                    fields.next_value::<IgnoredAny>()?;
                    continue;
                }
                _ => fields.next_value()?,
            };
            out.insert(name, value);
        }
        Ok(Value::Object(out))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_objects_own_managed_fields_are_left_out() {
        let text = r#"{"a":{"managedFields":[1]},"metadata":{"managedFields":[{"x":{}}],"name":"n",
            "labels":{"managedFields":"b"}},"managedFields":1.5,"z":null}"#;
        let raw: &RawValue = serde_json::from_str(text).unwrap();
        let expected = r#"{"a":{"managedFields":[1]},"managedFields":1.5,"metadata":{"labels":{"managedFields":"b"},"name":"n"},"z":null}"#;
        assert_eq!(trimmed(raw).unwrap().to_string(), expected);
    }
}
