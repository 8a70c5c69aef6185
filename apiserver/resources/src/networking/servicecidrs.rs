//! `servicecidrs.networking.k8s.io`: ranges that service addresses are taken from.

use pintle_engine::{Resource, age, column, name};

use crate::print::strings;
use crate::status::metadata_for_status;

/// The row.
pub const SERVICE_CIDRS: Resource = Resource {
    group: "networking.k8s.io",
    plural: "servicecidrs",
    has_status: true,
    resets: &[("status", &[&["metadata"]])],
    prepare: |ctx, range, old| metadata_for_status(ctx, range, old),
    columns: &[
        name(),
        column("CIDRs", |range, _| strings(range, &["spec", "cidrs"]).join(",").into()),
        age(),
    ],
    validate: super::validation::service_cidr,
    ..Resource::CLUSTER
};
