//! Carries out what the cycle decides: informers in, bindings, conditions and events out.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use k8s_openapi::api::core::v1::{Node, Pod};
use pintle_client::events::SeriesRecorder;
use pintle_client::watch::Selection;
use pintle_client::{Client, Clock, Error, Informer, PatchType, Resource, seconds_time};
use serde_json::{Value, json};
use tokio::sync::Notify;
use tokio::time::Instant;
use tracing::{debug, error, info};

use crate::cluster::Cluster;
use crate::cycle::{Unschedulable, place};
use crate::node::{PodInfo, key};
use crate::plugin::Change;
use crate::plugins::PLUGINS;
use crate::queue::{Backoff, Item, Moment, Queue};

const PODS: Resource = Resource::namespaced("", "v1", "Pod", "pods");
const NODES: Resource = Resource::cluster("", "v1", "Node", "nodes");
/// Pods that have ended take no room (`scheduler.NewInformerFactory`).
const LIVE_PODS: &str = "status.phase!=Succeeded,status.phase!=Failed";
/// Longest note of an event.
const LONGEST_NOTE: usize = 1024;

/// What a scheduler works with.
#[derive(Clone)]
pub struct Config {
    /// The scheduler's own access.
    pub client: Client,
    /// Wall clock, for conditions.
    pub clock: Arc<dyn Clock>,
    /// Where placements are announced.
    pub recorder: SeriesRecorder,
    /// Pods with this `spec.schedulerName` are placed.
    pub scheduler_name: String,
    /// How long pods wait between attempts.
    pub backoff: Backoff,
}

/// A scheduler of one profile.
pub struct Scheduler {
    config: Config,
    state: Mutex<(Cluster, Queue)>,
    wake: Notify,
    started: Instant,
    pods: Arc<Informer<Pod>>,
    nodes: Arc<Informer<Node>>,
}

impl Scheduler {
    /// A scheduler that has not looked at the cluster yet.
    pub fn new(config: Config) -> Arc<Self> {
        let queue = Queue::new(PLUGINS, config.backoff);
        Arc::new(Self {
            config,
            state: Mutex::new((Cluster::default(), queue)),
            wake: Notify::new(),
            started: Instant::now(),
            pods: Informer::new(),
            nodes: Informer::new(),
        })
    }

    /// Follows the cluster until the runtime ends; placing starts with [`Scheduler::run`].
    pub fn watch(self: &Arc<Self>) {
        let this = Arc::downgrade(self);
        self.pods.on_change(move |old, new| {
            if let Some(this) = this.upgrade() {
                this.pod_changed(old, new);
            }
        });
        let this = Arc::downgrade(self);
        self.nodes.on_change(move |old, new| {
            if let Some(this) = this.upgrade() {
                this.node_changed(old, new);
            }
        });
        let live = Selection { fields: LIVE_PODS.into(), ..Selection::default() };
        self.nodes.start(&self.config.client, NODES, Selection::default());
        self.pods.start(&self.config.client, PODS, live);
    }

    /// Whether the cluster's first state is in.
    pub fn has_synced(&self) -> bool {
        self.nodes.has_synced() && self.pods.has_synced()
    }

    /// Numbers of pods that are active, backing off, waiting for a change, and gated.
    pub fn pending(&self) -> [usize; 4] {
        self.state().1.counts()
    }

    /// Places pods, one after the other, until the task is dropped.
    pub async fn run(self: Arc<Self>) {
        self.nodes.synced().await;
        self.pods.synced().await;
        let mut start = 0;
        loop {
            let (item, next) = {
                let (_, queue) = &mut *self.state();
                let next = queue.tick(self.now());
                (queue.pop(), next)
            };
            match item {
                Some(item) => {
                    start = self.schedule(item, start);
                    tokio::task::yield_now().await;
                }
                None => self.sleep_until(next).await,
            }
        }
    }

    async fn sleep_until(&self, next: Option<Moment>) {
        let next = next.unwrap_or(self.now() + Duration::from_mins(1));
        tokio::select! {
            () = self.wake.notified() => {}
            () = tokio::time::sleep_until(self.started + next) => {}
        }
    }

