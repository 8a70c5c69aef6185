//! Objects in one line: a kind, a name, and what matters about it.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use pintle_controllers::object::set;
use pintle_controllers::{Key, Tables};
use serde_json::{Value, json};

/// Puts the object of a line into its table. Words are `field=value`, with short names for what is
/// common, or flags; any other `path=value` sets that path to JSON or text.
pub(crate) fn add(tables: &mut Tables, line: &str, now: Timestamp) {
    let mut words = line.split_whitespace();
    let (kind, name) = (words.next().unwrap(), words.next().unwrap());
    let (plural, mut object) = base(kind, name);
    for word in words {
        match word.split_once('=') {
            Some((field, value)) => field_of(&mut object, tables, (field, value), now),
            None => flag_of(&mut object, word, now),
        }
    }
    let key = Key::of(&object);
    tables.of_mut(plural).set(&key, Some(Arc::new(object)));
}

fn base(kind: &str, name: &str) -> (&'static str, Value) {
    let selector = json!({"matchLabels": {"app": "web"}});
    let template = json!({
        "metadata": {"labels": {"app": "web"}}, "spec": {"containers": [{"name": "c"}]},
    });
    let (plural, kind, version, spec) = match kind {
        "pod" => ("pods", "Pod", "v1", json!({})),
        "node" => ("nodes", "Node", "v1", json!({})),
        "rs" => (
            "replicasets",
            "ReplicaSet",
            "apps/v1",
            json!({"selector": selector, "template": template}),
        ),
        "deploy" => {
            let strategy = json!({
                "type": "RollingUpdate",
                "rollingUpdate": {"maxSurge": "25%", "maxUnavailable": "25%"},
            });
            let spec = json!({
                "selector": selector, "template": template, "strategy": strategy, "replicas": 1,
                "revisionHistoryLimit": 10, "progressDeadlineSeconds": 600,
            });
            ("deployments", "Deployment", "apps/v1", spec)
        }
        "ds" => {
            let strategy = json!({
                "type": "RollingUpdate",
                "rollingUpdate": {"maxSurge": 0, "maxUnavailable": 1},
            });
            let spec = json!({
                "selector": selector, "template": template, "updateStrategy": strategy,
                "revisionHistoryLimit": 10,
            });
            ("daemonsets", "DaemonSet", "apps/v1", spec)
        }
        "revision" => ("controllerrevisions", "ControllerRevision", "apps/v1", Value::Null),
        "job" => {
            let spec = json!({
                "selector": selector, "template": template, "parallelism": 1, "completions": 1,
                "backoffLimit": 6,
            });
            ("jobs", "Job", "batch/v1", spec)
        }
        "service" => {
            let spec = json!({
                "selector": {"app": "web"}, "ipFamilies": ["IPv4"], "clusterIP": "10.0.0.1",
                "ports": [{"name": "", "port": 80, "targetPort": 8080, "protocol": "TCP"}],
            });
            ("services", "Service", "v1", spec)
        }
        "lease" => ("leases", "Lease", "coordination.k8s.io/v1", json!({})),
        other => panic!("no notation for {other}"),
    };
    let mut meta = json!({"name": name, "uid": format!("uid-{name}"), "resourceVersion": "1"});
    if kind != "Node" {
        meta["namespace"] = if kind == "Lease" { "kube-node-lease" } else { "default" }.into();
    }
    if kind == "Pod" {
        meta["labels"] = json!({"app": "web"});
    }
    let mut object = json!({"kind": kind, "apiVersion": version, "metadata": meta});
    if !spec.is_null() {
        object["spec"] = spec;
    }
    (plural, object)
}

fn ago(now: Timestamp, seconds: &str) -> String {
    let seconds: i64 = seconds.trim_end_matches('s').parse().unwrap();
    (now - SignedDuration::from_secs(seconds)).strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn put_condition(object: &mut Value, kind: &str, status: &str, since: String) {
    let condition = json!({"type": kind, "status": status, "lastTransitionTime": since});
    match object["status"]["conditions"].as_array_mut() {
        Some(conditions) => conditions.push(condition),
        None => object["status"]["conditions"] = json!([condition]),
    }
}

fn flag_of(object: &mut Value, flag: &str, now: Timestamp) {
    match flag {
        "ready" => put_condition(object, "Ready", "True", ago(now, "3600")),
        "unready" => put_condition(object, "Ready", "False", ago(now, "3600")),
        "silent" => put_condition(object, "Ready", "Unknown", ago(now, "3600")),
        "going" => object["metadata"]["deletionTimestamp"] = ago(now, "1").into(),
        "tracked" => {
            object["metadata"]["finalizers"] = json!(["batch.kubernetes.io/job-tracking"]);
        }
        "stranger" => object["metadata"]["labels"] = json!({"app": "other"}),
        "old-template" => {
            object["spec"]["template"]["spec"]["containers"][0]["image"] = "old".into();
        }
        "current" => {
            let mut template = base("ds", "x").1["spec"]["template"].clone();
            template["$patch"] = "replace".into();
            object["data"] = json!({"spec": {"template": template}});
            object["metadata"]["labels"] = json!({"app": "web", "controller-revision-hash": "now"});
        }
        other => panic!("no flag {other}"),
    }
}

fn field_of(object: &mut Value, tables: &Tables, (field, value): (&str, &str), now: Timestamp) {
    match field {
        "owner" => {
            let owner = ["replicasets", "deployments", "daemonsets", "jobs"]
                .iter()
                .find_map(|plural| tables.of(plural).get(&Key::new("default", value)))
                .unwrap_or_else(|| panic!("{value} must come before what it owns"));
            object["metadata"]["ownerReferences"] = json!([{
                "apiVersion": owner["apiVersion"], "kind": owner["kind"], "name": value,
                "uid": owner["metadata"]["uid"], "controller": true,
            }]);
        }
        "replicas" => object["spec"]["replicas"] = value.parse::<i64>().unwrap().into(),
        "node" => object["spec"]["nodeName"] = value.into(),
        "phase" => object["status"]["phase"] = value.into(),
        "ip" => {
            object["status"]["podIP"] = value.into();
            object["status"]["podIPs"] = json!([{"ip": value}]);
        }
        "age" => object["metadata"]["creationTimestamp"] = ago(now, value).into(),
        "ready-for" => put_condition(object, "Ready", "True", ago(now, value)),
        "hash" => object["metadata"]["labels"]["controller-revision-hash"] = value.into(),
        "revision" => {
            object["metadata"]["annotations"]["deployment.kubernetes.io/revision"] = value.into();
        }
        "of" => {
            let annotations = &mut object["metadata"]["annotations"];
            let (desired, most) = value.split_once('/').unwrap();
            annotations["deployment.kubernetes.io/desired-replicas"] = desired.into();
            annotations["deployment.kubernetes.io/max-replicas"] = most.into();
        }
        "taint" => {
            let (key, effect) = value.split_once(':').unwrap();
            object["spec"]["taints"] = json!([{"key": key, "effect": effect}]);
        }
        path => {
            let value: Value = serde_json::from_str(value).unwrap_or_else(|_| value.into());
            set(object, path, value);
        }
    }
}
