//! Metrics of requests, with upstream's names and labels.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};
use std::time::Instant;

use http::StatusCode;
use parking_lot::RwLock;
use pintle_api::Resource;
use pintle_component::metrics::{Cell, Distribution, Histograms, Numbers, Registry, Stability};
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
    registry: Registry,
    places: Places,
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
            registry: registry.clone(),
            places: Places::new(),
        }
    }

    /// A request has arrived.
    pub(super) fn begin(&self, info: &RequestInfo, method: &str) -> Measured<'_> {
        let place = self.places.get(info);
        let resource = place.resource;
        let kind = Kind {
            verb: verb(info, method),
            // Only what exists may become a label: names that clients make up would fill memory.
            dry_run: if info.query.all("dryRun").eq(["All"]) { "All" } else { "" },
            scope: scope(info),
            subresource: resource.map_or("", |resource| subresource(resource, info)),
            reads: matches!(info.verb.as_str(), "get" | "list" | "watch"),
            long: is_long_running(info),
        };
        let members = place.members(kind, self.registry.resets(), |since| {
            let gauge = if kind.long {
                self.long_running.with(&kind.long_labels(resource))
            } else {
                self.in_flight.with(&[if kind.reads { "readOnly" } else { "mutating" }])
            };
            Members { kind, since, gauge, duration: OnceLock::new(), codes: RwLock::default() }
        });
        members.gauge.increment();
        Measured { metrics: self, resource, members, started: Instant::now() }
    }
}

/// What is known of each resource of the catalog.
#[derive(Debug)]
struct Places {
    /// By plural.
    resources: HashMap<&'static str, Vec<Place>>,
    /// All else.
    other: Place,
}

impl Places {
    fn new() -> Self {
        let mut resources = HashMap::<_, Vec<_>>::new();
        for resource in pintle_api::catalog().resources {
            resources.entry(resource.plural).or_default().push(Place::new(Some(resource)));
        }
        Self { resources, other: Place::new(None) }
    }

    fn get(&self, info: &RequestInfo) -> &Place {
        let named = self.resources.get(info.resource.as_str()).filter(|_| info.is_resource);
        let is_meant = |place: &&Place| {
            let (group, version, _) = path(place.resource);
            group == info.api_group && version == info.api_version
        };
        named.and_then(|places| places.iter().find(is_meant)).unwrap_or(&self.other)
    }
}

/// A resource, and what its requests are counted in: to look that up by all its labels for each
/// request would cost more than to find the object.
#[derive(Debug)]
struct Place {
    resource: Option<&'static Resource>,
    members: RwLock<Vec<Arc<Members>>>,
}

impl Place {
    fn new(resource: Option<&'static Resource>) -> Self {
        Self { resource, members: RwLock::default() }
    }

    fn members(&self, kind: Kind, since: u64, make: impl FnOnce(u64) -> Members) -> Arc<Members> {
        let known = |members: &&Arc<Members>| members.kind == kind && members.since == since;
        if let Some(members) = self.members.read().iter().find(known) {
            return members.clone();
        }
        let mut all = self.members.write();
        if let Some(members) = all.iter().find(known) {
            return members.clone();
        }
        let members = Arc::new(make(since));
        all.retain(|members| members.since == since);
        all.push(members.clone());
        members
    }
}

/// What requests for a resource differ in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Kind {
    verb: &'static str,
    dry_run: &'static str,
    scope: &'static str,
    subresource: &'static str,
    reads: bool,
    long: bool,
}

impl Kind {
    fn labels(self, resource: Option<&'static Resource>) -> [&'static str; 8] {
        let (group, version, plural) = path(resource);
        let Self { verb, dry_run, scope, subresource, .. } = self;
        ["apiserver", dry_run, group, plural, scope, subresource, verb, version]
    }

    fn long_labels(self, resource: Option<&'static Resource>) -> [&'static str; 7] {
        let (group, version, plural) = path(resource);
        ["apiserver", group, plural, self.scope, self.subresource, self.verb, version]
    }
}

/// Group, version and plural, each from the catalog.
fn path(resource: Option<&'static Resource>) -> (&'static str, &'static str, &'static str) {
    resource.map_or_else(Default::default, |found| (found.group, found.version, found.plural))
}

/// What requests of a kind are counted in.
#[derive(Debug)]
struct Members {
    kind: Kind,
    /// How often the metrics had been reset when these were made.
    since: u64,
    gauge: Arc<Cell>,
    /// Printed from the first answer on, as are the codes.
    duration: OnceLock<Arc<Distribution>>,
    codes: RwLock<Vec<(StatusCode, Arc<Cell>)>>,
}

