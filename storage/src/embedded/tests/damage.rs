//! Every bit of a small store flipped, its end cut off, its last group written in part.
//!
//! `PINTLE_FLIPS` sets how many bits are skipped after each that is flipped (0: none are).

use std::fmt::Write;
use std::io;
use std::path::Path;

use parking_lot::Mutex;
use redb::StorageBackend;

use super::super::disk::{ACKNOWLEDGED, FILE, examine, read_acknowledged};
use super::super::load::Loaded;
use super::super::machine::Changes;
use super::*;

/// Places and what was written there.
type Writes = Vec<(usize, Vec<u8>)>;

/// A file in memory that remembers what was read of it and what was done to it.
#[derive(Clone, Debug, Default)]
struct Image {
    bytes: Arc<Mutex<Vec<u8>>>,
    read: Arc<Mutex<Vec<bool>>>,
    written: Arc<Mutex<Writes>>,
}

impl Image {
    fn new(bytes: Vec<u8>) -> Self {
        Self { bytes: Arc::new(Mutex::new(bytes)), ..Self::default() }
    }
}

impl StorageBackend for Image {
    fn len(&self) -> io::Result<u64> {
        Ok(self.bytes.lock().len() as u64)
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        let bytes = self.bytes.lock();
        let range = offset as usize..offset as usize + out.len();
        out.copy_from_slice(bytes.get(range.clone()).ok_or(io::ErrorKind::UnexpectedEof)?);
        let mut read = self.read.lock();
        if !read.is_empty() {
            read[range].fill(true);
        }
        Ok(())
    }

    fn set_len(&self, length: u64) -> io::Result<()> {
        self.bytes.lock().resize(length as usize, 0);
        Ok(())
    }

    fn sync_data(&self) -> io::Result<()> {
        Ok(())
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        let at = offset as usize;
        self.bytes.lock()[at..at + data.len()].copy_from_slice(data);
        self.written.lock().push((at, data.to_vec()));
        Ok(())
    }
}

/// Everything that a store would serve.
fn state(loaded: &Loaded) -> String {
    let machine = &loaded.machine;
    let mut text = format!("{} {}", machine.view.revision, machine.compacted);
    for slot in &machine.view.keys {
        write!(text, " {:?}{}", slot.0.kv(), slot.0.deleted).unwrap();
    }
    for change in loaded.history.revisions.iter().flat_map(|revised| &revised.changes) {
        write!(text, " {:?}", change.event()).unwrap();
    }
    write!(text, " {:?} {}", machine.leases, machine.next_lease).unwrap();
    text
}

fn look(image: &Image, acknowledged: Option<i64>) -> Result<String, Error> {
    let base = Arc::new(image.clone());
    let examined = examine(Path::new("image"), base, acknowledged, 0, 1 << 20)?;
    Ok(state(&examined.loaded))
}

fn skipped() -> usize {
    std::env::var("PINTLE_FLIPS").map_or(1999, |text| text.parse().unwrap())
}

/// Panics inside redb on damaged pages are expected, and expensive to print.
fn hush() {
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if !info.location().is_some_and(|place| place.file().contains("redb")) {
            before(info);
        }
    }));
}

/// Flips bits one by one: each is found, or the store is as it was. Bits that are not even read
/// change nothing.
#[track_caller]
fn flip_all(bytes: &[u8], acknowledged: Option<i64>) {
    let image = Image::new(bytes.to_vec());
    *image.read.lock() = vec![false; bytes.len()];
    let before = look(&image, acknowledged).unwrap();
    let read = std::mem::take(&mut *image.read.lock());
    let positions: Vec<usize> = (0..bytes.len()).filter(|at| read[*at]).collect();
    // The header is short and has parts without a checksum: more of its bits are tried.
    let bits = positions.iter().flat_map(|at| (0..8).map(move |bit| (*at, bit)));
    let step = skipped() + 1;
    let (mut found, mut harmless) = (0, 0);
    for (number, (at, bit)) in bits.enumerate() {
        let step = if at < 320 { step.min(9) } else { step };
        if number % step != 0 {
            continue;
        }
        image.bytes.lock()[at] ^= 1 << bit;
        match look(&image, acknowledged) {
            Ok(after) if after == before => harmless += 1,
            Ok(after) => panic!("bit {bit} of byte {at} changed {before} into {after}"),
            Err(Error::Corrupted(text)) => {
                assert!(text.starts_with("image: "), "{text}");
                found += 1;
            }
            Err(other) => panic!("bit {bit} of byte {at}: {other}"),
        }
        image.bytes.lock()[at] ^= 1 << bit;
    }
    println!("{} bytes are read; {found} flips found, {harmless} harmless", positions.len());
    assert!(found > 50, "only {found} flips were found");
}

