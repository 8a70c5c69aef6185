//! Kills a process that writes with 16 threads, again and again, and looks for what was lost.
//!
//! `PINTLE_KILLS` sets how often (20), `PINTLE_KILL_SEED` repeats a run's moments.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures::executor::block_on;
use pintle_storage::embedded::{EmbeddedStore, Options};
use pintle_storage::{Op, Revision, Store, Txn};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

const FOLDER: &str = "PINTLE_KILL_FOLDER";
const ROUND: &str = "PINTLE_KILL_ROUND";
const WRITERS: usize = 16;

fn open(folder: &Path) -> EmbeddedStore {
    EmbeddedStore::open(folder, Options::default()).expect("the store opens after a kill")
}

fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).map_or(default, |text| text.parse().expect("a number"))
}

/// The process that is killed. It reports each acknowledged write as `revision key value`.
#[test]
fn writes_until_killed() {
    let Ok(folder) = std::env::var(FOLDER) else { return };
    let round = setting(ROUND, 0);
    let store = Arc::new(open(Path::new(&folder)));
    let threads: Vec<_> = (0..WRITERS)
        .map(|thread| {
            let store = store.clone();
            std::thread::spawn(move || write_forever(&store, round, thread))
        })
        .collect();
    for thread in threads {
        thread.join().expect("writers do not end");
    }
}

fn write_forever(store: &EmbeddedStore, round: u64, thread: usize) {
    for n in 0_u64.. {
        let key = format!("/{thread}/{}", n % 50);
        let value = format!("{round}-{n}");
        let padded = format!("{value} {}", "x".repeat((n % 900) as usize));
        let op = if n % 11 == 10 {
            Op::Delete { key: key.clone().into() }
        } else {
            Op::Put { key: key.clone().into(), value: padded.into(), lease: 0 }
        };
        let deleted = matches!(op, Op::Delete { .. });
        let txn = Txn { success: vec![op], ..Txn::default() };
        let result = block_on(store.txn(txn)).expect("the store works");
        let value = if deleted { "-" } else { &value };
        if deleted && result.responses[0].is_none() {
            continue;
        }
        let line = format!("acked {} {key} {value}\n", result.revision);
        std::io::stderr().write_all(line.as_bytes()).expect("the parent listens");
    }
}

#[test]
fn loses_nothing_acknowledged_when_killed() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let seed = setting("PINTLE_KILL_SEED", rand::random());
    println!("PINTLE_KILL_SEED={seed}");
    let mut random = StdRng::seed_from_u64(seed);
    let mut acknowledged = BTreeMap::new();
    for round in 0..setting("PINTLE_KILLS", 20) {
        let moment = Duration::from_millis(random.random_range(1..250));
        let before = acknowledged.len();
        run_and_kill(folder.path(), round, moment, &mut acknowledged);
        println!("round {round}: {} acknowledged", acknowledged.len() - before);
        check(folder.path(), &acknowledged, &mut random);
    }
    assert!(acknowledged.len() > 100, "the writers hardly wrote");
}

fn run_and_kill(
    folder: &Path,
    round: u64,
    moment: Duration,
    acknowledged: &mut BTreeMap<Revision, (String, String)>,
) {
    let mut child = Command::new(std::env::current_exe().expect("this test has a file"))
        .args(["--exact", "writes_until_killed", "--nocapture"])
        .env(FOLDER, folder)
        .env(ROUND, round.to_string())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the child starts");
    let mut lines = BufReader::new(child.stderr.take().expect("it is piped")).lines();
    let mut note = |line: String| {
        let mut words = line.split(' ').skip(1).map(str::to_owned);
        let revision = words.next().and_then(|text| text.parse().ok()).expect("a revision");
        let pair = (words.next().expect("a key"), words.next().expect("a value"));
        acknowledged.insert(revision, pair);
    };
    // The moment counts from the first write, so that opening takes no part in it.
    let first = lines.next().expect("something is written").expect("readable");
    assert!(first.starts_with("acked "), "{first}");
    note(first);
    let killer = std::thread::spawn(move || {
        std::thread::sleep(moment);
        child.kill().expect("the child runs");
        child.wait().expect("the child ends");
    });
    for line in lines.map_while(Result::ok) {
        // The last line may be cut short; then its write does not count as acknowledged.
        if line.starts_with("acked ") && line.split(' ').count() == 4 && !line.ends_with(' ') {
            note(line);
        }
    }
    killer.join().expect("the child was killed");
}

/// Every acknowledged write is in the history, and the history has no gap.
fn check(folder: &Path, acknowledged: &BTreeMap<Revision, (String, String)>, random: &mut StdRng) {
    let store = open(folder);
    let newest = block_on(store.revision()).expect("the store works");
    for after in [1, random.random_range(1..newest), newest - 1] {
        let mut watch = block_on(store.watch(Bytes::new(), after)).expect("nothing is compacted");
        let mut seen = after;
        while seen < newest {
            let batch = block_on(watch.next()).expect("the watch goes on");
            for event in &batch.events {
                seen += 1;
                assert_eq!(event.kv.mod_revision, seen, "a gap in a watch after {after}");
                let Some((key, value)) = acknowledged.get(&seen) else { continue };
                assert_eq!(event.kv.key, key.as_bytes(), "revision {seen}");
                let stored = String::from_utf8_lossy(&event.kv.value).into_owned();
                let stored = stored.split(' ').next().unwrap_or_default();
                // A value cut short on its way here is still the start of what was stored.
                let same = if event.deleted { value == "-" } else { stored.starts_with(value) };
                assert!(same, "revision {seen}: {stored} instead of {value}");
            }
        }
        assert_eq!(seen, newest);
    }
    let last = acknowledged.last_key_value().map_or(0, |(revision, _)| *revision);
    assert!(last <= newest, "revision {last} was acknowledged, {newest} is the newest");
}
