//! Names and amounts of compute resources.

use std::fmt::Display;

use pintle_engine::Errors;
use pintle_machinery::Value;
use pintle_machinery::field::Path;
use pintle_machinery::name::qualified_name;
use pintle_machinery::path::ValueExt;
use pintle_machinery::quantity::Quantity;
use pintle_machinery::resources::{is_extended, is_huge_pages, is_native};

/// `helper.IsOvercommitAllowed`.
pub(crate) fn is_overcommit_allowed(name: &str) -> bool {
    is_native(name) && !is_huge_pages(name)
}

/// `helper.IsIntegerResourceName`.
fn is_integer(name: &str) -> bool {
    is_extended(name) || INTEGERS.contains(&name)
}

const INTEGERS: &[&str] = &[
    "pods",
    "resourcequotas",
    "services",
    "replicationcontrollers",
    "secrets",
    "configmaps",
    "persistentvolumeclaims",
    "services.nodeports",
    "services.loadbalancers",
];

/// `core/validation.validateResourceName`.
pub(crate) fn resource_name(name: &str, path: &str, errors: &mut Errors) {
    let messages = qualified_name(name);
    if !messages.is_empty() {
        errors.invalid_each(path, name, messages);
    } else if !name.contains('/') && !is_standard(name) {
        errors.invalid(path, name, "must be a standard resource type or fully qualified");
    }
}

/// `helper.IsStandardResourceName`.
fn is_standard(name: &str) -> bool {
    let plain = ["cpu", "memory", "ephemeral-storage", "storage"];
    let requests = name.strip_prefix("requests.").or_else(|| name.strip_prefix("limits."));
    plain.contains(&name)
        || INTEGERS.contains(&name)
        || is_huge_pages(name)
        || requests.is_some_and(|rest| {
            plain[..3].contains(&rest)
                || name == "requests.storage"
                || (name.starts_with("requests.") && is_huge_pages(rest))
        })
}

/// `core/validation.ValidateContainerResourceName`.
pub(crate) fn container_resource(name: &str, path: impl Display + Copy, errors: &mut Errors) {
    let messages = qualified_name(name);
    if !messages.is_empty() {
        errors.invalid_each(path, name, messages);
        return;
    }
    if !name.contains('/') {
        if !is_standard(name) {
            errors.invalid(path, name, "must be a standard resource type or fully qualified");
        }
        if !matches!(name, "cpu" | "memory" | "ephemeral-storage") && !is_huge_pages(name) {
            errors.invalid(path, name, "must be a standard resource for containers");
        }
    } else if !is_native(name) && !is_extended(name) {
        errors.invalid(path, name, "doesn't follow extended resource name standard");
    }
}

/// `core/validation.ValidateResourceQuotaResourceName`.
pub(crate) fn quota_resource(name: &str, path: &str, errors: &mut Errors) {
    let messages = qualified_name(name);
    if !messages.is_empty() {
        errors.invalid_each(path, name, messages);
    } else if !name.contains('/') && !name.starts_with("count/") && !is_standard_for_quota(name) {
        if !is_standard(name) {
            errors.invalid(path, name, "must be a standard resource type or fully qualified");
        }
        errors.invalid(path, name, "must be a standard resource for quota");
    }
}

fn is_standard_for_quota(name: &str) -> bool {
    is_standard(name) && !matches!(name, "storage")
        || name.contains(".storageclass.storage.k8s.io/")
        || name.contains(".volumeattributesclass.storage.k8s.io/")
        || name.ends_with(".deviceclass.resource.k8s.io/devices")
        || name.starts_with("limits.hugepages-")
}

/// `core/validation.ValidateResourceQuantityValue`.
pub(crate) fn quantity_value(
    name: &str,
    value: &Value,
    path: impl Display + Copy,
    errors: &mut Errors,
) {
    let text = value.as_str().unwrap_or_default();
    let Ok(quantity) = Quantity::parse(text) else { return };
    if quantity.sign() < 0 {
        errors.invalid(path, text, "must be greater than or equal to 0");
    }
    if is_integer(name) && quantity.milli_value() % 1000 != 0 {
        errors.invalid(path, text, "must be an integer");
    }
}

/// `core/validation.ValidateResourceRequirements`, claims aside.
pub(crate) fn requirements(resources: &Value, path: &Path<'_>, errors: &mut Errors) {
    let list = path.child("limits");
    let limits = resources.map_at(&["limits"]);
    for (name, value) in limits.into_iter().flatten() {
        let at = list.key(name);
        container_resource(name, at, errors);
        quantity_value(name, value, at, errors);
    }
    let list = path.child("requests");
    for (name, value) in resources.map_at(&["requests"]).into_iter().flatten() {
        let at = list.key(name);
        container_resource(name, at, errors);
        quantity_value(name, value, at, errors);
        let limit = limits.and_then(|limits| limits.get(name)?.as_str());
        let limit = limit.and_then(|text| Quantity::parse(text).ok());
        let Ok(request) = Quantity::parse(value.as_str().unwrap_or_default()) else { continue };
        match limit {
            Some(limit) if !is_overcommit_allowed(name) && request != limit => {
                let detail = format!("must be equal to {name} limit of {limit}");
                errors.invalid(format_args!("{path}.requests"), request.to_string(), detail);
            }
            Some(limit) if request > limit => {
                let detail = format!("must be less than or equal to {name} limit of {limit}");
                errors.invalid(format_args!("{path}.requests"), request.to_string(), detail);
            }
            None if !is_overcommit_allowed(name) => {
                errors.required(
                    format_args!("{path}.limits"),
                    "Limit must be set for non overcommitable resources",
                );
            }
            _ => {}
        }
    }
    let uses = |test: fn(&str) -> bool| {
        let maps = ["limits", "requests"].into_iter().filter_map(|map| resources.map_at(&[map]));
        maps.flat_map(|map| map.keys()).any(|name| test(name))
    };
    if uses(is_huge_pages) && !uses(|name| matches!(name, "cpu" | "memory")) {
        errors.forbidden(path, "HugePages require cpu or memory");
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(resources: &Value, expected: &[&str]) {
        let mut errors = Errors::new();
        requirements(resources, &Path::new("r"), &mut errors);
        let found: Vec<String> = errors.iter().map(ToString::to_string).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_request_stays_within_its_limit() {
        check(&json!({"limits": {"cpu": "1"}, "requests": {"cpu": "500m"}}), &[]);
        check(
            &json!({"limits": {"cpu": "1"}, "requests": {"cpu": "2"}}),
            &[r#"r.requests: Invalid value: "2": must be less than or equal to cpu limit of 1"#],
        );
        check(
            &json!({"limits": {"a.b/c": "2"}, "requests": {"a.b/c": "1"}}),
            &[r#"r.requests: Invalid value: "1": must be equal to a.b/c limit of 2"#],
        );
    }

    #[test]
    fn odd_names_and_amounts_are_refused() {
        check(
            &json!({"limits": {"disk": "1", "memory": "-1"}}),
            &[
                r#"r.limits[disk]: Invalid value: "disk": must be a standard resource type or fully qualified"#,
                r#"r.limits[disk]: Invalid value: "disk": must be a standard resource for containers"#,
                r#"r.limits[memory]: Invalid value: "-1": must be greater than or equal to 0"#,
            ],
        );
    }
}
