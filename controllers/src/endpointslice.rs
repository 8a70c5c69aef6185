//! `endpointslice-controller`: which pods stand behind a Service (`k8s.io/endpointslice`).

mod slices;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::controller::{Change, Controller, Keys, Logic, Machine, Watch, itself};
use crate::kind::{ENDPOINTSLICES, NODES, PODS, SERVICES};
use crate::object::{Read, condition, has_labels};
use crate::plan::{Action, Plan};
use crate::pods::{is_finished, is_ready};
use crate::world::{Key, World};

const NAME: &str = "endpointslice-controller.k8s.io";
const SERVICE_NAME: &str = "kubernetes.io/service-name";
const MANAGED_BY: &str = "endpointslice.kubernetes.io/managed-by";
const HEADLESS: &str = "service.kubernetes.io/headless";
const TRIGGER_TIME: &str = "endpoints.kubernetes.io/last-change-trigger-time";

/// The row.
pub const ENDPOINTSLICE: Controller = Controller {
    name: "endpointslice-controller",
    alias: "endpointslice",
    account: "endpointslice-controller",
    component: "endpoint-slice-controller",
    watches: &[
        Watch { kind: SERVICES, keys: itself },
        Watch { kind: PODS, keys: pods },
        Watch { kind: ENDPOINTSLICES, keys: slices },
        Watch { kind: NODES, keys: |_, _| {} },
    ],
    logic: Logic::Machine(|| Box::new(Slicer::default())),
    max_retries: 15,
    backoff: (Duration::from_secs(1), Duration::from_secs(1000)),
    ..Controller::BASE
};

/// Services that a pod belongs to, before or after a change that matters to them.
fn pods(change: &Change<'_>, keys: &mut Keys) {
    if let (Some(old), Some(new)) = (change.old, change.new) {
        let relevant = |pod: &Value| {
            json!([
                pod.at("metadata.labels"),
                pod.at("status.podIPs"),
                pod.at("spec.nodeName"),
                is_ready(pod),
                is_finished(pod),
                pod.is_terminating()
            ])
        };
        if relevant(old) == relevant(new) {
            return;
        }
    }
    for service in change.tables.of("services").in_namespace(change.object().namespace()) {
        let selector = service.entries("spec.selector");
        let selects = |pod: &&Arc<Value>| selector.is_some() && has_labels(pod, selector);
        if change.old.filter(selects).or(change.new.filter(selects)).is_some() {
            keys.add(Key::of(service));
        }
    }
}

/// A slice that someone else changed is put right after a moment.
fn slices(change: &Change<'_>, keys: &mut Keys) {
    for slice in change.old.into_iter().chain(change.new) {
        if slice.label(MANAGED_BY) == Some(NAME)
            && let Some(service) = slice.label(SERVICE_NAME)
        {
            keys.add_after(Key::new(slice.namespace(), service), Duration::from_secs(1));
        }
    }
}

#[derive(Default)]
struct Slicer {
    /// By service: the newest trigger times seen, of the service and of its pods.
    seen: BTreeMap<Key, (Option<Timestamp>, BTreeMap<String, Timestamp>)>,
}

impl Machine for Slicer {
    fn reconcile(&mut self, world: &World<'_>, key: &Key) -> Plan {
        let Some(service) = world.tables.of("services").get(key) else {
            self.seen.remove(key);
            return Plan::nothing();
        };
        let Some(selector) = service.entries("spec.selector") else { return Plan::nothing() };
        if service.text("spec.type") == "ExternalName" {
            return Plan::nothing();
        }
        let pods: Vec<&Arc<Value>> = world
            .of("pods")
            .in_namespace(&key.namespace)
            .filter(|pod| has_labels(pod, Some(selector)))
            .collect();
        let trigger = self.trigger_time(key, service, &pods);
        slices::plan(world, service, &pods, trigger)
    }
}

impl Slicer {
    /// The earliest of the changes that were not seen before
    /// (`TriggerTimeTracker.ComputeEndpointLastChangeTriggerTime`).
    fn trigger_time(
        &mut self,
        key: &Key,
        service: &Value,
        pods: &[&Arc<Value>],
    ) -> Option<Timestamp> {
        let (seen_service, seen_pods) = self.seen.entry(key.clone()).or_default();
        let mut times = Vec::new();
        let mut now_seen = BTreeMap::new();
        for pod in pods {
            let at = condition(pod, "Ready").and_then(|ready| ready.time("lastTransitionTime"));
            let Some(at) = at else { continue };
            if seen_pods.get(pod.name()).is_none_or(|seen| at > *seen) {
                times.push(at);
            }
            now_seen.insert(pod.name().to_owned(), at);
        }
        let created = service.created();
        if created > *seen_service {
            times.extend(created);
        }
        *seen_service = created;
        *seen_pods = now_seen;
        times.into_iter().min()
    }
}

fn failed(plan: &mut Plan, service: &Value, error: String) {
    let message = format!(
        "Error updating Endpoint Slices for Service {}/{}: {error}",
        service.namespace(),
        service.name()
    );
    plan.then(Action::event(service, "Warning", "FailedToUpdateEndpointSlices", message));
    plan.error = Some(error);
}
