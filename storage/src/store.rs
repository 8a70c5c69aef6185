//! The store's contract: etcd's, no more.

use std::collections::BTreeSet;
use std::sync::Arc;

use bytes::Bytes;
use futures::future::BoxFuture;
use tokio::sync::Notify;

/// Most bytes of keys and values in one transaction (etcd's `--max-request-bytes`).
pub const MAX_REQUEST_BYTES: usize = 1_572_864;

/// Most operations in one branch of a transaction (etcd's `--max-txn-ops`).
pub const MAX_TXN_OPS: usize = 128;

/// Position in the store's history. Every transaction that writes has one of its own.
pub type Revision = i64;

/// Which of the store's histories a revision belongs to: it rises when the store has gone back in time.
pub type Lineage = u64;

/// Identity of a lease; 0 is none.
pub type LeaseId = i64;

/// A key with its value and history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyValue {
    /// Key.
    pub key: Bytes,
    /// Value; empty in a deletion.
    pub value: Bytes,
    /// Revision at which the key was made.
    pub create_revision: Revision,
    /// Revision of the last change.
    pub mod_revision: Revision,
    /// Number of changes since the key was made, 1 for the first.
    pub version: i64,
    /// Lease that the key lives on; 0 if none.
    pub lease: LeaseId,
}

/// A read of the keys in `[start, end)`; of `start` alone if `end` is empty.
#[derive(Clone, Debug, Default)]
pub struct Range {
    /// First key.
    pub start: Bytes,
    /// First key past the range; empty for a single key.
    pub end: Bytes,
    /// Revision to read at; 0 for the newest.
    pub revision: Revision,
    /// Most keys to return; 0 for all.
    pub limit: usize,
    /// Return no keys, only the count.
    pub count_only: bool,
}

/// Answer to a [`Range`].
#[derive(Clone, Debug, Default)]
pub struct RangeResult {
    /// The store's revision when it answered.
    pub revision: Revision,
    /// Keys in order.
    pub kvs: Vec<KeyValue>,
    /// Keys in the range, returned or not.
    pub count: usize,
    /// There are keys beyond the limit.
    pub more: bool,
}

/// A condition of a transaction: the key's mod revision, 0 if it does not exist.
#[derive(Clone, Debug)]
pub struct Compare {
    /// Key.
    pub key: Bytes,
    /// Expected mod revision.
    pub mod_revision: Revision,
}

/// A write or read inside a transaction.
#[derive(Clone, Debug)]
pub enum Op {
    /// Writes a key.
    Put {
        /// Key.
        key: Bytes,
        /// Value.
        value: Bytes,
        /// Lease; 0 for none.
        lease: LeaseId,
    },
    /// Deletes a key; nothing happens if there is none.
    Delete {
        /// Key.
        key: Bytes,
    },
    /// Reads a key.
    Get {
        /// Key.
        key: Bytes,
    },
}

/// Compare-and-swap: `success` if all of `compare` hold, else `failure`. Atomic and durable.
#[derive(Clone, Debug, Default)]
pub struct Txn {
    /// Conditions.
    pub compare: Vec<Compare>,
    /// Done if all hold.
    pub success: Vec<Op>,
    /// Done otherwise.
    pub failure: Vec<Op>,
}

impl Txn {
    /// Refuses what etcd refuses before it looks at the data.
    pub fn validate(&self) -> Result<(), Error> {
        let mut bytes = self.compare.iter().map(|compare| compare.key.len() + 16).sum::<usize>();
        for branch in [&self.success, &self.failure] {
            if branch.len() > MAX_TXN_OPS {
                return Err(Error::Invalid("too many operations in txn request".into()));
            }
            let mut written = BTreeSet::new();
            for op in branch {
                let (key, length) = match op {
                    Op::Put { key, value, .. } => (key, value.len()),
                    Op::Delete { key } | Op::Get { key } => (key, 0),
                };
                bytes += key.len() + length + 16;
                if key.is_empty() {
                    return Err(Error::Invalid("key is not provided".into()));
                }
                if !matches!(op, Op::Get { .. }) && !written.insert(key) {
                    return Err(Error::Invalid("duplicate key given in txn request".into()));
                }
            }
        }
        if bytes > MAX_REQUEST_BYTES { Err(Error::TooLarge) } else { Ok(()) }
    }
}

/// The key that comes next after `key`.
pub fn key_after(key: &[u8]) -> Bytes {
    [key, b"\0"].concat().into()
}

/// First key past all keys that begin with `prefix`; empty (no end) if there is none.
pub fn prefix_end(prefix: &[u8]) -> Bytes {
    let mut end = prefix.to_vec();
    while let Some(last) = end.pop() {
        if last < u8::MAX {
            end.push(last + 1);
            return end.into();
        }
    }
    Bytes::new()
}

/// Outcome of a [`Txn`].
#[derive(Clone, Debug)]
pub struct TxnResult {
    /// All conditions held.
    pub succeeded: bool,
    /// The store's revision after the transaction.
    pub revision: Revision,
    /// One entry per operation done: what `Get` found, or the key as it was before `Delete`.
    pub responses: Vec<Option<KeyValue>>,
}

