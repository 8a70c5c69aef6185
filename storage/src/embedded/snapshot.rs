//! A snapshot: all that a store's tables hold at one moment, as a stream with a checksum.
//!
//! The stream is `pintle-store-snapshot-1` and a line end, then records, each a tag and its fields
//! in little endian: `M` (revision, compacted, next lease), `L` (lease, when it ends), `R` (revision
//! u64, change u32, length u32, the row), and last `E` (number of rows u64) with the SHA-256 of
//! everything before the digest.

use std::io::{Error, ErrorKind, Read, Result, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use redb::{Database, ReadableDatabase, ReadableTable};
use sha2::{Digest, Sha256};

use super::disk::REVISIONS;
use super::load::Facts;
use crate::store::{LeaseId, Revision};

const MAGIC: &[u8] = b"pintle-store-snapshot-1\n";
/// No row is longer: requests are limited, and the limit is far below.
const MOST_ROW_BYTES: usize = 64 << 20;

/// A part of a snapshot, in the order in which they come.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Part<'a> {
    Meta { revision: Revision, compacted: Revision, next_lease: LeaseId },
    Lease { id: LeaseId, expires_milliseconds: i64 },
    Row { revision: u64, sub: u32, body: &'a [u8] },
}

struct Summed<W> {
    inner: W,
    digest: Sha256,
    bytes: u64,
}

impl<W> Summed<W> {
    fn new(inner: W) -> Self {
        Self { inner, digest: Sha256::new(), bytes: 0 }
    }
}

impl<W: Write> Summed<W> {
    fn put(&mut self, data: &[u8]) -> Result<()> {
        self.digest.update(data);
        self.bytes += data.len() as u64;
        self.inner.write_all(data)
    }
}

impl<R: Read> Summed<R> {
    fn take(&mut self, data: &mut [u8]) -> Result<()> {
        self.inner.read_exact(data).map_err(|error| match error.kind() {
            ErrorKind::UnexpectedEof => self.wrong("it ends too early"),
            _ => error,
        })?;
        self.digest.update(&data);
        self.bytes += data.len() as u64;
        Ok(())
    }

    fn number<const N: usize>(&mut self) -> Result<[u8; N]> {
        let mut number = [0; N];
        self.take(&mut number)?;
        Ok(number)
    }

    fn wrong(&self, what: &str) -> Error {
        let text = format!("at byte {}: {what}", self.bytes);
        Error::new(ErrorKind::InvalidData, text)
    }
}

/// Writes a snapshot of what the database holds when it is called. It does not wait for writers,
/// nor they for it.
pub(super) fn write(database: &Database, out: impl Write, stop: &AtomicBool) -> Result<u64> {
    let broken = |error: redb::Error| Error::other(error.to_string());
    let transaction = database.begin_read().map_err(|error| broken(error.into()))?;
    let facts = Facts::read(&transaction).map_err(broken)?;
    let mut out = Summed::new(out);
    out.put(MAGIC)?;
    let meta = [facts.revision, facts.compacted, facts.next_lease];
    out.put(b"M")?;
    out.put(&meta.map(i64::to_le_bytes).concat())?;
    for (id, expires) in &facts.leases {
        out.put(b"L")?;
        out.put(&[*id, *expires].map(i64::to_le_bytes).concat())?;
    }
    let table = transaction.open_table(REVISIONS).map_err(|error| broken(error.into()))?;
    let mut rows = 0_u64;
    for row in table.iter().map_err(|error| broken(error.into()))? {
        if stop.load(Ordering::SeqCst) {
            return Err(Error::other("the store is closing"));
        }
        let (name, body) = row.map_err(|error| broken(error.into()))?;
        let ((revision, sub), body) = (name.value(), body.value());
        out.put(b"R")?;
        out.put(&revision.to_le_bytes())?;
        out.put(&sub.to_le_bytes())?;
        out.put(&(body.len() as u32).to_le_bytes())?;
        out.put(body)?;
        rows += 1;
    }
    out.put(b"E")?;
    out.put(&rows.to_le_bytes())?;
    let digest = out.digest.finalize();
    out.inner.write_all(&digest)?;
    out.inner.flush()?;
    Ok(rows)
}

/// Reads a snapshot and hands its parts on. They are only to be believed once it returns.
pub(super) fn read(input: impl Read, mut part: impl FnMut(Part<'_>) -> Result<()>) -> Result<u64> {
    let mut input = Summed::new(input);
    if input.number::<{ MAGIC.len() }>()? != *MAGIC {
        return Err(Error::new(ErrorKind::InvalidData, "at byte 0: it is no snapshot of a store"));
    }
    let mut body = Vec::new();
    let mut rows = 0;
    loop {
        match &input.number::<1>()? {
            b"M" => {
                let [revision, compacted, next_lease] = numbers(&mut input)?;
                part(Part::Meta { revision, compacted, next_lease })?;
            }
            b"L" => {
                let [id, expires_milliseconds] = numbers(&mut input)?;
                part(Part::Lease { id, expires_milliseconds })?;
            }
            b"R" => {
                let revision = u64::from_le_bytes(input.number()?);
                let sub = u32::from_le_bytes(input.number()?);
                let length = u32::from_le_bytes(input.number()?) as usize;
                if length > MOST_ROW_BYTES {
                    return Err(input.wrong("a row is impossibly long"));
                }
                body.resize(length, 0);
                input.take(&mut body)?;
                part(Part::Row { revision, sub, body: &body })?;
                rows += 1;
            }
            b"E" => break,
            _ => return Err(input.wrong("what stands here is no record")),
        }
    }
    let counted = u64::from_le_bytes(input.number()?);
    let digest = std::mem::take(&mut input.digest).finalize();
    if input.number::<32>()? != digest[..] || counted != rows {
        return Err(input.wrong("its checksum does not match"));
    }
    if input.inner.read(&mut [0])? != 0 {
        return Err(input.wrong("something follows its end"));
    }
    Ok(rows)
}

fn numbers<const N: usize>(input: &mut Summed<impl Read>) -> Result<[i64; N]> {
    let mut numbers = [0; N];
    for number in &mut numbers {
        *number = i64::from_le_bytes(input.number()?);
    }
    Ok(numbers)
}
