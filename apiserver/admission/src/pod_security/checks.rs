//! The table of checks (`pod-security-admission/policy`).

use std::collections::BTreeSet;

use pintle_machinery::Value;
use pintle_machinery::json::quote;
use pintle_machinery::path::ValueExt as _;

use super::policy::{Level, Standard};

mod baseline;
mod restricted;

/// Metadata and spec of a pod or of a template.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pod<'a> {
    /// Whole object; `metadata` and `spec` are read.
    pub(super) object: &'a Value,
}

/// What is wrong with a pod.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Violation {
    /// Short reason.
    pub(super) reason: String,
    /// Where and what.
    pub(super) detail: String,
}

/// A check of one level; the version of the standard is an argument.
struct Check {
    /// Upstream's ID.
    id: &'static str,
    /// First minor version that has it.
    since: u32,
    /// Check of the other level that it replaces.
    replaces: &'static str,
    /// The check.
    run: fn(Pod<'_>, u32) -> Option<Violation>,
}

/// What a pod has against a standard, in order (`Evaluator.EvaluatePod`).
pub(super) fn evaluate(pod: Pod<'_>, standard: Standard) -> Vec<Violation> {
    let version = standard.version.minor();
    if standard.level == Level::Privileged {
        return Vec::new();
    }
    let strict = |check: &&Check| standard.level == Level::Restricted && check.since <= version;
    let replaced = |check: &&Check| {
        restricted::CHECKS.iter().filter(strict).any(|strict| strict.replaces == check.id)
    };
    let base = baseline::CHECKS.iter().filter(|check| check.since <= version);
    let base = base.filter(|check| !replaced(check));
    base.chain(restricted::CHECKS.iter().filter(strict))
        .filter_map(|check| (check.run)(pod, version))
        .collect()
}

/// The reasons (`AggregateCheckResult.ForbiddenReason`).
pub(super) fn reasons(violations: &[Violation]) -> String {
    let reasons: Vec<_> = violations.iter().map(|violation| violation.reason.as_str()).collect();
    reasons.join(", ")
}

/// The reasons with their details (`AggregateCheckResult.ForbiddenDetail`).
pub(super) fn details(violations: &[Violation]) -> String {
    let told = violations.iter().map(|Violation { reason, detail }| {
        if detail.is_empty() { reason.clone() } else { format!("{reason} ({detail})") }
    });
    told.collect::<Vec<_>>().join(", ")
}

impl<'a> Pod<'a> {
    /// A value of the spec.
    fn spec(self, path: &[&str]) -> Option<&'a Value> {
        self.object.at(&["spec"])?.at(path)
    }

    /// A value of the pod's security context.
    fn security(self, path: &[&str]) -> Option<&'a Value> {
        self.spec(&["securityContext"])?.at(path)
    }

    /// Volumes.
    fn volumes(self) -> &'a [Value] {
        self.object.list_at(&["spec", "volumes"])
    }

    /// Annotations.
    fn annotation(self, name: &str) -> Option<&'a str> {
        self.object.str_at(&["metadata", "annotations", name])
    }

    /// All containers, in upstream's order (`visitContainers`).
    fn containers(self) -> impl Iterator<Item = &'a Value> {
        let lists = ["initContainers", "containers", "ephemeralContainers"];
        lists.into_iter().flat_map(move |list| self.object.list_at(&["spec", list]))
    }

    /// Names of the containers of which `bad` is true.
    fn bad(self, mut bad: impl FnMut(&'a Value) -> bool) -> Vec<&'a str> {
        let bad = self.containers().filter(|container| bad(container));
        bad.map(|container| container.str_at(&["name"]).unwrap_or("")).collect()
    }

    /// Runs on Windows.
    fn windows(self) -> bool {
        self.spec(&["os", "name"]).is_some_and(|os| os == "windows")
    }

    /// Has users of its own (`relaxPolicyForUserNamespacePod`).
    fn own_users(self) -> bool {
        self.spec(&["hostUsers"]) == Some(&Value::Bool(false))
    }
}

/// A violation.
fn violation(reason: &str, detail: impl Into<String>) -> Option<Violation> {
    Some(Violation { reason: reason.into(), detail: detail.into() })
}

/// `"a", "b"`.
fn join<S: AsRef<str>>(items: impl IntoIterator<Item = S>) -> String {
    let quoted: Vec<_> = items.into_iter().map(|item| format!("\"{}\"", item.as_ref())).collect();
    quoted.join(", ")
}

fn plural<'a>(one: &'a str, many: &'a str, count: usize) -> &'a str {
    if count == 1 { one } else { many }
}

/// `container "a"` or `containers "a", "b"`.
fn containers(names: &[&str]) -> String {
    format!("{} {}", plural("container", "containers", names.len()), join(names))
}

/// Who set something bad: the pod, containers, or both.
fn setters(pod: bool, names: &[&str]) -> Option<String> {
    match (pod, names) {
        (false, []) => None,
        (true, []) => Some("pod".into()),
        (false, names) => Some(containers(names)),
        (true, names) => Some(format!("pod and {}", containers(names))),
    }
}

/// A profile type of pod or container that is not in the list; the bad values are gathered.
fn bad_type(profile: Option<&Value>, allowed: &[&str], bad: &mut BTreeSet<String>) -> bool {
    let Some(profile) = profile else { return false };
    let kind = profile.str_at(&["type"]).unwrap_or("");
    if allowed.contains(&kind) {
        return false;
    }
    bad.insert(kind.to_owned());
    true
}

/// `name="value"`.
fn assignment(name: &str, value: &str) -> String {
    format!("{name}={}", quote(value))
}
