//! Strategic merge patches as apimachinery's `util/strategicpatch` applies them.

mod list;

use std::collections::BTreeSet;

use crate::json::verb;
use crate::status::{GroupResource, ServerResponse, Status};
use crate::{Map, Value};

const DIRECTIVE: &str = "$patch";
const RETAIN_KEYS: &str = "$retainKeys";
const DELETE_FROM_LIST: &str = "$deleteFromPrimitiveList";
const ELEMENT_ORDER: &str = "$setElementOrder";

/// What a patch has to know about the structure that it is applied to
/// (`strategicpatch.LookupPatchMeta`).
pub trait PatchSchema: Sized {
    /// Looks a field up. The error is upstream's text for a structure without that field, or for
    /// what is no structure: see [`unknown_field`] and [`not_a_struct`].
    fn field(&self, name: &str) -> Result<PatchField<Self>, String>;

    /// Go's word for this type's kind: `struct`, `map`, `string`, `int32` …
    fn kind(&self) -> &str;
}

/// A field of a [`PatchSchema`].
#[derive(Clone, Copy, Debug)]
pub struct PatchField<S> {
    /// `patchStrategy`, split at commas; empty if none.
    pub strategies: &'static [&'static str],
    /// `patchMergeKey`; empty if none.
    pub merge_key: &'static str,
    /// The field's type; of a list the type of its elements.
    pub schema: S,
    /// The field is a list.
    pub is_list: bool,
}

/// The text of a lookup that finds no field.
pub fn unknown_field(type_name: &str, field: &str) -> String {
    format!(
        "unable to find api field in struct {type_name} for the json field {}",
        crate::json::quote(field)
    )
}

/// The text of a lookup in a type that is no structure.
pub fn not_a_struct(kind: &str) -> String {
    format!("merging an object in json but data type is not struct, instead is: {kind}")
}

/// Why a patch does not apply.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The patch is malformed: 400.
    #[error("{0}")]
    Malformed(&'static str),
    /// The patch can't be merged: 422.
    #[error("{0}")]
    Unmergeable(&'static str),
    /// Anything else, which upstream answers with 500.
    #[error("{0}")]
    Other(String),
}

impl Error {
    /// The error on the wire (`interpretStrategicMergePatchError`).
    pub fn to_status(&self) -> Status {
        match self {
            Error::Malformed(message) => Status::bad_request(*message),
            Error::Unmergeable(message) => Status::generic_server_response(&ServerResponse {
                code: 422,
                message,
                resource: GroupResource::NONE,
                ..ServerResponse::default()
            }),
            Error::Other(message) => Status::failure(500, "", message),
        }
    }
}

const BAD_PRIMITIVE_LIST: Error = Error::Malformed("invalid patch format of primitive list");
const BAD_RETAIN_KEYS: Error = Error::Malformed("invalid patch format of retainKeys");
const BAD_ELEMENT_ORDER: Error = Error::Malformed("invalid patch format of setElementOrder list");
const LIST_OF_LISTS: Error = Error::Unmergeable("lists of lists are not supported");

fn other<T>(message: impl Into<String>) -> Result<T, Error> {
    Err(Error::Other(message.into()))
}

/// `ErrBadArgType`.
fn wrong_type<T>(expected: &str, actual: &Value) -> Result<T, Error> {
    other(format!("expected a {expected}, but received a {}", go_type(actual)))
}

/// `ErrNoMergeKey`.
fn no_merge_key<T>(map: &Map<String, Value>, key: &str) -> Result<T, Error> {
    let map = verb(&Value::Object(map.clone()));
    other(format!("map: {map} does not contain declared merge key: {key}"))
}

/// `ErrBadPatchType`.
fn bad_patch_type<T>(directive: &Value, map: &Map<String, Value>) -> Result<T, Error> {
    let directive = match directive {
        Value::String(text) => text.clone(),
        Value::Null => "%!s(<nil>)".to_owned(),
        other => format!("%!s({}={})", go_type(other), verb(other)),
    };
    let map = verb(&Value::Object(map.clone()));
    other(format!("unknown patch type: {directive} in map: {map}"))
}

const MAP_TYPE: &str = "map[string]interface {}";
const LIST_TYPE: &str = "[]interface {}";

fn go_type(value: &Value) -> &'static str {
    match value {
        Value::Null => "%!s(<nil>)",
        Value::Bool(_) => "bool",
        Value::Number(number) if number.is_f64() => "float64",
        Value::Number(_) => "int64",
        Value::String(_) => "string",
        Value::Array(_) => LIST_TYPE,
        Value::Object(_) => MAP_TYPE,
    }
}

