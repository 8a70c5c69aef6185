//! Disks that fail, are full or take no writes, and stores that are as large as they may be.

use std::io::{self, ErrorKind};
use std::sync::atomic::{AtomicU8, Ordering};

use parking_lot::Mutex;
use redb::StorageBackend;
use redb::backends::InMemoryBackend;

use super::super::writer::Reopen;
use super::*;

const FINE: u8 = 0;
const FULL: u8 = 1;
const READ_ONLY: u8 = 2;
const BROKEN: u8 = 3;

/// A disk in memory; what is wrong with it can be changed at any time, and it outlives the store.
#[derive(Clone, Debug)]
struct FaultyDisk(Arc<InMemoryBackend>, Arc<AtomicU8>);

impl FaultyDisk {
    fn new() -> Self {
        Self(Arc::new(InMemoryBackend::new()), Arc::default())
    }

    fn turn(&self, fault: u8) {
        self.1.store(fault, Ordering::SeqCst);
    }

    fn refuse(&self, faults: &[(u8, ErrorKind)]) -> io::Result<()> {
        let now = self.1.load(Ordering::SeqCst);
        let fault = faults.iter().find(|(fault, _)| *fault == now);
        fault.map_or(Ok(()), |(_, kind)| Err((*kind).into()))
    }

    fn start(&self) -> (EmbeddedStore, Arc<Mutex<Vec<String>>>) {
        let reported = Arc::new(Mutex::new(Vec::new()));
        let log = reported.clone();
        let options = Options {
            on_fatal: Arc::new(move |message| log.lock().push(message.to_owned())),
            ..options(&ManualClock::new(0))
        };
        let again = self.clone();
        let reopen: Reopen = Box::new(move |_| {
            again
                .refuse(&[
                    (FULL, ErrorKind::StorageFull),
                    (READ_ONLY, ErrorKind::ReadOnlyFilesystem),
                ])
                .map_err(|error| Error::Unavailable(error.to_string()))?;
            Disk::on(again.clone())
        });
        let opened = Disk::on(self.clone()).unwrap();
        (EmbeddedStore::start(opened, reopen, options, None).unwrap(), reported)
    }
}

impl StorageBackend for FaultyDisk {
    fn len(&self) -> io::Result<u64> {
        self.0.len()
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        self.0.read(offset, out)
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        self.refuse(&[(FULL, ErrorKind::StorageFull), (READ_ONLY, ErrorKind::ReadOnlyFilesystem)])?;
        self.0.set_len(len)
    }

    fn sync_data(&self) -> io::Result<()> {
        self.refuse(&[(BROKEN, ErrorKind::Other)])?;
        self.0.sync_data()
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        self.refuse(&[(READ_ONLY, ErrorKind::ReadOnlyFilesystem)])?;
        self.0.write(offset, data)
    }
}

