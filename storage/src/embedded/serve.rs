//! Hands snapshots of an open store to whoever may enter its folder, over a socket in it.

use std::fs::{File, Permissions};
use std::io::{BufReader, BufWriter, Result, Write};
use std::net::Shutdown;
use std::os::fd::{AsRawFd, OwnedFd};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use nix::sys::socket::{Shutdown as How, shutdown};
use parking_lot::Mutex;
use redb::Database;

use super::snapshot;

pub(super) const SOCKET: &str = "snapshot.sock";
const BUFFER_BYTES: usize = 256 << 10;
/// A reader that takes nothing for so long has lost its turn.
const STALLED: Duration = Duration::from_secs(30);

/// Where snapshots are taken from. While one is taken the database is locked in its place, so that
/// it cannot be opened anew under the reader.
#[derive(Default)]
pub(super) struct Source {
    database: Mutex<Option<Arc<Database>>>,
    reader: Mutex<Option<UnixStream>>,
    stop: AtomicBool,
}

impl Source {
    /// Takes snapshots from this database from now on; a snapshot under way is broken off. With
    /// none, the caller can be sure that nobody reads.
    pub(super) fn replace(&self, database: Option<Arc<Database>>) {
        self.stop.store(true, Ordering::SeqCst);
        if let Some(reader) = self.reader.lock().as_ref() {
            // It may have gone by itself.
            reader.shutdown(Shutdown::Both).ok();
        }
        let mut held = self.database.lock();
        *held = database;
        self.stop.store(false, Ordering::SeqCst);
    }

    fn hand(&self, stream: UnixStream) -> Result<()> {
        let held = self.database.lock();
        let Some(database) = held.as_ref() else { return Ok(()) };
        stream.set_write_timeout(Some(STALLED))?;
        *self.reader.lock() = Some(stream.try_clone()?);
        let out = BufWriter::with_capacity(BUFFER_BYTES, stream);
        let done = snapshot::write(database, out, &self.stop);
        *self.reader.lock() = None;
        done.map(|_| ())
    }
}

/// The thread that hands out snapshots.
pub(super) struct Snapshots {
    source: Arc<Source>,
    listener: Arc<UnixListener>,
    socket: PathBuf,
    thread: Option<JoinHandle<()>>,
}

impl Snapshots {
    pub(super) fn start(directory: &Path, source: Arc<Source>) -> Result<Self> {
        let socket = directory.join(SOCKET);
        if socket.exists() {
            // Left by a process that was killed: the store's lock is ours.
            std::fs::remove_file(&socket)?;
        }
        let folder: OwnedFd = File::open(directory)?.into();
        let listener = Arc::new(UnixListener::bind(through(&folder))?);
        std::fs::set_permissions(&socket, Permissions::from_mode(0o600))?;
        let (accepting, serving) = (listener.clone(), source.clone());
        let thread =
            std::thread::Builder::new().name("store-snapshots".into()).spawn(move || {
                while let Ok((stream, _)) = accepting.accept() {
                    if let Err(error) = serving.hand(stream) {
                        tracing::warn!(%error, "a snapshot was not finished");
                    }
                }
            })?;
        Ok(Self { source, listener, socket, thread: Some(thread) })
    }
}

impl Drop for Snapshots {
    fn drop(&mut self) {
        self.source.replace(None);
        // Wakes the thread; the folder may be gone, and then the socket is.
        let woken = shutdown(self.listener.as_raw_fd(), How::Both).is_ok();
        std::fs::remove_file(&self.socket).ok();
        if let Some(thread) = self.thread.take().filter(|_| woken)
            && thread.join().is_err()
        {
            tracing::error!("the thread of snapshots panicked");
        }
    }
}

/// Copies a snapshot of the store that another process has open. Returns nothing if none has.
pub(super) fn fetch(directory: &Path, out: &mut impl Write) -> Result<Option<u64>> {
    let folder: OwnedFd = File::open(directory)?.into();
    let Ok(stream) = UnixStream::connect(through(&folder)) else { return Ok(None) };
    std::io::copy(&mut BufReader::with_capacity(BUFFER_BYTES, stream), out).map(Some)
}

/// The socket by way of its folder's descriptor: a socket's address may not be long.
fn through(folder: &OwnedFd) -> PathBuf {
    PathBuf::from(format!("/proc/self/fd/{}/{SOCKET}", folder.as_raw_fd()))
}
