//! Measures what an object takes in memory besides its key and value, in the store and the watch cache.
//! In a folder without a store it makes one, and measures with the history of that; with one it opens
//! the store and measures what is left after a compaction. The allocator is the server's.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use pintle_storage::cache::{CacheOptions, Facts, Indexer};
use pintle_storage::embedded::{EmbeddedStore, Options};
use pintle_storage::{Cache, Op, Store, Txn};
use tokio::task::JoinSet;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const VALUE_BYTES: usize = 2400;
const WRITERS: usize = 64;
const LIMIT: Duration = Duration::from_mins(1);

fn key(number: usize) -> Bytes {
    format!("/registry/pods/default/pod-{number:06}").into()
}

/// What the cache remembers of a pod.
fn indexer() -> Indexer {
    let facts = |key: &Bytes, _: &Bytes| {
        let name = std::str::from_utf8(key).unwrap_or_default().rsplit('/').next();
        let labels = [
            ("app", "bench"),
            ("pod-template-hash", "6d4cf56db6"),
            ("name", name.unwrap_or_default()),
        ];
        let fields =
            ["node-17", "Always", "default-scheduler", "default", "", "Running", "10.244.17.3"];
        Facts::new(labels, fields)
    };
    let complete = Arc::new(|_: &_| Ok(None));
    Indexer { fields: Vec::new(), triggers: Vec::new(), complete, facts: Arc::new(facts) }
}

/// Kibibytes of the process that no file backs.
fn held() -> usize {
    let text = std::fs::read_to_string("/proc/self/status").expect("Linux has it");
    let line = text.lines().find_map(|line| line.strip_prefix("RssAnon:"));
    let number = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse().ok());
    number.expect("the kernel counts it")
}

async fn write_all(store: &Arc<EmbeddedStore>, objects: usize) {
    let mut writers = JoinSet::new();
    for writer in 0..WRITERS {
        let store = store.clone();
        writers.spawn(async move {
            for number in (writer..objects).step_by(WRITERS) {
                let value = Bytes::from(vec![number as u8; VALUE_BYTES]);
                let success = vec![Op::Put { key: key(number), value, lease: 0 }];
                store.txn(Txn { success, ..Txn::default() }).await.expect("it is valid");
            }
        });
    }
    writers.join_all().await;
}

#[tokio::main(worker_threads = 2)]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().expect("name a folder");
    let objects = arguments.next().map_or(20_000, |number| number.parse().expect("a number"));
    let before = held();
    let start = Instant::now();
    let store =
        EmbeddedStore::open(Path::new(&folder), Options::default()).expect("it is a folder");
    let store = Arc::new(store);
    let opened = start.elapsed();
    let made = store.revision().await.expect("it is open") == 1;
    let prefix = Bytes::from_static(b"/registry/pods/");
    let cache = Cache::start(store.clone(), prefix, indexer(), CacheOptions::default());
    if made {
        write_all(&store, objects).await;
    }
    cache.sync(LIMIT).await.expect("the store answers");
    let (ready, found) = (start.elapsed(), cache.objects());
    let bytes = found * (VALUE_BYTES + key(0).len());
    let each = ((held() - before) * 1024).saturating_sub(bytes) / found.max(1);
    let what = if made { "with their history" } else { "without a history" };
    eprintln!(
        "{found} objects {what}: {each} bytes each besides key and value; open in {opened:.1?}, read in {ready:.1?}"
    );
    if made {
        let newest = store.revision().await.expect("it is open");
        store.compact(newest).await.expect("it is the newest");
        tokio::time::sleep(Duration::from_secs(5)).await;
    }
}
