//! How long a job waits after failures before it makes new pods.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;

use crate::object::{Read, between, condition, later};

const FIRST: Duration = Duration::from_secs(10);
const LONGEST: Duration = Duration::from_mins(10);
/// How often an index failed before this pod, as counted towards its limit.
pub(super) const INDEX_FAILURES: &str = "batch.kubernetes.io/job-index-failure-count";
/// How often an index failed before this pod without being counted.
pub(super) const INDEX_IGNORED: &str = "batch.kubernetes.io/job-index-ignored-failure-count";

fn number(pod: &Value, annotation: &str) -> i64 {
    let number = pod.annotation(annotation).and_then(|text| text.parse().ok());
    number.filter(|number| *number >= 0).unwrap_or(0)
}

/// Counted failures of the pod's index before it.
pub(super) fn index_failures(pod: &Value) -> i64 {
    number(pod, INDEX_FAILURES)
}

/// Failures of the pod's index before it that did not count.
pub(super) fn index_ignored(pod: &Value) -> i64 {
    number(pod, INDEX_IGNORED)
}

/// All failures of the pod's index before it.
pub(super) fn all_index_failures(pod: &Value) -> i64 {
    index_failures(pod) + index_ignored(pod)
}

/// When a pod ended, as well as can be told (`getFinishedTime`).
pub(super) fn ended(pod: &Value) -> Option<Timestamp> {
    let sidecars = pod.list("spec.initContainers").iter();
    let sidecars: Vec<&str> = sidecars
        .filter(|container| container.text("restartPolicy") == "Always")
        .map(|container| container.text("name"))
        .collect();
    let inits = pod.list("status.initContainerStatuses").iter();
    let inits = inits.filter(|status| sidecars.contains(&status.text("name")));
    let times: Option<Vec<Timestamp>> = pod
        .list("status.containerStatuses")
        .iter()
        .chain(inits)
        .map(|status| status.time("state.terminated.finishedAt"))
        .collect();
    if let Some(last) = times.and_then(|times| times.into_iter().max()) {
        return Some(last);
    }
    let ready = condition(pod, "Ready").filter(|ready| ready.text("status") == "False");
    if let Some(time) = ready.and_then(|ready| ready.time("lastTransitionTime")) {
        return Some(time);
    }
    if let Some(time) = pod.time("metadata.deletionTimestamp") {
        return Some(later(time, -pod.int("metadata.deletionGracePeriodSeconds")));
    }
    pod.created()
}

/// Failures since the last success.
#[derive(Clone, Debug, Default)]
pub(super) struct Record {
    failures: u32,
    last: Option<Timestamp>,
}

impl Record {
    /// The record after these pods ended, too.
    pub(super) fn after(&self, succeeded: &[&Arc<Value>], failed: &[&Arc<Value>]) -> Self {
        let success = succeeded.iter().filter_map(|pod| ended(pod)).max();
        let failures: Vec<Timestamp> = failed
            .iter()
            .filter_map(|pod| ended(pod))
            .filter(|time| success.is_none_or(|success| *time > success))
            .collect();
        let before = if success.is_some() { 0 } else { self.failures };
        Self {
            failures: before + failures.len() as u32,
            last: failures.into_iter().max().or(self.last.filter(|_| success.is_none())),
        }
    }

    /// How long to wait from now on.
    pub(super) fn remaining(&self, now: Timestamp) -> Duration {
        self.last.map_or(Duration::ZERO, |last| remaining(self.failures, last, now))
    }
}

/// How long an index waits after its pod failed.
pub(super) fn index_remaining(pod: &Value, now: Timestamp) -> Duration {
    let failures = u32::try_from(all_index_failures(pod) + 1).unwrap_or(u32::MAX);
    ended(pod).map_or(Duration::ZERO, |last| remaining(failures, last, now))
}

fn remaining(failures: u32, last: Timestamp, now: Timestamp) -> Duration {
    if failures == 0 {
        return Duration::ZERO;
    }
    let factor = 1_u32.checked_shl(failures - 1).unwrap_or(u32::MAX);
    FIRST.saturating_mul(factor).min(LONGEST).saturating_sub(between(last, now))
}
