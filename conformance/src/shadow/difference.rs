//! How two answers differ, by field.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::LazyLock;

use regex::Regex;
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

/// Field managers of parts whose writes come when they come, and of which there are none without nodes.
const PARTS: &[&str] = &["kube-controller-manager", "kube-scheduler", "kubelet"];
/// Annotations, finalizers and the like that controllers add when they come to it.
const CONTROLLERS: &[&str] =
    &["deployment.kubernetes.io/", "pv.kubernetes.io/", "volume.kubernetes.io/"];
/// Fields that the scheduler and controllers fill in when they come to it. Who owns a part of the status
/// depends on whether they have said the same before.
const LATER: &[&str] =
    &["metadata.managedFields[].f:status", "spec.claimRef", "spec.nodeName", "spec.volumeName"];
/// Ends of names that are drawn by chance, uids, and addresses of services.
static CHANCE: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = "-----BEGIN (?s:.)+|X509SHA256=[0-9a-f]+|-[bcdfghjklmnpqrstvwxz2456789]{5}\\b|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\
                   |\\b10\\.\\d+\\.\\d+\\.\\d+\\b|\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z|\\b\\d+(\\.\\d+)?m?s\\b";
    Regex::new(pattern).expect("the pattern is constant")
});

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
                    _ if LATER.iter().any(|field| path.starts_with(field)) => {}
                    (Some(a), Some(b)) if key == "managedFields" => owners(a, b, path, note),
                    (Some(_), None) | (None, Some(_)) if of_controllers(key) => {}
                    (Some(a), None) if only_of_controllers(a) => {}
                    (None, Some(b)) if only_of_controllers(b) => {}
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
        (Value::String(a), Value::String(b)) if a == b || plain(a) == plain(b) => {}
        (a, b) if a != b => note(path, "differs", &format!("{} {}", short(a), short(b))),
        _ => {}
    }
}

/// Compares who owns what, but for parts that write in their own time. Entries stand in the order of
/// their times; they are matched by who wrote how.
fn owners(
    stock: &Value,
    ours: &Value,
    path: &mut String,
    note: &mut dyn FnMut(&str, &'static str, &str),
) {
    let (stock, ours) = (entries(stock), entries(ours));
    let length = path.len();
    path.push_str("[]");
    for (by, entry) in &stock {
        match ours.get(by) {
            Some(ours) => walk(&entry["fieldsV1"], &ours["fieldsV1"], path, note),
            None => note(path, "missing", &format!("{by:?}")),
        }
    }
    for by in ours.keys().filter(|by| !stock.contains_key(*by)) {
        note(path, "added", &format!("{by:?}"));
    }
    path.truncate(length);
}

/// Entries of managed fields by manager, operation, version and subresource.
fn entries(list: &Value) -> BTreeMap<[&str; 4], &Value> {
    const BY: [&str; 4] = ["manager", "operation", "apiVersion", "subresource"];
    let by = |entry| BY.map(|key| text(entry, key));
    let entries = list.as_array().into_iter().flatten().map(|entry| (by(entry), entry));
    entries
        .filter(|([manager, .., part], _)| !PARTS.contains(manager) && *part != "status")
        .collect()
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

/// Whether a key is one that controllers add, also as the name of a field that is owned.
fn of_controllers(key: &str) -> bool {
    let key = key.trim_start_matches("f:");
    CONTROLLERS.iter().any(|domain| key.starts_with(domain))
}

/// Whether there is nothing in a map but what controllers add, or nothing in a list of owners but
/// theirs.
fn only_of_controllers(value: &Value) -> bool {
    match value {
        Value::Object(fields) => {
            !fields.is_empty() && fields.keys().all(|key| key == "." || of_controllers(key))
        }
        Value::Array(items) => {
            !items.is_empty() && items.iter().all(|item| PARTS.contains(&text(item, "manager")))
        }
        _ => false,
    }
}

/// A text without what is drawn by chance.
fn plain(text: &str) -> Cow<'_, str> {
    CHANCE.replace_all(text, "?")
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

    #[test]
    fn owners_are_matched_by_who_wrote_how_and_parts_are_left_out() {
        let entry = |manager: &str, fields: Value| json!({"manager": manager, "operation": "Update", "fieldsV1": fields});
        let object = |entries: &[Value]| json!({"metadata": {"managedFields": entries}});
        let (a, b) = (entry("a", json!({"f:x": {}})), entry("b", json!({"f:y": {}})));
        let part = entry("kubelet", json!({"f:status": {}}));
        check(object(&[a.clone(), part.clone(), b.clone()]), object(&[b.clone(), a.clone()]), &[]);
        check(object(&[part]), json!({"metadata": {}}), &[]);
        check(
            object(&[a.clone(), b.clone()]),
            object(&[entry("a", json!({}))]),
            &["metadata.managedFields[].f:x missing", "metadata.managedFields[] missing"],
        );
    }

    #[test]
    fn what_chance_and_controllers_bring_is_not_compared() {
        check(
            json!({"name": "kube-api-access-x4k2b", "message": "pods \"a-2b4cd\" not found"}),
            json!({"name": "kube-api-access-zzzzz", "message": "pods \"a-b5b5b\" not found"}),
            &[],
        );
        let revision = json!({"annotations": {"deployment.kubernetes.io/revision": "1"}});
        check(json!({"metadata": revision}), json!({"metadata": {}}), &[]);
        check(json!({"spec": {"nodeName": "n"}}), json!({"spec": {}}), &[]);
        check(json!({"a": "b-cdfgh-x"}), json!({"a": "b-cdfgh-y"}), &["a differs"]);
    }
}
