//! The embedded store: one process, one directory, everything read from memory.
//!
//! # How it works
//!
//! All values live in memory as shared [`Bytes`]: an ordered persistent map from key to the newest
//! version, each version linked to the one before, and the history of revisions since the last
//! compaction. A read clones the map (a pointer) and never waits for a write or for the disk.
//!
//! One writer thread takes all requests that are waiting, evaluates them in order, writes what they
//! changed in one database transaction with one fsync, and only then shows the result to readers,
//! watchers and callers. If that write fails, what is on disk is unknown: [`Options::on_fatal`] ends
//! the process; nothing is retried and nothing of the group is acknowledged.
//!
//! # On disk
//!
//! The directory holds `lock` (an advisory lock held while the store is open), `acknowledged` (how
//! far writes have been acknowledged), `snapshot.sock` (hands out snapshots while the store is open)
//! and `store.redb`, a [redb](https://docs.rs/redb) database with etcd's own layout, in three tables:
//!
//! | table | key | value |
//! |---|---|---|
//! | `revisions` | `(revision u64, sub u32)`: the n-th change of a transaction | one change, below |
//! | `leases` | id i64 | when it ends, ms since the Unix epoch, i64 |
//! | `meta` | `format` (1), `revision`, `compacted`, `next_lease`, `groups`, `writer`, `others_until` | i64 |
//!
//! A change is, in little endian: flags u8 (1: deletion), create revision i64, version i64, lease
//! i64, key length u32, key, value. At open all pages are verified against their checksums, the
//! table is scanned in order and the maps are built from it; every revision after `compacted` must
//! be there, and every group of writes that was acknowledged. Until all has been found sound, what
//! redb would write is held back, so damage is never repaired by going back in time: only a last
//! transaction that was not finished is undone. Compaction raises `compacted` durably and then
//! deletes superseded rows a few at a time along with later groups; rows left by a crash are found
//! and deleted after the next open. redb reuses freed pages, so the file is bounded by about twice
//! the largest live data plus history.
//!
//! # Why redb and not a log of our own
//!
//! Measured with 64 writers of random values of 1.5 KiB through one group-committing thread on two
//! cores (fdatasync 110 to 260 µs): redb alone takes 20 µs of CPU per transaction with plain threads
//! as callers and makes more than 50,000 transactions per second durable. The whole store, with tokio
//! tasks as callers, reaches 46,000 to 53,000 creates per second at 14.5 to 17.5 µs of CPU each, and
//! opens again with 64,000 objects in 0.3 s. etcd behind the stock apiserver manages about 900
//! creates per second. A log of our own could save perhaps 10 µs and would need torn-tail,
//! checksum, rotation and snapshot code of its own.
//! `cargo run --release --example embedded_bench -- FOLDER` repeats the measurement.
//!
//! Commits are redb's single-phase ones: one fsync, validity decided by checksums. Two-phase commits
//! would not trust the checksum of a page that a client's value was crafted to imitate just before
//! a power cut; they cost a second fsync (5 % of the throughput above, twice the latency of a
//! lone writer).

mod disk;
mod file;
mod fill;
mod load;
mod machine;
mod quota;
mod serve;
mod snapshot;
mod tools;
pub(crate) mod transfer;
mod versions;
mod watch;
mod writer;

#[cfg(test)]
mod tests;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::mpsc;
use std::thread::JoinHandle;
use std::time::Duration;

use bytes::Bytes;
use futures::future::BoxFuture;
use parking_lot::{Mutex, RwLock};
use tokio::sync::oneshot;

pub use self::quota::DEFAULT_QUOTA_BYTES;
pub use self::tools::{Report, Trouble, check, restore, take_snapshot};
pub use self::transfer::{Moved, export, import};

use self::disk::Disk;
use self::load::Loaded;
use self::serve::{Snapshots, Source};
use self::versions::{History, View};
use self::watch::{Queue, QueueWatch};
use self::writer::{Reopen, Request, Writer};
use crate::clock::{Clock, SteadyClock};
use crate::store::{Error, LeaseId, Range, RangeResult, Revision, Store, Txn, TxnResult, Watch};

/// What is called when the store cannot go on.
pub type OnFatal = Arc<dyn Fn(&str) + Send + Sync>;

