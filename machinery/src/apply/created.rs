//! What a create owns, in one walk, as the text of a `FieldsV1`.

use std::cmp::Ordering;
use std::fmt::Write as _;

use super::filter::Filter;
use super::path::{PathElement, compare_values, equal_values, of_item};
use super::schema::{Form, List, Map, Schema, Topology, TypeId};
use super::set::Set;
use super::validate::{Duplicates, check_scalar, validate};
use crate::{Value, json};

/// Most keys of a list's items that the walk knows to tell apart.
const MOST_KEYS: usize = 4;

/// The fields that `new` has beyond `empty`, an object of which nothing is set yet, as the text that
/// `Set::to_value` of what `compare` finds would give; empty if there are none.
///
/// None if the walk cannot say: `new` is not of its type, holds items twice, or the filter is one
/// of patterns. The sets of the general way know what to do then.
pub(super) fn fields_of_new(
    schema: &Schema,
    ty: TypeId,
    (empty, new): (&Value, &Value),
    filter: Option<&Filter>,
    never: &Set,
) -> Option<String> {
    let reset = match filter {
        None => None,
        Some(Filter::Exclude(reset)) => Some(reset),
        Some(Filter::Include(_)) => return None,
    };
    let mut walk = Walk { schema, depth: 0, in_metadata: false, out: String::with_capacity(2048) };
    let left = Left { below: reset, alone: Some(never) };
    let owns = walk.value(ty, Some(empty), new, false, left)?;
    if !owns {
        walk.out.clear();
    }
    Some(walk.out)
}

struct Walk<'a> {
    schema: &'a Schema,
    /// How far below the root the walk is.
    depth: usize,
    /// It is at the root's `metadata`.
    in_metadata: bool,
    out: String,
}

/// What is not owned at and below the place of the walk.
#[derive(Clone, Copy)]
struct Left<'a> {
    /// With all that lies below.
    below: Option<&'a Set>,
    /// The fields alone.
    alone: Option<&'a Set>,
}

impl Left<'_> {
    const NOTHING: Self = Self { below: None, alone: None };

    fn is_nothing(&self) -> bool {
        self.below.is_none() && self.alone.is_none()
    }
}

/// An item of a list with what tells it from the others: its keys by name, or for a set itself.
#[derive(Clone, Copy)]
struct Item<'v> {
    keys: [Option<(&'v str, &'v Value)>; MOST_KEYS],
    value: &'v Value,
}

impl<'a> Walk<'a> {
    /// Writes what is owned at and below a value, and says whether anything is. What it has written
    /// otherwise is for the caller to take back.
    fn value(
        &mut self,
        ty: TypeId,
        old: Option<&Value>,
        new: &'a Value,
        is_left: bool,
        left: Left<'_>,
    ) -> Option<bool> {
        let schema = self.schema;
        let form = schema.form(ty, Some(new))?;
        if old.is_some() && !schema.form(ty, old)?.same_as(&form) {
            return None;
        }
        match form {
            Form::Scalar(scalar) => {
                check_scalar(scalar, Some(new), "").ok()?;
                Some(self.leaf(old, new, is_left))
            }
            Form::List(list) => {
                let items = match new {
                    Value::Array(items) => items.as_slice(),
                    Value::Null => &[],
                    _ => return None,
                };
                if old.and_then(Value::as_array).is_some_and(|old| !old.is_empty()) {
                    return None;
                }
                if list.topology == Topology::Atomic || items.is_empty() {
                    self.check(ty, new)?;
                    return Some(self.leaf(old, new, is_left));
                }
                self.level(old, is_left, |walk| walk.list(list, items, left))
            }
            Form::Map(map) => {
                let no_fields = serde_json::Map::new();
                let old_fields = old.and_then(Value::as_object).unwrap_or(&no_fields);
                let Value::Object(fields) = new else {
                    return (new.is_null() && old_fields.is_empty())
                        .then(|| self.leaf(old, new, is_left));
                };
                if map.atomic || fields.is_empty() && old_fields.is_empty() {
                    self.check(ty, new)?;
                    return Some(self.leaf(old, new, is_left));
                }
                self.level(old, is_left, |walk| walk.map(map, old_fields, fields, left))
            }
        }
    }

