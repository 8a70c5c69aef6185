//! `podtemplates`: a pod's shape on its own.

use pintle_engine::{Context, Errors, Resource, ReturnsDeleted, Value, column, name};
use pintle_machinery::path::ValueExt;

use crate::workload::{joined, labels};

/// The row.
pub const POD_TEMPLATES: Resource = Resource {
    group: "",
    plural: "podtemplates",
    has_generation: true,
    returns_deleted: ReturnsDeleted::Always,
    validate,
    columns: &[
        name(),
        column("Containers", |object, _| joined(object.list_at(CONTAINERS), "name")),
        column("Images", |object, _| joined(object.list_at(CONTAINERS), "image")),
        column("Pod Labels", |object, _| {
            labels(object.map_at(&["template", "metadata", "labels"]))
        }),
    ],
    ..Resource::NAMESPACED
};

const CONTAINERS: &[&str] = &["template", "spec", "containers"];

/// `core/validation.ValidatePodTemplate`.
fn validate(_: &Context<'_>, object: &Value, _: Option<&Value>, errors: &mut Errors) {
    if let Some(template) = object.at(&["template"]) {
        super::pods::validation::template(template, "template", errors);
    }
}
