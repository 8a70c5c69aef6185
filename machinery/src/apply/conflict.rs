//! Conflicts between managers, and how the server words them.

use super::managed::{Managers, Owner};
use super::path::{Path, display};
use crate::json;

/// A field that an apply would change and that somebody else owns (`merge.Conflict`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The owner.
    pub owner: Owner,
    /// The field.
    pub path: Path,
}

/// All the conflicts of an apply, by owner.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conflicts(pub Vec<Conflict>);

impl Conflict {
    /// `conflict with "kubectl-client-side-apply" using apps/v1`: the message of the cause.
    pub fn message(&self) -> String {
        format!("conflict with {}", print_owner(&self.owner))
    }

    /// `.spec.replicas`: the field of the cause.
    pub fn field(&self) -> String {
        display(&self.path)
    }
}

impl Conflicts {
    /// The conflicts over the fields of each owner (`merge.ConflictsFromManagers`).
    pub(super) fn of(managers: &Managers) -> Self {
        let mut out = Vec::new();
        for (owner, fields) in managers {
            fields.set.for_each(|path| {
                out.push(Conflict { owner: owner.clone(), path: path.to_vec() });
            });
        }
        Self(out)
    }

    /// The message of the 409 (`internal.getConflictMessage`).
    pub fn message(&self) -> String {
        if let [one] = self.0.as_slice() {
            return format!("Apply failed with 1 conflict: {}: {}", one.message(), one.field());
        }
        let mut lines = Vec::new();
        let mut last = None;
        for conflict in &self.0 {
            if last != Some(&conflict.owner) {
                lines.push(format!("conflicts with {}:", print_owner(&conflict.owner)));
                last = Some(&conflict.owner);
            }
            lines.push(format!("- {}", conflict.field()));
        }
        format!("Apply failed with {} conflicts: {}", self.0.len(), lines.join("\n"))
    }
}

/// Names an owner in a message (`internal.printManager`).
fn print_owner(owner: &Owner) -> String {
    let mut out = json::quote(&owner.manager);
    if !owner.subresource.is_empty() {
        out.push_str(" with subresource ");
        out.push_str(&json::quote(&owner.subresource));
    }
    if owner.operation == "Update" {
        out.push_str(" using ");
        out.push_str(&owner.api_version);
    }
    out
}
