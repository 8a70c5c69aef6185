//! Reads objects held as trees.

use jiff::Timestamp;
use serde_json::{Map, Value};

/// What stands where nothing is.
pub static NOTHING: Value = Value::Null;

/// Lookups in a tree; what is not there reads as Go's zero value.
pub trait Read {
    /// The value under a dotted path, `null` if there is none.
    fn at(&self, path: &str) -> &Value;
    /// A string.
    fn text(&self, path: &str) -> &str;
    /// A number, 0 if there is none.
    fn int(&self, path: &str) -> i64;
    /// A number, if there is one.
    fn number(&self, path: &str) -> Option<i64>;
    /// A boolean.
    fn flag(&self, path: &str) -> bool;
    /// The elements of a list.
    fn list(&self, path: &str) -> &[Value];
    /// The entries of a map.
    fn entries(&self, path: &str) -> Option<&Map<String, Value>>;
    /// A moment.
    fn time(&self, path: &str) -> Option<Timestamp>;
    /// Whether something is there.
    fn has(&self, path: &str) -> bool {
        !self.at(path).is_null()
    }
    /// `metadata.name`.
    fn name(&self) -> &str {
        self.text("metadata.name")
    }
    /// `metadata.namespace`.
    fn namespace(&self) -> &str {
        self.text("metadata.namespace")
    }
    /// `metadata.uid`.
    fn uid(&self) -> &str {
        self.text("metadata.uid")
    }
    /// `metadata.resourceVersion`.
    fn version(&self) -> &str {
        self.text("metadata.resourceVersion")
    }
    /// `metadata.generation`.
    fn generation(&self) -> i64 {
        self.int("metadata.generation")
    }
    /// Whether a deletion has begun.
    fn is_terminating(&self) -> bool {
        self.has("metadata.deletionTimestamp")
    }
    /// When it was created.
    fn created(&self) -> Option<Timestamp> {
        self.time("metadata.creationTimestamp")
    }
    /// A label's value.
    fn label(&self, name: &str) -> Option<&str> {
        self.entries("metadata.labels")?.get(name)?.as_str()
    }
    /// An annotation's value.
    fn annotation(&self, name: &str) -> Option<&str> {
        self.entries("metadata.annotations")?.get(name)?.as_str()
    }
    /// Whether a finalizer is on it.
    fn has_finalizer(&self, name: &str) -> bool {
        self.list("metadata.finalizers").iter().any(|finalizer| finalizer == name)
    }
    /// The owner reference with `controller: true`.
    fn controller(&self) -> Option<&Value> {
        self.list("metadata.ownerReferences").iter().find(|owner| owner.flag("controller"))
    }
    /// Whether this uid is its controller's.
    fn is_controlled_by(&self, uid: &str) -> bool {
        self.controller().is_some_and(|owner| owner.text("uid") == uid)
    }
}

impl Read for Value {
    fn at(&self, path: &str) -> &Value {
        let mut value = self;
        for name in path.split('.') {
            match value.get(name) {
                Some(inner) => value = inner,
                None => return &NOTHING,
            }
        }
        value
    }
    fn text(&self, path: &str) -> &str {
        self.at(path).as_str().unwrap_or_default()
    }
    fn int(&self, path: &str) -> i64 {
        self.at(path).as_i64().unwrap_or(0)
    }
    fn number(&self, path: &str) -> Option<i64> {
        self.at(path).as_i64()
    }
    fn flag(&self, path: &str) -> bool {
        self.at(path).as_bool().unwrap_or(false)
    }
    fn list(&self, path: &str) -> &[Value] {
        self.at(path).as_array().map_or(&[], Vec::as_slice)
    }
    fn entries(&self, path: &str) -> Option<&Map<String, Value>> {
        self.at(path).as_object()
    }
    fn time(&self, path: &str) -> Option<Timestamp> {
        self.at(path).as_str()?.parse().ok()
    }
}

/// Sets the value under a dotted path, making the maps on the way.
pub fn set(object: &mut Value, path: &str, value: impl Into<Value>) {
    let mut place = object;
    for name in path.split('.') {
        if !place.is_object() {
            *place = Value::Object(Map::new());
        }
        place = &mut place[name];
    }
    *place = value.into();
}

/// Sets one entry of a map whose keys hold dots (labels, annotations).
pub fn set_entry(object: &mut Value, path: &str, key: &str, value: impl Into<Value>) {
    if !object.at(path).is_object() {
        set(object, path, Value::Object(Map::new()));
    }
    let mut place = object;
    for name in path.split('.') {
        place = &mut place[name];
    }
    place[key] = value.into();
}

