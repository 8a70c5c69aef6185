//! A node's own Node.

use std::collections::BTreeSet;

use pintle_engine::admission::Operation;
use pintle_engine::meta::semantic_equal;
use pintle_machinery::json::quote;
use pintle_machinery::path::ValueExt as _;
use pintle_machinery::status::Status;
use pintle_machinery::{Map, Value};

use super::Write;

/// Labels of kubernetes.io and k8s.io that kubelets set (`kubelet/pkg/apis.KubeletLabels`).
const OWN_LABELS: &[&str] = &[
    "kubernetes.io/hostname",
    "topology.kubernetes.io/zone",
    "topology.kubernetes.io/region",
    "failure-domain.beta.kubernetes.io/zone",
    "failure-domain.beta.kubernetes.io/region",
    "beta.kubernetes.io/instance-type",
    "node.kubernetes.io/instance-type",
    "kubernetes.io/os",
    "kubernetes.io/arch",
    "beta.kubernetes.io/os",
    "beta.kubernetes.io/arch",
];

/// `admitNode`.
pub(super) fn admit(write: &Write<'_>) -> Result<(), Status> {
    let (node, name) = (quote(write.node), write.attributes.name);
    if name != write.node {
        let name = quote(name);
        return write.refuse(format!("node {node} is not allowed to modify node {name}"));
    }
    let source = write.object.at(&["spec", "configSource"]).filter(|source| !source.is_null());
    match (write.attributes.operation, write.old) {
        (Operation::Create, _) => {
            if source.is_some() {
                return write.refuse(format!(
                    "node {node} is not allowed to create pods with a non-nil configSource"
                ));
            }
            let labels = forbidden_labels(write.object, &Value::Null);
            if labels.is_empty() {
                return Ok(());
            }
            write
                .refuse(format!("node {node} is not allowed to set the following labels: {labels}"))
        }
        (Operation::Update, Some(old)) => update(write, source, old),
        _ => Ok(()),
    }
}

fn update(write: &Write<'_>, source: Option<&Value>, old: &Value) -> Result<(), Status> {
    let node = quote(write.node);
    let same = |path: &[&str]| {
        let of = |object: &Value| object.at(path).cloned().unwrap_or_default();
        semantic_equal(&of(write.object), &of(old))
    };
    if source.is_some() && !same(&["spec", "configSource"]) {
        return write.refuse(format!(
            "node {node} is not allowed to update configSource to a new non-nil configSource"
        ));
    }
    if !same(&["spec", "taints"]) {
        return write.refuse(format!("node {node} is not allowed to modify taints"));
    }
    if !same(&["metadata", "ownerReferences"]) {
        return write.refuse(format!("node {node} is not allowed to modify ownerReferences"));
    }
    let labels = forbidden_labels(write.object, old);
    if labels.is_empty() {
        return Ok(());
    }
    write.refuse(format!("is not allowed to modify labels: {labels}"))
}

/// Labels that differ and are not the kubelet's to set, in order.
fn forbidden_labels(new: &Value, old: &Value) -> String {
    let labels = |object: &Value| -> Map<String, Value> {
        object.map_at(&["metadata", "labels"]).cloned().unwrap_or_default()
    };
    let (new, old) = (labels(new), labels(old));
    let names: BTreeSet<&String> = new.keys().chain(old.keys()).collect();
    let names = names.into_iter().filter(|name| new.get(*name) != old.get(*name));
    let names = names.map(String::as_str).filter(|name| is_forbidden(name));
    names.collect::<Vec<_>>().join(", ")
}

/// `getForbiddenLabels`.
fn is_forbidden(label: &str) -> bool {
    let space = label.split_once('/').map_or("", |(space, _)| space);
    let within = |domain: &str| {
        space.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    let own = OWN_LABELS.contains(&label)
        || within("kubelet.kubernetes.io")
        || within("node.kubernetes.io");
    within("node-restriction.kubernetes.io")
        || (within("kubernetes.io") || within("k8s.io")) && !own
}
