//! The cache's state: the objects, the ring of events, and who is to be woken for which.

use std::collections::{HashMap, VecDeque};
use std::ops::Bound;
use std::sync::Arc;

use bytes::Bytes;
use imbl::OrdSet;

use super::call::{Callers, Place};
use super::entry::{CacheEvent, Entry, EventKind, Slot};
use super::{CacheError, Limits};
use crate::store::{Revision, prefix_end};

/// Which events a watcher wants to be woken for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Interest {
    /// All.
    All,
    /// Objects whose key begins with this: the cache's prefix, a namespace and a slash.
    Namespace(Bytes),
    /// The object with this key.
    Object(Bytes),
    /// Objects that have, or had before the event, this value in a trigger field.
    Field(usize, Box<str>),
}

impl Interest {
    fn covers(&self, event: &CacheEvent) -> bool {
        match self {
            Self::All => true,
            Self::Namespace(prefix) => event.entry.key.starts_with(prefix),
            Self::Object(key) => event.entry.key == key,
            Self::Field(index, value) => {
                let has = |entry: &Arc<Entry>| entry.facts.field(*index) == &**value;
                has(&event.entry) || event.previous.as_ref().is_some_and(has)
            }
        }
    }
}

/// Watchers with the same interest.
#[derive(Debug)]
struct Group {
    watchers: usize,
    callers: Arc<Callers>,
    /// From this event on, `events` is complete.
    since: u64,
    /// Events of the ring that concern the group.
    events: VecDeque<u64>,
    /// The newest of its events that the ring has dropped.
    dropped: Option<u64>,
}

impl Group {
    fn forget_before(&mut self, first: u64) {
        while self.events.front().is_some_and(|event| *event < first) {
            self.dropped = self.events.pop_front();
        }
    }
}

/// The objects at one revision. A clone costs nothing and never changes.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// The revision.
    pub revision: Revision,
    entries: OrdSet<Slot>,
}

impl Snapshot {
    /// Object with this key.
    pub fn get(&self, key: &[u8]) -> Option<&Arc<Entry>> {
        self.entries.get(key).map(|slot| &slot.0)
    }

    /// Objects from `start` on whose keys begin with `prefix`, in order.
    pub fn range<'a>(
        &'a self,
        prefix: &[u8],
        start: &[u8],
    ) -> impl Iterator<Item = &'a Arc<Entry>> + use<'a> {
        // Entries are not looked at on the way: they lie all over the memory.
        let end = prefix_end(prefix);
        let end = if end.is_empty() { Bound::Unbounded } else { Bound::Excluded(&*end) };
        let bounds: (Bound<&[u8]>, Bound<&[u8]>) = (Bound::Included(prefix.max(start)), end);
        self.entries.range::<_, [u8]>(bounds).map(|slot| &slot.0)
    }

    /// Whether it holds what another holds, and neither has changed since they were one.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        self.entries.ptr_eq(&other.entries)
    }

    /// All objects in order.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Entry>> {
        self.entries.iter().map(|slot| &slot.0)
    }

    /// Number of objects.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

/// Who is to be called, once the state is free for them to look at.
#[must_use]
pub(super) struct Called(Vec<Arc<Callers>>);

impl Called {
    fn add(&mut self, callers: &Arc<Callers>) {
        if !self.0.iter().any(|known| Arc::ptr_eq(known, callers)) {
            self.0.push(callers.clone());
        }
    }

    pub(super) fn call(self) {
        self.0.iter().for_each(|callers| callers.call());
    }
}

/// A snapshot kept every so many events, so that going back in time is a short walk.
struct Checkpoint {
    next: u64,
    snapshot: Snapshot,
}

const CHECKPOINT_EVENTS: u64 = 1024;

/// Everything behind the cache's lock.
pub(super) struct State {
    /// Rises with each listing; a watcher of an earlier one has ended.
    pub(super) epoch: u64,
    pub(super) snapshot: Snapshot,
    /// Bytes of its values.
    pub(super) value_bytes: usize,
    /// Events and the time they came; the first has number `first`.
    ring: VecDeque<(Arc<CacheEvent>, i64)>,
    first: u64,
    ring_bytes: usize,
    /// Oldest revision that a watch can resume after and a snapshot can be taken at.
    pub(super) oldest: Revision,
    checkpoints: VecDeque<Checkpoint>,
    groups: HashMap<Interest, Group>,
    triggers: Vec<usize>,
    limits: Limits,
}

/// A watcher's place.
#[derive(Clone, Debug)]
pub(super) struct Cursor {
    epoch: u64,
    next: u64,
    after: Revision,
}

