//! Charges writes to the quotas of their namespace, several at a time
//! (`resourcequota.quotaEvaluator`).

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use futures::future::BoxFuture;
use http::Method;
use parking_lot::Mutex;
use pintle_engine::admission::{Charge, Write};
use pintle_engine::{Lookup, Status, Value, meta};

use crate::connect::loopback;
use crate::registry::SYNC_LIMIT;
use crate::rest::Rest;

/// How long a write waits for the quotas.
const PATIENCE: Duration = Duration::from_secs(10);
/// How often quotas that changed meanwhile are looked at again.
const RETRIES: usize = 3;

/// The writes that wait, by namespace.
#[derive(Default)]
pub(crate) struct Budgets(Mutex<HashMap<String, Arc<Line>>>);

/// Who waits for a namespace's quotas. One works for all that came while it waited for its turn.
#[derive(Default)]
struct Line {
    turn: tokio::sync::Mutex<()>,
    waiting: Mutex<Vec<Arc<Waiter>>>,
}

struct Waiter {
    write: Write,
    outcome: Mutex<Option<Result<(), Status>>>,
}

impl Waiter {
    fn settle(&self, outcome: Result<(), Status>) {
        *self.outcome.lock() = Some(outcome);
    }

    fn is_settled(&self) -> bool {
        self.outcome.lock().is_some()
    }
}

/// Charges a write, or refuses it.
pub(crate) fn charge(
    rest: &Rest,
    charge: Charge,
    write: Write,
) -> BoxFuture<'_, Result<(), Status>> {
    Box::pin(async move {
        let namespace = write.namespace.clone();
        let line = rest.budgets.line(&namespace);
        let waiter = Arc::new(Waiter { write, outcome: Mutex::default() });
        line.waiting.lock().push(Arc::clone(&waiter));
        let done = tokio::time::timeout(PATIENCE, line.wait(rest, charge, &namespace, &waiter));
        let outcome = done.await;
        drop(line);
        rest.budgets.tidy(&namespace);
        outcome
            .unwrap_or_else(|_| Err(Status::internal_error("resource quota evaluation timed out")))
    })
}

impl Budgets {
    fn line(&self, namespace: &str) -> Arc<Line> {
        Arc::clone(self.0.lock().entry(namespace.to_owned()).or_default())
    }

    /// Forgets a line in which nobody stands.
    fn tidy(&self, namespace: &str) {
        let mut lines = self.0.lock();
        if lines.get(namespace).is_some_and(|line| Arc::strong_count(line) == 1) {
            lines.remove(namespace);
        }
    }
}

impl Line {
    async fn wait(
        &self,
        rest: &Rest,
        charge: Charge,
        namespace: &str,
        own: &Arc<Waiter>,
    ) -> Result<(), Status> {
        let turn = self.turn.lock().await;
        let settled = own.outcome.lock().take();
        if let Some(outcome) = settled {
            return outcome;
        }
        let mut batch = std::mem::take(&mut *self.waiting.lock());
        if !batch.iter().any(|waiter| Arc::ptr_eq(waiter, own)) {
            // Who took this one along has gone away.
            batch.push(Arc::clone(own));
        }
        work(rest, charge, namespace, &batch).await;
        drop(turn);
        own.outcome.lock().take().unwrap_or_else(|| Err(Status::internal_error("DEFAULT DENY")))
    }
}

/// Settles all writes of a batch (`checkQuotas`).
async fn work(rest: &Rest, charge: Charge, namespace: &str, batch: &[Arc<Waiter>]) {
    let mut failed: Option<Vec<String>> = None;
    let mut last = Status::internal_error("DEFAULT DENY");
    for _ in 0..=RETRIES {
        let mut quotas = match current(rest, namespace).await {
            Ok(quotas) => quotas,
            Err(status) => return refuse(batch, &status),
        };
        if let Some(names) = &failed {
            quotas.retain(|quota| names.iter().any(|name| name == meta::name(quota)));
        }
        let before = quotas.clone();
        for waiter in batch.iter().filter(|waiter| !waiter.is_settled()) {
            match charge(&waiter.write, &quotas, rest.now(), &*rest.registry) {
                Err(status) => waiter.settle(Err(status)),
                Ok(_) if waiter.write.dry_run => waiter.settle(Ok(())),
                Ok(charged) if same(&quotas, &charged) => waiter.settle(Ok(())),
                Ok(charged) => quotas = charged,
            }
        }
        let mut names = Vec::new();
        for (quota, _) in quotas.iter().zip(&before).filter(|(a, b)| !Arc::ptr_eq(a, b)) {
            if let Err(status) = store(rest, namespace, quota).await {
                last = status;
                names.push(meta::name(quota).to_owned());
            }
        }
        if names.is_empty() {
            for waiter in batch.iter().filter(|waiter| !waiter.is_settled()) {
                waiter.settle(Ok(()));
            }
            return;
        }
        failed = Some(names);
    }
    refuse(batch, &last);
}

fn refuse(batch: &[Arc<Waiter>], status: &Status) {
    for waiter in batch.iter().filter(|waiter| !waiter.is_settled()) {
        waiter.settle(Err(status.clone()));
    }
}

/// No quota has changed.
pub(crate) fn same(one: &[Arc<Value>], other: &[Arc<Value>]) -> bool {
    one.iter().zip(other).all(|(one, other)| Arc::ptr_eq(one, other))
}

/// The newest state of a namespace's quotas.
async fn current(rest: &Rest, namespace: &str) -> Result<Vec<Arc<Value>>, Status> {
    let quotas = [("", "resourcequotas")];
    let synced = tokio::time::timeout(SYNC_LIMIT, rest.registry.sync(&quotas)).await;
    match synced {
        Ok(Ok(())) => Ok(rest.registry.list("", "resourcequotas", namespace)),
        Ok(Err(error)) => Err(Status::internal_error(format!("error resolving quota: {error}"))),
        Err(late) => Err(Status::internal_error(format!("error resolving quota: {late}"))),
    }
}

/// Stores what is used, as a client of the status would.
async fn store(rest: &Rest, namespace: &str, quota: &Value) -> Result<(), Status> {
    let name = meta::name(quota);
    let path = format!("/api/v1/namespaces/{namespace}/resourcequotas/{name}/status");
    loopback::call(rest, Method::PUT, &path, quota).await.map(|_| ())
}
