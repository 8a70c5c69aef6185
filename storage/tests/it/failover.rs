//! A cluster of three etcds whose members are killed or halted: writes that were acknowledged are kept,
//! and watches go on without a gap.
//!
//! `PINTLE_FAILOVERS` says how many fail under load (3), `PINTLE_FAILOVER_SEED` repeats a
//! run's choices.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use bytes::Bytes;
use parking_lot::Mutex;
use pintle_storage::cache::{Cache, CacheOptions, Facts, Indexer};
use pintle_storage::etcd::Options;
use pintle_storage::{Error, EtcdStore, KeyValue, Range, Revision, Store, Watch, prefix_end};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use tokio::time::{sleep, timeout};

use crate::etcd::put;
use crate::members::{Cluster, program};
use crate::setting;

const PREFIX: &str = "/f/";
const WRITERS: u64 = 8;
const PATIENCE: Duration = Duration::from_mins(1);

/// Key and value of each write by its revision.
type Writes = BTreeMap<Revision, (Bytes, Bytes)>;

#[derive(Default)]
struct Load {
    acknowledged: Mutex<Writes>,
    unknown: AtomicU64,
    stop: AtomicBool,
}

async fn write(store: EtcdStore, load: Arc<Load>, writer: u64) {
    for n in 0_u64.. {
        if load.stop.load(Ordering::Relaxed) {
            return;
        }
        let (key, value) = (format!("{PREFIX}{writer}/{}", n % 20), format!("{writer}-{n}"));
        match put(&store, &key, &value).await {
            Ok(revision) => {
                let before = load.acknowledged.lock().insert(revision, (key.into(), value.into()));
                assert_eq!(before, None, "two writes have revision {revision}");
            }
            // It may have been done all the same.
            Err(Error::Refused(_)) => {
                load.unknown.fetch_add(1, Ordering::Relaxed);
            }
            Err(other) => panic!("{other}"),
        }
    }
}

/// All that a watch tells up to a revision; it must neither repeat itself nor go back.
async fn follow(watch: &mut dyn Watch, until: Revision, seen: &mut Writes) {
    let mut reached = seen.last_key_value().map_or(0, |(revision, _)| *revision);
    while reached < until {
        watch.request_progress();
        let next = timeout(PATIENCE, watch.next()).await.expect("a batch arrives");
        let batch = next.expect("the watch goes on");
        for event in batch.events {
            let revision = event.kv.mod_revision;
            assert!(revision > reached, "{revision} after {reached}");
            reached = revision;
            seen.insert(revision, (event.kv.key, event.kv.value));
        }
        reached = batch.revision;
    }
}

fn cache(store: EtcdStore) -> Cache {
    let facts = Arc::new(|_: &Bytes, _: &Bytes| Facts::default());
    let complete = Arc::new(|_: &KeyValue| Ok(None));
    let indexer = Indexer { fields: Vec::new(), triggers: Vec::new(), complete, facts };
    Cache::start(Arc::new(store), PREFIX.into(), indexer, CacheOptions::default())
}

/// Newest revision, as soon as the members agree on who leads.
async fn newest(store: &EtcdStore) -> Revision {
    let asked = Instant::now();
    loop {
        match store.revision().await {
            Ok(revision) => return revision,
            Err(error) => assert!(asked.elapsed() < PATIENCE, "{error}"),
        }
    }
}

async fn all(store: &EtcdStore) -> Vec<KeyValue> {
    let end = prefix_end(PREFIX.as_bytes());
    let range = Range { start: PREFIX.into(), end, ..Range::default() };
    store.range(range).await.expect("etcd answers").kvs
}

