//! What changed between two values of a type: fields added, modified and removed.

use super::filter::Filter;
use super::path::{PathElement, equal_values, of_item};
use super::schema::{Form, List, Map, Scalar, Schema, Topology, TypeId};
use super::set::Set;
use super::validate::{TypeErrors, check_scalar};
use crate::Value;

/// What changed between two values (structured-merge-diff `typed.Comparison`).
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    /// Fields that only the second has.
    pub added: Set,
    /// Fields that both have and that differ.
    pub modified: Set,
    /// Fields that only the first has.
    pub removed: Set,
}

impl Comparison {
    /// Nothing changed.
    pub fn is_same(&self) -> bool {
        self.added.is_empty() && self.modified.is_empty() && self.removed.is_empty()
    }

    /// The changes among the fields that pass the filter.
    #[must_use]
    pub fn filtered(self, filter: Option<&Filter>) -> Self {
        let Some(filter) = filter else { return self };
        Self {
            added: filter.apply(self.added),
            modified: filter.apply(self.modified),
            removed: filter.apply(self.removed),
        }
    }

    /// What was added or modified.
    #[must_use]
    pub fn changed(self) -> Set {
        if self.modified.is_empty() { self.added } else { self.modified.union(&self.added) }
    }
}

/// Compares two values of a type (`TypedValue.Compare`). Equal parts cost one comparison;
/// `metadata.managedFields` of the root is passed over, it is never owned.
pub fn compare(
    schema: &Schema,
    ty: TypeId,
    old: &Value,
    new: &Value,
) -> Result<Comparison, TypeErrors> {
    let mut walk = Walk { schema, depth: 0, in_metadata: false, here: Node::default() };
    let mut errors = TypeErrors::default();
    walk.value(ty, Some(old), Some(new), &mut errors);
    errors.into_result().map(|()| walk.here.below)
}

struct Walk<'a> {
    schema: &'a Schema,
    /// How far below the root the walk is.
    depth: usize,
    /// It is at the root's `metadata`.
    in_metadata: bool,
    here: Node,
}

/// What is known of the value that is being compared; its parent takes it over when that is done.
#[derive(Default)]
struct Node {
    added: bool,
    modified: bool,
    removed: bool,
    below: Comparison,
}

type Side<'a> = Option<&'a Value>;

