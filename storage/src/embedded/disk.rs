//! The embedded store's files: rows of revisions in a redb database, and a note of how far writes
//! have been acknowledged.

use std::fs::File;
use std::io;
use std::mem::ManuallyDrop;
use std::os::unix::fs::FileExt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::{Arc, OnceLock};

use redb::{
    Database, DatabaseError, Durability, ReadableDatabase, ReadableTable, StorageBackend,
    StorageError, TableDefinition,
};

use super::file::{DiskFile, Guard, Guarded, TWO_PHASE, UNCLEAN};
use super::load::{Facts, Garbage, Loaded, Row};
use super::machine::Machine;
use crate::store::Error;

pub(super) const FILE: &str = "store.redb";
/// Holds the number of the last group that was acknowledged. It is written after the group's fsync
/// and is not synced itself: whatever of it reaches the disk is true. A database that has fewer
/// groups has lost some, however sound it looks.
pub(super) const ACKNOWLEDGED: &str = "acknowledged";
pub(super) const FORMAT: i64 = 1;
/// Reads never come here, so the page cache only has to hold the tree's upper levels.
const PAGE_CACHE_BYTES: usize = 4 << 20;

pub(super) const REVISIONS: TableDefinition<'_, (u64, u32), &[u8]> =
    TableDefinition::new("revisions");
pub(super) const LEASES: TableDefinition<'_, i64, i64> = TableDefinition::new("leases");
pub(super) const META: TableDefinition<'_, &str, i64> = TableDefinition::new("meta");

/// The database.
pub(super) struct Disk {
    database: Arc<Database>,
    guard: Arc<Guard>,
    acknowledged: Option<File>,
    groups: i64,
}

/// A file that was read through and found sound; nothing has been written to it yet.
pub(super) struct Examined {
    pub(super) database: Database,
    pub(super) guard: Arc<Guard>,
    pub(super) loaded: Loaded,
}

impl Disk {
    /// Opens the file in `directory`, or makes it, and verifies every page's checksum. Not a byte
    /// is written before everything has been found sound.
    pub(super) fn open(directory: &Path, now: i64) -> Result<(Self, Loaded), Error> {
        let path = directory.join(FILE);
        let failed = |error: io::Error| Error::Unavailable(format!("{}: {error}", path.display()));
        let open = |path: &Path| {
            File::options().read(true).write(true).create(true).truncate(false).open(path)
        };
        let file = open(&path).map_err(failed)?;
        let fresh = file.metadata().map_err(failed)?.len() == 0;
        let acknowledged = open(&directory.join(ACKNOWLEDGED)).map_err(failed)?;
        let base = Arc::new(DiskFile(file));
        let groups = read_acknowledged(&acknowledged);
        let Examined { database, guard, loaded } =
            examine(&path, base, groups, now, PAGE_CACHE_BYTES)?;
        guard.release().map_err(failed)?;
        if fresh {
            File::open(directory).and_then(|folder| folder.sync_all()).map_err(failed)?;
        }
        let groups = loaded.groups;
        let acknowledged = Some(acknowledged);
        Ok((Self { database: Arc::new(database), guard, acknowledged, groups }, loaded))
    }

    /// Opens a database on a backend of the caller's.
    #[cfg_attr(not(test), expect(dead_code, reason = "faults are injected by tests only"))]
    pub(super) fn on(backend: impl StorageBackend) -> Result<(Self, Loaded), Error> {
        let path = Path::new("backend");
        let Examined { database, guard, loaded } =
            examine(path, Arc::new(backend), None, 0, PAGE_CACHE_BYTES)?;
        guard.release().map_err(|error| Error::Unavailable(error.to_string()))?;
        let groups = loaded.groups;
        Ok((Self { database: Arc::new(database), guard, acknowledged: None, groups }, loaded))
    }

    /// The database, for readers beside the writer.
    pub(super) fn database(&self) -> Arc<Database> {
        self.database.clone()
    }

    /// Why the disk takes no more, if a later attempt may succeed.
    pub(super) fn refused(&self) -> Option<io::ErrorKind> {
        self.guard.refused()
    }

