//! Takes a key, has its row decide, and has the decision carried out.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError};

use pintle_controllers::controller::Logic;
use pintle_controllers::plan::{Ask, Failure};
use pintle_controllers::{Key, Plan, World};
use serde_json::Value;
use tracing::{debug, error};

use crate::execute;
use crate::runtime::{Running, Shared};

/// A decision that has asked this often is asking in circles.
const ROUNDS: usize = 16;

type Answers = BTreeMap<Ask, Result<Value, Failure>>;

/// Works off a queue for ever.
pub(crate) async fn run(running: Arc<Running>, shared: Arc<Shared>) {
    loop {
        let key = running.queue.next().await;
        let open = running.barrier.is_open(&key, &shared.read());
        if open {
            sync(&running, &shared, &key).await;
        } else if running.barrier.is_open(&key, &shared.read()) {
            // The caches moved on between the first look and the parking.
            running.queue.add(key.clone());
        }
        running.queue.done(&key);
    }
}

async fn sync(running: &Running, shared: &Shared, key: &Key) {
    let plan = decide(running, shared, key, None).await;
    let mut outcome = execute::carry_out(running, key, &plan).await;
    if let Err(failure) = &outcome
        && running.row.sees_failure
        && failure.reason != "Conflict"
    {
        let plan = decide(running, shared, key, Some(failure)).await;
        // The first failure is the one that counts.
        if let Err(second) = execute::carry_out(running, key, &plan).await {
            debug!(%key, error = %second.message, "could not record a failure");
        }
    }
    if let (Ok(()), Some(error)) = (&outcome, &plan.error) {
        outcome = Err(Failure { message: error.clone(), ..Failure::default() });
    }
    match outcome {
        Ok(()) => running.queue.forget(key),
        Err(failure) => {
            let controller = running.row.name;
            if failure.reason == "Conflict" {
                debug!(controller, %key, error = %failure.message, "sync failed, trying again");
            } else {
                error!(controller, %key, error = %failure.message, "sync failed");
            }
            let limit = running.row.max_retries;
            if limit > 0 && running.queue.failures(key) >= limit {
                error!(controller, %key, "dropping key out of the queue");
                running.queue.forget(key);
            } else {
                running.queue.add_failed(key.clone());
            }
        }
    }
    for other in &plan.also {
        running.queue.add(other.clone());
    }
    if let Some(delay) = plan.requeue {
        running.queue.add_after(key.clone(), delay);
    }
}

/// Asks the row until it asks nothing more itself.
async fn decide(running: &Running, shared: &Shared, key: &Key, failure: Option<&Failure>) -> Plan {
    let mut answers = Answers::new();
    for _ in 0..ROUNDS {
        let plan = reconcile(running, shared, key, failure, &answers);
        if plan.asks.is_empty() {
            return plan;
        }
        let asks = plan.asks.iter().filter(|ask| !answers.contains_key(ask));
        let new = futures::future::join_all(
            asks.map(|ask| async move { (ask.clone(), execute::answer(running, ask).await) }),
        );
        answers.extend(new.await);
    }
    Plan::fail("the controller keeps asking")
}

fn reconcile(
    running: &Running,
    shared: &Shared,
    key: &Key,
    failure: Option<&Failure>,
    answers: &Answers,
) -> Plan {
    let tables = shared.read();
    let world = World {
        tables: &tables,
        now: shared.clock.now(),
        settings: &shared.settings,
        failure,
        answers,
        retries: running.queue.failures(key),
    };
    match (running.row.logic, &running.machine) {
        (Logic::Reconcile(reconcile), _) => reconcile(&world, key),
        (Logic::Machine(_), Some(machine)) => {
            machine.lock().unwrap_or_else(PoisonError::into_inner).reconcile(&world, key)
        }
        (Logic::Machine(_), None) => Plan::nothing(),
    }
}
