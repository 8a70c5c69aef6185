//! `pod-garbage-collector-controller`: deletes pods that nobody else will (`pkg/controller/podgc`).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::controller::{Controller, Logic, Machine, Watch};
use crate::kind::{NODES, PODS};
use crate::object::{Read, between, is_true, time_text};
use crate::plan::{Action, Ask, Form, Plan};
use crate::pods::is_finished;
use crate::world::{Key, World};

/// How long a node must be missing before its pods count as orphans.
const QUARANTINE: Duration = Duration::from_secs(40);

/// The row.
pub const POD_GC: Controller = Controller {
    name: "pod-garbage-collector-controller",
    alias: "podgc",
    account: "pod-garbage-collector",
    component: "pod-garbage-collector-controller",
    watches: &[Watch { kind: PODS, keys: |_, _| {} }, Watch { kind: NODES, keys: |_, _| {} }],
    logic: Logic::Machine(|| Box::new(Collector::default())),
    workers: 1,
    tick: Some(Duration::from_secs(20)),
    ..Controller::BASE
};

#[derive(Default)]
struct Collector {
    /// Since when a node that pods name is missing.
    missing: BTreeMap<String, Timestamp>,
}

impl Machine for Collector {
    fn reconcile(&mut self, world: &World<'_>, _: &Key) -> Plan {
        let lost = match self.lost_nodes(world) {
            Ok(lost) => lost,
            Err(asks) => return Plan::ask(asks),
        };
        let pods = world.of("pods");
        let mut doomed: BTreeMap<Key, (&Arc<Value>, Option<Value>)> = BTreeMap::new();
        for pod in surplus(world) {
            doomed.insert(Key::of(pod), (pod, None));
        }
        for pod in pods.all() {
            let node = pod.text("spec.nodeName");
            if lost.contains(node) {
                doomed.insert(Key::of(pod), (pod, Some(orphaned(pod, world.now))));
            } else if pod.is_terminating() && (node.is_empty() || is_out_of_service(world, node)) {
                doomed.entry(Key::of(pod)).or_insert((pod, None));
            }
        }
        let mut plan = Plan::nothing();
        let doomed: Vec<_> = doomed.into_values().collect();
        plan.together(doomed.iter().filter_map(|(pod, why)| fail(pod, why.as_ref())).collect());
        plan.together(doomed.iter().map(|(pod, _)| delete_now(pod)).collect());
        plan
    }
}

impl Collector {
    /// The nodes that are missing for long enough, and also when asked for live.
    fn lost_nodes(&mut self, world: &World<'_>) -> Result<BTreeSet<String>, Vec<Ask>> {
        let nodes = world.of("nodes");
        let named: BTreeSet<&str> = world
            .of("pods")
            .all()
            .map(|pod| pod.text("spec.nodeName"))
            .filter(|node| !node.is_empty() && nodes.get(&Key::new("", node)).is_none())
            .collect();
        self.missing.retain(|node, _| named.contains(node.as_str()));
        for node in named {
            self.missing.entry(node.to_owned()).or_insert(world.now);
        }
        let due =
            self.missing.iter().filter(|(_, since)| between(**since, world.now) >= QUARANTINE);
        let mut asks = Vec::new();
        let mut lost = BTreeSet::new();
        for (node, _) in due {
            let ask = Ask::Get(format!("/api/v1/nodes/{node}"));
            match world.answer(&ask) {
                None => asks.push(ask),
                Some(Err(failure)) if failure.is_not_found() => {
                    lost.insert(node.clone());
                }
                Some(_) => {}
            }
        }
        if asks.is_empty() { Ok(lost) } else { Err(asks) }
    }
}

/// Finished pods beyond the threshold, evicted and old ones first.
fn surplus<'a>(world: &World<'a>) -> Vec<&'a Arc<Value>> {
    let limit = world.settings.terminated_pod_threshold;
    let ended =
        |pod: &Value| !matches!(pod.text("status.phase"), "Pending" | "Running" | "Unknown");
    let mut finished: Vec<&Arc<Value>> = world.of("pods").all().filter(|pod| ended(pod)).collect();
    let count = finished.len().saturating_sub(usize::try_from(limit).unwrap_or(usize::MAX));
    if limit <= 0 || count == 0 {
        return Vec::new();
    }
    let is_evicted = |pod: &Value| {
        pod.text("status.phase") == "Failed" && pod.text("status.reason") == "Evicted"
    };
    finished.sort_by_key(|pod| (!is_evicted(pod), pod.created(), pod.name().to_owned()));
    finished.truncate(count);
    finished
}

fn is_out_of_service(world: &World<'_>, node: &str) -> bool {
    world.get("nodes", "", node).is_some_and(|node| {
        !is_true(node, "Ready")
            && node
                .list("spec.taints")
                .iter()
                .any(|taint| taint.text("key") == "node.kubernetes.io/out-of-service")
    })
}

fn orphaned(pod: &Value, now: Timestamp) -> Value {
    json!({
        "type": "DisruptionTarget", "status": "True", "reason": "DeletionByPodGC",
        "message": "PodGC: node no longer exists", "observedGeneration": pod.generation(),
        "lastTransitionTime": time_text(now),
    })
}

/// Marks a pod that did not end as failed.
fn fail(pod: &Value, condition: Option<&Value>) -> Option<Action> {
    if is_finished(pod) {
        return None;
    }
    let mut status = json!({"phase": "Failed", "observedGeneration": pod.generation()});
    if let Some(condition) = condition {
        status["conditions"] = json!([condition]);
    }
    Some(Action::Patch {
        kind: PODS,
        key: Key::of(pod),
        subresource: "status",
        form: Form::Strategic,
        body: json!({"metadata": {"uid": pod.uid()}, "status": status}),
    })
}

fn delete_now(pod: &Value) -> Action {
    let mut action = Action::delete(PODS, pod);
    if let Action::Delete { grace, .. } = &mut action {
        *grace = Some(0);
    }
    action
}
