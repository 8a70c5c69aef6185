//! The embedded store against the contract suite, and against a disk that fails.

mod tools;
mod transfer;

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use bytes::Bytes;
use futures::future::BoxFuture;
use parking_lot::Mutex;
use redb::StorageBackend;
use redb::backends::InMemoryBackend;
use tempfile::TempDir;

use super::disk::{Disk, FILE};
use super::{EmbeddedStore, Options};
use crate::clock::ManualClock;
use crate::store::{Error, Op, Range, Store, Txn, prefix_end};
use crate::suite::{Backend, CASES};

struct Embedded {
    folder: TempDir,
    clock: ManualClock,
}

fn options(clock: &ManualClock) -> Options {
    Options {
        clock: Arc::new(clock.clone()),
        housekeeping: Duration::from_millis(5),
        on_fatal: Arc::new(|_| {}),
        ..Options::default()
    }
}

impl Embedded {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), clock: ManualClock::new(1_000_000) }
    }

    fn store(&self) -> Result<EmbeddedStore, Error> {
        EmbeddedStore::open(self.folder.path(), options(&self.clock))
    }
}

impl Backend for Embedded {
    fn open(&self) -> BoxFuture<'_, Result<Arc<dyn Store>, Error>> {
        Box::pin(async move { Ok(Arc::new(self.store()?) as Arc<dyn Store>) })
    }

    fn pass(&self, seconds: i64) -> BoxFuture<'_, ()> {
        self.clock.advance(seconds * 1000);
        Box::pin(async {})
    }

    fn exclusive(&self) -> bool {
        true
    }
}

