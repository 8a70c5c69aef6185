//! How a cache comes to hold what its store holds: a listing, and then the store's watch.

use std::sync::atomic::Ordering;
use std::sync::{Arc, Weak};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::{Instant, sleep, timeout};

use super::entry::Entry;
use super::state::Change;
use super::{ASK_AGAIN, Inner};
use crate::store::{Error, KeyValue, Range, Revision, WatchBatch, key_after, prefix_end};

const LIST_PAGE: usize = 10_000;
/// Objects of a page that one task looks at.
const LOOK: usize = 1000;
const RETRY: Duration = Duration::from_millis(200);
const TRIM_EVERY: Duration = Duration::from_secs(15);
/// Revisions before the newest one that a cache remembers when it starts.
const REMEMBERED: Revision = 10_000;

/// Lists, then applies what the store's watch brings; over again when that breaks.
pub(super) async fn run(cache: Weak<Inner>) {
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
            inner.lefts.trim();
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
                Some(last) => range.start = key_after(&last),
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

    pub(super) fn is_in_lineage(&self) -> bool {
        self.lineage.load(Ordering::SeqCst) == self.store.lineage()
    }

    /// Applies all that has arrived; false if the store's watch is broken.
    pub(super) fn catch_up(&self) -> bool {
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

    pub(super) fn apply(&self, batch: WatchBatch) {
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
