//! What the embedded store keeps in memory: the versions of each key and the history of revisions.

use std::borrow::Borrow;
use std::cmp::Ordering;
use std::collections::VecDeque;
use std::ops::Bound;
use std::sync::Arc;

use bytes::Bytes;
use imbl::OrdSet;
use parking_lot::Mutex;

use crate::store::{Error, Event, KeyValue, LeaseId, Range, RangeResult, Revision};

/// What is said of a version besides its key and its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    pub(super) create_revision: Revision,
    pub(super) mod_revision: Revision,
    pub(super) version: i64,
    pub(super) lease: LeaseId,
}

/// One version of a key, linked to the version before. There is one for each object, so it is kept small.
#[derive(Debug)]
pub(super) struct Record {
    /// The key and, behind it, the value.
    whole: Bytes,
    key_length: u32,
    /// Place among the records of its revision.
    pub(super) sub: u32,
    pub(super) stamp: Stamp,
    pub(super) deleted: bool,
    previous: Mutex<Option<Arc<Record>>>,
}

impl Record {
    /// A value, in a buffer of just its size, so that the store never holds on to the larger one that
    /// a request was read into.
    pub(super) fn put(
        (key, value): (&[u8], &[u8]),
        stamp: Stamp,
        sub: u32,
        previous: Option<Arc<Record>>,
    ) -> Arc<Self> {
        let mut whole = Vec::with_capacity(key.len() + value.len());
        whole.extend_from_slice(key);
        whole.extend_from_slice(value);
        let (whole, key_length) = (whole.into(), key.len() as u32);
        let previous = Mutex::new(previous);
        Arc::new(Self { whole, key_length, sub, stamp, deleted: false, previous })
    }

    /// A deletion, which shares its key with what it deletes.
    pub(super) fn deletion(mod_revision: Revision, sub: u32, deleted: Arc<Record>) -> Arc<Self> {
        let stamp = Stamp { create_revision: 0, mod_revision, version: 0, lease: 0 };
        let (whole, key_length) = (deleted.shared_key(), deleted.key_length);
        let previous = Mutex::new(Some(deleted));
        Arc::new(Self { whole, key_length, sub, stamp, deleted: true, previous })
    }

    pub(super) fn key(&self) -> &[u8] {
        &self.whole[..self.key_length as usize]
    }

    pub(super) fn shared_key(&self) -> Bytes {
        self.whole.slice(..self.key_length as usize)
    }

    pub(super) fn value(&self) -> &[u8] {
        &self.whole[self.key_length as usize..]
    }

    /// As the store's callers see it.
    pub(super) fn kv(&self) -> KeyValue {
        let Stamp { create_revision, mod_revision, version, lease } = self.stamp;
        let (key, value) = (self.shared_key(), self.whole.slice(self.key_length as usize..));
        KeyValue { key, value, create_revision, mod_revision, version, lease }
    }

    /// Bytes of its key and its value.
    pub(super) fn bytes(&self) -> usize {
        self.whole.len()
    }

    /// Name of its row on disk.
    pub(super) fn row(&self) -> (u64, u32) {
        (self.stamp.mod_revision as u64, self.sub)
    }

    /// What its row takes, with about what the table needs for it.
    pub(super) fn row_bytes(&self) -> u64 {
        row_bytes(self.bytes())
    }

    /// Cuts the link to the version before and returns that.
    pub(super) fn forget_previous(&self) -> Option<Arc<Record>> {
        self.previous.lock().take()
    }

    fn at(self: &Arc<Self>, revision: Revision) -> Option<Arc<Self>> {
        let mut record = self.clone();
        while record.stamp.mod_revision > revision {
            let previous = record.previous.lock().clone()?;
            record = previous;
        }
        Some(record)
    }
}

/// What the row of a change of so many bytes takes, with about what the table needs for it.
pub(super) fn row_bytes(bytes: usize) -> u64 {
    (bytes + 64) as u64
}

impl Drop for Record {
    /// Takes a long chain apart in a loop: dropping it link by link would overflow the stack.
    fn drop(&mut self) {
        let mut next = self.previous.get_mut().take();
        while let Some(record) = next {
            next = Arc::into_inner(record).and_then(|mut last| last.previous.get_mut().take());
        }
    }
}

/// The newest version of a key as a member of an ordered set.
#[derive(Clone, Debug)]
pub(super) struct Slot(pub(super) Arc<Record>);

impl Borrow<[u8]> for Slot {
    fn borrow(&self) -> &[u8] {
        self.0.key()
    }
}

impl Ord for Slot {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.key().cmp(other.0.key())
    }
}

impl PartialOrd for Slot {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Slot {
    fn eq(&self, other: &Self) -> bool {
        self.0.key() == other.0.key()
    }
}

impl Eq for Slot {}

/// The keys as of one revision; a clone costs nothing.
#[derive(Clone, Debug)]
pub(super) struct View {
    pub(super) revision: Revision,
    pub(super) keys: OrdSet<Slot>,
}

impl View {
    /// Key as it is now, unless deleted.
    pub(super) fn live(&self, key: &[u8]) -> Option<&Arc<Record>> {
        self.keys.get(key).map(|slot| &slot.0).filter(|record| !record.deleted)
    }