    /// Makes a group durable: returns after the one fsync.
    pub(super) fn commit(
        &mut self,
        machine: &Machine,
        garbage: &[Garbage],
    ) -> Result<(), redb::Error> {
        let mut transaction = self.database.begin_write()?;
        transaction.set_durability(Durability::Immediate)?;
        {
            let changes = &machine.changes;
            let mut rows = transaction.open_table(REVISIONS)?;
            let mut body = Vec::new();
            for change in changes.revised.iter().flat_map(|revised| &revised.changes) {
                Row::of(&change.record).write(&mut body);
                rows.insert(change.record.row(), body.as_slice())?;
            }
            for garbage in garbage {
                rows.remove(garbage.row)?;
            }
            let mut meta = transaction.open_table(META)?;
            meta.insert("revision", machine.view.revision)?;
            meta.insert("groups", self.groups + 1)?;
            if let Some(compacted) = changes.compacted {
                meta.insert("compacted", compacted)?;
            }
            if let Some(origin) = changes.origin {
                meta.insert("writer", origin.writer)?;
                meta.insert("others_until", origin.others_until)?;
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
        self.groups += 1;
        self.acknowledge();
        Ok(())
    }

    /// Notes that the group is durable. Losing the note loses a check and nothing else.
    fn acknowledge(&self) {
        let Some(file) = &self.acknowledged else { return };
        let groups = self.groups.to_le_bytes();
        let inverse = (!self.groups).to_le_bytes();
        if let Err(error) = file.write_all_at(&[groups, inverse].concat(), 0) {
            tracing::warn!(%error, "could not note what has been acknowledged");
        }
    }
}

/// The number that was noted; none if the note is damaged or was never written.
pub(super) fn read_acknowledged(file: &File) -> Option<i64> {
    let mut note = [0; 16];
    file.read_exact_at(&mut note, 0).ok()?;
    let number = |at: usize| Some(i64::from_le_bytes(note.get(at..at + 8)?.try_into().ok()?));
    let (groups, inverse) = (number(0)?, number(8)?);
    (groups == !inverse).then_some(groups)
}

/// Reads a file through, all of its pages against their checksums and all of its rows, and writes
/// nothing: what redb repairs is held back. An unfinished last transaction is undone; a damaged one
/// that was finished, or was acknowledged, is an error.
pub(super) fn examine(
    path: &Path,
    base: Arc<dyn StorageBackend>,
    acknowledged: Option<i64>,
    now: i64,
    cache_bytes: usize,
) -> Result<Examined, Error> {
    let unreadable = |error: io::Error| Error::Unavailable(format!("{}: {error}", path.display()));
    let guard = Guard::holding(base.clone()).map_err(unreadable)?;
    // redb asserts on some of what it reads; on a damaged file that is damage, not a bug.
    let attempt = catch_unwind(AssertUnwindSafe(|| {
        let mut flags = 0;
        if base.len().map_err(unreadable)? > super::file::FLAGS_AT {
            // Without these flags redb would trust a file that was closed.
            let verified = guard.alter_flags(|flags| (flags | UNCLEAN) & !TWO_PHASE);
            flags = verified.map_err(unreadable)?;
        }
        let verify = || open_verified(path, &guard, flags, cache_bytes);
        let closed = flags & (UNCLEAN | TWO_PHASE) == TWO_PHASE;
        let (database, trusted) = if closed {
            both(verify, || trust(path, base, now, cache_bytes)).map_err(unreadable)?
        } else {
            (verify(), None)
        };
        let database = database?;
        let trusted = trusted.map(Trusted::believed).filter(|loaded| is_all_of(loaded, &database));
        let loaded = match trusted {
            Some(loaded) => loaded,
            None => load(path, &guard, &database, now)?,
        };
        Ok((database, loaded))
    }));
    let (database, loaded) = attempt.unwrap_or_else(|_| {
        Err(damaged(path, Some(guard.last_read()), "its pages do not fit together"))
    })?;
    if let Some(acknowledged) = acknowledged.filter(|groups| *groups > loaded.groups) {
        let text = format!(
            "group {acknowledged} of writes was acknowledged, but the newest in the file is {}: \
             restore a snapshot, or delete the file `{ACKNOWLEDGED}` beside it to go on without",
            loaded.groups
        );
        return Err(damaged(path, None, &text));
    }
    Ok(Examined { database, guard, loaded })
}

/// Does two things at the same time. The other one may fail, and then gives nothing.
fn both<A, B: Send>(
    one: impl FnOnce() -> A,
    other: impl FnOnce() -> Option<B> + Send,
) -> io::Result<(A, Option<B>)> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().name("store-reader".into());
        let thread = thread.spawn_scoped(scope, other)?;
        Ok((one(), thread.join().ok().flatten()))
    })
}

