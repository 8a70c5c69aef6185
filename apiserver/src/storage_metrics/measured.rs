//! An etcd whose calls are counted and timed (`etcd3/metrics.RecordEtcdRequest`).

use std::sync::Arc;
use std::time::Instant;

use bytes::Bytes;
use futures::future::BoxFuture;
use pintle_storage::{
    Error, LeaseId, Lineage, Op, Range, RangeResult, Revision, Store, Txn, TxnResult, Watch,
};

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

impl Store for Measured {
    fn range(&self, range: Range) -> BoxFuture<'_, Result<RangeResult, Error>> {
        let operation = if range.end.is_empty() { Operation::Get } else { Operation::List };
        self.time(operation, self.store.range(range))
    }

    fn txn(&self, txn: Txn) -> BoxFuture<'_, Result<TxnResult, Error>> {
        self.time(operation(&txn), self.store.txn(txn))
    }

    fn watch(
        &self,
        prefix: Bytes,
        after: Revision,
    ) -> BoxFuture<'_, Result<Box<dyn Watch>, Error>> {
        self.store.watch(prefix, after)
    }

    fn revision(&self) -> BoxFuture<'_, Result<Revision, Error>> {
        self.time(Operation::Revision, self.store.revision())
    }

    fn lineage(&self) -> Lineage {
        self.store.lineage()
    }

    fn tells_progress(&self) -> bool {
        self.store.tells_progress()
    }

    fn is_stale(&self, key: &Bytes, mod_revision: Revision) -> bool {
        self.store.is_stale(key, mod_revision)
    }

    fn health(&self) -> BoxFuture<'_, Result<(), Error>> {
        self.store.health()
    }

    fn compact(&self, revision: Revision) -> BoxFuture<'_, Result<(), Error>> {
        self.store.compact(revision)
    }

    fn grant_lease(&self, ttl_seconds: i64) -> BoxFuture<'_, Result<LeaseId, Error>> {
        self.store.grant_lease(ttl_seconds)
    }

    fn revoke_lease(&self, lease: LeaseId) -> BoxFuture<'_, Result<(), Error>> {
        self.store.revoke_lease(lease)
    }

    fn others_until(&self) -> Revision {
        self.store.others_until()
    }

    fn adopt(&self) {
        self.store.adopt();
    }
}
