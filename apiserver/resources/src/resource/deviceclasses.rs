//! `deviceclasses.resource.k8s.io`: kinds of devices.

use pintle_engine::{Resource, age, name};

/// The row.
pub const DEVICE_CLASSES: Resource = Resource {
    group: "resource.k8s.io",
    plural: "deviceclasses",
    has_generation: true,
    validate: super::validation::class,
    columns: &[name(), age()],
    returns_deleted: true,
    ..Resource::CLUSTER
};
