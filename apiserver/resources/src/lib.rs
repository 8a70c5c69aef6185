//! The resource table: one file per resource.

pub mod admissionregistration;
pub mod apiextensions;
pub mod apiregistration;
pub mod apps;
pub mod autoscaling;
pub mod batch;
pub mod certificates;
pub mod coordination;
pub mod core;
pub mod defaults;
pub mod discovery;
pub mod flowcontrol;
pub mod networking;
pub mod node;
mod node_labels;
pub mod policy;
mod print;
pub mod rbac;
pub mod resource;
pub mod scheduling;
mod selectors;
mod status;
pub mod storage;
pub mod storagemigration;
mod workload;

use pintle_api::Resource as Served;
use pintle_engine::Resource;

/// The resource table. A catalog resource without a row behaves as [`Resource::DEFAULT`].
pub static RESOURCES: &[&Resource] = &[
    &admissionregistration::mutatingadmissionpolicies::MUTATING_ADMISSION_POLICIES,
    &admissionregistration::mutatingadmissionpolicybindings::MUTATING_ADMISSION_POLICY_BINDINGS,
    &admissionregistration::mutatingwebhookconfigurations::MUTATING_WEBHOOK_CONFIGURATIONS,
    &admissionregistration::validatingadmissionpolicies::VALIDATING_ADMISSION_POLICIES,
    &admissionregistration::validatingadmissionpolicybindings::VALIDATING_ADMISSION_POLICY_BINDINGS,
    &admissionregistration::validatingwebhookconfigurations::VALIDATING_WEBHOOK_CONFIGURATIONS,
    &apiextensions::customresourcedefinitions::CUSTOM_RESOURCE_DEFINITIONS,
    &apiregistration::apiservices::API_SERVICES,
    &autoscaling::horizontalpodautoscalers::HORIZONTAL_POD_AUTOSCALERS,
    &certificates::certificatesigningrequests::CERTIFICATE_SIGNING_REQUESTS,
    &certificates::clustertrustbundles::CLUSTER_TRUST_BUNDLES,
    &certificates::podcertificaterequests::POD_CERTIFICATE_REQUESTS,
    &coordination::leases::LEASES,
    &discovery::endpointslices::ENDPOINT_SLICES,
    &flowcontrol::flowschemas::FLOW_SCHEMAS,
    &flowcontrol::prioritylevelconfigurations::PRIORITY_LEVEL_CONFIGURATIONS,
    &networking::ingressclasses::INGRESS_CLASSES,
    &networking::ingresses::INGRESSES,
    &networking::ipaddresses::IP_ADDRESSES,
    &networking::networkpolicies::NETWORK_POLICIES,
    &networking::servicecidrs::SERVICE_CIDRS,
    &node::runtimeclasses::RUNTIME_CLASSES,
    &policy::poddisruptionbudgets::POD_DISRUPTION_BUDGETS,
    &rbac::clusterrolebindings::CLUSTER_ROLE_BINDINGS,
    &rbac::clusterroles::CLUSTER_ROLES,
    &rbac::rolebindings::ROLE_BINDINGS,
    &rbac::roles::ROLES,
    &resource::deviceclasses::DEVICE_CLASSES,
    &resource::devicetaintrules::DEVICE_TAINT_RULES,
    &resource::resourceclaims::RESOURCE_CLAIMS,
    &resource::resourceclaimtemplates::RESOURCE_CLAIM_TEMPLATES,
    &resource::resourceslices::RESOURCE_SLICES,
    &scheduling::priorityclasses::PRIORITY_CLASSES,
    &storage::csidrivers::CSI_DRIVERS,
    &storage::csinodes::CSI_NODES,
    &storage::csistoragecapacities::CSI_STORAGE_CAPACITIES,
    &storage::storageclasses::STORAGE_CLASSES,
    &storage::volumeattachments::VOLUME_ATTACHMENTS,
    &storage::volumeattributesclasses::VOLUME_ATTRIBUTES_CLASSES,
    &storagemigration::storageversionmigrations::STORAGE_VERSION_MIGRATIONS,
    &apps::controllerrevisions::CONTROLLER_REVISIONS,
    &apps::daemonsets::DAEMON_SETS,
    &apps::deployments::DEPLOYMENTS,
    &apps::replicasets::REPLICA_SETS,
    &apps::statefulsets::STATEFUL_SETS,
    &batch::cronjobs::CRON_JOBS,
    &batch::jobs::JOBS,
    &core::componentstatuses::COMPONENT_STATUSES,
    &core::configmaps::CONFIG_MAPS,
    &core::endpoints::ENDPOINTS,
    &core::events::EVENTS,
    &core::events::NEW_EVENTS,
    &core::limitranges::LIMIT_RANGES,
    &core::namespaces::NAMESPACES,
    &core::nodes::NODES,
    &core::persistentvolumeclaims::PERSISTENT_VOLUME_CLAIMS,
    &core::persistentvolumes::PERSISTENT_VOLUMES,
    &core::pods::PODS,
    &core::podtemplates::POD_TEMPLATES,
    &core::replicationcontrollers::REPLICATION_CONTROLLERS,
    &core::resourcequotas::RESOURCE_QUOTAS,
    &core::secrets::SECRETS,
    &core::serviceaccounts::SERVICE_ACCOUNTS,
    &core::services::SERVICES,
];

/// Whether OpenAPI says that a deletion answers with the object.
pub fn returns_deleted(served: &Served) -> bool {
    let row = Resource::find(RESOURCES, served);
    row.is_some_and(|row| row.returns_deleted.is_told(served.version))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use pintle_engine::columns::described;

    use super::*;

    #[test]
    fn each_column_is_described_and_each_description_has_its_column() {
        let columns = RESOURCES.iter().flat_map(|row| {
            let columns = row.columns.iter();
            let columns = columns.filter(|one| !one.name.is_empty() && one.description.is_empty());
            columns.map(|column| [row.group, row.plural, column.name])
        });
        let columns: BTreeSet<_> = columns.collect();
        // Scale has columns and no row.
        let described = described().filter(|[_, plural, _]| *plural != "scales").collect();
        assert_eq!(columns, described);
    }
}
