//! The admission table: one file per plugin.

mod always_pull_images;
mod certificate_approval;
mod certificate_signing;
mod certificate_subject_restriction;
mod cluster_trust_bundle_attest;
mod csr;
mod default_ingress_class;
mod default_storage_class;
mod default_toleration_seconds;
mod deny_service_external_ips;
mod limit_ranger;
mod namespace_lifecycle;
mod node_declared_feature_validator;
mod node_restriction;
mod owner_references_permission_enforcement;
mod persistent_volume_claim_resize;
mod pod_resize_validator;
mod pod_security;
mod pod_topology_labels;
mod priority;
mod resource_quota;
mod resources;
mod runtime_class;
mod service_account;
mod signer;
mod storage_object_in_use_protection;
mod taint_nodes_by_condition;

use pintle_engine::admission::{Attributes, Plugin};
use pintle_machinery::status::GroupResource;
use pintle_machinery::status::Status;

/// The plugins, in the order in which upstream runs them (`options.AllOrderedPlugins`).
pub static PLUGINS: &[Plugin] = &[
    namespace_lifecycle::PLUGIN,
    limit_ranger::PLUGIN,
    service_account::PLUGIN,
    node_restriction::PLUGIN,
    taint_nodes_by_condition::PLUGIN,
    always_pull_images::PLUGIN,
    pod_security::PLUGIN,
    priority::PLUGIN,
    default_toleration_seconds::PLUGIN,
    default_storage_class::PLUGIN,
    storage_object_in_use_protection::PLUGIN,
    owner_references_permission_enforcement::PLUGIN,
    persistent_volume_claim_resize::PLUGIN,
    runtime_class::PLUGIN,
    certificate_approval::PLUGIN,
    certificate_signing::PLUGIN,
    cluster_trust_bundle_attest::PLUGIN,
    certificate_subject_restriction::PLUGIN,
    default_ingress_class::PLUGIN,
    deny_service_external_ips::PLUGIN,
    pod_topology_labels::PLUGIN,
    node_declared_feature_validator::PLUGIN,
    pod_resize_validator::PLUGIN,
    resource_quota::PLUGIN,
];

/// Names of upstream's plugins, in its order, whether or not they are here
/// (`kubeapiserver/options.AllOrderedPlugins`).
pub const NAMES: &[&str] = &[
    "AlwaysAdmit",
    "NamespaceAutoProvision",
    "NamespaceLifecycle",
    "NamespaceExists",
    "LimitPodHardAntiAffinityTopology",
    "LimitRanger",
    "ServiceAccount",
    "NodeRestriction",
    "TaintNodesByCondition",
    "AlwaysPullImages",
    "ImagePolicyWebhook",
    "PodSecurity",
    "PodNodeSelector",
    "Priority",
    "DefaultTolerationSeconds",
    "PodTolerationRestriction",
    "EventRateLimit",
    "ExtendedResourceToleration",
    "DefaultStorageClass",
    "StorageObjectInUseProtection",
    "PodGroupProtection",
    "OwnerReferencesPermissionEnforcement",
    "PersistentVolumeClaimResize",
    "RuntimeClass",
    "CertificateApproval",
    "CertificateSigning",
    "ClusterTrustBundleAttest",
    "CertificateSubjectRestriction",
    "DefaultIngressClass",
    "DenyServiceExternalIPs",
    "PodTopologyLabels",
    "NodeDeclaredFeatureValidator",
    "PodResizeValidator",
    "MutatingAdmissionPolicy",
    "MutatingAdmissionWebhook",
    "ValidatingAdmissionPolicy",
    "ValidatingAdmissionWebhook",
    "ResourceQuota",
    "AlwaysDeny",
];

/// A plugin's refusal (`admission.NewForbidden`).
fn forbidden(attributes: &Attributes<'_>, reason: impl std::fmt::Display) -> Status {
    let resource = GroupResource::new(attributes.group, attributes.resource);
    Status::forbidden(resource, attributes.shown_name, reason)
}

/// Whether the write is to the object itself of this resource.
fn is(attributes: &Attributes<'_>, group: &str, resource: &str) -> bool {
    attributes.group == group
        && attributes.resource == resource
        && attributes.subresource.is_empty()
}

#[cfg(test)]
mod tests;
