//! Measures the embedded store: durable transactions per second and CPU per transaction.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use bytes::Bytes;
use pintle_storage::embedded::{EmbeddedStore, Options};
use pintle_storage::{Compare, Op, Store, Txn};

const WRITERS: usize = 64;
const VALUE_BYTES: usize = 1536;

/// CPU time of this process in seconds, as the kernel counts it.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").expect("Linux has /proc");
    let fields = stat.rsplit_once(')').expect("the name is in parentheses").1;
    let tick = |at: usize| -> f64 {
        fields.split_whitespace().nth(at).and_then(|text| text.parse().ok()).unwrap_or(0.0)
    };
    (tick(11) + tick(12)) / 100.0
}

async fn writer(store: Arc<EmbeddedStore>, id: usize, count: usize) {
    let mut seed = id as u64 + 1;
    for n in 0..count {
        let mut value = vec![0; VALUE_BYTES];
        for chunk in value.chunks_mut(8) {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            chunk.copy_from_slice(&seed.to_le_bytes()[..chunk.len()]);
        }
        let key = Bytes::from(format!("/registry/pods/default/pod-{id}-{n}"));
        let put = Op::Put { key: key.clone(), value: value.into(), lease: 0 };
        let compare = vec![Compare { key, mod_revision: 0 }];
        let result = store.txn(Txn { compare, success: vec![put], failure: vec![] }).await;
        assert!(result.expect("the store works").succeeded);
    }
}

#[tokio::main]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().map_or_else(std::env::temp_dir, PathBuf::from);
    let count: usize = arguments.next().map_or(1000, |text| text.parse().expect("a number"));
    let folder = folder.join(format!("embedded-bench-{}", std::process::id()));
    let store = EmbeddedStore::open(&folder, Options::default()).expect("the folder is writable");
    let store = Arc::new(store);
    let (start, cpu) = (Instant::now(), cpu_seconds());
    let tasks: Vec<_> =
        (0..WRITERS).map(|id| tokio::spawn(writer(store.clone(), id, count))).collect();
    for task in tasks {
        task.await.expect("no writer panics");
    }
    let total = (WRITERS * count) as f64;
    let seconds = start.elapsed().as_secs_f64();
    eprintln!(
        "{total} creates, {:.0} per second, {:.1} µs CPU each",
        total / seconds,
        (cpu_seconds() - cpu) * 1e6 / total
    );
    drop(store);
    let start = Instant::now();
    let store = EmbeddedStore::open(&folder, Options::default()).expect("it was closed");
    eprintln!("reopened in {:.3} s", start.elapsed().as_secs_f64());
    drop(store);
    std::fs::remove_dir_all(&folder).expect("the folder is ours");
}
