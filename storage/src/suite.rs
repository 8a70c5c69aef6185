//! The contract suite: what every [`Store`] must do, run by each backend's tests.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures::future::{BoxFuture, join_all};
use tokio::time::{sleep, timeout};

use crate::store::{
    Compare, Error, Event, LeaseId, MAX_REQUEST_BYTES, Op, Range, RangeResult, Revision, Store,
    Txn, TxnResult, Watch, prefix_end,
};

/// A store under test, made fresh for each case.
pub trait Backend: Send + Sync {
    /// Opens the store; again after the one before was dropped.
    fn open(&self) -> BoxFuture<'_, Result<Arc<dyn Store>, Error>>;
    /// Lets time pass as leases count it.
    fn pass(&self, seconds: i64) -> BoxFuture<'_, ()>;
    /// Only one process can have the store open.
    fn exclusive(&self) -> bool;
}

/// A case: panics if the store breaks the contract.
pub type Case = for<'a> fn(&'a dyn Backend) -> BoxFuture<'a, ()>;

/// All cases with their names.
pub const CASES: &[(&str, Case)] = &[
    ("starts at revision 1 and counts writing transactions", |b| Box::pin(revisions(b))),
    ("compares and swaps", |b| Box::pin(compare_and_swap(b))),
    ("lets one of many racing creates win", |b| Box::pin(racing_creates(b))),
    ("runs the operations of a transaction in order", |b| Box::pin(operations(b))),
    ("reads ranges with limit, count and more", |b| Box::pin(ranges(b))),
    ("reads at a revision", |b| Box::pin(ranges_at_a_revision(b))),
    ("forgets what was compacted and nothing else", |b| Box::pin(compaction(b))),
    ("refuses what is invalid or too large", |b| Box::pin(refusals(b))),
    ("watches a prefix with the state before", |b| Box::pin(watching(b))),
    ("resumes a watch after any kept revision", |b| Box::pin(resuming(b))),
    ("never splits a revision", |b| Box::pin(whole_revisions(b))),
    ("tells an idle watcher how far the store has come", |b| Box::pin(progress(b))),
    ("ends a watch that asks for compacted revisions", |b| Box::pin(compacted_watch(b))),
    ("deletes the keys of a lease that ends", |b| Box::pin(leases(b))),
    ("keeps everything when reopened", |b| Box::pin(reopening(b))),
    ("refuses a second opener", |b| Box::pin(second_opener(b))),
];

/// Most time that anything here waits.
const PATIENCE: Duration = Duration::from_secs(20);

struct Subject(Arc<dyn Store>);

fn bytes(text: &str) -> Bytes {
    Bytes::copy_from_slice(text.as_bytes())
}

fn put_op(key: &str, value: &str, lease: LeaseId) -> Op {
    Op::Put { key: bytes(key), value: bytes(value), lease }
}

impl Subject {
    async fn open(backend: &dyn Backend) -> Self {
        Self(backend.open().await.expect("the store opens"))
    }

    async fn txn(&self, compare: &[(&str, Revision)], success: Vec<Op>) -> TxnResult {
        self.try_txn(compare, success, vec![]).await.expect("the transaction is valid")
    }

    async fn try_txn(
        &self,
        compare: &[(&str, Revision)],
        success: Vec<Op>,
        failure: Vec<Op>,
    ) -> Result<TxnResult, Error> {
        let compare = compare
            .iter()
            .map(|(key, revision)| Compare { key: bytes(key), mod_revision: *revision })
            .collect();
        self.0.txn(Txn { compare, success, failure }).await
    }

    async fn put(&self, key: &str, value: &str) -> Revision {
        self.txn(&[], vec![put_op(key, value, 0)]).await.revision
    }

    async fn delete(&self, key: &str) -> Revision {
        self.txn(&[], vec![Op::Delete { key: bytes(key) }]).await.revision
    }

