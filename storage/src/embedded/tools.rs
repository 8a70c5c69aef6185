//! What can be done with the folder of an embedded store from outside: check it, copy it, fill it.

use std::fs::{File, TryLockError};
use std::io::{self, BufReader, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use redb::StorageBackend;

use super::disk::{self, ACKNOWLEDGED, Examined, FILE};
use super::file::DiskFile;
use super::fill::Filling;
use super::serve::{self, SOCKET};
use super::snapshot::{self, Part};
use crate::clock::{Clock, SystemClock};
use crate::store::{Error, Revision};

const LOCK: &str = "lock";

/// Why something could not be done with a store's folder.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// A process has the store open.
    #[error("{} is in use by another process", .0.display())]
    InUse(PathBuf),
    /// There is no store in the folder.
    #[error("{}: there is no store here", .0.display())]
    NotAStore(PathBuf),
    /// The folder holds something, or the file is there.
    #[error("{}: there is something here already", .0.display())]
    NotEmpty(PathBuf),
    /// The etcd that was to be filled holds something.
    #[error("etcd holds keys already, {0} among them")]
    EtcdNotEmpty(String),
    /// No room is left.
    #[error("{}: the disk is full", .0.display())]
    Full(PathBuf),
    /// A file cannot be read or written.
    #[error("{}: {source}", path.display())]
    Io {
        /// File or folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// What was read is not what was written.
    #[error("{0}")]
    Damaged(String),
    /// etcd did not do what it was asked.
    #[error("etcd")]
    Etcd(#[from] Error),
}

impl Trouble {
    /// What the user can do about it.
    pub fn advice(&self) -> &'static str {
        match self {
            Self::InUse(_) => "stop it first",
            Self::NotAStore(_) => "name the folder that `pintle up` or kube-apiserver was given",
            Self::NotEmpty(_) => "name a place where nothing is",
            Self::EtcdNotEmpty(_) => "export into one that is empty",
            Self::Full(_) => "make room and repeat the command",
            Self::Io { .. } => "mend that and repeat the command",
            Self::Damaged(_) => {
                "keep the file, and restore the newest snapshot into another folder"
            }
            Self::Etcd(_) => "see that it runs, and repeat the command",
        }
    }

    pub(crate) fn io(path: &Path) -> impl Fn(io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |source| match source.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::Full(path.clone()),
            ErrorKind::InvalidData => Self::Damaged(format!("{}: {source}", path.display())),
            _ => Self::Io { path: path.clone(), source },
        }
    }

    pub(crate) fn redb(path: &Path) -> impl Fn(redb::Error) -> Self + use<> {
        let io = Self::io(path);
        move |error| match error {
            redb::Error::Io(error) => io(error),
            other => io(io::Error::other(other.to_string())),
        }
    }
}

/// What a store holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Report {
    /// Newest revision.
    pub revision: Revision,
    /// Oldest revision that can be read.
    pub compacted: Revision,
    /// Keys that are there.
    pub keys: usize,
    /// Leases that have not ended.
    pub leases: usize,
    /// Rows in the file, those of the past among them.
    pub rows: u64,
    /// Their keys and values in bytes.
    pub bytes: u64,
    /// Length of the file.
    pub file_bytes: u64,
}

/// The right to a store, until this is dropped: also if a program that is about to start has a
/// duplicate of the file, as it does between fork and exec.
#[derive(Debug)]
pub(crate) struct Lock(pub(super) File);

impl Drop for Lock {
    fn drop(&mut self) {
        // If this fails, the lock goes with the last duplicate.
        self.0.unlock().ok();
    }
}

/// Takes the store's lock.
pub(super) fn lock(directory: &Path) -> Result<Lock, Trouble> {
    let path = directory.join(LOCK);
    let options = File::options().create(true).truncate(false).write(true).open(&path);
    hold(directory, options.map_err(Trouble::io(&path))?)
}

fn hold(directory: &Path, file: File) -> Result<Lock, Trouble> {
    match file.try_lock() {
        Ok(()) => Ok(Lock(file)),
        Err(TryLockError::WouldBlock) => Err(Trouble::InUse(directory.to_owned())),
        Err(TryLockError::Error(error)) => Err(Trouble::io(&directory.join(LOCK))(error)),
    }
}

/// Locks a store that is there without changing anything in its folder.
fn lock_existing(directory: &Path) -> Result<Option<Lock>, Trouble> {
    if !directory.join(FILE).is_file() {
        return Err(Trouble::NotAStore(directory.to_owned()));
    }
    match File::open(directory.join(LOCK)) {
        Ok(file) => hold(directory, file).map(Some),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Trouble::io(&directory.join(LOCK))(error)),
    }
}

/// A store that nobody has open, read through and found sound. Its folder is left as it is.
pub(crate) struct Quiet {
    pub(super) examined: Examined,
    file_bytes: u64,
    _lock: Option<Lock>,
}

/// Reads a store through. With a page cache of nothing, damage is found where it lies.
pub(crate) fn read_through(directory: &Path, cache_bytes: usize) -> Result<Quiet, Trouble> {
    let lock = lock_existing(directory)?;
    let path = directory.join(FILE);
    let file = File::open(&path).map_err(Trouble::io(&path))?;
    let file_bytes = file.metadata().map_err(Trouble::io(&path))?.len();
    if file_bytes == 0 {
        return Err(Trouble::NotAStore(directory.to_owned()));
    }
    let note = File::open(directory.join(ACKNOWLEDGED)).ok();
    let groups = note.as_ref().and_then(disk::read_acknowledged);
    let now = SystemClock.now_milliseconds();
    let examined = disk::examine(&path, Arc::new(DiskFile(file)), groups, now, cache_bytes);
    let examined = examined.map_err(|error| match error {
        Error::Corrupted(what) => Trouble::Damaged(what),
        other => Trouble::io(&path)(io::Error::other(other.to_string())),
    })?;
    Ok(Quiet { examined, file_bytes, _lock: lock })
}

