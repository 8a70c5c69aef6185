//! The embedded store against the contract suite, and against a disk that fails.

mod damage;
mod faults;
mod groups;
mod tools;

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures::future::BoxFuture;
use tempfile::TempDir;

use super::disk::Disk;
use super::versions::{Change, History, Record, Revised, Stamp};
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

/// A revision of one key that is made or written over.
fn revised(revision: i64, previous: Option<Arc<Record>>) -> Arc<Revised> {
    let stamp = Stamp { create_revision: revision, mod_revision: revision, version: 1, lease: 0 };
    let record = Record::put((b"k", b""), stamp, 0, previous.clone());
    Arc::new(Revised {
        revision,
        changes: [Change { record, previous }].into(),
        at_milliseconds: 0,
    })
}

#[test]
fn forgets_no_more_at_once_than_is_asked_for() {
    let mut history = History::default();
    (2..=1001).for_each(|revision| history.push(revised(revision, None)));
    let first = history.revisions[0].changes[0].record.clone();
    (1002..=2001).for_each(|revision| history.push(revised(revision, Some(first.clone()))));
    let mut pop = |up_to| {
        let taken = history.pop(up_to, 10, 400);
        (taken.len(), history.revisions.front().unwrap().revision)
    };
    assert_eq!(pop(1), (0, 2), "nothing that is kept");
    assert_eq!(pop(1500), (400, 402), "what leaves no rows is bounded too");
    assert_eq!(pop(1500), (400, 802));
    assert_eq!(pop(1500), (210, 1012), "as many as leave ten rows");
    assert_eq!(pop(1015), (4, 1016));
    let bytes = history.revisions.iter().map(|revised| revised.bytes()).sum::<usize>();
    assert_eq!(history.bytes, bytes);
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
async fn knows_values_of_its_own_program_again_and_others_once_they_are_adopted() {
    let backend = Embedded::new();
    let open = |writer| {
        let options = Options { writer, ..options(&backend.clock) };
        EmbeddedStore::open(backend.folder.path(), options).unwrap()
    };
    let until = |writer| open(writer).others_until();
    let write = async |writer| put(&open(writer), "/a", b"x").await.unwrap();
    assert_eq!(write(Some(1)).await, 2);
    assert_eq!(until(Some(1)), 1, "the second revision is its own");
    assert_eq!(until(Some(2)), 2);
    assert_eq!(until(None), 2);
    assert_eq!(until(Some(1)), 1, "the other has written nothing");
    assert_eq!(write(Some(2)).await, 3);
    assert_eq!(until(Some(1)), 3);
    assert_eq!(write(None).await, 4);
    assert_eq!(until(Some(2)), 4, "whoever it was may not have been the same");
    assert_eq!(until(None), 4);
    let store = open(Some(2));
    store.adopt();
    assert_eq!(store.others_until(), 4, "what this process has read as another's stays so");
    put(&store, "/a", b"y").await.unwrap();
    drop(store);
    assert_eq!(until(Some(2)), 0);
    assert_eq!(until(Some(1)), 5);
}
