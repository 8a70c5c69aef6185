//! `csinodes.storage.k8s.io`: the drivers of a node.

use pintle_engine::{Resource, ReturnsDeleted, age, column, name};

use crate::print::count;
use crate::status::metadata_for_status;

/// The row.
pub const CSI_NODES: Resource = Resource {
    group: "storage.k8s.io",
    plural: "csinodes",
    unconditional_update: false,
    has_status: true,
    prepare: |ctx, node, old| metadata_for_status(ctx, node, old),
    columns: &[
        name(),
        column("Drivers", |node, _| count(node, &["spec", "drivers"])).of_type("integer"),
        age(),
    ],
    validate: super::validation::csi_node,
    returns_deleted: ReturnsDeleted::Always,
    ..Resource::CLUSTER
};
