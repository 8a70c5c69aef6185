//! Defaults that depend on other fields, by message: what upstream's `SetDefaults_*` functions do.
//!
//! The engine walks an object along its schema, parents before children. At each message it first
//! applies the rule found here, then the constants that the schema itself declares. One rule serves
//! every resource in which the message occurs.

mod admissionregistration;
mod apps;
mod autoscaling;
mod batch;
mod core;
mod pod;
mod policy;

use pintle_machinery::path::ValueExt;
use pintle_machinery::{Map, Value};

/// An object's fields.
type Fields = Map<String, Value>;

/// Leaves out what a stored object of a message shows to no reader: external names have no traffic to
/// route within (`registry/core/service/storage.defaultOnReadInternalTrafficPolicy`).
pub fn hide(message: &str, object: &mut Value) {
    if message == "io.k8s.api.core.v1.Service"
        && object.str_at(&["spec", "type"]) == Some("ExternalName")
    {
        object.remove_at(&["spec", "internalTrafficPolicy"]);
    }
}

/// Fills in what the message leaves to other fields.
pub type Rule = fn(&mut Fields);

/// The rules by message, sorted by name.
static RULES: &[(&str, Rule)] = &[
    ("io.k8s.api.admissionregistration.v1.MatchResources", admissionregistration::match_resources),
    (
        "io.k8s.api.admissionregistration.v1.MutatingAdmissionPolicySpec",
        admissionregistration::policy_spec,
    ),
    (
        "io.k8s.api.admissionregistration.v1.MutatingWebhook",
        admissionregistration::mutating_webhook,
    ),
    ("io.k8s.api.admissionregistration.v1.Rule", admissionregistration::rule),
    ("io.k8s.api.admissionregistration.v1.RuleWithOperations", admissionregistration::rule),
    (
        "io.k8s.api.admissionregistration.v1.ServiceReference",
        admissionregistration::service_reference,
    ),
    (
        "io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicySpec",
        admissionregistration::policy_spec,
    ),
    (
        "io.k8s.api.admissionregistration.v1.ValidatingWebhook",
        admissionregistration::validating_webhook,
    ),
    ("io.k8s.api.apps.v1.DaemonSet", apps::daemon_set),
    ("io.k8s.api.apps.v1.Deployment", apps::deployment),
    ("io.k8s.api.apps.v1.ReplicaSet", apps::replica_set),
    ("io.k8s.api.apps.v1.StatefulSet", apps::stateful_set),
    ("io.k8s.api.authentication.v1.TokenRequestSpec", policy::token_request_spec),
    ("io.k8s.api.autoscaling.v2.HorizontalPodAutoscaler", autoscaling::horizontal_pod_autoscaler),
    ("io.k8s.api.batch.v1.CronJob", batch::cron_job),
    ("io.k8s.api.batch.v1.Job", batch::job),
    ("io.k8s.api.batch.v1.PodFailurePolicyOnPodConditionsPattern", batch::pod_condition_pattern),
    ("io.k8s.api.core.v1.ConfigMapVolumeSource", pod::mode_0644),
    ("io.k8s.api.core.v1.Container", pod::container),
    ("io.k8s.api.core.v1.DownwardAPIVolumeSource", pod::mode_0644),
    ("io.k8s.api.core.v1.EndpointPort", core::protocol_tcp),
    ("io.k8s.api.core.v1.EphemeralContainer", pod::container),
    ("io.k8s.api.core.v1.HTTPGetAction", pod::http_get),
    ("io.k8s.api.core.v1.HostPathVolumeSource", core::host_path),
    ("io.k8s.api.core.v1.LimitRangeItem", core::limit_range_item),
    ("io.k8s.api.core.v1.Namespace", core::namespace),
    ("io.k8s.api.core.v1.NamespaceStatus", core::namespace_status),
    ("io.k8s.api.core.v1.NodeSpec", core::node_spec),
    ("io.k8s.api.core.v1.NodeStatus", core::node_status),
    ("io.k8s.api.core.v1.ObjectFieldSelector", pod::object_field_selector),
    ("io.k8s.api.core.v1.PersistentVolume", core::persistent_volume),
    ("io.k8s.api.core.v1.PersistentVolumeClaim", core::persistent_volume_claim),
    ("io.k8s.api.core.v1.PersistentVolumeClaimSpec", core::volume_mode),
    ("io.k8s.api.core.v1.Pod", pod::pod),
    ("io.k8s.api.core.v1.PodSpec", pod::pod_spec),
    ("io.k8s.api.core.v1.PodStatus", pod::pod_status),
    ("io.k8s.api.core.v1.Probe", pod::probe),
    ("io.k8s.api.core.v1.ProjectedVolumeSource", pod::mode_0644),
    ("io.k8s.api.core.v1.ReplicationController", core::replication_controller),
    ("io.k8s.api.core.v1.Secret", core::secret),
    ("io.k8s.api.core.v1.SecretVolumeSource", pod::mode_0644),
    ("io.k8s.api.core.v1.Service", core::service),
    ("io.k8s.api.core.v1.ServiceAccountTokenProjection", pod::token_projection),
    ("io.k8s.api.core.v1.Volume", pod::volume),
    ("io.k8s.api.discovery.v1.EndpointPort", policy::endpoint_port),
    ("io.k8s.api.flowcontrol.v1.ExemptPriorityLevelConfiguration", policy::exempt_priority_level),
    ("io.k8s.api.flowcontrol.v1.FlowSchemaSpec", policy::flow_schema_spec),
    ("io.k8s.api.flowcontrol.v1.LimitedPriorityLevelConfiguration", policy::limited_priority_level),
    ("io.k8s.api.flowcontrol.v1.QueuingConfiguration", policy::queuing),
    ("io.k8s.api.networking.v1.IngressClass", policy::ingress_class),
    ("io.k8s.api.networking.v1.NetworkPolicy", policy::network_policy),
    ("io.k8s.api.networking.v1.NetworkPolicyPort", core::protocol_tcp),
    ("io.k8s.api.rbac.v1.ClusterRoleBinding", policy::role_binding),
    ("io.k8s.api.rbac.v1.RoleBinding", policy::role_binding),
    ("io.k8s.api.rbac.v1.Subject", policy::subject),
    ("io.k8s.api.resource.v1.DeviceSubRequest", policy::device_request),
    ("io.k8s.api.resource.v1.ExactDeviceRequest", policy::device_request),
    ("io.k8s.api.scheduling.v1.PriorityClass", policy::priority_class),
    ("io.k8s.api.storage.v1.CSIDriver", policy::csi_driver),
    ("io.k8s.api.storage.v1.StorageClass", policy::storage_class),
    (
        "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionSpec",
        admissionregistration::definition_spec,
    ),
    (
        "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.ServiceReference",
        admissionregistration::service_reference,
    ),
    (
        "io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.ServiceReference",
        admissionregistration::service_reference,
    ),
];

