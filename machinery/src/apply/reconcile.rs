//! Bringing a stored set of fields in line with a type that has become atomic since.

use super::path::{Path, PathElement};
use super::schema::{Form, Schema, Topology, TypeId};
use super::set::Set;

/// The set after its type's changes from granular to atomic; none if it needs no change
/// (structured-merge-diff `typed.ReconcileFieldSetWithSchema`).
pub fn reconcile(schema: &Schema, ty: TypeId, set: &Set) -> Option<Set> {
    let mut walk = Walk { schema, path: Vec::new(), atomic: Set::new() };
    walk.level(ty, set, false);
    if walk.atomic.is_empty() {
        return None;
    }
    let mut granular = set.clone();
    granular.remove_below(&walk.atomic);
    Some(granular.union(&walk.atomic))
}

struct Walk<'a> {
    schema: &'a Schema,
    path: Path,
    /// Paths of which nothing below is owned any more, but they themselves.
    atomic: Set,
}

impl Walk<'_> {
    fn level(&mut self, ty: TypeId, set: &Set, is_leaf: bool) {
        match self.schema.form(ty, None) {
            Some(Form::List(list)) => {
                if !is_leaf && list.topology == Topology::Atomic {
                    self.atomic.insert(&self.path);
                    return;
                }
                let element = list.element;
                self.descend(set, &|_| Some(element));
            }
            Some(Form::Map(map)) => {
                if map.is_deduced() {
                    return;
                }
                if !is_leaf && map.atomic {
                    if !set.is_empty() {
                        self.atomic.insert(&self.path);
                    }
                    return;
                }
                self.descend(set, &|element| match element {
                    PathElement::Field(name) => map.field_type(name),
                    _ => map.element,
                });
            }
            Some(Form::Scalar(_)) | None => {}
        }
    }

    fn descend(&mut self, set: &Set, ty: &dyn Fn(&PathElement) -> Option<TypeId>) {
        for (element, member, below) in set.elements() {
            // A leaf of a scalar type, which most are, has nothing to reconcile.
            if member && below.is_empty() {
                continue;
            }
            if let Some(ty) = ty(element) {
                self.path.push(element.clone());
                self.level(ty, below, member && below.is_empty());
                self.path.pop();
            }
        }
    }
}
