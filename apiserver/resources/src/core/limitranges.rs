//! `limitranges`: how much one pod, container or claim may ask for.

use std::collections::BTreeSet;

use pintle_engine::{Context, Errors, Resource, Value};
use pintle_machinery::name::qualified_name;
use pintle_machinery::path::ValueExt;
use pintle_machinery::quantity::Quantity;

use super::resource_names::{container_resource, is_overcommit_allowed, resource_name};

/// The row.
pub const LIMIT_RANGES: Resource = Resource {
    group: "",
    plural: "limitranges",
    create_on_update: true,
    validate,
    ..Resource::NAMESPACED
};

/// A quantity of the map in a field.
fn quantity(limit: &Value, field: &str, resource: &str) -> Option<Quantity> {
    Quantity::parse(limit.str_at(&[field, resource])?).ok()
}

/// `core/validation.ValidateLimitRange`.
fn validate(_: &Context<'_>, object: &Value, _: Option<&Value>, errors: &mut Errors) {
    let mut types = BTreeSet::new();
    for (index, limit) in object.list_at(&["spec", "limits"]).iter().enumerate() {
        let path = format!("spec.limits[{index}]");
        let kind = limit.str_at(&["type"]).unwrap_or_default();
        errors.invalid_each(format_args!("{path}.type"), kind, qualified_name(kind));
        if !types.insert(kind) {
            errors.duplicate(format_args!("{path}.type"), kind);
        }
        let mut keys = BTreeSet::new();
        for field in ["max", "min", "default", "defaultRequest", "maxLimitRequestRatio"] {
            if kind == "Pod" && field.starts_with("default") {
                if !limit.map_at(&[field]).is_none_or(serde_json::Map::is_empty) {
                    let detail = "may not be specified when `type` is 'Pod'";
                    errors.forbidden(format_args!("{path}.{field}"), detail);
                }
                continue;
            }
            for key in limit.map_at(&[field]).into_iter().flat_map(|map| map.keys()) {
                let at = format!("{path}.{field}[{key}]");
                match kind {
                    "Pod" | "Container" => container_resource(key, &at, errors),
                    _ => resource_name(key, &at, errors),
                }
                keys.insert(key.as_str());
            }
        }
        if kind == "PersistentVolumeClaim"
            && limit.at(&["min", "storage"]).is_none()
            && limit.at(&["max", "storage"]).is_none()
        {
            let detail =
                "either minimum or maximum storage value is required, but neither was provided";
            errors.required(format_args!("{path}.limits"), detail);
        }
        for key in keys {
            validate_bounds(limit, key, &path, errors);
        }
    }
}

/// The order min ≤ defaultRequest ≤ default ≤ max, for one resource.
fn validate_bounds(limit: &Value, key: &str, path: &str, errors: &mut Errors) {
    let get = |field: &str| quantity(limit, field, key);
    let (min, max, default) = (get("min"), get("max"), get("default"));
    let (request, ratio) = (get("defaultRequest"), get("maxLimitRequestRatio"));
    let mut in_order = |field: &str, shown: &Option<Quantity>, low: Bound<'_>, high: Bound<'_>| {
        if let (Some(low_value), Some(high_value), Some(shown)) = (low.1, high.1, shown)
            && low_value > high_value
        {
            let detail = format!(
                "{} value {low_value} is greater than {} value {high_value}",
                low.0, high.0
            );
            errors.invalid(format_args!("{path}.{field}[{key}]"), shown.to_string(), detail);
        }
    };
    in_order("min", &min, ("min", &min), ("max", &max));
    in_order("defaultRequest", &request, ("min", &min), ("default request", &request));
    in_order("defaultRequest", &request, ("default request", &request), ("max", &max));
    in_order(
        "defaultRequest",
        &request,
        ("default request", &request),
        ("default limit", &default),
    );
    in_order("default", &min, ("min", &min), ("default", &default));
    in_order("default", &max, ("default", &default), ("max", &max));
    if let Some(ratio) = &ratio {
        if *ratio < Quantity::new(1, ratio.format()) {
            errors.invalid(
                format_args!("{path}.maxLimitRequestRatio[{key}]"),
                ratio.to_string(),
                format!("ratio {ratio} is less than 1"),
            );
        }
        if let (Some(min), Some(max)) = (&min, &max) {
            let most = max.as_f64() / min.as_f64();
            if min.as_f64() > 0.0 && ratio.as_f64() > most {
                errors.invalid(
                    format_args!("{path}.maxLimitRequestRatio[{key}]"),
                    ratio.to_string(),
                    format!("ratio {ratio} is greater than max/min = {most:.6}"),
                );
            }
        }
    }
    if let (Some(default), Some(request)) = (&default, &request)
        && !is_overcommit_allowed(key)
        && default != request
    {
        errors.invalid(
            format_args!("{path}.defaultRequest[{key}]"),
            request.to_string(),
            format!(
                "default value {default} must equal to defaultRequest value {request} in {key}"
            ),
        );
    }
}

/// What a bound is called, and its value.
type Bound<'a> = (&'a str, &'a Option<Quantity>);
