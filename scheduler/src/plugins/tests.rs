use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value, json};

use super::PLUGINS;
use crate::node::{NodeInfo, PodInfo};
use crate::plugin::{Change, Cycle, Plugin};

fn pod(spec: Value) -> PodInfo {
    let object = json!({ "metadata": { "name": "p", "uid": "u" }, "spec": spec });
    PodInfo::new(Arc::new(serde_json::from_value(object).unwrap()))
}

fn node(given: Value) -> NodeInfo {
    let mut node = json!({
        "metadata": { "name": "n" },
        "status": { "allocatable": { "cpu": "4", "memory": "8Gi", "pods": "10" } },
    });
    for (field, value) in given.as_object().unwrap() {
        node[field] = value.clone();
    }
    NodeInfo::new(Arc::new(serde_json::from_value(node).unwrap()))
}

fn plugin(name: &str) -> &'static Plugin {
    PLUGINS.iter().find(|plugin| plugin.name == name).unwrap()
}

#[track_caller]
fn check(name: &str, spec: Value, on: Value, then: &[&str]) {
    let (mut pod, node) = (pod(spec), node(on));
    if pod.pod.spec.as_ref().unwrap().containers.is_empty() {
        pod.requests.pods = 0;
    }
    let images = BTreeMap::new();
    let cycle = Cycle { pod: &pod, node_count: 1, image_nodes: &images };
    assert_eq!(plugin(name).filter.unwrap()(&cycle, &node), then);
}

#[test]
fn untolerated_taints_keep_pods_off() {
    let tainted = json!({ "spec": { "taints": [
        { "key": "dedicated", "value": "a", "effect": "NoSchedule" },
        { "key": "soft", "effect": "PreferNoSchedule" },
    ] } });
    let refused = &["node(s) had untolerated taint(s)"];
    let with = |toleration: Value| json!({ "containers": [], "tolerations": [toleration] });
    let name = "TaintToleration";
    check(name, json!({ "containers": [] }), tainted.clone(), refused);
    check(name, with(json!({ "operator": "Exists" })), tainted.clone(), &[]);
    check(name, with(json!({ "key": "dedicated", "value": "a" })), tainted.clone(), &[]);
    check(name, with(json!({ "key": "dedicated", "value": "b" })), tainted.clone(), refused);
    let execute = json!({ "key": "dedicated", "operator": "Exists", "effect": "NoExecute" });
    check(name, with(execute), tainted, refused);
}

#[test]
fn cordoned_nodes_are_left_alone() {
    let cordoned = json!({ "spec": { "unschedulable": true } });
    check("NodeUnschedulable", json!({ "containers": [] }), json!({}), &[]);
    let refused = &["node(s) were unschedulable"];
    check("NodeUnschedulable", json!({ "containers": [] }), cordoned, refused);
}

#[test]
fn affinity_terms_are_alternatives_and_their_requirements_are_not() {
    let labelled = json!({ "metadata": { "name": "n", "labels": { "zone": "a", "cores": "8" } } });
    let wants = |terms: Value| {
        json!({ "containers": [], "affinity": { "nodeAffinity": {
            "requiredDuringSchedulingIgnoredDuringExecution": { "nodeSelectorTerms": terms },
        } } })
    };
    let zone = |value: &str| json!({ "key": "zone", "operator": "In", "values": [value] });
    let more = |value: &str| json!({ "key": "cores", "operator": "Gt", "values": [value] });
    let refused: &[&str] = &["node(s) didn't match Pod's node affinity/selector"];
    for (terms, then) in [
        (
            json!([{ "matchExpressions": [zone("b")] }, { "matchExpressions": [zone("a")] }]),
            &[][..],
        ),
        (json!([{ "matchExpressions": [zone("a"), more("7")] }]), &[]),
        (json!([{ "matchExpressions": [zone("a"), more("8")] }]), refused),
        (json!([{}]), refused),
        (
            json!([{ "matchFields": [{ "key": "metadata.name", "operator": "In", "values": ["n"] }] }]),
            &[],
        ),
        (
            json!([{ "matchExpressions": [{ "key": "x", "operator": "NotIn", "values": ["y"] }] }]),
            &[],
        ),
    ] {
        check("NodeAffinity", wants(terms), labelled.clone(), then);
    }
}

#[test]
fn what_a_node_lacks_is_named() {
    let asks = |requests: Value| json!({ "containers": [{ "name": "c", "resources": { "requests": requests } }] });
    let name = "NodeResourcesFit";
    check(name, asks(json!({ "cpu": "4" })), json!({}), &[]);
    let both = &["Insufficient cpu", "Insufficient memory"];
    check(name, asks(json!({ "cpu": "5", "memory": "9Gi" })), json!({}), both);
    let gpu = &["Insufficient example.com/gpu"];
    check(name, asks(json!({ "example.com/gpu": "1" })), json!({}), gpu);
    let full = json!({ "status": { "allocatable": { "pods": "0" } } });
    check(name, json!({ "containers": [] }), full, &["Too many pods"]);
}

#[test]
fn host_ports_meet_on_the_wildcard_address() {
    let port = |ip: &str| {
        json!({ "containers": [{ "name": "c",
            "ports": [{ "containerPort": 80, "hostPort": 80, "hostIP": ip }] }] })
    };
    let mut node = node(json!({}));
    let mut first = pod(port("127.0.0.1"));
    first.pod = Arc::new(serde_json::from_value(json!({ "metadata": { "uid": "1" } })).unwrap());
    node.add(Arc::new(first));
    let images = BTreeMap::new();
    for (ip, free) in [("127.0.0.1", false), ("", false), ("10.0.0.1", true)] {
        let pod = pod(port(ip));
        let cycle = Cycle { pod: &pod, node_count: 1, image_nodes: &images };
        assert_eq!(plugin("NodePorts").filter.unwrap()(&cycle, &node).is_empty(), free, "{ip}");
    }
}

#[test]
fn only_a_change_that_helps_requeues() {
    let pod = pod(json!({ "containers": [] }));
    let cordoned = node(json!({ "spec": { "unschedulable": true } }));
    let free = node(json!({}));
    let requeue = plugin("NodeUnschedulable").requeue_on;
    assert!(requeue(&pod, &Change::NodeUpdated { old: &cordoned, new: &free }));
    assert!(!requeue(&pod, &Change::NodeUpdated { old: &free, new: &free }));
    assert!(!requeue(&pod, &Change::NodeAdded(&cordoned)));
    assert!(!requeue(&pod, &Change::PodGone(&pod)));
}
