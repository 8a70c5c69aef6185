//! `replicaset-controller` and `replicationcontroller-controller`: keep `spec.replicas` pods alive
//! (`pkg/controller/replicaset`).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};

use crate::claim::Claim;
use crate::controller::{Change, Controller, Keys, Logic, Watch, itself, owners};
use crate::kind::{Kind, PODS, REPLICASETS, REPLICATIONCONTROLLERS};
use crate::object::{Read, has_labels, selects, time_text};
use crate::plan::{Action, Plan, announce_pod_creation, delete_pod, pod_from_template};
use crate::pods::{deletion_order, is_active, is_available, is_going, is_ready, next_available};
use crate::world::{Key, World};

/// The most pods that one sync creates or deletes.
const BURST: usize = 500;

/// The row for ReplicaSets.
pub const REPLICASET: Controller = Controller {
    name: "replicaset-controller",
    alias: "replicaset",
    account: "replicaset-controller",
    component: "replicaset-controller",
    watches: &[
        Watch { kind: REPLICASETS, keys: itself },
        Watch { kind: PODS, keys: |change, keys| pods(change, REPLICASETS, keys) },
    ],
    logic: Logic::Reconcile(|world, key| reconcile(world, key, REPLICASETS)),
    sees_failure: true,
    ..Controller::BASE
};

/// The row for ReplicationControllers.
pub const REPLICATIONCONTROLLER: Controller = Controller {
    name: "replicationcontroller-controller",
    alias: "replicationcontroller",
    account: "replication-controller",
    component: "replication-controller",
    watches: &[
        Watch { kind: REPLICATIONCONTROLLERS, keys: itself },
        Watch { kind: PODS, keys: |change, keys| pods(change, REPLICATIONCONTROLLERS, keys) },
    ],
    logic: Logic::Reconcile(|world, key| reconcile(world, key, REPLICATIONCONTROLLERS)),
    sees_failure: true,
    ..Controller::BASE
};

fn pods(change: &Change<'_>, kind: &'static Kind, keys: &mut Keys) {
    owners(change, kind, keys);
}

fn selected(set: &Value, kind: &Kind, pod: &Value) -> bool {
    let selector = set.at("spec.selector");
    if kind.plural == "replicationcontrollers" {
        has_labels(pod, selector.as_object())
    } else {
        selects(selector, pod.entries("metadata.labels"))
    }
}

fn reconcile(world: &World<'_>, key: &Key, kind: &'static Kind) -> Plan {
    let Some(set) = world.tables.of(kind.plural).get(key) else { return Plan::nothing() };
    let mut plan = Plan::nothing();
    let claim = Claim { owner: set, owner_kind: kind, kind: PODS, finalizer: "" };
    let claimed = claim.over(world.of("pods"), is_active, |pod| selected(set, kind, pod));
    let failed = world.failure.filter(|failure| matches!(failure.of, "create" | "delete"));
    if world.failure.is_some() && failed.is_none() {
        return plan;
    }
    if failed.is_none() {
        plan.together(claimed.actions);
        if !set.is_terminating() {
            manage(world, set, kind, &claimed.objects, &mut plan);
        }
    }
    let going = world
        .of("pods")
        .controlled(&key.namespace, set.uid())
        .filter(|pod| is_going(pod) && selected(set, kind, pod))
        .count();
    let reason = failed.map(|failure| failure.message.as_str());
    let status = status(world, set, kind, &claimed.objects, going, reason);
    let unavailable = status.int("readyReplicas") != status.int("availableReplicas");
    if differs(set, &status) {
        plan.then(Action::status(kind, set, status));
    }
    let min_ready = set.int("spec.minReadySeconds");
    if min_ready > 0 && unavailable {
        let next = next_available(claimed.objects.iter().map(|pod| &***pod), min_ready, world.now);
        plan.again_in(next.unwrap_or(Duration::from_secs(min_ready.unsigned_abs())));
    }
    plan
}

