//! `deployment-controller`: moves ReplicaSets towards a Deployment's template and size
//! (`pkg/controller/deployment`).

mod revision;
mod rollout;
mod status;

use std::sync::Arc;

use serde_json::{Value, json};

use crate::claim::Claim;
use crate::controller::{Change, Controller, Keys, Logic, Watch, itself, owners};
use crate::kind::{DEPLOYMENTS, PODS, REPLICASETS};
use crate::object::{Read, reference, scaled, selects, set_entry};
use crate::plan::{Action, Plan};
use crate::world::{Key, World};

const REVISION: &str = "deployment.kubernetes.io/revision";
const REVISION_HISTORY: &str = "deployment.kubernetes.io/revision-history";
const DESIRED_REPLICAS: &str = "deployment.kubernetes.io/desired-replicas";
const MAX_REPLICAS: &str = "deployment.kubernetes.io/max-replicas";
const ROLLBACK_TO: &str = "deprecated.deployment.rollback.to";
const HASH_LABEL: &str = "pod-template-hash";
const NO_LIMIT: i64 = i32::MAX as i64;

/// The row.
pub const DEPLOYMENT: Controller = Controller {
    name: "deployment-controller",
    alias: "deployment",
    account: "deployment-controller",
    component: "deployment-controller",
    watches: &[
        Watch { kind: DEPLOYMENTS, keys: itself },
        Watch { kind: REPLICASETS, keys: |change, keys| owners(change, DEPLOYMENTS, keys) },
        Watch { kind: PODS, keys: pods },
    ],
    logic: Logic::Reconcile(reconcile),
    max_retries: 15,
    sees_failure: true,
    ..Controller::BASE
};

/// A Recreate rollout waits for old pods to end.
fn pods(change: &Change<'_>, keys: &mut Keys) {
    let pod = change.object();
    if change.new.is_some() && !crate::pods::is_finished(pod) {
        return;
    }
    let Some(owner) = pod.controller().filter(|owner| owner.text("kind") == "ReplicaSet") else {
        return;
    };
    let key = Key::new(pod.namespace(), owner.text("name"));
    let Some(set) = change.tables.of("replicasets").get(&key) else { return };
    let Some(owner) = set.controller().filter(|owner| owner.text("kind") == "Deployment") else {
        return;
    };
    let key = Key::new(pod.namespace(), owner.text("name"));
    let deployment = change.tables.of("deployments").get(&key);
    if deployment.is_some_and(|it| it.text("spec.strategy.type") == "Recreate") {
        keys.add(key);
    }
}

/// One sync: the Deployment as it is being changed, its sets, and the plan so far.
struct Sync<'a> {
    world: &'a World<'a>,
    deployment: Value,
    /// By creation time, then name.
    sets: Vec<Arc<Value>>,
    plan: Plan,
}

/// Writes are planned whose outcome the rest of the sync needs; it goes on when they are seen.
struct Wait;

fn reconcile(world: &World<'_>, key: &Key) -> Plan {
    let Some(cached) = world.tables.of("deployments").get(key) else { return Plan::nothing() };
    if cached.at("spec.selector").as_object().is_some_and(serde_json::Map::is_empty) {
        return selecting_all(cached);
    }
    let selector = cached.at("spec.selector");
    let claim = Claim { owner: cached, owner_kind: DEPLOYMENTS, kind: REPLICASETS, finalizer: "" };
    let claimed = claim.over(
        world.of("replicasets"),
        |_| true,
        |set| selects(selector, set.entries("metadata.labels")),
    );
    let mut sets: Vec<Arc<Value>> = claimed.objects.into_iter().cloned().collect();
    sets.sort_by(|a, b| (a.created(), a.name()).cmp(&(b.created(), b.name())));
    let mut plan = Plan::nothing();
    plan.together(claimed.actions);
    let mut sync = Sync { world, deployment: (**cached).clone(), sets, plan };
    match sync.run() {
        Ok(()) | Err(Wait) => sync.plan,
    }
}

fn selecting_all(deployment: &Value) -> Plan {
    let mut plan = Plan::from(Action::event(
        deployment,
        "Warning",
        "SelectingAll",
        "This deployment is selecting all pods. A non-empty selector is required.",
    ));
    if deployment.int("status.observedGeneration") < deployment.generation() {
        let mut status = deployment.at("status").clone();
        status["observedGeneration"] = deployment.generation().into();
        plan.then(Action::status(DEPLOYMENTS, deployment, status));
    }
    plan
}

