//! Counts ended pods: first their uids go into the status, then their finalizers go, and then the
//! counts grow. No pod is lost and none is counted twice, wherever this breaks off.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::{Value, json};

use super::{End, FINALIZER, MAX_UNCOUNTED, Sync, policy, remove_finalizer};
use crate::kind::JOBS;
use crate::object::{Read, time_text};
use crate::plan::{Action, Plan};

impl<'a> Sync<'a> {
    pub(super) fn track(&mut self, plan: &mut Plan) {
        self.count_freed();
        let (freed, full) = self.gather();
        self.write_indexes();
        self.status["active"] = self.active_count.into();
        self.status["ready"] = self.ready.into();
        self.status["terminating"] = self.terminating.into();
        let done = self.conclude(freed.is_empty() && !full);
        self.write_uncounted();
        normalize(&mut self.status);
        if self.status != *self.job.at("status") {
            plan.then(Action::status(JOBS, self.job, self.status.clone()));
        }
        plan.together(freed.iter().map(|pod| remove_finalizer(pod)).collect());
        if let Some(end) = done {
            self.announce(&end, plan);
        }
    }

    /// Pods whose finalizer is off move from the lists into the counts.
    fn count_freed(&mut self) {
        let held: BTreeSet<&str> = self
            .pods
            .iter()
            .filter(|pod| pod.has_finalizer(FINALIZER))
            .map(|pod| pod.uid())
            .collect();
        for (uncounted, field) in
            [(&mut self.uncounted_succeeded, "succeeded"), (&mut self.uncounted_failed, "failed")]
        {
            let before = uncounted.len();
            uncounted.retain(|uid| held.contains(uid.as_str()));
            let freed = (before - uncounted.len()) as i64;
            self.status[field] = (self.status.int(field) + freed).into();
        }
    }

    /// The pods to set free, noted as uncounted; and whether the lists are full.
    fn gather(&mut self) -> (Vec<&'a Arc<Value>>, bool) {
        let mut freed = Vec::new();
        let mut new_indexes = BTreeSet::new();
        let failed_as_whole = self.end.as_ref().is_some_and(|end| end.kind != "SuccessCriteriaMet");
        let mut pods = self.pods.clone();
        if self.is_indexed() {
            pods.sort_by_key(|pod| self.index_of(pod));
        }
        for pod in pods.into_iter().filter(|pod| pod.has_finalizer(FINALIZER)) {
            let failed = self.is_failed(pod);
            if !self.may_free(pod, failed) {
                continue;
            }
            freed.push(pod);
            let uid = pod.uid();
            let succeeded =
                pod.text("status.phase") == "Succeeded" && !self.uncounted_failed.contains(uid);
            if succeeded && self.is_indexed() {
                new_indexes.extend(self.index_of(pod).filter(|at| !self.old_indexes.has(*at)));
            } else if succeeded {
                self.uncounted_succeeded.insert(uid.into());
            } else if (failed || failed_as_whole)
                && (!self.is_indexed() || self.index_of(pod).is_some())
                && policy::judge(self.job.at("spec.podFailurePolicy"), pod).counts
            {
                self.uncounted_failed.insert(uid.into());
            }
            let listed = self.uncounted_succeeded.len() + self.uncounted_failed.len();
            if listed + new_indexes.len() >= MAX_UNCOUNTED {
                self.succeeded_indexes = self.old_indexes.with(new_indexes.into_iter());
                return (freed, true);
            }
        }
        self.succeeded_indexes = self.old_indexes.with(new_indexes.into_iter());
        (freed, false)
    }

    fn may_free(&self, pod: &Value, failed: bool) -> bool {
        if self.job.is_terminating()
            || self.end.is_some()
            || pod.text("status.phase") == "Succeeded"
        {
            return true;
        }
        let waits = self.index_of(pod).and_then(|index| self.delayed.get(&index));
        failed && waits.is_none_or(|delayed| delayed.uid() != pod.uid())
    }

    fn write_indexes(&mut self) {
        if !self.is_indexed() {
            return;
        }
        self.status["succeeded"] = self.succeeded_indexes.total().into();
        self.status["completedIndexes"] = self.succeeded_indexes.to_string().into();
        if let Some(failed) = &self.failed_indexes {
            self.status["failedIndexes"] = failed.to_string().into();
        }
    }

    fn write_uncounted(&mut self) {
        let mut lists = json!({});
        for (field, uids) in
            [("succeeded", &self.uncounted_succeeded), ("failed", &self.uncounted_failed)]
        {
            if !uids.is_empty() {
                lists[field] = json!(uids);
            }
        }
        self.status["uncountedTerminatedPods"] = lists;
    }

    /// Notes why the job ends, and its end once everything is counted and gone.
    fn conclude(&mut self, counted: bool) -> Option<End> {
        let mut end = self.end.clone()?;
        let mut conditions = self.status.list("conditions").to_vec();
        let announced = matches!(end.kind, "FailureTarget" | "SuccessCriteriaMet")
            && !conditions
                .iter()
                .any(|held| held.text("type") == end.kind && held.text("status") == "True");
        if announced {
            conditions.push(end.condition(end.kind, self.world.now));
        }
        end.kind = if end.kind == "SuccessCriteriaMet" { "Complete" } else { "Failed" };
        let finished = counted
            && self.uncounted_succeeded.is_empty()
            && self.uncounted_failed.is_empty()
            && self.terminating == 0;
        if finished {
            conditions.push(end.condition(end.kind, self.world.now));
            if end.kind == "Complete" {
                self.status["completionTime"] = time_text(self.world.now).into();
            }
        }
        self.status["conditions"] = conditions.into();
        finished.then_some(end)
    }

    fn announce(&self, end: &End, plan: &mut Plan) {
        if end.kind != "Complete" {
            let (about, message) = (crate::object::reference(self.job), end.message.clone());
            let reason = FAILURE_REASONS.iter().find(|reason| **reason == end.reason);
            let reason = reason.copied().unwrap_or("Failed");
            plan.then(Action::Event { about, kind: "Warning", reason, message });
            return;
        }
        if self.completions().is_some_and(|all| self.status.int("succeeded") > all) {
            let message = "Too many succeeded pods running after completion count reached";
            plan.then(Action::event(self.job, "Warning", "TooManySucceededPods", message));
        }
        plan.then(Action::event(self.job, "Normal", "Completed", "Job completed"));
    }
}

const FAILURE_REASONS: &[&str] = &[
    "BackoffLimitExceeded",
    "DeadlineExceeded",
    "FailedIndexes",
    "MaxFailedIndexesExceeded",
    "PodFailurePolicy",
];

/// Zero counts and empty texts are not there in Go's encoding.
fn normalize(status: &mut Value) {
    if let Some(fields) = status.as_object_mut() {
        fields.retain(|field, value| match field.as_str() {
            "active" | "succeeded" | "failed" => *value != 0,
            "completedIndexes" => value != "",
            "conditions" => value.as_array().is_some_and(|list| !list.is_empty()),
            _ => true,
        });
    }
}
