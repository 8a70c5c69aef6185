//! Reading and writing an object's metadata in its tree.

use pintle_machinery::{Map, Value};

fn metadata(object: &Value) -> Option<&Map<String, Value>> {
    object.get("metadata")?.as_object()
}

/// A string of the metadata; empty if absent.
pub fn text<'a>(object: &'a Value, field: &str) -> &'a str {
    metadata(object).and_then(|meta| meta.get(field)?.as_str()).unwrap_or_default()
}

/// `metadata.name`.
pub fn name(object: &Value) -> &str {
    text(object, "name")
}

/// `metadata.namespace`.
pub fn namespace(object: &Value) -> &str {
    text(object, "namespace")
}

/// `metadata.uid`.
pub fn uid(object: &Value) -> &str {
    text(object, "uid")
}

/// `metadata.resourceVersion`.
pub fn resource_version(object: &Value) -> &str {
    text(object, "resourceVersion")
}

/// `metadata.generation`; 0 if absent.
pub fn generation(object: &Value) -> i64 {
    get(object, "generation").and_then(Value::as_i64).unwrap_or_default()
}

/// `metadata.deletionTimestamp`.
pub fn deletion_timestamp(object: &Value) -> Option<&str> {
    get(object, "deletionTimestamp")?.as_str()
}

/// `metadata.deletionGracePeriodSeconds`.
pub fn deletion_grace(object: &Value) -> Option<i64> {
    get(object, "deletionGracePeriodSeconds")?.as_i64()
}

/// `metadata.finalizers`.
pub fn finalizers(object: &Value) -> Vec<&str> {
    strings(get(object, "finalizers"))
}

/// `metadata.labels` or `metadata.annotations`.
pub fn map<'a>(object: &'a Value, field: &str) -> Option<&'a Map<String, Value>> {
    get(object, field)?.as_object()
}

/// The strings of a list; empty if it is absent.
pub fn strings(list: Option<&Value>) -> Vec<&str> {
    list.and_then(Value::as_array)
        .map(|items| items.iter().filter_map(Value::as_str).collect())
        .unwrap_or_default()
}

/// A field of the metadata.
pub fn get<'a>(object: &'a Value, field: &str) -> Option<&'a Value> {
    metadata(object)?.get(field).filter(|value| !value.is_null())
}

/// Sets a field of the metadata; empty strings, empty lists and null remove it.
pub fn set(object: &mut Value, field: &str, value: impl Into<Value>) {
    let value = value.into();
    let empty = match &value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => false,
    };
    if !object.is_object() {
        *object = Value::Object(Map::new());
    }
    let slot = &mut object["metadata"];
    if !slot.is_object() {
        *slot = Value::Object(Map::new());
    }
    let Some(meta) = slot.as_object_mut() else { return };
    if empty {
        meta.remove(field);
    } else {
        meta.insert(field.to_owned(), value);
    }
}

/// Makes a metadata field what it is in another object.
pub fn copy(object: &mut Value, from: &Value, field: &str) {
    set(object, field, get(from, field).cloned().unwrap_or_default());
}

/// Sets `apiVersion` and `kind`.
pub fn set_type(object: &mut Value, group: &str, version: &str, kind: &str) {
    object["apiVersion"] = api_version(group, version).into();
    object["kind"] = kind.into();
}

/// `group/version`, or the version alone for core.
pub fn api_version(group: &str, version: &str) -> String {
    if group.is_empty() { version.to_owned() } else { format!("{group}/{version}") }
}

/// Splits an `apiVersion` into group and version (`schema.ParseGroupVersion`).
pub fn split_api_version(text: &str) -> (&str, &str) {
    text.split_once('/').unwrap_or(("", text))
}

/// Equality as Go's `equality.Semantic` sees it: nothing, null and empty lists and maps are one.
pub fn semantic_equal(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Object(a), Value::Object(b)) => {
            let null = Value::Null;
            a.iter().all(|(key, value)| semantic_equal(value, b.get(key).unwrap_or(&null)))
                && b.iter().all(|(key, value)| a.contains_key(key) || is_nothing(value))
        }
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| semantic_equal(a, b))
        }
        _ => a == b || (is_nothing(a) && is_nothing(b)),
    }
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.values().all(is_nothing),
        _ => false,
    }
}
