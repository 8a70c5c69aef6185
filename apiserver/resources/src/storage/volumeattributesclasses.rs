//! `volumeattributesclasses.storage.k8s.io`: attributes of volumes that may change.

use pintle_engine::{Resource, ReturnsDeleted, age, column, name};

use crate::print::text;

/// The row.
pub const VOLUME_ATTRIBUTES_CLASSES: Resource = Resource {
    group: "storage.k8s.io",
    plural: "volumeattributesclasses",
    columns: &[name(), column("DriverName", |class, _| text(class, &["driverName"])), age()],
    validate: super::validation::volume_attributes_class,
    returns_deleted: ReturnsDeleted::Always,
    ..Resource::CLUSTER
};