impl Cursor {
    /// Its watcher has not ended with a listing.
    pub(super) fn is_in(&self, state: &State) -> bool {
        self.epoch == state.epoch
    }
}

impl State {
    pub(super) fn new(triggers: Vec<usize>, limits: Limits) -> Self {
        Self {
            epoch: 0,
            snapshot: Snapshot { revision: 0, entries: OrdSet::new() },
            value_bytes: 0,
            ring: VecDeque::new(),
            first: 0,
            ring_bytes: 0,
            oldest: 0,
            checkpoints: VecDeque::new(),
            groups: HashMap::new(),
            triggers,
            limits,
        }
    }

    fn end(&self) -> u64 {
        self.first + self.ring.len() as u64
    }

    /// Starts over from a listing; all watchers end, and are to be called.
    pub(super) fn reset(
        &mut self,
        entries: impl Iterator<Item = Arc<Entry>>,
        revision: Revision,
    ) -> Called {
        self.epoch += 1;
        self.value_bytes = 0;
        let bytes = &mut self.value_bytes;
        let slots = entries.inspect(|entry| *bytes += entry.value.len()).map(Slot);
        self.snapshot = Snapshot { revision, entries: slots.collect() };
        self.first = self.end();
        self.ring.clear();
        self.ring_bytes = 0;
        self.oldest = revision;
        self.checkpoints.clear();
        let groups = std::mem::take(&mut self.groups);
        Called(groups.into_values().map(|group| group.callers).collect())
    }

    /// Takes in changes that are complete up to `revision`, oldest first; says who is to be called.
    pub(super) fn apply(&mut self, changes: Vec<Change>, revision: Revision, now: i64) -> Called {
        let mut called = Called(Vec::new());
        for change in changes {
            self.change(change, now, &mut called);
        }
        self.snapshot.revision = self.snapshot.revision.max(revision);
        let last = self.checkpoints.back().map_or(self.first, |checkpoint| checkpoint.next);
        if self.end() >= last + CHECKPOINT_EVENTS {
            let checkpoint = Checkpoint { next: self.end(), snapshot: self.snapshot.clone() };
            self.checkpoints.push_back(checkpoint);
        }
        self.trim(now);
        called
    }

    fn change(&mut self, change: Change, now: i64, called: &mut Called) {
        let event = match change {
            Change::Put(entry) => {
                let revision = entry.mod_revision;
                let previous = self.snapshot.entries.insert(Slot(entry.clone())).map(|slot| slot.0);
                self.value_bytes += entry.value.len();
                self.value_bytes -= previous.as_ref().map_or(0, |previous| previous.value.len());
                let kind = if previous.is_some() { EventKind::Modified } else { EventKind::Added };
                CacheEvent::new(kind, entry, previous, revision)
            }
            Change::Delete { key, revision } => {
                let Some(Slot(previous)) = self.snapshot.entries.remove(key.as_ref()) else {
                    return;
                };
                self.value_bytes -= previous.value.len();
                let entry = previous.at(revision);
                CacheEvent::new(EventKind::Deleted, entry, Some(previous), revision)
            }
        };
        self.note(&event, called);
        self.ring_bytes += event.bytes();
        self.ring.push_back((event, now));
    }

    /// Tells those whom an event concerns.
    fn note(&mut self, event: &Arc<CacheEvent>, called: &mut Called) {
        if self.groups.is_empty() {
            return;
        }
        let number = self.end();
        let first = self.first;
        let mut note = |interest: &Interest| {
            if let Some(group) = self.groups.get_mut(interest) {
                if *interest != Interest::All {
                    group.forget_before(first);
                    group.events.push_back(number);
                }
                called.add(&group.callers);
            }
        };
        note(&Interest::All);
        note(&Interest::Namespace(event.entry.namespace_prefix()));
        note(&Interest::Object(event.entry.key.clone()));
        for index in &self.triggers {
            let after = event.entry.facts.field(*index);
            note(&Interest::Field(*index, after.into()));
            let before = event.previous.as_ref().map(|previous| previous.facts.field(*index));
            if let Some(before) = before.filter(|before| *before != after) {
                note(&Interest::Field(*index, before.into()));
            }
        }
    }

    /// Drops events that are both more than the least number and over a bound.
    pub(super) fn trim(&mut self, now: i64) {
        let limits = &self.limits;
        while let Some((event, came)) = self.ring.front() {
            let aged = now.saturating_sub(*came) > limits.ring_milliseconds;
            let over =
                self.ring.len() > limits.ring_most_events || self.ring_bytes > limits.ring_bytes;
            if self.ring.len() <= limits.ring_least_events || !(aged || over) {
                break;
            }
            self.oldest = event.revision;
            self.ring_bytes -= event.bytes();
            self.ring.pop_front();
            self.first += 1;
        }
        while self.checkpoints.front().is_some_and(|checkpoint| checkpoint.next <= self.first) {
            self.checkpoints.pop_front();
        }
    }

