//! Measures stored pods to JSON: `cargo run --release --example transcode_bench [ROUNDS]`.

use std::fs;

use pintle_api::catalog;
use pintle_api::codec::transcode::{Header, protobuf_to_json};
use pintle_api::codec::{json, protobuf};
use serde_json::{Value, json};

/// So many that they do not fit into the processor's caches.
const PODS: usize = 10_000;
const ROUNDS: usize = 10;

fn main() {
    let message = catalog().kind("", "v1", "Pod").expect("pods are built in").message;
    let stored: Vec<Vec<u8>> = (0..PODS)
        .map(|index| {
            let (tree, _) = json::retype(message, &pod(index), true).expect("a pod is a pod");
            protobuf::encode(message, &tree)
        })
        .collect();
    let mut out = Vec::new();
    let mut best = u64::MAX;
    let mut bytes = 0;
    let rounds = std::env::args().nth(1).map_or(ROUNDS, |text| text.parse().expect("a number"));
    for _ in 0..rounds {
        let before = processor_nanoseconds();
        bytes = 0;
        for raw in &stored {
            out.clear();
            let header = Header { resource_version: "123456", ..Header::default() };
            protobuf_to_json(message, raw, header, &mut out).expect("stored pods can be read");
            bytes += out.len();
        }
        best = best.min(processor_nanoseconds() - before);
    }
    let (each, size) = (best / PODS as u64, bytes / PODS);
    let raw = stored.iter().map(Vec::len).sum::<usize>() / PODS;
    eprintln!("{raw} bytes stored, {size} of JSON: {each} ns, {} MB/s", size as u64 * 1000 / each);
}

/// What this thread has used of a processor, which other processes do not disturb.
fn processor_nanoseconds() -> u64 {
    let text = fs::read_to_string("/proc/thread-self/schedstat").expect("Linux counts this");
    let first = text.split_whitespace().next().expect("there are three numbers");
    first.parse().expect("it is a number")
}

/// A pod as it is stored: defaults filled in, and the fields of one manager.
fn pod(index: usize) -> Value {
    let names = (0..6).map(|n| (format!("SETTING_{n}"), format!("value-{n}-of-{index}")));
    let variables: Vec<Value> =
        names.map(|(name, value)| json!({"name": name, "value": value})).collect();
    let token = json!({
        "name": "kube-api-access-x7k2p",
        "readOnly": true,
        "mountPath": "/var/run/secrets/kubernetes.io/serviceaccount",
    });
    let toleration = |key: &str| json!({"key": key, "operator": "Exists", "effect": "NoExecute", "tolerationSeconds": 300});
    json!({
        "metadata": {
            "name": format!("pod-{index:05}"),
            "namespace": "default",
            "uid": format!("5a1f0c3e-7d1b-4c5e-9f6a-{index:012x}"),
            "generation": 1,
            "creationTimestamp": "2026-03-01T10:20:30Z",
            "labels": {"app": "web", "group": format!("g{}", index % 100), "tier": "front"},
            "annotations": {"example.com/checksum": "0123456789abcdef", "example.com/owner": "a team"},
            "managedFields": [{
                "manager": "pintle-bench",
                "operation": "Update",
                "apiVersion": "v1",
                "time": "2026-03-01T10:20:30Z",
                "fieldsType": "FieldsV1",
                "fieldsV1": managed(),
            }],
        },
        "spec": {
            "volumes": [{"name": "kube-api-access-x7k2p", "projected": {"defaultMode": 420, "sources": [
                {"serviceAccountToken": {"expirationSeconds": 3607, "path": "token"}},
                {"configMap": {"name": "kube-root-ca.crt", "items": [{"key": "ca.crt", "path": "ca.crt"}]}},
                {"downwardAPI": {"items": [{"path": "namespace",
                    "fieldRef": {"apiVersion": "v1", "fieldPath": "metadata.namespace"}}]}},
            ]}}],
            "containers": [{
                "name": "main",
                "image": "registry.example/web:1.2.3",
                "ports": [{"name": "http", "containerPort": 8080, "protocol": "TCP"}],
                "env": variables,
                "resources": {
                    "requests": {"cpu": "100m", "memory": "128Mi"},
                    "limits": {"memory": "256Mi"},
                },
                "volumeMounts": [token],
                "readinessProbe": {
                    "httpGet": {"path": "/healthz", "port": 8080, "scheme": "HTTP"},
                    "timeoutSeconds": 1, "periodSeconds": 10, "successThreshold": 1, "failureThreshold": 3,
                },
                "terminationMessagePath": "/dev/termination-log",
                "terminationMessagePolicy": "File",
                "imagePullPolicy": "IfNotPresent",
            }],
            "restartPolicy": "Always",
            "terminationGracePeriodSeconds": 30,
            "dnsPolicy": "ClusterFirst",
            "serviceAccountName": "default",
            "serviceAccount": "default",
            "securityContext": {},
            "schedulerName": "none",
            "tolerations": [toleration("node.kubernetes.io/not-ready"), toleration("node.kubernetes.io/unreachable")],
            "priority": 0,
            "enableServiceLinks": true,
            "preemptionPolicy": "PreemptLowerPriority",
        },
        "status": {"phase": "Pending", "qosClass": "Burstable"},
    })
}

fn managed() -> Value {
    let own = |fields: &[&str]| -> Value {
        fields.iter().map(|field| (format!("f:{field}"), json!({}))).collect()
    };
    let mut variables = serde_json::Map::from_iter([(".".to_owned(), json!({}))]);
    for n in 0..6 {
        let named = json!({".": {}, "f:name": {}, "f:value": {}});
        variables.insert(format!("k:{{\"name\":\"SETTING_{n}\"}}"), named);
    }
    let mut container = own(&[
        "image",
        "imagePullPolicy",
        "name",
        "terminationMessagePath",
        "terminationMessagePolicy",
    ]);
    container["."] = json!({});
    container["f:env"] = variables.into();
    container["f:ports"] = json!({
        ".": {}, "k:{\"containerPort\":8080,\"protocol\":\"TCP\"}":
        {".": {}, "f:containerPort": {}, "f:name": {}, "f:protocol": {}}});
    container["f:readinessProbe"] = json!({
        ".": {}, "f:failureThreshold": {}, "f:periodSeconds": {}, "f:successThreshold": {}, "f:timeoutSeconds": {},
        "f:httpGet": {".": {}, "f:path": {}, "f:port": {}, "f:scheme": {}}});
    container["f:resources"] = json!({".": {}, "f:limits": {".": {}, "f:memory": {}},
        "f:requests": {".": {}, "f:cpu": {}, "f:memory": {}}});
    let mut spec = own(&[
        "dnsPolicy",
        "enableServiceLinks",
        "restartPolicy",
        "schedulerName",
        "securityContext",
        "terminationGracePeriodSeconds",
    ]);
    spec["f:containers"] = json!({"k:{\"name\":\"main\"}": container});
    json!({
        "f:metadata": {
            "f:annotations": {".": {}, "f:example.com/checksum": {}, "f:example.com/owner": {}},
            "f:labels": {".": {}, "f:app": {}, "f:group": {}, "f:tier": {}},
        },
        "f:spec": spec,
    })
}
