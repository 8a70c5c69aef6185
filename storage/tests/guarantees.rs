//! etcd's guarantees to watchers, as validators over a stream of events: ordered, unique, atomic,
//! resumable, reliable, bookmarkable. `PINTLE_EVENTS` says over how many (20,000), `PINTLE_EVENTS_SEED`
//! repeats a run's choices.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use pintle_storage::cache::{Cache, CacheOptions, EventKind, Facts, Indexer, Interest};
use pintle_storage::embedded::{EmbeddedStore, Options};
use pintle_storage::{KeyValue, Op, Revision, Store, Txn, Watch};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

const PREFIXES: [&str; 3] = ["/p/", "/p/ns1/", "/p/ns2/k1"];
const PATIENCE: Duration = Duration::from_mins(1);

fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).map_or(default, |text| text.parse().expect("a number"))
}

/// A change: its key, and its value unless the key was deleted.
type Change = (Bytes, Option<Bytes>);

/// Everything that happened, by revision.
type History = BTreeMap<Revision, Vec<Change>>;

/// What one watcher has been told, checked as it comes.
struct Validator {
    prefix: &'static [u8],
    /// Told that everything up to here has been delivered.
    complete: Revision,
    /// Revision of the last event.
    last: Revision,
    seen: History,
}

impl Validator {
    fn new(prefix: &'static str, after: Revision) -> Self {
        let prefix = prefix.as_bytes();
        Self { prefix, complete: after, last: after, seen: History::new() }
    }

    /// Events that came together, and up to where they are said to be all.
    fn batch(&mut self, events: Vec<(Revision, Change)>, complete: Revision) -> Result<(), String> {
        let mut before = None;
        for (revision, change) in events {
            if !change.0.starts_with(self.prefix) {
                return Err(format!("{:?} was not asked for", change.0));
            }
            if revision <= self.complete {
                return Err(format!(
                    "bookmark: {revision} after it was said all up to {}",
                    self.complete
                ));
            }
            if revision < self.last {
                return Err(format!("order: {revision} after {}", self.last));
            }
            if revision == self.last && before != Some(revision) {
                return Err(format!("atomic: {revision} is split"));
            }
            let together = self.seen.entry(revision).or_default();
            if together.iter().any(|(key, _)| *key == change.0) {
                return Err(format!("unique: {:?} twice in {revision}", change.0));
            }
            together.push(change);
            self.last = revision;
            before = Some(revision);
        }
        if complete < self.complete {
            return Err(format!("bookmark: back from {} to {complete}", self.complete));
        }
        self.complete = complete;
        Ok(())
    }

    /// Whether all that happened in its range is there.
    fn finish(&self, history: &History, after: Revision, until: Revision) -> Result<(), String> {
        for (revision, changes) in history.range(after + 1..=until) {
            let expected: Vec<_> =
                changes.iter().filter(|(key, _)| key.starts_with(self.prefix)).cloned().collect();
            let found = self.seen.get(revision).cloned().unwrap_or_default();
            if found != expected {
                return Err(format!("reliable: {revision} is {found:?}, not {expected:?}"));
            }
        }
        let known = |revision: &&Revision| !history.contains_key(revision);
        match self.seen.keys().find(known) {
            Some(revision) => Err(format!("reliable: {revision} never happened")),
            None => Ok(()),
        }
    }
}

fn ops(random: &mut StdRng, live: &mut BTreeSet<Bytes>, count: usize) -> Vec<Change> {
    let mut changes: Vec<Change> = Vec::new();
    while changes.len() < count {
        let (namespace, name) = (random.random_range(0..4), random.random_range(0..30));
        let key = Bytes::from(format!("/p/ns{namespace}/k{name}"));
        if changes.iter().any(|(other, _)| *other == key) {
            continue;
        }
        if live.contains(&key) && random.random_bool(0.3) {
            live.remove(&key);
            changes.push((key, None));
        } else {
            live.insert(key.clone());
            changes.push((key, Some(Bytes::from(random.random::<u64>().to_string()))));
        }
    }
    changes
}

