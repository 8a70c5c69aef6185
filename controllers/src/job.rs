//! `job-controller`: runs pods to completion and counts each exactly once (`pkg/controller/job`).

mod backoff;
mod indexes;
mod pods;
mod policy;
mod status;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::claim::Claim;
use crate::controller::{Change, Controller, Keys, Logic, Machine, Watch, owners};
use crate::kind::{JOBS, PODS};
use crate::object::{Read, between, later, selects, time_text};
use crate::plan::{Action, Form, Plan, delete_pod};
use crate::pods::{is_active, is_going, is_ready};
use crate::world::{Key, World};
use indexes::Indexes;

const FINALIZER: &str = "batch.kubernetes.io/job-tracking";
const INDEX: &str = "batch.kubernetes.io/job-completion-index";
const OWN_NAME: &str = "kubernetes.io/job-controller";
/// Changes of pods are gathered for a moment.
const BATCH: Duration = Duration::from_secs(1);
const MAX_UNCOUNTED: usize = 500;
/// Before a pod's name in a key: the pod, not a job, is to be looked at.
const POD: char = ':';

/// The row.
pub const JOB: Controller = Controller {
    name: "job-controller",
    alias: "job",
    account: "job-controller",
    component: "job-controller",
    watches: &[Watch { kind: JOBS, keys: jobs }, Watch { kind: PODS, keys: pods_changed }],
    logic: Logic::Machine(|| Box::new(Runner::default())),
    backoff: (Duration::from_secs(1), Duration::from_mins(1)),
    sees_failure: true,
    ..Controller::BASE
};

fn jobs(change: &Change<'_>, keys: &mut Keys) {
    let job = change.object();
    keys.add(Key::of(job));
    if change.new.is_none_or(|job| is_finished(job)) {
        for pod in change.tables.of("pods").controlled(job.namespace(), job.uid()) {
            orphan_key(pod, keys);
        }
    }
}

fn orphan_key(pod: &Value, keys: &mut Keys) {
    if pod.has_finalizer(FINALIZER) {
        keys.add(Key::new(pod.namespace(), &format!("{POD}{}", pod.name())));
    }
}

fn pods_changed(change: &Change<'_>, keys: &mut Keys) {
    let mut found = Keys::default();
    owners(change, JOBS, &mut found);
    let found = found.into_inner();
    if found.is_empty()
        && let Some(pod) = change.new
    {
        orphan_key(pod, keys);
    }
    for (key, _) in found {
        if change.tables.of("jobs").get(&key).is_some_and(|job| is_finished(job)) {
            orphan_key(change.object(), keys);
        }
        keys.add_after(key, BATCH);
    }
}

fn is_finished(job: &Value) -> bool {
    ["Complete", "Failed"].iter().any(|kind| crate::object::is_true(job, kind))
}

fn is_foreign(job: &Value) -> bool {
    let manager = job.text("spec.managedBy");
    !manager.is_empty() && manager != OWN_NAME
}

fn remove_finalizer(pod: &Value) -> Action {
    Action::Patch {
        kind: PODS,
        key: Key::of(pod),
        subresource: "",
        form: Form::Strategic,
        body: json!({"metadata": {"$deleteFromPrimitiveList/finalizers": [FINALIZER]}}),
    }
}

#[derive(Default)]
struct Runner {
    backoff: BTreeMap<Key, backoff::Record>,
}

impl Machine for Runner {
    fn reconcile(&mut self, world: &World<'_>, key: &Key) -> Plan {
        if let Some(name) = key.name.strip_prefix(POD) {
            return free_orphan(world, &key.namespace, name);
        }
        let job = world.tables.of("jobs").get(key);
        let Some(job) = job.filter(|job| !is_finished(job) && !is_foreign(job)) else {
            self.backoff.remove(key);
            return Plan::nothing();
        };
        let mut plan = Plan::nothing();
        let mut sync = Sync::new(world, job, &mut plan);
        let record = self.backoff.entry(key.clone()).or_default();
        sync.run(record, &mut plan);
        plan
    }
}

