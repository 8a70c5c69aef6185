//! `statefulsets.apps`: pods with identities.

use pintle_engine::{Resource, Scale, age, column, name};

use crate::workload::{CONTAINERS, IMAGES, ready_of_desired};

/// The row.
pub const STATEFUL_SETS: Resource = Resource {
    group: "apps",
    plural: "statefulsets",
    has_status: true,
    has_generation: true,
    validate_name: pintle_machinery::name::name_is_dns_label,
    validate: super::validation::stateful_set,
    scale: Some(Scale {
        spec_replicas: ".spec.replicas",
        status_replicas: ".status.replicas",
        selector: ".spec.selector",
    }),
    columns: &[
        name(),
        column("Ready", |object, _| ready_of_desired(object)),
        age(),
        CONTAINERS,
        IMAGES,
    ],
    ..Resource::NAMESPACED
};
