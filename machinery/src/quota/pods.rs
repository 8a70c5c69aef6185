//! Pods: their number, and what they ask for while they run.

use std::collections::{BTreeMap, BTreeSet};

use super::one;
use crate::Value;
use crate::path::ValueExt;
use crate::resources::{self, List, REQUESTS, is_extended, is_native};
use crate::time::Time;

/// The number of all pods, whatever their state.
const COUNT: &str = "count/pods";

/// Extended resources that classes of devices stand for.
pub(super) const DEVICE_CLASS: &str = "deviceclass.resource.kubernetes.io/";

const OWN: &[&str] = &[
    COUNT,
    "cpu",
    "memory",
    "ephemeral-storage",
    "requests.cpu",
    "requests.memory",
    "requests.ephemeral-storage",
    "limits.cpu",
    "limits.memory",
    "limits.ephemeral-storage",
    "pods",
];

/// What every container must name if a quota limits it; upstream has no more of these.
const NAMED: &[&str] =
    &["cpu", "memory", "requests.cpu", "requests.memory", "limits.cpu", "limits.memory"];

pub(super) fn measures(name: &str) -> bool {
    OWN.contains(&name)
        || name.starts_with("hugepages-")
        || name.starts_with("requests.hugepages-")
        || is_extended_for_quota(name)
}

/// `isExtendedResourceNameForQuota`.
pub(super) fn is_extended_for_quota(name: &str) -> bool {
    let request = name.strip_prefix(REQUESTS);
    request.is_some_and(|own| !is_native(name) || own.starts_with(DEVICE_CLASS))
}

/// `PodUsageFunc`.
pub(super) fn usage(pod: &Value, now_seconds: i64) -> List {
    let mut usage = List::default();
    if counts(pod, now_seconds) {
        usage = compute(&resources::pod_requests(pod), &resources::pod_limits(pod));
    }
    usage.set(COUNT, one());
    usage
}

/// Names of requests and limits as quotas have them (`podComputeUsageHelper`).
fn compute(requests: &List, limits: &List) -> List {
    let mut usage = List::default();
    usage.set("pods", one());
    for name in ["cpu", "memory", "ephemeral-storage"] {
        if let Some(amount) = requests.get(name) {
            usage.set(name, amount.clone());
            usage.set(format!("{REQUESTS}{name}"), amount.clone());
        }
        if let Some(amount) = limits.get(name) {
            usage.set(format!("limits.{name}"), amount.clone());
        }
    }
    for (name, amount) in requests.iter() {
        let huge = name.starts_with("hugepages-");
        if huge {
            usage.set(name, amount.clone());
        }
        if huge || is_extended(name) || name.starts_with(DEVICE_CLASS) {
            usage.set(format!("{REQUESTS}{name}"), amount.clone());
        }
    }
    usage
}

/// A pod that has ended, or should have by now, uses nothing (`QuotaV1Pod`).
pub fn counts(pod: &Value, now_seconds: i64) -> bool {
    if matches!(pod.str_at(&["status", "phase"]), Some("Failed" | "Succeeded")) {
        return false;
    }
    let deleted = pod.str_at(&["metadata", "deletionTimestamp"]);
    let deleted = deleted.and_then(|time| Time::parse(time).ok());
    let grace = pod.i64_at(&["metadata", "deletionGracePeriodSeconds"]);
    !matches!((deleted, grace), (Some(at), Some(grace)) if now_seconds > at.seconds + grace)
}

/// The pod may run for so long only (`IsTerminating`).
pub fn is_terminating(pod: &Value) -> bool {
    pod.i64_at(&["spec", "activeDeadlineSeconds"]).is_some_and(|seconds| seconds >= 0)
}

/// Which containers lack what a quota limits.
pub(super) fn lacks(required: &[&str], pod: &Value) -> Option<String> {
    if resources::has_own_resources(pod) {
        return None;
    }
    let required: BTreeSet<&str> =
        required.iter().copied().filter(|name| NAMED.contains(name)).collect();
    let mut missing: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for list in ["containers", "initContainers"] {
        for container in pod.list_at(&["spec", list]) {
            let of = |which| List::at(container, &["resources", which]);
            let there = compute(&of("requests"), &of("limits"));
            for name in required.iter().filter(|name| there.get(name).is_none()) {
                let names = missing.entry(name).or_default();
                names.insert(container.str_at(&["name"]).unwrap_or_default());
            }
        }
    }
    if missing.is_empty() {
        return None;
    }
    let list = |names: BTreeSet<&str>| names.into_iter().collect::<Vec<_>>().join(",");
    let missing = missing.into_iter().map(|(name, of)| format!("{name} for: {}", list(of)));
    Some(format!("must specify {}", missing.collect::<Vec<_>>().join("; ")))
}
