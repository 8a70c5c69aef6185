//! What controllers want to know of pods (`pkg/api/v1/pod`, `pkg/controller`).

use std::cmp::Ordering;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;

use crate::object::{Read, between, condition, is_true, later};

/// Whether a pod is neither finished nor going away.
pub(crate) fn is_active(pod: &Value) -> bool {
    !is_finished(pod) && !pod.is_terminating()
}

/// Whether a pod has run to its end.
pub(crate) fn is_finished(pod: &Value) -> bool {
    matches!(pod.text("status.phase"), "Succeeded" | "Failed")
}

/// Whether a pod is going away but has not ended.
pub(crate) fn is_going(pod: &Value) -> bool {
    !is_finished(pod) && pod.is_terminating()
}

/// Whether its `Ready` condition holds.
pub(crate) fn is_ready(pod: &Value) -> bool {
    is_true(pod, "Ready")
}

/// Since when it is ready.
pub(crate) fn ready_since(pod: &Value) -> Option<Timestamp> {
    condition(pod, "Ready").filter(|_| is_ready(pod))?.time("lastTransitionTime")
}

/// Whether it has been ready for long enough.
pub(crate) fn is_available(pod: &Value, min_ready_seconds: i64, now: Timestamp) -> bool {
    is_ready(pod)
        && (min_ready_seconds == 0
            || ready_since(pod).is_some_and(|since| later(since, min_ready_seconds) <= now))
}

/// When the next of these pods becomes available.
pub(crate) fn next_available<'a>(
    pods: impl Iterator<Item = &'a Value>,
    min_ready_seconds: i64,
    now: Timestamp,
) -> Option<Duration> {
    pods.filter_map(|pod| {
        let at = later(ready_since(pod)?, min_ready_seconds);
        (at > now).then(|| between(now, at))
    })
    .min()
}

fn phase_rank(pod: &Value) -> u8 {
    match pod.text("status.phase") {
        "Unknown" => 1,
        "Running" => 2,
        _ => 0,
    }
}

fn deletion_cost(pod: &Value) -> i64 {
    let cost = pod.annotation("controller.kubernetes.io/pod-deletion-cost");
    // A value with a sign or a leading zero is none (helper.GetDeletionCostFromPodAnnotations).
    cost.filter(|text| !text.starts_with('+') && (*text == "0" || !text.starts_with('0')))
        .and_then(|text| text.parse::<i32>().ok())
        .map_or(0, i64::from)
}

fn restarts(pod: &Value) -> (i64, i64) {
    let most = |list: &str, keep: &dyn Fn(&Value) -> bool| {
        let statuses = pod.list(list).iter().filter(|status| keep(status));
        statuses.map(|status| status.int("restartCount")).max().unwrap_or(0)
    };
    let is_sidecar = |status: &Value| {
        pod.list("spec.initContainers").iter().any(|container| {
            container.text("restartPolicy") == "Always"
                && container.text("name") == status.text("name")
        })
    };
    (most("status.containerStatuses", &|_| true), most("status.initContainerStatuses", &is_sidecar))
}

/// The order in which pods are deleted: the first goes first (`ActivePodsWithRanks`). `ranks`
/// counts how many related pods share the node.
pub(crate) fn deletion_order(a: (&Value, usize), b: (&Value, usize), now: Timestamp) -> Ordering {
    let ((a, rank_a), (b, rank_b)) = (a, b);
    let assigned = |pod: &Value| !pod.text("spec.nodeName").is_empty();
    let both_ready = is_ready(a) && is_ready(b);
    assigned(a)
        .cmp(&assigned(b))
        .then_with(|| phase_rank(a).cmp(&phase_rank(b)))
        .then_with(|| is_ready(a).cmp(&is_ready(b)))
        .then_with(|| deletion_cost(a).cmp(&deletion_cost(b)))
        .then_with(|| rank_b.cmp(&rank_a))
        .then_with(|| {
            if both_ready {
                younger(ready_since(a), ready_since(b), a, b, now)
            } else {
                Ordering::Equal
            }
        })
        .then_with(|| restarts(b).cmp(&restarts(a)))
        .then_with(|| younger(a.created(), b.created(), a, b, now))
}

/// Younger first, where times of the same magnitude count as equal and the uid decides.
fn younger(
    a: Option<Timestamp>,
    b: Option<Timestamp>,
    pod_a: &Value,
    pod_b: &Value,
    now: Timestamp,
) -> Ordering {
    if a == b {
        return Ordering::Equal;
    }
    let (Some(a), Some(b)) = (a, b) else {
        return if a.is_none() { Ordering::Less } else { Ordering::Greater };
    };
    let magnitude = |time: Timestamp| {
        let nanos = now.as_nanosecond() - time.as_nanosecond();
        if nanos > 0 { i64::from(nanos.ilog2()) } else { -1 }
    };
    magnitude(a).cmp(&magnitude(b)).then_with(|| pod_a.uid().cmp(pod_b.uid()))
}
