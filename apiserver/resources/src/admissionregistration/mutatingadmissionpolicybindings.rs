//! `mutatingadmissionpolicybindings.admissionregistration.k8s.io`: where a policy holds, and with what parameters.

use pintle_engine::Resource;

/// The row.
pub const MUTATING_ADMISSION_POLICY_BINDINGS: Resource = Resource {
    group: "admissionregistration.k8s.io",
    plural: "mutatingadmissionpolicybindings",
    unconditional_update: false,
    has_generation: true,
    columns: super::BINDING_COLUMNS,
    validate: |_, binding, _, errors| super::policies::binding(binding, true, errors),
    ..Resource::CLUSTER
};