/// Applies a patch to an object (`StrategicMergeMapPatch`). Nulls of the patch may remain in the
/// result where the object had nothing to merge them with: decoding drops them.
pub fn apply<S: PatchSchema>(object: Value, patch: Value, schema: &S) -> Result<Value, Error> {
    match (object, patch) {
        (Value::Object(object), Value::Object(patch)) => {
            merge_map(object, patch, schema).map(Value::Object)
        }
        // A null patch decodes to an empty map.
        (object @ Value::Object(_), Value::Null) => Ok(object),
        _ => Err(Error::Malformed("invalid JSON document")),
    }
}

/// `mergeMap`.
fn merge_map<S: PatchSchema>(
    mut original: Map<String, Value>,
    mut patch: Map<String, Value>,
    schema: &S,
) -> Result<Map<String, Value>, Error> {
    if let Some(directive) = patch.get(DIRECTIVE) {
        return match directive.as_str() {
            Some("replace") => {
                patch.remove(DIRECTIVE);
                Ok(patch)
            }
            Some("delete") => Ok(Map::new()),
            _ => bad_patch_type(directive, &patch),
        };
    }
    retain_keys(&mut original, &mut patch)?;
    merge_ordered_lists(&mut original, &mut patch, schema)?;
    for (key, patch) in patch {
        let deletes = key.starts_with(DELETE_FROM_LIST);
        let key = if deletes {
            directive_field(&key, DELETE_FROM_LIST).ok_or(BAD_PRIMITIVE_LIST)?.to_owned()
        } else {
            key
        };
        if patch.is_null() {
            original.remove(&key);
            continue;
        }
        let current = original.get(&key).map_or("", go_type);
        if current.is_empty() || current != go_type(&patch) {
            if !deletes {
                put(&mut original, key, without_nulls(patch));
            }
            continue;
        }
        match patch {
            Value::Object(patch) => {
                let field = lookup(schema, &key)?;
                let merged = match original.remove(&key) {
                    Some(Value::Object(current)) if strategy(&field)? != "replace" => {
                        merge_map(current, patch, &field.schema)?
                    }
                    _ => patch,
                };
                original.insert(key, Value::Object(merged));
            }
            Value::Array(patch) => {
                let field = lookup_list(schema, &key)?;
                let Some(Value::Array(current)) = original.remove(&key) else {
                    unreachable!("both are lists")
                };
                let merged = list::merge_field(current, patch, &field, deletes)?;
                original.insert(key, Value::Array(merged));
            }
            scalar => {
                original.insert(key, scalar);
            }
        }
    }
    Ok(original)
}

/// Puts what is left of a value without directives, or removes the field.
fn put(map: &mut Map<String, Value>, key: String, value: Value) {
    match without_directives(value) {
        Some(value) => map.insert(key, value),
        None => map.remove(&key),
    };
}

fn lookup<S: PatchSchema>(schema: &S, key: &str) -> Result<PatchField<S>, Error> {
    schema.field(key).map_err(Error::Other)
}

fn lookup_list<S: PatchSchema>(schema: &S, key: &str) -> Result<PatchField<S>, Error> {
    let field = lookup(schema, key)?;
    if field.is_list {
        Ok(field)
    } else {
        other(format!("expected slice or array type, but got: {}", schema.kind()))
    }
}