    /// Answers a read. The caller checks the revision against what has been compacted, afterwards.
    pub(super) fn range(&self, range: &Range) -> Result<RangeResult, Error> {
        if range.revision > self.revision {
            return Err(Error::FutureRevision {
                requested: range.revision,
                current: self.revision,
            });
        }
        let mut result = RangeResult { revision: self.revision, ..RangeResult::default() };
        if range.end.is_empty() {
            if let Some(slot) = self.keys.get(range.start.as_ref()) {
                collect(&slot.0, range, &mut result);
            }
        } else if range.start < range.end {
            let bounds: (Bound<&[u8]>, Bound<&[u8]>) =
                (Bound::Included(&range.start), Bound::Excluded(&range.end));
            for slot in self.keys.range::<_, [u8]>(bounds) {
                collect(&slot.0, range, &mut result);
            }
        }
        Ok(result)
    }
}

fn collect(newest: &Arc<Record>, range: &Range, result: &mut RangeResult) {
    let wanted = !range.count_only && (range.limit == 0 || result.kvs.len() < range.limit);
    if range.revision == 0 || newest.stamp.mod_revision <= range.revision {
        if newest.deleted {
            return;
        }
        if wanted {
            result.kvs.push(newest.kv());
        }
    } else {
        let Some(record) = newest.at(range.revision).filter(|record| !record.deleted) else {
            return;
        };
        if wanted {
            result.kvs.push(record.kv());
        }
    }
    result.count += 1;
    result.more |= !wanted && !range.count_only;
}

/// One change. It holds the version before by itself, so that compaction may cut the chain while
/// the change still waits for a watcher.
#[derive(Debug)]
pub(super) struct Change {
    pub(super) record: Arc<Record>,
    pub(super) previous: Option<Arc<Record>>,
}

impl Change {
    pub(super) fn key(&self) -> &[u8] {
        self.record.key()
    }

    /// Rows that nobody needs once it has been compacted: its own if it is a deletion, and that of
    /// the version before.
    fn rows_left(&self) -> usize {
        let superseded = self.previous.as_ref().is_some_and(|previous| !previous.deleted);
        usize::from(self.record.deleted) + usize::from(superseded)
    }

    pub(super) fn event(&self) -> Event {
        let previous = self.previous.as_ref().filter(|previous| !previous.deleted);
        Event {
            kv: self.record.kv(),
            previous: previous.map(|previous| previous.kv()),
            deleted: self.record.deleted,
        }
    }
}

/// The changes of one revision.
#[derive(Debug)]
pub(super) struct Revised {
    pub(super) revision: Revision,
    pub(super) changes: Box<[Change]>,
    pub(super) at_milliseconds: i64,
}

impl Revised {
    pub(super) fn bytes(&self) -> usize {
        self.changes.iter().map(|change| change.record.bytes() + 160).sum()
    }

    pub(super) fn touches(&self, prefix: &[u8]) -> bool {
        self.changes.iter().any(|change| change.key().starts_with(prefix))
    }
}

/// Revisions after the last compaction, oldest first and without a gap.
#[derive(Debug, Default)]
pub(super) struct History {
    pub(super) revisions: VecDeque<Arc<Revised>>,
    pub(super) bytes: usize,
}

impl History {
    pub(super) fn push(&mut self, revised: Arc<Revised>) {
        self.bytes += revised.bytes();
        self.revisions.push_back(revised);
    }

    /// Takes out the oldest revisions up to this one, each of them whole: so many that they leave
    /// `rows` to delete, or have `changes` if they leave fewer.
    pub(super) fn pop(
        &mut self,
        up_to: Revision,
        rows: usize,
        changes: usize,
    ) -> Vec<Arc<Revised>> {
        let (mut left, mut seen, mut taken) = (0, 0, Vec::new());
        while left < rows
            && seen < changes
            && self.revisions.front().is_some_and(|oldest| oldest.revision <= up_to)
            && let Some(oldest) = self.revisions.pop_front()
        {
            self.bytes -= oldest.bytes();
            seen += oldest.changes.len();
            left += oldest.changes.iter().map(Change::rows_left).sum::<usize>();
            taken.push(oldest);
        }
        taken
    }

    /// Looks at the first `most` revisions after `after` and takes those that concern a prefix. Returns
    /// where it stopped, unless it has seen all.
    pub(super) fn after(
        &self,
        after: Revision,
        most: usize,
        prefix: &[u8],
        taken: &mut VecDeque<Arc<Revised>>,
    ) -> Option<Revision> {
        let first = self.revisions.partition_point(|revised| revised.revision <= after);
        let looked_at = self.revisions.range(first..).take(most);
        taken.extend(looked_at.filter(|revised| revised.touches(prefix)).cloned());
        self.revisions.get(first.saturating_add(most)).map(|next| next.revision - 1)
    }
}
