//! `leases.coordination.k8s.io`: who holds a lock, and for how long.

use pintle_engine::{Context, Errors, Resource, Value, age, column, name};
use pintle_machinery::path::ValueExt;

use crate::print::text;

/// The row.
pub const LEASES: Resource = Resource {
    group: "coordination.k8s.io",
    plural: "leases",
    create_on_update: true,
    unconditional_update: false,
    columns: &[
        name(),
        column("Holder", |lease, _| text(lease, &["spec", "holderIdentity"])),
        age(),
    ],
    prepare,
    validate,
    ..Resource::NAMESPACED
};

/// Coordinated leader election is off, so its fields are only kept where they are in use
/// (`leaseStrategy.PrepareForCreate`, `PrepareForUpdate`).
fn prepare(_: &Context<'_>, lease: &mut Value, old: Option<&Value>) {
    for field in ["strategy", "preferredHolder"] {
        if old.and_then(|old| old.at(&["spec", field])).is_none() {
            lease.remove_at(&["spec", field]);
        }
    }
}

/// `coordination/validation.ValidateLeaseSpec`.
fn validate(_: &Context<'_>, lease: &Value, _: Option<&Value>, errors: &mut Errors) {
    let number = |field: &str| lease.i64_at(&["spec", field]);
    if let Some(seconds) = number("leaseDurationSeconds").filter(|seconds| *seconds <= 0) {
        errors.invalid("spec.leaseDurationSeconds", seconds, "must be greater than 0");
    }
    if let Some(count) = number("leaseTransitions").filter(|count| *count < 0) {
        errors.invalid("spec.leaseTransitions", count, "must be greater than or equal to 0");
    }
    let strategy = lease.str_at(&["spec", "strategy"]).unwrap_or_default();
    if lease.str_at(&["spec", "preferredHolder"]).is_some_and(|holder| !holder.is_empty())
        && strategy.is_empty()
    {
        let detail = "may only be specified if `strategy` is defined";
        errors.forbidden("spec.preferredHolder", detail);
    }
}
