//! JSON patches (RFC 6902) as evanphx/json-patch applies them, with its leniencies: negative
//! indices, `replace` of a field that is not there, a missing value that means null.

use crate::json::{self, verb};
use crate::{Map, Value};

/// Why a patch does not apply; prints upstream's text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct PatchError(String);

fn fail<T>(message: impl Into<String>) -> Result<T, PatchError> {
    Err(PatchError(message.into()))
}

const MISSING: &str = "missing value";
const INVALID_INDEX: &str = "invalid index referenced";

/// A decoded patch (`jsonpatch.Patch`).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Patch {
    operations: Vec<Map<String, Value>>,
}

impl Patch {
    /// Takes a patch from its JSON (`DecodePatch`), with the texts of Go's decoder.
    pub fn decode(value: Value) -> Result<Patch, PatchError> {
        let wrong = |value: &Value, ty: &str| {
            PatchError(format!(
                "json: cannot unmarshal {} into Go value of type {ty}",
                json_kind(value)
            ))
        };
        let operations = match value {
            Value::Null => Vec::new(),
            Value::Array(list) => list
                .into_iter()
                .map(|operation| match operation {
                    Value::Null => Ok(Map::new()),
                    Value::Object(map) => Ok(map),
                    other => Err(wrong(&other, "jsonpatch.Operation")),
                })
                .collect::<Result<_, _>>()?,
            other => return Err(wrong(&other, "jsonpatch.Patch")),
        };
        Ok(Patch { operations })
    }

    /// How many operations there are: the caller refuses too many.
    pub fn len(&self) -> usize {
        self.operations.len()
    }

    /// True without operations.
    pub fn is_empty(&self) -> bool {
        self.operations.is_empty()
    }

    /// Applies the operations in turn (`Patch.Apply`). `copy_limit` is how many bytes of JSON the
    /// `copy` operations may make together; 0 sets no limit.
    pub fn apply(&self, document: &mut Value, copy_limit: usize) -> Result<(), PatchError> {
        let mut copied = 0;
        for operation in &self.operations {
            let operation = Operation(operation);
            match operation.kind() {
                "add" => operation.add(document)?,
                "remove" => operation.remove(document)?,
                "replace" => operation.replace(document)?,
                "move" => operation.move_value(document)?,
                "test" => operation.test(document)?,
                "copy" => operation.copy(document, &mut copied, copy_limit)?,
                kind => return fail(format!("Unexpected kind: {kind}")),
            }
        }
        Ok(())
    }
}

fn json_kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "bool",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

struct Operation<'a>(&'a Map<String, Value>);

