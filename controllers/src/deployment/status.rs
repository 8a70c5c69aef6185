//! A Deployment's status and conditions, and when a rollout counts as stuck.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};

use super::{Sync, Wait};
use crate::object::{Read, between, condition, later, time_text};

fn sum<'a>(sets: impl IntoIterator<Item = &'a Arc<Value>>, field: &str) -> i64 {
    sets.into_iter().map(|set| set.int(field)).sum()
}

/// `SetDeploymentCondition`: a condition whose status and reason are there already stays.
fn put(status: &mut Value, mut new: Value) {
    let mut conditions = status.list("conditions").to_vec();
    if let Some(at) = conditions.iter().position(|old| old.text("type") == new.text("type")) {
        let old = &conditions[at];
        if old.text("status") == new.text("status") {
            if old.text("reason") == new.text("reason") {
                return;
            }
            new["lastTransitionTime"] = old.at("lastTransitionTime").clone();
        }
        conditions.remove(at);
    }
    conditions.push(new);
    status["conditions"] = conditions.into();
}

fn remove(status: &mut Value, kind: &str) {
    let mut conditions = status.list("conditions").to_vec();
    conditions.retain(|condition| condition.text("type") != kind);
    if let Some(fields) = status.as_object_mut() {
        if conditions.is_empty() {
            fields.remove("conditions");
        } else {
            fields.insert("conditions".into(), conditions.into());
        }
    }
}

fn find<'a>(status: &'a Value, kind: &str) -> Option<&'a Value> {
    status.list("conditions").iter().find(|condition| condition.text("type") == kind)
}