/// Kills or halts a member, sees that writing goes on without it, and brings it back. Answers how long
/// nothing was acknowledged.
async fn fail_over(cluster: &Cluster, victim: usize, halt: bool, load: &Load) -> Duration {
    let count = || load.acknowledged.lock().len();
    let member = &cluster.members[victim];
    if halt {
        member.pause();
    } else {
        member.kill();
    }
    let (killed, mut before, mut since) = (Instant::now(), count(), Instant::now());
    let mut pause = Duration::ZERO;
    let mut steady = 0;
    while steady < 20 {
        sleep(Duration::from_millis(5)).await;
        let now = count();
        if now > before {
            pause = pause.max(since.elapsed());
            (before, since) = (now, Instant::now());
            steady += 1;
        }
        assert!(killed.elapsed() < PATIENCE, "nothing is written without member {victim}");
    }
    if halt {
        member.resume();
    } else {
        member.run();
    }
    newest(&member.store().await).await;
    pause
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_acknowledged_is_lost_and_no_watch_has_a_gap_when_members_fail() {
    let Some(program) = program() else { return };
    let failovers = setting("PINTLE_FAILOVERS", 3);
    let seed = setting("PINTLE_FAILOVER_SEED", rand::random::<u32>().into());
    println!("PINTLE_FAILOVER_SEED={seed}");
    let mut random = StdRng::seed_from_u64(seed);
    let cluster = Cluster::start(&program);
    let store = cluster.store(0).await;
    let first = newest(&store).await;
    let mut watches = Vec::new();
    for member in 0..Cluster::SIZE {
        let watch = cluster.store(member).await.watch(PREFIX.into(), first).await;
        watches.push((watch.expect("nothing is compacted"), Writes::new()));
    }
    let cache = cache(cluster.store(1).await);
    cache.wait_for(first, PATIENCE).await.expect("it lists");
    let load = Arc::new(Load::default());
    let mut writers = Vec::new();
    for writer in 0..WRITERS {
        let store = cluster.store(writer as usize % Cluster::SIZE).await;
        writers.push(tokio::spawn(write(store, load.clone(), writer)));
    }
    let mut longest = Duration::ZERO;
    for n in 0..failovers {
        let leads = n % 2 == 0;
        let victim = if leads { cluster.leader() } else { random.random_range(0..Cluster::SIZE) };
        longest = longest.max(fail_over(&cluster, victim, n % 3 == 2, &load).await);
        let so_far = newest(&store).await;
        for (watch, seen) in &mut watches {
            follow(&mut **watch, so_far, seen).await;
        }
    }
    load.stop.store(true, Ordering::Relaxed);
    for writer in writers {
        writer.await.expect("no writer panics");
    }
    let last = newest(&store).await;
    let mut anew = store.watch(PREFIX.into(), first).await.expect("nothing is compacted");
    let mut history = Writes::new();
    follow(&mut *anew, last, &mut history).await;
    assert!(history.keys().copied().eq(first + 1..=last), "nobody else writes");
    for (watch, seen) in &mut watches {
        follow(&mut **watch, last, seen).await;
        assert!(*seen == history, "a watch that lived through it has seen something else");
    }
    let acknowledged = std::mem::take(&mut *load.acknowledged.lock());
    for (revision, write) in &acknowledged {
        assert_eq!(history.get(revision), Some(write), "revision {revision} was acknowledged");
    }
    cache.wait_for(last, PATIENCE).await.expect("it catches up");
    let cached: Vec<_> = cache.snapshot().iter().map(|entry| entry.value.clone()).collect();
    let stored: Vec<_> = all(&store).await.into_iter().map(|kv| kv.value).collect();
    assert_eq!(cached, stored);
    assert_eq!(cache.counts().listings.get(), 1, "the cache never had to begin anew");
    println!(
        "{failovers} members killed or halted: {} writes acknowledged, {} of unknown outcome, none lost, no gap, \
         {:.1} s without a write at most",
        acknowledged.len(),
        load.unknown.load(Ordering::Relaxed),
        longest.as_secs_f64()
    );
}

#[tokio::test]
async fn a_member_that_is_down_is_passed_over_at_the_start() {
    let Some(program) = program() else { return };
    let cluster = Cluster::start(&program);
    cluster.store(0).await;
    cluster.members[0].kill();
    // It may have been the leader.
    cluster.leader();
    let store = cluster.store(0).await;
    let written = put(&store, "a", "1").await;
    assert_eq!(cluster.store(1).await.revision().await, written);
    let patience = Duration::from_millis(100);
    let endpoints = vec![cluster.members[0].url()];
    let alone = EtcdStore::connect(Options { endpoints, patience, ..Options::default() }).await;
    let error = alone.unwrap_err().to_string();
    assert!(error.ends_with("connect: connection refused\""), "{error}");
}

/// One that is halted keeps its connections: nothing but its silence gives it away.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_member_that_is_halted_is_left_out() {
    let Some(program) = program() else { return };
    let cluster = Cluster::start(&program);
    let store = cluster.store(0).await;
    let first = newest(&store).await;
    let mut watches = Vec::new();
    for _ in 0..Cluster::SIZE {
        let watch = store.watch(PREFIX.into(), first).await.expect("nothing is compacted");
        watches.push((watch, Writes::new()));
    }
    let halted = &cluster.members[(cluster.leader() + 1) % Cluster::SIZE];
    halted.pause();
    // Upstream's client would wait for forty seconds.
    let work = timeout(Duration::from_secs(20), async {
        let (mut last, mut unknown) = (first, 0);
        for n in 0..30 {
            all(&store).await;
            // What was sent to that member before it was left out is not sent again.
            while let Err(error) = put(&store, PREFIX, &n.to_string()).await.map(|done| last = done)
            {
                unknown += 1;
                assert!(unknown == 1, "two members are enough: {error}");
            }
        }
        for (watch, seen) in &mut watches {
            follow(&mut **watch, last, seen).await;
            assert_eq!(seen.len(), 30);
        }
        let store = cluster.store(0).await;
        assert_eq!(store.revision().await, Ok(last), "one that begins now finds the others too");
    });
    let done = work.await;
    halted.resume();
    done.expect("nobody waits for the member that is halted");
}

/// A follower that has slept through a write, as it wakes up.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_member_that_is_behind_misleads_no_watcher() {
    let Some(program) = program() else { return };
    let cluster = Cluster::start(&program);
    let sleeper = (cluster.leader() + 1) % Cluster::SIZE;
    let behind = cluster.members[sleeper].store().await;
    let others = cluster.store((sleeper + 1) % Cluster::SIZE).await;
    for n in 0..10 {
        newest(&behind).await;
        newest(&others).await;
        cluster.members[sleeper].pause();
        let before = put(&others, PREFIX, &n.to_string()).await.unwrap();
        let (from, opener) = (Bytes::from_static(PREFIX.as_bytes()), behind.clone());
        let opening = tokio::spawn(async move { opener.watch(from, 0).await });
        sleep(Duration::from_millis(20)).await;
        cluster.members[sleeper].resume();
        let mut watch = opening.await.unwrap().unwrap();
        let after = put(&others, PREFIX, "after").await.unwrap();
        let mut seen = Writes::new();
        newest(&behind).await;
        follow(&mut *watch, after, &mut seen).await;
        let revisions: Vec<_> = seen.keys().copied().collect();
        assert_eq!(revisions, [after], "round {n}: {before} was before the watch");
    }
}
