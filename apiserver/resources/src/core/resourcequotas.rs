//! `resourcequotas`: how much a namespace may use.

use std::cmp::Ordering;

use pintle_engine::openapi::enums;
use pintle_engine::{Context, Errors, Resource, ReturnsDeleted, Value, age, column, name};
use pintle_machinery::path::ValueExt;

use super::resource_names::{quantity_value, quota_resource};

/// The row.
pub const RESOURCE_QUOTAS: Resource = Resource {
    group: "",
    plural: "resourcequotas",
    has_status: true,
    returns_deleted: ReturnsDeleted::Always,
    validate,
    columns: &[
        name(),
        column("Request", |object, _| shares(object, false).into()),
        column("Limit", |object, _| shares(object, true).into()),
        age(),
    ],
    ..Resource::NAMESPACED
};

/// `resource: used/hard` of each resource, those named `limits.…` apart
/// (`printers.printResourceQuota`).
fn shares(object: &Value, limits: bool) -> String {
    let hard = object.map_at(&["status", "hard"]);
    let shares: Vec<String> = hard
        .into_iter()
        .flatten()
        .filter(|(name, _)| name.starts_with("limits.") == limits)
        .map(|(name, hard)| {
            let used = object.str_at(&["status", "used", name]).unwrap_or("0");
            format!("{name}: {used}/{}", hard.as_str().unwrap_or("0"))
        })
        .collect();
    shares.join(", ")
}

/// `core/validation.ValidateResourceQuota`, `ValidateResourceQuotaUpdate`,
/// `ValidateResourceQuotaStatusUpdate`.
fn validate(ctx: &Context<'_>, object: &Value, old: Option<&Value>, errors: &mut Errors) {
    if ctx.subresource == "status" {
        for field in ["hard", "used"] {
            validate_amounts(object, &["status", field], errors);
        }
        return;
    }
    validate_amounts(object, &["spec", "hard"], errors);
    validate_scopes(object, errors);
    validate_scope_selector(object, errors);
    if let Some(old) = old {
        let sorted = |object: &Value| {
            let mut scopes = object.list_at(&["spec", "scopes"]).to_vec();
            scopes.sort_by(|a, b| a.as_str().partial_cmp(&b.as_str()).unwrap_or(Ordering::Equal));
            scopes.dedup();
            scopes
        };
        if sorted(object) != sorted(old) {
            let scopes = object.at(&["spec", "scopes"]).cloned().unwrap_or_default();
            errors.invalid("spec.scopes", scopes, "field is immutable");
        }
    }
}

fn validate_amounts(object: &Value, path: &[&str], errors: &mut Errors) {
    for (name, value) in object.map_at(path).into_iter().flatten() {
        let at = format!("{}[{name}]", path.join("."));
        quota_resource(name, &at, errors);
        quantity_value(name, value, &at, errors);
    }
}

/// Resources that a scope can watch (`helper.IsResourceQuotaScopeValidForResource`).
fn fits(scope: &str, resource: &str) -> bool {
    let compute = matches!(
        resource,
        "cpu"
            | "memory"
            | "limits.cpu"
            | "limits.memory"
            | "requests.cpu"
            | "requests.memory"
            | "ephemeral-storage"
            | "limits.ephemeral-storage"
            | "requests.ephemeral-storage"
    );
    match scope {
        "BestEffort" => matches!(resource, "pods" | "count/pods"),
        "VolumeAttributesClass" => {
            matches!(
                resource,
                "persistentvolumeclaims" | "count/persistentvolumeclaims" | "requests.storage"
            )
        }
        _ => compute || matches!(resource, "pods" | "count/pods"),
    }
}

fn validate_scopes(object: &Value, errors: &mut Errors) {
    let list = object.at(&["spec", "scopes"]).cloned().unwrap_or_default();
    let scopes: Vec<&str> =
        object.list_at(&["spec", "scopes"]).iter().filter_map(Value::as_str).collect();
    let known = enums::values("core.v1.ResourceQuotaSpec.scopes");
    for scope in &scopes {
        if !known.contains(scope) {
            errors.invalid("spec.scopes", list.clone(), "unsupported scope");
        }
        let hard = object.map_at(&["spec", "hard"]).into_iter().flat_map(|map| map.keys());
        if known.contains(scope) && hard.into_iter().any(|resource| !fits(scope, resource)) {
            errors.invalid("spec.scopes", list.clone(), "unsupported scope applied to resource");
        }
    }
    for pair in [["BestEffort", "NotBestEffort"], ["Terminating", "NotTerminating"]] {
        if pair.iter().all(|scope| scopes.contains(scope)) {
            errors.invalid("spec.scopes", list.clone(), "conflicting scopes");
        }
    }
}

fn validate_scope_selector(object: &Value, errors: &mut Errors) {
    let path = "spec.scopeSelector.matchExpressions";
    let known = enums::values("core.v1.ScopedResourceSelectorRequirement.scopeName");
    for expression in object.list_at(&["spec", "scopeSelector", "matchExpressions"]) {
        let text = |field: &str| expression.str_at(&[field]).unwrap_or_default();
        let (scope, operator) = (text("scopeName"), text("operator"));
        let values = expression.list_at(&["values"]);
        if !known.contains(&scope) {
            errors.invalid(format_args!("{path}.scopeName"), scope, "unsupported scope");
        }
        let by_value = matches!(scope, "PriorityClass" | "VolumeAttributesClass");
        if !by_value && known.contains(&scope) && operator != "Exists" {
            let detail = "must be 'Exists' when scope is any of ResourceQuotaScopeTerminating, ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort, ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity";
            errors.invalid(format_args!("{path}.operator"), operator, detail);
        }
        match operator {
            "In" | "NotIn" if values.is_empty() => {
                let detail = "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector";
                errors.required(format_args!("{path}.values"), detail);
            }
            "Exists" | "DoesNotExist" if !values.is_empty() => {
                let detail = "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector";
                let shown = expression.at(&["values"]).cloned().unwrap_or_default();
                errors.invalid(format_args!("{path}.values"), shown, detail);
            }
            "In" | "NotIn" | "Exists" | "DoesNotExist" => {}
            _ => errors.invalid(
                format_args!("{path}.operator"),
                operator,
                "not a valid selector operator",
            ),
        }
    }
}
