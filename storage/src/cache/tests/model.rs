//! The cache against a naive model, in random steps.

use std::collections::BTreeMap;

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

use super::*;

/// The naive model: every state at every revision.
#[derive(Default)]
struct Model {
    states: BTreeMap<Revision, BTreeMap<Bytes, (Bytes, Revision)>>,
}

impl Model {
    fn at(&self, revision: Revision) -> BTreeMap<Bytes, (Bytes, Revision)> {
        let newest = self.states.range(..=revision).next_back();
        newest.map(|(_, state)| state.clone()).unwrap_or_default()
    }
}

pub(super) fn flat(snapshot: &Snapshot) -> BTreeMap<Bytes, (Bytes, Revision)> {
    let pair = |entry: &Arc<Entry>| (entry.key.clone(), (entry.value.clone(), entry.mod_revision));
    snapshot.iter().map(pair).collect()
}

/// A watcher of the model test: it keeps its own copy of the objects by applying events.
struct Follower {
    watch: CacheWatch,
    interest: Interest,
    copy: BTreeMap<Bytes, (Bytes, Revision)>,
}

impl Follower {
    fn wants(&self, key: &[u8], value: &[u8]) -> bool {
        match &self.interest {
            Interest::All => true,
            Interest::Namespace(prefix) => key.starts_with(prefix),
            Interest::Object(own) => own == key,
            Interest::Field(_, node) => value == node.as_bytes(),
        }
    }

    /// Applies what is there; false if the watch has expired.
    fn follow(&mut self, most: usize) -> bool {
        let Ok(events) = self.watch.try_next(most) else { return false };
        for event in events {
            let before = event.previous.as_ref();
            let held = self.copy.remove(&event.entry.key);
            if let Some(before) = before.filter(|before| self.wants(&before.key, &before.value)) {
                assert_eq!(held, Some((before.value.clone(), before.mod_revision)));
            }
            if event.kind != EventKind::Deleted && self.wants(&event.entry.key, &event.entry.value)
            {
                let state = (event.entry.value.clone(), event.revision);
                self.copy.insert(event.entry.key.clone(), state);
            }
        }
        true
    }
}

/// Steps of the model test; more by `PINTLE_MODEL_STEPS`.
fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).map_or(default, |text| text.parse().unwrap())
}

#[test]
fn agrees_with_a_naive_model() {
    let steps = setting("PINTLE_MODEL_STEPS", 100_000);
    let seed = setting("PINTLE_MODEL_SEED", rand::random());
    println!("PINTLE_MODEL_SEED={seed}");
    let mut random = StdRng::seed_from_u64(seed);
    let limits = Limits { ring_least_events: 50, ring_most_events: 3000, ..Limits::default() };
    let state = RwLock::new(State::new(vec![1], limits));
    state.write().reset(std::iter::empty(), 1).call();
    let inner = Arc::new(detached(state));
    let mut model = Model::default();
    let mut revision = 1;
    let mut followers: Vec<Follower> = Vec::new();
    for step in 0..steps {
        match random.random_range(0..20) {
            0..13 => change(&mut random, &inner, &mut model, &mut revision),
            13 => inner.apply(WatchBatch { revision, events: vec![] }),
            14 if followers.len() < 30 => {
                followers.push(follower(&mut random, &inner, &model, revision));
            }
            15 if !followers.is_empty() && random.random_bool(0.2) => {
                followers.swap_remove(random.random_range(0..followers.len()));
            }
            16..19 if !followers.is_empty() => {
                let at = random.random_range(0..followers.len());
                let most = random.random_range(1..200);
                if !followers[at].follow(most) {
                    followers.swap_remove(at);
                }
            }
            _ => look_back(&mut random, &inner, &model, revision),
        }
        let oldest = inner.state.read().oldest;
        model.states = model.states.split_off(&model.at_or_before(oldest));
        if step % 500 == 0 {
            check_followers(&mut followers, &model, revision);
        }
    }
}

impl Model {
    fn at_or_before(&self, revision: Revision) -> Revision {
        self.states.range(..=revision).next_back().map_or(0, |(found, _)| *found)
    }
}