    /// One cycle: the placement holds from here on, and is made known in a task of its own.
    fn schedule(self: &Arc<Self>, item: Item, start: usize) -> usize {
        let pod = item.pod;
        let mut state = self.state();
        let (cluster, queue) = &mut *state;
        let snapshot = cluster.snapshot();
        match place(&snapshot, &pod, PLUGINS, start, rand::random()) {
            Ok((node, next)) => {
                cluster.assume(pod.clone(), &node);
                drop(state);
                let this = self.clone();
                tokio::spawn(async move { this.bind(pod, node).await });
                next
            }
            Err(reason) => {
                let plugins = waiting_plugins(&reason, snapshot.nodes.is_empty());
                queue.failed(&pod.key(), plugins, self.now());
                drop(state);
                let this = self.clone();
                tokio::spawn(async move {
                    this.report(&pod, "Unschedulable", &reason.message).await;
                });
                start
            }
        }
    }

    async fn bind(self: Arc<Self>, pod: Arc<PodInfo>, node: String) {
        let (namespace, name) = pod.key();
        let binding = json!({
            "apiVersion": "v1", "kind": "Binding",
            "metadata": { "namespace": namespace, "name": name, "uid": pod.uid() },
            "target": { "kind": "Node", "name": node },
        });
        let path = PODS.object(&namespace, &name, "binding");
        let bound = self.config.client.json(http::Method::POST, &path, Some(&binding)).await;
        match bound {
            Ok(_) => {
                self.state().1.done(&pod.key());
                let note = format!("Successfully assigned {namespace}/{name} to {node}");
                info!(pod = %format!("{namespace}/{name}"), %node, "Successfully bound pod to node");
                let kind = ("Normal", "Scheduled", "Binding");
                self.config.recorder.event(&reference(&pod.pod), None, kind, &note);
            }
            Err(error) => self.binding_failed(&pod, &node, &error).await,
        }
    }

    async fn binding_failed(&self, pod: &Arc<PodInfo>, node: &str, reason: &Error) {
        {
            let now = self.now();
            let (cluster, queue) = &mut *self.state();
            if !cluster.forget(pod.uid()) {
                queue.done(&pod.key());
                return;
            }
            if reason.is_not_found() {
                queue.done(&pod.key());
            } else {
                queue.failed(&pod.key(), BTreeSet::new(), now);
            }
            queue.on_change(&Change::PodGone(pod), now);
        }
        self.wake.notify_one();
        if !reason.is_not_found() {
            error!(node, %reason, "Failed to bind pod");
            let message =
                format!("binding rejected: running Bind plugin \"DefaultBinder\": {reason}");
            self.report(pod, "SchedulerError", &message).await;
        }
    }

    /// Says on the pod and in an event why it has no node (`Scheduler.handleSchedulingFailure`).
    async fn report(&self, pod: &PodInfo, reason: &str, message: &str) {
        debug!(?reason, message, "Unable to schedule pod");
        let mut note = message.to_owned();
        if note.len() > LONGEST_NOTE {
            note.truncate(note.floor_char_boundary(LONGEST_NOTE - " ...".len()));
            note.push_str(" ...");
        }
        let kind = ("Warning", "FailedScheduling", "Scheduling");
        self.config.recorder.event(&reference(&pod.pod), None, kind, &note);
        let Some(condition) = self.condition(&pod.pod, reason, message) else { return };
        let patch = json!({
            "metadata": { "uid": pod.uid() },
            "status": { "conditions": [condition] },
        });
        let (namespace, name) = pod.key();
        let place = (namespace.as_str(), name.as_str(), "status");
        let written = self.config.client.patch(&PODS, place, PatchType::Strategic, &patch).await;
        match written {
            Ok(_) => {}
            Err(error) if error.is_not_found() || error.is_conflict() => {}
            Err(error) => error!(%error, "Error updating pod"),
        }
    }

