//! The objects that the loads write, as large as objects of a real cluster.

use serde_json::{Value, json};

/// Where the objects are.
pub(crate) const NAMESPACE: &str = "/api/v1/namespaces/default";

/// Bytes of a config map's value: with its metadata about 1.5 KiB are stored.
const VALUE_BYTES: usize = 1200;

/// Name of a pod by its index.
pub(crate) fn pod_name(index: usize) -> String {
    format!("pod-{index:05}")
}

/// A pod that every part leaves alone: it asks for a scheduler that does not exist.
pub(crate) fn pod(index: usize) -> Value {
    let variables: Vec<Value> = (0..6)
        .map(|n| json!({"name": format!("SETTING_{n}"), "value": format!("value-{n}-of-{index}")}))
        .collect();
    let probe = json!({"httpGet": {"path": "/healthz", "port": 8080}, "periodSeconds": 10});
    json!({
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {
            "name": pod_name(index),
            "namespace": "default",
            "labels": {"app": "web", "tier": "front", "group": format!("g{}", index % 100)},
            "annotations": {"example.com/owner": "a team", "example.com/checksum": "0123456789abcdef"},
        },
        "spec": {
            "schedulerName": "none",
            "containers": [{
                "name": "main",
                "image": "registry.example/web:1.2.3",
                "ports": [{"name": "http", "containerPort": 8080}],
                "env": variables,
                "resources": {
                    "requests": {"cpu": "100m", "memory": "128Mi"},
                    "limits": {"memory": "256Mi"},
                },
                "readinessProbe": probe,
            }],
        },
    })
}

/// A config map of a size that is common.
pub(crate) fn config_map(index: usize) -> Value {
    json!({
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": {"name": format!("config-{index:05}"), "namespace": "default"},
        "data": {"settings": "x".repeat(VALUE_BYTES)},
    })
}
