//! What the metrics of autoscalers must look like (`pkg/apis/autoscaling/validation`).

use pintle_engine::{Errors, Value};
use pintle_machinery::field::Path;
use pintle_machinery::name::{dns1123_label, path_segment_name};
use pintle_machinery::path::ValueExt;
use pintle_machinery::quantity::Quantity;

use super::validation::{ApiVersion, api_version, reference};

/// All sources and their fields, sorted as upstream lists them.
const TYPES: [&str; 5] = ["ContainerResource", "External", "Object", "Pods", "Resource"];
/// The fields in the order in which upstream looks at them.
const FIELDS: [&str; 5] = ["object", "external", "pods", "resource", "containerResource"];

/// `validateMetrics`.
pub(super) fn validate(hpa: &Value, old: Option<&Value>, path: &Path<'_>, errors: &mut Errors) {
    let metrics = hpa.list_at(&["spec", "metrics"]);
    let stored = old.map_or(&[][..], |old| old.list_at(&["spec", "metrics"]));
    let any = stored.iter().filter_map(|metric| metric.at(&["object", "describedObject"])).any(
        |object| {
            let text = object.str_at(&["apiVersion"]).unwrap_or_default();
            api_version(text, &ApiVersion::Core).is_err()
        },
    );
    let version = if any { ApiVersion::Any } else { ApiVersion::Core };
    for (index, metric) in metrics.iter().enumerate() {
        self::metric(metric, &version, &path.index(index), errors);
    }
    let from_zero = metrics
        .iter()
        .any(|metric| matches!(metric.str_at(&["type"]), Some("Object" | "External")));
    if hpa.i64_at(&["spec", "minReplicas"]) == Some(0) && !from_zero {
        let detail = "must specify at least one Object or External metric to support scaling to zero replicas";
        errors.forbidden(path, detail);
    }
}

/// `validateMetricSpec`.
fn metric(metric: &Value, version: &ApiVersion, path: &Path<'_>, errors: &mut Errors) {
    let ty = metric.str_at(&["type"]).unwrap_or_default();
    if ty.is_empty() {
        errors.required(path.child("type"), "must specify a metric source type");
    }
    if !TYPES.contains(&ty) {
        errors.not_supported(path.child("type"), ty, &TYPES);
    }
    let present: Vec<&str> =
        FIELDS.into_iter().filter(|field| metric.at(&[field]).is_some()).collect();
    if let Some(&field) = present.first() {
        source(field, &metric[field], version, &path.child(field), errors);
    }
    let expected = match ty {
        "Object" => "object",
        "Pods" => "pods",
        "Resource" => "resource",
        "External" => "external",
        "ContainerResource" => "containerResource",
        _ => {
            errors.not_supported(path.child("type"), ty, &TYPES);
            ""
        }
    };
    if !expected.is_empty() && !present.contains(&expected) {
        let detail = "must populate information for the given metric source";
        errors.required(path.child(expected), detail);
    }
    if present.len() != 1 {
        for field in present.into_iter().filter(|field| *field != expected) {
            errors.forbidden(path.child(field), "must populate the given metric source only");
        }
    }
}

fn source(field: &str, source: &Value, version: &ApiVersion, path: &Path<'_>, errors: &mut Errors) {
    let has = |field: &str| source.at(&["target", field]).is_some();
    let (value, average) = (has("value"), has("averageValue"));
    let at = path.child("target");
    match field {
        "object" => {
            let object = source.at(&["describedObject"]).unwrap_or(&Value::Null);
            reference(object, version, &path.child("describedObject"), errors);
            identifier(source, path, errors);
            target(source, &at, errors);
            if !value && !average {
                let detail = "must set either a target value or averageValue";
                errors.required(at.child("averageValue"), detail);
            }
        }
        "external" => {
            identifier(source, path, errors);
            target(source, &at, errors);
            if !value && !average {
                let detail = "must set either a target value for metric or a per-pod target";
                errors.required(at.child("averageValue"), detail);
            }
            if value && average {
                let detail = "may not set both a target value for metric and a per-pod target";
                errors.forbidden(at.child("value"), detail);
            }
        }
        "pods" => {
            identifier(source, path, errors);
            target(source, &at, errors);
            if !average {
                let detail = "must specify a positive target averageValue";
                errors.required(at.child("averageValue"), detail);
            }
        }
        _ => {
            resource(field, source, path, errors);
            target(source, &at, errors);
            let utilization = has("averageUtilization");
            if !utilization && !average {
                let detail = "must set either a target raw value or a target utilization";
                errors.required(at.child("averageUtilization"), detail);
            }
            if utilization && average {
                let detail = "may not set both a target raw value and a target utilization";
                errors.forbidden(at.child("averageValue"), detail);
            }
        }
    }
}

fn resource(field: &str, source: &Value, path: &Path<'_>, errors: &mut Errors) {
    if source.str_at(&["name"]).is_none_or(str::is_empty) {
        errors.required(path.child("name"), "must specify a resource name");
    }
    if field != "containerResource" {
        return;
    }
    match source.str_at(&["container"]).unwrap_or_default() {
        "" => errors.required(path.child("container"), "must specify a container"),
        name => errors.invalid_each(path.child("container"), name, dns1123_label(name)),
    }
}

/// `validateMetricIdentifier`.
fn identifier(source: &Value, path: &Path<'_>, errors: &mut Errors) {
    let path = path.child("metric.name");
    match source.str_at(&["metric", "name"]).unwrap_or_default() {
        "" => errors.required(path, "must specify a metric name"),
        name => errors.invalid_each(path, name, path_segment_name(name)),
    }
}

/// `validateMetricTarget`.
fn target(source: &Value, path: &Path<'_>, errors: &mut Errors) {
    let ty = source.str_at(&["target", "type"]).unwrap_or_default();
    if ty.is_empty() {
        errors.required(path.child("type"), "must specify a metric target type");
    }
    if !matches!(ty, "Utilization" | "Value" | "AverageValue") {
        let detail = "must be either Utilization, Value, or AverageValue";
        errors.invalid(path.child("type"), ty, detail);
    }
    for field in ["value", "averageValue"] {
        let text = source.str_at(&["target", field]).unwrap_or_default();
        if Quantity::parse(text).is_ok_and(|quantity| quantity.sign() <= 0) {
            errors.invalid(path.child(field), text, "must be positive");
        }
    }
    if let Some(percent) = source.i64_at(&["target", "averageUtilization"])
        && percent < 1
    {
        errors.invalid(path.child("averageUtilization"), percent, "must be greater than 0");
    }
}
