//! `replicasets.apps`: keeps a number of equal pods.

use pintle_engine::{Resource, Scale, age, column, name};
use pintle_machinery::path::ValueExt;

use crate::workload::{CONTAINERS, IMAGES, SELECTOR, status_number};

/// The row.
pub const REPLICA_SETS: Resource = Resource {
    group: "apps",
    plural: "replicasets",
    has_status: true,
    has_generation: true,
    validate: super::validation::replica_set,
    scale: Some(Scale {
        spec_replicas: ".spec.replicas",
        status_replicas: ".status.replicas",
        selector: ".spec.selector",
    }),
    columns: &[
        name(),
        column("Desired", |object, _| object.i64_at(&["spec", "replicas"]).unwrap_or(0).into())
            .of_type("integer"),
        column("Current", |object, _| status_number(object, "replicas")).of_type("integer"),
        column("Ready", |object, _| status_number(object, "readyReplicas")).of_type("integer"),
        age(),
        CONTAINERS,
        IMAGES,
        SELECTOR,
    ],
    ..Resource::NAMESPACED
};
