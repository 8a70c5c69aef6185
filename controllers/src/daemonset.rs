//! `daemonset-controller`: one pod on every node that fits (`pkg/controller/daemon`).

mod history;
mod rollout;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::claim::Claim;
use crate::controller::{Change, Controller, Keys, Logic, Machine, Watch, itself, owners};
use crate::kind::{CONTROLLERREVISIONS, DAEMONSETS, NODES, PODS};
use crate::object::{Read, between, scaled, selects, set_entry};
use crate::plan::{Action, Plan, announce_pod_creation, delete_pod, pod_from_template};
use crate::pods::{is_available, is_finished, is_ready};
use crate::taints::{fits_node, is_repelled};
use crate::world::{Key, World};

const HASH_LABEL: &str = "controller-revision-hash";
const GENERATION_LABEL: &str = "pod-template-generation";
const GENERATION_ANNOTATION: &str = "deprecated.daemonset.template.generation";
/// The most pods that one sync creates or deletes.
const BURST: usize = 250;
const FIRST_BACKOFF: Duration = Duration::from_secs(1);
const LONGEST_BACKOFF: Duration = Duration::from_mins(15);

/// The row.
pub const DAEMONSET: Controller = Controller {
    name: "daemonset-controller",
    alias: "daemonset",
    account: "daemon-set-controller",
    component: "daemonset-controller",
    watches: &[
        Watch { kind: DAEMONSETS, keys: itself },
        Watch { kind: PODS, keys: |change, keys| owners(change, DAEMONSETS, keys) },
        Watch { kind: CONTROLLERREVISIONS, keys: |change, keys| owners(change, DAEMONSETS, keys) },
        Watch { kind: NODES, keys: nodes },
    ],
    logic: Logic::Machine(|| Box::new(Daemons::default())),
    workers: 2,
    sees_failure: true,
    ..Controller::BASE
};

/// A node's labels and taints decide about every daemon.
fn nodes(change: &Change<'_>, keys: &mut Keys) {
    if let (Some(old), Some(new)) = (change.old, change.new)
        && old.at("metadata.labels") == new.at("metadata.labels")
        && old.at("spec.taints") == new.at("spec.taints")
    {
        return;
    }
    crate::controller::everyone(change, "daemonsets", keys);
}

#[derive(Default)]
struct Daemons {
    /// When a daemon's pod failed on a node, and how long it must wait after that: by the
    /// daemon's uid, generation and node.
    failed: BTreeMap<(String, i64, String), (Timestamp, Duration)>,
}

impl Machine for Daemons {
    fn reconcile(&mut self, world: &World<'_>, key: &Key) -> Plan {
        let Some(set) = world.tables.of("daemonsets").get(key) else { return Plan::nothing() };
        if set.at("spec.selector").as_object().is_some_and(serde_json::Map::is_empty) {
            let message =
                "This daemon set is selecting all pods. A non-empty selector is required.";
            return Action::event(set, "Warning", "SelectingAll", message).into();
        }
        if set.is_terminating() {
            return Plan::nothing();
        }
        let now = world.now;
        self.failed.retain(|_, (at, delay)| between(*at, now) <= *delay * 2);
        let mut plan = Plan::nothing();
        let mut sync = Sync::new(world, set, &mut plan);
        let Some(revisions) = sync.construct_history(&mut plan) else { return plan };
        sync.hash = revisions.hash;
        if world.failure.is_none() {
            self.manage(&sync, &mut plan);
            if plan.actions().all(|action| !is_pod_write(action)) {
                sync.roll(&mut plan);
            }
            sync.clean_history(revisions.old, &mut plan);
        }
        sync.update_status(&mut plan);
        plan
    }
}

fn is_pod_write(action: &Action) -> bool {
    matches!(action, Action::Create { kind, .. } | Action::Delete { kind, .. } if *kind == PODS)
}

