//! What a fake node says of itself.

use jiff::Timestamp;
use pintle_client::seconds_time;
use serde_json::{Value, json};

/// Label and annotation that tell a fake node from a real one.
pub(crate) const MARK: &str = "pintle.dev/fake-node";

/// Name of the node of an index.
pub(crate) fn name(index: u32) -> String {
    format!("fake-{index}")
}

/// Its address, one of loopback's: nobody but this host can be reached by mistake.
pub(super) fn address(index: u32) -> String {
    format!("127.1.{}.{}", index / 250 % 256, index % 250 + 1)
}

/// The Node object.
pub(super) fn object(index: u32, now: Timestamp) -> Value {
    let name = name(index);
    let resources = json!({
        "cpu": "32", "memory": "256Gi", "ephemeral-storage": "1Ti", "pods": "110",
    });
    json!({
        "apiVersion": "v1", "kind": "Node",
        "metadata": {
            "name": name,
            "labels": {
                MARK: "true", "kubernetes.io/hostname": name,
                "kubernetes.io/os": "linux", "kubernetes.io/arch": "amd64",
            },
            "annotations": { MARK: "true" },
        },
        "status": {
            "capacity": resources, "allocatable": resources,
            "addresses": [
                { "type": "InternalIP", "address": address(index) },
                { "type": "Hostname", "address": name },
            ],
            "conditions": conditions(now),
            "nodeInfo": {
                "kubeletVersion": "fake", "containerRuntimeVersion": "fake", "osImage": "none",
                "kernelVersion": "none", "operatingSystem": "linux", "architecture": "amd64",
                "machineID": "", "systemUUID": "", "bootID": "", "kubeProxyVersion": "",
            },
        },
    })
}

fn conditions(now: Timestamp) -> Value {
    let time = seconds_time(now);
    let condition = |kind: &str, status: &str, reason: &str, message: &str| {
        json!({
            "type": kind, "status": status, "reason": reason, "message": message,
            "lastHeartbeatTime": time, "lastTransitionTime": time,
        })
    };
    let fine = |kind: &str, reason: &str| condition(kind, "False", reason, "this node is not real");
    json!([
        fine("MemoryPressure", "KubeletHasSufficientMemory"),
        fine("DiskPressure", "KubeletHasNoDiskPressure"),
        fine("PIDPressure", "KubeletHasSufficientPID"),
        condition("Ready", "True", "KubeletReady", "this node is not real"),
    ])
}