impl Walk<'_> {
    fn value(&mut self, ty: TypeId, old: Side, new: Side, errors: &mut TypeErrors) {
        if self.depth > 1 && old == new {
            return;
        }
        let schema = self.schema;
        let old_form = schema.form(ty, old);
        let new_form = schema.form(ty, new);
        let leaf = match (old_form, new_form) {
            (Some(old_form), _) if new.is_none() => self.form(old_form, old, new, errors),
            (Some(old_form), Some(new_form)) => {
                if old.is_some() && !old_form.same_as(&new_form) {
                    self.form(old_form, old, new, errors);
                }
                self.form(new_form, old, new, errors)
            }
            _ => {
                errors.add("schema error: invalid atom: inlined");
                return;
            }
        };
        if !leaf {
            match (old, new) {
                (None, _) => self.here.added = true,
                (_, None) => self.here.removed = true,
                _ => {}
            }
        }
    }

    /// Compares as values of one form; tells whether they are leaves.
    fn form(&mut self, form: Form, old: Side, new: Side, errors: &mut TypeErrors) -> bool {
        match form {
            Form::Scalar(scalar) => self.scalar(scalar, old, new, errors),
            Form::List(list) => {
                let (old_items, new_items) = (items(old), items(new));
                if list.topology == Topology::Atomic
                    || (old_items.is_empty() && new_items.is_empty())
                {
                    self.leaf(old, new);
                    return true;
                }
                self.list(list, old_items, new_items, errors);
                false
            }
            Form::Map(map) => {
                let (old_fields, new_fields) = (fields(old), fields(new));
                let is_empty = |fields: Option<&serde_json::Map<String, Value>>| {
                    fields.is_none_or(serde_json::Map::is_empty)
                };
                if map.atomic || (is_empty(old_fields) && is_empty(new_fields)) {
                    self.leaf(old, new);
                    return true;
                }
                self.map(map, old_fields, new_fields, errors);
                false
            }
        }
    }

    fn leaf(&mut self, old: Side, new: Side) {
        match (old, new) {
            (None, _) => self.here.added = true,
            (_, None) => self.here.removed = true,
            (Some(old), Some(new)) if !equal_values(old, new) => self.here.modified = true,
            _ => {}
        }
    }

    fn scalar(&mut self, scalar: Scalar, old: Side, new: Side, errors: &mut TypeErrors) -> bool {
        if let (Err(old), Err(new)) =
            (check_scalar(scalar, old, "lhs: "), check_scalar(scalar, new, "rhs: "))
        {
            errors.add(old);
            errors.add(new);
            return false;
        }
        self.leaf(old, new);
        true
    }

    fn map(
        &mut self,
        map: &Map,
        old: Option<&serde_json::Map<String, Value>>,
        new: Option<&serde_json::Map<String, Value>>,
        errors: &mut TypeErrors,
    ) {
        let removed = old.into_iter().flatten().filter_map(|(name, value)| {
            let absent = new.is_none_or(|new| !new.contains_key(name));
            absent.then_some((name, Some(value), None))
        });
        let rest = new
            .into_iter()
            .flatten()
            .map(|(name, value)| (name, old.and_then(|old| old.get(name)), Some(value)));
        for (name, old, new) in removed.chain(rest) {
            if old == new || self.is_managed_fields(name) {
                continue;
            }
            match map.field_type(name) {
                Some(ty) => self.descend(PathElement::field(name), ty, old, new, errors),
                None => errors.add("schema error: no type found"),
            }
        }
    }

    fn is_managed_fields(&self, name: &str) -> bool {
        self.in_metadata && name == "managedFields"
    }

    fn descend(
        &mut self,
        element: PathElement,
        ty: TypeId,
        old: Side,
        new: Side,
        errors: &mut TypeErrors,
    ) {
        let parent = std::mem::take(&mut self.here);
        let in_metadata = matches!(&element, PathElement::Field(name) if name == "metadata");
        let was_in_metadata =
            std::mem::replace(&mut self.in_metadata, self.depth == 0 && in_metadata);
        self.depth += 1;
        let mut below = TypeErrors::default();
        self.value(ty, old, new, &mut below);
        self.depth -= 1;
        self.in_metadata = was_in_metadata;
        let node = std::mem::replace(&mut self.here, parent);
        errors.add_below(&element, below);
        self.take_over(element, node);
    }

    /// Puts what was found at and below an element of this value in its place.
    fn take_over(&mut self, element: PathElement, node: Node) {
        let out = &mut self.here.below;
        if node.modified || !node.below.modified.is_empty() {
            out.modified.insert_tree(element.clone(), node.modified, node.below.modified);
        }
        if node.removed || !node.below.removed.is_empty() {
            out.removed.insert_tree(element.clone(), node.removed, node.below.removed);
        }
        out.added.insert_tree(element, node.added, node.below.added);
    }

    /// Compares items by their path elements (`compareWalker.visitListItems`): items that a side
    /// holds more than once are compared as one piece.
    fn list(&mut self, list: &List, old: &[Value], new: &[Value], errors: &mut TypeErrors) {
        let old = self.index(list, old, errors);
        let new = self.index(list, new, errors);
        let mut old = old.into_iter().peekable();
        let mut new = new.into_iter().peekable();
        loop {
            let order = match (old.peek(), new.peek()) {
                (None, None) => return,
                (Some(_), None) => std::cmp::Ordering::Less,
                (None, Some(_)) => std::cmp::Ordering::Greater,
                (Some(a), Some(b)) => a.0.cmp(&b.0),
            };
            let left = if order.is_le() { old.next() } else { None };
            let right = if order.is_ge() { new.next() } else { None };
            let (element, old_items, new_items) = match (left, right) {
                (Some((element, old)), Some((_, new))) => (element, old, new),
                (Some((element, old)), None) => (element, old, Vec::new()),
                (None, Some((element, new))) => (element, Vec::new(), new),
                (None, None) => return,
            };
            self.items(list, element, &old_items, &new_items, errors);
        }
    }

    fn items(
        &mut self,
        list: &List,
        element: PathElement,
        old: &[&Value],
        new: &[&Value],
        errors: &mut TypeErrors,
    ) {
        match (old, new) {
            ([] | [_], [] | [_]) => {
                let (old, new) = (old.first().copied(), new.first().copied());
                self.descend(element, list.element, old, new, errors);
            }
            ([_, _, ..], [_, _, ..]) => {
                let equal = old.len() == new.len()
                    && old.iter().zip(new).all(|(old, new)| equal_values(old, new));
                if !equal {
                    self.here.below.modified.insert(&[element]);
                }
            }
            ([_, _, ..], _) => {
                if let Some(new) = new.first() {
                    self.descend(element.clone(), list.element, None, Some(new), errors);
                }
                self.here.below.removed.insert(&[element]);
            }
            (_, [_, _, ..]) => {
                if let Some(old) = old.first() {
                    self.descend(element.clone(), list.element, Some(old), None, errors);
                }
                self.here.below.added.insert(&[element]);
            }
        }
    }

    /// The items under their path elements, sorted.
    fn index<'v>(
        &self,
        list: &List,
        items: &'v [Value],
        errors: &mut TypeErrors,
    ) -> Vec<(PathElement, Vec<&'v Value>)> {
        let mut keyed: Vec<(PathElement, &Value)> = Vec::with_capacity(items.len());
        for (index, item) in items.iter().enumerate() {
            match of_item(self.schema, list, item) {
                Ok(element) => keyed.push((element, item)),
                Err(message) => errors.add(format!("element {index}: {message}")),
            }
        }
        keyed.sort_by(|a, b| a.0.cmp(&b.0));
        let mut out: Vec<(PathElement, Vec<&Value>)> = Vec::with_capacity(keyed.len());
        for (element, item) in keyed {
            match out.last_mut() {
                Some((last, items)) if *last == element => items.push(item),
                _ => out.push((element, vec![item])),
            }
        }
        out
    }
}

fn items(side: Side<'_>) -> &[Value] {
    side.and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn fields(side: Side<'_>) -> Option<&serde_json::Map<String, Value>> {
    side.and_then(Value::as_object)
}
