//! What happens to the pods of a fake node: pure.

use std::collections::BTreeMap;

use jiff::Timestamp;
use k8s_openapi::api::core::v1::{Container, Pod, PodSpec};
use pintle_client::seconds_time;
use serde_json::{Value, json};

/// What to do about a pod.
#[derive(Debug, PartialEq)]
pub(super) enum Reaction {
    /// Write this status.
    SetStatus(Value),
    /// The pod has stopped: delete it for good.
    Remove,
}

/// What a state of a pod calls for: start what is new, end what belongs to a Job, stop what is
/// being deleted.
pub(super) fn react(pod: &Pod, host: &str, address: &str, now: Timestamp) -> Option<Reaction> {
    if pod.metadata.deletion_timestamp.is_some() {
        return Some(Reaction::Remove);
    }
    let phase = pod.status.as_ref().and_then(|status| status.phase.as_deref());
    let job = pod.metadata.owner_references.iter().flatten().any(|owner| owner.kind == "Job");
    match phase.unwrap_or("Pending") {
        "Pending" => Some(Reaction::SetStatus(status(pod, (host, address), "Running", now))),
        "Running" if job => {
            Some(Reaction::SetStatus(status(pod, (host, address), "Succeeded", now)))
        }
        _ => None,
    }
}

fn status(pod: &Pod, (host, address): (&str, &str), phase: &str, now: Timestamp) -> Value {
    let time = seconds_time(now);
    let old = pod.status.as_ref();
    let started = old.and_then(|status| status.start_time.as_ref()).map_or_else(
        || json!(time),
        |started| serde_json::to_value(started).unwrap_or_else(|_| json!(time)),
    );
    let running = phase == "Running";
    let generation = pod.metadata.generation;
    let condition = |kind: &str, holds: bool| {
        let mut condition = json!({
            "type": kind, "status": if holds { "True" } else { "False" },
            "lastTransitionTime": time, "observedGeneration": generation,
        });
        if !holds {
            condition["reason"] = "PodCompleted".into();
        }
        condition
    };
    let spec = pod.spec.clone().unwrap_or_default();
    let state = |container: &Container| container_status(container, running, &started, &time);
    let init = |container: &Container| {
        let sidecar = container.restart_policy.as_deref() == Some("Always");
        container_status(container, running && sidecar, &started, &time)
    };
    json!({
        "phase": phase, "startTime": started, "observedGeneration": generation,
        "hostIP": host, "hostIPs": [{ "ip": host }],
        "podIP": pod_address(&spec, host, address),
        "podIPs": [{ "ip": pod_address(&spec, host, address) }],
        "conditions": [
            condition("PodReadyToStartContainers", running), condition("Initialized", true),
            condition("Ready", running), condition("ContainersReady", running),
        ],
        "containerStatuses": spec.containers.iter().map(state).collect::<Vec<_>>(),
        "initContainerStatuses":
            spec.init_containers.iter().flatten().map(init).collect::<Vec<_>>(),
    })
}

fn pod_address<'a>(spec: &PodSpec, host: &'a str, address: &'a str) -> &'a str {
    if spec.host_network == Some(true) { host } else { address }
}

fn container_status(container: &Container, running: bool, started: &Value, now: &str) -> Value {
    let state = if running {
        json!({ "running": { "startedAt": started } })
    } else {
        let ended = json!({
            "exitCode": 0, "reason": "Completed", "startedAt": started, "finishedAt": now,
        });
        json!({ "terminated": ended })
    };
    json!({
        "name": container.name, "image": container.image, "imageID": "", "restartCount": 0,
        "ready": running, "started": running, "state": state,
    })
}

/// Ranges kept for documentation (RFC 5737): no host anywhere has such an address.
const RANGES: [&str; 3] = ["192.0.2", "198.51.100", "203.0.113"];
/// Addresses of one range that a host could have.
const HOSTS: u32 = 254;

/// Addresses of a node's pods: each pod keeps its own for as long as it is known. With many pods an
/// address is given more than once; nothing listens there anyway.
pub(super) struct Addresses {
    next: u32,
    given: BTreeMap<String, String>,
}

impl Addresses {
    /// None given yet.
    pub(super) fn new(node: u32) -> Self {
        Self { next: node * 110, given: BTreeMap::new() }
    }

    /// The pod's address: the one it has, or the next one.
    pub(super) fn of(&mut self, pod: &Pod) -> String {
        let uid = pod.metadata.uid.clone().unwrap_or_default();
        let known = pod.status.as_ref().and_then(|status| status.pod_ip.clone());
        if pod.metadata.deletion_timestamp.is_some() {
            let given = self.given.remove(&uid);
            return known.or(given).unwrap_or_default();
        }
        let next = &mut self.next;
        let address = self.given.entry(uid).or_insert_with(|| {
            known.unwrap_or_else(|| {
                let (range, host) = (*next / HOSTS % RANGES.len() as u32, *next % HOSTS + 1);
                *next += 1;
                format!("{}.{host}", RANGES[range as usize])
            })
        });
        address.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pod(change: impl FnOnce(&mut Value)) -> Pod {
        let mut pod = json!({
            "metadata": { "name": "p", "uid": "u" },
            "spec": { "containers": [{ "name": "c", "image": "i" }] },
        });
        change(&mut pod);
        serde_json::from_value(pod).unwrap()
    }

    #[track_caller]
    fn check(pod: &Pod, then: Option<&str>) {
        let phase = match react(pod, "127.1.0.1", "192.0.2.2", Timestamp::UNIX_EPOCH) {
            Some(Reaction::SetStatus(status)) => status["phase"].as_str().map(str::to_owned),
            Some(Reaction::Remove) => Some("gone".to_owned()),
            None => None,
        };
        assert_eq!(phase.as_deref(), then);
    }

    #[test]
    fn pods_start_run_and_go() {
        check(&pod(|_| ()), Some("Running"));
        check(&pod(|pod| pod["status"] = json!({ "phase": "Running" })), None);
        let deleted = json!("2026-01-01T00:00:00Z");
        check(&pod(|pod| pod["metadata"]["deletionTimestamp"] = deleted), Some("gone"));
    }

    #[test]
    fn pods_of_jobs_come_to_an_end() {
        let owner = json!([{ "apiVersion": "batch/v1", "kind": "Job", "name": "j", "uid": "j" }]);
        let of_job = |phase: &str| {
            pod(|pod| {
                pod["metadata"]["ownerReferences"] = owner.clone();
                pod["status"] = json!({ "phase": phase });
            })
        };
        check(&of_job("Pending"), Some("Running"));
        check(&of_job("Running"), Some("Succeeded"));
        check(&of_job("Succeeded"), None);
    }

    #[test]
    fn a_pod_keeps_its_address() {
        let mut addresses = Addresses::new(1);
        let first = addresses.of(&pod(|_| ()));
        assert_eq!(addresses.of(&pod(|_| ())), first);
        assert_ne!(addresses.of(&pod(|pod| pod["metadata"]["uid"] = json!("v"))), first);
    }
}
