//! Histories of concurrent clients: of an embedded store whose process is killed and started again,
//! and of a cluster of etcds that loses its leader.
//!
//! `PINTLE_HISTORIES` says how many of each (1), `PINTLE_HISTORY_SEED` repeats a run's choices.
//! `cargo xtask linearizability` runs this.

mod checker;
mod clients;
mod history;

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use parking_lot::Mutex;
use pintle_storage::Store;
use pintle_storage::embedded::{EmbeddedStore, Options};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

use self::clients::{Clients, Record};
use self::history::{Event, Judged, judge};
use crate::members::{Cluster, program};
use crate::setting;

const FOLDER: &str = "PINTLE_HISTORY_FOLDER";
const FIRST: &str = "PINTLE_HISTORY_FIRST";
const SEED: &str = "PINTLE_HISTORY_SEED";
/// Bug that the process to be killed plants.
const PLANT: &str = "PINTLE_HISTORY_PLANT";

/// Faults in one history.
const FAULTS: u64 = 4;
/// More calls than any process makes in one life.
const LIFE: u64 = 1 << 32;
const PATIENCE: Duration = Duration::from_mins(1);

fn open(folder: &Path) -> Arc<dyn Store> {
    Arc::new(EmbeddedStore::open(folder, Options::default()).expect("it opens after a kill"))
}

/// The process that is killed. What happens to its clients comes out as lines.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn works_until_killed() {
    let Ok(folder) = std::env::var(FOLDER) else { return };
    plant(&std::env::var(PLANT).unwrap_or_default());
    let store = open(Path::new(&folder));
    let record: Record = Arc::new(|event: Event| {
        let line = event.line();
        std::io::stderr().write_all(line.as_bytes()).expect("the parent listens");
    });
    let clients = Clients {
        stores: vec![store; 8],
        record,
        prefix: "/".to_owned(),
        first: setting(FIRST, 0),
        seed: setting(SEED, 0),
    };
    clients.work(&AtomicBool::new(false)).await;
}

#[cfg(feature = "planted-bugs")]
fn plant(name: &str) {
    use pintle_storage::planted::{Bug, plant};
    let bugs = [Bug::EarlyWatch, Bug::BlindSwap, Bug::RepeatedWrite];
    plant(bugs.into_iter().find(|bug| format!("{bug:?}") == name).unwrap_or(Bug::None));
}

#[cfg(not(feature = "planted-bugs"))]
fn plant(name: &str) {
    assert_eq!(name, "", "bugs are planted only with the feature planted-bugs");
}

/// One life of the process: it is killed a moment after its first answer.
fn live_and_die(folder: &Path, planted: &str, (life, seed): (u64, u64), events: &mut Vec<Event>) {
    let mut child = Command::new(std::env::current_exe().expect("this test has a file"))
        .args(["--exact", "linearizability::works_until_killed", "--nocapture"])
        .env(FOLDER, folder)
        .env(FIRST, (life * LIFE).to_string())
        .env(SEED, seed.to_string())
        .env(PLANT, planted)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the child starts");
    let lines = BufReader::new(child.stderr.take().expect("it is piped")).lines();
    let moment = Duration::from_micros(StdRng::seed_from_u64(seed).random_range(500..100_000));
    let mut victim = Some(child);
    let mut killer = None;
    for line in lines {
        let event = line.ok().and_then(|line| Event::parse(&line)).expect("lines are whole");
        let answered = matches!(event, Event::Answered { .. });
        events.push(event);
        if answered && let Some(mut child) = victim.take() {
            killer = Some(std::thread::spawn(move || {
                std::thread::sleep(moment);
                child.kill().expect("the child runs");
                child.wait().expect("the child ends");
            }));
        }
    }
    killer.expect("something was answered").join().expect("the child was killed");
}

/// A history of an embedded store.
async fn embedded(seed: u64, planted: &str) -> Result<Judged, String> {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let mut random = StdRng::seed_from_u64(seed);
    let mut events = Vec::new();
    for life in 1..=FAULTS {
        let seed = random.random_range(0..1 << 60);
        live_and_die(folder.path(), planted, (life, seed), &mut events);
    }
    let ended = Arc::new(Mutex::new(events));
    let stores = vec![open(folder.path())];
    let clients = Clients { stores, record: recorder(&ended), prefix: "/".into(), first: 0, seed };
    clients.read_all().await;
    let events = ended.lock();
    judge(&events)
}

fn recorder(events: &Arc<Mutex<Vec<Event>>>) -> Record {
    let events = events.clone();
    Arc::new(move |event| events.lock().push(event))
}