/// One writer: the watchers' truth is what it was told.
async fn write(store: Arc<EmbeddedStore>, events: u64, seed: u64) -> History {
    let mut random = StdRng::seed_from_u64(seed);
    let (mut history, mut live, mut done) = (History::new(), BTreeSet::new(), 0);
    while done < events {
        let count = random.random_range(1..30);
        let changes = ops(&mut random, &mut live, count);
        let op = |(key, value): &Change| match value.clone() {
            Some(value) => Op::Put { key: key.clone(), value, lease: 0 },
            None => Op::Delete { key: key.clone() },
        };
        let success = changes.iter().map(op).collect();
        let result = store.txn(Txn { success, ..Txn::default() }).await.expect("it is valid");
        done += changes.len() as u64;
        history.insert(result.revision, changes);
    }
    history
}

/// Watches until `until` says where the end is; now and then it goes away and comes back where it
/// was.
async fn follow(
    store: Arc<EmbeddedStore>,
    prefix: &'static str,
    mut until: tokio::sync::watch::Receiver<Revision>,
    seed: u64,
) -> Validator {
    let mut random = StdRng::seed_from_u64(seed);
    let mut validator = Validator::new(prefix, 1);
    let open = async |after| -> Box<dyn Watch> {
        store.watch(prefix.into(), after).await.expect("nothing is compacted")
    };
    let mut watch = open(1).await;
    loop {
        let end = *until.borrow_and_update();
        if end != 0 && validator.complete >= end {
            return validator;
        }
        if random.random_bool(0.02) {
            watch = open(validator.complete).await;
        }
        if random.random_bool(0.05) || end != 0 {
            watch.request_progress();
        }
        let next = tokio::select! {
            next = tokio::time::timeout(PATIENCE, watch.next()) => next.expect("something comes"),
            // The last writes may be none of this prefix: only an asker learns of the end.
            _ = until.changed(), if end == 0 => continue,
        };
        let batch = next.expect("the watch goes on");
        let change = |event: pintle_storage::Event| {
            let value = (!event.deleted).then_some(event.kv.value);
            (event.kv.mod_revision, (event.kv.key, value))
        };
        let events = batch.events.into_iter().map(change).collect();
        validator.batch(events, batch.revision).unwrap_or_else(|error| panic!("{prefix}: {error}"));
    }
}

