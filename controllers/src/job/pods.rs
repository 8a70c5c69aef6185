//! Makes and removes a job's pods, and suspends and resumes it.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};

use super::{FINALIZER, INDEX, Sync, backoff, indexes, policy, remove_finalizer};
use crate::kind::{JOBS, PODS};
use crate::object::{Read, set_entry, time_text};
use crate::plan::{Action, Plan, announce_pod_creation, delete_pod, pod_from_template};
use crate::pods::{deletion_order, is_ready};

/// The most pods that one sync creates or deletes.
const BURST: usize = 500;

impl<'a> Sync<'a> {
    /// Brings the number of active pods to what is wanted.
    pub(super) fn manage(&mut self, record: &backoff::Record, plan: &mut Plan) {
        let active = self.active.len();
        if self.is_suspended() {
            let victims = self.victims(active);
            return self.remove(&victims, plan);
        }
        let parallelism = self.job.int("spec.parallelism");
        let wanted = match self.completions() {
            None if self.succeeded > 0 => self.active_count,
            None => parallelism,
            Some(all) => (all - self.succeeded).min(parallelism).max(0),
        };
        let surplus = usize::try_from(self.active_count - wanted).unwrap_or(0);
        let mut victims = self.victims(surplus);
        victims.truncate(BURST);
        if !victims.is_empty() {
            return self.remove(&victims, plan);
        }
        let held = if self.replaces_only_failed() { self.terminating } else { 0 };
        let missing = usize::try_from(wanted - held - self.active_count).unwrap_or(0);
        if missing > 0 {
            self.add(missing.min(BURST), record, plan);
        }
    }

    fn add(&mut self, count: usize, record: &backoff::Record, plan: &mut Plan) {
        if !self.limits_indexes() {
            let wait = record.remaining(self.world.now);
            if !wait.is_zero() {
                return plan.again_in(wait);
            }
        }
        let mut pods = Vec::new();
        if self.is_indexed() {
            let mut indexes = self.pending_indexes(count);
            if self.limits_indexes() {
                match self.due_indexes(&indexes) {
                    Ok(due) => indexes = due,
                    Err(wait) => return plan.again_in(wait),
                }
            }
            pods.extend(indexes.into_iter().map(|index| self.new_pod(Some(index))));
        } else {
            pods = vec![self.new_pod(None); count];
        }
        self.active_count += pods.len() as i64;
        plan.slow_start(
            pods.into_iter()
                .map(|object| Action::Create {
                    kind: PODS,
                    object,
                    announce: Some(announce_pod_creation(self.job)),
                    may_exist: false,
                })
                .collect(),
        );
    }

    fn pending_indexes(&self, count: usize) -> Vec<i64> {
        let mut taken: BTreeSet<i64> =
            self.active.iter().filter_map(|pod| self.index_of(pod)).collect();
        if self.replaces_only_failed() {
            let going = self.pods.iter().filter(|pod| crate::pods::is_going(pod));
            taken.extend(going.filter_map(|pod| self.index_of(pod)));
        }
        let mut sets = vec![&self.succeeded_indexes];
        sets.extend(&self.failed_indexes);
        indexes::free(self.completions().unwrap_or(0), count, &taken, &sets)
    }

    fn due_indexes(&self, indexes: &[i64]) -> Result<Vec<i64>, Duration> {
        let wait = |index: &i64| {
            let failed = self.delayed.get(index);
            failed.map_or(Duration::ZERO, |pod| backoff::index_remaining(pod, self.world.now))
        };
        let due: Vec<i64> = indexes.iter().filter(|index| wait(index).is_zero()).copied().collect();
        if !due.is_empty() {
            return Ok(due);
        }
        indexes.iter().map(wait).min().map_or(Ok(due), Err)
    }

    fn new_pod(&self, index: Option<i64>) -> Value {
        let mut pod = pod_from_template(self.job.at("spec.template"), self.job, JOBS);
        let mut finalizers = pod.list("metadata.finalizers").to_vec();
        if !finalizers.iter().any(|held| held == FINALIZER) {
            finalizers.push(FINALIZER.into());
        }
        pod["metadata"]["finalizers"] = finalizers.into();
        let Some(index) = index else { return pod };
        let number = index.to_string();
        set_entry(&mut pod, "metadata.annotations", INDEX, number.as_str());
        set_entry(&mut pod, "metadata.labels", INDEX, number.as_str());
        pod["spec"]["hostname"] = format!("{}-{index}", self.job.name()).into();
        // The random part has five letters, and a pod's name must stay a valid host name.
        let suffix = format!("-{index}-");
        let room = 63 - 5 - suffix.len();
        let name = self.job.name();
        pod["metadata"]["generateName"] =
            format!("{}{suffix}", name.get(..room).unwrap_or(name)).into();
        for list in ["initContainers", "containers"] {
            let path = pod["spec"].get_mut(list).and_then(Value::as_array_mut);
            for container in path.into_iter().flatten() {
                add_index_variable(container);
            }
        }
        if self.limits_indexes() {
            self.count_failures(&mut pod, index);
        }
        pod
    }

