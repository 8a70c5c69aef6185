//! Which objects belong to an owner: kept, adopted or released (`ControllerRefManager`).

use std::sync::Arc;

use serde_json::{Value, json};

use crate::kind::Kind;
use crate::object::Read;
use crate::plan::{Action, Form, owner_reference};
use crate::world::{Key, Table};

/// The outcome: what the owner has, and what must be written for that.
pub(crate) struct Claimed<'a> {
    pub(crate) objects: Vec<&'a Arc<Value>>,
    pub(crate) actions: Vec<Action>,
}

/// Who claims what.
pub(crate) struct Claim<'a> {
    pub(crate) owner: &'a Arc<Value>,
    pub(crate) owner_kind: &'static Kind,
    pub(crate) kind: &'static Kind,
    /// A finalizer that comes and goes with ownership; empty for none.
    pub(crate) finalizer: &'static str,
}

impl<'a> Claim<'a> {
    /// Goes through the objects that the owner has or could have.
    pub(crate) fn over(
        &self,
        table: &'a Table,
        filter: impl Fn(&Value) -> bool,
        matches: impl Fn(&Value) -> bool,
    ) -> Claimed<'a> {
        let namespace = self.owner.namespace();
        let mut claimed = Claimed { objects: Vec::new(), actions: Vec::new() };
        for object in table.controlled(namespace, self.owner.uid()).filter(|o| filter(o)) {
            if matches(object) {
                claimed.objects.push(object);
            } else if !self.owner.is_terminating() {
                claimed.actions.push(self.release(object));
            }
        }
        if self.owner.is_terminating() {
            return claimed;
        }
        for object in table.controlled(namespace, "").filter(|o| filter(o)) {
            if matches(object) && !object.is_terminating() {
                claimed.actions.push(self.adopt(object));
                claimed.objects.push(object);
            }
        }
        claimed
    }

    fn adopt(&self, object: &Arc<Value>) -> Action {
        let reference = owner_reference(self.owner, self.owner_kind);
        let mut body = json!({"metadata": {"uid": object.uid(), "ownerReferences": [reference]}});
        if !self.finalizer.is_empty() {
            body["metadata"]["finalizers"] = json!([self.finalizer]);
        }
        Action::Adopt {
            kind: self.kind,
            object: object.clone(),
            owner_kind: self.owner_kind,
            owner: self.owner.clone(),
            body,
        }
    }

    fn release(&self, object: &Value) -> Action {
        let mut body = json!({"metadata": {
            "uid": object.uid(),
            "ownerReferences": [{"$patch": "delete", "uid": self.owner.uid()}],
        }});
        if !self.finalizer.is_empty() {
            body["metadata"]["$deleteFromPrimitiveList/finalizers"] = json!([self.finalizer]);
        }
        Action::Patch {
            kind: self.kind,
            key: Key::of(object),
            subresource: "",
            form: Form::Strategic,
            body,
        }
    }
}
