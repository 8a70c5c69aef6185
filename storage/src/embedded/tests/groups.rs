//! Writes that share an fsync, and what may not be seen before it.

use std::io;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc::Sender;

use futures::FutureExt;
use futures::future::join_all;
use parking_lot::{Condvar, Mutex};
use redb::StorageBackend;
use redb::backends::InMemoryBackend;
use tokio::sync::oneshot;

use super::super::writer::{Reopen, Request};
use super::*;

/// A disk in memory that counts its fsyncs and, while its gate is closed, ends none.
#[derive(Clone, Debug)]
struct CountingDisk {
    memory: Arc<InMemoryBackend>,
    syncs: Arc<AtomicU64>,
    gate: Arc<Gate>,
}

#[derive(Debug, Default)]
struct Gate {
    /// Closed, and how many fsyncs stand before it.
    state: Mutex<(bool, u64)>,
    moved: Condvar,
}

impl Gate {
    fn set(&self, closed: bool) {
        self.state.lock().0 = closed;
        self.moved.notify_all();
    }

    /// Waits until an fsync stands before the closed gate.
    fn wait_for_one(&self) {
        let mut state = self.state.lock();
        self.moved.wait_while(&mut state, |(_, standing)| *standing == 0);
    }

    fn pass(&self) {
        let mut state = self.state.lock();
        state.1 += 1;
        self.moved.notify_all();
        self.moved.wait_while(&mut state, |(closed, _)| *closed);
        state.1 -= 1;
    }
}

impl StorageBackend for CountingDisk {
    fn len(&self) -> io::Result<u64> {
        self.memory.len()
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        self.memory.read(offset, out)
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        self.memory.set_len(len)
    }

    fn sync_data(&self) -> io::Result<()> {
        self.gate.pass();
        self.syncs.fetch_add(1, Ordering::SeqCst);
        self.memory.sync_data()
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        self.memory.write(offset, data)
    }
}

/// A store whose writer counts its pauses; at some of them a write comes in.
struct World {
    store: EmbeddedStore,
    disk: CountingDisk,
    pauses: Arc<AtomicUsize>,
    /// Writes that come in, one at each pause.
    latecomers: Arc<AtomicUsize>,
}

impl World {
    fn new() -> Self {
        let disk = CountingDisk {
            memory: Arc::new(InMemoryBackend::new()),
            syncs: Arc::default(),
            gate: Arc::default(),
        };
        let (pauses, latecomers) = (Arc::<AtomicUsize>::default(), Arc::<AtomicUsize>::default());
        let requests = Arc::new(OnceLock::<Sender<Request>>::new());
        let (counted, late, to) = (pauses.clone(), latecomers.clone(), requests.clone());
        let pause = move |_| {
            counted.fetch_add(1, Ordering::SeqCst);
            let order = Ordering::SeqCst;
            if late.fetch_update(order, order, |left| left.checked_sub(1)).is_ok() {
                // Nobody waits for the answer.
                let (reply, _) = oneshot::channel();
                to.get().unwrap().send(Request::Txn(write("late"), reply)).unwrap();
            }
        };
        // Housekeeping would add fsyncs of its own.
        let options = Options {
            pause: Arc::new(pause),
            housekeeping: Duration::from_hours(1),
            ..options(&ManualClock::new(0))
        };
        let reopen: Reopen = Box::new(|_| Err(Error::Unavailable("it is not needed".into())));
        let opened = Disk::on(disk.clone()).unwrap();
        let store = EmbeddedStore::start(opened, reopen, options, None).unwrap();
        requests.set(store.requests.clone()).unwrap();
        Self { store, disk, pauses, latecomers }
    }

    fn pauses(&self) -> usize {
        self.pauses.swap(0, Ordering::SeqCst)
    }

