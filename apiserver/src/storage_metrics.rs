//! Metrics of what is stored, with upstream's names (`storage/etcd3/metrics`).

use std::sync::Arc;
use std::time::Duration;

use pintle_component::metrics::{Registry as Metrics, Stability};
use pintle_component::signals::Stop;
use tokio::time::{sleep, timeout};

use crate::registry::Registry;
use crate::storage::Stores;

/// How long a store may take to tell its size (`metrics.storageMonitor.CollectWithStability`).
const PATIENCE: Duration = Duration::from_secs(10);

/// Adds what is to be counted and asked for so often, if at all. The objects are those of the caches,
/// counted when somebody looks.
pub(crate) fn register(
    metrics: &Metrics,
    registry: &Arc<Registry>,
    stores: &Stores,
    (counts, asks): (Duration, Duration),
    stop: &Stop,
) {
    if !counts.is_zero() {
        let objects = metrics.gauge(
            "apiserver_resource_objects",
            Stability::Alpha,
            "Number of stored objects at the time of last check split by kind. In case of a \
             fetching error, the value will be -1.",
            &["group", "resource"],
        );
        let registry = Arc::downgrade(registry);
        metrics.before_scrape(move || {
            let Some(registry) = registry.upgrade() else { return };
            for (group, plural, count) in registry.counts() {
                objects.with(&[group, plural]).set(count.map_or(-1.0, |count| count as f64));
            }
        });
    }
    if asks.is_zero() {
        return;
    }
    let sizes = metrics.gauge(
        "apiserver_storage_size_bytes",
        Stability::Stable,
        "Size of the storage database file physically allocated in bytes.",
        &["storage_cluster_id"],
    );
    for (number, etcd) in stores.etcds().iter().cloned().enumerate() {
        let size = sizes.with(&[&format!("etcd-{number}")]);
        let mut stop = stop.clone();
        tokio::spawn(async move {
            for turn in 0_usize.. {
                match timeout(PATIENCE, etcd.database_bytes(turn)).await {
                    Ok(Ok(bytes)) => size.set(bytes as f64),
                    Ok(Err(error)) => tracing::info!(err = %error, "Failed to get storage metrics"),
                    Err(late) => tracing::info!(err = %late, "Failed to get storage metrics"),
                }
                tokio::select! {
                    () = stop.wait() => return,
                    () = sleep(asks) => {}
                }
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use pintle_storage::cache::CacheOptions;
    use pintle_storage::{EmbeddedStore, Op, Store, Txn, embedded};

    use super::*;
    use crate::registry::Layout;

    #[tokio::test]
    async fn objects_are_counted_unless_the_flag_says_never() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = EmbeddedStore::open(folder.path(), embedded::Options::default());
        let store: Arc<dyn Store> = Arc::new(store.expect("it opens"));
        let value = r#"{"kind":"Namespace","apiVersion":"v1","metadata":{"name":"a"}}"#;
        let key = "/registry/namespaces/a".into();
        let success = vec![Op::Put { key, value: value.into(), lease: 0 }];
        store.txn(Txn { success, ..Txn::default() }).await.expect("it is written");
        let stores = Stores::from(store);
        let rows = pintle_resources::RESOURCES;
        let caches = CacheOptions::default();
        let registry = Registry::new(stores.clone(), Layout::DEFAULT, rows, &caches);
        registry.wait_ready(Duration::from_mins(1)).await.expect("the caches fill");
        let (_stopper, stop) = Stop::new();
        let print = |counts| {
            let metrics = Metrics::new();
            register(&metrics, &registry, &stores, (counts, Duration::ZERO), &stop);
            metrics.print()
        };
        let printed = print(Duration::from_mins(1));
        let line = r#"apiserver_resource_objects{group="",resource="namespaces"} 1"#;
        assert!(printed.lines().any(|found| found == line), "{printed}");
        assert!(!print(Duration::ZERO).contains("apiserver_resource_objects"));
    }
}
