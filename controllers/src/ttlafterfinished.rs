//! `ttl-after-finished-controller`: deletes finished Jobs after `spec.ttlSecondsAfterFinished`
//! (`pkg/controller/ttlafterfinished`).

use jiff::Timestamp;
use serde_json::Value;

use crate::controller::{Controller, Logic, Watch, itself};
use crate::kind::JOBS;
use crate::object::{Read, between, later};
use crate::plan::{Action, Ask, Plan};
use crate::world::{Key, World};

/// The row.
pub const TTL_AFTER_FINISHED: Controller = Controller {
    name: "ttl-after-finished-controller",
    alias: "ttl-after-finished",
    account: "ttl-after-finished-controller",
    component: "ttl-after-finished-controller",
    watches: &[Watch { kind: JOBS, keys: itself }],
    logic: Logic::Reconcile(reconcile),
    ..Controller::BASE
};

/// When a job is due; nothing if it has not finished or may stay.
fn expiry(job: &Value) -> Option<Timestamp> {
    let seconds = job.number("spec.ttlSecondsAfterFinished")?;
    let finished = job.list("status.conditions").iter().find(|condition| {
        matches!(condition.text("type"), "Complete" | "Failed")
            && condition.text("status") == "True"
    })?;
    Some(later(finished.time("lastTransitionTime")?, seconds))
}

fn reconcile(world: &World<'_>, key: &Key) -> Plan {
    let Some(job) = world.tables.of("jobs").get(key) else { return Plan::nothing() };
    let Some(at) = expiry(job).filter(|_| !job.is_terminating()) else { return Plan::nothing() };
    let wait = |at: Timestamp| {
        let mut plan = Plan::nothing();
        plan.again_in(between(world.now, at));
        plan
    };
    if at > world.now {
        return wait(at);
    }
    // The time to live may have been changed a moment ago: only the live object counts.
    let ask = Ask::Get(format!("/apis/batch/v1/namespaces/{}/jobs/{}", key.namespace, key.name));
    let fresh = match world.answer(&ask) {
        None => return Plan::ask(vec![ask]),
        Some(Err(failure)) if failure.is_not_found() => return Plan::nothing(),
        Some(Err(failure)) => return Plan::fail(failure.message.clone()),
        Some(Ok(fresh)) => fresh,
    };
    match expiry(fresh).filter(|_| !fresh.is_terminating()) {
        None => Plan::nothing(),
        Some(at) if at > world.now => wait(at),
        Some(_) => Action::Delete {
            kind: JOBS,
            key: key.clone(),
            uid: fresh.uid().into(),
            version: fresh.version().into(),
            propagation: Some("Foreground"),
            grace: None,
            announce: None,
        }
        .into(),
    }
}
