//! Reaching into a tree by field names.

use crate::{Map, Value};

/// Reading and writing at a path of field names. Reading never fails: what is absent, or in a value
/// that is not an object, is None.
pub trait ValueExt {
    /// The value at a path.
    fn at(&self, path: &[&str]) -> Option<&Value>;
    /// The value at a path, to be changed.
    fn at_mut(&mut self, path: &[&str]) -> Option<&mut Value>;
    /// The string at a path.
    fn str_at(&self, path: &[&str]) -> Option<&str>;
    /// The integer at a path.
    fn i64_at(&self, path: &[&str]) -> Option<i64>;
    /// The boolean at a path.
    fn bool_at(&self, path: &[&str]) -> Option<bool>;
    /// The object at a path.
    fn map_at(&self, path: &[&str]) -> Option<&Map<String, Value>>;
    /// The list at a path; empty if there is none.
    fn list_at(&self, path: &[&str]) -> &[Value];
    /// Puts a value at a path, making (or replacing by) objects on the way.
    fn set(&mut self, path: &[&str], value: impl Into<Value>);
    /// Takes the value at a path out.
    fn remove_at(&mut self, path: &[&str]) -> Option<Value>;
}

impl ValueExt for Value {
    fn at(&self, path: &[&str]) -> Option<&Value> {
        path.iter().try_fold(self, |value, name| value.as_object()?.get(*name))
    }

    fn at_mut(&mut self, path: &[&str]) -> Option<&mut Value> {
        path.iter().try_fold(self, |value, name| value.as_object_mut()?.get_mut(*name))
    }

    fn str_at(&self, path: &[&str]) -> Option<&str> {
        self.at(path)?.as_str()
    }

    fn i64_at(&self, path: &[&str]) -> Option<i64> {
        self.at(path)?.as_i64()
    }

    fn bool_at(&self, path: &[&str]) -> Option<bool> {
        self.at(path)?.as_bool()
    }

    fn map_at(&self, path: &[&str]) -> Option<&Map<String, Value>> {
        self.at(path)?.as_object()
    }

    fn list_at(&self, path: &[&str]) -> &[Value] {
        self.at(path).and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }

    fn set(&mut self, path: &[&str], value: impl Into<Value>) {
        let mut place = self;
        for name in path {
            if !place.is_object() {
                *place = Value::Object(Map::new());
            }
            let Value::Object(map) = place else { unreachable!("made an object above") };
            place = map.entry(*name).or_insert(Value::Null);
        }
        *place = value.into();
    }

    fn remove_at(&mut self, path: &[&str]) -> Option<Value> {
        let (last, parents) = path.split_last()?;
        self.at_mut(parents)?.as_object_mut()?.remove(*last)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn reads_what_is_there() {
        let value = json!({"a": {"b": 1, "c": "x", "d": [true]}});
        assert_eq!(value.i64_at(&["a", "b"]), Some(1));
        assert_eq!(value.str_at(&["a", "c"]), Some("x"));
        assert_eq!(value.str_at(&["a", "b"]), None);
        assert_eq!(value.at(&["a", "c", "e"]), None);
        assert_eq!(value.list_at(&["a", "d"]), [json!(true)]);
        assert!(value.list_at(&["a", "x"]).is_empty());
    }

    #[test]
    fn sets_and_removes() {
        let mut value = json!({"a": 1});
        value.set(&["a", "b", "c"], 2);
        assert_eq!(value, json!({"a": {"b": {"c": 2}}}));
        assert_eq!(value.remove_at(&["a", "b", "c"]), Some(json!(2)));
        assert_eq!(value.remove_at(&["a", "x", "c"]), None);
        assert_eq!(value, json!({"a": {"b": {}}}));
    }
}
