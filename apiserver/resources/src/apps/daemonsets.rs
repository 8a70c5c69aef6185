//! `daemonsets.apps`: one pod on each node.

use pintle_engine::{Column, Context, Resource, Value, age, column, meta, name};
use pintle_machinery::path::ValueExt;

use crate::workload::{CONTAINERS, IMAGES, SELECTOR, labels, status_number};

/// The row.
pub const DAEMON_SETS: Resource = Resource {
    group: "apps",
    plural: "daemonsets",
    has_status: true,
    has_generation: true,
    prepare,
    validate: super::validation::daemon_set,
    columns: COLUMNS,
    ..Resource::NAMESPACED
};

const COLUMNS: &[Column] = &[
    name(),
    column("Desired", |object, _| status_number(object, "desiredNumberScheduled"))
        .of_type("integer"),
    column("Current", |object, _| status_number(object, "currentNumberScheduled"))
        .of_type("integer"),
    column("Ready", |object, _| status_number(object, "numberReady")).of_type("integer"),
    column("Up-to-date", |object, _| status_number(object, "updatedNumberScheduled"))
        .of_type("integer"),
    column("Available", |object, _| status_number(object, "numberAvailable")).of_type("integer"),
    column("Node Selector", |object, _| {
        labels(object.map_at(&["spec", "template", "spec", "nodeSelector"]))
    }),
    age(),
    CONTAINERS,
    IMAGES,
    SELECTOR,
];

/// The template has a generation of its own, kept in an annotation of the versioned type
/// (`daemonSetStrategy`).
const TEMPLATE_GENERATION: &str = "deprecated.daemonset.template.generation";

/// `daemonSetStrategy.PrepareForCreate`, `PrepareForUpdate`.
fn prepare(ctx: &Context<'_>, object: &mut Value, old: Option<&Value>) {
    if ctx.subresource == "status" {
        return;
    }
    let path: &[&str] = &["metadata", "annotations", TEMPLATE_GENERATION];
    let of =
        |object: &Value| object.str_at(path).and_then(|text| text.parse::<i64>().ok()).unwrap_or(0);
    let generation = match old {
        None => of(object).max(1),
        Some(old) => {
            let null = Value::Null;
            let new_template = object.at(&["spec", "template"]).unwrap_or(&null);
            let template = old.at(&["spec", "template"]).unwrap_or(&null);
            of(old) + i64::from(!meta::semantic_equal(new_template, template))
        }
    };
    object.set(path, generation.to_string());
}