/// A change of one key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The key after the change; for a deletion its value is empty and `mod_revision` is that of
    /// the deletion.
    pub kv: KeyValue,
    /// The key before the change, if it existed.
    pub previous: Option<KeyValue>,
    /// The key was deleted.
    pub deleted: bool,
}

/// Events in order, complete up to `revision`. No events: progress.
#[derive(Clone, Debug)]
pub struct WatchBatch {
    /// Everything up to here has been delivered.
    pub revision: Revision,
    /// Events; those of one revision are never split over two batches.
    pub events: Vec<Event>,
}

/// Ordered, gap-free changes under a prefix.
///
/// A batch without events is progress: it says that nothing was missed up to its revision. Progress
/// comes by itself within seconds of a change elsewhere in the store; who needs it at once calls
/// [`Watch::request_progress`] or, where the store is in this process, just [`Watch::try_next`].
pub trait Watch: Send {
    /// Takes what has arrived, without waiting.
    fn try_next(&mut self) -> Result<Option<WatchBatch>, Error>;

    /// Is notified (one permit, for one waiter) when [`Watch::try_next`] may have something.
    fn arrival(&self) -> Arc<Notify>;

    /// Asks for a batch, be it empty, that reaches at least the newest revision the store has told
    /// anyone of.
    fn request_progress(&self);

    /// Waits for the next batch. An error ends the watch.
    fn next(&mut self) -> BoxFuture<'_, Result<WatchBatch, Error>> {
        let arrival = self.arrival();
        Box::pin(async move {
            loop {
                if let Some(batch) = self.try_next()? {
                    return Ok(batch);
                }
                arrival.notified().await;
            }
        })
    }
}

/// The store. Shared by reference; every method may be called at the same time as any other.
pub trait Store: Send + Sync {
    /// Reads a range. Reads at revision 0 are linearizable.
    fn range(&self, range: Range) -> BoxFuture<'_, Result<RangeResult, Error>>;
    /// Runs a transaction. When it returns, the writes are durable.
    fn txn(&self, txn: Txn) -> BoxFuture<'_, Result<TxnResult, Error>>;
    /// Watches the keys with `prefix`, from the change after `after` on; 0 means from now.
    /// `after` may lie in the future; before the oldest kept revision it is [`Error::Compacted`].
    fn watch(&self, prefix: Bytes, after: Revision)
    -> BoxFuture<'_, Result<Box<dyn Watch>, Error>>;
    /// Newest revision.
    fn revision(&self) -> BoxFuture<'_, Result<Revision, Error>>;
    /// How often it was seen to have gone back, as etcd does that is restored from a snapshot. What was
    /// read before says nothing any more.
    fn lineage(&self) -> Lineage {
        0
    }
    /// Whether watches can be asked how far they have come. If not, a cache knows only of events, and
    /// what is to be the newest is read from the store.
    fn tells_progress(&self) -> bool {
        true
    }
    /// Whether a value that was read at a revision would be stored otherwise now, and is to be written
    /// even if it does not change.
    fn is_stale(&self, _key: &Bytes, _mod_revision: Revision) -> bool {
        false
    }
    /// Whether it can be read and written.
    fn health(&self) -> BoxFuture<'_, Result<(), Error>> {
        Box::pin(async move { self.revision().await.map(|_| ()) })
    }
    /// Forgets what was superseded at or before `revision`. Reads at `revision` itself still work.
    fn compact(&self, revision: Revision) -> BoxFuture<'_, Result<(), Error>>;
    /// Makes a lease; its keys are deleted when it ends.
    fn grant_lease(&self, ttl_seconds: i64) -> BoxFuture<'_, Result<LeaseId, Error>>;
    /// Ends a lease and deletes its keys.
    fn revoke_lease(&self, lease: LeaseId) -> BoxFuture<'_, Result<(), Error>>;
    /// Newest revision at which others than this process may have written; without an end if they
    /// still may.
    fn others_until(&self) -> Revision {
        Revision::MAX
    }
    /// What others wrote up to then has been looked at and is as this program would have written it:
    /// the next time, it counts as its own.
    fn adopt(&self) {}
}

/// Why the store could not do it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The revision asked for is no longer kept.
    #[error("revision {requested} has been compacted, the oldest kept is {compacted}")]
    Compacted {
        /// Revision asked for.
        requested: Revision,
        /// Oldest revision that can be read.
        compacted: Revision,
    },
    /// The revision asked for does not exist yet.
    #[error("revision {requested} is in the future, the newest is {current}")]
    FutureRevision {
        /// Revision asked for.
        requested: Revision,
        /// Newest revision.
        current: Revision,
    },
    /// The request makes no sense: an empty key, a key written twice, too many operations.
    #[error("request is not valid: {0}")]
    Invalid(String),
    /// A value or transaction is over the store's limit.
    #[error("request is too large")]
    TooLarge,
    /// The lease does not exist.
    #[error("lease {0} not found")]
    LeaseNotFound(LeaseId),
    /// The watcher was too slow and was cut off.
    #[error("watcher was cut off")]
    CutOff,
    /// The store is closed or cannot be reached.
    #[error("store is unavailable: {0}")]
    Unavailable(String),
    /// The store says no, in its own words: no leader, no space left, a time-out.
    #[error("{0}")]
    Refused(String),
    /// What was read is not what was written.
    #[error("store is corrupted: {0}")]
    Corrupted(String),
}
