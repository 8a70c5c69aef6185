//! The embedded store's file: rows of revisions in a redb database.

use std::collections::BTreeMap;
use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

use imbl::OrdSet;
use redb::{
    Database, DatabaseError, Durability, ReadableDatabase, ReadableTable, StorageBackend,
    StorageError, TableDefinition,
};

use super::machine::{Changes, Lease, Machine};
use super::versions::{Change, History, Record, Revised, Slot, View, own};
use crate::store::{Error, KeyValue, LeaseId, Revision};

pub(super) const FILE: &str = "store.redb";
const FORMAT: i64 = 1;
/// Reads never come here, so the page cache only has to hold the tree's upper levels.
const PAGE_CACHE_BYTES: usize = 16 << 20;

const REVISIONS: TableDefinition<'_, (u64, u32), &[u8]> = TableDefinition::new("revisions");
const LEASES: TableDefinition<'_, i64, i64> = TableDefinition::new("leases");
const META: TableDefinition<'_, &str, i64> = TableDefinition::new("meta");

const DELETED: u8 = 1;
const HEADER_BYTES: usize = 1 + 3 * 8 + 4;

/// The database.
pub(super) struct Disk {
    database: Database,
}

/// What the file held.
pub(super) struct Loaded {
    pub(super) machine: Machine,
    pub(super) history: History,
    /// Age of the history is counted from here: the file does not hold times.
    now: i64,
    /// Rows that a compaction cut short has left behind.
    pub(super) garbage: Vec<(u64, u32)>,
}

impl Disk {
    /// Opens the file in `directory`, or makes it, and verifies every page's checksum.
    pub(super) fn open(directory: &Path, now: i64) -> Result<(Self, Loaded), Error> {
        let path = directory.join(FILE);
        let fresh = !path.exists();
        let create = || redb::Builder::new().set_cache_size(PAGE_CACHE_BYTES).create(&path);
        let opened = Self::verified(&path, now, create)?;
        if fresh {
            File::open(directory)
                .and_then(|folder| folder.sync_all())
                .map_err(|error| Error::Unavailable(format!("{}: {error}", path.display())))?;
        }
        Ok(opened)
    }

    /// Opens a database on a backend of the caller's.
    #[cfg_attr(not(test), expect(dead_code, reason = "faults are injected by tests only"))]
    pub(super) fn on(backend: impl StorageBackend) -> Result<(Self, Loaded), Error> {
        let create = || redb::Builder::new().create_with_backend(backend);
        Self::verified(Path::new("backend"), 0, create)
    }

    fn verified(
        path: &Path,
        now: i64,
        open: impl FnOnce() -> Result<Database, DatabaseError>,
    ) -> Result<(Self, Loaded), Error> {
        // redb asserts on some of what it reads; on a damaged file that is damage, not a bug.
        let attempt = catch_unwind(AssertUnwindSafe(|| {
            let mut database = open().map_err(|error| refused(path, &error))?;
            match database.check_integrity() {
                Ok(true) => {}
                Ok(false) => return Err(corrupted(path, "a page does not match its checksum")),
                Err(error) => return Err(refused(path, &error)),
            }
            let mut disk = Self { database };
            let loaded = disk.load(path, now)?;
            Ok((disk, loaded))
        }));
        attempt.unwrap_or_else(|_| Err(corrupted(path, "its pages do not fit together")))
    }

    fn load(&mut self, path: &Path, now: i64) -> Result<Loaded, Error> {
        self.initialize().map_err(|error| corrupted(path, &error.to_string()))?;
        let read = || -> Result<_, redb::Error> {
            let transaction = self.database.begin_read()?;
            let meta = transaction.open_table(META)?;
            let value = |name: &str| -> Result<i64, redb::Error> {
                Ok(meta.get(name)?.map_or(0, |row| row.value()))
            };
            let facts = (value("format")?, value("revision")?, value("compacted")?);
            let next_lease = value("next_lease")?;
            let mut leases = BTreeMap::new();
            for row in transaction.open_table(LEASES)?.iter()? {
                let (id, expires) = row?;
                let lease = Lease { expires_milliseconds: expires.value(), ..Lease::default() };
                leases.insert(id.value(), lease);
            }
            Ok((transaction, facts, next_lease, leases))
        };
        let (transaction, (format, revision, compacted), next_lease, leases) =
            read().map_err(|error| corrupted(path, &error.to_string()))?;
        if format != FORMAT {
            let text = format!("format {format} is not one this version knows");
            return Err(corrupted(path, &text));
        }
        let keys = OrdSet::new();
        let machine = Machine {
            view: View { revision, keys },
            compacted,
            leases,
            next_lease,
            changes: Changes::default(),
        };
        let mut loaded = Loaded { machine, history: History::default(), now, garbage: Vec::new() };
        let table = transaction
            .open_table(REVISIONS)
            .map_err(|error| corrupted(path, &error.to_string()))?;
        let rows = table.iter().map_err(|error| corrupted(path, &error.to_string()))?;
        let mut open: Vec<Change> = Vec::new();
        for row in rows {
            let (name, body) = row.map_err(|error| corrupted(path, &error.to_string()))?;
            let (revision, sub) = name.value();
            let (kv, deleted) = decode(revision as Revision, body.value())
                .ok_or_else(|| corrupted(path, &format!("row {revision}/{sub} is malformed")))?;
            loaded.row(kv, deleted, sub, &mut open);
        }
        loaded.close(&mut open);
        loaded.finish(path)?;
        Ok(loaded)
    }