/// How an [`EmbeddedStore`] behaves.
#[derive(Clone)]
pub struct Options {
    /// Time for leases and for the age of history.
    pub clock: Arc<dyn Clock>,
    /// Names the program that writes here, so that it knows its own values again after a restart;
    /// none if it cannot tell itself from others.
    pub writer: Option<i64>,
    /// Called when a write or fsync failed. It should end the process; if it returns, the store
    /// stays closed.
    pub on_fatal: OnFatal,
    /// History older than this is compacted, should nobody call [`Store::compact`].
    pub history_milliseconds: i64,
    /// History larger than this is compacted, oldest first.
    pub history_bytes: usize,
    /// A store whose keys, values and history take more than this refuses to grow, as etcd does at
    /// `--quota-backend-bytes`; none for no limit.
    pub quota_bytes: Option<u64>,
    /// A watcher with more than this waiting for it is cut off.
    pub watch_queue_bytes: usize,
    /// How often leases, compaction and idle watchers are looked after.
    pub housekeeping: Duration,
    /// Halts the writer that long, for more writes to join a group.
    pub pause: Arc<dyn Fn(Duration) + Send + Sync>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            clock: Arc::new(SteadyClock::default()),
            writer: None,
            on_fatal: Arc::new(|message| {
                tracing::error!("{message}");
                std::process::abort()
            }),
            history_milliseconds: 10 * 60 * 1000,
            history_bytes: 128 << 20,
            quota_bytes: Some(DEFAULT_QUOTA_BYTES),
            watch_queue_bytes: 64 << 20,
            housekeeping: Duration::from_millis(250),
            pause: Arc::new(std::thread::sleep),
        }
    }
}

/// What readers, watchers and the writer share.
pub(crate) struct Shared {
    view: RwLock<View>,
    history: RwLock<History>,
    compacted: AtomicI64,
    queues: Mutex<Vec<Arc<Queue>>>,
    closed: AtomicBool,
    /// Why the disk takes no writes, if it does not.
    fault: Mutex<Option<String>>,
    source: Arc<Source>,
}

impl Shared {
    fn compacted(&self) -> Revision {
        self.compacted.load(Ordering::SeqCst)
    }

    fn is_closed(&self) -> bool {
        self.closed.load(Ordering::SeqCst)
    }

    fn closed_error() -> Error {
        Error::Unavailable("the store is closed".into())
    }

    fn check(&self, revision: Revision) -> Result<(), Error> {
        let compacted = self.compacted();
        if self.is_closed() {
            Err(Self::closed_error())
        } else if revision != 0 && revision < compacted {
            Err(Error::Compacted { requested: revision, compacted })
        } else {
            Ok(())
        }
    }
}

/// The store in a directory.
pub struct EmbeddedStore {
    shared: Arc<Shared>,
    requests: mpsc::Sender<Request>,
    writer: Mutex<Option<JoinHandle<()>>>,
    snapshots: Mutex<Option<Snapshots>>,
    others_until: Revision,
    _lock: Option<tools::Lock>,
}

impl EmbeddedStore {
    /// Opens the store in `directory`, which is made if need be. Only one process can have it open.
    pub fn open(directory: &Path, options: Options) -> Result<Self, Error> {
        let io = |error| Error::Unavailable(format!("{}: {error}", directory.display()));
        tools::private_folder(directory).map_err(io)?;
        let lock = tools::lock(directory).map_err(|trouble| match trouble {
            Trouble::InUse(_) => Error::Unavailable(trouble.to_string()),
            other => Error::Unavailable(format!("{other}; {}", other.advice())),
        })?;
        let opened = Disk::open(directory, options.clock.now_milliseconds())?;
        let folder = directory.to_owned();
        let reopen: Reopen = Box::new(move |now| {
            tools::find_room(&folder).map_err(|error| Error::Unavailable(error.to_string()))?;
            Disk::open(&folder, now)
        });
        let store = Self::start(opened, reopen, options, Some(lock))?;
        let snapshots = Snapshots::start(directory, store.shared.source.clone());
        match snapshots {
            Ok(snapshots) => *store.snapshots.lock() = Some(snapshots),
            Err(error) => tracing::warn!(%error, "no snapshots can be taken of the open store"),
        }
        Ok(store)
    }