    /// What the walk does not go into is of its type all the same.
    fn check(&self, ty: TypeId, value: &Value) -> Option<()> {
        validate(self.schema, ty, value, Duplicates::Allowed).ok()
    }

    fn leaf(&mut self, old: Option<&Value>, new: &Value, is_left: bool) -> bool {
        let owned = !is_left && old.is_none_or(|old| !equal_values(old, new));
        if owned {
            self.out.push_str("{}");
        }
        owned
    }

    /// A value with parts: it is owned itself if it is new.
    fn level(
        &mut self,
        old: Option<&Value>,
        is_left: bool,
        parts: impl FnOnce(&mut Self) -> Option<()>,
    ) -> Option<bool> {
        let owned = old.is_none() && !is_left;
        let start = self.out.len();
        self.out.push_str(if owned { "{\".\":{}" } else { "{" });
        let below = self.out.len();
        parts(self)?;
        if self.out.len() > below {
            self.out.push('}');
        } else if owned {
            self.out.truncate(start);
            self.out.push_str("{}");
        } else {
            return Some(false);
        }
        Some(true)
    }

    fn map(
        &mut self,
        map: &'a Map,
        old: &serde_json::Map<String, Value>,
        new: &'a serde_json::Map<String, Value>,
        left: Left<'_>,
    ) -> Option<()> {
        let (depth, in_metadata) = (self.depth, self.in_metadata);
        for (name, value) in new {
            let old = if old.is_empty() { None } else { old.get(name) };
            if old == Some(value) {
                continue;
            }
            let ty = map.field_type(name)?;
            if in_metadata && name == "managedFields" {
                self.check(ty, value)?;
                continue;
            }
            let element = || Some(PathElement::field(name));
            self.in_metadata = depth == 0 && name == "metadata";
            self.depth = depth + 1;
            self.part(element, |out| push_field(out, name), (ty, old, value), left)?;
            (self.depth, self.in_metadata) = (depth, in_metadata);
        }
        Some(())
    }

    fn list(&mut self, list: &'a List, items: &'a [Value], left: Left<'_>) -> Option<()> {
        let schema = self.schema;
        let mut sorted = Vec::with_capacity(items.len());
        for item in items {
            sorted.push(item_of(schema, list, item)?);
        }
        if sorted.len() > 1 {
            sorted.sort_by(compare);
            let twice = sorted.windows(2).any(|pair| compare(&pair[0], &pair[1]).is_eq());
            if twice {
                return None;
            }
        }
        let (depth, in_metadata) = (self.depth, self.in_metadata);
        for item in sorted {
            let element = || of_item(schema, list, item.value).ok();
            let key = |out: &mut String| {
                let start = out.len();
                if push_item(out, &item).is_none() {
                    out.truncate(start);
                    let key = element().map(|element| element.to_key()).unwrap_or_default();
                    out.push_str(&json::to_string(&key));
                }
            };
            (self.depth, self.in_metadata) = (depth + 1, false);
            self.part(element, key, (list.element, None, item.value), left)?;
            (self.depth, self.in_metadata) = (depth, in_metadata);
        }
        Some(())
    }

