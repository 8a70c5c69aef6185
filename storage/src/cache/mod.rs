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
mod state;
mod watch;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, VecDeque};
use std::pin::pin;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Weak};
use std::time::Duration;

use bytes::Bytes;
use parking_lot::{Mutex, RwLock};
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep, timeout, timeout_at};

pub use self::counts::{Count, Counts};
pub use self::entry::{
    CacheEvent, CompleteFn, Entry, EventKind, Facts, FactsFn, FormBudget, FormKey, Indexer,
};
pub use self::state::{Interest, Snapshot};
pub use self::watch::CacheWatch;

use self::state::{Change, State};
use crate::clock::{Clock, SystemClock};
use crate::store::{Error, KeyValue, Range, Revision, Store, Watch, WatchBatch, prefix_end};

const LIST_PAGE: usize = 10_000;
/// Objects of a page that one task looks at.
const LOOK: usize = 1000;
const RETRY: Duration = Duration::from_millis(200);
const TRIM_EVERY: Duration = Duration::from_secs(15);
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
            compacted: AtomicI64::new(0),
            unreadable: Mutex::default(),
        });
        let pump = tokio::spawn(pump(Arc::downgrade(&inner)));
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

/// Revisions before the newest one that a cache remembers when it starts.
const REMEMBERED: Revision = 10_000;

/// Lists, then applies what the store's watch brings; over again when that breaks.
async fn pump(cache: Weak<Inner>) {
    while let Some(inner) = cache.upgrade() {
        let arrival = match inner.list().await {
            Ok(arrival) => arrival,
            Err(error) => {
                let prefix = String::from_utf8_lossy(&inner.prefix).into_owned();
                tracing::warn!(prefix, %error, "could not list for the watch cache");
                inner.counts.failures.add(1);
                drop(inner);
                sleep(RETRY).await;
                continue;
            }
        };
        drop(inner);
        loop {
            // Woken or not, events may have grown too old.
            let _woken = timeout(TRIM_EVERY, arrival.notified()).await.is_ok();
            let Some(inner) = cache.upgrade() else { return };
            if !inner.catch_up() {
                break;
            }
            let now = inner.options.clock.now_milliseconds();
            inner.state.write().trim(now);
        }
    }
}

impl Inner {
    /// Reads all objects at one revision and opens the store's watch after it.
    async fn list(self: &Arc<Self>) -> Result<Arc<Notify>, Error> {
        let started = Instant::now();
        let lineage = self.store.lineage();
        let end = prefix_end(&self.prefix);
        let mut range = Range { start: self.prefix.clone(), end, ..Range::default() };
        let newest = self.store.revision().await?;
        self.unreadable.lock().clear();
        range.revision = self.first_revision(newest).await?;
        let remembered = range.revision != 0;
        range.limit = LIST_PAGE;
        let mut looks = Vec::new();
        loop {
            let page = self.store.range(range.clone()).await?;
            if range.revision == 0 {
                range.revision = page.revision;
            }
            let last = page.kvs.last().map(|kv| kv.key.clone());
            // They are looked at beside each other, and beside the reading of the next.
            let mut kvs = page.kvs;
            while !kvs.is_empty() {
                let rest = kvs.split_off(kvs.len().min(LOOK));
                let (inner, kvs) = (self.clone(), std::mem::replace(&mut kvs, rest));
                let look = move || kvs.into_iter().map(|kv| inner.entry(kv)).collect::<Vec<_>>();
                looks.push(tokio::spawn(async { look() }));
            }
            match last.filter(|_| page.more) {
                Some(last) => range.start = [&last[..], b"\0"].concat().into(),
                None => break,
            }
        }
        let mut entries = Vec::new();
        for look in looks {
            entries.extend(look.await.map_err(|error| Error::Unavailable(error.to_string()))?);
        }
        let watch = self.store.watch(self.prefix.clone(), range.revision).await?;
        let newest = if remembered { newest } else { range.revision };
        let arrival = watch.arrival();
        {
            let mut feed = self.feed.lock();
            self.recent.lock().clear();
            // A store that was restored is read anew from where it is.
            self.compacted.fetch_min(range.revision, Ordering::SeqCst);
            let called = self.state.write().reset(entries.into_iter(), range.revision);
            called.call();
            *feed = Some(watch);
            self.lineage.store(lineage, Ordering::SeqCst);
            self.counts.listings.add(1);
        }
        // What the store remembers since then is told again before anyone reads.
        while self.catch_up() {
            let reached = self.state.read().snapshot.revision;
            // Where nobody tells how far it is, what events there are come when they come.
            if reached >= newest || !self.store.tells_progress() {
                self.ready.store(true, Ordering::SeqCst);
                self.counts.note_listing(started.elapsed().as_secs_f64());
                break;
            }
            if let Some(feed) = self.feed.lock().as_ref() {
                feed.request_progress();
            }
            // Both outcomes lead to another look.
            let _woken = timeout(ASK_AGAIN, arrival.notified()).await.is_ok();
        }
        self.advanced.notify_waiters();
        Ok(arrival)
    }