    /// Writes so many keys while the writer is busy with another, and says what fsyncs that took.
    async fn crowd(&self, writes: usize) -> u64 {
        self.disk.gate.set(true);
        let first = self.store.txn(write("first"));
        self.disk.gate.wait_for_one();
        let before = self.disk.syncs.load(Ordering::SeqCst);
        let others = (0..writes).map(|n| self.store.txn(write(&format!("{n}"))));
        let mut others = join_all(others.collect::<Vec<_>>());
        assert!((&mut others).now_or_never().is_none(), "nothing is durable yet");
        assert_eq!(self.disk.syncs.load(Ordering::SeqCst), before);
        self.disk.gate.set(false);
        first.await.unwrap();
        assert!(others.await.iter().all(Result::is_ok));
        self.disk.syncs.load(Ordering::SeqCst) - before
    }
}

fn write(key: &str) -> Txn {
    let key = Bytes::copy_from_slice(key.as_bytes());
    let success = vec![Op::Put { key, value: Bytes::from_static(b"1"), lease: 0 }];
    Txn { success, ..Txn::default() }
}

#[tokio::test]
async fn a_lone_writer_waits_for_nobody() {
    let world = World::new();
    let before = world.disk.syncs.load(Ordering::SeqCst);
    for _ in 0..10 {
        world.store.txn(write("a")).await.unwrap();
    }
    assert_eq!(world.disk.syncs.load(Ordering::SeqCst) - before, 10);
    assert_eq!(world.pauses(), 0);
}

#[tokio::test]
async fn writers_that_wait_share_an_fsync() {
    let world = World::new();
    world.store.txn(write("a")).await.unwrap();
    assert_eq!(world.crowd(100).await, 2, "one for the first, one for all that waited for it");
    assert_eq!(world.store.revision().await, Ok(103));
}

#[tokio::test]
async fn after_a_crowd_the_next_group_waits_for_more_as_long_as_some_come() {
    let world = World::new();
    world.crowd(3).await;
    world.store.txn(write("a")).await.unwrap();
    assert_eq!(world.pauses(), 0, "three are no crowd");
    world.crowd(4).await;
    assert_eq!(world.pauses(), 0);
    let syncs = world.disk.syncs.load(Ordering::SeqCst);
    let revision = world.store.revision().await.unwrap();
    world.latecomers.store(2, Ordering::SeqCst);
    world.store.txn(write("a")).await.unwrap();
    assert_eq!(world.pauses(), 3, "nobody came in the third");
    assert_eq!(world.store.revision().await, Ok(revision + 3));
    assert_eq!(world.disk.syncs.load(Ordering::SeqCst), syncs + 1);
    world.store.txn(write("a")).await.unwrap();
    assert_eq!(world.pauses(), 0, "the group before was small");
    world.crowd(4).await;
    world.latecomers.store(10, Ordering::SeqCst);
    world.store.txn(write("a")).await.unwrap();
    assert_eq!(world.pauses(), 4, "nobody waits longer");
}

#[tokio::test]
async fn nothing_is_seen_before_its_fsync() {
    let world = World::new();
    let mut watch = world.store.watch(Bytes::new(), 0).await.unwrap();
    let before = world.store.revision().await.unwrap();
    world.disk.gate.set(true);
    let mut written = world.store.txn(write("a"));
    world.disk.gate.wait_for_one();
    assert!((&mut written).now_or_never().is_none(), "it is acknowledged");
    let range = Range { start: Bytes::from_static(b"a"), ..Range::default() };
    assert_eq!(world.store.range(range.clone()).await.unwrap().kvs, [], "it is read");
    assert_eq!(world.store.revision().await, Ok(before));
    assert!(watch.try_next().unwrap().is_none(), "it is told");
    world.disk.gate.set(false);
    assert_eq!(written.await.unwrap().revision, before + 1);
    assert_eq!(world.store.range(range).await.unwrap().kvs.len(), 1);
    assert_eq!(watch.next().await.unwrap().revision, before + 1);
}