    /// Writes a part of a value under its key, if anything of it is owned.
    fn part(
        &mut self,
        element: impl FnOnce() -> Option<PathElement>,
        key: impl FnOnce(&mut String),
        (ty, old, new): (TypeId, Option<&Value>, &'a Value),
        left: Left<'_>,
    ) -> Option<()> {
        let (mut is_left, mut below) = (false, Left::NOTHING);
        if !left.is_nothing() {
            let element = element()?;
            if left.below.is_some_and(|set| set.has_element(&element)) {
                return self.check(ty, new);
            }
            is_left = left.alone.is_some_and(|set| set.has_element(&element));
            below = Left {
                below: left.below.and_then(|set| set.below(&element)),
                alone: left.alone.and_then(|set| set.below(&element)),
            };
        }
        let start = self.out.len();
        if !self.out.ends_with('{') {
            self.out.push(',');
        }
        key(&mut self.out);
        self.out.push(':');
        if !self.value(ty, old, new, is_left, below)? {
            self.out.truncate(start);
        }
        Some(())
    }
}

/// The item of a set or of a list with keys; none if it is not what the list may hold.
fn item_of<'v>(schema: &'v Schema, list: &'v List, value: &'v Value) -> Option<Item<'v>> {
    let mut item = Item { keys: [None; MOST_KEYS], value };
    match &list.topology {
        Topology::Atomic => return None,
        Topology::Set if matches!(value, Value::Array(_) | Value::Object(_) | Value::Null) => {
            return None;
        }
        Topology::Set => item.keys[0] = Some(("", value)),
        Topology::Map(names) => {
            let fields = value.as_object()?;
            let map = schema.atom(list.element).map.as_ref()?;
            let mut found = 0;
            for name in names {
                let default = || map.fields.get(name)?.default.as_ref();
                if let Some(value) = fields.get(name.as_ref()).or_else(default) {
                    *item.keys.get_mut(found)? = Some((name.as_ref(), value));
                    found += 1;
                }
            }
            item.keys[..found].sort_by_key(|key| key.map(|(name, _)| name));
            item.keys[0]?;
        }
    }
    Some(item)
}

/// The order of the items' path elements.
fn compare(a: &Item<'_>, b: &Item<'_>) -> Ordering {
    let pairs = a.keys.iter().flatten().zip(b.keys.iter().flatten());
    let unequal = pairs
        .map(|((a_name, a), (b_name, b))| a_name.cmp(b_name).then_with(|| compare_values(a, b)))
        .find(|order| order.is_ne());
    let count = |item: &Item<'_>| item.keys.iter().flatten().count();
    unequal.unwrap_or_else(|| count(a).cmp(&count(b)))
}

fn push_field(out: &mut String, name: &str) {
    if is_plain(name) {
        out.push_str("\"f:");
        out.push_str(name);
        out.push('"');
    } else {
        out.push_str(&json::to_string(&["f:", name].concat()));
    }
}

/// Writes the key of an item; none if it holds what needs more care.
fn push_item(out: &mut String, item: &Item<'_>) -> Option<()> {
    let mut keys = item.keys.iter().flatten();
    if let Some(("", value)) = keys.clone().next() {
        out.push_str("\"v:");
        push_value(out, value)?;
        out.push('"');
        return Some(());
    }
    let (name, value) = keys.next()?;
    out.push_str("\"k:{\\\"");
    out.push_str(name);
    out.push_str("\\\":");
    push_value(out, value)?;
    for (name, value) in keys {
        out.push_str(",\\\"");
        out.push_str(name);
        out.push_str("\\\":");
        push_value(out, value)?;
    }
    out.push_str("}\"");
    Some(())
}

/// Writes a value's JSON as part of a JSON string.
fn push_value(out: &mut String, value: &Value) -> Option<()> {
    match value {
        Value::String(text) if is_plain(text) => {
            out.push_str("\\\"");
            out.push_str(text);
            out.push_str("\\\"");
        }
        Value::Number(number) => write!(out, "{}", number.as_i64()?).ok()?,
        _ => return None,
    }
    Some(())
}

/// The text stands for itself in a JSON string, and in one within one.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| {
        byte.is_ascii_alphanumeric()
            || matches!(byte, b'-' | b'_' | b'.' | b'/' | b':' | b' ' | b'@' | b'=' | b',' | b'+')
    })
}

#[cfg(test)]
mod tests;
