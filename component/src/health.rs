//! Health endpoints: `/healthz` and its kin with `verbose`, `exclude` and a path per check.

use std::fmt::Write as _;
use std::sync::{Arc, OnceLock};

use parking_lot::RwLock;
use pintle_machinery::json::quote;

use crate::metrics::{Numbers, Registry, Stability};

type Probe = Arc<dyn Fn() -> Result<(), String> + Send + Sync>;

/// A set of named checks, in the order in which they were added.
#[derive(Clone, Default)]
pub struct Checks(Arc<Inner>);

#[derive(Default)]
struct Inner {
    probes: RwLock<Vec<(String, Probe)>>,
    slis: OnceLock<Slis>,
}

/// What the checks said, as metrics of their own page
/// (`component-base/metrics/prometheus/slis`).
#[derive(Clone)]
pub struct Slis {
    registry: Registry,
    state: Arc<Numbers>,
    total: Arc<Numbers>,
}

impl Slis {
    /// The page of a process that began at this time.
    pub fn new(started_unix_seconds: f64) -> Self {
        let registry = Registry::new();
        let state = registry.gauge(
            "kubernetes_healthcheck",
            Stability::Stable,
            "This metric records the result of a single healthcheck.",
            &["name", "type"],
        );
        let total = registry.counter(
            "kubernetes_healthchecks_total",
            Stability::Stable,
            "This metric records the results of all healthcheck.",
            &["name", "type", "status"],
        );
        let start = registry.gauge(
            "process_start_time_seconds",
            Stability::Alpha,
            "Start time of the process since unix epoch in seconds.",
            &[],
        );
        start.with(&[]).set(started_unix_seconds);
        Self { registry, state, total }
    }

    fn observe(&self, name: &str, kind: &str, passed: bool) {
        self.state.with(&[name, kind]).set(f64::from(u8::from(passed)));
        let status = if passed { "success" } else { "error" };
        self.total.with(&[name, kind, status]).increment();
    }

    /// The page.
    pub fn print(&self) -> String {
        self.registry.print()
    }

    /// Forgets every number.
    pub fn reset(&self) {
        self.state.clear();
        self.total.clear();
    }
}

impl std::fmt::Debug for Checks {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.0.probes.read().iter().map(|(name, _)| name)).finish()
    }
}

/// A plain-text answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// HTTP code.
    pub code: u16,
    /// Body.
    pub body: String,
    /// Names of failed checks with the reasons, for the log.
    pub failed: Vec<(String, String)>,
}

impl Checks {
    /// Adds a check.
    pub fn add(
        &self,
        name: impl Into<String>,
        probe: impl Fn() -> Result<(), String> + Send + Sync + 'static,
    ) {
        self.0.probes.write().push((name.into(), Arc::new(probe)));
    }

    /// Adds the check of the lease of a part that is elected (`leaderelection.HealthzAdaptor`). A
    /// leader that cannot renew its lease ends its process, so one that answers holds it.
    pub fn leader_election(&self) {
        self.add("leaderElection", || Ok(()));
    }

    /// Notes from now on in these metrics what the checks say.
    pub fn record(&self, slis: &Slis) {
        self.0.slis.get_or_init(|| slis.clone());
    }

    /// Answers for the whole set: `kind` is `healthz`, `livez` or `readyz`
    /// (`server/healthz.handleRootHealth`).
    pub fn root(&self, kind: &str, verbose: bool, exclude: &[String]) -> Answer {
        // Writing to a string cannot fail.
        let mut lines = String::new();
        let mut failed = Vec::new();
        let mut unused: Vec<&String> = exclude.iter().collect();
        for (name, probe) in self.0.probes.read().iter() {
            if exclude.contains(name) {
                unused.retain(|excluded| *excluded != name);
                writeln!(lines, "[+]{name} excluded: ok").ok();
                continue;
            }
            let result = probe();
            if let Some(slis) = self.0.slis.get() {
                slis.observe(name, kind, result.is_ok());
            }
            match result {
                Ok(()) => {
                    writeln!(lines, "[+]{name} ok").ok();
                }
                Err(reason) => {
                    writeln!(lines, "[-]{name} failed: reason withheld").ok();
                    failed.push((name.clone(), reason));
                }
            }
        }
        if !unused.is_empty() {
            unused.sort();
            unused.dedup();
            let names: Vec<_> = unused.iter().map(|name| quote(name)).collect();
            let names = names.join(",");
            writeln!(lines, "warn: some health checks cannot be excluded: no matches for {names}")
                .ok();
        }
        if !failed.is_empty() {
            return Answer { code: 500, body: format!("{lines}{kind} check failed\n"), failed };
        }
        let body = if verbose { format!("{lines}{kind} check passed\n") } else { "ok".into() };
        Answer { code: 200, body, failed }
    }

    /// Answers for one check; `None` if there is none of that name.
    pub fn one(&self, name: &str) -> Option<Answer> {
        let probe = self.0.probes.read().iter().find(|(known, _)| known == name)?.1.clone();
        Some(match probe() {
            Ok(()) => Answer { code: 200, body: "ok".into(), failed: Vec::new() },
            Err(reason) => Answer {
                code: 500,
                body: format!("internal server error: {reason}\n"),
                failed: vec![(name.to_owned(), reason)],
            },
        })
    }

    /// Names of the checks, in order.
    pub fn names(&self) -> Vec<String> {
        self.0.probes.read().iter().map(|(name, _)| name.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(verbose: bool, exclude: &[&str], code: u16, body: &str) {
        let checks = Checks::default();
        checks.add("ping", || Ok(()));
        checks.add("etcd", || Err("no leader".into()));
        let exclude: Vec<String> = exclude.iter().map(|name| (*name).to_owned()).collect();
        let answer = checks.root("livez", verbose, &exclude);
        assert_eq!((answer.code, answer.body.as_str()), (code, body));
    }

    #[test]
    fn a_failure_is_always_verbose_and_withholds_the_reason() {
        check(false, &[], 500, "[+]ping ok\n[-]etcd failed: reason withheld\nlivez check failed\n");
    }

    #[test]
    fn results_are_counted_by_the_kind_that_was_asked_for() {
        let (checks, slis) = (Checks::default(), Slis::new(1.0));
        checks.record(&slis);
        checks.add("ping", || Ok(()));
        checks.add("etcd", || Err("no leader".into()));
        checks.root("livez", false, &["ping".to_owned()]);
        checks.root("readyz", false, &[]);
        let page = slis.print();
        for line in [
            "kubernetes_healthcheck{name=\"etcd\",type=\"livez\"} 0",
            "kubernetes_healthcheck{name=\"ping\",type=\"readyz\"} 1",
            "kubernetes_healthchecks_total{name=\"etcd\",type=\"readyz\",status=\"error\"} 1",
        ] {
            assert!(page.lines().any(|found| found == line), "{line} is not in\n{page}");
        }
        assert!(!page.contains("name=\"ping\",type=\"livez\""), "excluded checks are not asked");
    }

    #[test]
    fn excluded_checks_pass() {
        check(false, &["etcd"], 200, "ok");
        check(true, &["etcd"], 200, "[+]ping ok\n[+]etcd excluded: ok\nlivez check passed\n");
    }

    #[test]
    fn unknown_exclusions_are_named() {
        check(
            true,
            &["nope", "etcd", "a,b"],
            200,
            "[+]ping ok\n[+]etcd excluded: ok\nwarn: some health checks cannot be excluded: no \
             matches for \"a,b\",\"nope\"\nlivez check passed\n",
        );
    }
}
