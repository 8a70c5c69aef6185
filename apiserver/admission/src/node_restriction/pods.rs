//! Pods on a node: mirrors made, status told, pods deleted and evicted.

use pintle_engine::admission::Operation;
use pintle_engine::meta::semantic_equal;
use pintle_machinery::Value;
use pintle_machinery::json::quote;
use pintle_machinery::path::ValueExt as _;
use pintle_machinery::status::Status;

use super::{MIRROR, Write};
use crate::service_account::{names_config_map, names_secret};

/// Rules for pods and their subresources.
pub(super) fn admit(write: &Write<'_>) -> Result<(), Status> {
    let node = quote(write.node);
    match (write.attributes.subresource, write.attributes.operation) {
        ("", Operation::Create) => create(write),
        ("", Operation::Delete) => {
            let own = "can only delete pods with spec.nodeName set to itself";
            check_own(write, write.attributes.name, format!("node {node} {own}"))
        }
        ("", operation) => {
            let operation = quote(operation.name());
            write.refuse(format!(
                "unexpected operation {operation}, node {node} can only create and delete mirror \
                 pods"
            ))
        }
        ("status", Operation::Update) => status(write),
        ("status", _) => write.unexpected_operation(),
        ("eviction", Operation::Create) => {
            let named = [write.attributes.name, write.text(&["metadata", "name"])];
            let Some(name) = named.into_iter().find(|name| !name.is_empty()) else {
                return write.refuse("could not determine pod from request data");
            };
            let own = "can only evict pods with spec.nodeName set to itself";
            check_own(write, name, format!("node {} {own}", write.node))
        }
        ("eviction", operation) => {
            write.refuse(format!("unexpected operation {}", operation.name()))
        }
        (subresource, _) => {
            let subresource = quote(subresource);
            write.refuse(format!(
                "unexpected pod subresource {subresource}, only 'status' and 'eviction' are allowed"
            ))
        }
    }
}

/// The pod runs on the node.
fn check_own(write: &Write<'_>, name: &str, refusal: String) -> Result<(), Status> {
    let pod = write.lookup.get("", "pods", write.attributes.namespace, name);
    let pod = write.old.or(pod.as_deref()).ok_or_else(|| Write::missing("", "pod", name))?;
    if node_of(pod) == write.node { Ok(()) } else { write.refuse(refusal) }
}

fn node_of(pod: &Value) -> &str {
    pod.str_at(&["spec", "nodeName"]).unwrap_or("")
}

/// `admitPodCreate`.
fn create(write: &Write<'_>) -> Result<(), Status> {
    let (pod, node) = (write.object, quote(write.node));
    if pod.at(&["metadata", "annotations", MIRROR]).is_none() {
        return write.refuse(format!(
            "pod does not have \"{MIRROR}\" annotation, node {node} can only create mirror pods"
        ));
    }
    if node_of(pod) != write.node {
        return write
            .refuse(format!("node {node} can only create pods with spec.nodeName set to itself"));
    }
    let to_itself = "owner reference set to itself";
    let owner = match pod.list_at(&["metadata", "ownerReferences"]) {
        [owner] => owner,
        [] => {
            return write.refuse(format!("node {node} can only create pods with an {to_itself}"));
        }
        _ => {
            return write
                .refuse(format!("node {node} can only create pods with a single {to_itself}"));
        }
    };
    check_owner(write, owner)?;
    match reference(pod) {
        Ok(None) => Ok(()),
        Ok(Some(resource)) => {
            write.refuse(format!("node {node} can not create pods that reference {resource}"))
        }
        Err(reason) => {
            write.refuse(format!("error checking mirror pod for API references: {reason}"))
        }
    }
}

fn check_owner(write: &Write<'_>, owner: &Value) -> Result<(), Status> {
    let text = |field: &str| owner.str_at(&[field]).unwrap_or("");
    let (node, to_itself) = (quote(write.node), "owner reference set to itself");
    if (text("apiVersion"), text("kind"), text("name")) != ("v1", "Node", write.node) {
        return write.refuse(format!("node {node} can only create pods with an {to_itself}"));
    }
    if owner.bool_at(&["controller"]) != Some(true) {
        return write
            .refuse(format!("node {node} can only create pods with a controller {to_itself}"));
    }
    if owner.bool_at(&["blockOwnerDeletion"]) == Some(true) {
        return write
            .refuse(format!("node {node} must not set blockOwnerDeletion on an owner reference"));
    }
    let known = write.lookup.get("", "nodes", "", write.node);
    let known = known.ok_or_else(|| Write::missing("", "node", write.node))?;
    let (wanted, uid) = (text("uid"), known.str_at(&["metadata", "uid"]).unwrap_or(""));
    if wanted == uid {
        return Ok(());
    }
    write.refuse(format!("node {} UID mismatch: expected {wanted} got {uid}", write.node))
}