/// A pod whose job is gone or finished needs no counting any more.
fn free_orphan(world: &World<'_>, namespace: &str, name: &str) -> Plan {
    let Some(pod) = world.get("pods", namespace, name) else { return Plan::nothing() };
    if !pod.has_finalizer(FINALIZER) {
        return Plan::nothing();
    }
    if let Some(owner) = pod.controller() {
        if owner.text("kind") != "Job" || owner.text("apiVersion") != "batch/v1" {
            return Plan::nothing();
        }
        let job = world.get("jobs", namespace, owner.text("name"));
        let job = job.filter(|job| job.uid() == owner.text("uid"));
        if job.is_some_and(|job| is_foreign(job) || !is_finished(job)) {
            return Plan::nothing();
        }
    }
    remove_finalizer(pod).into()
}

/// A condition that ends the job.
#[derive(Clone, Debug)]
struct End {
    kind: &'static str,
    reason: String,
    message: String,
}

impl End {
    fn failure(reason: &str, message: impl Into<String>) -> Self {
        Self { kind: "FailureTarget", reason: reason.into(), message: message.into() }
    }

    fn success(reason: &str, message: impl Into<String>) -> Self {
        Self { kind: "SuccessCriteriaMet", reason: reason.into(), message: message.into() }
    }

    fn condition(&self, kind: &str, now: Timestamp) -> Value {
        let now = time_text(now);
        json!({
            "type": kind, "status": "True", "reason": self.reason, "message": self.message,
            "lastProbeTime": now, "lastTransitionTime": now,
        })
    }
}

/// One look at a job.
struct Sync<'a> {
    world: &'a World<'a>,
    job: &'a Arc<Value>,
    status: Value,
    pods: Vec<&'a Arc<Value>>,
    active: Vec<&'a Arc<Value>>,
    active_count: i64,
    ready: i64,
    terminating: i64,
    uncounted_succeeded: BTreeSet<String>,
    uncounted_failed: BTreeSet<String>,
    succeeded: i64,
    failed: i64,
    end: Option<End>,
    old_indexes: Indexes,
    succeeded_indexes: Indexes,
    failed_indexes: Option<Indexes>,
    /// With a limit per index: the failed pod that stays until its index has a new one.
    delayed: BTreeMap<i64, &'a Arc<Value>>,
}

fn uids(status: &Value, field: &str) -> BTreeSet<String> {
    let list = status.at("uncountedTerminatedPods").list(field);
    list.iter().filter_map(|uid| uid.as_str().map(str::to_owned)).collect()
}

impl<'a> Sync<'a> {
    fn new(world: &'a World<'a>, job: &'a Arc<Value>, plan: &mut Plan) -> Self {
        let selector = job.at("spec.selector");
        let claim = Claim { owner: job, owner_kind: JOBS, kind: PODS, finalizer: FINALIZER };
        let claimed = claim.over(
            world.of("pods"),
            |_| true,
            |pod| selects(selector, pod.entries("metadata.labels")),
        );
        plan.together(claimed.actions);
        let pods = claimed.objects;
        let active: Vec<&Arc<Value>> = pods.iter().copied().filter(|pod| is_active(pod)).collect();
        let mut status = job.at("status").clone();
        if !status.is_object() {
            status = json!({});
        }
        Self {
            active_count: active.len() as i64,
            ready: active.iter().filter(|pod| is_ready(pod)).count() as i64,
            terminating: pods.iter().filter(|pod| is_going(pod)).count() as i64,
            uncounted_succeeded: uids(&status, "succeeded"),
            uncounted_failed: uids(&status, "failed"),
            world,
            job,
            status,
            pods,
            active,
            succeeded: 0,
            failed: 0,
            end: None,
            old_indexes: Indexes::default(),
            succeeded_indexes: Indexes::default(),
            failed_indexes: None,
            delayed: BTreeMap::new(),
        }
    }

    fn completions(&self) -> Option<i64> {
        self.job.number("spec.completions")
    }

    fn is_indexed(&self) -> bool {
        self.job.text("spec.completionMode") == "Indexed"
    }

    fn limits_indexes(&self) -> bool {
        self.job.has("spec.backoffLimitPerIndex")
    }

    fn is_suspended(&self) -> bool {
        self.job.flag("spec.suspend")
    }

    fn replaces_only_failed(&self) -> bool {
        self.job.text("spec.podReplacementPolicy") == "Failed"
    }

    fn index_of(&self, pod: &Value) -> Option<i64> {
        let index: i64 = pod.annotation(INDEX)?.parse().ok()?;
        (index >= 0 && self.completions().is_none_or(|all| index < all)).then_some(index)
    }

