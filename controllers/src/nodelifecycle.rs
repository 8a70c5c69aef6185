//! `node-lifecycle-controller`: notices silent nodes and taints nodes by their conditions
//! (`pkg/controller/nodelifecycle`).

mod health;
mod zones;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::controller::{Change, Controller, Keys, Logic, Machine, Watch};
use crate::kind::{LEASES, NODES, PODS};
use crate::object::{Read, condition, time_text};
use crate::plan::{Action, Form, Plan};
use crate::pods::is_ready;
use crate::world::{Key, World};
use health::{Health, Verdict};
use zones::{State, Zone, zone_of};

const NOT_READY: &str = "node.kubernetes.io/not-ready";
const UNREACHABLE: &str = "node.kubernetes.io/unreachable";
const UNSCHEDULABLE: &str = "node.kubernetes.io/unschedulable";
/// In the place of a namespace: the zones' queues of nodes to taint are to be looked at.
const TAINTING: &str = ":taint";
const TAINTING_PERIOD: Duration = Duration::from_millis(100);

/// Which condition makes which taint.
const CONDITION_TAINTS: &[(&str, &str, &str)] = &[
    ("Ready", "False", NOT_READY),
    ("Ready", "Unknown", UNREACHABLE),
    ("MemoryPressure", "True", "node.kubernetes.io/memory-pressure"),
    ("DiskPressure", "True", "node.kubernetes.io/disk-pressure"),
    ("NetworkUnavailable", "True", "node.kubernetes.io/network-unavailable"),
    ("PIDPressure", "True", "node.kubernetes.io/pid-pressure"),
];

/// The row.
pub const NODE_LIFECYCLE: Controller = Controller {
    name: "node-lifecycle-controller",
    alias: "nodelifecycle",
    account: "node-controller",
    component: "node-controller",
    watches: &[
        Watch { kind: NODES, keys: |change, keys| keys.add(Key::of(change.object())) },
        Watch { kind: PODS, keys: pods },
        Watch { kind: LEASES, keys: |_, _| {} },
    ],
    logic: Logic::Machine(|| Box::new(Monitor::default())),
    workers: 8,
    tick: Some(Duration::from_secs(5)),
    ..Controller::BASE
};

/// A pod that comes to a node is not ready if the node is not.
fn pods(change: &Change<'_>, keys: &mut Keys) {
    let node =
        |pod: Option<&Arc<Value>>| pod.map_or("", |pod| pod.text("spec.nodeName")).to_owned();
    let (old, new) = (node(change.old), node(change.new));
    if !new.is_empty() && old != new {
        keys.add(Key::of(change.object()));
    }
}

#[derive(Default)]
struct Monitor {
    health: BTreeMap<String, Health>,
    known: BTreeMap<String, Arc<Value>>,
    zones: BTreeMap<String, Zone>,
    /// Nodes whose pods are still to be marked.
    unmarked: BTreeSet<String>,
}

impl Machine for Monitor {
    fn reconcile(&mut self, world: &World<'_>, key: &Key) -> Plan {
        if key.namespace == TAINTING {
            return self.taint(world);
        }
        if !key.namespace.is_empty() {
            return mark_new_pod(world, key);
        }
        if key.name.is_empty() {
            return self.monitor(world);
        }
        let Some(node) = world.tables.of("nodes").get(key) else { return Plan::nothing() };
        let mut plan = Plan::nothing();
        taint_no_schedule(node, world.now, &mut plan);
        copy_labels(node, &mut plan);
        plan
    }
}

fn node_event(node: &Value, reason: &'static str, message: String) -> Action {
    let about = json!({
        "kind": "Node", "apiVersion": "v1", "name": node.name(), "uid": node.uid(),
    });
    Action::Event { about, kind: "Normal", reason, message }
}

/// Replaces a node's taints at the version at which they were read.
fn write_taints(node: &Value, taints: Vec<Value>) -> Action {
    Action::Patch {
        kind: NODES,
        key: Key::of(node),
        subresource: "",
        form: Form::Merge,
        body: json!({
            "metadata": {"resourceVersion": node.version()}, "spec": {"taints": taints},
        }),
    }
}

fn has_taint(node: &Value, key: &str) -> bool {
    node.list("spec.taints")
        .iter()
        .any(|taint| taint.text("key") == key && taint.text("effect") == "NoExecute")
}

/// The node's taints without those that a condition makes, and with one of these again.
fn swapped(node: &Value, add: Option<&str>, now: Timestamp) -> Vec<Value> {
    let mut taints: Vec<Value> = node
        .list("spec.taints")
        .iter()
        .filter(|taint| {
            taint.text("effect") != "NoExecute"
                || !matches!(taint.text("key"), NOT_READY | UNREACHABLE)
        })
        .cloned()
        .collect();
    if let Some(key) = add {
        taints.push(json!({"key": key, "effect": "NoExecute", "timeAdded": time_text(now)}));
    }
    taints
}

