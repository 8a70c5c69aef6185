//! `mutatingwebhookconfigurations.admissionregistration.k8s.io`: web hooks that change writes.

use pintle_engine::Resource;

/// The row.
pub const MUTATING_WEBHOOK_CONFIGURATIONS: Resource = Resource {
    group: "admissionregistration.k8s.io",
    plural: "mutatingwebhookconfigurations",
    unconditional_update: false,
    has_generation: true,
    columns: super::WEBHOOK_COLUMNS,
    validate: |_, hooks, old, errors| super::webhooks::validate(hooks, old, true, errors),
    ..Resource::CLUSTER
};