#[tokio::test]
async fn reports_a_failed_fsync_and_acknowledges_nothing_more() {
    let disk = FaultyDisk::new();
    let (store, reported) = disk.start();
    let mut watch = store.watch(Bytes::new(), 0).await.unwrap();
    put(&store, "a", b"1").await.unwrap();
    disk.turn(BROKEN);
    let refused = put(&store, "b", b"1").await;
    assert!(matches!(refused, Err(Error::Unavailable(_))), "{refused:?}");
    disk.turn(FINE);
    let later = put(&store, "c", b"1").await;
    assert!(matches!(later, Err(Error::Unavailable(_))), "{later:?}");
    assert_eq!(watch.next().await.unwrap().events.len(), 1);
    assert!(watch.next().await.is_err());
    while reported.lock().is_empty() {
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    assert!(reported.lock()[0].contains("what is on disk is unknown"), "{reported:?}");
}

/// Writes until the disk does not take it, sees that only writes are refused, and goes on once the
/// disk is fine again. Nothing acknowledged is lost, and watches notice nothing.
async fn waits_while(fault: u8, why: &str) {
    let disk = FaultyDisk::new();
    let (store, reported) = disk.start();
    let mut watch = store.watch(Bytes::new(), 0).await.unwrap();
    let mut acknowledged = vec![put(&store, "first", b"1").await.unwrap()];
    disk.turn(fault);
    let error = loop {
        match put(&store, "large", &vec![7; 500_000]).await {
            Ok(revision) => acknowledged.push(revision),
            Err(error) => break error,
        }
    };
    assert!(matches!(&error, Error::Unavailable(text) if text.contains(why)), "{error}");
    assert_eq!(store.health().await, Err(error.clone()));
    assert_eq!(put(&store, "other", b"1").await, Err(error.clone()));
    assert_eq!(store.grant_lease(5).await, Err(error));
    let newest = *acknowledged.last().unwrap();
    assert_eq!(store.revision().await, Ok(newest), "reads go on");
    disk.turn(FINE);
    let next = loop {
        match put(&store, "next", b"1").await {
            Ok(revision) => break revision,
            Err(_) => tokio::time::sleep(Duration::from_millis(2)).await,
        }
    };
    assert_eq!(store.health().await, Ok(()));
    let mut seen = Vec::new();
    while seen.last() != Some(&next) {
        let batch = watch.next().await.unwrap();
        seen.extend(batch.events.into_iter().map(|event| event.kv.mod_revision));
    }
    assert_eq!(seen, (2..=next).collect::<Vec<_>>());
    assert!(next == newest + 1 || next == newest + 2, "{next} after {newest}");
    drop(store);
    assert_eq!(reported.lock().len(), 0, "{reported:?}");
    let (store, _) = disk.start();
    assert_eq!(store.revision().await, Ok(next));
}

#[tokio::test]
async fn waits_while_the_disk_is_full() {
    waits_while(FULL, "no storage space").await;
}

#[tokio::test]
async fn waits_while_the_disk_is_read_only() {
    waits_while(READ_ONLY, "read-only").await;
}

#[tokio::test]
async fn goes_on_when_the_clock_is_set_back() {
    let backend = Embedded::new();
    let store = backend.store().unwrap();
    let leased = async |store: &EmbeddedStore, key: &'static str| {
        let lease = store.grant_lease(10).await.unwrap();
        let op = Op::Put { key: key.into(), value: Bytes::new(), lease };
        store.txn(Txn { success: vec![op], ..Txn::default() }).await.unwrap();
    };
    leased(&store, "before").await;
    backend.pass(-86_400).await;
    put(&store, "other", b"1").await.unwrap();
    drop(store);
    let store = backend.store().unwrap();
    leased(&store, "after").await;
    let mut watch = store.watch(Bytes::new(), 0).await.unwrap();
    backend.pass(11).await;
    let ended = watch.next().await.unwrap().events;
    assert_eq!((ended.len(), &ended[0].kv.key[..]), (1, &b"after"[..]));
    let all = Range { start: "a".into(), end: "z".into(), ..Range::default() };
    assert_eq!(store.range(all).await.unwrap().kvs.len(), 2);
}

#[tokio::test]
async fn stops_when_told_to_while_the_disk_is_full() {
    let disk = FaultyDisk::new();
    let (store, reported) = disk.start();
    disk.turn(READ_ONLY);
    assert!(put(&store, "a", b"1").await.is_err());
    drop(store);
    assert_eq!(reported.lock().len(), 0);
}

#[tokio::test]
async fn refuses_to_grow_beyond_its_quota_until_there_is_room() {
    let backend = Embedded::new();
    let limits = Options { quota_bytes: Some(100_000), ..options(&backend.clock) };
    let open = || EmbeddedStore::open(backend.folder.path(), limits.clone()).unwrap();
    let store = open();
    let mut n = 0;
    let refused = loop {
        match put(&store, &format!("k{n}"), &[7; 1000]).await {
            Ok(_) => n += 1,
            Err(error) => break error,
        }
    };
    assert_eq!(refused, Error::Refused("etcdserver: mvcc: database space exceeded".into()));
    assert!((85..95).contains(&n), "{n}");
    assert_eq!(put(&store, "small", b"1").await, Err(refused.clone()));
    assert_eq!(store.grant_lease(5).await, Err(refused.clone()));
    drop(store);
    let store = open();
    assert_eq!(put(&store, "large", &vec![7; 20_000]).await, Err(refused.clone()), "it remembers");
    for n in 0..40 {
        let success = vec![Op::Delete { key: format!("k{n}").into() }];
        let failure = vec![Op::Get { key: "k0".into() }];
        store.txn(Txn { success, failure, ..Txn::default() }).await.unwrap();
    }
    assert_eq!(put(&store, "small", b"1").await, Err(refused), "history takes room too");
    let newest = store.revision().await.unwrap();
    store.compact(newest).await.unwrap();
    while put(&store, "small", b"1").await.is_err() {
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    drop(store);
    let (_, loaded) = Disk::open(backend.folder.path(), 0).unwrap();
    let garbage: u64 = loaded.garbage.iter().map(|garbage| garbage.bytes).sum();
    let left = loaded.machine.size - garbage;
    assert!((50_000..60_000).contains(&left), "{left} of {}", loaded.machine.size);
}
