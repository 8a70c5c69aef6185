//! JSON merge patches (RFC 7386) as evanphx/json-patch applies them, and the smallest one between
//! two trees.

use crate::{Map, Value};

/// The patch is neither an object nor a list (`ErrBadJSONPatch`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Invalid JSON Patch")]
pub struct InvalidPatch;

/// Applies a merge patch to an object (`jsonpatch.MergePatch`).
///
/// A list as patch replaces the whole object, which its decoding then refuses.
pub fn apply(object: &mut Value, patch: Value) -> Result<(), InvalidPatch> {
    match patch {
        Value::Object(patch) => match object {
            Value::Object(object) => merge_objects(object, patch),
            _ => *object = without_nulls(Value::Object(patch)),
        },
        Value::Array(_) => *object = without_nulls(patch),
        _ => return Err(InvalidPatch),
    }
    Ok(())
}

fn merge_objects(object: &mut Map<String, Value>, patch: Map<String, Value>) {
    for (key, patch) in patch {
        if patch.is_null() {
            object.remove(&key);
            continue;
        }
        match (object.get_mut(&key), patch) {
            (Some(Value::Object(current)), Value::Object(patch)) => merge_objects(current, patch),
            // Upstream drops nulls inside lists too, but not where a list replaces an object.
            (Some(Value::Object(_)), patch) => {
                object.insert(key, patch);
            }
            (_, patch) => {
                object.insert(key, without_nulls(patch));
            }
        }
    }
}

/// Drops null fields at every depth; null elements of lists stay.
fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(map) => Value::Object(
            map.into_iter()
                .filter(|(_, value)| !value.is_null())
                .map(|(key, value)| (key, without_nulls(value)))
                .collect(),
        ),
        Value::Array(list) => Value::Array(list.into_iter().map(without_nulls).collect()),
        scalar => scalar,
    }
}

/// The smallest merge patch that makes `new` of `old`; None if they are equal.
pub fn diff(old: &Value, new: &Value) -> Option<Value> {
    let (Value::Object(old), Value::Object(new)) = (old, new) else {
        return (old != new).then(|| new.clone());
    };
    let mut patch = Map::new();
    for key in old.keys().filter(|key| !new.contains_key(*key)) {
        patch.insert(key.clone(), Value::Null);
    }
    for (key, new) in new {
        let change = match old.get(key) {
            Some(old) => diff(old, new),
            None => Some(new.clone()),
        };
        if let Some(change) = change {
            patch.insert(key.clone(), change);
        }
    }
    (!patch.is_empty()).then_some(Value::Object(patch))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    #[expect(clippy::needless_pass_by_value, reason = "cases read better")]
    fn check(object: Value, patch: Value, want: Value) {
        let mut got = object;
        apply(&mut got, patch).unwrap();
        assert_eq!(got, want);
    }

    #[test]
    fn merges_as_the_rfc_says() {
        check(json!({"a": "b"}), json!({"a": "c"}), json!({"a": "c"}));
        check(json!({"a": "b"}), json!({"b": "c"}), json!({"a": "b", "b": "c"}));
        check(json!({"a": "b", "b": 1}), json!({"a": null}), json!({"b": 1}));
        check(json!({"a": ["b"]}), json!({"a": "c"}), json!({"a": "c"}));
        check(
            json!({"a": {"b": "c"}}),
            json!({"a": {"b": "d", "c": null}}),
            json!({"a": {"b": "d"}}),
        );
        check(json!({"a": [1]}), json!({"a": [2]}), json!({"a": [2]}));
        check(json!({}), json!({"a": {"bb": {"c": null}}}), json!({"a": {"bb": {}}}));
        check(json!({"a": 1}), json!({"a": [{"b": null}]}), json!({"a": [{}]}));
        check(json!({"a": {}}), json!({"a": [{"b": null}]}), json!({"a": [{"b": null}]}));
        check(json!({"a": 1}), json!([null, {"b": null}]), json!([null, {}]));
        assert_eq!(apply(&mut json!({}), json!(null)), Err(InvalidPatch));
        assert_eq!(
            apply(&mut json!({}), json!("x")).unwrap_err().to_string(),
            "Invalid JSON Patch"
        );
    }

    #[test]
    fn a_diff_applies_to_what_it_was_made_for() {
        let old = json!({"a": {"b": 1, "c": [1, 2]}, "d": 1, "e": "x"});
        let new = json!({"a": {"b": 1, "c": [1]}, "e": "y", "f": {"g": true}});
        let patch = diff(&old, &new).unwrap();
        assert_eq!(patch, json!({"a": {"c": [1]}, "d": null, "e": "y", "f": {"g": true}}));
        check(old, patch, new.clone());
        assert_eq!(diff(&new, &new), None);
    }
}
