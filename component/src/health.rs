//! Health endpoints: `/healthz` and its kin with `verbose`, `exclude` and a path per check.

use std::fmt::Write as _;
use std::sync::Arc;

use parking_lot::RwLock;

type Probe = Arc<dyn Fn() -> Result<(), String> + Send + Sync>;

/// A set of named checks, in the order in which they were added.
#[derive(Clone, Default)]
pub struct Checks(Arc<RwLock<Vec<(String, Probe)>>>);

impl std::fmt::Debug for Checks {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.0.read().iter().map(|(name, _)| name)).finish()
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
        self.0.write().push((name.into(), Arc::new(probe)));
    }

    /// Answers for the whole set: `kind` is `healthz`, `livez` or `readyz`
    /// (`server/healthz.handleRootHealth`).
    pub fn root(&self, kind: &str, verbose: bool, exclude: &[String]) -> Answer {
        // Writing to a string cannot fail.
        let mut lines = String::new();
        let mut failed = Vec::new();
        let mut unused: Vec<&String> = exclude.iter().collect();
        for (name, probe) in self.0.read().iter() {
            if exclude.contains(name) {
                unused.retain(|excluded| *excluded != name);
                writeln!(lines, "[+]{name} excluded: ok").ok();
                continue;
            }
            match probe() {
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
            let names: Vec<_> = unused.iter().map(|name| format!("{name:?}")).collect();
            let names = names.join(", ");
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
        let probe = self.0.read().iter().find(|(known, _)| known == name)?.1.clone();
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
        self.0.read().iter().map(|(name, _)| name.clone()).collect()
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
    fn excluded_checks_pass() {
        check(false, &["etcd"], 200, "ok");
        check(true, &["etcd"], 200, "[+]ping ok\n[+]etcd excluded: ok\nlivez check passed\n");
    }

    #[test]
    fn unknown_exclusions_are_named() {
        check(
            true,
            &["etcd", "nope"],
            200,
            "[+]ping ok\n[+]etcd excluded: ok\nwarn: some health checks cannot be excluded: no \
             matches for \"nope\"\nlivez check passed\n",
        );
    }
}
