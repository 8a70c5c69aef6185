//! `ingressclasses.networking.k8s.io`: who serves an ingress.

use pintle_engine::{Resource, Value, age, column};
use pintle_machinery::path::ValueExt;

use crate::print::{name_as, text};

/// The row.
pub const INGRESS_CLASSES: Resource = Resource {
    group: "networking.k8s.io",
    plural: "ingressclasses",
    has_generation: true,
    columns: &[
        name_as(|class, _| shown_name(class).into()),
        column("Controller", |class, _| text(class, &["spec", "controller"])),
        column("Parameters", |class, _| parameters(class).into()),
        age(),
    ],
    validate: super::validation::ingress_class,
    ..Resource::CLUSTER
};

fn shown_name(class: &Value) -> String {
    let name = class.str_at(&["metadata", "name"]).unwrap_or_default();
    let default = ["metadata", "annotations", "ingressclass.kubernetes.io/is-default-class"];
    match class.str_at(&default) {
        Some("true") => format!("{name} (default)"),
        _ => name.to_owned(),
    }
}

fn parameters(class: &Value) -> String {
    let Some(parameters) = class.at(&["spec", "parameters"]) else { return "<none>".into() };
    let field = |name: &str| parameters.str_at(&[name]).unwrap_or_default();
    match parameters.str_at(&["apiGroup"]) {
        Some(group) => format!("{}.{group}/{}", field("kind"), field("name")),
        None => format!("{}/{}", field("kind"), field("name")),
    }
}
