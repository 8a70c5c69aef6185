//! A store on top of another: what it does not do itself, the one below does.

use bytes::Bytes;
use futures::future::BoxFuture;

use crate::store::{
    Error, LeaseId, Lineage, Range, RangeResult, Revision, Store, Txn, TxnResult, Watch,
};

/// A [`Store`] of which most calls go to the one below. Methods are the store's.
#[expect(missing_docs, reason = "the store's trait describes them")]
pub trait Layer: Send + Sync {
    /// The store below.
    fn below(&self) -> &dyn Store;

    fn range(&self, range: Range) -> BoxFuture<'_, Result<RangeResult, Error>> {
        self.below().range(range)
    }

    fn txn(&self, txn: Txn) -> BoxFuture<'_, Result<TxnResult, Error>> {
        self.below().txn(txn)
    }

    fn watch(
        &self,
        prefix: Bytes,
        after: Revision,
    ) -> BoxFuture<'_, Result<Box<dyn Watch>, Error>> {
        self.below().watch(prefix, after)
    }

    fn revision(&self) -> BoxFuture<'_, Result<Revision, Error>> {
        self.below().revision()
    }

    fn lineage(&self) -> Lineage {
        self.below().lineage()
    }

    fn tells_progress(&self) -> bool {
        self.below().tells_progress()
    }

    fn is_stale(&self, key: &Bytes, mod_revision: Revision) -> bool {
        self.below().is_stale(key, mod_revision)
    }
}

impl<L: Layer> Store for L {
    fn range(&self, range: Range) -> BoxFuture<'_, Result<RangeResult, Error>> {
        Layer::range(self, range)
    }

    fn txn(&self, txn: Txn) -> BoxFuture<'_, Result<TxnResult, Error>> {
        Layer::txn(self, txn)
    }

    fn watch(
        &self,
        prefix: Bytes,
        after: Revision,
    ) -> BoxFuture<'_, Result<Box<dyn Watch>, Error>> {
        Layer::watch(self, prefix, after)
    }

    fn revision(&self) -> BoxFuture<'_, Result<Revision, Error>> {
        Layer::revision(self)
    }

    fn lineage(&self) -> Lineage {
        Layer::lineage(self)
    }

    fn tells_progress(&self) -> bool {
        Layer::tells_progress(self)
    }

    fn is_stale(&self, key: &Bytes, mod_revision: Revision) -> bool {
        Layer::is_stale(self, key, mod_revision)
    }

    fn health(&self) -> BoxFuture<'_, Result<(), Error>> {
        self.below().health()
    }

    fn compact(&self, revision: Revision) -> BoxFuture<'_, Result<(), Error>> {
        self.below().compact(revision)
    }

    fn grant_lease(&self, ttl_seconds: i64) -> BoxFuture<'_, Result<LeaseId, Error>> {
        self.below().grant_lease(ttl_seconds)
    }

    fn revoke_lease(&self, lease: LeaseId) -> BoxFuture<'_, Result<(), Error>> {
        self.below().revoke_lease(lease)
    }

    fn others_until(&self) -> Revision {
        self.below().others_until()
    }

    fn adopt(&self) {
        self.below().adopt();
    }
}
