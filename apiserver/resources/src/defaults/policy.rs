//! Rules of the smaller groups: discovery, networking, rbac, scheduling, storage, resource,
//! flowcontrol and authentication (each `k8s.io/kubernetes/pkg/apis/GROUP/v1`).

use serde_json::json;

use super::{Fields, fill, fill_number, fill_text, object, object_if, text};

/// The group that roles, users and groups belong to.
const RBAC: &str = "rbac.authorization.k8s.io";

/// `discovery/v1.SetDefaults_EndpointPort`.
pub(super) fn endpoint_port(port: &mut Fields) {
    fill(port, "name", "");
    fill(port, "protocol", "TCP");
}

/// `SetDefaults_NetworkPolicy`.
pub(super) fn network_policy(policy: &mut Fields) {
    let spec = object(policy, "spec");
    let filled = |spec: &Fields, name: &str| {
        spec.get(name).and_then(|list| list.as_array()).is_some_and(|list| !list.is_empty())
    };
    if !filled(spec, "policyTypes") {
        let types =
            if filled(spec, "egress") { json!(["Ingress", "Egress"]) } else { json!(["Ingress"]) };
        spec.insert("policyTypes".into(), types);
    }
}

/// `SetDefaults_IngressClass`.
pub(super) fn ingress_class(class: &mut Fields) {
    if let Some(parameters) = object_if(object(class, "spec"), "parameters") {
        fill(parameters, "scope", "Cluster");
    }
}

/// `SetDefaults_RoleBinding`, `SetDefaults_ClusterRoleBinding`.
pub(super) fn role_binding(binding: &mut Fields) {
    fill_text(object(binding, "roleRef"), "apiGroup", RBAC);
}

/// `SetDefaults_Subject`.
pub(super) fn subject(subject: &mut Fields) {
    if matches!(text(subject, "kind"), "User" | "Group") {
        fill_text(subject, "apiGroup", RBAC);
    }
}

/// `SetDefaults_PriorityClass`.
pub(super) fn priority_class(class: &mut Fields) {
    fill(class, "preemptionPolicy", "PreemptLowerPriority");
}

/// `SetDefaults_StorageClass`.
pub(super) fn storage_class(class: &mut Fields) {
    fill(class, "reclaimPolicy", "Delete");
    fill(class, "volumeBindingMode", "Immediate");
}

/// `SetDefaults_CSIDriver`.
pub(super) fn csi_driver(driver: &mut Fields) {
    let spec = object(driver, "spec");
    fill(spec, "attachRequired", true);
    fill(spec, "podInfoOnMount", false);
    fill(spec, "storageCapacity", false);
    fill(spec, "fsGroupPolicy", "ReadWriteOnceWithFSType");
    if spec.get("volumeLifecycleModes").and_then(|v| v.as_array()).is_none_or(Vec::is_empty) {
        spec.insert("volumeLifecycleModes".into(), json!(["Persistent"]));
    }
    fill(spec, "requiresRepublish", false);
    fill(spec, "seLinuxMount", false);
    fill(spec, "preventPodSchedulingIfMissing", false);
}

/// `SetDefaults_ExactDeviceRequest`, `SetDefaults_DeviceSubRequest`.
pub(super) fn device_request(request: &mut Fields) {
    fill_text(request, "allocationMode", "ExactCount");
    if text(request, "allocationMode") == "ExactCount" {
        fill_number(request, "count", 1);
    }
}

/// `SetDefaults_FlowSchemaSpec`.
pub(super) fn flow_schema_spec(spec: &mut Fields) {
    fill_number(spec, "matchingPrecedence", 1000);
}

/// `SetDefaults_ExemptPriorityLevelConfiguration`.
pub(super) fn exempt_priority_level(level: &mut Fields) {
    fill(level, "nominalConcurrencyShares", 0);
    fill(level, "lendablePercent", 0);
}

/// `SetDefaults_LimitedPriorityLevelConfiguration`.
pub(super) fn limited_priority_level(level: &mut Fields) {
    fill(level, "nominalConcurrencyShares", 30);
    fill(level, "lendablePercent", 0);
}

/// `SetDefaults_QueuingConfiguration`.
pub(super) fn queuing(configuration: &mut Fields) {
    fill_number(configuration, "handSize", 8);
    fill_number(configuration, "queues", 64);
    fill_number(configuration, "queueLengthLimit", 50);
}

/// `SetDefaults_TokenRequestSpec`.
pub(super) fn token_request_spec(spec: &mut Fields) {
    fill(spec, "expirationSeconds", 3600);
}