impl<'a> Operation<'a> {
    fn kind(&self) -> &'a str {
        self.0.get("op").and_then(Value::as_str).unwrap_or("unknown")
    }

    fn pointer(&self, field: &str, missing: &str) -> Result<&'a str, String> {
        match self.0.get(field) {
            None | Some(Value::Null) => Err(format!("{missing}: {MISSING}")),
            Some(Value::String(text)) => Ok(text),
            Some(other) => Err(format!(
                "json: cannot unmarshal {} into Go value of type string",
                json_kind(other)
            )),
        }
    }

    fn path(&self) -> Result<&'a str, String> {
        self.pointer("path", "operation missing path field")
    }

    fn from(&self) -> Result<&'a str, String> {
        self.pointer("from", "operation, missing from field")
    }

    fn value(&self) -> Value {
        self.0.get("value").cloned().unwrap_or(Value::Null)
    }

    fn add(&self, document: &mut Value) -> Result<(), PatchError> {
        let Ok(path) = self.path() else {
            return fail(format!("add operation failed to decode path: {MISSING}"));
        };
        let Some((container, key)) = find(document, path) else {
            return fail(format!(
                "add operation does not apply: doc is missing path: \"{path}\": {MISSING}"
            ));
        };
        add(container, &key, self.value())
            .or_else(|error| fail(format!("error in add for path: '{path}': {error}")))
    }

    fn remove(&self, document: &mut Value) -> Result<(), PatchError> {
        let Ok(path) = self.path() else {
            return fail(format!("remove operation failed to decode path: {MISSING}"));
        };
        let Some((container, key)) = find(document, path) else {
            return fail(format!(
                "remove operation does not apply: doc is missing path: \"{path}\": {MISSING}"
            ));
        };
        match remove(container, &key) {
            Ok(_) => Ok(()),
            Err(error) => fail(format!("error in remove for path: '{path}': {error}")),
        }
    }

    fn replace(&self, document: &mut Value) -> Result<(), PatchError> {
        let path = self
            .path()
            .or_else(|error| fail(format!("replace operation failed to decode path: {error}")))?;
        if path.is_empty() {
            let value = self.value();
            if !(value.is_object() || value.is_array()) {
                return fail("replace operation value must be object or array: %!w(<nil>)");
            }
            *document = value;
            return Ok(());
        }
        let Some((container, key)) = find(document, path) else {
            return fail(format!(
                "replace operation does not apply: doc is missing path: {path}: {MISSING}"
            ));
        };
        if get(container, &key).is_err() {
            return fail(format!(
                "replace operation does not apply: doc is missing key: {path}: {MISSING}"
            ));
        }
        set(container, &key, self.value())
            .or_else(|error| fail(format!("error in remove for path: '{path}': {error}")))
    }

    fn move_value(&self, document: &mut Value) -> Result<(), PatchError> {
        let from = self
            .from()
            .or_else(|error| fail(format!("move operation failed to decode from: {error}")))?;
        let Some((container, key)) = find(document, from) else {
            return fail(format!(
                "move operation does not apply: doc is missing from path: {from}: {MISSING}"
            ));
        };
        let value = remove(container, &key)
            .or_else(|error| fail(format!("error in move for path: '{key}': {error}")))?;
        let path = self
            .path()
            .or_else(|error| fail(format!("move operation failed to decode path: {error}")))?;
        let Some((container, key)) = find(document, path) else {
            return fail(format!(
                "move operation does not apply: doc is missing destination path: {path}: {MISSING}"
            ));
        };
        add(container, &key, value)
            .or_else(|error| fail(format!("error in move for path: '{path}': {error}")))
    }

    fn test(&self, document: &mut Value) -> Result<(), PatchError> {
        let path = self
            .path()
            .or_else(|error| fail(format!("test operation failed to decode path: {error}")))?;
        let failed = || format!("testing value {path} failed: test failed");
        if path.is_empty() {
            return if *document == self.value() { Ok(()) } else { fail(failed()) };
        }
        let Some((container, key)) = find(document, path) else {
            return fail(format!(
                "test operation does not apply: is missing path: {path}: {MISSING}"
            ));
        };
        let value = get(container, &key)
            .or_else(|error| fail(format!("error in test for path: '{path}': {error}")))?;
        if *value.unwrap_or(&Value::Null) == self.value() { Ok(()) } else { fail(failed()) }
    }

    fn copy(
        &self,
        document: &mut Value,
        copied: &mut usize,
        limit: usize,
    ) -> Result<(), PatchError> {
        let from = self
            .from()
            .or_else(|error| fail(format!("copy operation failed to decode from: {error}")))?;
        let Some((container, key)) = find(document, from) else {
            return fail(format!(
                "copy operation does not apply: doc is missing from path: {from}: {MISSING}"
            ));
        };
        let value = get(container, &key)
            .or_else(|error| fail(format!("error in copy for from: '{from}': {error}")))?
            .filter(|value| !value.is_null())
            .cloned();
        let Ok(path) = self.path() else {
            return fail(format!("copy operation failed to decode path: {MISSING}"));
        };
        let Some((container, key)) = find(document, path) else {
            return fail(format!(
                "copy operation does not apply: doc is missing destination path: {path}: {MISSING}"
            ));
        };
        *copied += value.as_ref().map_or(0, |value| json::to_vec(value).len());
        if limit > 0 && *copied > limit {
            return fail(format!(
                "Unable to complete the copy, the accumulated size increase of copy is {copied}, \
                 exceeding the limit {limit}"
            ));
        }
        add(container, &key, value.unwrap_or(Value::Null))
            .or_else(|error| fail(format!("error while adding value during copy: {error}")))
    }
}

