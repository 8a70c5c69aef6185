//! `replicationcontrollers`: keeps a number of equal pods, in the old form.

use pintle_engine::resource::Dependents;
use pintle_engine::{
    Column, Context, Errors, Resource, Scale, Selectable, Value, age, column, name,
};
use pintle_machinery::path::ValueExt;

use crate::workload::{CONTAINERS, IMAGES, labels, status_number};

/// The row.
pub const REPLICATION_CONTROLLERS: Resource = Resource {
    group: "",
    plural: "replicationcontrollers",
    has_status: true,
    has_generation: true,
    dependents: Dependents::Orphan { version: "v1" },
    own_selectors: true,
    selectable: &[Selectable {
        label: "status.replicas",
        value: |object| object.i64_at(&["status", "replicas"]).unwrap_or(0).to_string(),
    }],
    validate,
    scale: Some(Scale {
        spec_replicas: ".spec.replicas",
        status_replicas: ".status.replicas",
        selector: ".spec.selector",
    }),
    columns: COLUMNS,
    ..Resource::NAMESPACED
};

const COLUMNS: &[Column] = &[
    name(),
    column("Desired", |object, _| object.i64_at(&["spec", "replicas"]).unwrap_or(0).into())
        .of_type("integer"),
    column("Current", |object, _| status_number(object, "replicas")).of_type("integer"),
    column("Ready", |object, _| status_number(object, "readyReplicas")).of_type("integer"),
    age(),
    CONTAINERS,
    IMAGES,
    column("Selector", |object, _| labels(object.map_at(&["spec", "selector"]))).wide(),
];

/// `core/validation.ValidateReplicationController`.
fn validate(ctx: &Context<'_>, object: &Value, _: Option<&Value>, errors: &mut Errors) {
    if ctx.subresource == "status" {
        return;
    }
    for field in ["minReadySeconds", "replicas"] {
        let path = format!("spec.{field}");
        match object.i64_at(&["spec", field]) {
            Some(value) if value < 0 => {
                errors.invalid(path, value, "must be greater than or equal to 0");
            }
            None if field == "replicas" => errors.required(path, ""),
            _ => {}
        }
    }
    let selector = object.map_at(&["spec", "selector"]).filter(|selector| !selector.is_empty());
    if selector.is_none() {
        errors.required("spec.selector", "");
    }
    let Some(template) = object.at(&["spec", "template"]).filter(|value| !value.is_null()) else {
        errors.required("spec.template", "");
        return;
    };
    let labels = template.map_at(&["metadata", "labels"]);
    if let Some(selector) = selector
        && selector
            .iter()
            .any(|(key, value)| labels.and_then(|labels| labels.get(key)) != Some(value))
    {
        let shown = template.at(&["metadata", "labels"]).cloned().unwrap_or_default();
        let detail = "`selector` does not match template `labels`";
        errors.invalid("spec.template.metadata.labels", shown, detail);
    }
    super::pods::validation::template(template, "spec.template", errors);
    crate::apps::validation::always_restarts(template, errors);
}