    /// Where the first listing begins: so far back that watches which a former process served can
    /// go on here. A later listing begins at the newest revision, which is 0 to the store.
    async fn first_revision(&self, newest: Revision) -> Result<Revision, Error> {
        if self.counts.listings.get() > 0 || !self.store.tells_progress() {
            return Ok(0);
        }
        let revision = (newest - REMEMBERED).max(1);
        let probe = Range { start: self.prefix.clone(), revision, limit: 1, ..Range::default() };
        match self.store.range(probe).await {
            Ok(_) => Ok(revision),
            Err(Error::Compacted { compacted, .. }) if compacted <= newest => Ok(compacted),
            Err(Error::Compacted { .. } | Error::FutureRevision { .. }) => Ok(0),
            Err(error) => Err(error),
        }
    }

    fn entry(&self, kv: KeyValue) -> Arc<Entry> {
        let value = match (self.indexer.complete)(&kv) {
            Ok(completed) => {
                self.forgive(&kv.key);
                completed.unwrap_or(kv.value)
            }
            Err(problem) => {
                let key = String::from_utf8_lossy(&kv.key).into_owned();
                tracing::error!(key, revision = kv.mod_revision, problem, "Unreadable value");
                self.counts.unreadable.add(1);
                let bad = (kv.mod_revision, problem);
                self.unreadable.lock().insert(kv.key.clone(), bad);
                kv.value
            }
        };
        let facts = (self.indexer.facts)(&kv.key, &value);
        Entry::new(
            (kv.key, value),
            (kv.create_revision, kv.mod_revision),
            facts,
            self.prefix.len(),
            &self.options.budget,
        )
    }

    /// What is stored under a key can be read, or there is nothing any more.
    fn forgive(&self, key: &[u8]) {
        let mut unreadable = self.unreadable.lock();
        if !unreadable.is_empty() {
            unreadable.remove(key);
        }
    }

    fn is_in_lineage(&self) -> bool {
        self.lineage.load(Ordering::SeqCst) == self.store.lineage()
    }

    /// Applies all that has arrived; false if the store's watch is broken.
    fn catch_up(&self) -> bool {
        let mut feed = self.feed.lock();
        let Some(watch) = feed.as_mut() else { return false };
        loop {
            let next = if self.is_in_lineage() {
                watch.try_next()
            } else {
                Err(Error::Unavailable("it went back in time".to_owned()))
            };
            match next {
                Ok(Some(batch)) => self.apply(batch),
                Ok(None) => return true,
                Err(error) => {
                    let prefix = String::from_utf8_lossy(&self.prefix).into_owned();
                    tracing::warn!(prefix, %error, "the store's watch ended, listing anew");
                    self.counts.failures.add(1);
                    self.ready.store(false, Ordering::SeqCst);
                    // The pump sleeps on this watch's arrival and is the one to list anew.
                    watch.arrival().notify_one();
                    *feed = None;
                    return false;
                }
            }
        }
    }

    fn apply(&self, batch: WatchBatch) {
        if batch.events.is_empty() {
            self.counts.progress.add(1);
        }
        self.counts.events.add(batch.events.len() as u64);
        let change = |event: crate::store::Event| {
            if event.deleted {
                self.forgive(&event.kv.key);
                Change::Delete { key: event.kv.key, revision: event.kv.mod_revision }
            } else {
                Change::Put(self.entry(event.kv))
            }
        };
        let changes = batch.events.into_iter().map(change).collect();
        let now = self.options.clock.now_milliseconds();
        let mut state = self.state.write();
        let before = state.snapshot.revision;
        let called = state.apply(changes, batch.revision, now);
        let moved = state.snapshot.revision > before;
        drop(state);
        called.call();
        if moved {
            self.advanced.notify_waiters();
        }
    }
}
