//! `componentstatuses`: the health of the control plane's parts.

use pintle_engine::{Resource, Value, column, name};
use pintle_machinery::path::ValueExt;

/// The row.
pub const COMPONENT_STATUSES: Resource = Resource {
    group: "",
    plural: "componentstatuses",
    columns: &[
        name(),
        column("Status", |object, _| match healthy(object) {
            None => "Unknown".into(),
            Some(condition) if condition.str_at(&["status"]) == Some("True") => "Healthy".into(),
            Some(_) => "Unhealthy".into(),
        }),
        column("Message", |object, _| told(object, "message")),
        column("Error", |object, _| told(object, "error")),
    ],
    ..Resource::CLUSTER
};

fn healthy(object: &Value) -> Option<&Value> {
    object.list_at(&["conditions"]).iter().find(|one| one.str_at(&["type"]) == Some("Healthy"))
}

fn told(object: &Value, field: &str) -> Value {
    healthy(object).and_then(|condition| condition.str_at(&[field])).unwrap_or_default().into()
}