/// One look at a DaemonSet.
struct Sync<'a> {
    world: &'a World<'a>,
    set: &'a Arc<Value>,
    /// The claimed pods by the node that they are for; without those that have ended and go.
    on_node: BTreeMap<String, Vec<&'a Arc<Value>>>,
    pods: Vec<&'a Arc<Value>>,
    /// The spec of the pods, with the tolerations that all daemons have.
    spec: Value,
    hash: String,
}

/// The node that a pod is on or is made for (`GetTargetNodeName`).
fn target(pod: &Value) -> Option<&str> {
    let node = pod.text("spec.nodeName");
    if !node.is_empty() {
        return Some(node);
    }
    let affinity = pod.at("spec.affinity.nodeAffinity");
    affinity
        .list("requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms")
        .iter()
        .flat_map(|term| term.list("matchFields"))
        .find(|field| field.text("key") == "metadata.name" && field.text("operator") == "In")?
        .list("values")
        .first()?
        .as_str()
}

fn oldest_first(pods: &mut [&Arc<Value>]) {
    pods.sort_by_key(|pod| {
        (pod.text("spec.nodeName").is_empty(), pod.created(), pod.name().to_owned())
    });
}

impl<'a> Sync<'a> {
    fn new(world: &'a World<'a>, set: &'a Arc<Value>, plan: &mut Plan) -> Self {
        let selector = set.at("spec.selector");
        let claim = Claim { owner: set, owner_kind: DAEMONSETS, kind: PODS, finalizer: "" };
        let claimed = claim.over(
            world.of("pods"),
            |_| true,
            |pod| selects(selector, pod.entries("metadata.labels")),
        );
        plan.together(claimed.actions);
        let mut on_node: BTreeMap<String, Vec<&Arc<Value>>> = BTreeMap::new();
        for pod in &claimed.objects {
            if is_finished(pod) && pod.is_terminating() {
                continue;
            }
            if let Some(node) = target(pod) {
                on_node.entry(node.into()).or_default().push(pod);
            }
        }
        let mut spec = set.at("spec.template.spec").clone();
        tolerate(&mut spec);
        Self { world, set, on_node, pods: claimed.objects, spec, hash: String::new() }
    }

    fn nodes(&self) -> impl Iterator<Item = &'a Arc<Value>> + use<'a> {
        self.world.of("nodes").all()
    }

    /// Whether a pod is to be started on a node, and whether one there may stay.
    fn fits(&self, node: &Value) -> (bool, bool) {
        let bound = self.spec.text("nodeName");
        if !(bound.is_empty() || bound == node.name()) || !fits_node(&self.spec, node) {
            return (false, false);
        }
        let (taints, tolerations) = (node.list("spec.taints"), self.spec.list("tolerations"));
        let run = !is_repelled(taints, tolerations, &["NoSchedule", "NoExecute"]);
        (run, run || !is_repelled(taints, tolerations, &["NoExecute"]))
    }

    fn min_ready(&self) -> i64 {
        self.set.int("spec.minReadySeconds")
    }

    fn is_available(&self, pod: &Value) -> bool {
        is_available(pod, self.min_ready(), self.world.now)
    }

    fn template_generation(&self) -> Option<i64> {
        self.set.annotation(GENERATION_ANNOTATION)?.parse().ok()
    }

    fn is_updated(&self, pod: &Value) -> bool {
        let generation = self.template_generation().map(|generation| generation.to_string());
        (generation.is_some() && pod.label(GENERATION_LABEL) == generation.as_deref())
            || (!self.hash.is_empty() && pod.label(HASH_LABEL) == Some(&self.hash))
    }

    fn surge(&self, total: i64) -> i64 {
        let rolling = self.set.text("spec.updateStrategy.type") == "RollingUpdate";
        let surge = self.set.at("spec.updateStrategy.rollingUpdate.maxSurge");
        if rolling { scaled(surge, total, true).unwrap_or(0) } else { 0 }
    }

