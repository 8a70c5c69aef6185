//! `deployments.apps`: declarative updates for pods and replica sets.

use pintle_engine::write::content_differs;
use pintle_engine::{Context, Resource, Scale, Value, age, column, meta, name};
use pintle_machinery::path::ValueExt;
use pintle_machinery::selector::LabelSelector;

use crate::workload::{CONTAINERS, IMAGES, ready_of_desired, status_number};

/// The row.
pub const DEPLOYMENTS: Resource = Resource {
    group: "apps",
    plural: "deployments",
    has_status: true,
    resets: &[("status", &[&["metadata", "labels"]])],
    has_generation: true,
    prepare,
    validate: super::validation::deployment,
    scale: Some(Scale {
        spec_replicas: ".spec.replicas",
        status_replicas: ".status.replicas",
        selector: ".spec.selector",
    }),
    columns: &[
        name(),
        column("Ready", |object, _| ready_of_desired(object)),
        column("Up-to-date", |object, _| status_number(object, "updatedReplicas")),
        column("Available", |object, _| status_number(object, "availableReplicas")),
        age(),
        CONTAINERS,
        IMAGES,
        column("Selector", |object, _| selector(object)).wide(),
    ],
    ..Resource::NAMESPACED
};

fn selector(object: &Value) -> Value {
    match LabelSelector::from_value(object.at(&["spec", "selector"])) {
        Ok(selector) => selector.to_string().into(),
        Err(_) => "<invalid>".into(),
    }
}

/// Annotations count as content here, and `/status` leaves the labels
/// (`deploymentStrategy.PrepareForUpdate`).
fn prepare(ctx: &Context<'_>, object: &mut Value, old: Option<&Value>) {
    let Some(old) = old else { return };
    if ctx.subresource == "status" {
        meta::copy(object, old, "labels");
        return;
    }
    let null = Value::Null;
    let new_annotations = meta::get(object, "annotations").unwrap_or(&null);
    let annotations = meta::get(old, "annotations").unwrap_or(&null);
    if !content_differs(object, old) && !meta::semantic_equal(new_annotations, annotations) {
        meta::set(object, "generation", meta::generation(old) + 1);
    }
}