    async fn range(&self, prefix: &str, revision: Revision) -> Result<RangeResult, Error> {
        let (start, end) = match prefix {
            "" => (bytes("\0"), bytes("~")),
            _ => (bytes(prefix), prefix_end(prefix.as_bytes())),
        };
        self.0.range(Range { start, end, revision, ..Range::default() }).await
    }

    /// Keys and values under a prefix as `a=1 b=2`.
    async fn show(&self, prefix: &str, revision: Revision) -> String {
        let result = self.range(prefix, revision).await.expect("the revision is kept");
        let pair = |key: &Bytes, value: &Bytes| {
            format!("{}={}", String::from_utf8_lossy(key), String::from_utf8_lossy(value))
        };
        result.kvs.iter().map(|kv| pair(&kv.key, &kv.value)).collect::<Vec<_>>().join(" ")
    }

    async fn watch(&self, prefix: &str, after: Revision) -> Box<dyn Watch> {
        self.0.watch(bytes(prefix), after).await.expect("the revision is kept")
    }
}

/// Events up to and with `last`, checked for order.
async fn drain(watch: &mut dyn Watch, last: Revision) -> Vec<Event> {
    let mut events: Vec<Event> = Vec::new();
    let mut reached = 0;
    while reached < last {
        let next = timeout(PATIENCE, watch.next()).await.expect("a batch arrives");
        let batch = next.expect("the watch goes on");
        assert!(batch.revision >= reached, "went back from {reached} to {}", batch.revision);
        for event in &batch.events {
            let revision = event.kv.mod_revision;
            assert!(revision <= batch.revision, "event beyond the batch's revision");
            assert!(revision > reached, "{revision} again, or split, after {reached}");
        }
        assert!(batch.events.is_sorted_by_key(|event| event.kv.mod_revision));
        reached = batch.revision;
        events.extend(batch.events);
    }
    events
}

fn describe(events: &[Event]) -> String {
    let one = |event: &Event| {
        let key = String::from_utf8_lossy(&event.kv.key).into_owned();
        let value = String::from_utf8_lossy(&event.kv.value).into_owned();
        let before = event.previous.as_ref().map_or_else(
            || "-".to_owned(),
            |before| String::from_utf8_lossy(&before.value).into_owned(),
        );
        if event.deleted { format!("{key}:{before}>-") } else { format!("{key}:{before}>{value}") }
    };
    events.iter().map(one).collect::<Vec<_>>().join(" ")
}

async fn revisions(backend: &dyn Backend) {
    let store = Subject::open(backend).await;
    let start = store.0.revision().await.expect("the store answers");
    assert_eq!(start, 1);
    assert_eq!(store.put("a", "1").await, 2);
    assert_eq!(store.delete("missing").await, 2, "deleting nothing is no write");
    assert_eq!(store.txn(&[], vec![Op::Get { key: bytes("a") }]).await.revision, 2);
    let both = store.txn(&[], vec![put_op("b", "1", 0), put_op("c", "1", 0)]).await;
    assert_eq!(both.revision, 3, "operations of one transaction share a revision");
    let listed = store.range("", 0).await;
    assert!(listed.is_ok_and(|result| result.revision == 3));
    assert_eq!(store.delete("a").await, 4);
}

async fn compare_and_swap(backend: &dyn Backend) {
    let store = Subject::open(backend).await;
    let made = store.txn(&[("a", 0)], vec![put_op("a", "1", 0)]).await;
    assert!(made.succeeded);
    let again = store.txn(&[("a", 0)], vec![put_op("a", "2", 0)]).await;
    assert!(!again.succeeded && again.revision == made.revision);
    let get = vec![Op::Get { key: bytes("a") }];
    let stale = store.try_txn(&[("a", 99)], vec![], get).await.expect("valid");
    let found = stale.responses[0].as_ref().expect("the key is there");
    assert_eq!((found.mod_revision, found.version), (made.revision, 1));
    let updated = store.txn(&[("a", made.revision)], vec![put_op("a", "2", 0)]).await;
    assert!(updated.succeeded);
    let kv = store.range("a", 0).await.expect("readable").kvs.remove(0);
    let facts = (kv.create_revision, kv.mod_revision, kv.version);
    assert_eq!(facts, (made.revision, updated.revision, 2));
    let gone = store.txn(&[("a", updated.revision)], vec![Op::Delete { key: bytes("a") }]).await;
    let before = gone.responses[0].as_ref().expect("it was there");
    assert_eq!(before.value, "2");
    assert!(store.txn(&[("a", 0)], vec![put_op("a", "3", 0)]).await.succeeded);
    let kv = store.range("a", 0).await.expect("readable").kvs.remove(0);
    assert_eq!((kv.create_revision, kv.version), (kv.mod_revision, 1), "made anew");
}

