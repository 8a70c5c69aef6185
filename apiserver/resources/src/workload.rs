//! Columns of the kinds that hold a pod template, and what their writes share.

use pintle_engine::resource::age_of;
use pintle_engine::{Column, column};
use pintle_machinery::path::ValueExt;
use pintle_machinery::{Map, Value};

use crate::print::label_selector;

/// Where most workloads have their pods' containers.
const CONTAINERS_PATH: &[&str] = &["spec", "template", "spec", "containers"];

/// Names of the template's containers, for wide output.
pub(crate) const CONTAINERS: Column =
    column("Containers", |object, _| joined(object.list_at(CONTAINERS_PATH), "name")).wide();

/// Images of the template's containers, for wide output.
pub(crate) const IMAGES: Column =
    column("Images", |object, _| joined(object.list_at(CONTAINERS_PATH), "image")).wide();

/// The label selector, for wide output.
pub(crate) const SELECTOR: Column =
    column("Selector", |object, _| label_selector(object.at(&["spec", "selector"])).into()).wide();

/// One field of every container (`printers.layoutContainerCells`).
pub(crate) fn joined(containers: &[Value], field: &str) -> Value {
    let values: Vec<&str> =
        containers.iter().map(|container| container.str_at(&[field]).unwrap_or_default()).collect();
    values.join(",").into()
}

/// A map as `key=value` pairs (`labels.FormatLabels`).
pub(crate) fn labels(map: Option<&Map<String, Value>>) -> Value {
    let pairs: Vec<String> = map
        .into_iter()
        .flatten()
        .map(|(key, value)| format!("{key}={}", value.as_str().unwrap_or_default()))
        .collect();
    if pairs.is_empty() { "<none>".into() } else { pairs.join(",").into() }
}

/// How long ago the time at a path was.
pub(crate) fn since(object: &Value, path: &[&str], now: i64) -> String {
    age_of(object.at(path).unwrap_or(&Value::Null), now)
}

/// An integer column that shows the number at `status.<field>`, written as a function of the row.
pub(crate) fn status_number(object: &Value, field: &str) -> Value {
    object.i64_at(&["status", field]).unwrap_or(0).into()
}

/// `ready/desired` of a workload.
pub(crate) fn ready_of_desired(object: &Value) -> Value {
    let ready = object.i64_at(&["status", "readyReplicas"]).unwrap_or(0);
    let desired = object.i64_at(&["spec", "replicas"]).unwrap_or(0);
    format!("{ready}/{desired}").into()
}