/// Waits until there are more answers than there were, some of them to writes.
async fn go_on(events: &Mutex<Vec<Event>>) {
    let (start, before) = (Instant::now(), events.lock().len());
    while events.lock().len() < before + 100 {
        tokio::time::sleep(Duration::from_millis(5)).await;
        assert!(start.elapsed() < PATIENCE, "the cluster does not recover");
    }
}

async fn faults(cluster: &Cluster, random: &mut StdRng, events: &Mutex<Vec<Event>>) {
    for _ in 0..FAULTS {
        let member = &cluster.members[match random.random_range(0..4) {
            0 => random.random_range(0..Cluster::SIZE),
            _ => cluster.leader(),
        }];
        tokio::time::sleep(Duration::from_millis(random.random_range(0..100))).await;
        let moment = Duration::from_millis(random.random_range(0..800));
        if random.random_bool(0.3) {
            member.pause();
            tokio::time::sleep(moment).await;
            member.resume();
        } else {
            member.kill();
            tokio::time::sleep(moment).await;
            member.run();
        }
        go_on(events).await;
    }
}

/// A history of a cluster of etcds.
async fn etcd(cluster: &Cluster, seed: u64) -> Result<Judged, String> {
    let mut stores: Vec<Arc<dyn Store>> = Vec::new();
    for client in 0..6 {
        stores.push(Arc::new(cluster.store(client % Cluster::SIZE).await));
    }
    let events = Arc::new(Mutex::new(Vec::new()));
    let prefix = format!("/{seed}/");
    let clients = Clients { stores, record: recorder(&events), prefix, first: LIFE, seed };
    let stop = Arc::new(AtomicBool::new(false));
    let (working, until) = (clients.clone(), stop.clone());
    let work = tokio::spawn(async move { working.work(&until).await });
    go_on(&events).await;
    faults(cluster, &mut StdRng::seed_from_u64(seed), &events).await;
    stop.store(true, Ordering::Relaxed);
    work.await.expect("no client panics");
    Clients { first: 0, ..clients }.read_all().await;
    let events = events.lock();
    judge(&events)
}

/// Tells how many histories of which seed were found good.
#[derive(Default)]
struct Tally {
    histories: u64,
    judged: Judged,
}

impl Tally {
    fn add(&mut self, seed: u64, judged: Result<Judged, String>) -> Result<(), String> {
        let judged = judged.map_err(|error| format!("{SEED}={seed}: {error}"))?;
        self.histories += 1;
        self.judged.operations += judged.operations;
        self.judged.unknown += judged.unknown;
        Ok(())
    }

    fn tell(&self, of: &str, started: Instant) {
        eprintln!(
            "{} histories of {of} with {FAULTS} faults each are linearizable: {} operations, {} of them \
             of unknown outcome, {:.0} s",
            self.histories,
            self.judged.operations,
            self.judged.unknown,
            started.elapsed().as_secs_f64()
        );
    }
}

fn first_seed() -> u64 {
    let seed = setting(SEED, rand::random::<u32>().into());
    eprintln!("{SEED}={seed}");
    seed
}

async fn many_embedded(most: u64, planted: &str) -> Result<Tally, String> {
    let (seed, mut tally) = (first_seed(), Tally::default());
    for n in 0..most {
        tally.add(seed + n, embedded(seed + n, planted).await)?;
    }
    Ok(tally)
}

async fn many_etcd(most: u64) -> Option<Result<Tally, String>> {
    let program = program()?;
    let (seed, mut tally) = (first_seed(), Tally::default());
    let cluster = Cluster::start(&program);
    for n in 0..most {
        if let Err(error) = tally.add(seed + n, etcd(&cluster, seed + n).await) {
            return Some(Err(error));
        }
    }
    Some(Ok(tally))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_embedded_store_that_is_killed_is_linearizable() {
    let started = Instant::now();
    let tally = many_embedded(setting("PINTLE_HISTORIES", 1), "").await.unwrap();
    tally.tell("an embedded store", started);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_etcd_that_loses_its_leader_is_linearizable() {
    let started = Instant::now();
    let Some(tally) = many_etcd(setting("PINTLE_HISTORIES", 1)).await else { return };
    tally.unwrap().tell("etcd", started);
}

/// The tests above can fail: they do with each of these bugs.
#[cfg(feature = "planted-bugs")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn finds_planted_bugs() {
    // A kill shows an early event in about one history of a hundred.
    for (bug, histories) in [("EarlyWatch", 700), ("BlindSwap", 100)] {
        let found = many_embedded(histories, bug).await.err().expect("the bug is found");
        eprintln!("embedded, {bug}: {found}\n");
    }
    for bug in ["BlindSwap", "RepeatedWrite"] {
        plant(bug);
        let Some(found) = many_etcd(30).await else { return };
        plant("");
        eprintln!("etcd, {bug}: {}\n", found.err().expect("the bug is found"));
    }
}
