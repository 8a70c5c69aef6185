//! Who owns whom, as the metadata of all objects tells.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use serde_json::Value;

use super::{FOREGROUND, ORPHAN};
use crate::controller::Served;
use crate::object::Read;

/// An owner reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Owner {
    pub(super) api_version: String,
    pub(super) kind: String,
    pub(super) name: String,
    pub(super) uid: String,
    pub(super) blocks: bool,
}

impl Owner {
    pub(super) fn new(reference: &Value) -> Self {
        Self {
            api_version: reference.text("apiVersion").into(),
            kind: reference.text("kind").into(),
            name: reference.text("name").into(),
            uid: reference.text("uid").into(),
            blocks: reference.flag("blockOwnerDeletion"),
        }
    }
}

/// An object.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) resource: Arc<Served>,
    pub(super) namespace: String,
    pub(super) name: String,
    pub(super) uid: String,
    pub(super) owners: Vec<Owner>,
    pub(super) terminating: bool,
    /// It is going away and waits for its dependents to go first.
    pub(super) foreground: bool,
    /// It is going away and its dependents are to be let go first.
    orphaning: bool,
}

impl Node {
    pub(super) fn new(resource: Arc<Served>, object: &Value) -> Self {
        let terminating = object.is_terminating();
        Self {
            resource,
            namespace: object.namespace().into(),
            name: object.name().into(),
            uid: object.uid().into(),
            owners: object.list("metadata.ownerReferences").iter().map(Owner::new).collect(),
            terminating,
            foreground: terminating && object.has_finalizer(FOREGROUND),
            orphaning: terminating && object.has_finalizer(ORPHAN),
        }
    }

    pub(super) fn path(&self) -> String {
        self.resource.path(&self.namespace, &self.name)
    }
}

/// What a change of the graph asks for.
#[derive(Default)]
pub(super) struct Noted {
    pub(super) to_delete: Vec<String>,
    pub(super) to_orphan: bool,
}

#[derive(Default)]
pub(super) struct Graph {
    nodes: HashMap<String, Node>,
    /// The uids of dependents, by the owner's, whether that one is known or not.
    dependents: HashMap<String, BTreeSet<String>>,
}

impl Graph {
    pub(super) fn get(&self, uid: &str) -> Option<&Node> {
        self.nodes.get(uid)
    }

    pub(super) fn dependents(&self, uid: &str) -> impl Iterator<Item = &Node> {
        let uids = self.dependents.get(uid).into_iter().flatten();
        uids.filter_map(|uid| self.nodes.get(uid))
    }

    /// Whether all owners are there and none waits for its dependents: nothing is to be done
    /// about the object. An owner in another namespace is no owner.
    pub(super) fn is_settled(&self, node: &Node) -> bool {
        !node.foreground
            && node.owners.iter().all(|owner| {
                self.nodes.get(&owner.uid).is_some_and(|found| {
                    !found.foreground
                        && (found.namespace.is_empty() || found.namespace == node.namespace)
                        && found.name == owner.name
                        && found.resource.kind == owner.kind
                })
            })
    }

    /// Takes an object in, or its new form.
    pub(super) fn put(&mut self, node: Node) -> Noted {
        let mut noted = Noted::default();
        let uid = node.uid.clone();
        let old = self.nodes.get(&uid);
        for owner in old.iter().flat_map(|old| &old.owners) {
            let kept = node.owners.iter().find(|new| new.uid == owner.uid);
            if owner.blocks && kept.is_none_or(|new| !new.blocks) {
                noted.to_delete.push(owner.uid.clone());
            }
            if kept.is_none()
                && let Some(dependents) = self.dependents.get_mut(&owner.uid)
            {
                dependents.remove(&uid);
                if dependents.is_empty() {
                    self.dependents.remove(&owner.uid);
                }
            }
        }
        for owner in &node.owners {
            self.dependents.entry(owner.uid.clone()).or_default().insert(uid.clone());
        }
        let was = |flag: fn(&Node) -> bool| old.is_some_and(flag);
        noted.to_orphan = node.orphaning && !was(|old| old.orphaning);
        if !noted.to_orphan && node.foreground && !was(|old| old.foreground) {
            noted.to_delete.extend(self.dependents.get(&uid).into_iter().flatten().cloned());
            noted.to_delete.push(uid.clone());
        }
        if !node.owners.is_empty() && !self.is_settled(&node) {
            noted.to_delete.push(uid.clone());
        }
        // Dependents elsewhere do not belong to it, whatever their references say.
        let stray = self.dependents(&uid).filter(|dependent| {
            !node.namespace.is_empty() && dependent.namespace != node.namespace
        });
        noted.to_delete.extend(stray.map(|dependent| dependent.uid.clone()));
        self.nodes.insert(uid, node);
        noted
    }

    /// Takes an object out; answers with whom that concerns.
    pub(super) fn remove(&mut self, uid: &str) -> Vec<String> {
        let Some(node) = self.nodes.remove(uid) else { return Vec::new() };
        let mut concerned: Vec<String> =
            self.dependents.get(uid).into_iter().flatten().cloned().collect();
        for owner in &node.owners {
            if let Some(dependents) = self.dependents.get_mut(&owner.uid) {
                dependents.remove(uid);
                if dependents.is_empty() {
                    self.dependents.remove(&owner.uid);
                }
            }
            if self.nodes.get(&owner.uid).is_some_and(|owner| owner.foreground) {
                concerned.push(owner.uid.clone());
            }
        }
        concerned
    }
}
