//! The watch cache: the objects under one prefix, kept current from the store's watch.
//!
//! The cache holds an ordered persistent map of entries, so a snapshot is a pointer, and a ring of
//! the latest events. Watchers own no queue: each is a place in the ring and is called together with
//! the others of the same [`Interest`], so thousands of them cost little and a slow one costs
//! nothing; once the ring has dropped what it needs it ends, and its client lists anew.
//!
//! A consistent read asks the store for its revision and waits until the cache has reached it.
//! Waiting usually costs nothing: the reader itself takes what the store's watch has queued,
//! which in one process already holds everything up to that revision; only when that is not
//! enough does it request progress and sleep.
//!
//! Snapshots in the past are rebuilt from the nearest later checkpoint by undoing events of the
//! ring. When the store's watch breaks (compacted, cut off, store gone) or the store goes back in
//! time, the cache lists anew and all watchers end with [`CacheError::Expired`].

mod call;
mod counts;
mod entry;
mod left;
mod pump;
mod state;
mod watch;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, VecDeque};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::time::Duration;

use bytes::Bytes;
use parking_lot::{Mutex, RwLock};
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout_at};

pub use self::counts::{Count, Counts};
pub use self::entry::{
    CacheEvent, CompleteFn, Entry, EventKind, Facts, FactsFn, FormBudget, FormKey, Indexer,
};
pub use self::state::{Interest, Snapshot};
pub use self::watch::CacheWatch;

use self::left::Lefts;
use self::state::State;
use crate::clock::{Clock, SystemClock};
use crate::store::{Error, Revision, Store, Watch};

/// Progress is asked for again after this, should the first request have been lost.
const ASK_AGAIN: Duration = Duration::from_millis(100);
const RECENT_SNAPSHOTS: usize = 4;
/// Bytes of encoded forms: enough for the packed lists of some 200,000 pods.
const FORM_BYTES: usize = 64 << 20;

/// How much of the past is kept.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Events kept in any case.
    pub ring_least_events: usize,
    /// Most events kept.
    pub ring_most_events: usize,
    /// Most bytes that exist only for the ring.
    pub ring_bytes: usize,
    /// Events are kept this long, unless there are too many.
    pub ring_milliseconds: i64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            ring_least_events: 100,
            ring_most_events: 100 * 1024,
            ring_bytes: 64 << 20,
            ring_milliseconds: 75_000,
        }
    }
}

/// How a [`Cache`] behaves.
#[derive(Clone)]
pub struct CacheOptions {
    /// Time for the age of events.
    pub clock: Arc<dyn Clock>,
    /// How much of the past is kept.
    pub limits: Limits,
    /// Budget of encoded forms; share one between all caches.
    pub budget: Arc<FormBudget>,
}

impl Default for CacheOptions {
    fn default() -> Self {
        Self {
            clock: Arc::new(SystemClock),
            limits: Limits::default(),
            budget: FormBudget::new(FORM_BYTES),
        }
    }
}

/// Why the cache could not do it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CacheError {
    /// The revision lies before what is kept.
    #[error("revision {requested} is too old, the oldest kept is {oldest}")]
    TooOld {
        /// Revision asked for.
        requested: Revision,
        /// Oldest revision kept.
        oldest: Revision,
    },
    /// The revision has not been reached.
    #[error("revision {requested} is too new, the newest is {current}")]
    TooNew {
        /// Revision asked for.
        requested: Revision,
        /// Newest revision.
        current: Revision,
    },
    /// The watch has ended: it was too slow, or the cache had to list anew.
    #[error("the watch has expired")]
    Expired {
        /// Newest revision.
        current: Revision,
    },
    /// The cache has no current listing.
    #[error("the cache is not ready")]
    NotReady,
    /// The store could not be asked for its revision.
    #[error("store")]
    Store(#[from] Error),
}

/// A stored value that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// Its key.
    pub key: Bytes,
    /// Its revision.
    pub revision: Revision,
    /// Why.
    pub problem: String,
}

/// What the cache, its pump and its watchers share.
pub(crate) struct Inner {
    store: Arc<dyn Store>,
    prefix: Bytes,
    indexer: Indexer,
    options: CacheOptions,
    state: RwLock<State>,
    /// The store's watch; none while it is broken. Whoever holds the lock may apply batches.
    feed: Mutex<Option<Box<dyn Watch>>>,
    advanced: Notify,
    ready: AtomicBool,
    /// Which of the store's histories is shown.
    lineage: AtomicU64,
    counts: Counts,
    recent: Mutex<VecDeque<Snapshot>>,
    lefts: Lefts,
    /// Nothing older is shown.
    compacted: AtomicI64,
    /// What cannot be read now, and why.
    unreadable: Mutex<BTreeMap<Bytes, (Revision, String)>>,
}