fn open_verified(
    path: &Path,
    guard: &Arc<Guard>,
    flags: u8,
    cache_bytes: usize,
) -> Result<Database, Error> {
    let may_go_back = flags & UNCLEAN != 0 && flags & TWO_PHASE == 0;
    let found = Arc::new(OnceLock::new());
    let (seen, place) = (guard.clone(), found.clone());
    let mut builder = redb::Builder::new();
    builder.set_cache_size(cache_bytes).set_repair_callback(move |session| {
        // redb's progress when it gives the newest transaction up for the one before.
        let gives_up = session.progress() > 0.0 && session.progress() < 0.5;
        if gives_up && !may_go_back {
            place.get_or_init(|| seen.last_read());
            session.abort();
        }
    });
    let opened = builder.create_with_backend(Guarded(guard.clone()));
    opened.map_err(|error| match (&error, found.get()) {
        (_, Some(place)) => damaged(path, Some(*place), "a page does not match its checksum"),
        (DatabaseError::Storage(StorageError::Io(io)), None)
            if io.kind() != io::ErrorKind::InvalidData
                && io.kind() != io::ErrorKind::UnexpectedEof =>
        {
            Error::Unavailable(format!("{}: {io}", path.display()))
        }
        (other, None) => damaged(path, Some(guard.last_read()), &other.to_string()),
    })
}

/// What a file holds if it is sound.
struct Trusted {
    loaded: Loaded,
    /// Closing it walks its trees: of a damaged one it is not even closed.
    database: ManuallyDrop<Database>,
}

impl Trusted {
    /// The file is sound.
    fn believed(self) -> Loaded {
        drop(ManuallyDrop::into_inner(self.database));
        self.loaded
    }
}

/// Reads a file that was closed without a look at its checksums, while another thread takes that look.
/// Nothing if the file is not like that.
fn trust(
    path: &Path,
    base: Arc<dyn StorageBackend>,
    now: i64,
    cache_bytes: usize,
) -> Option<Trusted> {
    let guard = Guard::holding(base).ok()?;
    let mut builder = redb::Builder::new();
    builder.set_cache_size(cache_bytes).set_repair_callback(redb::RepairSession::abort);
    let database = builder.create_with_backend(Guarded(guard.clone())).ok()?;
    let database = ManuallyDrop::new(database);
    let loaded = read(path, &guard, &database, now).ok()?;
    Some(Trusted { loaded, database })
}

fn load(path: &Path, guard: &Guard, database: &Database, now: i64) -> Result<Loaded, Error> {
    let broken = |error: redb::Error| damaged(path, Some(guard.last_read()), &error.to_string());
    initialize(database).map_err(broken)?;
    read(path, guard, database, now)
}

fn read(path: &Path, guard: &Guard, database: &Database, now: i64) -> Result<Loaded, Error> {
    let broken = |error: redb::Error| damaged(path, Some(guard.last_read()), &error.to_string());
    let (transaction, facts) = read_facts(database).map_err(broken)?;
    if facts.format != FORMAT {
        let text = format!("format {} is not one this version knows", facts.format);
        return Err(damaged(path, None, &text));
    }
    let mut loaded = Loaded::new(facts, now);
    let rows = transaction.open_table(REVISIONS).map_err(|error| broken(error.into()))?;
    for row in rows.iter().map_err(|error| broken(error.into()))? {
        let (name, body) = row.map_err(|error| broken(error.into()))?;
        let (revision, sub) = name.value();
        loaded.row(revision, sub, body.value()).map_err(|what| {
            damaged(path, Some(guard.last_read()), &format!("row {revision}/{sub}: {what}"))
        })?;
    }
    loaded.finish().map_err(|what| damaged(path, None, &what))?;
    Ok(loaded)
}

/// Whether what was read is all that a database holds.
fn is_all_of(loaded: &Loaded, database: &Database) -> bool {
    let facts = read_facts(database).map(|(_, facts)| facts);
    facts.is_ok_and(|facts| {
        (facts.groups, facts.revision) == (loaded.groups, loaded.machine.view.revision)
    })
}

fn read_facts(database: &Database) -> Result<(redb::ReadTransaction, Facts), redb::Error> {
    let transaction = database.begin_read()?;
    let facts = Facts::read(&transaction)?;
    Ok((transaction, facts))
}

fn initialize(database: &Database) -> Result<(), redb::Error> {
    let transaction = database.begin_write()?;
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

/// What is wrong with a file, and where it was read last if that says where.
pub(super) fn damaged(path: &Path, place: Option<(u64, u64)>, what: &str) -> Error {
    let path = path.display();
    Error::Corrupted(match place {
        Some((offset, bytes)) => {
            format!("{path}: at byte {offset}, in the {bytes} bytes from there: {what}")
        }
        None => format!("{path}: {what}"),
    })
}
