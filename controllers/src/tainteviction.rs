//! `taint-eviction-controller`: evicts pods that do not tolerate their node's `NoExecute` taints
//! (`pkg/controller/tainteviction`).

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::controller::{Change, Controller, Keys, Logic, Machine, Watch};
use crate::kind::{NODES, PODS};
use crate::object::{Read, between, later, time_text};
use crate::plan::{Action, Form, Plan};
use crate::taints::tolerates;
use crate::world::{Key, World};

const MARKED: &str = "Marking for deletion";
const CANCELLED: &str = "Cancelling deletion of";

/// The row.
pub const TAINT_EVICTION: Controller = Controller {
    name: "taint-eviction-controller",
    alias: "taint-eviction-controller",
    account: "node-controller",
    component: "taint-eviction-controller",
    watches: &[Watch { kind: PODS, keys: pods }, Watch { kind: NODES, keys: nodes }],
    logic: Logic::Machine(|| Box::new(Evictions::default())),
    workers: 8,
    backoff: (Duration::from_millis(10), Duration::from_secs(10)),
    ..Controller::BASE
};

fn pods(change: &Change<'_>, keys: &mut Keys) {
    let relevant =
        |pod: &Value| (pod.at("spec.tolerations").clone(), pod.text("spec.nodeName").to_owned());
    let same = match (change.old, change.new) {
        (Some(old), Some(new)) => relevant(old) == relevant(new),
        _ => false,
    };
    if !same && !change.object().text("spec.nodeName").is_empty() {
        keys.add(Key::of(change.object()));
    }
}

fn no_execute(node: &Value) -> Vec<&Value> {
    node.list("spec.taints").iter().filter(|taint| taint.text("effect") == "NoExecute").collect()
}

fn nodes(change: &Change<'_>, keys: &mut Keys) {
    if let (Some(old), Some(new)) = (change.old, change.new)
        && no_execute(old) == no_execute(new)
    {
        return;
    }
    for pod in change.tables.of("pods").on_node(change.object().name()) {
        keys.add(Key::of(pod));
    }
}

#[derive(Default)]
struct Evictions {
    /// When a pod is to go.
    due: BTreeMap<Key, Timestamp>,
}

fn event(key: &Key, what: &str) -> Action {
    Action::Event {
        about: json!({
            "kind": "Pod", "apiVersion": "v1", "namespace": key.namespace, "name": key.name,
        }),
        kind: "Normal",
        reason: "TaintManagerEviction",
        message: format!("{what} Pod {key}"),
    }
}

/// How long a pod tolerates the taints: for ever, for a time, or not at all.
fn patience(pod: &Value, taints: &[&Value]) -> Option<i64> {
    let tolerations = pod.list("spec.tolerations");
    let mut shortest = i64::MAX;
    for taint in taints {
        let Some(used) = tolerations.iter().find(|toleration| tolerates(toleration, taint)) else {
            return Some(0);
        };
        if let Some(seconds) = used.number("tolerationSeconds") {
            shortest = shortest.min(seconds.max(0));
        }
    }
    (shortest != i64::MAX).then_some(shortest)
}

impl Evictions {
    fn cancel(&mut self, key: &Key) -> Plan {
        match self.due.remove(key) {
            Some(_) => event(key, CANCELLED).into(),
            None => Plan::nothing(),
        }
    }
}

impl Machine for Evictions {
    fn reconcile(&mut self, world: &World<'_>, key: &Key) -> Plan {
        let Some(pod) = world.tables.of("pods").get(key) else { return self.cancel(key) };
        if pod.is_terminating() {
            self.due.remove(key);
            return Plan::nothing();
        }
        let node = world.get("nodes", "", pod.text("spec.nodeName"));
        let taints = node.map(|node| no_execute(node)).unwrap_or_default();
        let Some(seconds) = patience(pod, &taints).filter(|_| !taints.is_empty()) else {
            return self.cancel(key);
        };
        let due = if seconds == 0 {
            world.now
        } else {
            // The time runs from when the first taint was seen, whatever taints come later.
            *self.due.entry(key.clone()).or_insert_with(|| later(world.now, seconds))
        };
        if due > world.now {
            let mut plan = Plan::nothing();
            plan.again_in(between(world.now, due));
            return plan;
        }
        self.due.remove(key);
        evict(pod, key, world.now)
    }
}

fn evict(pod: &Value, key: &Key, now: Timestamp) -> Plan {
    let condition = json!({
        "type": "DisruptionTarget", "status": "True", "reason": "DeletionByTaintManager",
        "message": "Taint manager: deleting due to NoExecute taint",
        "observedGeneration": pod.generation(), "lastTransitionTime": time_text(now),
    });
    let mut plan = Plan::from(event(key, MARKED));
    plan.then(Action::Patch {
        kind: PODS,
        key: key.clone(),
        subresource: "status",
        form: Form::Strategic,
        body: json!({"metadata": {"uid": pod.uid()}, "status": {"conditions": [condition]}}),
    });
    plan.then(Action::delete(PODS, pod));
    plan
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(tolerations: Value, want: Option<i64>) {
        let taint = json!({"key": "k", "effect": "NoExecute"});
        let pod = json!({"spec": {"tolerations": tolerations}});
        assert_eq!(patience(&pod, &[&taint]), want, "{tolerations}");
    }

    #[test]
    fn a_pod_stays_as_long_as_its_toleration_says() {
        check(json!([]), Some(0));
        check(json!([{"key": "k", "operator": "Exists"}]), None);
        check(json!([{"key": "k", "operator": "Exists", "tolerationSeconds": 300}]), Some(300));
        check(json!([{"key": "k", "operator": "Exists", "tolerationSeconds": -1}]), Some(0));
    }

    #[test]
    fn messages_are_upstreams() {
        let key = Key::new("n", "p");
        let message = |verb| match event(&key, verb) {
            Action::Event { message, .. } => message,
            _ => String::new(),
        };
        assert_eq!(message(MARKED), "Marking for deletion Pod n/p");
        assert_eq!(message(CANCELLED), "Cancelling deletion of Pod n/p");
    }
}