    fn is_failed(&self, pod: &Value) -> bool {
        pod.text("status.phase") == "Failed"
            || (!self.replaces_only_failed()
                && pod.is_terminating()
                && pod.text("status.phase") != "Succeeded")
    }

    /// Pods that ended and are in no count yet.
    fn new_ended(&self, failed: bool) -> Vec<&'a Arc<Value>> {
        let counted = if failed { &self.uncounted_failed } else { &self.uncounted_succeeded };
        self.pods
            .iter()
            .copied()
            .filter(|pod| {
                pod.has_finalizer(FINALIZER)
                    && !counted.contains(pod.uid())
                    && (!self.is_indexed() || self.index_of(pod).is_some())
                    && if failed {
                        self.is_failed(pod)
                    } else {
                        pod.text("status.phase") == "Succeeded"
                    }
            })
            .collect()
    }

    fn run(&mut self, record: &mut backoff::Record, plan: &mut Plan) {
        let new_succeeded = self.new_ended(false);
        let new_failed = self.new_ended(true);
        let policy = self.job.at("spec.podFailurePolicy");
        let counting = new_failed.iter().filter(|pod| policy::judge(policy, pod).counts).count();
        self.succeeded = self.status.int("succeeded")
            + (new_succeeded.len() + self.uncounted_succeeded.len()) as i64;
        self.failed = self.status.int("failed") + (counting + self.uncounted_failed.len()) as i64;
        if !self.status.has("startTime") && !self.is_suspended() {
            self.status["startTime"] = time_text(self.world.now).into();
        }
        let next = record.after(&new_succeeded, &new_failed);
        self.judge(plan);
        if self.is_indexed() {
            self.judge_indexes();
        }
        let creation_failed = self.world.failure.is_some();
        if self.end.is_some() {
            if !creation_failed {
                self.stop(plan);
            }
        } else {
            if !creation_failed && !self.job.is_terminating() {
                self.manage(&next, plan);
            }
            self.complete();
            if self.end.is_none() && !creation_failed && !self.job.is_terminating() {
                self.suspend_or_resume(plan);
            }
        }
        self.track(plan);
        if !new_succeeded.is_empty() || !new_failed.is_empty() {
            *record = next;
        }
    }

    /// Whether the job has failed as a whole, or has been found to have ended before.
    fn judge(&mut self, plan: &mut Plan) {
        let held = |kind: &str| {
            let conditions = self.status.list("conditions");
            conditions.iter().find(|c| c.text("type") == kind && c.text("status") == "True")
        };
        let from = |kind: &'static str, condition: &Value| End {
            kind,
            reason: condition.text("reason").into(),
            message: condition.text("message").into(),
        };
        if let Some(met) = held("SuccessCriteriaMet") {
            self.end = Some(from("SuccessCriteriaMet", met));
            return;
        }
        if let Some(target) = held("FailureTarget") {
            self.end = Some(from("Failed", target));
            return;
        }
        let policy = self.job.at("spec.podFailurePolicy");
        let mut failed = self.pods.iter().filter(|pod| self.is_failed(pod));
        if let Some(message) = failed.find_map(|pod| policy::judge(policy, pod).fails_job) {
            self.end = Some(End::failure("PodFailurePolicy", message));
            return;
        }
        let limit = self.job.int("spec.backoffLimit");
        if self.failed > limit || self.past_restarts(limit) {
            let message = "Job has reached the specified backoff limit";
            self.end = Some(End::failure("BackoffLimitExceeded", message));
            return;
        }
        let deadline = self.job.number("spec.activeDeadlineSeconds");
        if let Some(seconds) = deadline.filter(|_| !self.is_suspended())
            && let Some(start) = self.status.time("startTime")
        {
            let due = later(start, seconds);
            if due <= self.world.now {
                let message = "Job was active longer than specified deadline";
                self.end = Some(End::failure("DeadlineExceeded", message));
            } else {
                plan.again_in(between(self.world.now, due));
            }
        }
    }

    fn past_restarts(&self, limit: i64) -> bool {
        if self.job.text("spec.template.spec.restartPolicy") != "OnFailure" {
            return false;
        }
        let running = self
            .pods
            .iter()
            .filter(|pod| matches!(pod.text("status.phase"), "Running" | "Pending"));
        let restarts: i64 = running
            .flat_map(|pod| {
                let inits = pod.list("status.initContainerStatuses").iter();
                inits.chain(pod.list("status.containerStatuses"))
            })
            .map(|status| status.int("restartCount"))
            .sum();
        if limit == 0 { restarts > 0 } else { restarts >= limit }
    }

    fn judge_indexes(&mut self) {
        let all = self.completions().unwrap_or(0);
        self.old_indexes = Indexes::parse(self.status.text("completedIndexes"), all);
        let ended = self.pods.iter().filter(|pod| pod.has_finalizer(FINALIZER));
        let succeeded = ended
            .clone()
            .filter(|pod| pod.text("status.phase") == "Succeeded")
            .filter_map(|pod| self.index_of(pod));
        self.succeeded_indexes = self.old_indexes.with(succeeded);
        self.succeeded = self.succeeded_indexes.total();
        if self.limits_indexes() {
            let failed = ended.filter(|pod| self.is_index_failed(pod));
            let failed = failed.filter_map(|pod| self.index_of(pod));
            let failed = Indexes::parse(self.status.text("failedIndexes"), all).with(failed);
            let count = failed.total();
            let most = self.job.number("spec.maxFailedIndexes");
            if self.end.is_none() && most.is_some_and(|most| count > most) {
                let message = "Job has exceeded the specified maximal number of failed indexes";
                self.end = Some(End::failure("MaxFailedIndexesExceeded", message));
            } else if self.end.is_none() && count > 0 && count + self.succeeded >= all {
                self.end = Some(End::failure("FailedIndexes", "Job has failed indexes"));
            }
            self.failed_indexes = Some(failed);
            self.delayed = self.delayed_pods();
        }
        if self.end.is_none() {
            let policy = self.job.at("spec.successPolicy");
            if let Some(message) = indexes::success(policy, all, &self.succeeded_indexes) {
                self.end = Some(End::success("SuccessPolicy", message));
            }
        }
    }

    fn is_index_failed(&self, pod: &Value) -> bool {
        if !self.is_failed(pod) {
            return false;
        }
        let verdict = policy::judge(self.job.at("spec.podFailurePolicy"), pod);
        verdict.fails_index
            || verdict.counts
                && backoff::index_failures(pod) >= self.job.int("spec.backoffLimitPerIndex")
    }

    /// Of each index without an active pod, the failed one with the most failures.
    fn delayed_pods(&self) -> BTreeMap<i64, &'a Arc<Value>> {
        let mut delayed: BTreeMap<i64, &'a Arc<Value>> = BTreeMap::new();
        let failed = self.failed_indexes.as_ref();
        for pod in &self.pods {
            let Some(index) = self.index_of(pod) else { continue };
            let ended = self.is_failed(pod) && pod.has_finalizer(FINALIZER);
            let settled =
                self.succeeded_indexes.has(index) || failed.is_some_and(|failed| failed.has(index));
            if !ended || settled {
                continue;
            }
            let failures = |pod: &Value| (backoff::all_index_failures(pod), backoff::ended(pod));
            if delayed.get(&index).is_none_or(|other| failures(pod) > failures(other)) {
                delayed.insert(index, pod);
            }
        }
        for pod in &self.active {
            if let Some(index) = self.index_of(pod) {
                let replaced = delayed.get(&index).is_some_and(|failed| {
                    backoff::all_index_failures(pod) > backoff::all_index_failures(failed)
                });
                if replaced {
                    delayed.remove(&index);
                }
            }
        }
        delayed
    }

    /// The job has ended: what still runs is stopped.
    fn stop(&mut self, plan: &mut Plan) {
        let deletions: Vec<Action> =
            self.active.iter().map(|pod| delete_pod(pod, self.job)).collect();
        plan.together(deletions);
        self.terminating += self.active_count;
        self.active_count = 0;
        self.ready = 0;
    }

    fn complete(&mut self) {
        let complete = self.active_count == 0
            && match self.completions() {
                None => self.succeeded > 0,
                Some(all) => self.succeeded >= all,
            };
        if complete {
            let message = "Reached expected number of succeeded pods";
            self.end = Some(End::success("CompletionsReached", message));
        }
    }
}