async fn racing_creates(backend: &dyn Backend) {
    let store = Subject::open(backend).await;
    for round in 0..20 {
        let key = format!("race-{round}");
        let expected = [(key.as_str(), 0)];
        let tries = (0..16).map(|_| store.txn(&expected, vec![put_op(&key, "x", 0)]));
        let won = join_all(tries).await.iter().filter(|result| result.succeeded).count();
        assert_eq!(won, 1);
    }
    assert_eq!(store.0.revision().await, Ok(21));
}

async fn operations(backend: &dyn Backend) {
    let store = Subject::open(backend).await;
    store.put("a", "old").await;
    let get = || Op::Get { key: bytes("a") };
    let result = store.txn(&[], vec![get(), put_op("a", "new", 0), get()]).await;
    let seen: Vec<_> =
        result.responses.iter().map(|kv| kv.as_ref().map(|kv| kv.value.clone())).collect();
    assert_eq!(seen, [Some(bytes("old")), None, Some(bytes("new"))]);
}

async fn ranges(backend: &dyn Backend) {
    let store = Subject::open(backend).await;
    for key in ["/a/1", "/a/2", "/a/3", "/a0", "/b/1"] {
        store.put(key, "v").await;
    }
    store.delete("/a/2").await;
    assert_eq!(store.show("/a/", 0).await, "/a/1=v /a/3=v");
    let whole = Range { start: bytes("/a"), end: prefix_end(b"/a"), ..Range::default() };
    let limited = store.0.range(Range { limit: 2, ..whole.clone() }).await.expect("readable");
    assert_eq!((limited.kvs.len(), limited.count, limited.more), (2, 3, true));
    let exact = store.0.range(Range { limit: 3, ..whole.clone() }).await.expect("readable");
    assert_eq!((exact.kvs.len(), exact.count, exact.more), (3, 3, false));
    let counted = store.0.range(Range { count_only: true, ..whole }).await.expect("readable");
    assert_eq!((counted.kvs.len(), counted.count), (0, 3));
    let single = Range { start: bytes("/a"), ..Range::default() };
    assert_eq!(store.0.range(single).await.expect("readable").count, 0, "a key is no prefix");
}

async fn ranges_at_a_revision(backend: &dyn Backend) {
    let store = Subject::open(backend).await;
    let first = store.put("a", "1").await;
    let second = store.put("a", "2").await;
    let gone = store.delete("a").await;
    let back = store.put("a", "3").await;
    assert_eq!(store.show("a", 1).await, "");
    assert_eq!(store.show("a", first).await, "a=1");
    assert_eq!(store.show("a", second).await, "a=2");
    assert_eq!(store.show("a", gone).await, "");
    assert_eq!(store.show("a", back).await, "a=3");
    let future = store.range("a", back + 1).await;
    assert!(matches!(future, Err(Error::FutureRevision { .. })), "{future:?}");
}

