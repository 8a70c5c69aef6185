//! Rows of the embedded store's table: how they are written, and the state that they add up to.

use std::collections::BTreeMap;
use std::sync::Arc;

use imbl::OrdSet;
use redb::{ReadTransaction, ReadableTable};

use super::disk::{LEASES, META};
use super::machine::{Changes, Lease, Machine, Origin};
use super::quota::Quota;
use super::versions::{Change, History, Record, Revised, Slot, Stamp, View, row_bytes};
use crate::store::{LeaseId, Revision};

const DELETED: u8 = 1;
const HEADER_BYTES: usize = 1 + 3 * 8 + 4;

/// What the tables besides the rows say.
#[derive(Debug)]
pub(super) struct Facts {
    pub(super) format: i64,
    pub(super) revision: Revision,
    pub(super) compacted: Revision,
    pub(super) next_lease: LeaseId,
    pub(super) groups: i64,
    pub(super) origin: Origin,
    /// Leases with the time at which they end.
    pub(super) leases: BTreeMap<LeaseId, i64>,
}

impl Facts {
    pub(super) fn read(transaction: &ReadTransaction) -> Result<Self, redb::Error> {
        let meta = transaction.open_table(META)?;
        let value = |name: &str| -> Result<i64, redb::Error> {
            Ok(meta.get(name)?.map_or(0, |row| row.value()))
        };
        let mut leases = BTreeMap::new();
        for row in transaction.open_table(LEASES)?.iter()? {
            let (id, expires) = row?;
            leases.insert(id.value(), expires.value());
        }
        Ok(Self {
            format: value("format")?,
            revision: value("revision")?,
            compacted: value("compacted")?,
            next_lease: value("next_lease")?,
            groups: value("groups")?,
            origin: Origin { writer: value("writer")?, others_until: value("others_until")? },
            leases,
        })
    }
}

/// A row that nothing refers to any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Garbage {
    pub(super) row: (u64, u32),
    pub(super) bytes: u64,
}

impl Garbage {
    pub(super) fn of(record: &Record) -> Self {
        Self { row: record.row(), bytes: record.row_bytes() }
    }
}

/// What the file held.
pub(super) struct Loaded {
    pub(super) machine: Machine,
    pub(super) history: History,
    /// Age of the history is counted from here: the file does not hold times.
    now: i64,
    /// Rows that a compaction cut short has left behind.
    pub(super) garbage: Vec<Garbage>,
    /// Groups of writes that are in the file.
    pub(super) groups: i64,
    /// Rows read, and their keys and values in bytes.
    pub(super) rows: u64,
    pub(super) bytes: u64,
    /// Changes of the revision that is being read.
    open: Vec<Change>,
}

impl Loaded {
    pub(super) fn new(facts: Facts, now: i64) -> Self {
        let lease =
            |(id, expires_milliseconds)| (id, Lease { expires_milliseconds, ..Lease::default() });
        let machine = Machine {
            view: View { revision: facts.revision, keys: OrdSet::new() },
            compacted: facts.compacted,
            leases: facts.leases.into_iter().map(lease).collect(),
            next_lease: facts.next_lease,
            origin: facts.origin,
            size: 0,
            quota: Quota::new(None),
            changes: Changes::default(),
        };
        Self {
            machine,
            history: History::default(),
            now,
            garbage: Vec::new(),
            groups: facts.groups,
            rows: 0,
            bytes: 0,
            open: Vec::new(),
        }
    }

    /// Takes in the next row; says what is wrong with one that cannot follow those before it.
    pub(super) fn row(&mut self, revision: u64, sub: u32, body: &[u8]) -> Result<(), String> {
        let row = Row::read(revision as Revision, body).ok_or("it is malformed")?;
        let (key, stamp) = (row.key, row.stamp);
        self.rows += 1;
        self.bytes += (key.len() + row.value.len()) as u64;
        self.machine.size += row.bytes();
        let keys = &mut self.machine.view.keys;
        let older = keys.get(key).map(|slot| slot.0.clone());
        if stamp.mod_revision <= self.machine.compacted {
            if let Some(older) = older {
                self.garbage.push(Garbage::of(&older));
            }
            if row.deleted {
                keys.remove(key);
                self.garbage.push(Garbage { row: (revision, sub), bytes: row.bytes() });
            } else {
                keys.insert(Slot(Record::put((key, row.value), stamp, sub, None)));
            }
            return Ok(());
        }
        follows(&row, older.as_deref())?;
        let record = match &older {
            Some(older) if row.deleted => Record::deletion(stamp.mod_revision, sub, older.clone()),
            _ => Record::put((key, row.value), stamp, sub, older.clone()),
        };
        keys.insert(Slot(record.clone()));
        let other = |first: &Change| first.record.stamp.mod_revision != stamp.mod_revision;
        if self.open.first().is_some_and(other) {
            self.close();
        }
        if sub as usize != self.open.len() {
            return Err(format!("change {} of the revision is missing", self.open.len()));
        }
        self.open.push(Change { record, previous: older });
        Ok(())
    }