/// The rule of a message, by its OpenAPI name.
pub fn rule(message: &str) -> Option<Rule> {
    RULES.binary_search_by_key(&message, |(name, _)| name).ok().map(|at| RULES[at].1)
}

/// Sets a field that is absent or null.
fn fill(fields: &mut Fields, name: &str, value: impl Into<Value>) {
    if fields.get(name).is_none_or(Value::is_null) {
        fields.insert(name.to_owned(), value.into());
    }
}

/// Sets a string field that is absent or empty.
fn fill_text(fields: &mut Fields, name: &str, value: &str) {
    if text(fields, name).is_empty() {
        fields.insert(name.to_owned(), value.into());
    }
}

/// Sets a number field that is absent or zero.
fn fill_number(fields: &mut Fields, name: &str, value: i64) {
    if fields.get(name).and_then(Value::as_i64).unwrap_or(0) == 0 {
        fields.insert(name.to_owned(), value.into());
    }
}

/// Gives an object without labels these.
fn fill_labels(fields: &mut Fields, labels: &Value) {
    let metadata = object(fields, "metadata");
    if metadata.get("labels").and_then(Value::as_object).is_none_or(Map::is_empty) {
        metadata.insert("labels".to_owned(), labels.clone());
    }
}

/// A string field; empty if absent.
fn text<'a>(fields: &'a Fields, name: &str) -> &'a str {
    fields.get(name).and_then(Value::as_str).unwrap_or("")
}

/// A field that holds an object, made if it is absent or null.
fn object<'a>(fields: &'a mut Fields, name: &str) -> &'a mut Fields {
    let value = fields.entry(name).or_insert(Value::Null);
    if !value.is_object() {
        *value = Value::Object(Fields::new());
    }
    value.as_object_mut().expect("the value was made an object")
}

/// A field that holds an object, if it is there.
fn object_if<'a>(fields: &'a mut Fields, name: &str) -> Option<&'a mut Fields> {
    fields.get_mut(name).and_then(Value::as_object_mut)
}

/// The objects of a list field; none if it is absent.
fn each<'a>(fields: &'a mut Fields, name: &str) -> impl Iterator<Item = &'a mut Fields> {
    let list = fields.get_mut(name).and_then(Value::as_array_mut);
    list.into_iter().flatten().filter_map(Value::as_object_mut)
}

#[cfg(test)]
mod tests;