/// `extractRetainKeysPatchStrategy`: the strategy beside `retainKeys`.
fn strategy<S>(field: &PatchField<S>) -> Result<&'static str, Error> {
    match field.strategies {
        [] | ["retainKeys"] => Ok(""),
        [one] | ["retainKeys", one] | [one, "retainKeys"] => Ok(one),
        many => other(format!("unexpected patch strategy: [{}]", many.join(" "))),
    }
}

/// `x` of `$prefix/x` (`extractKey`).
fn directive_field<'a>(key: &'a str, prefix: &str) -> Option<&'a str> {
    key.split_once('/').filter(|(found, _)| *found == prefix).map(|(_, field)| field)
}

/// `applyRetainKeysDirective`.
fn retain_keys(
    original: &mut Map<String, Value>,
    patch: &mut Map<String, Value>,
) -> Result<(), Error> {
    let Some(keys) = patch.remove(RETAIN_KEYS) else { return Ok(()) };
    let keys: BTreeSet<&str> =
        keys.as_array().ok_or(BAD_RETAIN_KEYS)?.iter().filter_map(Value::as_str).collect();
    let kept = |(key, value): (&String, &Value)| {
        value.is_null()
            || key.starts_with(DELETE_FROM_LIST)
            || key.starts_with(ELEMENT_ORDER)
            || keys.contains(key.as_str())
    };
    if !patch.iter().all(kept) {
        return Err(BAD_RETAIN_KEYS);
    }
    original.retain(|key, _| keys.contains(key.as_str()));
    Ok(())
}

/// `mergePatchIntoOriginal`: merges the lists that `$setElementOrder/..` orders.
fn merge_ordered_lists<S: PatchSchema>(
    original: &mut Map<String, Value>,
    patch: &mut Map<String, Value>,
    schema: &S,
) -> Result<(), Error> {
    let directives: Vec<String> =
        patch.keys().filter(|key| key.starts_with(ELEMENT_ORDER)).cloned().collect();
    for directive in directives {
        let order = match patch.remove(&directive) {
            Some(Value::Array(order)) => order,
            other => return wrong_type(LIST_TYPE, &other.unwrap_or(Value::Null)),
        };
        let key = directive_field(&directive, ELEMENT_ORDER).ok_or(BAD_ELEMENT_ORDER)?;
        let current = list_of(original.get(key))?;
        let changes = list_of(patch.get(key))?;
        let field = lookup_list(schema, key)?;
        strategy(&field)?;
        if let Some(changes) = &changes {
            list::check_order(changes, &order, field.merge_key)?;
        }
        let merged = match (current.clone(), changes.clone()) {
            (None, None) => continue,
            (Some(current), None) => current,
            (None, Some(changes)) => changes.into_iter().filter_map(without_directives).collect(),
            (Some(current), Some(changes)) => list::merge_field(current, changes, &field, false)?,
        };
        let (current, changes) = (current.unwrap_or_default(), changes.unwrap_or_default());
        let ordered = list::reorder(merged, &order, &current, &changes, field.merge_key)?;
        original.insert(key.to_owned(), Value::Array(ordered));
        patch.remove(key);
    }
    Ok(())
}

fn list_of(value: Option<&Value>) -> Result<Option<Vec<Value>>, Error> {
    match value {
        None => Ok(None),
        Some(Value::Array(list)) => Ok(Some(list.clone())),
        Some(other) => wrong_type(LIST_TYPE, other),
    }
}

/// `discardNullValuesFromPatch`.
fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(map) => map
            .into_iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(key, value)| (key, without_nulls(value)))
            .collect(),
        Value::Array(list) => list.into_iter().map(without_nulls).collect(),
        scalar => scalar,
    }
}

/// `removeDirectives`: None for a map that is itself a directive.
fn without_directives(value: Value) -> Option<Value> {
    match value {
        Value::Object(map) if map.contains_key(DIRECTIVE) => None,
        Value::Object(map) => Some(
            map.into_iter()
                .filter_map(|(key, value)| without_directives(value).map(|value| (key, value)))
                .collect(),
        ),
        Value::Array(list) => Some(list.into_iter().filter_map(without_directives).collect()),
        scalar => Some(scalar),
    }
}

#[cfg(test)]
mod tests;
