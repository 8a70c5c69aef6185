//! `csistoragecapacities.storage.k8s.io`: how much room is where.

use pintle_engine::Resource;

/// The row.
pub const CSI_STORAGE_CAPACITIES: Resource = Resource {
    group: "storage.k8s.io",
    plural: "csistoragecapacities",
    unconditional_update: false,

    validate: super::csi::storage_capacity,
    ..Resource::NAMESPACED
};