impl Sync<'_> {
    fn run(&mut self) -> Result<(), Wait> {
        if let Some(failure) = self.world.failure {
            self.creation_failed(failure);
            return Ok(());
        }
        if self.deployment.is_terminating() {
            let (new, old) = self.sync_revision(false)?;
            self.sync_status(&old, new.as_ref());
            return Ok(());
        }
        self.check_paused()?;
        if self.deployment.flag("spec.paused") {
            return self.sync_scale();
        }
        if let Some(revision) = self.rollback_to() {
            return self.rollback(revision);
        }
        if self.is_scaling()? {
            return self.sync_scale();
        }
        if self.deployment.text("spec.strategy.type") == "Recreate" {
            self.recreate()
        } else {
            self.rolling()
        }
    }

    /// Resizes what is there, without a rollout.
    fn sync_scale(&mut self) -> Result<(), Wait> {
        let (new, mut old) = self.sync_revision(false)?;
        self.scale(new.as_ref(), &mut old);
        if self.deployment.flag("spec.paused") && self.rollback_to().is_none() {
            self.clean_up(&old);
        }
        self.sync_status(&old, new.as_ref());
        Ok(())
    }

    fn is_scaling(&mut self) -> Result<bool, Wait> {
        let (new, old) = self.sync_revision(false)?;
        let wanted = self.replicas();
        Ok(old.iter().chain(&new).filter(|set| set.int("spec.replicas") > 0).any(|set| {
            let desired = set.annotation(DESIRED_REPLICAS).and_then(|text| text.parse().ok());
            desired.is_some_and(|desired: u32| i64::from(desired) != wanted)
        }))
    }

    fn replicas(&self) -> i64 {
        self.deployment.int("spec.replicas")
    }

    fn is_rolling(&self) -> bool {
        self.deployment.text("spec.strategy.type") == "RollingUpdate"
    }

    /// `ResolveFenceposts`: surge and unavailable cannot both be nothing.
    fn fenceposts(&self) -> (i64, i64) {
        let rolling = self.deployment.at("spec.strategy.rollingUpdate");
        let surge = scaled(rolling.at("maxSurge"), self.replicas(), true).unwrap_or(0);
        let unavailable = scaled(rolling.at("maxUnavailable"), self.replicas(), false).unwrap_or(0);
        if surge == 0 && unavailable == 0 { (0, 1) } else { (surge, unavailable) }
    }

    fn max_surge(&self) -> i64 {
        if self.is_rolling() { self.fenceposts().0 } else { 0 }
    }

    fn max_unavailable(&self) -> i64 {
        if !self.is_rolling() || self.replicas() == 0 {
            return 0;
        }
        self.fenceposts().1.min(self.replicas())
    }

    fn deadline(&self) -> Option<i64> {
        let deadline = self.deployment.number("spec.progressDeadlineSeconds");
        deadline.filter(|seconds| *seconds != NO_LIMIT)
    }

    fn write_status(&mut self) {
        self.plan.then(Action::Update {
            kind: DEPLOYMENTS,
            object: self.deployment.clone(),
            subresource: "status",
        });
    }

    fn event(&mut self, kind: &'static str, reason: &'static str, message: String) {
        let about = reference(&self.deployment);
        self.plan.then(Action::Event { about, kind, reason, message });
    }

    /// Gives a set a size (and the annotations that say of which whole it is a part).
    fn resize(&mut self, set: &Value, size: i64, force: bool) -> bool {
        let old = set.int("spec.replicas");
        if !force && old == size {
            return false;
        }
        let mut changed = set.clone();
        let annotated = self.annotate_size(&mut changed);
        if old == size && !annotated {
            return false;
        }
        changed["spec"]["replicas"] = size.into();
        self.plan.then(Action::Update { kind: REPLICASETS, object: changed, subresource: "" });
        if old == size {
            return false;
        }
        let direction = if old < size { "up" } else { "down" };
        let name = set.name();
        let message = format!("Scaled {direction} replica set {name} from {old} to {size}");
        self.event("Normal", "ScalingReplicaSet", message);
        true
    }

    fn annotate_size(&self, set: &mut Value) -> bool {
        let total = self.replicas();
        let mut changed = false;
        for (name, size) in [(DESIRED_REPLICAS, total), (MAX_REPLICAS, total + self.max_surge())] {
            let size = size.to_string();
            if set.annotation(name) != Some(&size) {
                set_entry(set, "metadata.annotations", name, size);
                changed = true;
            }
        }
        changed
    }

    /// Deletes empty old sets beyond `spec.revisionHistoryLimit`, oldest revision first.
    fn clean_up(&mut self, old: &[Arc<Value>]) {
        let limit = self.deployment.number("spec.revisionHistoryLimit");
        let Some(limit) = limit.filter(|limit| *limit != NO_LIMIT) else { return };
        let mut alive: Vec<&Arc<Value>> = old.iter().filter(|set| !set.is_terminating()).collect();
        let surplus = alive.len().saturating_sub(usize::try_from(limit).unwrap_or(0));
        alive.sort_by_key(|set| (revision::of(set), set.created(), set.name().to_owned()));
        let deletions = alive.into_iter().take(surplus).filter(|set| {
            set.int("status.replicas") == 0
                && set.int("spec.replicas") == 0
                && set.generation() <= set.int("status.observedGeneration")
        });
        self.plan.together(deletions.map(|set| Action::delete(REPLICASETS, set)).collect());
    }

    /// What the failed creation of a new set leaves behind in the status.
    fn creation_failed(&mut self, failure: &crate::plan::Failure) {
        if failure.of != "create" {
            return;
        }
        let name = revision::new_name(&self.deployment);
        if failure.reason == "AlreadyExists" {
            let key = Key::new(self.deployment.namespace(), &name);
            // Not seen yet: the retry will find it.
            let Some(found) = self.world.of("replicasets").get(&key) else { return };
            let same = found.is_controlled_by(self.deployment.uid())
                && revision::same_template(found, &self.deployment);
            if !same {
                let collisions = self.deployment.int("status.collisionCount");
                self.deployment["status"]["collisionCount"] = json!(collisions + 1);
                self.write_status();
            }
        } else if self.deadline().is_some() {
            let message =
                format!("Failed to create new replica set \"{name}\": {}", failure.message);
            self.condition("Progressing", "False", "ReplicaSetCreateError", &message);
            self.write_status();
        }
    }
}