/// Reads a store through that nobody has open: checksums of all pages, order of revisions and
/// versions, nothing missing that was acknowledged. Changes nothing.
pub fn check(directory: &Path) -> Result<Report, Trouble> {
    let quiet = read_through(directory, 0)?;
    let loaded = &quiet.examined.loaded;
    let machine = &loaded.machine;
    Ok(Report {
        revision: machine.view.revision,
        compacted: machine.compacted,
        keys: machine.view.keys.iter().filter(|slot| !slot.0.deleted).count(),
        leases: machine.leases.len(),
        rows: loaded.rows,
        bytes: loaded.bytes,
        file_bytes: quiet.file_bytes,
    })
}

/// Copies a store, whether a process has it open or not, into a new file. The copy is what the store
/// held at one moment. Returns its length.
pub fn take_snapshot(directory: &Path, target: &Path) -> Result<u64, Trouble> {
    if !directory.join(FILE).is_file() {
        return Err(Trouble::NotAStore(directory.to_owned()));
    }
    if target.exists() {
        return Err(Trouble::NotEmpty(target.to_owned()));
    }
    let mut partial = target.as_os_str().to_owned();
    partial.push(".partial");
    let partial = PathBuf::from(partial);
    let done = write_snapshot(directory, &partial).and_then(|bytes| {
        std::fs::rename(&partial, target).map_err(Trouble::io(target))?;
        Ok(bytes)
    });
    if done.is_err() {
        // If this fails too, the first failure is the one to be told.
        std::fs::remove_file(&partial).ok();
    }
    done
}

fn write_snapshot(directory: &Path, partial: &Path) -> Result<u64, Trouble> {
    let failed = Trouble::io(partial);
    let file = private_file(partial).map_err(&failed)?;
    let mut out = BufWriter::with_capacity(1 << 20, file);
    match read_through(directory, 1 << 20) {
        Ok(quiet) => {
            let never = std::sync::atomic::AtomicBool::new(false);
            snapshot::write(&quiet.examined.database, &mut out, &never).map_err(&failed)?;
        }
        Err(Trouble::InUse(_)) => {
            let copied = serve::fetch(directory, &mut out).map_err(&failed)?;
            if copied.is_none() {
                let socket = directory.join(SOCKET);
                let text = "the process that has the store open does not answer here";
                return Err(Trouble::io(&socket)(io::Error::other(text)));
            }
        }
        Err(other) => return Err(other),
    }
    out.flush().map_err(&failed)?;
    let file = out.into_inner().map_err(|error| failed(error.into_error()))?;
    file.sync_all().map_err(&failed)?;
    // What came over a socket is believed once its checksum has been found right.
    let written = BufReader::with_capacity(1 << 20, File::open(partial).map_err(&failed)?);
    snapshot::read(written, |_| Ok(())).map_err(&failed)?;
    Ok(file.metadata().map_err(&failed)?.len())
}

/// Makes a file that only its owner may read: there are secrets in it.
fn private_file(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    File::options().write(true).create(true).truncate(true).mode(0o600).open(path)
}

/// Makes a folder, if need be, that only its owner may enter.
pub(super) fn private_folder(directory: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(directory)
}

/// Whether a folder can be written and its disk has room for more than one group of writes.
pub(super) fn find_room(directory: &Path) -> io::Result<()> {
    const ROOM: u64 = 16 << 20;
    let path = directory.join("room");
    let file = File::create(&path)?;
    let there = DiskFile(file).set_len(ROOM);
    std::fs::remove_file(&path)?;
    there
}

/// Makes the folder of a store that is about to be filled, and locks it.
pub(crate) fn empty_folder(directory: &Path) -> Result<Lock, Trouble> {
    let failed = Trouble::io(directory);
    private_folder(directory).map_err(&failed)?;
    let mut inside = std::fs::read_dir(directory).map_err(&failed)?;
    if inside.any(|entry| entry.map_or(true, |entry| entry.file_name() != LOCK)) {
        return Err(Trouble::NotEmpty(directory.to_owned()));
    }
    lock(directory)
}

/// Makes a store from a snapshot in a folder that is empty or not there. Returns what it holds.
pub fn restore(source: &Path, directory: &Path) -> Result<Report, Trouble> {
    let input = File::open(source).map_err(Trouble::io(source))?;
    let lock = empty_folder(directory)?;
    let path = directory.join(FILE);
    let mut filling = Filling::start(directory).map_err(Trouble::redb(&path))?;
    // What the disk says must be told apart from what the snapshot says.
    let mut refused = None;
    let read = snapshot::read(BufReader::with_capacity(1 << 20, input), |part| {
        let done = match part {
            Part::Meta { revision, compacted, next_lease } => {
                filling.meta((revision, compacted), next_lease)
            }
            Part::Lease { id, expires_milliseconds } => filling.lease(id, expires_milliseconds),
            Part::Row { revision, sub, body } => filling.row(revision, sub, body),
        };
        done.map_err(|error| {
            refused = Some(error);
            io::Error::other("")
        })
    });
    if let Some(error) = refused {
        return Err(Trouble::redb(&path)(error));
    }
    read.map_err(Trouble::io(source))?;
    filling.finish().map_err(Trouble::redb(&path))?;
    drop(lock);
    check(directory)
}
