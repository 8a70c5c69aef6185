//! The watch cache against a naive model, and its corners one by one.

mod model;

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use tempfile::TempDir;

use futures::FutureExt;
use futures::future::BoxFuture;

use self::model::flat;
use super::*;
use crate::clock::ManualClock;
use crate::embedded::{EmbeddedStore, Options};
use crate::store::{KeyValue, Lineage, Op, Range, Txn, WatchBatch};

const PREFIX: &str = "/registry/pods/";
const PATIENCE: Duration = Duration::from_secs(20);

fn key(text: &str) -> Bytes {
    Bytes::from(format!("{PREFIX}{text}"))
}

/// Values are `node` or `node,padding`; the node is a trigger field and a label. An empty one is
/// completed to `nowhere`; garbage cannot be read.
fn indexer() -> Indexer {
    let complete = |kv: &KeyValue| match &kv.value[..] {
        b"garbage" => Err("it is garbage".to_owned()),
        b"" => Ok(Some(Bytes::from_static(b"nowhere"))),
        _ => Ok(None),
    };
    let facts = |_: &Bytes, value: &Bytes| {
        let text = String::from_utf8_lossy(value);
        let node = text.split(',').next().unwrap_or_default();
        Facts::new([("node", node), ("app", "web")], ["Running", node])
    };
    Indexer {
        fields: vec!["status.phase".into(), "spec.nodeName".into()],
        triggers: vec![1],
        complete: Arc::new(complete),
        facts: Arc::new(facts),
    }
}

struct World {
    _folder: TempDir,
    store: Arc<EmbeddedStore>,
    clock: ManualClock,
    cache: Cache,
}

impl World {
    async fn new(limits: Limits, queue_bytes: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = ManualClock::new(0);
        let options = Options {
            clock: Arc::new(clock.clone()),
            watch_queue_bytes: queue_bytes,
            housekeeping: Duration::from_millis(5),
            ..Options::default()
        };
        let store = Arc::new(EmbeddedStore::open(folder.path(), options).unwrap());
        let options =
            CacheOptions { clock: Arc::new(clock.clone()), limits, ..CacheOptions::default() };
        let cache = Cache::start(store.clone(), PREFIX.into(), indexer(), options);
        cache.wait_for(1, PATIENCE).await.unwrap();
        Self { _folder: folder, store, clock, cache }
    }

    async fn small() -> Self {
        Self::new(
            Limits { ring_least_events: 4, ring_most_events: 8, ..Limits::default() },
            1 << 20,
        )
        .await
    }

    async fn txn(&self, success: Vec<Op>) -> Revision {
        self.store.txn(Txn { success, ..Txn::default() }).await.unwrap().revision
    }

    async fn put(&self, name: &str, value: &str) -> Revision {
        self.txn(vec![Op::Put { key: key(name), value: value.to_owned().into(), lease: 0 }]).await
    }

    async fn delete(&self, name: &str) -> Revision {
        self.txn(vec![Op::Delete { key: key(name) }]).await
    }

    async fn sync(&self) -> Revision {
        self.cache.sync(PATIENCE).await.unwrap()
    }
}

fn show(events: &[Arc<CacheEvent>]) -> String {
    let one = |event: &Arc<CacheEvent>| {
        let value = String::from_utf8_lossy(&event.entry.value).into_owned();
        format!("{:?} {}={value}", event.kind, event.entry.name())
    };
    events.iter().map(one).collect::<Vec<_>>().join(", ")
}

#[tokio::test]
async fn reads_its_own_writes_and_writes_elsewhere() {
    let world = World::small().await;
    let revision = world.put("default/a", "n1").await;
    assert_eq!(world.sync().await, revision);
    let entry = world.cache.get(&key("default/a")).unwrap();
    assert_eq!((entry.namespace(), entry.name()), ("default", "a"));
    assert_eq!(entry.facts.label("node"), Some("n1"));
    assert_eq!(entry.facts.field(world.cache.field_index("spec.nodeName").unwrap()), "n1");
    let elsewhere = Op::Put { key: "/registry/nodes/n1".into(), value: Bytes::new(), lease: 0 };
    let revision = world.txn(vec![elsewhere]).await;
    assert_eq!(world.sync().await, revision);
    assert_eq!(world.cache.snapshot().revision, revision);
}

