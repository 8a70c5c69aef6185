//! The file under the database: it can hold writes back until what was read has been found sound,
//! remembers where it read last, and tells a full disk from one that lies.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{ErrorKind, Result};
use std::os::fd::AsFd;
use std::os::unix::fs::FileExt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use nix::errno::Errno;
use nix::fcntl::{FallocateFlags, fallocate};
use parking_lot::{Mutex, MutexGuard};
use redb::StorageBackend;

use crate::planted::{Bug, planted};

const PAGE_BYTES: usize = 4096;

/// Flags of a redb file, in the byte behind its magic number.
pub(super) const FLAGS_AT: u64 = 9;
/// The file was not closed.
pub(super) const UNCLEAN: u8 = 2;
/// The last transaction was made durable before the header named it.
pub(super) const TWO_PHASE: u8 = 4;

/// A file on disk. It grows by blocks that are really there, so that a full disk shows before a
/// page is written and not after.
#[derive(Debug)]
pub(super) struct DiskFile(pub(super) File);

impl StorageBackend for DiskFile {
    fn len(&self) -> Result<u64> {
        Ok(self.0.metadata()?.len())
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> Result<()> {
        self.0.read_exact_at(out, offset)
    }

    fn set_len(&self, length: u64) -> Result<()> {
        let now = self.0.metadata()?.len();
        if length <= now {
            return self.0.set_len(length);
        }
        match fallocate(self.0.as_fd(), FallocateFlags::empty(), now as i64, (length - now) as i64)
        {
            Ok(()) => Ok(()),
            Err(Errno::EOPNOTSUPP | Errno::ENOSYS) => self.0.set_len(length),
            Err(error) => {
                // Some file systems keep what they had room for.
                self.0.set_len(now)?;
                Err(error.into())
            }
        }
    }

    fn sync_data(&self) -> Result<()> {
        self.0.sync_data()
    }

    fn write(&self, offset: u64, data: &[u8]) -> Result<()> {
        self.0.write_all_at(data, offset)
    }
}

/// One step that was held back.
#[derive(Debug)]
enum Step {
    Write(u64, Box<[u8]>),
    Length(u64),
    Sync,
}

/// What the file would hold, and the steps that lead there.
#[derive(Debug, Default)]
struct Held {
    pages: BTreeMap<u64, Box<[u8]>>,
    length: u64,
    /// How much of the file itself still shows.
    shown: u64,
    steps: Vec<Step>,
}

/// The part of a [`Guarded`] file that outlives its handing over to redb.
#[derive(Debug)]
pub(super) struct Guard {
    base: Arc<dyn StorageBackend>,
    holding: AtomicBool,
    held: Mutex<Held>,
    read_offset: AtomicU64,
    read_bytes: AtomicU64,
    /// Why a write, but no sync, failed for want of space or of the right to write.
    refused: Mutex<Option<ErrorKind>>,
    failed: AtomicBool,
}

impl Guard {
    /// A guard that holds writes back until [`Guard::release`].
    pub(super) fn holding(base: Arc<dyn StorageBackend>) -> Result<Arc<Self>> {
        let length = base.len()?;
        let held = Held { length, shown: length, ..Held::default() };
        Ok(Arc::new(Self {
            base,
            holding: AtomicBool::new(true),
            held: Mutex::new(held),
            read_offset: AtomicU64::new(0),
            read_bytes: AtomicU64::new(0),
            refused: Mutex::default(),
            failed: AtomicBool::new(false),
        }))
    }

    /// Where the file was read last, and how many bytes.
    pub(super) fn last_read(&self) -> (u64, u64) {
        (self.read_offset.load(Ordering::Relaxed), self.read_bytes.load(Ordering::Relaxed))
    }

    /// Why the disk takes no more, if that is all that is wrong: nothing is known to be damaged
    /// and a later attempt may succeed.
    pub(super) fn refused(&self) -> Option<ErrorKind> {
        if self.failed.load(Ordering::SeqCst) { None } else { *self.refused.lock() }
    }

    /// Carries out what was held back, in order, and holds nothing any more.
    pub(super) fn release(&self) -> Result<()> {
        let mut held = self.held.lock();
        for step in std::mem::take(&mut *held).steps {
            match step {
                Step::Write(offset, data) => self.base.write(offset, &data)?,
                Step::Length(length) => self.base.set_len(length)?,
                Step::Sync => self.base.sync_data()?,
            }
        }
        self.holding.store(false, Ordering::SeqCst);
        Ok(())
    }

    /// Reads the flags and shows them changed until the file writes them itself.
    pub(super) fn alter_flags(&self, change: impl FnOnce(u8) -> u8) -> Result<u8> {
        let mut flags = [0];
        self.base.read(FLAGS_AT, &mut flags)?;
        let mut held = self.held.lock();
        let page = self.page(&mut held, 0)?;
        page[FLAGS_AT as usize] = change(flags[0]);
        Ok(flags[0])
    }

