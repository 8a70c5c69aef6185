//! Metrics of requests, with upstream's names and labels.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};
use std::time::Instant;

use http::StatusCode;
use pintle_api::catalog;
use pintle_component::metrics::{Cell, Histograms, Numbers, Registry, Stability};
use pintle_engine::RequestInfo;

use super::deadline::is_long_running;

const LABELS: &[&str] = &[
    "code",
    "component",
    "dry_run",
    "group",
    "resource",
    "scope",
    "subresource",
    "verb",
    "version",
];
const DURATION_LABELS: &[&str] =
    &["component", "dry_run", "group", "resource", "scope", "subresource", "verb", "version"];
const LONG_LABELS: &[&str] =
    &["component", "group", "resource", "scope", "subresource", "verb", "version"];
const BOUNDS: &[f64] = &[
    0.005, 0.025, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0,
    10.0, 15.0, 20.0, 30.0, 45.0, 60.0,
];

/// The families (`endpoints/metrics`).
#[derive(Debug)]
pub struct Metrics {
    requests: Arc<Numbers>,
    durations: Arc<Histograms>,
    in_flight: Arc<Numbers>,
    long_running: Arc<Numbers>,
}

impl Metrics {
    /// Adds the families to a registry.
    pub fn new(registry: &Registry) -> Self {
        Self {
            requests: registry.counter(
                "apiserver_request_total",
                Stability::Stable,
                "Counter of apiserver requests broken out for each verb, dry run value, group, \
                 version, resource, scope, component, and HTTP response code.",
                LABELS,
            ),
            durations: registry.histogram(
                "apiserver_request_duration_seconds",
                Stability::Stable,
                "Response latency distribution in seconds for each verb, dry run value, group, \
                 version, resource, subresource, scope and component.",
                DURATION_LABELS,
                BOUNDS,
            ),
            in_flight: registry.gauge(
                "apiserver_current_inflight_requests",
                Stability::Stable,
                "Maximal number of currently used inflight request limit of this apiserver per \
                 request kind in last second.",
                &["request_kind"],
            ),
            long_running: registry.gauge(
                "apiserver_longrunning_requests",
                Stability::Stable,
                "Gauge of all active long-running apiserver requests broken out by verb, group, \
                 version, resource, scope and component. Not all requests are tracked this way.",
                LONG_LABELS,
            ),
        }
    }

    /// A request has arrived.
    pub(super) fn begin(&self, info: &RequestInfo, method: &str) -> Measured<'_> {
        let labels = Labels {
            verb: verb(info, method),
            // Only what exists may become a label: names that clients make up would fill memory.
            dry_run: if info.query.all("dryRun").eq(["All"]) { "All" } else { "" },
            scope: scope(info),
            known: known(info),
        };
        let gauge = if is_long_running(info) {
            self.long_running.with(&labels.long())
        } else {
            let read = matches!(info.verb.as_str(), "get" | "list" | "watch");
            self.in_flight.with(&[if read { "readOnly" } else { "mutating" }])
        };
        gauge.increment();
        Measured {
            metrics: self,
            labels,
            gauge,
            started: Instant::now(),
            long: is_long_running(info),
        }
    }
}

#[derive(Debug)]
struct Labels {
    verb: &'static str,
    dry_run: &'static str,
    scope: &'static str,
    known: Known,
}

/// Group, version, resource and subresource, each from the catalog.
#[derive(Debug, Default)]
struct Known {
    group: &'static str,
    version: &'static str,
    resource: &'static str,
    subresource: &'static str,
}

impl Labels {
    fn short(&self) -> [&str; 8] {
        let known = &self.known;
        [
            "apiserver",
            self.dry_run,
            known.group,
            known.resource,
            self.scope,
            known.subresource,
            self.verb,
            known.version,
        ]
    }

    fn long(&self) -> [&str; 7] {
        let known = &self.known;
        [
            "apiserver",
            known.group,
            known.resource,
            self.scope,
            known.subresource,
            self.verb,
            known.version,
        ]
    }
}

/// A request that is being served.
#[derive(Debug)]
pub(super) struct Measured<'a> {
    metrics: &'a Metrics,
    labels: Labels,
    gauge: Arc<Cell>,
    started: Instant,
    long: bool,
}

impl Measured<'_> {
    /// The answer has begun.
    pub(super) fn end(self, code: StatusCode) {
        let mut labels = [code.as_str(); LABELS.len()];
        labels[1..].copy_from_slice(&self.labels.short());
        self.metrics.requests.with(&labels).increment();
        if !self.long {
            let seconds = self.started.elapsed().as_secs_f64();
            self.metrics.durations.with(&self.labels.short()).observe(seconds);
        }
    }
}

impl Drop for Measured<'_> {
    fn drop(&mut self) {
        self.gauge.add(-1.0);
    }
}

/// `metrics.cleanVerb`.
fn verb(info: &RequestInfo, method: &str) -> &'static str {
    match (info.verb.as_str(), method) {
        ("list", _) => "LIST",
        ("watch", _) => "WATCH",
        ("patch", _) if info.is_resource => "PATCH",
        (_, "CONNECT") => "CONNECT",
        (_, "DELETE") => {
            if info.verb == "deletecollection" {
                "DELETECOLLECTION"
            } else {
                "DELETE"
            }
        }
        (_, "GET" | "HEAD") => "GET",
        (_, "PATCH") => "PATCH",
        (_, "POST") => "POST",
        (_, "PUT") => "PUT",
        _ => "other",
    }
}

fn scope(info: &RequestInfo) -> &'static str {
    if !info.is_resource {
        return "";
    }
    if !info.name.is_empty() || info.verb == "create" {
        "resource"
    } else if info.namespace.is_empty() {
        "cluster"
    } else {
        "namespace"
    }
}

/// Resources of the catalog by group, version and plural: every request is looked up.
static RESOURCES: LazyLock<HashMap<(&str, &str, &str), &catalog::Resource>> = LazyLock::new(|| {
    let all = pintle_api::catalog().resources.iter();
    all.map(|resource| ((resource.group, resource.version, resource.plural), resource)).collect()
});

fn known(info: &RequestInfo) -> Known {
    if !info.is_resource {
        return Known::default();
    }
    let path = (info.api_group.as_str(), info.api_version.as_str(), info.resource.as_str());
    RESOURCES.get(&path).map_or_else(Known::default, |resource| Known {
        group: resource.group,
        version: resource.version,
        resource: resource.plural,
        subresource: resource
            .subresources
            .iter()
            .map(|subresource| subresource.name)
            .find(|name| *name == info.subresource)
            .unwrap_or_default(),
    })
}
