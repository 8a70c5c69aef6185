//! `validatingadmissionpolicies.admissionregistration.k8s.io`: expressions that judge writes.

use pintle_engine::{Resource, age, column, name};

use crate::print::count;
use crate::status::metadata_for_status;

/// The row.
pub const VALIDATING_ADMISSION_POLICIES: Resource = Resource {
    group: "admissionregistration.k8s.io",
    plural: "validatingadmissionpolicies",
    unconditional_update: false,
    has_status: true,
    resets: &[("status", &[&["metadata"]])],
    prepare: |ctx, policy, old| metadata_for_status(ctx, policy, old),
    has_generation: true,
    columns: &[
        name(),
        column("Validations", |policy, _| count(policy, &["spec", "validations"]))
            .of_type("integer"),
        column("ParamKind", |policy, _| super::param_kind(policy).into()),
        age(),
    ],
    validate: |_, policy, _, errors| super::policies::policy(policy, false, errors),
    ..Resource::CLUSTER
};