/// The same of the watch cache, whose watchers are told what is complete on the side.
async fn follow_cache(
    cache: Arc<Cache>,
    until: tokio::sync::watch::Receiver<Revision>,
    seed: u64,
) -> Validator {
    let mut random = StdRng::seed_from_u64(seed);
    let mut validator = Validator::new("/p/", 1);
    let mut watch = cache.watch(1, Interest::All).expect("it reaches back");
    loop {
        let end = *until.borrow();
        if end != 0 && validator.complete >= end {
            return validator;
        }
        if random.random_bool(0.02) {
            watch = cache.watch(validator.complete, Interest::All).expect("it reaches back");
        }
        // Without a bound on the number no revision is split.
        let taken = watch.try_next(usize::MAX).expect("the ring is long enough");
        let change = |event: Arc<pintle_storage::cache::CacheEvent>| {
            let deleted = event.kind == EventKind::Deleted;
            let value = (!deleted).then(|| event.entry.value.clone());
            (event.revision, (event.entry.key.clone(), value))
        };
        let events: Vec<_> = taken.into_iter().map(change).collect();
        let nothing = events.is_empty();
        validator.batch(events, watch.complete()).unwrap_or_else(|error| panic!("cache: {error}"));
        if nothing {
            cache.catch_up();
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn watchers_are_told_everything_once_and_in_order() {
    let events = setting("PINTLE_EVENTS", 20_000);
    let seed = setting("PINTLE_EVENTS_SEED", rand::random::<u32>().into());
    eprintln!("PINTLE_EVENTS_SEED={seed}");
    let folder = tempfile::tempdir().expect("a folder can be made");
    let options = Options { history_bytes: usize::MAX, ..Options::default() };
    let store = Arc::new(EmbeddedStore::open(folder.path(), options).expect("it is writable"));
    let facts = Arc::new(|_: &Bytes, _: &Bytes| Facts::default());
    let complete = Arc::new(|_: &KeyValue| Ok(None));
    let indexer = Indexer { fields: Vec::new(), triggers: Vec::new(), complete, facts };
    let mut options = CacheOptions::default();
    options.limits.ring_most_events = usize::MAX;
    options.limits.ring_bytes = usize::MAX;
    options.limits.ring_milliseconds = i64::MAX;
    let cache = Arc::new(Cache::start(store.clone(), "/p/".into(), indexer, options));
    cache.wait_for(1, PATIENCE).await.expect("it lists");
    let (end, until) = tokio::sync::watch::channel(0);
    let watchers: Vec<_> = (0..9)
        .map(|n| {
            (
                PREFIXES[n % 3],
                follow(store.clone(), PREFIXES[n % 3], until.clone(), seed + n as u64),
            )
        })
        .map(|(prefix, watcher)| (prefix, tokio::spawn(watcher)))
        .collect();
    let cached: Vec<_> = (0..3)
        .map(|n| tokio::spawn(follow_cache(cache.clone(), until.clone(), seed ^ n)))
        .collect();
    let history = write(store.clone(), events, seed).await;
    let last = *history.last_key_value().expect("something was written").0;
    end.send(last).expect("there are watchers");
    let mut told = 0;
    for (prefix, watcher) in watchers {
        let validator = watcher.await.expect("no watcher panics");
        validator.finish(&history, 1, last).unwrap_or_else(|error| panic!("{prefix}: {error}"));
        told += validator.seen.values().map(Vec::len).sum::<usize>();
    }
    for watcher in cached {
        let validator = watcher.await.expect("no watcher panics");
        validator.finish(&history, 1, last).unwrap_or_else(|error| panic!("cache: {error}"));
        told += validator.seen.values().map(Vec::len).sum::<usize>();
    }
    let written: usize = history.values().map(Vec::len).sum();
    eprintln!("{written} events in {} revisions, told {told} times", history.len());
}

/// A stream of three revisions, the first of two changes, and what breaks each guarantee.
#[test]
fn each_broken_guarantee_is_found() {
    let one =
        |revision, key: &str| (revision, (Bytes::from(format!("/p/{key}")), Some(Bytes::new())));
    let whole = || vec![one(2, "a"), one(2, "b"), one(3, "a"), one(4, "b")];
    let mut history = History::new();
    for (revision, change) in whole() {
        history.entry(revision).or_default().push(change);
    }
    let check = |batches: Vec<(Vec<(Revision, Change)>, Revision)>, expected: &str| {
        let mut validator = Validator::new("/p/", 1);
        let mut told =
            batches.into_iter().map(|(events, complete)| validator.batch(events, complete));
        let first = told.find_map(Result::err);
        let found = first.map_or_else(|| validator.finish(&history, 1, 4), Err);
        match found {
            Ok(()) => assert_eq!(expected, ""),
            Err(error) => assert!(!expected.is_empty() && error.starts_with(expected), "{error}"),
        }
    };
    let all = whole();
    check(vec![(all.clone(), 4)], "");
    check(vec![(all[..2].to_vec(), 2), (vec![], 2), (all[2..].to_vec(), 4)], "");
    check(vec![(vec![all[2].clone(), all[0].clone()], 3)], "order: 2 after 3");
    check(vec![(vec![all[0].clone(), all[0].clone()], 2)], "unique: ");
    check(vec![(all[..1].to_vec(), 1), (all[1..].to_vec(), 4)], "atomic: 2 is split");
    check(vec![(all[..3].to_vec(), 3), (vec![all[2].clone()], 3)], "bookmark: 3 after");
    check(vec![(all[..2].to_vec(), 3), (all[2..].to_vec(), 4)], "bookmark: 3 after");
    check(vec![(all[..2].to_vec(), 2), (vec![], 1)], "bookmark: back from 2");
    check(vec![([&all[..2], &all[3..]].concat(), 4)], "reliable: 3 is []");
    check(vec![([&all[..], &[one(5, "a")]].concat(), 5)], "reliable: 5 never happened");
}
