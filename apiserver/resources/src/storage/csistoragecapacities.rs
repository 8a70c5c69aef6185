//! `csistoragecapacities.storage.k8s.io`: how much room is where.

use pintle_engine::Resource;

use crate::node_labels;

/// The row.
pub const CSI_STORAGE_CAPACITIES: Resource = Resource {
    group: "storage.k8s.io",
    plural: "csistoragecapacities",
    unconditional_update: false,

    validate: super::csi::storage_capacity,
    warnings: |capacity, _| node_labels::in_selector(&capacity["nodeTopology"], "nodeTopology"),
    ..Resource::NAMESPACED
};