/// `admitPodStatus`.
fn status(write: &Write<'_>) -> Result<(), Status> {
    let Some(old) = write.old else { return write.refuse("unexpected type <nil>") };
    let node = quote(write.node);
    if node_of(old) != write.node {
        return write.refuse(format!(
            "node {node} can only update pod status for pods with spec.nodeName set to itself"
        ));
    }
    let rules: [(&[&str], &str); 4] = [
        (&["metadata", "labels"], "labels through pod status"),
        (&["status", "resourceClaimStatuses"], "resource claim statues"),
        (&["status", "extendedResourceClaimStatus"], "extended resource claim status"),
        (
            &["status", "nodeAllocatableResourceClaimStatuses"],
            "node allocatable resource claim statuses",
        ),
    ];
    for (path, what) in rules {
        let of = |pod: &Value| pod.at(path).cloned().unwrap_or_default();
        if !semantic_equal(&of(old), &of(write.object)) {
            return write.refuse(format!("node {node} cannot update {what}"));
        }
    }
    Ok(())
}

/// Volumes that need nothing of the API.
const PLAIN: &[&str] = &[
    "awsElasticBlockStore",
    "azureDisk",
    "cephfs",
    "cinder",
    "downwardAPI",
    "emptyDir",
    "fc",
    "flexVolume",
    "flocker",
    "gcePersistentDisk",
    "gitRepo",
    "hostPath",
    "image",
    "iscsi",
    "nfs",
    "photonPersistentDisk",
    "portworxVolume",
    "quobyte",
    "rbd",
    "scaleIO",
    "storageos",
    "vsphereVolume",
];

/// Volumes that refer to objects, and what upstream calls these.
const REFERRING: &[(&str, &str)] = &[
    ("configMap", "configmaps (via configmap volumes)"),
    ("secret", "secrets (via secret volumes)"),
    ("csi", "csidrivers (via CSI volumes)"),
    ("glusterfs", "endpoints (via glusterFS volumes)"),
    ("persistentVolumeClaim", "persistentvolumeclaims"),
    ("ephemeral", "persistentvolumeclaims (via ephemeral volumes)"),
    ("azureFile", "secrets (via azureFile volumes)"),
];

/// The same for sources of projected volumes.
const PROJECTED: &[(&str, &str)] = &[
    ("configMap", "configmaps (via projected volumes)"),
    ("secret", "secrets (via projected volumes)"),
    ("serviceAccountToken", "serviceaccounts (via projected volumes)"),
    ("clusterTrustBundle", "clustertrustbundles"),
    ("podCertificate", "podcertificates"),
];

/// The first reference to an object of the API; the error is about a volume of an unknown kind
/// (`podutil.HasAPIObjectReference`).
fn reference(pod: &Value) -> Result<Option<&'static str>, String> {
    if !pod.str_at(&["spec", "serviceAccountName"]).unwrap_or("").is_empty() {
        return Ok(Some("serviceaccounts"));
    }
    if names_secret(&pod["spec"]) {
        return Ok(Some("secrets"));
    }
    if names_config_map(&pod["spec"]) {
        return Ok(Some("configmaps"));
    }
    if !pod.list_at(&["spec", "resourceClaims"]).is_empty() {
        return Ok(Some("resourceclaims"));
    }
    for volume in pod.list_at(&["spec", "volumes"]) {
        let has = |field: &str| volume.at(&[field]).is_some();
        let name = || quote(volume.str_at(&["name"]).unwrap_or(""));
        if PLAIN.iter().any(|field| has(field)) {
            continue;
        }
        if let Some((_, what)) = REFERRING.iter().find(|(field, _)| has(field)) {
            return Ok(Some(what));
        }
        if !has("projected") {
            return Err(format!("unknown volume type for volume  {}", name()));
        }
        for source in volume.list_at(&["projected", "sources"]) {
            let has = |field: &str| source.at(&[field]).is_some();
            if let Some((_, what)) = PROJECTED.iter().find(|(field, _)| has(field)) {
                return Ok(Some(what));
            }
            if !has("downwardAPI") {
                return Err(format!("unknown source for projected volume {}", name()));
            }
        }
    }
    Ok(None)
}