async fn compaction(backend: &dyn Backend) {
    let store = Subject::open(backend).await;
    let old = store.put("a", "1").await;
    store.put("b", "1").await;
    store.delete("b").await;
    let kept = store.put("a", "2").await;
    let newest = store.put("a", "3").await;
    assert_eq!(store.0.compact(kept).await, Ok(()));
    let gone = store.range("a", old).await;
    assert!(matches!(gone, Err(Error::Compacted { .. })), "{gone:?}");
    assert_eq!(store.show("", kept).await, "a=2", "the compacted revision itself is readable");
    assert_eq!(store.show("", newest).await, "a=3");
    let again = store.0.compact(kept).await;
    assert!(matches!(again, Err(Error::Compacted { .. })), "{again:?}");
    let future = store.0.compact(newest + 1).await;
    assert!(matches!(future, Err(Error::FutureRevision { .. })), "{future:?}");
    assert_eq!(store.0.compact(newest).await, Ok(()));
    drop(store);
    let store = Subject::open(backend).await;
    assert_eq!(store.show("", 0).await, "a=3");
    assert_eq!(store.put("b", "2").await, newest + 1);
    let kv = store.range("b", 0).await.expect("readable").kvs.remove(0);
    assert_eq!(kv.version, 1, "made anew");
}

async fn refusals(backend: &dyn Backend) {
    let store = Subject::open(backend).await;
    let twice = vec![put_op("a", "1", 0), put_op("a", "2", 0)];
    let twice = store.try_txn(&[], twice, vec![]).await;
    assert!(matches!(twice, Err(Error::Invalid(_))), "{twice:?}");
    let empty = store.try_txn(&[], vec![put_op("", "1", 0)], vec![]).await;
    assert!(matches!(empty, Err(Error::Invalid(_))), "{empty:?}");
    let large = "x".repeat(MAX_REQUEST_BYTES - 1024);
    assert_eq!(store.put("large", &large).await, 2);
    assert_eq!(store.show("large", 0).await.len(), large.len() + 6);
    let over = "x".repeat(MAX_REQUEST_BYTES + 1);
    let over = store.try_txn(&[], vec![put_op("a", &over, 0)], vec![]).await;
    assert_eq!(over.err(), Some(Error::TooLarge));
    assert_eq!(store.0.revision().await, Ok(2), "what was refused left no trace");
}

async fn watching(backend: &dyn Backend) {
    let store = Subject::open(backend).await;
    store.put("/a/1", "0").await;
    let mut watch = store.watch("/a/", 0).await;
    store.put("/a/1", "1").await;
    store.put("/b/1", "x").await;
    store.put("/a/2", "2").await;
    store.delete("/a/1").await;
    let last = store.put("/a/1", "3").await;
    let events = drain(&mut *watch, last).await;
    assert_eq!(describe(&events), "/a/1:0>1 /a/2:->2 /a/1:1>- /a/1:->3");
    assert_eq!(events[2].kv.mod_revision, last - 1, "a deletion has its own revision");
}

async fn resuming(backend: &dyn Backend) {
    let store = Subject::open(backend).await;
    let mut last = 1;
    for n in 0..50 {
        last = store.put(&format!("/a/{}", n % 7), &n.to_string()).await;
    }
    let store = {
        drop(store);
        Subject::open(backend).await
    };
    for after in 1..last {
        let mut watch = store.watch("/a/", after).await;
        let events = drain(&mut *watch, last).await;
        let seen: Vec<_> = events.iter().map(|event| event.kv.mod_revision).collect();
        assert_eq!(seen, (after + 1..=last).collect::<Vec<_>>(), "after {after}");
    }
    let mut ahead = store.watch("/a/", last + 2).await;
    for n in 0..4 {
        store.put("/a/x", &n.to_string()).await;
    }
    let events = drain(&mut *ahead, last + 4).await;
    assert_eq!(describe(&events), "/a/x:1>2 /a/x:2>3", "a watch may start in the future");
}

