//! How many objects the pages of a list have left over.

use std::collections::VecDeque;

use bytes::Bytes;
use parking_lot::Mutex;
use tokio::time::{Duration, Instant};

use super::Snapshot;

/// Lists that are read page by page at the same time.
const LISTS: usize = 8;
/// Who has not asked for the next page by then lets it be counted.
const KEPT: Duration = Duration::from_secs(15);

/// Where a page ended, and what came behind it.
struct Left {
    snapshot: Snapshot,
    prefix: Bytes,
    start: Bytes,
    count: usize,
    noted: Instant,
}

/// What the latest pages left over, so that not every page counts all that comes behind it.
#[derive(Default)]
pub(super) struct Lefts(Mutex<VecDeque<Left>>);

impl Lefts {
    /// Number of objects from `start` on whose keys begin with `prefix`.
    pub(super) fn count(&self, snapshot: &Snapshot, prefix: &[u8], start: &[u8]) -> usize {
        let is_it = |left: &&Left| {
            left.start == start && left.prefix == prefix && left.snapshot.is_same(snapshot)
        };
        let known = self.0.lock().iter().find(is_it).map(|left| left.count);
        known.unwrap_or_else(|| snapshot.range(prefix, start).count())
    }

    /// That many are left from `start` on, where the next page begins.
    pub(super) fn note(&self, snapshot: &Snapshot, prefix: &Bytes, start: Bytes, count: usize) {
        let (snapshot, prefix) = (snapshot.clone(), prefix.clone());
        let left = Left { snapshot, prefix, start, count, noted: Instant::now() };
        let mut lefts = self.0.lock();
        // The list's page before has told what it knew.
        lefts
            .retain(|older| older.prefix != left.prefix || !older.snapshot.is_same(&left.snapshot));
        if lefts.len() == LISTS {
            lefts.pop_front();
        }
        lefts.push_back(left);
    }

    /// Lets go of snapshots that nobody goes on with.
    pub(super) fn trim(&self) {
        self.0.lock().retain(|left| left.noted.elapsed() < KEPT);
    }
}
