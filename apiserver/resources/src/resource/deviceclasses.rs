//! `deviceclasses.resource.k8s.io`: kinds of devices.

use pintle_engine::{Resource, ReturnsDeleted, age, name};

/// The row.
pub const DEVICE_CLASSES: Resource = Resource {
    group: "resource.k8s.io",
    plural: "deviceclasses",
    has_generation: true,
    validate: super::validation::class,
    columns: &[name(), age()],
    returns_deleted: ReturnsDeleted::Always,
    ..Resource::CLUSTER
};