#[tokio::test]
async fn remembers_the_complete_form_of_a_value() {
    let world = World::small().await;
    let (_, mut watch) = world.cache.watch_from_now(Interest::All).unwrap();
    world.put("default/a", "").await;
    world.sync().await;
    let entry = world.cache.get(&key("default/a")).unwrap();
    assert_eq!((&entry.value[..], entry.facts.label("node")), (&b"nowhere"[..], Some("nowhere")));
    assert_eq!(show(&watch.try_next(10).unwrap()), "Added a=nowhere");
}

#[tokio::test]
async fn remembers_what_cannot_be_read_for_as_long_as_it_is_there() {
    let world = World::small().await;
    let all = || {
        let found = world.cache.unreadable(PREFIX.as_bytes(), 10);
        found.into_iter().map(|bad| (bad.key, bad.revision)).collect::<Vec<_>>()
    };
    let first = world.put("default/a", "garbage").await;
    let second = world.put("other/b", "garbage").await;
    world.sync().await;
    assert_eq!(all(), [(key("default/a"), first), (key("other/b"), second)]);
    let below = world.cache.unreadable(&key("other/"), 10);
    assert_eq!((below.len(), below[0].problem.as_str()), (1, "it is garbage"));
    assert_eq!(world.cache.unreadable(PREFIX.as_bytes(), 1).len(), 1);
    world.put("default/a", "n1").await;
    world.delete("other/b").await;
    world.sync().await;
    assert_eq!(all(), []);
}

#[tokio::test]
async fn knows_what_a_page_left_over_of_that_very_snapshot() {
    let world = World::small().await;
    for name in ["default/a", "default/b", "default/c"] {
        world.put(name, "n1").await;
    }
    world.sync().await;
    let (cache, prefix, snapshot) = (&world.cache, Bytes::from(PREFIX), world.cache.snapshot());
    assert_eq!(cache.count(&snapshot, &prefix, &key("default/b")), 2);
    // What was noted shows by being wrong.
    cache.note_left(&snapshot, &prefix, key("default/b"), 7);
    assert_eq!(cache.count(&snapshot, &prefix, &key("default/b")), 7);
    assert_eq!(cache.count(&snapshot, &prefix, &key("default/c")), 1);
    assert_eq!(cache.count(&snapshot, b"", &key("default/b")), 2);
    cache.note_left(&snapshot, &prefix, key("default/c"), 5);
    assert_eq!(cache.count(&snapshot, &prefix, &key("default/c")), 5);
    assert_eq!(cache.count(&snapshot, &prefix, &key("default/b")), 2, "its page is past");
    world.put("default/d", "n1").await;
    world.sync().await;
    assert_eq!(cache.count(&cache.snapshot(), &prefix, &key("default/c")), 2);
}

#[tokio::test]
async fn says_when_a_revision_does_not_come() {
    let world = World::small().await;
    let result = world.cache.wait_for(1000, Duration::from_millis(30)).await;
    assert_eq!(result, Err(CacheError::TooNew { requested: 1000, current: 1 }));
    assert_eq!(
        world.cache.snapshot_at(1000).unwrap_err(),
        CacheError::TooNew { requested: 1000, current: 1 }
    );
}

#[tokio::test]
async fn shows_deletions_and_departures_under_the_new_revision() {
    let world = World::small().await;
    world.put("default/a", "n1").await;
    world.sync().await;
    let (snapshot, mut watch) = world.cache.watch_from_now(Interest::All).unwrap();
    assert_eq!(snapshot.len(), 1);
    let moved = world.put("default/a", "n2").await;
    let gone = world.delete("default/a").await;
    world.sync().await;
    let events = watch.try_next(10).unwrap();
    assert_eq!(show(&events), "Modified a=n2, Deleted a=n2");
    assert_eq!(events[0].departed().value, "n1");
    assert_eq!(events[0].departed().mod_revision, moved);
    assert_eq!((events[1].entry.mod_revision, events[1].departed().mod_revision), (gone, gone));
    assert_eq!(watch.complete(), gone);
}