/// Keeps pods off a node that is in trouble or cordoned (`doNoScheduleTaintingPass`).
fn taint_no_schedule(node: &Value, now: Timestamp, plan: &mut Plan) {
    let mut wanted: Vec<&str> = CONDITION_TAINTS
        .iter()
        .filter(|(kind, status, _)| {
            condition(node, kind).is_some_and(|held| held.text("status") == *status)
        })
        .map(|(.., taint)| *taint)
        .collect();
    if node.flag("spec.unschedulable") {
        wanted.push(UNSCHEDULABLE);
    }
    let is_ours = |taint: &Value| {
        let key = taint.text("key");
        taint.text("effect") == "NoSchedule"
            && (key == UNSCHEDULABLE || CONDITION_TAINTS.iter().any(|(.., name)| *name == key))
    };
    let held = node.list("spec.taints");
    let mut taints: Vec<Value> = held
        .iter()
        .filter(|taint| !is_ours(taint) || wanted.contains(&taint.text("key")))
        .cloned()
        .collect();
    for key in wanted {
        if !held.iter().any(|taint| is_ours(taint) && taint.text("key") == key) {
            taints.push(json!({"key": key, "effect": "NoSchedule", "timeAdded": time_text(now)}));
        }
    }
    if taints != held {
        plan.then(write_taints(node, taints));
    }
}

/// The beta labels of operating system and architecture follow the stable ones.
fn copy_labels(node: &Value, plan: &mut Plan) {
    let mut labels = serde_json::Map::new();
    for (from, to) in [
        ("kubernetes.io/os", "beta.kubernetes.io/os"),
        ("kubernetes.io/arch", "beta.kubernetes.io/arch"),
    ] {
        if let Some(value) = node.label(from)
            && node.label(to) != Some(value)
        {
            labels.insert(to.into(), value.into());
        }
    }
    if !labels.is_empty() {
        plan.then(Action::Patch {
            kind: NODES,
            key: Key::of(node),
            subresource: "",
            form: Form::Strategic,
            body: json!({"metadata": {"labels": labels}}),
        });
    }
}

fn mark_new_pod(world: &World<'_>, key: &Key) -> Plan {
    let mut plan = Plan::nothing();
    if let Some(pod) = world.tables.of("pods").get(key)
        && let Some(node) = world.get("nodes", "", pod.text("spec.nodeName"))
        && condition(node, "Ready").is_some_and(|ready| ready.text("status") != "True")
    {
        mark_not_ready(pod, world.now, &mut plan);
    }
    plan
}

/// A pod on a node that is silent is not ready, whatever its last word was.
fn mark_not_ready(pod: &Value, now: Timestamp, plan: &mut Plan) {
    if !is_ready(pod) {
        return;
    }
    let ready = json!({
        "type": "Ready", "status": "False", "lastTransitionTime": time_text(now),
    });
    plan.then(Action::Patch {
        kind: PODS,
        key: Key::of(pod),
        subresource: "status",
        form: Form::Strategic,
        body: json!({"metadata": {"uid": pod.uid()}, "status": {"conditions": [ready]}}),
    });
    plan.then(Action::event(pod, "Warning", "NodeNotReady", "Node is not ready"));
}

impl Monitor {
    /// One look at all nodes (`monitorNodeHealth`).
    fn monitor(&mut self, world: &World<'_>) -> Plan {
        let nodes: Vec<&Arc<Value>> = world.of("nodes").all().collect();
        let mut verdicts = Vec::new();
        let mut asks = Vec::new();
        for node in &nodes {
            let health = self.health.get(node.name());
            match health::judge(world, node, health) {
                Err(ask) => asks.push(ask),
                Ok(verdict) => verdicts.push((*node, verdict)),
            }
        }
        if !asks.is_empty() {
            return Plan::ask(asks);
        }
        let mut plan = Plan::nothing();
        self.classify(world, &nodes, &mut plan);
        let mut conditions: BTreeMap<String, Vec<bool>> = BTreeMap::new();
        for (node, verdict) in verdicts {
            let Some(verdict) = verdict else { continue };
            self.health.insert(node.name().into(), verdict.health.clone());
            if node.label("node.kubernetes.io/exclude-disruption").is_none() {
                conditions.entry(zone_of(node)).or_default().push(verdict.now == "True");
            }
            self.follow(world, node, &verdict, &mut plan);
        }
        self.handle_disruption(world, &conditions, &nodes, &mut plan);
        plan.also.push(Key::new(TAINTING, ""));
        plan
    }