/// A request that is being served.
#[derive(Debug)]
pub(super) struct Measured<'a> {
    metrics: &'a Metrics,
    resource: Option<&'static Resource>,
    members: Arc<Members>,
    started: Instant,
}

impl Measured<'_> {
    /// The answer has begun.
    pub(super) fn end(self, code: StatusCode) {
        self.answers(code).increment();
        let Members { kind, duration, .. } = &*self.members;
        if !kind.long {
            let member = || self.metrics.durations.with(&kind.labels(self.resource));
            duration.get_or_init(member).observe(self.started.elapsed().as_secs_f64());
        }
    }

    /// The count of such answers.
    fn answers(&self, code: StatusCode) -> Arc<Cell> {
        let Members { kind, codes, .. } = &*self.members;
        let known = codes.read().iter().find(|(of, _)| *of == code).map(|(_, cell)| cell.clone());
        known.unwrap_or_else(|| {
            let mut labels = [code.as_str(); LABELS.len()];
            labels[1..].copy_from_slice(&kind.labels(self.resource));
            let cell = self.metrics.requests.with(&labels);
            codes.write().push((code, cell.clone()));
            cell
        })
    }
}

impl Drop for Measured<'_> {
    fn drop(&mut self) {
        self.members.gauge.add(-1.0);
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

/// From the catalog; empty if it has none of that name.
fn subresource(resource: &'static Resource, info: &RequestInfo) -> &'static str {
    let names = resource.subresources.iter().map(|subresource| subresource.name);
    names.into_iter().find(|name| *name == info.subresource).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Answers requests in between which all is forgotten, and says what is then printed of their
    /// number.
    #[track_caller]
    fn check(before: &[&str], after: &[(&str, u16)], wanted: &[&str]) {
        let registry = Registry::new();
        let metrics = Metrics::new(&registry);
        let answer = |target: &str, code| {
            let (path, query) = target.split_once('?').unwrap_or((target, ""));
            let info = RequestInfo::parse("GET", path, query).unwrap();
            metrics.begin(&info, "GET").end(StatusCode::from_u16(code).unwrap());
        };
        for target in before {
            answer(target, 200);
        }
        registry.reset();
        for (target, code) in after {
            answer(target, *code);
        }
        let printed = registry.print();
        let of_requests = |line: &&str| line.starts_with("apiserver_request_total{");
        let found: Vec<_> = printed.lines().filter(of_requests).collect();
        assert_eq!(found.len(), wanted.len(), "{printed}");
        for (line, wanted) in found.iter().zip(wanted) {
            let (labels, count) = wanted.rsplit_once(' ').unwrap();
            let labelled = labels.split(' ').all(|label| line.contains(label));
            let counted = line.ends_with(&format!("}} {count}"));
            assert!(labelled && counted, "{line} instead of {wanted}");
        }
        let observed = printed.matches("request_duration_seconds_count{").count();
        assert_eq!(observed, usize::from(!after.is_empty()), "{printed}");
    }

    #[test]
    fn requests_alike_are_counted_together_by_the_code_of_their_answers() {
        let path = "/api/v1/namespaces/a/pods/p";
        let resource = "resource=\"pods\",scope=\"resource\",subresource=\"\",verb=\"GET\"";
        check(&[], &[(path, 200), (path, 200)], &[&format!("code=\"200\" {resource} 2")]);
        let both = [200, 404].map(|code| format!("code=\"{code}\" {resource} 1"));
        check(&[], &[(path, 404), (path, 200)], &[&both[0], &both[1]]);
    }

    #[test]
    fn what_was_forgotten_is_counted_anew() {
        let path = "/api/v1/pods?dryRun=All";
        check(&[path, path], &[(path, 200)], &["code=\"200\" dry_run=\"All\" verb=\"LIST\" 1"]);
        check(&[path], &[], &[]);
    }

    #[test]
    fn names_that_clients_make_up_are_no_labels() {
        let all_empty = "group=\"\" resource=\"\" subresource=\"\" 1";
        check(&[], &[("/apis/a/v1/namespaces/n/bees/b/wings", 404)], &[all_empty]);
        check(&[], &[("/api/v1/nodes/a/wings", 404)], &["resource=\"nodes\" subresource=\"\" 1"]);
    }
}
