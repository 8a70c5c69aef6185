//! Metrics of what is stored, with upstream's names (`storage/etcd3/metrics`, `storage/cacher/metrics`).

mod families;
mod measured;

use std::sync::Arc;
use std::time::Duration;

use pintle_component::metrics::{Histograms, Numbers, Registry as Metrics, Stability};
use pintle_component::signals::Stop;
use pintle_storage::Cache;
use pintle_storage::cache::{Count, Counts};
use tokio::time::{sleep, timeout};

use crate::registry::Registry;
use crate::storage::Stores;

pub(crate) use self::families::{Families, ResourceMetrics, Source};
pub(crate) use self::measured::Measured;

use self::families::Operation;

const RESOURCE: &[&str] = &["group", "resource"];

/// One of a cache's counts.
type CountOf = fn(&Counts) -> &Count;

/// What caches count, with upstream's words for it.
const COUNTERS: &[(&str, &str, CountOf)] = &[
    (
        "apiserver_watch_cache_events_received_total",
        "Counter of events received in watch cache broken by resource type.",
        |counts| &counts.events,
    ),
    (
        "apiserver_watch_cache_events_dispatched_total",
        "Counter of events dispatched in watch cache broken by resource type.",
        |counts| &counts.events,
    ),
    (
        "apiserver_watch_cache_initializations_total",
        "Counter of watch cache initializations broken by resource type.",
        |counts| &counts.listings,
    ),
    (
        "apiserver_watch_cache_initialization_errors_total",
        "Counter of watch cache initialization errors broken by resource type.",
        |counts| &counts.failures,
    ),
    (
        "apiserver_terminated_watchers_total",
        "Counter of watchers closed due to unresponsiveness broken by resource type.",
        |counts| &counts.slow_watchers,
    ),
    (
        "apiserver_storage_decode_errors_total",
        "Number of stored object decode errors split by object type",
        |counts| &counts.unreadable,
    ),
];

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
        count_objects(metrics, registry);
    }
    watch_caches(metrics, registry);
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

fn count_objects(metrics: &Metrics, registry: &Arc<Registry>) {
    let gauge = |name, help| metrics.gauge(name, Stability::Alpha, help, RESOURCE);
    let objects = gauge(
        "apiserver_resource_objects",
        "Number of stored objects at the time of last check split by kind. In case of a fetching \
         error, the value will be -1.",
    );
    let sizes = gauge(
        "apiserver_resource_size_estimate_bytes",
        "Estimated size of stored objects in database. Estimate is based on sum of last observed \
         sizes of serialized objects. In case of a fetching error, the value will be -1.",
    );
    look_at_each(metrics, registry, move |labels, cache| {
        let known = |number: usize| if cache.ready() { number as f64 } else { -1.0 };
        objects.with(labels).set(known(cache.objects()));
        sizes.with(labels).set(known(cache.value_bytes()));
    });
}

/// What the caches count themselves, and those of upstream's metrics that show it.
struct WatchCaches {
    counters: Vec<(Arc<Numbers>, CountOf)>,
    listing_seconds: Arc<Histograms>,
    versions: Arc<Numbers>,
}

/// What upstream shows of a version, lest it has more digits than a number can tell apart.
const SHOWN_VERSIONS: i64 = 1_000_000_000_000_000;

impl WatchCaches {
    fn new(metrics: &Metrics, in_etcd: bool) -> Self {
        let mut counters: Vec<(Arc<Numbers>, CountOf)> = Vec::new();
        let mut counter = |name, stability, help, count: CountOf| {
            counters.push((metrics.counter(name, stability, help, RESOURCE), count));
        };
        for (name, help, count) in COUNTERS {
            counter(name, Stability::Alpha, help, *count);
        }
        counter(
            "apiserver_storage_events_received_total",
            Stability::Beta,
            "Number of etcd events received split by kind.",
            |counts| &counts.events,
        );
        if in_etcd {
            let help = "Number of etcd bookmarks (progress notify events) split by kind.";
            counter("etcd_bookmark_total", Stability::Alpha, help, |counts| &counts.progress);
        }
        Self {
            counters,
            listing_seconds: metrics.histogram(
                "apiserver_watch_cache_initialization_duration_seconds",
                Stability::Alpha,
                "Histogram of watch cache initialization duration in seconds, broken by resource \
                 type.",
                RESOURCE,
                &[0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 180.0, 600.0],
            ),
            versions: metrics.gauge(
                "apiserver_watch_cache_resource_version",
                Stability::Alpha,
                "Current resource version of watch cache broken by resource type. This is \
                 truncated to the 15 least significant digits.",
                RESOURCE,
            ),
        }
    }

    fn update(&self, labels: &[&str], cache: &Cache) {
        let counts = cache.counts();
        for (counter, count) in &self.counters {
            let count = count(counts).get();
            if count > 0 {
                counter.with(labels).set(count as f64);
            }
        }
        for seconds in counts.take_listing_seconds() {
            self.listing_seconds.with(labels).observe(seconds);
        }
        let version = cache.revision() % SHOWN_VERSIONS;
        self.versions.with(labels).set(version as f64);
    }
}

fn watch_caches(metrics: &Metrics, registry: &Arc<Registry>) {
    let families = WatchCaches::new(metrics, registry.is_in_etcd());
    look_at_each(metrics, registry, move |labels, cache| families.update(labels, cache));
}

/// Has each cache looked at when somebody looks at the metrics, with the labels of its resource.
fn look_at_each(
    metrics: &Metrics,
    registry: &Arc<Registry>,
    look: impl Fn(&[&str], &Cache) + Send + Sync + 'static,
) {
    let registry = Arc::downgrade(registry);
    metrics.before_scrape(move || {
        let Some(registry) = registry.upgrade() else { return };
        for (group, plural, cache) in registry.caches() {
            look(&[group, plural], cache);
        }
    });
}

#[cfg(test)]
mod tests;