/// The objects under a prefix.
pub struct Cache {
    inner: Arc<Inner>,
    pump: JoinHandle<()>,
}

impl Cache {
    /// Starts to fill a cache with the keys that begin with `prefix` (it ends with a slash). Needs
    /// a tokio runtime.
    pub fn start(
        store: Arc<dyn Store>,
        prefix: Bytes,
        indexer: Indexer,
        options: CacheOptions,
    ) -> Self {
        let state = State::new(indexer.triggers.clone(), options.limits.clone());
        let inner = Arc::new(Inner {
            store,
            prefix,
            indexer,
            options,
            state: RwLock::new(state),
            feed: Mutex::new(None),
            advanced: Notify::new(),
            ready: AtomicBool::new(false),
            lineage: AtomicU64::new(0),
            counts: Counts::default(),
            recent: Mutex::default(),
            lefts: Lefts::default(),
            compacted: AtomicI64::new(0),
            unreadable: Mutex::default(),
        });
        let pump = tokio::spawn(pump::run(Arc::downgrade(&inner)));
        Self { inner, pump }
    }

    /// Whether there is a listing that is kept current.
    pub fn ready(&self) -> bool {
        self.inner.ready.load(Ordering::SeqCst) && self.inner.is_in_lineage()
    }

    /// What the keys begin with.
    pub fn prefix(&self) -> &Bytes {
        &self.inner.prefix
    }

    /// Revision up to which the cache has seen everything.
    pub fn revision(&self) -> Revision {
        self.inner.state.read().snapshot.revision
    }

    /// The objects as they are.
    pub fn snapshot(&self) -> Snapshot {
        self.inner.state.read().snapshot.clone()
    }

    /// The store has been compacted up to here: what it cannot read any more is not shown any more
    /// (`cacher.compactor`).
    pub fn compacted(&self, revision: Revision) {
        self.inner.compacted.fetch_max(revision, Ordering::SeqCst);
        self.inner.recent.lock().retain(|made| made.revision >= revision);
    }

    /// The objects as they were at `revision`, while the ring reaches back so far and the store has
    /// not been compacted beyond it.
    pub fn snapshot_at(&self, revision: Revision) -> Result<Snapshot, CacheError> {
        let compacted = self.inner.compacted.load(Ordering::SeqCst);
        if revision < compacted {
            return Err(CacheError::TooOld { requested: revision, oldest: compacted });
        }
        {
            let state = self.inner.state.read();
            if state.snapshot.revision == revision {
                return Ok(state.snapshot.clone());
            }
            if revision < state.oldest {
                return state.snapshot_at(revision);
            }
        }
        let recent =
            self.inner.recent.lock().iter().find(|made| made.revision == revision).cloned();
        if let Some(found) = recent {
            return Ok(found);
        }
        let made = self.inner.state.read().snapshot_at(revision)?;
        let mut recent = self.inner.recent.lock();
        if recent.len() == RECENT_SNAPSHOTS {
            recent.pop_front();
        }
        recent.push_back(made.clone());
        Ok(made)
    }

    /// Number of objects of a snapshot from `start` on whose keys begin with `prefix`. They are not
    /// counted where [`Cache::note_left`] has told.
    pub fn count(&self, snapshot: &Snapshot, prefix: &[u8], start: &[u8]) -> usize {
        self.inner.lefts.count(snapshot, prefix, start)
    }

    /// A page of a list has left so many objects, the next of them at `start` or behind.
    pub fn note_left(&self, snapshot: &Snapshot, prefix: &Bytes, start: Bytes, count: usize) {
        self.inner.lefts.note(snapshot, prefix, start, count);
    }

    /// Object with this key.
    pub fn get(&self, key: &[u8]) -> Option<Arc<Entry>> {
        self.inner.state.read().snapshot.get(key).cloned()
    }

    /// Values below a prefix that cannot be read, no more than `most`. A list that would leave them out
    /// would say that they do not exist.
    pub fn unreadable(&self, prefix: &[u8], most: usize) -> Vec<Unreadable> {
        let unreadable = self.inner.unreadable.lock();
        let found = unreadable.iter().filter(|(key, _)| key.starts_with(prefix));
        let one = |(key, (revision, problem)): (&Bytes, &(Revision, String))| Unreadable {
            key: key.clone(),
            revision: *revision,
            problem: problem.clone(),
        };
        found.take(most).map(one).collect()
    }

