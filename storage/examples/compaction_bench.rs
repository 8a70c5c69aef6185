//! Measures what a compaction of a long history costs writers and readers, and how long the store
//! takes to open with and without that history. Processor time is the store's own, so that neither
//! other programs nor the disk disturb it.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use bytes::Bytes;
use futures::executor::block_on;
use pintle_storage::embedded::{EmbeddedStore, Options, check};
use pintle_storage::{Op, Range, Store, Txn};

const KEYS: usize = 20_000;
const VALUE_BYTES: usize = 1536;
const WRITERS: usize = 16;

fn open(folder: &Path) -> EmbeddedStore {
    let options = Options { history_bytes: usize::MAX, ..Options::default() };
    EmbeddedStore::open(folder, options).expect("the folder is writable")
}

fn put(store: &EmbeddedStore, key: usize, fill: u8) {
    let (key, value) = (Bytes::from(format!("/k/{key}")), Bytes::from(vec![fill; VALUE_BYTES]));
    let success = vec![Op::Put { key, value, lease: 0 }];
    block_on(store.txn(Txn { success, ..Txn::default() })).expect("it is valid");
}

fn write_all(store: &Arc<EmbeddedStore>, fill: u8) {
    let threads: Vec<_> = (0..WRITERS)
        .map(|writer| {
            let store = store.clone();
            std::thread::spawn(move || {
                (writer..KEYS).step_by(WRITERS).for_each(|key| put(&store, key, fill));
            })
        })
        .collect();
    for thread in threads {
        thread.join().expect("no writer panics");
    }
}

fn show(what: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |part: f64| times[((times.len() - 1) as f64 * part) as usize].as_secs_f64() * 1000.0;
    eprintln!(
        "{what}: {} calls, median {:.3} ms, 99 % {:.3} ms, 99.9 % {:.3} ms, longest {:.3} ms",
        times.len(),
        at(0.5),
        at(0.99),
        at(0.999),
        at(1.0)
    );
}

/// Processor time that the store's writer thread has had.
fn worked(store_thread: &Path) -> Duration {
    let text = std::fs::read_to_string(store_thread).expect("it runs");
    let first = text.split(' ').next().and_then(|number| number.parse().ok());
    Duration::from_nanos(first.expect("nanoseconds on the processor come first"))
}

/// Where the kernel counts what the store's writer thread does.
fn store_thread() -> PathBuf {
    let tasks = std::fs::read_dir("/proc/self/task").expect("Linux has it");
    let folders = tasks.map(|task| task.expect("it can be listed").path());
    let name = |task: &PathBuf| std::fs::read_to_string(task.join("comm")).unwrap_or_default();
    let mut found = folders.filter(|task| name(task).trim_end() == "store-writer");
    found.next().expect("a store is open").join("schedstat")
}

/// One writer and one reader, each with one call at a time.
fn observe(store: &Arc<EmbeddedStore>, what: &str, time: Duration) {
    let stop = Arc::new(AtomicBool::new(false));
    let (reading, over) = (store.clone(), stop.clone());
    let reader = std::thread::spawn(move || {
        let mut times = Vec::new();
        while !over.load(Ordering::Relaxed) {
            let start = Instant::now();
            let range = Range { start: "/k/7".into(), ..Range::default() };
            block_on(reading.range(range)).expect("it is valid");
            times.push(start.elapsed());
            std::thread::sleep(Duration::from_micros(200));
        }
        times
    });
    let (mut times, mut processor, begin) = (Vec::new(), Vec::new(), Instant::now());
    let thread = store_thread();
    while begin.elapsed() < time {
        let (start, before) = (Instant::now(), worked(&thread));
        put(store, times.len() % KEYS, 9);
        times.push(start.elapsed());
        processor.push(worked(&thread).saturating_sub(before));
    }
    stop.store(true, Ordering::Relaxed);
    show(&format!("{what}, writes"), times);
    show(&format!("{what}, the store's processor time for a write"), processor);
    show(&format!("{what}, reads"), reader.join().expect("the reader does not panic"));
}

fn reopen(folder: &Path, what: &str) {
    let report = check(folder).expect("it is sound");
    let start = Instant::now();
    drop(open(folder));
    let seconds = start.elapsed().as_secs_f64();
    eprintln!("opened and closed {what} in {seconds:.3} s: {report:?}");
}

fn main() {
    let base = std::env::args().nth(1).map_or_else(std::env::temp_dir, PathBuf::from);
    let folder = base.join(format!("compaction-bench-{}", std::process::id()));
    let store = Arc::new(open(&folder));
    (0..5).for_each(|fill| write_all(&store, fill));
    observe(&store, "before", Duration::from_secs(4));
    let copy = |name: &str| {
        let to = folder.with_extension(name);
        std::fs::create_dir_all(&to).expect("the folder is writable");
        std::fs::copy(folder.join("store.redb"), to.join("store.redb")).expect("there is room");
        to
    };
    let killed = copy("killed");
    let newest = block_on(store.revision()).expect("it is open");
    let start = Instant::now();
    block_on(store.compact(newest)).expect("nothing is compacted");
    eprintln!(
        "compacted {newest} revisions; answered after {:.3} ms",
        start.elapsed().as_secs_f64() * 1000.0
    );
    observe(&store, "during", Duration::from_secs(4));
    observe(&store, "after", Duration::from_secs(4));
    drop(store);
    reopen(&killed, "with history, as after a kill");
    reopen(&killed, "with history, closed before");
    reopen(&folder, "without history");
    for folder in [folder, killed] {
        std::fs::remove_dir_all(&folder).expect("the folder is ours");
    }
}