fn manage(
    world: &World<'_>,
    set: &Arc<Value>,
    kind: &'static Kind,
    active: &[&Arc<Value>],
    plan: &mut Plan,
) {
    let wanted = usize::try_from(set.int("spec.replicas")).unwrap_or(0);
    if active.len() < wanted {
        let count = (wanted - active.len()).min(BURST);
        let pod = pod_from_template(set.at("spec.template"), set, kind);
        let create = Action::Create {
            kind: PODS,
            object: pod,
            announce: Some(announce_pod_creation(set)),
            may_exist: false,
        };
        plan.slow_start(vec![create; count]);
    } else if active.len() > wanted {
        let count = (active.len() - wanted).min(BURST);
        let victims = victims(world, set, kind, active, count);
        plan.together(victims.into_iter().map(|pod| delete_pod(pod, set)).collect());
    }
}

/// The pods to delete: of those that are as good as others, one that shares its node with more
/// related pods goes first.
fn victims<'a>(
    world: &World<'_>,
    set: &Value,
    kind: &Kind,
    active: &[&'a Arc<Value>],
    count: usize,
) -> Vec<&'a Arc<Value>> {
    let mut ranked: Vec<&Arc<Value>> = active.to_vec();
    if count < active.len() {
        let on_node = related_per_node(world, set, kind);
        let rank = |pod: &Value| on_node.get(pod.text("spec.nodeName")).copied().unwrap_or(0);
        ranked.sort_by(|a, b| deletion_order((a, rank(a)), (b, rank(b)), world.now));
    }
    ranked.truncate(count);
    ranked
}

/// How many active pods of all sets with the same controller are on each node.
fn related_per_node(world: &World<'_>, set: &Value, kind: &Kind) -> BTreeMap<String, usize> {
    let mut per_node = BTreeMap::new();
    let Some(owner) = set.controller() else { return per_node };
    let mut seen = BTreeSet::new();
    let siblings = world.of(kind.plural).controlled(set.namespace(), owner.text("uid"));
    for sibling in siblings {
        for pod in world.of("pods").in_namespace(set.namespace()) {
            if selected(sibling, kind, pod) && seen.insert(pod.uid()) && is_active(pod) {
                *per_node.entry(pod.text("spec.nodeName").to_owned()).or_default() += 1;
            }
        }
    }
    per_node
}

fn status(
    world: &World<'_>,
    set: &Value,
    kind: &Kind,
    active: &[&Arc<Value>],
    going: usize,
    failure: Option<&str>,
) -> Value {
    let template = set.entries("spec.template.metadata.labels");
    let min_ready = set.int("spec.minReadySeconds");
    let count = |test: &dyn Fn(&Value) -> bool| active.iter().filter(|pod| test(pod)).count();
    let mut status = json!({"replicas": active.len()});
    let counts = [
        ("fullyLabeledReplicas", count(&|pod| has_labels(pod, template))),
        ("readyReplicas", count(&is_ready)),
        ("availableReplicas", count(&|pod| is_available(pod, min_ready, world.now))),
    ];
    for (field, count) in counts {
        if count > 0 {
            status[field] = count.into();
        }
    }
    if kind.plural == "replicasets" {
        status["terminatingReplicas"] = going.into();
    }
    status["observedGeneration"] = set.generation().into();
    let mut conditions: Vec<Value> = set.list("status.conditions").to_vec();
    let has = conditions.iter().any(|condition| condition.text("type") == "ReplicaFailure");
    match failure {
        Some(message) if !has => {
            let wanted = usize::try_from(set.int("spec.replicas")).unwrap_or(0);
            let reason = if active.len() < wanted { "FailedCreate" } else { "FailedDelete" };
            conditions.push(json!({
                "type": "ReplicaFailure", "status": "True", "reason": reason, "message": message,
                "lastTransitionTime": time_text(world.now),
            }));
        }
        None => conditions.retain(|condition| condition.text("type") != "ReplicaFailure"),
        Some(_) => {}
    }
    if !conditions.is_empty() {
        status["conditions"] = conditions.into();
    }
    status
}

fn differs(set: &Value, status: &Value) -> bool {
    let numbers = [
        "replicas",
        "fullyLabeledReplicas",
        "readyReplicas",
        "availableReplicas",
        "observedGeneration",
    ];
    let old = set.at("status");
    numbers.iter().any(|field| old.int(field) != status.int(field))
        || old.number("terminatingReplicas") != status.number("terminatingReplicas")
        || old.list("conditions") != status.list("conditions")
}