    fn close(&mut self) {
        let Some(revision) = self.open.first().map(|first| first.record.stamp.mod_revision) else {
            return;
        };
        let changes = std::mem::take(&mut self.open).into();
        self.history.push(Arc::new(Revised { revision, changes, at_milliseconds: self.now }));
    }

    /// Checks that no revision is missing, and joins keys and leases.
    pub(super) fn finish(&mut self) -> Result<(), String> {
        self.close();
        let machine = &mut self.machine;
        let mut expected = machine.compacted.max(1);
        for revised in &self.history.revisions {
            expected += 1;
            if revised.revision != expected {
                return Err(format!("revision {expected} is missing"));
            }
        }
        if expected != machine.view.revision {
            return Err(format!("revision {} is missing", expected + 1));
        }
        for slot in machine.view.keys.iter().filter(|slot| !slot.0.deleted) {
            if let Some(lease) = machine.leases.get_mut(&slot.0.stamp.lease) {
                lease.keys.insert(slot.0.shared_key());
            }
        }
        Ok(())
    }
}

/// Whether a change can come after the state of its key.
fn follows(row: &Row<'_>, older: Option<&Record>) -> Result<(), String> {
    let live = older.filter(|older| !older.deleted).map(|older| older.stamp);
    let expected = match (row.deleted, live) {
        (true, None) => return Err("it deletes a key that is not there".into()),
        (true, Some(_)) => (0, 0),
        (false, None) => (row.stamp.mod_revision, 1),
        (false, Some(live)) => (live.create_revision, live.version + 1),
    };
    let found = (row.stamp.create_revision, row.stamp.version);
    if found == expected {
        return Ok(());
    }
    Err(format!(
        "made at {} as version {}, not at {} as {}",
        found.0, found.1, expected.0, expected.1
    ))
}

/// A change as it stands in the table.
pub(super) struct Row<'a> {
    pub(super) key: &'a [u8],
    pub(super) value: &'a [u8],
    pub(super) stamp: Stamp,
    pub(super) deleted: bool,
}

impl<'a> Row<'a> {
    pub(super) fn of(record: &'a Record) -> Self {
        let (key, stamp, deleted) = (record.key(), record.stamp, record.deleted);
        Self { key, value: record.value(), stamp, deleted }
    }

    fn read(mod_revision: Revision, body: &'a [u8]) -> Option<Self> {
        let (header, rest) = body.split_at_checked(HEADER_BYTES)?;
        let number = |at: usize| Some(i64::from_le_bytes(header.get(at..at + 8)?.try_into().ok()?));
        let key_length = u32::from_le_bytes(header[25..].try_into().ok()?) as usize;
        let (key, value) = rest.split_at_checked(key_length)?;
        let (create_revision, version, lease) = (number(1)?, number(9)?, number(17)?);
        let stamp = Stamp { create_revision, mod_revision, version, lease };
        Some(Self { key, value, stamp, deleted: header[0] == DELETED })
    }

    pub(super) fn write(&self, body: &mut Vec<u8>) {
        body.clear();
        body.push(if self.deleted { DELETED } else { 0 });
        for number in [self.stamp.create_revision, self.stamp.version, self.stamp.lease] {
            body.extend_from_slice(&number.to_le_bytes());
        }
        body.extend_from_slice(&(self.key.len() as u32).to_le_bytes());
        body.extend_from_slice(self.key);
        body.extend_from_slice(self.value);
    }

    /// What it takes, with about what the table needs for it.
    fn bytes(&self) -> u64 {
        row_bytes(self.key.len() + self.value.len())
    }
}