    fn new_pod(&self, node: &str) -> Value {
        let mut template = self.set.at("spec.template").clone();
        template["spec"] = self.spec.clone();
        if let Some(generation) = self.template_generation() {
            set_entry(&mut template, "metadata.labels", GENERATION_LABEL, generation.to_string());
        }
        set_entry(&mut template, "metadata.labels", HASH_LABEL, self.hash.as_str());
        let terms = json!([{"matchFields": [
            {"key": "metadata.name", "operator": "In", "values": [node]},
        ]}]);
        crate::object::set(
            &mut template,
            "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms",
            terms,
        );
        pod_from_template(&template, self.set, DAEMONSETS)
    }

    /// Creates pods for nodes and deletes pods.
    fn sync_nodes(&self, nodes: &[String], mut doomed: Vec<&Arc<Value>>, plan: &mut Plan) {
        let creations = nodes.iter().take(BURST).map(|node| Action::Create {
            kind: PODS,
            object: self.new_pod(node),
            announce: Some(announce_pod_creation(self.set)),
            may_exist: false,
        });
        plan.slow_start(creations.collect());
        doomed.truncate(BURST);
        plan.together(doomed.into_iter().map(|pod| delete_pod(pod, self.set)).collect());
    }

    fn update_status(&self, plan: &mut Plan) {
        let (mut desired, mut current, mut misscheduled) = (0, 0, 0);
        let (mut ready, mut available, mut updated) = (0, 0, 0);
        for node in self.nodes() {
            let mut pods = self.on_node.get(node.name()).cloned().unwrap_or_default();
            if !self.fits(node).0 {
                misscheduled += i64::from(!pods.is_empty());
                continue;
            }
            desired += 1;
            oldest_first(&mut pods);
            let Some(pod) = pods.first() else { continue };
            current += 1;
            ready += i64::from(is_ready(pod));
            available += i64::from(self.is_available(pod));
            updated += i64::from(self.is_updated(pod));
        }
        let mut status = self.set.at("status").clone();
        if !status.is_object() {
            status = json!({});
        }
        let always = [
            ("currentNumberScheduled", current),
            ("numberMisscheduled", misscheduled),
            ("desiredNumberScheduled", desired),
            ("numberReady", ready),
        ];
        for (field, count) in always {
            status[field] = count.into();
        }
        let optional = [
            ("updatedNumberScheduled", updated),
            ("numberAvailable", available),
            ("numberUnavailable", desired - available),
            ("observedGeneration", self.set.generation()),
        ];
        for (field, count) in optional {
            if count != 0 {
                status[field] = count.into();
            } else if let Some(fields) = status.as_object_mut() {
                fields.remove(field);
            }
        }
        if status != *self.set.at("status") {
            plan.then(Action::status(DAEMONSETS, self.set, status));
        }
        if self.min_ready() > 0 && ready != available {
            plan.again_in(Duration::from_secs(self.min_ready().unsigned_abs()));
        }
    }
}

/// Whether a pod has come to its end.
enum End {
    Runs,
    /// It has failed, and is to stay for a while.
    Waits,
    /// It is to be deleted; the event says so.
    Over(Box<Action>),
}

impl Daemons {
    /// Starts pods where they are missing and stops those that should not be.
    fn manage(&mut self, sync: &Sync<'_>, plan: &mut Plan) {
        let mut missing = Vec::new();
        let mut doomed: Vec<&Arc<Value>> = Vec::new();
        let mut events = Vec::new();
        for node in sync.nodes() {
            let (run, stay) = sync.fits(node);
            match sync.on_node.get(node.name()) {
                None if run => missing.push(node.name().to_owned()),
                None => {}
                Some(pods) if !stay => {
                    doomed.extend(pods.iter().filter(|pod| !pod.is_terminating()));
                }
                Some(pods) => {
                    let mut running = Vec::new();
                    for pod in pods.iter().filter(|pod| !pod.is_terminating()) {
                        match self.ended(sync, node, pod, plan) {
                            End::Runs => running.push(*pod),
                            End::Waits => {}
                            End::Over(event) => {
                                events.push(*event);
                                doomed.push(pod);
                            }
                        }
                    }
                    surplus(sync, running, (run, node), &mut missing, &mut doomed);
                }
            }
        }
        let lost = sync
            .on_node
            .iter()
            .filter(|(node, _)| sync.world.of("nodes").get(&Key::new("", node)).is_none());
        doomed.extend(
            lost.flat_map(|(_, pods)| pods)
                .filter(|pod| pod.text("spec.nodeName").is_empty() && !pod.is_terminating()),
        );
        plan.together(events);
        sync.sync_nodes(&missing, doomed, plan);
    }

