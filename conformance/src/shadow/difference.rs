//! How two answers differ, by field.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde_json::Value;

/// Fields whose values are each server's own: times, counters, what is drawn by chance or assigned.
const OWN: &[&str] = &[
    "acquireTime",
    "clusterIP",
    "clusterIPs",
    "creationTimestamp",
    "continue",
    "deletionTimestamp",
    "healthCheckNodePort",
    "hostIP",
    "lastHeartbeatTime",
    "lastPhaseTransitionTime",
    "lastProbeTime",
    "lastTransitionTime",
    "lastUpdateTime",
    "metadata.name",
    "nodePort",
    "remainingItemCount",
    "renewTime",
    "resourceVersion",
    "startTime",
    "time",
    "token",
    "uid",
];

/// A way in which answers about a resource differ.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Difference {
    /// Resource and subresource.
    pub resource: String,
    /// Verb in the API's words.
    pub verb: String,
    /// Where, with positions in lists and keys in maps left out.
    pub path: String,
    /// How.
    pub kind: &'static str,
}

/// Differences and how often each was seen.
#[derive(Debug, Default)]
pub struct Table(BTreeMap<Difference, (usize, String)>);

impl Table {
    /// Notes a difference, with an example.
    pub(super) fn note(&mut self, difference: Difference, example: &str) {
        let entry = self.0.entry(difference).or_insert_with(|| (0, example.into()));
        entry.0 += 1;
    }

    /// The differences, a line each, without counts.
    pub fn lines(&self) -> BTreeSet<String> {
        let line = |d: &Difference| format!("{}\t{}\t{}\t{}", d.resource, d.verb, d.path, d.kind);
        self.0.keys().map(line).collect()
    }

    /// A table for a person.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for (d, (count, example)) in &self.0 {
            // Writing to a string cannot fail.
            writeln!(
                text,
                "{count:>5}  {:<10} {:<40} {} {}   {example}",
                d.verb, d.resource, d.path, d.kind
            )
            .ok();
        }
        text
    }
}

/// Calls `note` with the path of every difference, its kind and an example.
pub(super) fn compare(stock: &Value, ours: &Value, note: &mut dyn FnMut(&str, &'static str, &str)) {
    walk(stock, ours, &mut String::new(), note);
}

fn walk(
    stock: &Value,
    ours: &Value,
    path: &mut String,
    note: &mut dyn FnMut(&str, &'static str, &str),
) {
    match (stock, ours) {
        (Value::Object(a), Value::Object(b)) => {
            let keys: BTreeSet<&String> = a.keys().chain(b.keys()).collect();
            for key in keys {
                let length = path.len();
                enter(path, key);
                match (a.get(key), b.get(key)) {
                    (Some(a), Some(b)) => {
                        if !own(path) {
                            walk(a, b, path, note);
                        }
                    }
                    (Some(a), None) => note(path, "missing", &short(a)),
                    (None, Some(b)) => note(path, "added", &short(b)),
                    (None, None) => {}
                }
                path.truncate(length);
            }
        }
        (Value::Array(a), Value::Array(b)) => {
            if a.len() != b.len() {
                note(path, "length", &format!("{} {}", a.len(), b.len()));
            }
            let length = path.len();
            path.push_str("[]");
            for (a, b) in a.iter().zip(b) {
                walk(a, b, path, note);
            }
            path.truncate(length);
        }
        (a, b) if a != b => note(path, "differs", &format!("{} {}", short(a), short(b))),
        _ => {}
    }
}

/// Adds a key to a path; one that is data, not a field's name, is left out.
fn enter(path: &mut String, key: &str) {
    let field = key.chars().all(|c| c.is_ascii_alphanumeric()) || key.starts_with("f:");
    if !path.is_empty() {
        path.push('.');
    }
    path.push_str(if field { key } else { "*" });
}

fn own(path: &str) -> bool {
    let ends = |name: &&&str| {
        path.strip_suffix(**name).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    OWN.iter().any(|name| ends(&name))
}

fn short(value: &Value) -> String {
    const LENGTH: usize = 60;
    let text = value.to_string();
    text.chars().take(LENGTH).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::compare;

    #[track_caller]
    fn check(stock: Value, ours: Value, want: &[&str]) {
        let mut got = Vec::new();
        compare(&stock, &ours, &mut |path, kind, _| got.push(format!("{path} {kind}")));
        assert_eq!(got, want);
    }

    #[test]
    fn fields_are_compared_and_what_is_each_servers_own_is_not() {
        check(
            json!({"a": 1, "metadata": {"uid": "x"}}),
            json!({"a": 1, "metadata": {"uid": "y"}}),
            &[],
        );
        check(json!({"a": [1, {"b": 2}]}), json!({"a": [1, {"b": 3}]}), &["a[].b differs"]);
        check(json!({"a": 1}), json!({"b": 1}), &["a missing", "b added"]);
        check(
            json!({"metadata": {"uid": "x"}}),
            json!({"metadata": {}}),
            &["metadata.uid missing"],
        );
        check(json!({"a": {"x/y": 1}}), json!({"a": {"x/y": 2}}), &["a.* differs"]);
        check(json!([1]), json!([1, 2]), &[" length"]);
    }
}