    fn start(
        (disk, mut loaded): (Disk, Loaded),
        reopen: Reopen,
        options: Options,
        lock: Option<tools::Lock>,
    ) -> Result<Self, Error> {
        let history = std::mem::take(&mut loaded.history);
        loaded.machine.claim(options.writer);
        let others_until = loaded.machine.origin.others_until;
        let source = Arc::new(Source::default());
        source.replace(Some(disk.database()));
        let shared = Arc::new(Shared {
            view: RwLock::new(loaded.machine.view.clone()),
            history: RwLock::new(history),
            compacted: AtomicI64::new(loaded.machine.compacted),
            queues: Mutex::default(),
            closed: AtomicBool::new(false),
            fault: Mutex::default(),
            source,
        });
        let (requests, inbox) = mpsc::channel();
        let writer = Writer::new(shared.clone(), (disk, loaded), reopen, options);
        let writer = std::thread::Builder::new()
            .name("store-writer".into())
            .spawn(move || writer.run(&inbox))
            .map_err(|error| Error::Unavailable(format!("writer thread: {error}")))?;
        let (writer, snapshots) = (Mutex::new(Some(writer)), Mutex::default());
        Ok(Self { shared, requests, writer, snapshots, others_until, _lock: lock })
    }

    /// Finishes what is queued and closes the file, for a process that is about to end: others may
    /// hold the store still, and hear no more of it.
    pub fn close(&self) {
        self.shared.queues.lock().clear();
        self.finish();
    }

    fn finish(&self) {
        drop(self.snapshots.lock().take());
        self.shared.source.replace(None);
        let stopped = self.requests.send(Request::Stop).is_err();
        if let Some(writer) = self.writer.lock().take()
            && writer.join().is_err()
        {
            tracing::error!(stopped, "the store's writer panicked");
        }
    }

    fn ask<T: Send + 'static>(
        &self,
        request: impl FnOnce(oneshot::Sender<Result<T, Error>>) -> Request,
    ) -> BoxFuture<'_, Result<T, Error>> {
        let (reply, answer) = oneshot::channel();
        let sent = self.requests.send(request(reply));
        Box::pin(async move {
            sent.map_err(|_| Shared::closed_error())?;
            answer.await.unwrap_or_else(|_| Err(Shared::closed_error()))
        })
    }
}

impl Drop for EmbeddedStore {
    /// Finishes what is queued and closes the file.
    fn drop(&mut self) {
        self.finish();
    }
}

impl Store for EmbeddedStore {
    fn range(&self, range: Range) -> BoxFuture<'_, Result<RangeResult, Error>> {
        Box::pin(async move {
            self.shared.check(range.revision)?;
            let view = self.shared.view.read().clone();
            let result = view.range(&range)?;
            // A compaction may have cut the chains of versions in the meantime.
            self.shared.check(range.revision)?;
            Ok(result)
        })
    }

    fn txn(&self, txn: Txn) -> BoxFuture<'_, Result<TxnResult, Error>> {
        self.ask(|reply| Request::Txn(txn, reply))
    }

    fn watch(
        &self,
        prefix: Bytes,
        after: Revision,
    ) -> BoxFuture<'_, Result<Box<dyn Watch>, Error>> {
        Box::pin(async move {
            self.shared.check(0)?;
            let watch = QueueWatch::start(&self.shared, prefix, after)?;
            Ok(Box::new(watch) as Box<dyn Watch>)
        })
    }

    fn revision(&self) -> BoxFuture<'_, Result<Revision, Error>> {
        Box::pin(async move {
            self.shared.check(0)?;
            Ok(self.shared.view.read().revision)
        })
    }

    fn health(&self) -> BoxFuture<'_, Result<(), Error>> {
        Box::pin(async move {
            self.shared.check(0)?;
            let fault = self.shared.fault.lock().clone();
            fault.map_or(Ok(()), |why| Err(Error::Unavailable(why)))
        })
    }

    fn compact(&self, revision: Revision) -> BoxFuture<'_, Result<(), Error>> {
        self.ask(|reply| Request::Compact(revision, reply))
    }

    fn grant_lease(&self, ttl_seconds: i64) -> BoxFuture<'_, Result<LeaseId, Error>> {
        self.ask(|reply| Request::Grant(ttl_seconds, reply))
    }

    fn revoke_lease(&self, lease: LeaseId) -> BoxFuture<'_, Result<(), Error>> {
        self.ask(|reply| Request::Revoke(lease, reply))
    }

    fn others_until(&self) -> Revision {
        self.others_until
    }

    fn adopt(&self) {
        // A store that is closed has nothing to take note of.
        self.requests.send(Request::Adopt).ok();
    }
}
