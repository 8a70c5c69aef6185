//! The store in real etcd processes: the contract suite, restarts, compaction.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures::future::BoxFuture;
use pintle_storage::cache::{CacheOptions, Facts, Indexer};
use pintle_storage::etcd::{Compactor, Options};
use pintle_storage::suite::{Backend, CASES};
use pintle_storage::{
    Cache, Compare, Error, EtcdStore, Op, Range, Revision, Store, Txn, prefix_end,
};
use tokio::time::{sleep, timeout};

use crate::members::{Etcd, program};

impl Backend for Etcd {
    fn open(&self) -> BoxFuture<'_, Result<Arc<dyn Store>, Error>> {
        Box::pin(async move { Ok(Arc::new(self.store().await) as Arc<dyn Store>) })
    }

    fn pass(&self, seconds: i64) -> BoxFuture<'_, ()> {
        Box::pin(sleep(Duration::from_secs(seconds.unsigned_abs())))
    }

    fn exclusive(&self) -> bool {
        false
    }
}

pub(crate) async fn put(store: &dyn Store, key: &str, value: &str) -> Result<Revision, Error> {
    let key = Bytes::copy_from_slice(key.as_bytes());
    let value = Bytes::copy_from_slice(value.as_bytes());
    let success = vec![Op::Put { key, value, lease: 0 }];
    Ok(store.txn(Txn { success, ..Txn::default() }).await?.revision)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn keeps_the_contract() {
    let Some(program) = program() else { return };
    for (name, case) in CASES {
        println!("{name}");
        case(&Etcd::start(program.clone(), &[])).await;
    }
}

#[tokio::test]
async fn a_watch_outlives_a_restart_of_etcd() {
    let Some(program) = program() else { return };
    let etcd = Etcd::start(program, &[]);
    let store = etcd.store().await;
    let mut watch = store.watch(Bytes::from_static(b"/a/"), 0).await.unwrap();
    put(&store, "/a/1", "before").await.unwrap();
    etcd.kill();
    // The first may still have met the broken connection, and then it may have been done.
    timeout(Duration::from_millis(200), put(&store, "/a/1", "never")).await.ok();
    let waiting = tokio::spawn({
        let store = store.clone();
        async move { put(&store, "/a/1", "after").await }
    });
    sleep(Duration::from_millis(200)).await;
    assert!(!waiting.is_finished(), "a write waits for etcd");
    etcd.run();
    let last = waiting.await.unwrap().unwrap();
    let mut seen = Vec::new();
    let mut reached = 0;
    while reached < last {
        let batch = watch.next().await.unwrap();
        reached = batch.revision;
        seen.extend(batch.events.into_iter().map(|event| event.kv.value));
    }
    assert_eq!(seen, ["before", "after"]);
}

#[tokio::test]
async fn a_watch_ends_when_etcd_has_lost_revisions() {
    let Some(program) = program() else { return };
    let etcd = Etcd::start(program.clone(), &["--metrics", "extensive"]);
    let store = etcd.store().await;
    let mut watch = store.watch(Bytes::from_static(b"/a/"), 0).await.unwrap();
    for n in 0..10 {
        put(&store, "/a/1", &n.to_string()).await.unwrap();
    }
    while watch.next().await.unwrap().revision < 11 {}
    etcd.kill();
    etcd.forget();
    etcd.run();
    let ended = watch.next().await.unwrap_err();
    assert_eq!(ended.to_string(), "etcd went back from revision 11 to 1");
    assert_eq!((store.revision().await, store.lineage()), (Ok(1), 1));
    let received = || etcd.metric("grpc_server_msg_received_total", r#"grpc_method="Watch""#);
    let mut anew = store.watch(Bytes::from_static(b"/a/"), 0).await.unwrap();
    put(&store, "/b/1", "elsewhere").await.unwrap();
    anew.request_progress();
    assert_eq!(anew.next().await.unwrap().revision, 2);
    let before = received();
    sleep(Duration::from_secs(1)).await;
    assert!(received() - before < 3.0, "it keeps asking for revisions that are gone");
}

#[tokio::test]
async fn a_cache_shows_nothing_that_etcd_has_lost() {
    let Some(program) = program() else { return };
    let etcd = Etcd::start(program, &[]);
    let store = etcd.store().await;
    for n in 0..10 {
        put(&store, "/a/1", &n.to_string()).await.unwrap();
    }
    let indexer = Indexer {
        fields: Vec::new(),
        triggers: Vec::new(),
        complete: Arc::new(|_| Ok(None)),
        facts: Arc::new(|_, _| Facts::default()),
    };
    let below: Arc<dyn Store> = Arc::new(store.clone());
    let cache = Cache::start(below, Bytes::from_static(b"/a/"), indexer, CacheOptions::default());
    let patience = Duration::from_secs(20);
    assert_eq!(cache.sync(patience).await, Ok(11));
    etcd.kill();
    etcd.forget();
    // The watch looks seldom by then.
    sleep(Duration::from_secs(2)).await;
    etcd.run();
    put(&store, "/a/2", "anew").await.unwrap();
    assert_eq!((cache.sync(patience).await, cache.revision(), cache.objects()), (Ok(2), 2, 1));
    assert_eq!((store.lineage(), cache.counts().listings.get()), (1, 2));
}

/// The two are no cluster, which shows who answers.
#[tokio::test]
async fn members_take_turns_and_stand_in_for_each_other() {
    let Some(program) = program() else { return };
    let (first, second) = (Etcd::start(program.clone(), &[]), Etcd::start(program, &[]));
    let endpoints = vec![first.url(), second.url()];
    let store = EtcdStore::connect(Options { endpoints, ..Options::default() }).await.unwrap();
    let (one, two) = (first.store().await, second.store().await);
    for _ in 0..4 {
        put(&store, "a", "1").await.unwrap();
    }
    assert_eq!((one.revision().await, two.revision().await), (Ok(3), Ok(3)));
    first.kill();
    for expected in 4..8 {
        // A write that has met the broken connection may have been done.
        while put(&store, "a", "1").await.is_err() {}
        assert_eq!(two.revision().await, Ok(expected));
    }
}

#[tokio::test]
async fn a_full_database_says_so_in_etcds_words_and_still_deletes() {
    let Some(program) = program() else { return };
    let etcd = Etcd::start(program, &["--quota-backend-bytes", "2000000"]);
    let store = etcd.store().await;
    let value = "x".repeat(400_000);
    let refused = loop {
        if let Err(error) = put(&store, "a", &value).await {
            break error;
        }
    };
    assert_eq!(refused, Error::Refused("etcdserver: mvcc: database space exceeded".into()));
    let success = vec![Op::Delete { key: Bytes::from_static(b"a") }];
    let deleted = store.txn(Txn { success, ..Txn::default() }).await.unwrap();
    assert!(deleted.responses[0].is_some());
}

#[tokio::test]
async fn requests_are_refused_beyond_what_etcds_client_sends() {
    let Some(program) = program() else { return };
    let etcd = Etcd::start(program, &[]);
    let refused = put(&etcd.store().await, "a", &"x".repeat(3 << 20)).await.unwrap_err();
    let expected = "rpc error: code = ResourceExhausted desc = trying to send message larger than \
                    max (3145746 vs. 2097152)";
    assert_eq!(refused.to_string(), expected);
}

#[tokio::test]
async fn compactors_take_turns() {
    let Some(program) = program() else { return };
    let etcd = Etcd::start(program, &[]);
    let store: Arc<dyn Store> = Arc::new(etcd.store().await);
    let (mut one, mut other) = (Compactor::new(store.clone()), Compactor::new(store.clone()));
    let value = async || {
        let range = Range { start: Bytes::from_static(b"compact_rev_key"), ..Range::default() };
        let kv = store.range(range).await.unwrap().kvs.pop().unwrap();
        (String::from_utf8(kv.value.to_vec()).unwrap(), kv.version)
    };
    assert_eq!(one.round().await, Ok(None));
    assert_eq!(value().await, ("0".to_owned(), 1));
    assert_eq!(other.round().await, Ok(None), "it finds the other's key");
    let old = put(&*store, "a", "1").await.unwrap();
    put(&*store, "a", "2").await.unwrap();
    assert_eq!(one.round().await, Ok(Some(2)), "up to where it was a round ago");
    assert_eq!(other.round().await, Ok(Some(2)), "it learns what was compacted");
    assert_eq!(one.round().await, Ok(Some(5)));
    assert_eq!(value().await, ("5".to_owned(), 3));
    let gone = Range { start: Bytes::from_static(b"a"), revision: old, ..Range::default() };
    let gone = store.range(gone).await.map(|_| ());
    assert_eq!(gone, Err(Error::Compacted { requested: old, compacted: 5 }));
}

#[tokio::test]
async fn shared_probes_are_linearizable() {
    let Some(program) = program() else { return };
    let etcd = Etcd::start(program, &[]);
    let store = etcd.store().await;
    let checks = (0..20).map(|n| {
        let store = store.clone();
        async move {
            for _ in 0..20 {
                let written = put(&store, &format!("/{n}"), "x").await.unwrap();
                assert!(store.revision().await.unwrap() >= written);
            }
        }
    });
    futures::future::join_all(checks).await;
    assert_eq!(store.revision().await, Ok(401));
}

#[tokio::test]
async fn pages_add_up_to_the_whole() {
    let Some(program) = program() else { return };
    let etcd = Etcd::start(program, &[]);
    let store = etcd.store().await;
    for n in 0..25 {
        let key: Bytes = format!("/a/{n:02}").into();
        let compare = vec![Compare { key: key.clone(), mod_revision: 0 }];
        let success = vec![Op::Put { key, value: Bytes::from_static(b"v"), lease: 0 }];
        assert!(store.txn(Txn { compare, success, failure: vec![] }).await.unwrap().succeeded);
    }
    let mut range = Range {
        start: Bytes::from_static(b"/a/"),
        end: prefix_end(b"/a/"),
        limit: 10,
        ..Range::default()
    };
    let mut pages = Vec::new();
    loop {
        let page = store.range(range.clone()).await.unwrap();
        if range.revision == 0 {
            range.revision = page.revision;
        }
        pages.push(page.kvs.len());
        if !page.more {
            break;
        }
        range.start = [&page.kvs[9].key[..], b"\0"].concat().into();
        put(&store, "/a/99", "late").await.unwrap();
    }
    assert_eq!(pages, [10, 10, 5]);
}