#[tokio::test]
async fn gives_each_interest_its_events() {
    let world = World::small().await;
    let field = world.cache.field_interest("spec.nodeName", "n1").unwrap();
    assert_eq!(world.cache.field_interest("status.phase", "Running"), None);
    let cases = [
        (world.cache.namespace_interest("b"), "Added x=n1, Modified x=n2"),
        (Interest::Object(key("a/x")), "Added x=n3"),
        (field, "Added x=n1, Modified x=n2"),
    ];
    let mut watches: Vec<_> =
        cases.iter().map(|(interest, _)| world.cache.watch(1, interest.clone()).unwrap()).collect();
    world.put("a/x", "n3").await;
    world.put("b/x", "n1").await;
    let last = world.put("b/x", "n2").await;
    world.sync().await;
    for (watch, (interest, expected)) in watches.iter_mut().zip(&cases) {
        assert_eq!(show(&watch.next(10).await.unwrap()), *expected, "{interest:?}");
        assert_eq!(watch.complete(), last);
        let mut late = world.cache.watch(1, interest.clone()).unwrap();
        assert_eq!(show(&late.next(10).await.unwrap()), *expected, "resumed, {interest:?}");
    }
}

#[tokio::test]
async fn expires_the_slow_and_spares_the_unconcerned() {
    let world = World::small().await;
    let mut slow = world.cache.watch(1, Interest::All).unwrap();
    let mut hit = world.cache.watch(1, Interest::Object(key("a/0"))).unwrap();
    let mut quiet = world.cache.watch(1, world.cache.namespace_interest("quiet")).unwrap();
    for n in 0..20 {
        world.put(&format!("a/{n}"), "n").await;
    }
    let last = world.sync().await;
    assert_eq!(slow.try_next(10).unwrap_err(), CacheError::Expired { current: last });
    assert_eq!(hit.try_next(10).unwrap_err(), CacheError::Expired { current: last });
    assert_eq!(show(&quiet.try_next(10).unwrap()), "");
    assert_eq!(quiet.complete(), last);
    let oldest = world.cache.oldest();
    assert_eq!(oldest, last - 8);
    let refused = world.cache.watch(oldest - 1, Interest::All);
    assert!(matches!(refused, Err(CacheError::TooOld { .. })));
    let mut kept = world.cache.watch(oldest, Interest::All).unwrap();
    assert_eq!(kept.try_next(100).unwrap().len(), 8);
    assert!(matches!(world.cache.snapshot_at(oldest - 1), Err(CacheError::TooOld { .. })));
    assert_eq!(world.cache.snapshot_at(oldest).unwrap().len(), 12);
}

#[tokio::test]
async fn does_not_show_what_was_compacted() {
    let world = World::small().await;
    let old = world.put("a", "n1").await;
    let kept = world.put("a", "n2").await;
    world.put("a", "n3").await;
    world.sync().await;
    assert_eq!(flat(&world.cache.snapshot_at(old).unwrap()).len(), 1, "it is made and kept");
    let watch = world.cache.watch(old, Interest::All);
    world.cache.compacted(kept);
    assert_eq!(
        world.cache.snapshot_at(old).unwrap_err(),
        CacheError::TooOld { requested: old, oldest: kept }
    );
    assert_eq!(world.cache.snapshot_at(kept).unwrap().revision, kept);
    let events = watch.unwrap().try_next(10).unwrap();
    assert_eq!(events.len(), 2, "watches go on from the ring");
}

#[tokio::test]
async fn keeps_events_until_they_are_old_and_more_than_the_least() {
    let limits = Limits { ring_least_events: 5, ..Limits::default() };
    let world = World::new(limits, 1 << 20).await;
    for n in 0..10 {
        world.put(&format!("a/{n}"), "n").await;
    }
    world.sync().await;
    world.clock.advance(75_000);
    world.put("a/x", "n").await;
    world.sync().await;
    assert_eq!(world.cache.ring_len(), 11);
    world.clock.advance(1);
    world.put("a/y", "n").await;
    world.sync().await;
    assert_eq!(world.cache.ring_len(), 5);
}