/// The object or list that a pointer's last segment is looked up in, and that segment.
fn find<'a>(document: &'a mut Value, pointer: &str) -> Option<(&'a mut Value, String)> {
    // What stands before the first slash is ignored, as upstream does.
    let (_, rest) = pointer.split_once('/')?;
    let (parents, key) = match rest.rsplit_once('/') {
        Some((parents, key)) => (Some(parents), key),
        None => (None, rest),
    };
    let mut container = document;
    for segment in parents.into_iter().flat_map(|parents| parents.split('/')) {
        let segment = unescape(segment);
        container = match container {
            Value::Object(map) => map.get_mut(&segment)?,
            Value::Array(list) => {
                let index = index(&segment, list.len(), 0).ok()?;
                list.get_mut(index)?
            }
            _ => return None,
        };
        if !(container.is_object() || container.is_array()) {
            return None;
        }
    }
    Some((container, unescape(key)))
}

fn unescape(segment: &str) -> String {
    // One pass from the left, so that `~01` is `~1`.
    let mut out = String::with_capacity(segment.len());
    let mut rest = segment;
    while let Some(at) = rest.find('~') {
        out.push_str(&rest[..at]);
        let (c, length) = match rest.as_bytes().get(at + 1) {
            Some(b'1') => ('/', 2),
            Some(b'0') => ('~', 2),
            _ => ('~', 1),
        };
        out.push(c);
        rest = &rest[at + length..];
    }
    out.push_str(rest);
    out
}

fn get<'a>(container: &'a Value, key: &str) -> Result<Option<&'a Value>, String> {
    match container {
        Value::Object(map) => Ok(map.get(key)),
        Value::Array(list) => Ok(list.get(index(key, list.len(), 0)?)),
        other => unreachable!("find returns containers, not {}", verb(other)),
    }
}

fn set(container: &mut Value, key: &str, value: Value) -> Result<(), String> {
    match container {
        Value::Object(map) => {
            map.insert(key.to_owned(), value);
        }
        Value::Array(list) => {
            let index = index(key, list.len(), 0)?;
            list[index] = value;
        }
        other => unreachable!("find returns containers, not {}", verb(other)),
    }
    Ok(())
}

fn add(container: &mut Value, key: &str, value: Value) -> Result<(), String> {
    match container {
        Value::Array(list) if key == "-" => list.push(value),
        Value::Array(list) => {
            if let Err(error) = atoi(key) {
                return Err(format!("value was not a proper array index: '{key}': {error}"));
            }
            let index = index(key, list.len(), 1)?;
            list.insert(index, value);
        }
        object => set(object, key, value)?,
    }
    Ok(())
}

fn remove(container: &mut Value, key: &str) -> Result<Value, String> {
    match container {
        Value::Object(map) => map
            .remove(key)
            .ok_or_else(|| format!("Unable to remove nonexistent key: {key}: {MISSING}")),
        Value::Array(list) => Ok(list.remove(index(key, list.len(), 0)?)),
        other => unreachable!("find returns containers, not {}", verb(other)),
    }
}

/// The place that an index means in a list of `length` and `extra` elements.
fn index(key: &str, length: usize, extra: usize) -> Result<usize, String> {
    let number = atoi(key)?;
    let length = (length + extra) as i64;
    if number >= length || number < -length {
        return Err(format!("Unable to access invalid index: {number}: {INVALID_INDEX}"));
    }
    Ok(if number < 0 { number + length } else { number } as usize)
}

/// Go's `strconv.Atoi`.
fn atoi(text: &str) -> Result<i64, String> {
    text.parse::<i64>().map_err(|error| {
        let what = match error.kind() {
            std::num::IntErrorKind::PosOverflow | std::num::IntErrorKind::NegOverflow => {
                "value out of range"
            }
            _ => "invalid syntax",
        };
        format!("strconv.Atoi: parsing {}: {what}", json::quote(text))
    })
}

#[cfg(test)]
mod tests;