    /// The objects as they were at `revision`.
    pub(super) fn snapshot_at(&self, revision: Revision) -> Result<Snapshot, CacheError> {
        if revision < self.oldest {
            return Err(CacheError::TooOld { requested: revision, oldest: self.oldest });
        }
        if revision > self.snapshot.revision {
            let current = self.snapshot.revision;
            return Err(CacheError::TooNew { requested: revision, current });
        }
        let later =
            self.checkpoints.partition_point(|checkpoint| checkpoint.snapshot.revision < revision);
        let (mut entries, mut next) = match self.checkpoints.get(later) {
            Some(checkpoint) => (checkpoint.snapshot.entries.clone(), checkpoint.next),
            None => (self.snapshot.entries.clone(), self.end()),
        };
        while next > self.first {
            let (event, _) = &self.ring[(next - 1 - self.first) as usize];
            if event.revision <= revision {
                break;
            }
            match &event.previous {
                Some(previous) => entries.insert(Slot(previous.clone())),
                None => entries.remove(event.entry.key.as_ref()),
            };
            next -= 1;
        }
        Ok(Snapshot { revision, entries })
    }

    /// Registers a watcher for what comes after `after`.
    pub(super) fn subscribe(
        &mut self,
        interest: &Interest,
        after: Revision,
    ) -> Result<(Cursor, Place), CacheError> {
        if after < self.oldest {
            return Err(CacheError::TooOld { requested: after, oldest: self.oldest });
        }
        let passed = self.ring.partition_point(|(event, _)| event.revision <= after);
        let next = self.first + passed as u64;
        let since = self.end();
        let group = self.groups.entry(interest.clone()).or_insert_with(|| Group {
            watchers: 0,
            callers: Arc::default(),
            since,
            events: VecDeque::new(),
            dropped: None,
        });
        group.watchers += 1;
        Ok((Cursor { epoch: self.epoch, next, after }, group.callers.place()))
    }

    pub(super) fn unsubscribe(&mut self, interest: &Interest, cursor: &Cursor) {
        if cursor.epoch != self.epoch {
            return;
        }
        if let Some(group) = self.groups.get_mut(interest) {
            group.watchers -= 1;
            if group.watchers == 0 {
                self.groups.remove(interest);
            }
        }
    }

    /// Takes up to `most` events for a watcher. Also tells up to where it has seen everything.
    pub(super) fn take(
        &self,
        interest: &Interest,
        cursor: &mut Cursor,
        most: usize,
    ) -> Result<(Vec<Arc<CacheEvent>>, Revision), CacheError> {
        let ended = || CacheError::Expired { current: self.snapshot.revision };
        if cursor.epoch != self.epoch {
            return Err(ended());
        }
        let group = self.groups.get(interest).ok_or_else(ended)?;
        let (end, mut events) = (self.end(), Vec::new());
        let scan_until = if *interest == Interest::All { end } else { group.since.min(end) };
        if cursor.next < scan_until && cursor.next < self.first {
            return Err(ended());
        }
        while cursor.next < scan_until && events.len() < most {
            let (event, _) = &self.ring[(cursor.next - self.first) as usize];
            cursor.next += 1;
            if event.revision > cursor.after && interest.covers(event) {
                events.push(event.clone());
            }
        }
        if cursor.next >= scan_until && scan_until < end {
            let next = cursor.next;
            if group.dropped.is_some_and(|dropped| dropped >= next) {
                return Err(ended());
            }
            let from = group.events.partition_point(|number| *number < next);
            for number in group.events.range(from..) {
                if events.len() == most {
                    break;
                }
                if *number < self.first {
                    return Err(ended());
                }
                let (event, _) = &self.ring[(*number - self.first) as usize];
                cursor.next = number + 1;
                if event.revision > cursor.after {
                    events.push(event.clone());
                }
            }
            if group.events.back().is_none_or(|newest| *newest < cursor.next) {
                cursor.next = end;
            }
        }
        let complete = if cursor.next == end {
            self.snapshot.revision
        } else {
            // The next event may be of the same revision as the last.
            events.last().map_or(cursor.after, |event| event.revision - 1)
        };
        cursor.after = cursor.after.max(complete.min(self.snapshot.revision));
        Ok((events, cursor.after))
    }

    pub(super) fn ring_len(&self) -> usize {
        self.ring.len()
    }
}

/// A change as the store reports it, with the facts already read.
pub(super) enum Change {
    Put(Arc<Entry>),
    Delete { key: Bytes, revision: Revision },
}