    fn held(&self) -> Option<MutexGuard<'_, Held>> {
        if !self.holding.load(Ordering::SeqCst) {
            return None;
        }
        let held = self.held.lock();
        self.holding.load(Ordering::SeqCst).then_some(held)
    }

    fn page<'a>(&self, held: &'a mut Held, number: u64) -> Result<&'a mut [u8]> {
        if !held.pages.contains_key(&number) {
            let mut page = vec![0; PAGE_BYTES].into_boxed_slice();
            let start = number * PAGE_BYTES as u64;
            let known = held.shown.saturating_sub(start).min(PAGE_BYTES as u64) as usize;
            if known > 0 {
                self.base.read(start, &mut page[..known])?;
            }
            held.pages.insert(number, page);
        }
        Ok(held.pages.get_mut(&number).expect("it was inserted above"))
    }

    fn write_held(&self, held: &mut Held, offset: u64, data: &[u8]) -> Result<()> {
        let mut done = 0;
        while done < data.len() {
            let at = offset + done as u64;
            let (number, from) = (at / PAGE_BYTES as u64, (at % PAGE_BYTES as u64) as usize);
            let part = (PAGE_BYTES - from).min(data.len() - done);
            let page = self.page(held, number)?;
            page[from..from + part].copy_from_slice(&data[done..done + part]);
            done += part;
        }
        held.length = held.length.max(offset + data.len() as u64);
        held.steps.push(Step::Write(offset, data.into()));
        Ok(())
    }

    fn read_held(&self, held: &Held, offset: u64, out: &mut [u8]) -> Result<()> {
        let end = offset + out.len() as u64;
        if end > held.length {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        let there = held.shown.saturating_sub(offset).min(out.len() as u64) as usize;
        if there > 0 {
            self.base.read(offset, &mut out[..there])?;
        }
        out[there..].fill(0);
        let first = offset / PAGE_BYTES as u64;
        for (number, page) in held.pages.range(first..end.div_ceil(PAGE_BYTES as u64)) {
            let start = number * PAGE_BYTES as u64;
            let (from, to) = (start.max(offset), (start + PAGE_BYTES as u64).min(end));
            out[(from - offset) as usize..(to - offset) as usize]
                .copy_from_slice(&page[(from - start) as usize..(to - start) as usize]);
        }
        Ok(())
    }

    /// Takes note of a write that failed.
    fn noted(&self, result: Result<()>) -> Result<()> {
        if let Err(error) = &result {
            let kind = error.kind();
            let passing = matches!(
                kind,
                ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::ReadOnlyFilesystem
            );
            if passing {
                self.refused.lock().get_or_insert(kind);
            } else {
                self.failed.store(true, Ordering::SeqCst);
            }
        }
        result
    }
}

/// What redb is given.
#[derive(Debug)]
pub(super) struct Guarded(pub(super) Arc<Guard>);

impl StorageBackend for Guarded {
    fn len(&self) -> Result<u64> {
        match self.0.held() {
            Some(held) => Ok(held.length),
            None => self.0.base.len(),
        }
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> Result<()> {
        self.0.read_offset.store(offset, Ordering::Relaxed);
        self.0.read_bytes.store(out.len() as u64, Ordering::Relaxed);
        match self.0.held() {
            Some(held) => self.0.read_held(&held, offset, out),
            None => self.0.base.read(offset, out),
        }
    }

    fn set_len(&self, length: u64) -> Result<()> {
        let Some(mut held) = self.0.held() else {
            return self.0.noted(self.0.base.set_len(length));
        };
        let kept = length.div_ceil(PAGE_BYTES as u64);
        held.pages.split_off(&kept);
        held.length = length;
        held.shown = held.shown.min(length);
        held.steps.push(Step::Length(length));
        Ok(())
    }

    fn sync_data(&self) -> Result<()> {
        if let Some(mut held) = self.0.held() {
            held.steps.push(Step::Sync);
            return Ok(());
        }
        if planted(Bug::NoSync) {
            return Ok(());
        }
        self.0.base.sync_data().inspect_err(|_| self.0.failed.store(true, Ordering::SeqCst))
    }

    fn write(&self, offset: u64, data: &[u8]) -> Result<()> {
        match self.0.held() {
            Some(mut held) => self.0.write_held(&mut held, offset, data),
            None if planted(Bug::LostWrite) && offset > 0 && offset.is_multiple_of(13) => Ok(()),
            None => self.0.noted(self.0.base.write(offset, data)),
        }
    }

    fn close(&self) -> Result<()> {
        // Until then the file is not only this one's.
        if self.0.held().is_some() { Ok(()) } else { self.0.base.close() }
    }
}
