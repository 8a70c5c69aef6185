//! `NodeRestriction`: a kubelet writes only what is its own (`plugin/pkg/admission/noderestriction`).

use pintle_engine::Lookup;
use pintle_engine::admission::{Attributes, Operation, Plugin};
use pintle_engine::meta::semantic_equal;
use pintle_machinery::Value;
use pintle_machinery::json::quote;
use pintle_machinery::path::ValueExt as _;
use pintle_machinery::status::{GroupResource, Status};

use crate::csr::Subject;
use crate::{forbidden, signer};

mod nodes;
mod pod_certificates;
mod pods;
mod tokens;

/// The row.
pub(crate) const PLUGIN: Plugin = Plugin {
    name: "NodeRestriction",
    operations: &[Operation::Create, Operation::Update, Operation::Delete],
    mutate: Some(|attributes, object, old, lookup| admit(attributes, object, old, lookup)),
    default_on: false,
    ..Plugin::NONE
};

/// Marks the API's copy of a pod that a kubelet runs from a file.
const MIRROR: &str = "kubernetes.io/config.mirror";

/// A write by a node.
struct Write<'a> {
    /// The node's name.
    node: &'a str,
    /// The write.
    attributes: &'a Attributes<'a>,
    /// The object; null on delete.
    object: &'a Value,
    /// The stored object.
    old: Option<&'a Value>,
    /// Other objects.
    lookup: &'a dyn Lookup,
}

fn admit(
    attributes: &Attributes<'_>,
    object: &Value,
    old: Option<&Value>,
    lookup: &dyn Lookup,
) -> Result<(), Status> {
    let user = attributes.context.user;
    let Some(node) = user.name.strip_prefix("system:node:") else { return Ok(()) };
    if !user.groups.iter().any(|group| group == "system:nodes") {
        return Ok(());
    }
    let write = Write { node, attributes, object, old, lookup };
    if node.is_empty() {
        let user = quote(&user.name);
        return write.refuse(format!("could not determine node from user {user}"));
    }
    match (attributes.group, attributes.resource, attributes.subresource) {
        ("", "pods", _) => pods::admit(&write),
        ("", "nodes", _) => nodes::admit(&write),
        ("", "persistentvolumeclaims", "status") => write.claim_status(),
        ("", "persistentvolumeclaims", _) => write.refuse("may only update PVC status"),
        ("", "serviceaccounts", "token") if write.is(Operation::Create) => tokens::admit(&write),
        (signer::GROUP, "podcertificaterequests", _) => pod_certificates::admit(&write),
        ("coordination.k8s.io", "leases", _) => write.lease(),
        ("storage.k8s.io", "csinodes", _) => write.csi_node(),
        ("resource.k8s.io", "resourceslices", _) => write.resource_slice(),
        (signer::GROUP, "certificatesigningrequests", _) if write.is(Operation::Create) => {
            write.signing_request()
        }
        _ => Ok(()),
    }
}

impl Write<'_> {
    fn is(&self, operation: Operation) -> bool {
        self.attributes.operation == operation
    }

    fn refuse(&self, reason: impl std::fmt::Display) -> Result<(), Status> {
        Err(forbidden(self.attributes, reason))
    }

    /// A string of the object.
    fn text(&self, path: &[&str]) -> &str {
        self.object.str_at(path).unwrap_or("")
    }

    /// What a lister of client-go says of an object that it does not have.
    fn missing(group: &str, singular: &str, name: &str) -> Status {
        Status::not_found(GroupResource::new(group, singular), name)
    }

    fn unexpected_operation(&self) -> Result<(), Status> {
        let operation = quote(self.attributes.operation.name());
        self.refuse(format!("unexpected operation {operation}"))
    }

    /// `admitPVCStatus`.
    fn claim_status(&self) -> Result<(), Status> {
        let (true, Some(old)) = (self.is(Operation::Update), self.old) else {
            return self.unexpected_operation();
        };
        let bare = |claim: &Value| {
            let mut claim = claim.clone();
            for field in ["resourceVersion", "managedFields"] {
                claim.remove_at(&["metadata", field]);
            }
            for field in
                ["capacity", "conditions", "allocatedResourceStatuses", "allocatedResources"]
            {
                claim.remove_at(&["status", field]);
            }
            claim
        };
        let (old, new) = (bare(old), bare(self.object));
        if semantic_equal(&old, &new) {
            return Ok(());
        }
        let mut changed = Vec::new();
        differences(&old, &new, "", &mut changed);
        let (node, changed) = (quote(self.node), changed.join(", "));
        self.refuse(format!(
            "node {node} is not allowed to update fields other than status.quantity and \
             status.conditions: {changed}"
        ))
    }

    /// `admitLease`.
    fn lease(&self) -> Result<(), Status> {
        if self.attributes.namespace != "kube-node-lease" {
            return self
                .refuse("can only access leases in the \"kube-node-lease\" system namespace");
        }
        if self.own_name() == self.node {
            return Ok(());
        }
        self.refuse("can only access node lease with the same name as the requesting node")
    }

    /// `admitCSINode`.
    fn csi_node(&self) -> Result<(), Status> {
        if self.own_name() != self.node {
            return self
                .refuse("can only access CSINode with the same name as the requesting node");
        }
        if self.attributes.subresource == "status" {
            return self.refuse("CSIVolumeHealth feature gate is disabled");
        }
        Ok(())
    }

    /// The name in the object on create, else that of the request.
    fn own_name(&self) -> &str {
        if self.is(Operation::Create) {
            self.text(&["metadata", "name"])
        } else {
            self.attributes.name
        }
    }

    /// `admitResourceSlice`.
    fn resource_slice(&self) -> Result<(), Status> {
        let (slice, verb) = match self.attributes.operation {
            Operation::Create => (Some(self.object), "create"),
            Operation::Delete => (self.old, "delete"),
            _ => return Ok(()),
        };
        let Some(slice) = slice else { return self.refuse("unexpected type <nil>") };
        if slice.str_at(&["spec", "nodeName"]) == Some(self.node) {
            return Ok(());
        }
        self.refuse(format!(
            "can only {verb} ResourceSlice with the same NodeName as the requesting node"
        ))
    }

    /// `admitCSR`.
    fn signing_request(&self) -> Result<(), Status> {
        let of_kubelets = matches!(
            self.text(&["spec", "signerName"]),
            "kubernetes.io/kubelet-serving" | "kubernetes.io/kube-apiserver-client-kubelet"
        );
        if !of_kubelets {
            return Ok(());
        }
        let subject = match Subject::of(self.object) {
            Ok(subject) => subject,
            Err(error) => return self.refuse(format!("unable to parse csr: {error}")),
        };
        let name = format!("system:node:{}", self.node);
        if subject.common_name == name {
            return Ok(());
        }
        self.refuse(format!("can only create a node CSR with CN={name}"))
    }
}

/// Paths of the fields that differ.
fn differences(old: &Value, new: &Value, path: &str, found: &mut Vec<String>) {
    if semantic_equal(old, new) {
        return;
    }
    let (Some(old), Some(new)) = (old.as_object(), new.as_object()) else {
        found.push(path.to_owned());
        return;
    };
    let mut names: Vec<&String> = old.keys().chain(new.keys()).collect();
    names.sort();
    names.dedup();
    for name in names {
        let of = |object: &pintle_machinery::Map<String, Value>| {
            object.get(name).cloned().unwrap_or_default()
        };
        let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        differences(&of(old), &of(new), &path, found);
    }
}

#[cfg(test)]
mod tests;
