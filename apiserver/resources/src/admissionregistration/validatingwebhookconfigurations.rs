//! `validatingwebhookconfigurations.admissionregistration.k8s.io`: web hooks that judge writes.

use pintle_engine::Resource;

/// The row.
pub const VALIDATING_WEBHOOK_CONFIGURATIONS: Resource = Resource {
    group: "admissionregistration.k8s.io",
    plural: "validatingwebhookconfigurations",
    unconditional_update: false,
    has_generation: true,
    columns: super::WEBHOOK_COLUMNS,
    validate: |_, hooks, old, errors| super::webhooks::validate(hooks, old, false, errors),
    ..Resource::CLUSTER
};
