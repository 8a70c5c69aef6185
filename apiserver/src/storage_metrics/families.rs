//! The families of metrics of what is stored, and one resource's members of them.

use std::sync::Arc;
use std::time::{Duration, Instant};

use pintle_component::metrics::{Histograms, Numbers, Registry as Metrics, Stability};

use super::RESOURCE;

const BOUNDS: &[f64] = &[
    0.005, 0.025, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0,
    10.0, 15.0, 20.0, 30.0, 45.0, 60.0,
];
const WAIT_BOUNDS: &[f64] =
    &[0.005, 0.025, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0];

const REQUEST: &[&str] = &["group", "operation", "resource"];
const LIST: &[&str] = &["group", "index", "resource", "storage"];
const LIST_WITHOUT_INDEX: &[&str] = &["group", "resource", "storage"];

/// The families that what is done counts into (`etcd3/metrics`, `storage/metrics`, `cacher/metrics`).
pub(crate) struct Families {
    durations: Arc<Histograms>,
    requests: Arc<Numbers>,
    failures: Arc<Numbers>,
    lease_objects: Arc<Histograms>,
    list_durations: Arc<Histograms>,
    lists: Arc<Numbers>,
    fetched: Arc<Numbers>,
    evaluated: Arc<Numbers>,
    returned: Arc<Numbers>,
    read_waits: Arc<Histograms>,
    consistent_reads: Arc<Numbers>,
}

impl Families {
    /// Adds the families to a registry.
    pub(crate) fn new(metrics: &Metrics) -> Arc<Self> {
        let counter = |name, help, labels| metrics.counter(name, Stability::Alpha, help, labels);
        let histogram = |name, help, labels, bounds| {
            metrics.histogram(name, Stability::Alpha, help, labels, bounds)
        };
        Arc::new(Self {
            durations: histogram(
                "etcd_request_duration_seconds",
                "Etcd request latency in seconds for each operation and object type.",
                REQUEST,
                BOUNDS,
            ),
            requests: counter(
                "etcd_requests_total",
                "Etcd request counts for each operation and object type.",
                REQUEST,
            ),
            failures: counter(
                "etcd_request_errors_total",
                "Etcd failed request counts for each operation and object type.",
                REQUEST,
            ),
            lease_objects: histogram(
                "etcd_lease_object_counts",
                "Number of objects attached to a single etcd lease.",
                &[],
                &[10.0, 50.0, 100.0, 500.0, 1000.0, 2500.0, 5000.0],
            ),
            list_durations: histogram(
                "apiserver_storage_list_duration_seconds",
                "Latency of the storage layer GetList call in seconds, including object decode, \
                 split by whether etcd RangeStream was used.",
                &["group", "resource", "streamed"],
                BOUNDS,
            ),
            lists: counter(
                "apiserver_storage_list_total",
                "Number of LIST requests served from storage",
                LIST,
            ),
            fetched: counter(
                "apiserver_storage_list_fetched_objects_total",
                "Number of objects read from storage in the course of serving a LIST request",
                LIST,
            ),
            evaluated: counter(
                "apiserver_storage_list_evaluated_objects_total",
                "Number of objects tested in the course of serving a LIST request from storage",
                LIST_WITHOUT_INDEX,
            ),
            returned: counter(
                "apiserver_storage_list_returned_objects_total",
                "Number of objects returned for a LIST request from storage",
                LIST_WITHOUT_INDEX,
            ),
            read_waits: histogram(
                "apiserver_watch_cache_read_wait_seconds",
                "Histogram of time spent waiting for a watch cache to become fresh.",
                RESOURCE,
                WAIT_BOUNDS,
            ),
            consistent_reads: counter(
                "apiserver_watch_cache_consistent_read_total",
                "Counter for consistent reads from cache.",
                &["fallback", "group", "resource", "success"],
            ),
        })
    }

    /// The members of one resource.
    pub(crate) fn of(self: &Arc<Self>, group: &str, resource: &str) -> Arc<ResourceMetrics> {
        Arc::new(ResourceMetrics {
            group: group.to_owned(),
            resource: resource.to_owned(),
            families: self.clone(),
        })
    }
}

/// What etcd is asked, in upstream's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operation {
    Get,
    List,
    Create,
    Update,
    Delete,
    Revision,
}

impl Operation {
    fn name(self) -> &'static str {
        match self {
            Self::Get => "get",
            Self::List => "list",
            Self::Create => "create",
            Self::Update => "update",
            Self::Delete => "delete",
            Self::Revision => "getCurrentResourceVersion",
        }
    }
}

/// Where a list comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    Cache,
    Store,
}

/// The metrics of one resource.
pub(crate) struct ResourceMetrics {
    group: String,
    resource: String,
    families: Arc<Families>,
}

impl ResourceMetrics {
    /// etcd has answered.
    pub(super) fn note_request(&self, operation: Operation, took: Duration, failed: bool) {
        let labels = [&*self.group, operation.name(), &*self.resource];
        let families = &self.families;
        families.durations.with(&labels).observe(took.as_secs_f64());
        families.requests.with(&labels).increment();
        if failed {
            families.failures.with(&labels).increment();
        }
    }

    /// A lease has been granted; so many objects asked for the one before, this one among them
    /// (`metrics.UpdateLeaseObjectCount`).
    pub(crate) fn note_lease(&self, objects: usize) {
        self.families.lease_objects.with(&[]).observe(objects as f64);
    }

    /// A read at a resource version, or of the newest, has waited for the cache.
    pub(crate) fn note_read_wait(&self, took: Duration) {
        let labels = [&*self.group, &*self.resource];
        self.families.read_waits.with(&labels).observe(took.as_secs_f64());
    }

    /// A list of the newest has been read, from the store where the cache did not come so far.
    pub(crate) fn note_consistent_read(&self, success: bool, fallback: bool) {
        let word = |truth| if truth { "true" } else { "false" };
        let labels = [word(fallback), &self.group, &self.resource, word(success)];
        self.families.consistent_reads.with(&labels).increment();
    }

    /// A list has been served (`metrics.RecordStorageListMetrics`).
    pub(crate) fn note_list(&self, source: Source, fetched: usize, returned: usize) {
        let families = &self.families;
        let (storage, evaluated) = match source {
            Source::Cache => ("watchcache", 0),
            Source::Store => ("etcd", fetched),
        };
        let labels = [&*self.group, "", &*self.resource, storage];
        families.lists.with(&labels).increment();
        families.fetched.with(&labels).add(fetched as f64);
        let labels = [&*self.group, &*self.resource, storage];
        families.evaluated.with(&labels).add(evaluated as f64);
        families.returned.with(&labels).add(returned as f64);
    }

    /// A list has been read from the store.
    pub(crate) fn note_list_time(&self, since: Instant) {
        let labels = [&*self.group, &*self.resource, "false"];
        self.families.list_durations.with(&labels).observe(since.elapsed().as_secs_f64());
    }
}