/// A cache without a store: the test brings the batches.
fn detached(state: RwLock<State>) -> Inner {
    struct Nowhere;
    impl Store for Nowhere {
        fn range(&self, _: Range) -> BoxFuture<'_, Result<crate::store::RangeResult, Error>> {
            unreachable!()
        }
        fn txn(&self, _: Txn) -> BoxFuture<'_, Result<crate::store::TxnResult, Error>> {
            unreachable!()
        }
        fn watch(&self, _: Bytes, _: Revision) -> BoxFuture<'_, Result<Box<dyn Watch>, Error>> {
            unreachable!()
        }
        fn revision(&self) -> BoxFuture<'_, Result<Revision, Error>> {
            unreachable!()
        }
        fn compact(&self, _: Revision) -> BoxFuture<'_, Result<(), Error>> {
            unreachable!()
        }
        fn grant_lease(&self, _: i64) -> BoxFuture<'_, Result<i64, Error>> {
            unreachable!()
        }
        fn revoke_lease(&self, _: i64) -> BoxFuture<'_, Result<(), Error>> {
            unreachable!()
        }
    }
    Inner {
        store: Arc::new(Nowhere),
        prefix: PREFIX.into(),
        indexer: indexer(),
        options: CacheOptions { clock: Arc::new(ManualClock::new(0)), ..CacheOptions::default() },
        state,
        feed: Mutex::new(None),
        advanced: Notify::new(),
        ready: AtomicBool::new(true),
        lineage: AtomicU64::new(0),
        counts: Counts::default(),
        recent: Mutex::default(),
        lefts: Lefts::default(),
        compacted: AtomicI64::new(0),
        unreadable: Mutex::default(),
    }
}

fn change(random: &mut StdRng, inner: &Inner, model: &mut Model, revision: &mut Revision) {
    *revision += random.random_range(1..4);
    let mut now = model.at(*revision);
    let mut events = Vec::new();
    for _ in 0..random.random_range(1..4) {
        let name = format!("ns{}/{}", random.random_range(0..3), random.random_range(0..40));
        let own = key(&name);
        if events.iter().any(|event: &crate::store::Event| event.kv.key == own) {
            continue;
        }
        let deleted = random.random_bool(0.3);
        let value = if deleted {
            Bytes::new()
        } else {
            format!("node{}", random.random_range(0..5)).into()
        };
        if deleted && now.remove(&own).is_none() {
            continue;
        }
        if !deleted {
            now.insert(own.clone(), (value.clone(), *revision));
        }
        let kv = KeyValue {
            key: own,
            value,
            create_revision: *revision,
            mod_revision: *revision,
            version: 1,
            lease: 0,
        };
        events.push(crate::store::Event { kv, previous: None, deleted });
    }
    model.states.insert(*revision, now);
    inner.apply(WatchBatch { revision: *revision, events });
}

fn follower(
    random: &mut StdRng,
    inner: &Arc<Inner>,
    model: &Model,
    revision: Revision,
) -> Follower {
    let interest = match random.random_range(0..4) {
        0 => Interest::All,
        1 => {
            let prefix = format!("{PREFIX}ns{}/", random.random_range(0..3));
            Interest::Namespace(prefix.into())
        }
        2 => Interest::Object(key(&format!("ns1/{}", random.random_range(0..40)))),
        _ => Interest::Field(1, format!("node{}", random.random_range(0..5)).into()),
    };
    let oldest = inner.state.read().oldest;
    let after =
        if random.random_bool(0.5) { revision } else { random.random_range(oldest..=revision) };
    let place = inner.state.write().subscribe(&interest, after).unwrap();
    let watch = CacheWatch::new(inner.clone(), interest.clone(), place, after);
    let mut follower = Follower { watch, interest, copy: BTreeMap::new() };
    let mut copy = model.at(after);
    copy.retain(|key, (value, _)| follower.wants(key, value));
    follower.copy = copy;
    follower
}

fn look_back(random: &mut StdRng, inner: &Inner, model: &Model, revision: Revision) {
    let state = inner.state.read();
    assert_eq!(flat(&state.snapshot), model.at(revision));
    let at = random.random_range(state.oldest..=revision);
    assert_eq!(flat(&state.snapshot_at(at).unwrap()), model.at(at), "at {at}");
}

fn check_followers(followers: &mut Vec<Follower>, model: &Model, revision: Revision) {
    followers.retain_mut(|follower| follower.follow(usize::MAX));
    for follower in followers {
        let mut expected = model.at(revision);
        expected.retain(|key, (value, _)| follower.wants(key, value));
        assert_eq!(follower.copy, expected, "{:?}", follower.interest);
        assert_eq!(follower.watch.complete(), revision);
    }
}