/// Removes one entry of a map.
pub fn remove_entry(object: &mut Value, path: &str, key: &str) -> Option<Value> {
    let mut place = object;
    for name in path.split('.') {
        place = place.get_mut(name)?;
    }
    place.as_object_mut()?.remove(key)
}

/// `metav1.Time` of a moment.
pub fn time_text(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// `metav1.MicroTime` of a moment.
pub fn micro_time_text(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%S.%6fZ").to_string()
}

/// The condition of a type in `status.conditions`.
pub fn condition<'a>(object: &'a Value, kind: &str) -> Option<&'a Value> {
    object.list("status.conditions").iter().find(|condition| condition.text("type") == kind)
}

/// Whether the condition of a type is `True`.
pub fn is_true(object: &Value, kind: &str) -> bool {
    condition(object, kind).is_some_and(|condition| condition.text("status") == "True")
}

/// The `ObjectReference` of an object.
pub fn reference(object: &Value) -> Value {
    let mut reference = Map::new();
    for field in ["kind", "apiVersion"] {
        reference.insert(field.into(), object.at(field).clone());
    }
    for field in ["namespace", "name", "uid", "resourceVersion"] {
        let value = object.at("metadata").at(field);
        if !value.is_null() {
            reference.insert(field.into(), value.clone());
        }
    }
    Value::Object(reference)
}

/// Whether a `LabelSelector` selects these labels (`metav1.LabelSelectorAsSelector`): none selects
/// nothing, an empty one everything.
pub fn selects(selector: &Value, labels: Option<&Map<String, Value>>) -> bool {
    if selector.is_null() {
        return false;
    }
    let label = |key: &str| labels.and_then(|labels| labels.get(key)).and_then(Value::as_str);
    let exact = selector.entries("matchLabels").into_iter().flatten();
    for (key, value) in exact {
        if label(key) != value.as_str() {
            return false;
        }
    }
    selector.list("matchExpressions").iter().all(|requirement| {
        let held = label(requirement.text("key"));
        let listed = || requirement.list("values").iter().any(|value| value.as_str() == held);
        match requirement.text("operator") {
            "In" => held.is_some() && listed(),
            "NotIn" => held.is_none() || !listed(),
            "Exists" => held.is_some(),
            "DoesNotExist" => held.is_none(),
            _ => false,
        }
    })
}

/// Whether a plain label map selects an object; an empty one everything.
pub fn has_labels(object: &Value, wanted: Option<&Map<String, Value>>) -> bool {
    let labels = object.entries("metadata.labels");
    wanted.into_iter().flatten().all(|(key, value)| labels.and_then(|l| l.get(key)) == Some(value))
}

/// `intstr.GetScaledValueFromIntOrPercent`.
pub fn scaled(value: &Value, total: i64, round_up: bool) -> Option<i64> {
    if let Some(number) = value.as_i64() {
        return Some(number);
    }
    let percent: i64 = value.as_str()?.strip_suffix('%')?.parse().ok()?;
    let product = percent * total;
    Some(if round_up {
        product.div_euclid(100) + i64::from(product.rem_euclid(100) != 0)
    } else {
        product.div_euclid(100)
    })
}

/// Seconds from one moment to another, as a duration that is never below zero.
pub fn between(from: Timestamp, to: Timestamp) -> std::time::Duration {
    to.duration_since(from).try_into().unwrap_or_default()
}

/// A moment some seconds later.
pub fn later(time: Timestamp, seconds: i64) -> Timestamp {
    time.checked_add(jiff::SignedDuration::from_secs(seconds)).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_missing_selector_selects_nothing_and_an_empty_one_everything() {
        let labels = json!({"a": "1"});
        assert!(!selects(&Value::Null, labels.as_object()));
        assert!(selects(&json!({}), labels.as_object()));
        assert!(selects(&json!({"matchLabels": {"a": "1"}}), labels.as_object()));
        let not_in =
            json!({"matchExpressions": [{"key": "b", "operator": "NotIn", "values": ["x"]}]});
        assert!(selects(&not_in, labels.as_object()));
    }

    #[test]
    fn percentages_round_as_asked() {
        assert_eq!(scaled(&json!("25%"), 10, true), Some(3));
        assert_eq!(scaled(&json!("25%"), 10, false), Some(2));
        assert_eq!(scaled(&json!(4), 10, false), Some(4));
        assert_eq!(scaled(&json!("x"), 10, false), None);
    }
}