/// A small store's file and note, as they are while it is open and after it was closed.
async fn small() -> [(Vec<u8>, Option<i64>); 2] {
    let backend = Embedded::new();
    let store = backend.store().unwrap();
    let lease = store.grant_lease(1_000_000).await.unwrap();
    for n in 0..20_u8 {
        put(&store, &format!("key-{}", n % 5), &[n; 300]).await.unwrap();
    }
    store.compact(8).await.unwrap();
    let success = vec![
        Op::Put { key: "leased".into(), value: "x".into(), lease },
        Op::Delete { key: "key-0".into() },
    ];
    store.txn(Txn { success, ..Txn::default() }).await.unwrap();
    put(&store, "last", b"1").await.unwrap();
    let files = || {
        let note = std::fs::File::open(backend.folder.path().join(ACKNOWLEDGED)).unwrap();
        let bytes = std::fs::read(backend.folder.path().join(FILE)).unwrap();
        (bytes, read_acknowledged(&note))
    };
    while store.shared.history.read().revisions.front().is_none_or(|first| first.revision != 9) {
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    put(&store, "last", b"2").await.unwrap();
    // Housekeeping may still be writing: only then is the file as after a kill.
    let open = loop {
        let (first, second) = (files(), files());
        if first == second {
            break first;
        }
    };
    drop(store);
    [open, files()]
}

#[tokio::test]
async fn finds_every_flipped_bit_or_is_unharmed() {
    hush();
    for (bytes, acknowledged) in small().await {
        flip_all(&bytes, acknowledged);
    }
}

#[tokio::test]
async fn believes_only_an_intact_note() {
    let [_, (bytes, acknowledged)] = small().await;
    let groups = acknowledged.unwrap();
    assert!(look(&Image::new(bytes.clone()), Some(groups)).is_ok());
    let lost = look(&Image::new(bytes), Some(groups + 1)).unwrap_err().to_string();
    let expected = format!("group {} of writes was acknowledged", groups + 1);
    assert!(lost.contains(&expected), "{lost}");
    let note = [groups.to_le_bytes(), (!groups).to_le_bytes()].concat();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(ACKNOWLEDGED);
    let read = |note: &[u8]| {
        std::fs::write(&path, note).unwrap();
        read_acknowledged(&std::fs::File::open(&path).unwrap())
    };
    assert_eq!(read(&note), Some(groups));
    for bit in 0..note.len() * 8 {
        let mut damaged = note.clone();
        damaged[bit / 8] ^= 1 << (bit % 8);
        assert_eq!(read(&damaged), None, "bit {bit}");
    }
}

#[tokio::test]
async fn finds_a_file_that_was_cut_off() {
    hush();
    for (bytes, acknowledged) in small().await {
        for length in (1..bytes.len()).step_by(4096).chain([9, 10, 320, bytes.len() - 1]) {
            let cut = look(&Image::new(bytes[..length].to_vec()), acknowledged);
            assert!(matches!(cut, Err(Error::Corrupted(_))), "cut to {length}: {cut:?}");
        }
    }
}

/// A power cut may leave any of a group's writes out, or half a write. What was not acknowledged is
/// then there or not; if the group was acknowledged, its loss is found.
#[test]
fn undoes_a_group_that_was_not_finished() {
    hush();
    let image = Image::default();
    let (mut disk, mut loaded) = Disk::on(image.clone()).unwrap();
    let mut write = |key: &str, value: usize| {
        let op = Op::Put { key: key.to_owned().into(), value: vec![7; value].into(), lease: 0 };
        loaded.machine.txn(&Txn { success: vec![op], ..Txn::default() }, 0).unwrap();
        disk.commit(&loaded.machine, &[]).unwrap();
        loaded.machine.changes = Changes::default();
    };
    for n in 0..30 {
        write(&format!("k{n}"), 500);
    }
    let before_bytes = image.bytes.lock().clone();
    let before = look(&Image::new(before_bytes.clone()), Some(31)).unwrap_err().to_string();
    assert!(before.contains("group 31"), "{before}");
    let before = look(&Image::new(before_bytes.clone()), Some(30)).unwrap();
    image.written.lock().clear();
    write("k7", 9000);
    let after = look(&Image::new(image.bytes.lock().clone()), Some(31)).unwrap();
    let steps = image.written.lock().clone();
    assert!(steps.len() > 2, "{}", steps.len());
    let (mut old, mut new) = (0, 0);
    for pattern in 0..(1_u32 << steps.len().min(9)) {
        let image = Image::new(before_bytes.clone());
        image.bytes.lock().resize(before_bytes.len(), 0);
        for (number, (at, data)) in steps.iter().enumerate() {
            // Writes beyond the pattern's bits arrive whole; one in three of the others half.
            let arrives = number >= 9 || pattern >> number & 1 == 1;
            let half = (pattern as usize + number).is_multiple_of(3) && at + data.len() > 4096;
            let part = if half { data.len() / 2 } else { data.len() };
            if arrives {
                image.bytes.lock()[*at..at + part].copy_from_slice(&data[..part]);
            }
        }
        let found = look(&image, Some(30)).unwrap();
        assert!(found == before || found == after, "pattern {pattern:b}: {found}");
        if found == before {
            old += 1;
            assert!(matches!(look(&image, Some(31)), Err(Error::Corrupted(_))));
        } else {
            new += 1;
        }
    }
    assert!(old > 0 && new > 0, "{old} old, {new} new");
}