    /// Greets new nodes and forgets those that are gone.
    fn classify(&mut self, world: &World<'_>, nodes: &[&Arc<Value>], plan: &mut Plan) {
        let rate = world.settings.node_eviction_rate;
        for node in nodes {
            let name = node.name();
            self.zones.entry(zone_of(node)).or_insert_with(|| Zone::new(rate));
            if self.known.insert(name.into(), (*node).clone()).is_none() {
                let message = format!("Node {name} event: Registered Node {name} in Controller");
                plan.then(node_event(node, "RegisteredNode", message));
            }
        }
        let names: BTreeSet<&str> = nodes.iter().map(|node| node.name()).collect();
        let gone: Vec<String> =
            self.known.keys().filter(|name| !names.contains(name.as_str())).cloned().collect();
        for name in gone {
            if let Some(node) = self.known.remove(&name) {
                let message = format!("Node {name} event: Removing Node {name} from Controller");
                plan.then(node_event(&node, "RemovingNode", message));
            }
            self.health.remove(&name);
            self.unmarked.remove(&name);
        }
    }

    fn follow(&mut self, world: &World<'_>, node: &Value, verdict: &Verdict, plan: &mut Plan) {
        let name = node.name();
        plan.steps.extend(
            verdict.status.clone().map(|action| Plan::from(action).steps).into_iter().flatten(),
        );
        let Some(zone) = self.zones.get_mut(&zone_of(node)) else { return };
        match verdict.now.as_str() {
            "True" => {
                zone.queue.remove(name);
                if has_taint(node, NOT_READY) || has_taint(node, UNREACHABLE) {
                    plan.then(write_taints(node, swapped(node, None, world.now)));
                }
            }
            status @ ("False" | "Unknown") => {
                let (own, other) = if status == "False" {
                    (NOT_READY, UNREACHABLE)
                } else {
                    (UNREACHABLE, NOT_READY)
                };
                if has_taint(node, other) && verdict.status.is_none() {
                    plan.then(write_taints(node, swapped(node, Some(own), world.now)));
                } else if !has_taint(node, own) {
                    zone.queue.insert(name.into());
                }
            }
            _ => {}
        }
        if verdict.now.is_empty() {
            return;
        }
        let fell = verdict.now != "True" && verdict.before == "True";
        if fell {
            let message = format!("Node {name} status is now: NodeNotReady");
            plan.then(node_event(node, "NodeNotReady", message));
        }
        if fell || (verdict.before != "True" && self.unmarked.contains(name)) {
            for pod in world.of("pods").on_node(name) {
                mark_not_ready(pod, world.now, plan);
            }
        }
        self.unmarked.remove(name);
        if fell {
            // The pods are looked at once more: some may have come in between.
            self.unmarked.insert(name.into());
        }
    }

    /// Slows the tainting down where most nodes are silent, and stops it where all are: then
    /// rather this process is cut off (`handleDisruption`).
    fn handle_disruption(
        &mut self,
        world: &World<'_>,
        conditions: &BTreeMap<String, Vec<bool>>,
        nodes: &[&Arc<Value>],
        plan: &mut Plan,
    ) {
        let states: BTreeMap<&String, State> = conditions
            .iter()
            .map(|(zone, ready)| (zone, zones::state(ready, world.settings)))
            .collect();
        self.zones.retain(|zone, _| conditions.contains_key(zone));
        let all_are = states.values().all(|state| *state == State::FullDisruption);
        let all_were = self.zones.values().all(|zone| zone.state == State::FullDisruption);
        if all_are && all_were {
            return;
        }
        if all_are {
            for node in nodes {
                if has_taint(node, NOT_READY) || has_taint(node, UNREACHABLE) {
                    plan.then(write_taints(node, swapped(node, None, world.now)));
                }
            }
            for zone in self.zones.values_mut() {
                zone.queue.clear();
                zone.rate = 0.0;
                zone.state = State::FullDisruption;
            }
            return;
        }
        if all_were {
            for health in self.health.values_mut() {
                health.probe = world.now;
            }
        }
        for (name, state) in states {
            if let Some(zone) = self.zones.get_mut(name)
                && zone.state != state
            {
                zone.rate = zones::rate(state, conditions[name].len(), world.settings);
                zone.state = state;
            }
        }
    }

    /// Taints the nodes whose turn it is (`doNoExecuteTaintingPass`).
    fn taint(&mut self, world: &World<'_>) -> Plan {
        let mut plan = Plan::nothing();
        for zone in self.zones.values_mut() {
            for name in zone.queue.clone() {
                let node = world.get("nodes", "", &name);
                let status = node.and_then(|node| condition(node, "Ready"));
                let key = match status.map(|ready| ready.text("status")) {
                    Some("False") => NOT_READY,
                    Some("Unknown") => UNREACHABLE,
                    _ => {
                        zone.queue.remove(&name);
                        continue;
                    }
                };
                if !zone.may_go(world.now) {
                    break;
                }
                zone.queue.remove(&name);
                if let Some(node) = node.filter(|node| !has_taint(node, key)) {
                    plan.then(write_taints(node, swapped(node, Some(key), world.now)));
                }
            }
            if !zone.queue.is_empty() && zone.rate > 0.0 {
                plan.again_in(TAINTING_PERIOD);
            }
        }
        plan
    }
}