    /// The new pod of an index carries on the count of its failures.
    fn count_failures(&self, pod: &mut Value, index: i64) {
        let (mut counted, mut ignored) = (0, 0);
        if let Some(failed) = self.delayed.get(&index) {
            counted = backoff::index_failures(failed);
            ignored = backoff::index_ignored(failed);
            if policy::judge(self.job.at("spec.podFailurePolicy"), failed).counts {
                counted += 1;
            } else {
                ignored += 1;
            }
        }
        let path = "metadata.annotations";
        set_entry(pod, path, backoff::INDEX_FAILURES, counted.to_string());
        if ignored > 0 {
            set_entry(pod, path, backoff::INDEX_IGNORED, ignored.to_string());
        }
    }

    /// Which active pods go first: of an index that has several all but one, then the youngest.
    fn victims(&self, at_least: usize) -> Vec<&'a Arc<Value>> {
        let now = self.world.now;
        let mut sorted = self.active.clone();
        sorted.sort_by(|a, b| deletion_order((a, 0), (b, 0), now));
        if !self.is_indexed() {
            sorted.truncate(at_least);
            return sorted;
        }
        let mut seen = BTreeSet::new();
        let (mut first, mut rest) = (Vec::new(), Vec::new());
        for pod in sorted.iter().rev() {
            match self.index_of(pod) {
                Some(index) if seen.insert(index) => rest.push(*pod),
                _ => first.push(*pod),
            }
        }
        rest.reverse();
        rest.truncate(at_least.saturating_sub(first.len()));
        first.extend(rest);
        first
    }

    /// Deletes pods that are not to be counted.
    fn remove(&mut self, victims: &[&'a Arc<Value>], plan: &mut Plan) {
        let tracked = victims.iter().filter(|pod| pod.has_finalizer(FINALIZER));
        plan.together(tracked.map(|pod| remove_finalizer(pod)).collect());
        plan.together(victims.iter().map(|pod| delete_pod(pod, self.job)).collect());
        let count = victims.len() as i64;
        self.active_count -= count;
        self.terminating += count;
        self.ready -= victims.iter().filter(|pod| is_ready(pod)).count() as i64;
    }

    pub(super) fn suspend_or_resume(&mut self, plan: &mut Plan) {
        let now = time_text(self.world.now);
        let (status, word) =
            if self.is_suspended() { ("True", "uspended") } else { ("False", "esumed") };
        let initial = if self.is_suspended() { 's' } else { 'r' };
        let new = json!({
            "type": "Suspended", "status": status,
            "reason": format!("Job{}{word}", initial.to_ascii_uppercase()),
            "message": format!("Job {initial}{word}"),
            "lastProbeTime": now, "lastTransitionTime": now,
        });
        let mut conditions = self.status.list("conditions").to_vec();
        match conditions.iter_mut().find(|old| old.text("type") == "Suspended") {
            Some(old) if old.text("status") == status => return,
            Some(old) => *old = new,
            None if !self.is_suspended() => return,
            None => conditions.push(new),
        }
        self.status["conditions"] = conditions.into();
        let (reason, message) = if self.is_suspended() {
            if let Some(fields) = self.status.as_object_mut() {
                fields.remove("startTime");
            }
            ("Suspended", "Job suspended")
        } else {
            self.status["startTime"] = now.into();
            ("Resumed", "Job resumed")
        };
        plan.then(Action::event(self.job, "Normal", reason, message));
    }
}

fn add_index_variable(container: &mut Value) {
    const NAME: &str = "JOB_COMPLETION_INDEX";
    let mut variables = container.list("env").to_vec();
    if variables.iter().all(|variable| variable.text("name") != NAME) {
        let path = format!("metadata.labels['{INDEX}']");
        variables.push(json!({"name": NAME, "valueFrom": {"fieldRef": {"fieldPath": path}}}));
        container["env"] = variables.into();
    }
}