    /// The condition to write, if it says anything new.
    fn condition(&self, pod: &Pod, reason: &str, message: &str) -> Option<Value> {
        let conditions = pod.status.as_ref().and_then(|status| status.conditions.as_ref());
        let old = conditions.into_iter().flatten().find(|c| c.type_ == "PodScheduled");
        if old.is_some_and(|old| {
            old.status == "False"
                && old.reason.as_deref() == Some(reason)
                && old.message.as_deref() == Some(message)
        }) {
            return None;
        }
        let mut condition = json!({
            "type": "PodScheduled", "status": "False", "reason": reason, "message": message,
            "lastProbeTime": null,
        });
        if old.is_none_or(|old| old.status != "False") {
            condition["lastTransitionTime"] = seconds_time(self.config.clock.now()).into();
        }
        if let Some(generation) = pod.metadata.generation {
            condition["observedGeneration"] = generation.into();
        }
        Some(condition)
    }

    fn pod_changed(&self, old: Option<&Arc<Pod>>, new: Option<&Arc<Pod>>) {
        let now = self.now();
        {
            let (cluster, queue) = &mut *self.state();
            let replaced =
                old.zip(new).is_some_and(|(old, new)| old.metadata.uid != new.metadata.uid);
            if let Some(old) = old
                && (new.is_none() || replaced)
            {
                queue.remove(&key(old));
                let gone = cluster.remove_pod(old.metadata.uid.as_deref().unwrap_or_default());
                if let Some(gone) = gone {
                    queue.on_change(&Change::PodGone(&gone), now);
                }
            }
            if let Some(new) = new {
                self.take_pod(cluster, queue, new, now);
            }
        }
        self.wake.notify_one();
    }

    fn take_pod(&self, cluster: &mut Cluster, queue: &mut Queue, pod: &Arc<Pod>, now: Moment) {
        let spec = pod.spec.as_ref();
        let node = spec.and_then(|spec| spec.node_name.as_deref()).unwrap_or_default();
        if !node.is_empty() {
            let info = Arc::new(PodInfo::new(pod.clone()));
            queue.remove(&info.key());
            if let Some(old) = cluster.set_pod(info.clone(), node)
                && old.requests != info.requests
            {
                queue.on_change(&Change::PodShrunk(&info), now);
            }
            return;
        }
        let uid = pod.metadata.uid.as_deref().unwrap_or_default();
        let ours = spec.and_then(|spec| spec.scheduler_name.as_deref());
        if pod.metadata.deletion_timestamp.is_some() {
            queue.remove(&key(pod));
        } else if ours == Some(&self.config.scheduler_name) && !cluster.is_assumed(uid) {
            queue.put(Arc::new(PodInfo::new(pod.clone())), now);
        }
    }

    fn node_changed(&self, old: Option<&Arc<Node>>, new: Option<&Arc<Node>>) {
        let now = self.now();
        {
            let (cluster, queue) = &mut *self.state();
            match (old, new) {
                (_, Some(new)) => match cluster.set_node(new.clone()) {
                    (None, new) => queue.on_change(&Change::NodeAdded(&new), now),
                    (Some(old), new) if matters(&old.node, &new.node) => {
                        queue.on_change(&Change::NodeUpdated { old: &old, new: &new }, now);
                    }
                    _ => {}
                },
                (Some(old), None) => {
                    cluster.remove_node(old.metadata.name.as_deref().unwrap_or_default());
                }
                (None, None) => {}
            }
        }
        self.wake.notify_one();
    }

    fn now(&self) -> Moment {
        self.started.elapsed()
    }

    fn state(&self) -> MutexGuard<'_, (Cluster, Queue)> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A node's heartbeat is no reason to try anything again (`scheduler.preCheckForNode`).
fn matters(old: &Node, new: &Node) -> bool {
    let given = |node: &Node| node.status.as_ref().map(|status| status.allocatable.clone());
    old.spec != new.spec || old.metadata.labels != new.metadata.labels || given(old) != given(new)
}

/// Without nodes every plugin waits for the first one.
fn waiting_plugins(reason: &Unschedulable, no_nodes: bool) -> BTreeSet<&'static str> {
    if no_nodes {
        return PLUGINS.iter().filter(|p| p.filter.is_some()).map(|p| p.name).collect();
    }
    reason.plugins.clone()
}

fn reference(pod: &Pod) -> Value {
    let meta = &pod.metadata;
    json!({
        "kind": "Pod", "apiVersion": "v1", "namespace": meta.namespace, "name": meta.name,
        "uid": meta.uid, "resourceVersion": meta.resource_version,
    })
}
