//! The set of all fields of a value.

use super::path::{PathElement, of_item};
use super::schema::{Form, List, Map, Schema, Topology, TypeId};
use super::set::Set;
use crate::Value;

/// The set of all fields of a value (structured-merge-diff `TypedValue.ToFieldSet`).
pub fn field_set(schema: &Schema, ty: TypeId, value: &Value) -> Set {
    walk(schema, ty, value).0
}

/// What lies below a value, and whether the value's own path is a member.
fn walk(schema: &Schema, ty: TypeId, value: &Value) -> (Set, bool) {
    match (schema.form(ty, Some(value)), value) {
        (Some(Form::Scalar(_)), _) => (Set::new(), true),
        (Some(Form::List(list)), _) if list.topology == Topology::Atomic => (Set::new(), true),
        (Some(Form::Map(map)), _) if map.atomic => (Set::new(), true),
        (Some(Form::List(list)), Value::Array(items)) => (of_list(schema, list, items), false),
        (Some(Form::Map(map)), Value::Object(fields)) => (of_map(schema, map, fields), false),
        _ => (Set::new(), false),
    }
}

fn of_list(schema: &Schema, list: &List, items: &[Value]) -> Set {
    let elements: Vec<Option<PathElement>> =
        items.iter().map(|item| of_item(schema, list, item).ok()).collect();
    let mut sorted: Vec<&PathElement> = elements.iter().flatten().collect();
    sorted.sort_unstable();
    let mut out = Set::new();
    for (element, item) in elements.iter().zip(items) {
        let Some(element) = element else { continue };
        let from = sorted.partition_point(|other| *other < element);
        let duplicated = sorted.get(from + 1).is_some_and(|next| *next == element);
        let below = if duplicated { Set::new() } else { walk(schema, list.element, item).0 };
        out.insert_tree(element.clone(), true, below);
    }
    out
}

fn of_map(schema: &Schema, map: &Map, fields: &serde_json::Map<String, Value>) -> Set {
    let mut out = Set::new();
    for (name, value) in fields {
        let Some(ty) = map.field_type(name) else { continue };
        let (below, own) = walk(schema, ty, value);
        let empty = match value {
            Value::Null => true,
            Value::Object(fields) => fields.is_empty(),
            _ => false,
        };
        let member = own || empty || !map.fields.contains_key(name.as_str());
        out.insert_tree(PathElement::field(name), member, below);
    }
    out
}
