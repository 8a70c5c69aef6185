//! Objects of the core group other than pods (`k8s.io/kubernetes/pkg/apis/core/v1`).

use pintle_machinery::Value;
use serde_json::json;

use super::{Fields, each, fill, fill_labels, fill_text, object, object_if, text};

/// `SetDefaults_ReplicationController`: selector and labels come from the template.
pub(super) fn replication_controller(controller: &mut Fields) {
    let spec = object(controller, "spec");
    fill(spec, "replicas", 1);
    let Some(labels) = spec.get("template").and_then(|t| t.pointer("/metadata/labels")).cloned()
    else {
        return;
    };
    if spec.get("selector").and_then(Value::as_object).is_none_or(serde_json::Map::is_empty) {
        spec.insert("selector".into(), labels.clone());
    }
    fill_labels(controller, &labels);
}

/// `SetDefaults_HostPathVolumeSource`: no check is made of what the path is.
pub(super) fn host_path(source: &mut Fields) {
    fill(source, "type", "");
}

/// `SetDefaults_Service`.
pub(super) fn service(service: &mut Fields) {
    let spec = object(service, "spec");
    fill_text(spec, "sessionAffinity", "None");
    session_affinity(spec);
    fill_text(spec, "type", "ClusterIP");
    for port in each(spec, "ports") {
        fill_text(port, "protocol", "TCP");
        let target = port.get("targetPort");
        if target.is_none_or(|t| t.is_null() || *t == json!(0) || *t == json!("")) {
            let number = port.get("port").cloned().unwrap_or(json!(0));
            port.insert("targetPort".into(), number);
        }
    }
    let kind = text(spec, "type").to_owned();
    let balanced = kind == "LoadBalancer";
    let external_ips = spec.get("externalIPs").and_then(Value::as_array);
    let external_ips = external_ips.is_some_and(|ips| !ips.is_empty());
    if balanced || kind == "NodePort" || (kind == "ClusterIP" && external_ips) {
        fill_text(spec, "externalTrafficPolicy", "Cluster");
    }
    if matches!(kind.as_str(), "NodePort" | "LoadBalancer" | "ClusterIP") {
        fill(spec, "internalTrafficPolicy", "Cluster");
    }
    if !balanced {
        return;
    }
    fill(spec, "allocateLoadBalancerNodePorts", true);
    let Some(status) = object_if(service, "status") else { return };
    let Some(balancer) = object_if(status, "loadBalancer") else { return };
    for ingress in each(balancer, "ingress") {
        if !text(ingress, "ip").is_empty() {
            fill(ingress, "ipMode", "VIP");
        }
    }
}

/// Affinity by client address lasts three hours; without affinity there is nothing to configure.
fn session_affinity(spec: &mut Fields) {
    match text(spec, "sessionAffinity") {
        "None" => drop(spec.remove("sessionAffinityConfig")),
        "ClientIP" => {
            let config = object(spec, "sessionAffinityConfig");
            fill(object(config, "clientIP"), "timeoutSeconds", 10_800);
        }
        _ => {}
    }
}

/// Ports without a protocol are TCP: `SetDefaults_Endpoints`, `SetDefaults_NetworkPolicyPort`.
pub(super) fn protocol_tcp(port: &mut Fields) {
    fill_text(port, "protocol", "TCP");
}

/// `SetDefaults_Secret`.
pub(super) fn secret(secret: &mut Fields) {
    fill_text(secret, "type", "Opaque");
}

/// `SetDefaults_PersistentVolume`.
pub(super) fn persistent_volume(volume: &mut Fields) {
    fill_text(object(volume, "status"), "phase", "Pending");
    let spec = object(volume, "spec");
    fill_text(spec, "persistentVolumeReclaimPolicy", "Retain");
    fill(spec, "volumeMode", "Filesystem");
}

/// `SetDefaults_PersistentVolumeClaim`.
pub(super) fn persistent_volume_claim(claim: &mut Fields) {
    fill_text(object(claim, "status"), "phase", "Pending");
}

/// `SetDefaults_PersistentVolumeClaimSpec`, also in templates.
pub(super) fn volume_mode(spec: &mut Fields) {
    fill(spec, "volumeMode", "Filesystem");
}

/// `SetDefaults_Namespace`: a namespace is labelled with its name.
pub(super) fn namespace(namespace: &mut Fields) {
    let metadata = object(namespace, "metadata");
    let name = text(metadata, "name").to_owned();
    if !name.is_empty() {
        object(metadata, "labels").insert("kubernetes.io/metadata.name".into(), name.into());
    }
    object(namespace, "status");
}

/// `SetDefaults_NamespaceStatus`.
pub(super) fn namespace_status(status: &mut Fields) {
    fill_text(status, "phase", "Active");
}

/// The first range is also among all ranges, and goes before them
/// (`core/v1.Convert_v1_NodeSpec_To_core_NodeSpec`).
pub(super) fn node_spec(spec: &mut Fields) {
    let first = text(spec, "podCIDR").to_owned();
    let known = spec.get("podCIDRs").and_then(|ranges| ranges.get(0)).and_then(Value::as_str);
    if !first.is_empty() && known != Some(&first) {
        spec.insert("podCIDRs".into(), vec![first].into());
    }
}

/// `SetDefaults_NodeStatus`: what a node has is what it gives away.
pub(super) fn node_status(status: &mut Fields) {
    if let Some(capacity) = status.get("capacity").cloned() {
        fill(status, "allocatable", capacity);
    }
}

/// `SetDefaults_LimitRangeItem`.
pub(super) fn limit_range_item(item: &mut Fields) {
    if text(item, "type") != "Container" {
        return;
    }
    for (to, from) in [("default", "max"), ("defaultRequest", "default"), ("defaultRequest", "min")]
    {
        let Some(Value::Object(known)) = item.get(from).cloned() else { continue };
        let target = object(item, to);
        for (resource, quantity) in known {
            target.entry(resource).or_insert(quantity);
        }
    }
    for list in ["default", "defaultRequest"] {
        if object_if(item, list).is_some_and(|quantities| quantities.is_empty()) {
            item.remove(list);
        }
    }
}
