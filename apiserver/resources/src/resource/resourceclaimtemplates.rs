//! `resourceclaimtemplates.resource.k8s.io`: claims to be made for pods.

use pintle_engine::{Resource, ReturnsDeleted, age, name};

/// The row.
pub const RESOURCE_CLAIM_TEMPLATES: Resource = Resource {
    group: "resource.k8s.io",
    plural: "resourceclaimtemplates",
    columns: &[name(), age()],
    validate: super::validation::template,
    returns_deleted: ReturnsDeleted::Always,
    ..Resource::NAMESPACED
};
