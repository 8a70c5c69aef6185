//! `mutatingadmissionpolicies.admissionregistration.k8s.io`: expressions that change writes.

use pintle_engine::{Resource, age, column, name};

use crate::print::count;

/// The row.
pub const MUTATING_ADMISSION_POLICIES: Resource = Resource {
    group: "admissionregistration.k8s.io",
    plural: "mutatingadmissionpolicies",
    unconditional_update: false,
    has_generation: true,
    columns: &[
        name(),
        column("Mutations", |policy, _| count(policy, &["spec", "mutations"])).of_type("integer"),
        column("ParamKind", |policy, _| super::param_kind(policy).into()),
        age(),
    ],
    validate: |_, policy, _, errors| super::policies::policy(policy, true, errors),
    ..Resource::CLUSTER
};