impl Sync<'_> {
    pub(super) fn find_condition(&self, kind: &str) -> Option<&Value> {
        condition(&self.deployment, kind)
    }

    fn new_condition(&self, kind: &str, status: &str, reason: &str, message: &str) -> Value {
        let now = time_text(self.world.now);
        json!({
            "type": kind, "status": status, "reason": reason, "message": message,
            "lastUpdateTime": now, "lastTransitionTime": now,
        })
    }

    /// Sets a condition in the Deployment's own status.
    pub(super) fn condition(&mut self, kind: &str, status: &str, reason: &str, message: &str) {
        let new = self.new_condition(kind, status, reason, message);
        let mut whole = self.deployment.at("status").clone();
        if whole.is_null() {
            whole = json!({});
        }
        put(&mut whole, new);
        self.deployment["status"] = whole;
    }

    /// Pausing and resuming stop and restart the deadline's clock.
    pub(super) fn check_paused(&mut self) -> Result<(), Wait> {
        if self.deadline().is_none() {
            return Ok(());
        }
        let reason = self.find_condition("Progressing").map_or("", |it| it.text("reason"));
        if reason == "ProgressDeadlineExceeded" {
            return Ok(());
        }
        match (self.deployment.flag("spec.paused"), reason == "DeploymentPaused") {
            (true, false) => {
                self.condition(
                    "Progressing",
                    "Unknown",
                    "DeploymentPaused",
                    "Deployment is paused",
                );
            }
            (false, true) => self.condition(
                "Progressing",
                "Unknown",
                "DeploymentResumed",
                "Deployment is resumed",
            ),
            _ => return Ok(()),
        }
        self.write_status();
        Err(Wait)
    }

    fn calculate(&self, old: &[Arc<Value>], new: Option<&Arc<Value>>) -> Value {
        let all = || old.iter().chain(new);
        let available = sum(all(), "status.availableReplicas");
        let unavailable = (sum(all(), "spec.replicas") - available).max(0);
        let counts = [
            ("observedGeneration", self.deployment.generation()),
            ("replicas", sum(all(), "status.replicas")),
            ("updatedReplicas", sum(new, "status.replicas")),
            ("readyReplicas", sum(all(), "status.readyReplicas")),
            ("availableReplicas", available),
            ("unavailableReplicas", unavailable),
        ];
        let mut status = json!({});
        for (field, count) in counts.into_iter().filter(|(_, count)| *count != 0) {
            status[field] = count.into();
        }
        if let Some(going) = terminating(all()) {
            status["terminatingReplicas"] = going.into();
        }
        for field in ["collisionCount", "conditions"] {
            let value = self.deployment.at("status").at(field);
            if !value.is_null() {
                status[field] = value.clone();
            }
        }
        let enough = available >= self.replicas() - self.max_unavailable();
        put(
            &mut status,
            if enough {
                self.new_condition(
                    "Available",
                    "True",
                    "MinimumReplicasAvailable",
                    "Deployment has minimum availability.",
                )
            } else {
                self.new_condition(
                    "Available",
                    "False",
                    "MinimumReplicasUnavailable",
                    "Deployment does not have minimum availability.",
                )
            },
        );
        status
    }

    /// The status without a judgement of progress.
    pub(super) fn sync_status(&mut self, old: &[Arc<Value>], new: Option<&Arc<Value>>) {
        let status = self.calculate(old, new);
        self.write_if_changed(status);
    }

    fn write_if_changed(&mut self, status: Value) -> bool {
        if *self.deployment.at("status") == status {
            return false;
        }
        self.deployment["status"] = status;
        self.write_status();
        true
    }

    pub(super) fn is_complete(&self, status: &Value) -> bool {
        let wanted = self.replicas();
        status.int("updatedReplicas") == wanted
            && status.int("replicas") == wanted
            && status.int("availableReplicas") == wanted
            && status.int("observedGeneration") >= self.deployment.generation()
    }

    fn has_progressed(&self, status: &Value) -> bool {
        let before = self.deployment.at("status");
        let old = |status: &Value| status.int("replicas") - status.int("updatedReplicas");
        status.int("updatedReplicas") > before.int("updatedReplicas")
            || old(status) < old(before)
            || status.int("readyReplicas") > before.int("readyReplicas")
            || status.int("availableReplicas") > before.int("availableReplicas")
    }

    fn has_timed_out(&self, status: &Value) -> bool {
        let (Some(deadline), Some(condition)) = (self.deadline(), find(status, "Progressing"))
        else {
            return false;
        };
        match condition.text("reason") {
            "NewReplicaSetAvailable" => false,
            "ProgressDeadlineExceeded" => true,
            _ => condition
                .time("lastUpdateTime")
                .is_some_and(|from| later(from, deadline) < self.world.now),
        }
    }

    /// The status with a judgement of progress, which is looked at again when the deadline is
    /// due.
    pub(super) fn sync_rollout_status(&mut self, old: &[Arc<Value>], new: Option<&Arc<Value>>) {
        let mut status = self.calculate(old, new);
        if self.deadline().is_none() {
            remove(&mut status, "Progressing");
        } else {
            self.judge(&mut status, new);
        }
        let failure = new.into_iter().chain(old).find_map(|set| condition(set, "ReplicaFailure"));
        match failure {
            Some(failure) => {
                let mut failure = failure.clone();
                failure["lastUpdateTime"] = failure.at("lastTransitionTime").clone();
                put(&mut status, failure);
            }
            None => remove(&mut status, "ReplicaFailure"),
        }
        if !self.write_if_changed(status) {
            self.look_again_when_due();
        }
    }

    fn judge(&self, status: &mut Value, new: Option<&Arc<Value>>) {
        let present = self.find_condition("Progressing");
        let available = present.is_some_and(|it| it.text("reason") == "NewReplicaSetAvailable");
        if status.int("replicas") == status.int("updatedReplicas") && available {
            return;
        }
        let subject = match new {
            Some(set) => format!("ReplicaSet \"{}\"", set.name()),
            None => format!("Deployment \"{}\"", self.deployment.name()),
        };
        let condition = |status: &str, reason: &str, what: &str| {
            self.new_condition("Progressing", status, reason, &format!("{subject} {what}"))
        };
        if self.is_complete(status) {
            put(
                status,
                condition("True", "NewReplicaSetAvailable", "has successfully progressed."),
            );
        } else if self.has_progressed(status) {
            let mut progressing = condition("True", "ReplicaSetUpdated", "is progressing.");
            if let Some(present) = present {
                if present.text("status") == "True" {
                    progressing["lastTransitionTime"] = present.at("lastTransitionTime").clone();
                }
                remove(status, "Progressing");
            }
            put(status, progressing);
        } else if self.has_timed_out(status) {
            put(
                status,
                condition("False", "ProgressDeadlineExceeded", "has timed out progressing."),
            );
        }
    }

    fn look_again_when_due(&mut self) {
        let (Some(deadline), Some(condition)) =
            (self.deadline(), self.find_condition("Progressing"))
        else {
            return;
        };
        if self.is_complete(self.deployment.at("status"))
            || condition.text("reason") == "ProgressDeadlineExceeded"
        {
            return;
        }
        if let Some(from) = condition.time("lastUpdateTime") {
            let left = between(self.world.now, later(from, deadline));
            self.plan.again_in(left + Duration::from_secs(1));
        }
    }
}

/// Unknown as long as one set's controller does not report it.
fn terminating<'a>(sets: impl Iterator<Item = &'a Arc<Value>>) -> Option<i64> {
    let mut total = 0;
    for set in sets {
        match set.number("status.terminatingReplicas") {
            Some(count) => total += count,
            None if set.int("status.observedGeneration") == 0 => {}
            None => return None,
        }
    }
    Some(total)
}