#[tokio::test]
async fn lists_anew_when_the_store_cuts_it_off() {
    let world = World::new(Limits::default(), 4_000).await;
    world.put("a/gone", "n").await;
    world.sync().await;
    let mut watch = world.cache.watch(1, Interest::All).unwrap();
    let ops = |n| Op::Put { key: key(&format!("a/{n}")), value: "n".into(), lease: 0 };
    let mut burst: Vec<_> = (0..100).map(ops).collect();
    burst.push(Op::Delete { key: key("a/gone") });
    let last = world.txn(burst).await;
    world.cache.wait_for(last, PATIENCE).await.unwrap();
    assert_eq!((world.cache.objects(), world.cache.counts().listings.get()), (100, 2));
    assert_eq!(watch.next(10).await.unwrap_err(), CacheError::Expired { current: last });
    assert!(world.cache.get(&key("a/gone")).is_none());
}

#[tokio::test]
async fn makes_a_form_once_while_the_budget_lasts() {
    let budget = FormBudget::new(1000);
    let entry = |n: i64| {
        let stored = (Bytes::from(format!("/p/{n}")), Bytes::new());
        Entry::new(stored, (n, n), Facts::default(), 3, &budget)
    };
    let form = |entry: &Arc<Entry>, fill| entry.encoded(1, || Bytes::from(vec![fill; 200]));
    let entries: Vec<_> = (0..20).map(entry).collect();
    assert_eq!(form(&entries[0], 1), form(&entries[0], 2), "made once");
    for other in &entries[1..] {
        form(other, 3);
        assert!(entries[0].kept(1).is_some(), "what is used is kept");
        assert!(budget.bytes() <= 1000);
    }
    assert!(entries[1].kept(1).is_none(), "what is not used goes first");
    assert_eq!(form(&entries[1], 4)[0], 4);
    let large = entries[2].encoded(2, || Bytes::from(vec![0; 900]));
    assert_eq!((large.len(), entries[2].kept(2)), (900, None), "too large to keep");
}

#[tokio::test]
async fn a_run_shows_the_entries_that_it_was_made_of() {
    let budget = FormBudget::new(1000);
    let entry = |n: i64| {
        let stored = (Bytes::from(format!("/p/{n}")), Bytes::new());
        Entry::new(stored, (n, n), Facts::default(), 3, &budget)
    };
    let entries: Vec<_> = (0..6).map(entry).collect();
    let (first, all) = (&entries[0], entries.iter().collect::<Vec<_>>());
    let body = |fill| Bytes::from(vec![fill; 50]);
    first.keep_run(7, &all[..4], body(1));
    first.keep_run(7, &all[..2], body(2));
    first.keep_run(7, &all[..4], body(3));
    assert_eq!(first.run(7, &all), Some((4, body(1))), "the same run is kept once");
    assert_eq!(first.run(7, &all[..3]), Some((2, body(2))), "a list may end before the longer run");
    assert_eq!((first.run(7, &all[..1]), first.run(8, &all)), (None, None));
    assert!(first.begins_run(7) && !entries[1].begins_run(7));
    let changed = entries[1].at(9);
    let others = [&all[..1], &[&changed], &all[2..]].concat();
    assert_eq!(first.run(7, &others), None, "one of them has changed");
    first.keep_run(7, &all[..1], Bytes::from(vec![0; 900]));
    assert_eq!(first.run(7, &all[..1]), None, "too large to keep");
    let held = budget.bytes();
    let brief = entry(8);
    first.keep_run(7, &[first, &brief], body(4));
    drop(brief);
    assert_eq!(budget.bytes(), held + 50 + size_of::<usize>());
    first.keep_run(7, &all[..3], body(5));
    assert_eq!(first.run(7, &all[..3]), Some((2, body(2))), "the older of two is found");
}