    /// Index of a selectable field, for [`Facts::field`] and [`Interest::Field`].
    pub fn field_index(&self, name: &str) -> Option<usize> {
        self.inner.indexer.fields.iter().position(|field| field == name)
    }

    /// Interest in one namespace.
    pub fn namespace_interest(&self, namespace: &str) -> Interest {
        let prefix = [&self.inner.prefix, namespace.as_bytes(), b"/"].concat();
        Interest::Namespace(prefix.into())
    }

    /// Interest in the objects with a value in a field; none unless the field is a trigger.
    pub fn field_interest(&self, name: &str, value: &str) -> Option<Interest> {
        let index = self.field_index(name)?;
        let trigger = self.inner.indexer.triggers.contains(&index);
        trigger.then(|| Interest::Field(index, value.into()))
    }

    /// Watches from the change after `after` on. A revision that has not been reached is waited
    /// for silently; events come after it. Interest narrows what wakes the watcher and what it is
    /// given; selectors are the caller's.
    pub fn watch(&self, after: Revision, interest: Interest) -> Result<CacheWatch, CacheError> {
        if !self.ready() {
            return Err(CacheError::NotReady);
        }
        let place = self.inner.state.write().subscribe(&interest, after)?;
        Ok(CacheWatch::new(self.inner.clone(), interest, place, after))
    }

    /// The objects as they are, and a watch of all that comes after.
    pub fn watch_from_now(&self, interest: Interest) -> Result<(Snapshot, CacheWatch), CacheError> {
        if !self.ready() {
            return Err(CacheError::NotReady);
        }
        let mut state = self.inner.state.write();
        let snapshot = state.snapshot.clone();
        let place = state.subscribe(&interest, snapshot.revision)?;
        drop(state);
        let watch = CacheWatch::new(self.inner.clone(), interest, place, snapshot.revision);
        Ok((snapshot, watch))
    }

    /// Takes in what the store has told by now.
    pub fn catch_up(&self) {
        self.inner.catch_up();
    }

    /// Whether it is ready and has seen everything up to `revision`.
    pub fn shows(&self, revision: Revision) -> bool {
        self.ready() && self.revision() >= revision
    }

    /// Waits until the cache is ready and has seen everything up to `revision`.
    pub async fn wait_for(&self, revision: Revision, limit: Duration) -> Result<(), CacheError> {
        // Most have nothing to wait for, and need no place among those who wait.
        if self.shows(revision) {
            return Ok(());
        }
        let deadline = Instant::now() + limit;
        loop {
            let mut advanced = pin!(self.inner.advanced.notified());
            advanced.as_mut().enable();
            self.inner.catch_up();
            if self.shows(revision) {
                return Ok(());
            }
            if let Some(feed) = self.inner.feed.lock().as_ref() {
                feed.request_progress();
            }
            if Instant::now() >= deadline {
                let current = self.revision();
                return Err(if self.ready() {
                    CacheError::TooNew { requested: revision, current }
                } else {
                    CacheError::NotReady
                });
            }
            let again = deadline.min(Instant::now() + ASK_AGAIN);
            // Both outcomes lead to another look.
            let _woken = timeout_at(again, advanced).await.is_ok();
        }
    }

    /// Waits until the cache has seen everything that the store has acknowledged by now. It is not
    /// waited for where the store does not tell how far its watches have come.
    pub async fn sync(&self, limit: Duration) -> Result<Revision, CacheError> {
        let revision = self.inner.store.revision().await?;
        let limit = if self.inner.store.tells_progress() { limit } else { Duration::ZERO };
        self.wait_for(revision, limit).await?;
        Ok(revision)
    }

    /// Number of objects.
    pub fn objects(&self) -> usize {
        self.inner.state.read().snapshot.len()
    }

    /// Events in the ring.
    pub fn ring_len(&self) -> usize {
        self.inner.state.read().ring_len()
    }

    /// Oldest revision that a watch can resume after.
    pub fn oldest(&self) -> Revision {
        self.inner.state.read().oldest
    }

    /// What it has met so far.
    pub fn counts(&self) -> &Counts {
        &self.inner.counts
    }

    /// Bytes of the values of all objects.
    pub fn value_bytes(&self) -> usize {
        self.inner.state.read().value_bytes
    }
}

impl Drop for Cache {
    fn drop(&mut self) {
        self.pump.abort();
    }
}
