//! `horizontalpodautoscalers.autoscaling`: how many replicas the metrics ask for.

use pintle_engine::resource::text_of;
use pintle_engine::{Resource, Value, age, column, name};
use pintle_machinery::path::ValueExt;

use crate::print::number;

/// The row.
pub const HORIZONTAL_POD_AUTOSCALERS: Resource = Resource {
    group: "autoscaling",
    plural: "horizontalpodautoscalers",
    has_status: true,
    has_generation: true,
    columns: &[
        name(),
        column("Reference", |hpa, _| reference(hpa).into()),
        column("Targets", |hpa, _| targets(hpa).into()),
        column("MinPods", |hpa, _| match hpa.i64_at(&["spec", "minReplicas"]) {
            Some(count) => count.to_string().into(),
            None => "<unset>".into(),
        }),
        column("MaxPods", |hpa, _| number(hpa, &["spec", "maxReplicas"])),
        column("Replicas", |hpa, _| number(hpa, &["status", "currentReplicas"])),
        age(),
    ],
    validate: super::validation::validate,
    ..Resource::NAMESPACED
};

fn reference(hpa: &Value) -> String {
    let field = |name: &str| hpa.str_at(&["spec", "scaleTargetRef", name]).unwrap_or_default();
    format!("{}/{}", field("kind"), field("name"))
}

/// `printers/internalversion.formatHPAMetrics`.
fn targets(hpa: &Value) -> String {
    let specs = hpa.list_at(&["spec", "metrics"]);
    if specs.is_empty() {
        return "<none>".into();
    }
    let statuses = hpa.list_at(&["status", "currentMetrics"]);
    let shown: Vec<String> = specs
        .iter()
        .take(2)
        .enumerate()
        .map(|(index, spec)| metric(spec, statuses.get(index).unwrap_or(&Value::Null)))
        .collect();
    let shown = shown.join(", ");
    match specs.len() {
        count @ 3.. => format!("{shown} + {} more...", count - 2),
        _ => shown,
    }
}

fn metric(spec: &Value, status: &Value) -> String {
    match spec.str_at(&["type"]).unwrap_or_default() {
        "External" => by_value("external", spec, status),
        "Object" => by_value("object", spec, status),
        "Pods" => {
            let current = quantity(status, "pods", "averageValue");
            let target = spec.at(&["pods", "target", "averageValue"]).map(text_of);
            format!("{current}/{}", target.unwrap_or_default())
        }
        "Resource" => by_resource("resource", spec, status),
        "ContainerResource" => by_resource("containerResource", spec, status),
        _ => "<unknown type>".into(),
    }
}

fn by_value(source: &str, spec: &Value, status: &Value) -> String {
    if let Some(target) = spec.at(&[source, "target", "averageValue"]) {
        let current = match status.at(&[source, "current", "averageValue"]) {
            Some(current) => text_of(current),
            None => "<unknown>".into(),
        };
        return format!("{current}/{} (avg)", text_of(target));
    }
    let target = spec.at(&[source, "target", "value"]).map_or("<nil>".into(), text_of);
    format!("{}/{target}", quantity(status, source, "value"))
}

fn by_resource(source: &str, spec: &Value, status: &Value) -> String {
    let name = spec.str_at(&[source, "name"]).unwrap_or_default();
    if let Some(target) = spec.at(&[source, "target", "averageValue"]) {
        let current = quantity(status, source, "averageValue");
        return format!("{name}: {current}/{}", text_of(target));
    }
    let percent = |value: Option<i64>| value.map(|value| format!("{value}%"));
    let current = percent(status.i64_at(&[source, "current", "averageUtilization"]));
    let target = percent(spec.i64_at(&[source, "target", "averageUtilization"]));
    format!(
        "{name}: {}/{}",
        current.as_deref().unwrap_or("<unknown>"),
        target.as_deref().unwrap_or("<auto>")
    )
}

/// A status's quantity; one that the source leaves out prints as Go's nil does.
fn quantity(status: &Value, source: &str, field: &str) -> String {
    if status.at(&[source]).is_none() {
        return "<unknown>".into();
    }
    status.at(&[source, "current", field]).map_or("<nil>".into(), text_of)
}