/// An object may cost 1.3 times its stored bytes plus 64: true from these sizes on.
#[test]
fn keeps_entries_small() {
    #[track_caller]
    fn check(stored_bytes: usize, facts: Facts) {
        let slot_and_counts = 12 + 2 * size_of::<usize>();
        let entry = Entry::new(Default::default(), (1, 1), facts, 0, &FormBudget::new(0));
        let held = entry.overhead() + slot_and_counts;
        assert!(held <= stored_bytes * 3 / 10 + 64, "{held} bytes beyond the stored ones");
    }
    check(400, Facts::default());
    let labels = [("app", "web"), ("pod-template-hash", "5d4f8c7b9d")];
    check(550, Facts::new(labels, ["n1", "Running"]));
}

/// A store that goes back: what was there is another one's. Watches of the first never learn of it.
struct Restored {
    histories: [Arc<EmbeddedStore>; 2],
    lineage: AtomicU64,
    /// Its watches tell of events alone.
    silent: bool,
}

struct SilentWatch(Box<dyn Watch>);

impl Watch for SilentWatch {
    fn try_next(&mut self) -> Result<Option<WatchBatch>, Error> {
        loop {
            match self.0.try_next()? {
                Some(batch) if batch.events.is_empty() => {}
                other => return Ok(other),
            }
        }
    }
    fn arrival(&self) -> Arc<Notify> {
        self.0.arrival()
    }
    fn request_progress(&self) {}
}

impl Restored {
    fn now(&self) -> &EmbeddedStore {
        &self.histories[usize::from(self.lineage() > 0)]
    }
}

impl crate::Layer for Restored {
    fn below(&self) -> &dyn Store {
        self.now()
    }

    fn watch(
        &self,
        prefix: Bytes,
        after: Revision,
    ) -> BoxFuture<'_, Result<Box<dyn Watch>, Error>> {
        Box::pin(async move {
            let watch = self.now().watch(prefix, after).await?;
            Ok(if self.silent { Box::new(SilentWatch(watch)) } else { watch })
        })
    }

    fn tells_progress(&self) -> bool {
        !self.silent
    }

    fn lineage(&self) -> Lineage {
        self.lineage.load(Ordering::SeqCst)
    }
}

#[tokio::test]
async fn shows_nothing_of_a_store_that_went_back() {
    let (first, second) = (World::small().await, World::small().await);
    for n in 0..3 {
        first.put("default/a", &n.to_string()).await;
    }
    let newest = second.put("default/b", "n1").await;
    let histories = [first.store.clone(), second.store.clone()];
    let store = Arc::new(Restored { histories, lineage: AtomicU64::new(0), silent: false });
    let cache = Cache::start(store.clone(), PREFIX.into(), indexer(), CacheOptions::default());
    assert!(cache.sync(PATIENCE).await.unwrap() > newest);
    let (_, mut watch) = cache.watch_from_now(Interest::All).unwrap();
    store.lineage.store(1, Ordering::SeqCst);
    assert!(!cache.ready(), "what it has is another history's");
    assert_eq!(cache.sync(PATIENCE).await, Ok(newest));
    assert_eq!((cache.get(&key("default/a")).is_some(), cache.objects()), (false, 1));
    assert_eq!(cache.revision(), newest);
    assert!(matches!(watch.try_next(10), Err(CacheError::Expired { .. })));
}

#[tokio::test]
async fn waits_for_no_progress_that_nobody_tells() {
    let world = World::small().await;
    world.put("default/a", "n1").await;
    let histories = [world.store.clone(), world.store.clone()];
    let store = Arc::new(Restored { histories, lineage: AtomicU64::new(0), silent: true });
    let cache = Cache::start(store, PREFIX.into(), indexer(), CacheOptions::default());
    cache.wait_for(0, PATIENCE).await.unwrap();
    assert_eq!(cache.get(&key("default/a")).unwrap().name(), "a");
    let seen = cache.revision();
    let elsewhere = Op::Put { key: "/registry/nodes/n1".into(), value: Bytes::new(), lease: 0 };
    let requested = world.txn(vec![elsewhere]).await;
    let untold = Err(CacheError::TooNew { requested, current: seen });
    assert_eq!(cache.sync(PATIENCE).now_or_never(), Some(untold));
    let own = world.put("default/a", "n2").await;
    cache.wait_for(own, PATIENCE).await.unwrap();
    assert_eq!(cache.sync(PATIENCE).now_or_never(), Some(Ok(own)));
}