    fn initialize(&self) -> Result<(), redb::Error> {
        let transaction = self.database.begin_write()?;
        {
            transaction.open_table(REVISIONS)?;
            transaction.open_table(LEASES)?;
            let mut meta = transaction.open_table(META)?;
            if meta.get("format")?.is_some() {
                drop(meta);
                transaction.abort()?;
                return Ok(());
            }
            meta.insert("format", FORMAT)?;
            meta.insert("revision", 1)?;
            meta.insert("compacted", 0)?;
            meta.insert("next_lease", 1)?;
        }
        transaction.commit()?;
        Ok(())
    }

    /// Makes a group durable: returns after the one fsync.
    pub(super) fn commit(
        &self,
        machine: &Machine,
        garbage: &[(u64, u32)],
    ) -> Result<(), redb::Error> {
        let mut transaction = self.database.begin_write()?;
        transaction.set_durability(Durability::Immediate)?;
        {
            let changes = &machine.changes;
            let mut rows = transaction.open_table(REVISIONS)?;
            let mut body = Vec::new();
            for change in changes.revised.iter().flat_map(|revised| &revised.changes) {
                encode(&change.record, &mut body);
                rows.insert(change.record.row(), body.as_slice())?;
            }
            for row in garbage {
                rows.remove(row)?;
            }
            let mut meta = transaction.open_table(META)?;
            meta.insert("revision", machine.view.revision)?;
            if let Some(compacted) = changes.compacted {
                meta.insert("compacted", compacted)?;
            }
            if !changes.leases.is_empty() {
                meta.insert("next_lease", machine.next_lease)?;
                let mut leases = transaction.open_table(LEASES)?;
                for (id, expires) in &changes.leases {
                    match expires {
                        Some(expires) => leases.insert(id, expires)?,
                        None => leases.remove(id)?,
                    };
                }
            }
        }
        transaction.commit()?;
        Ok(())
    }
}

impl Loaded {
    fn row(&mut self, kv: KeyValue, deleted: bool, sub: u32, open: &mut Vec<Change>) {
        let keys = &mut self.machine.view.keys;
        let older = keys.get(kv.key.as_ref()).map(|slot| slot.0.clone());
        if kv.mod_revision <= self.machine.compacted {
            if let Some(older) = older {
                self.garbage.push(older.row());
            }
            if deleted {
                keys.remove(kv.key.as_ref());
                self.garbage.push((kv.mod_revision as u64, sub));
            } else {
                keys.insert(Slot(Record::new(kv, false, sub, None)));
            }
            return;
        }
        let revision = kv.mod_revision;
        let record = Record::new(kv, deleted, sub, older.clone());
        keys.insert(Slot(record.clone()));
        if open.first().is_some_and(|first| first.record.kv.mod_revision != revision) {
            self.close(open);
        }
        open.push(Change { record, previous: older });
    }

    fn close(&mut self, open: &mut Vec<Change>) {
        let Some(revision) = open.first().map(|first| first.record.kv.mod_revision) else {
            return;
        };
        let changes = std::mem::take(open);
        self.history.push(Arc::new(Revised { revision, changes, at_milliseconds: self.now }));
    }

    /// Checks that no revision is missing, and joins keys and leases.
    fn finish(&mut self, path: &Path) -> Result<(), Error> {
        let machine = &mut self.machine;
        let mut expected = machine.compacted.max(1);
        for revised in &self.history.revisions {
            expected += 1;
            if revised.revision != expected {
                return Err(corrupted(path, &format!("revision {expected} is missing")));
            }
        }
        if expected != machine.view.revision {
            return Err(corrupted(path, &format!("revision {} is missing", expected + 1)));
        }
        for slot in machine.view.keys.iter().filter(|slot| !slot.0.deleted) {
            attach(&mut machine.leases, &slot.0.kv);
        }
        Ok(())
    }
}

fn attach(leases: &mut BTreeMap<LeaseId, Lease>, kv: &KeyValue) {
    if let Some(lease) = leases.get_mut(&kv.lease) {
        lease.keys.insert(kv.key.clone());
    }
}

fn encode(record: &Record, body: &mut Vec<u8>) {
    let kv = &record.kv;
    body.clear();
    body.push(if record.deleted { DELETED } else { 0 });
    for number in [kv.create_revision, kv.version, kv.lease] {
        body.extend_from_slice(&number.to_le_bytes());
    }
    body.extend_from_slice(&(kv.key.len() as u32).to_le_bytes());
    body.extend_from_slice(&kv.key);
    body.extend_from_slice(&kv.value);
}

fn decode(mod_revision: Revision, body: &[u8]) -> Option<(KeyValue, bool)> {
    let (header, rest) = body.split_at_checked(HEADER_BYTES)?;
    let number = |at: usize| Some(i64::from_le_bytes(header.get(at..at + 8)?.try_into().ok()?));
    let key_length = u32::from_le_bytes(header[25..].try_into().ok()?) as usize;
    let (key, value) = rest.split_at_checked(key_length)?;
    let (key, value) = own(key, value);
    let kv = KeyValue {
        key,
        value,
        create_revision: number(1)?,
        mod_revision,
        version: number(9)?,
        lease: number(17)?,
    };
    Some((kv, header[0] == DELETED))
}

fn corrupted(path: &Path, what: &str) -> Error {
    Error::Corrupted(format!("{}: {what}", path.display()))
}

fn refused(path: &Path, error: &DatabaseError) -> Error {
    match error {
        DatabaseError::DatabaseAlreadyOpen => {
            Error::Unavailable(format!("{} is in use by another process", path.display()))
        }
        DatabaseError::Storage(StorageError::Io(io))
            if io.kind() != std::io::ErrorKind::InvalidData
                && io.kind() != std::io::ErrorKind::UnexpectedEof =>
        {
            Error::Unavailable(format!("{}: {io}", path.display()))
        }
        other => corrupted(path, &other.to_string()),
    }
}