async fn whole_revisions(backend: &dyn Backend) {
    let store = Subject::open(backend).await;
    let mut live = store.watch("/", 1).await;
    let mut last = 1;
    for round in 0..40 {
        let ops = (0..100).map(|n| put_op(&format!("/{n}"), &round.to_string(), 0)).collect();
        last = store.txn(&[], ops).await.revision;
    }
    let mut resumed = store.watch("/", 1).await;
    for watch in [&mut live, &mut resumed] {
        assert_eq!(drain(&mut **watch, last).await.len(), 4000);
    }
}

async fn progress(backend: &dyn Backend) {
    let store = Subject::open(backend).await;
    let mut watch = store.watch("/quiet/", 0).await;
    let other = store.put("/loud/1", "x").await;
    watch.request_progress();
    assert_eq!(drain(&mut *watch, other).await, []);
}

async fn compacted_watch(backend: &dyn Backend) {
    let store = Subject::open(backend).await;
    let mut last = 1;
    for n in 0..10 {
        last = store.put("a", &n.to_string()).await;
    }
    store.0.compact(last - 2).await.expect("not compacted before");
    let watch = store.0.watch(bytes("a"), last - 5).await;
    let error = match watch {
        Err(error) => error,
        // A store over the network may only learn of it from the watch's stream.
        Ok(mut watch) => watch.next().await.expect_err("the past is gone"),
    };
    assert!(matches!(error, Error::Compacted { .. }), "{error:?}");
    let mut kept = store.watch("a", last - 2).await;
    assert_eq!(describe(&drain(&mut *kept, last).await), "a:7>8 a:8>9");
}

async fn leases(backend: &dyn Backend) {
    let store = Subject::open(backend).await;
    let missing = store.try_txn(&[], vec![put_op("a", "1", 4711)], vec![]).await;
    assert_eq!(missing.err(), Some(Error::LeaseNotFound(4711)));
    let short = store.0.grant_lease(10).await.expect("granted");
    let long = store.0.grant_lease(1000).await.expect("granted");
    store.txn(&[], vec![put_op("a", "1", short), put_op("b", "1", short)]).await;
    store.txn(&[], vec![put_op("c", "1", short), put_op("d", "1", long)]).await;
    let before = store.put("c", "moved off").await;
    drop(store);
    let store = Subject::open(backend).await;
    let mut watch = store.watch("", before).await;
    backend.pass(11).await;
    let events = drain(&mut *watch, before + 1).await;
    assert_eq!(describe(&events), "a:1>- b:1>-", "one revision for all keys of a lease");
    assert_eq!(store.show("", 0).await, "c=moved off d=1");
    store.0.revoke_lease(long).await.expect("still there");
    assert_eq!(store.show("", 0).await, "c=moved off");
    assert_eq!(store.0.revoke_lease(short).await, Err(Error::LeaseNotFound(short)));
}

async fn reopening(backend: &dyn Backend) {
    let store = Subject::open(backend).await;
    let first = store.put("a", "1").await;
    store.put("b", "1").await;
    store.put("a", "2").await;
    let last = store.delete("b").await;
    let before = store.range("", 0).await.expect("readable");
    drop(store);
    let store = Subject::open(backend).await;
    let after = store.range("", 0).await.expect("readable");
    assert_eq!((before.kvs, before.revision), (after.kvs, after.revision));
    assert_eq!(store.show("", first).await, "a=1", "history is kept too");
    let mut watch = store.watch("", first).await;
    assert_eq!(describe(&drain(&mut *watch, last).await), "b:->1 a:1>2 b:1>-");
    assert_eq!(store.put("a", "3").await, last + 1);
}

async fn second_opener(backend: &dyn Backend) {
    if !backend.exclusive() {
        return;
    }
    let store = Subject::open(backend).await;
    match backend.open().await {
        Ok(_) => panic!("two have it open"),
        Err(error) => assert!(error.to_string().contains("in use"), "{error}"),
    }
    store.put("a", "1").await;
    drop(store);
    // A lock on a file goes with its last descriptor, which may take the kernel a moment.
    sleep(Duration::from_millis(1)).await;
    assert_eq!(Subject::open(backend).await.show("", 0).await, "a=1");
}
