//! An etcd whose calls are counted and timed (`etcd3/metrics.RecordEtcdRequest`).

use std::sync::Arc;
use std::time::Instant;

use futures::future::BoxFuture;
use pintle_storage::{Error, Op, Range, RangeResult, Revision, Store, Txn, TxnResult};

use super::{Operation, ResourceMetrics};

/// The etcd of a resource. What upstream does not count is passed on as it is.
pub(crate) struct Measured {
    store: Arc<dyn Store>,
    metrics: Arc<ResourceMetrics>,
}

impl Measured {
    pub(crate) fn new(store: Arc<dyn Store>, metrics: Arc<ResourceMetrics>) -> Self {
        Self { store, metrics }
    }

    fn time<'a, T>(
        &'a self,
        operation: Operation,
        call: BoxFuture<'a, Result<T, Error>>,
    ) -> BoxFuture<'a, Result<T, Error>>
    where
        T: Send + 'a,
    {
        Box::pin(async move {
            let start = Instant::now();
            let answer = call.await;
            self.metrics.note_request(operation, start.elapsed(), answer.is_err());
            answer
        })
    }
}

/// What a transaction is in upstream's words.
fn operation(txn: &Txn) -> Operation {
    match txn.success.first() {
        Some(Op::Delete { .. }) => Operation::Delete,
        Some(Op::Put { .. }) if txn.compare.iter().any(|compare| compare.mod_revision == 0) => {
            Operation::Create
        }
        _ => Operation::Update,
    }
}

impl pintle_storage::Layer for Measured {
    fn below(&self) -> &dyn Store {
        &*self.store
    }

    fn range(&self, range: Range) -> BoxFuture<'_, Result<RangeResult, Error>> {
        let operation = if range.end.is_empty() { Operation::Get } else { Operation::List };
        self.time(operation, self.store.range(range))
    }

    fn txn(&self, txn: Txn) -> BoxFuture<'_, Result<TxnResult, Error>> {
        self.time(operation(&txn), self.store.txn(txn))
    }

    fn revision(&self) -> BoxFuture<'_, Result<Revision, Error>> {
        self.time(Operation::Revision, self.store.revision())
    }
}
