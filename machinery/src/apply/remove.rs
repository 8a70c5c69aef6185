//! Taking fields out of a value, and taking only some fields of it.

use super::path::{PathElement, of_item};
use super::schema::{Form, List, Map, Schema, Topology, TypeId};
use super::set::Set;
use crate::Value;

/// The value without the items of the set (`TypedValue.RemoveItems`).
pub fn remove_items(schema: &Schema, ty: TypeId, value: &Value, items: &Set) -> Value {
    Walk { schema, extract: false }.value(ty, value, items)
}

/// Only the items of the set (`TypedValue.ExtractItems`).
pub fn extract_items(schema: &Schema, ty: TypeId, value: &Value, items: &Set) -> Value {
    Walk { schema, extract: true }.value(ty, value, items)
}

struct Walk<'a> {
    schema: &'a Schema,
    extract: bool,
}

impl Walk<'_> {
    fn value(&self, ty: TypeId, value: &Value, set: &Set) -> Value {
        let keep = || if self.extract { value.clone() } else { Value::Null };
        match (self.schema.form(ty, Some(value)), value) {
            (Some(Form::Scalar(_)), _) => value.clone(),
            (Some(Form::List(list)), Value::Array(items)) => {
                if items.is_empty() || list.topology == Topology::Atomic {
                    return keep();
                }
                self.list(list, items, set)
            }
            (Some(Form::Map(map)), Value::Object(fields)) => {
                if fields.is_empty() || map.atomic {
                    return keep();
                }
                self.map(map, fields, set)
            }
            _ => Value::Null,
        }
    }

    fn list(&self, list: &List, items: &[Value], set: &Set) -> Value {
        let mut out = Vec::with_capacity(items.len());
        for item in items {
            let Ok(element) = of_item(self.schema, list, item) else { continue };
            let exact = set.has_element(&element);
            let below = set.below(&element);
            if if self.extract { !exact && below.is_none() } else { exact } {
                continue;
            }
            out.push(match below {
                Some(below) => self.value(list.element, item, below),
                None => item.clone(),
            });
        }
        if out.is_empty() { Value::Null } else { Value::Array(out) }
    }

    fn map(&self, map: &Map, fields: &serde_json::Map<String, Value>, set: &Set) -> Value {
        let mut out = serde_json::Map::new();
        for (name, value) in fields {
            let element = PathElement::field(name);
            let Some(ty) = map.field_type(name) else { continue };
            if set.has_element(&element) {
                if self.extract {
                    out.insert(name.clone(), self.value(ty, value, set));
                }
                continue;
            }
            match set.below(&element) {
                Some(below) => {
                    out.insert(name.clone(), self.value(ty, value, below));
                }
                None if self.extract => {}
                None => {
                    out.insert(name.clone(), value.clone());
                }
            }
        }
        if out.is_empty() { Value::Null } else { Value::Object(out) }
    }
}