async fn put(store: &EmbeddedStore, key: &str, value: &[u8]) -> Result<i64, Error> {
    let (key, value) = (Bytes::copy_from_slice(key.as_bytes()), Bytes::copy_from_slice(value));
    let success = vec![Op::Put { key, value, lease: 0 }];
    Ok(store.txn(Txn { success, ..Txn::default() }).await?.revision)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn keeps_the_contract() {
    for (name, case) in CASES {
        println!("{name}");
        case(&Embedded::new()).await;
    }
}

#[tokio::test]
async fn cuts_off_a_watcher_that_falls_behind() {
    let backend = Embedded::new();
    let limits = Options { watch_queue_bytes: 10_000, ..options(&backend.clock) };
    let store = EmbeddedStore::open(backend.folder.path(), limits).unwrap();
    let mut slow = store.watch(Bytes::new(), 0).await.unwrap();
    let mut other = store.watch(Bytes::from_static(b"/other"), 0).await.unwrap();
    for n in 0..20 {
        put(&store, &format!("/a/{n}"), &[7; 1000]).await.unwrap();
    }
    assert_eq!(slow.next().await.unwrap_err(), Error::CutOff);
    let batch = other.next().await.unwrap();
    assert_eq!((batch.revision, batch.events.len()), (21, 0));
}

#[tokio::test]
async fn bounds_its_history_by_age_and_size() {
    let backend = Embedded::new();
    let limits = Options { history_bytes: 20_000, ..options(&backend.clock) };
    let store = EmbeddedStore::open(backend.folder.path(), limits).unwrap();
    for n in 0..100 {
        put(&store, "a", &vec![n; 1000]).await.unwrap();
    }
    let at = |revision| Range { start: Bytes::from_static(b"a"), revision, ..Range::default() };
    let compacted = |result: &Result<_, Error>| matches!(result, Err(Error::Compacted { .. }));
    while !compacted(&store.range(at(50)).await) {
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    assert_eq!(store.range(at(100)).await.unwrap().kvs[0].value[0], 98);
    backend.pass(601).await;
    while !compacted(&store.range(at(100)).await) {
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    assert_eq!(store.range(at(101)).await.unwrap().kvs[0].value[0], 99);
}

#[tokio::test]
async fn deletes_compacted_rows_from_the_file() {
    let backend = Embedded::new();
    for round in 0..5 {
        let store = backend.store().unwrap();
        for n in 0..40 {
            put(&store, &format!("k{}", n % 3), &[round; 10_000]).await.unwrap();
        }
        let newest = store.revision().await.unwrap();
        store.compact(newest).await.unwrap();
        while store.shared.history.read().revisions.front().is_some() {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    }
    let (_, loaded) = Disk::open(backend.folder.path(), 0).unwrap();
    let rows = loaded.machine.view.keys.len() + loaded.garbage.len();
    assert_eq!((rows, loaded.history.revisions.len()), (3, 0));
}

/// A disk in memory that refuses to sync when told to.
#[derive(Debug)]
struct FailingDisk(InMemoryBackend, Arc<AtomicBool>);

impl StorageBackend for FailingDisk {
    fn len(&self) -> io::Result<u64> {
        self.0.len()
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        self.0.read(offset, out)
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        self.0.set_len(len)
    }

    fn sync_data(&self) -> io::Result<()> {
        if self.1.load(Ordering::SeqCst) {
            return Err(io::Error::other("injected fsync failure"));
        }
        self.0.sync_data()
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        self.0.write(offset, data)
    }
}

#[tokio::test]
async fn reports_a_failed_fsync_and_acknowledges_nothing_more() {
    let failing = Arc::new(AtomicBool::new(false));
    let (disk, loaded) = Disk::on(FailingDisk(InMemoryBackend::new(), failing.clone())).unwrap();
    let reported = Arc::new(Mutex::new(Vec::new()));
    let log = reported.clone();
    let options = Options {
        on_fatal: Arc::new(move |message| log.lock().push(message.to_owned())),
        ..options(&ManualClock::new(0))
    };
    let store = EmbeddedStore::start(disk, loaded, options, None).unwrap();
    let mut watch = store.watch(Bytes::new(), 0).await.unwrap();
    put(&store, "a", b"1").await.unwrap();
    failing.store(true, Ordering::SeqCst);
    let refused = put(&store, "b", b"1").await;
    assert!(matches!(refused, Err(Error::Unavailable(_))), "{refused:?}");
    failing.store(false, Ordering::SeqCst);
    let later = put(&store, "c", b"1").await;
    assert!(matches!(later, Err(Error::Unavailable(_))), "{later:?}");
    assert_eq!(watch.next().await.unwrap().events.len(), 1);
    assert!(watch.next().await.is_err());
    while reported.lock().is_empty() {
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    assert!(reported.lock()[0].contains("injected fsync failure"), "{reported:?}");
}

/// Everything a reader can see.
async fn contents(store: &EmbeddedStore, after: i64) -> String {
    let all =
        Range { start: Bytes::from_static(b"\0"), end: prefix_end(b"\xfe"), ..Range::default() };
    let now = store.range(all).await.unwrap();
    let mut watch = store.watch(Bytes::new(), after).await.unwrap();
    let batch = watch.try_next();
    format!("{now:?} {batch:?}")
}

#[tokio::test]
async fn finds_flipped_bits_or_is_unharmed() {
    let backend = Embedded::new();
    let store = backend.store().unwrap();
    for n in 0..20_u8 {
        put(&store, &format!("key-{}", n % 5), &[n; 300]).await.unwrap();
    }
    let before = contents(&store, 1).await;
    drop(store);
    let path = backend.folder.path().join(FILE);
    let intact = std::fs::read(&path).unwrap();
    let used: Vec<usize> = (0..intact.len()).filter(|at| intact[*at] != 0).collect();
    let mut found = 0;
    for at in used.iter().step_by(used.len() / 150) {
        let mut damaged = intact.clone();
        damaged[*at] ^= 1 << (at % 8);
        std::fs::write(&path, damaged).unwrap();
        match backend.store() {
            Ok(store) => assert_eq!(contents(&store, 1).await, before, "flip in byte {at}"),
            Err(Error::Corrupted(text)) => {
                assert!(text.contains(FILE), "{text}");
                found += 1;
            }
            Err(other) => panic!("flip in byte {at}: {other}"),
        }
    }
    assert!(found > 10, "only {found} flips were found");
}