    /// A pod that has ended is deleted so that a new one can come, a failed one only after a
    /// while.
    fn ended(&mut self, sync: &Sync<'_>, node: &Value, pod: &Value, plan: &mut Plan) -> End {
        let place = format!("{}/{} on node {}", pod.namespace(), pod.name(), node.name());
        match pod.text("status.phase") {
            "Succeeded" => {
                let message = format!("Found succeeded daemon pod {place}, will try to delete it");
                let event = Action::event(sync.set, "Normal", "SucceededDaemonPod", message);
                End::Over(Box::new(event))
            }
            "Failed" => {
                let generation = sync.set.int("status.observedGeneration");
                let key = (sync.set.uid().to_owned(), generation, node.name().to_owned());
                let now = sync.world.now;
                let delay = match self.failed.get(&key) {
                    Some((at, delay)) if between(*at, now) < *delay => {
                        plan.again_in(*delay);
                        return End::Waits;
                    }
                    Some((_, delay)) => (*delay * 2).min(LONGEST_BACKOFF),
                    None => FIRST_BACKOFF,
                };
                self.failed.insert(key, (now, delay));
                let message = format!("Found failed daemon pod {place}, will try to kill it");
                End::Over(Box::new(Action::event(sync.set, "Warning", "FailedDaemonPod", message)))
            }
            _ => End::Runs,
        }
    }
}

/// Of several pods on a node one stays; while one is replaced with surge, the old one stays until
/// the new one is available.
fn surplus<'a>(
    sync: &Sync<'a>,
    mut running: Vec<&'a Arc<Value>>,
    (run, node): (bool, &Value),
    missing: &mut Vec<String>,
    doomed: &mut Vec<&'a Arc<Value>>,
) {
    oldest_first(&mut running);
    if sync.surge(1) <= 0 {
        doomed.extend(running.into_iter().skip(1));
        return;
    }
    if running.is_empty() && run {
        missing.push(node.name().to_owned());
    }
    if running.len() <= 1 {
        return;
    }
    let (mut new, mut old) = (None, None);
    for pod in running {
        let place = if pod.label(HASH_LABEL) == Some(&sync.hash) { &mut new } else { &mut old };
        if place.is_none() {
            *place = Some(pod);
        } else {
            doomed.push(pod);
        }
    }
    if let (Some(new), Some(old)) = (new, old)
        && (!is_ready(old) || sync.is_available(new))
    {
        doomed.push(old);
    }
}

/// Daemons stay on nodes in trouble (`AddOrUpdateDaemonPodTolerations`).
fn tolerate(spec: &mut Value) {
    let mut all = vec![
        ("not-ready", "NoExecute"),
        ("unreachable", "NoExecute"),
        ("disk-pressure", "NoSchedule"),
        ("memory-pressure", "NoSchedule"),
        ("pid-pressure", "NoSchedule"),
        ("unschedulable", "NoSchedule"),
    ];
    if spec.flag("hostNetwork") {
        all.push(("network-unavailable", "NoSchedule"));
    }
    let mut tolerations = spec.list("tolerations").to_vec();
    for (name, effect) in all {
        let key = format!("node.kubernetes.io/{name}");
        let new = json!({"key": key, "operator": "Exists", "effect": effect});
        let same = |old: &Value| {
            ["key", "effect", "operator", "value"]
                .iter()
                .all(|field| old.text(field) == new.text(field))
        };
        match tolerations.iter_mut().find(|old| same(old)) {
            Some(old) => *old = new,
            None => tolerations.push(new),
        }
    }
    spec["tolerations"] = tolerations.into();
}
