use std::sync::Arc;

use pintle_engine::admission::{Access, Authorize, Warnings};
use pintle_engine::{Context, User};
use serde_json::json;

use super::*;

/// Objects by plural name.
struct Objects(Vec<(&'static str, Value)>);

impl Lookup for Objects {
    fn get(&self, _: &str, plural: &str, _: &str, name: &str) -> Option<Arc<Value>> {
        let named = |(of, value): &&(_, Value)| *of == plural && value["metadata"]["name"] == name;
        self.0.iter().find(named).map(|(_, value)| Arc::new(value.clone()))
    }

    fn list(&self, _: &str, _: &str, _: &str) -> Vec<Arc<Value>> {
        Vec::new()
    }
}

/// Grants one audience.
#[derive(Debug)]
struct OneAudience;

impl Authorize for OneAudience {
    fn allows(&self, _: &User, access: &Access<'_>) -> bool {
        let access = (access.verb, access.resource, access.namespace, access.name);
        access == ("request-serviceaccounts-token-audience", "granted", "kube-node-lease", "me")
    }
}

/// The cluster: this node, and a pod on it.
fn cluster() -> Objects {
    let token = json!({ "serviceAccountToken": { "audience": "vault" } });
    let volumes = json!([
        { "name": "t", "projected": { "sources": [token] } },
        { "name": "c", "csi": { "driver": "d" } },
    ]);
    let pod = |name: &str, node: &str| {
        let meta = json!({ "name": name, "uid": "p" });
        ("pods", json!({ "metadata": meta, "spec": { "nodeName": node, "volumes": volumes } }))
    };
    let driver = json!({ "metadata": { "name": "d" }, "spec": { "tokenRequests": [{ "audience": "csi" }] } });
    Objects(vec![
        ("nodes", json!({ "metadata": { "name": "me", "uid": "u" } })),
        ("csidrivers", driver),
        pod("mine", "me"),
        pod("other", "you"),
    ])
}

/// Writes `group/resource/subresource` as node `me`.
fn write(
    operation: Operation,
    (group, resource, subresource): (&str, &str, &str),
    (object, old): (Value, Option<Value>),
    name: &str,
) -> Result<(), Status> {
    let groups = vec!["system:nodes".to_owned()];
    let user = User { name: "system:node:me".into(), groups, ..User::default() };
    let warnings = Warnings::default();
    let namespace = "kube-node-lease";
    let context =
        Context { now: 0, user: &user, namespace, name, subresource, random: 7, dry_run: false };
    let attributes = Attributes {
        group,
        version: "v1",
        resource,
        subresource,
        kind: (group, "v1", "X"),
        namespace,
        name,
        shown_name: name,
        operation,
        options: &Value::Null,
        context,
        authorizer: &OneAudience,
        warnings: &warnings,
        toleration_seconds: pintle_engine::admission::TOLERATION_SECONDS,
    };
    admit(&attributes, &object, old.as_ref(), &cluster())
}

/// Checks the reason of a refusal; empty for none.
#[track_caller]
fn check(result: Result<(), Status>, want: &str) {
    let message = result.err().map(|status| status.message).unwrap_or_default();
    let reason = message.split_once(" is forbidden: ").map_or(message.as_str(), |(_, why)| why);
    assert_eq!(reason, want);
}

fn mirror(change: impl FnOnce(&mut Value)) -> Value {
    let owner = json!({
        "apiVersion": "v1", "kind": "Node", "name": "me", "uid": "u", "controller": true,
    });
    let meta = json!({ "annotations": { (MIRROR): "h" }, "ownerReferences": [owner] });
    let mut pod = json!({ "metadata": meta, "spec": { "nodeName": "me" } });
    change(&mut pod);
    pod
}

#[test]
fn a_node_makes_only_its_own_mirrors() {
    let create = |change: fn(&mut Value)| {
        write(Operation::Create, ("", "pods", ""), (mirror(change), None), "x")
    };
    check(create(|_| {}), "");
    check(
        create(|pod| drop(pod.remove_at(&["metadata", "annotations"]))),
        "pod does not have \"kubernetes.io/config.mirror\" annotation, node \"me\" can only \
         create mirror pods",
    );
    check(
        create(|pod| pod.set(&["spec", "nodeName"], "you")),
        "node \"me\" can only create pods with spec.nodeName set to itself",
    );
    check(
        create(|pod| drop(pod.remove_at(&["metadata", "ownerReferences"]))),
        "node \"me\" can only create pods with an owner reference set to itself",
    );
    check(
        create(|pod| pod["metadata"]["ownerReferences"][0]["uid"] = "old".into()),
        "node me UID mismatch: expected old got u",
    );
    check(
        create(|pod| pod["metadata"]["ownerReferences"][0]["controller"] = false.into()),
        "node \"me\" can only create pods with a controller owner reference set to itself",
    );
}

#[test]
fn a_mirror_refers_to_nothing() {
    let with = |volume: Value| {
        let pod = mirror(|pod| pod.set(&["spec", "volumes"], json!([volume])));
        write(Operation::Create, ("", "pods", ""), (pod, None), "x")
    };
    check(with(json!({ "name": "v", "hostPath": {} })), "");
    check(with(json!({ "name": "v", "emptyDir": {} })), "");
    let secret = json!({ "name": "v", "secret": { "secretName": "s" } });
    check(with(secret), "node \"me\" can not create pods that reference secrets");
    let claim = json!({ "name": "v", "persistentVolumeClaim": { "claimName": "s" } });
    check(with(claim), "node \"me\" can not create pods that reference persistentvolumeclaims");
    let token = json!({ "name": "v", "projected": { "sources": [{ "serviceAccountToken": {} }] } });
    check(
        with(token),
        "node \"me\" can not create pods that reference serviceaccounts (via projected volumes)",
    );
    check(
        with(json!({ "name": "v", "novel": {} })),
        "error checking mirror pod for API references: unknown volume type for volume  \"v\"",
    );
}

#[test]
fn a_node_ends_only_its_own_pods() {
    let delete = |name: &str| write(Operation::Delete, ("", "pods", ""), (Value::Null, None), name);
    check(delete("mine"), "");
    check(delete("none"), "pod \"none\" not found");
    check(delete("other"), "node \"me\" can only delete pods with spec.nodeName set to itself");
    let evict =
        |name: &str| write(Operation::Create, ("", "pods", "eviction"), (json!({}), None), name);
    check(evict("mine"), "");
    check(evict("other"), "node me can only evict pods with spec.nodeName set to itself");
    check(
        write(Operation::Create, ("", "pods", "binding"), (json!({}), None), "mine"),
        "unexpected pod subresource \"binding\", only 'status' and 'eviction' are allowed",
    );
}

#[test]
fn status_changes_neither_labels_nor_claims() {
    let old = json!({ "spec": { "nodeName": "me" }, "status": { "phase": "Pending" } });
    let update = |new: Value| {
        write(Operation::Update, ("", "pods", "status"), (new, Some(old.clone())), "mine")
    };
    check(update(json!({ "status": { "phase": "Running" } })), "");
    let labelled = json!({ "metadata": { "labels": { "a": "b" } } });
    check(update(labelled), "node \"me\" cannot update labels through pod status");
    let claims = json!({ "status": { "resourceClaimStatuses": [{ "name": "c" }] } });
    check(update(claims), "node \"me\" cannot update resource claim statues");
}

#[test]
fn a_node_keeps_to_its_labels_taints_and_owners() {
    let old = json!({ "metadata": { "labels": { "kubernetes.io/os": "linux" } } });
    let update =
        |new: Value| write(Operation::Update, ("", "nodes", ""), (new, Some(old.clone())), "me");
    let labels = |labels: Value| json!({ "metadata": { "labels": labels } });
    check(update(labels(json!({ "a": "b", "x.node.kubernetes.io/y": "z" }))), "");
    let bad = json!({ "k8s.io/b": "", "a.node-restriction.kubernetes.io/b": "" });
    check(
        update(labels(bad.clone())),
        "is not allowed to modify labels: a.node-restriction.kubernetes.io/b, k8s.io/b",
    );
    check(
        write(Operation::Create, ("", "nodes", ""), (labels(bad), None), "me"),
        "node \"me\" is not allowed to set the following labels: \
         a.node-restriction.kubernetes.io/b, k8s.io/b",
    );
    let tainted = json!({ "spec": { "taints": [{ "key": "k" }] } });
    check(update(tainted), "node \"me\" is not allowed to modify taints");
    let owned = json!({ "metadata": { "ownerReferences": [{ "name": "o" }] } });
    check(update(owned), "node \"me\" is not allowed to modify ownerReferences");
    check(
        write(Operation::Delete, ("", "nodes", ""), (Value::Null, None), "you"),
        "node \"me\" is not allowed to modify node \"you\"",
    );
}

#[test]
fn tokens_are_for_pods_of_the_node_and_their_audiences() {
    let ask = |pod: &str, uid: &str, audiences: Value| {
        let bound = json!({ "apiVersion": "v1", "kind": "Pod", "name": pod, "uid": uid });
        let request = json!({ "spec": { "audiences": audiences, "boundObjectRef": bound } });
        write(Operation::Create, ("", "serviceaccounts", "token"), (request, None), "me")
    };
    for audience in ["vault", "csi", "granted"] {
        check(ask("mine", "p", json!([audience])), "");
    }
    check(
        ask("mine", "p", json!(["else"])),
        "system:node:me is not authorized to request tokens for audience \"else\"",
    );
    check(ask("mine", "p", json!(["a", "b"])), "node may only request 0 or 1 audiences");
    check(ask("mine", "", json!([])), "node requested token with a pod binding without a uid");
    check(ask("", "p", json!([])), "node requested token not bound to a pod");
    check(
        ask("mine", "old", json!([])),
        "the UID in the bound object reference (old) does not match the UID in record. The object \
         might have been deleted and then recreated",
    );
    check(
        ask("other", "p", json!([])),
        "node requested token bound to a pod scheduled on a different node",
    );
}

#[test]
fn leases_and_slices_bear_the_nodes_name() {
    let lease = json!({ "metadata": { "name": "you" } });
    check(
        write(Operation::Create, ("coordination.k8s.io", "leases", ""), (lease, None), "you"),
        "can only access node lease with the same name as the requesting node",
    );
    let slice = json!({ "spec": { "nodeName": "you" } });
    check(
        write(
            Operation::Delete,
            ("resource.k8s.io", "resourceslices", ""),
            (Value::Null, Some(slice)),
            "s",
        ),
        "can only delete ResourceSlice with the same NodeName as the requesting node",
    );
    let claim =
        |phase: &str| json!({ "spec": {}, "status": { "phase": phase, "conditions": [1] } });
    check(
        write(
            Operation::Update,
            ("", "persistentvolumeclaims", "status"),
            (claim("Bound"), Some(claim("Pending"))),
            "c",
        ),
        "node \"me\" is not allowed to update fields other than status.quantity and \
         status.conditions: status.phase",
    );
}
