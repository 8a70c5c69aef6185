//! What autoscalers must look like (`pkg/apis/autoscaling/validation`).

use pintle_engine::{Context, Errors, Value};
use pintle_machinery::field::Path;
use pintle_machinery::name::path_segment_name;
use pintle_machinery::path::ValueExt;
use pintle_machinery::quantity::Quantity;

use super::metrics;

const NOT_NEGATIVE: &str = "must be greater than or equal to 0";
const MAX_STABILIZATION_SECONDS: i64 = 3600;
const MAX_PERIOD_SECONDS: i64 = 1800;

/// How much of an `apiVersion` a reference must have.
pub(super) enum ApiVersion {
    /// Anything goes: it was stored so.
    Any,
    /// The core group has no name.
    Core,
    /// A group and a version.
    Grouped,
}

/// `ValidateHorizontalPodAutoscaler`, its update and that of its status.
pub(super) fn validate(ctx: &Context<'_>, hpa: &Value, old: Option<&Value>, errors: &mut Errors) {
    if ctx.subresource == "status" {
        return status(hpa, errors);
    }
    let path = Path::new("spec");
    let min = hpa.i64_at(&["spec", "minReplicas"]);
    let max = hpa.i64_at(&["spec", "maxReplicas"]).unwrap_or(0);
    if min.is_some_and(|min| max < min) {
        let detail = "must be greater than or equal to `minReplicas`";
        errors.invalid(path.child("maxReplicas"), max, detail);
    }
    let target = hpa.at(&["spec", "scaleTargetRef"]).unwrap_or(&Value::Null);
    let at = path.child("scaleTargetRef");
    reference(target, &target_version(target, old), &at, errors);
    metrics::validate(hpa, old, &path.child("metrics"), errors);
    for direction in ["scaleUp", "scaleDown"] {
        if let Some(rules) = hpa.at(&["spec", "behavior", direction]) {
            scaling_rules(rules, &path.child("behavior").child(direction), errors);
        }
    }
    if let Some(min) = min.filter(|min| *min < 0) {
        errors.invalid(path.child("minReplicas"), min, NOT_NEGATIVE);
    }
    if max == 0 {
        errors.required(path.child("maxReplicas"), "");
    } else if max < 0 {
        errors.invalid(path.child("maxReplicas"), max, "must be greater than or equal to 1");
    }
}

fn status(hpa: &Value, errors: &mut Errors) {
    let path = Path::new("status");
    let conditions = hpa.list_at(&["status", "conditions"]).iter().enumerate();
    for (index, condition) in conditions {
        if let Some(generation) = condition.i64_at(&["observedGeneration"])
            && generation < 0
        {
            let at = path.child("conditions");
            errors.invalid(at.index(index).child("observedGeneration"), generation, NOT_NEGATIVE);
        }
    }
    for field in ["currentReplicas", "desiredReplicas"] {
        let value = hpa.i64_at(&["status", field]).unwrap_or(0);
        if value < 0 {
            errors.invalid(path.child(field), value, NOT_NEGATIVE);
        }
    }
}

/// `validationOptionsForHorizontalPodAutoscaler`.
fn target_version(target: &Value, old: Option<&Value>) -> ApiVersion {
    let stored = old.and_then(|old| old.at(&["spec", "scaleTargetRef"]));
    let same = |stored: &Value| {
        ["apiVersion", "kind"].iter().all(|field| stored.at(&[field]) == target.at(&[field]))
    };
    match target.str_at(&["kind"]) {
        _ if stored.is_some_and(same) => ApiVersion::Any,
        Some("ReplicationController") => ApiVersion::Core,
        _ => ApiVersion::Grouped,
    }
}

/// `ValidateCrossVersionObjectReference`.
pub(super) fn reference(
    reference: &Value,
    version: &ApiVersion,
    path: &Path<'_>,
    errors: &mut Errors,
) {
    let text = |field: &str| reference.str_at(&[field]).unwrap_or_default();
    for field in ["kind", "name"] {
        if text(field).is_empty() {
            errors.required(path.child(field), "");
        } else {
            errors.invalid_each(path.child(field), text(field), path_segment_name(text(field)));
        }
    }
    if let Err(problem) = api_version(text("apiVersion"), version) {
        errors.invalid(path.child("apiVersion"), text("apiVersion"), problem);
    }
}

/// `ValidateAPIVersion`.
pub(super) fn api_version(text: &str, rule: &ApiVersion) -> Result<(), String> {
    if matches!(rule, ApiVersion::Any) {
        return Ok(());
    }
    if text.matches('/').count() > 1 {
        return Err(format!("unexpected GroupVersion string: {text}"));
    }
    let grouped = text.split_once('/').is_some_and(|(group, _)| !group.is_empty());
    if !grouped && matches!(rule, ApiVersion::Grouped) {
        return Err("apiVersion must specify API group".into());
    }
    Ok(())
}

/// `validateScalingRules`.
fn scaling_rules(rules: &Value, path: &Path<'_>, errors: &mut Errors) {
    if let Some(seconds) = rules.i64_at(&["stabilizationWindowSeconds"]) {
        let at = path.child("stabilizationWindowSeconds");
        if seconds < 0 {
            errors.invalid(at, seconds, "must be greater than or equal to zero");
        }
        if seconds > MAX_STABILIZATION_SECONDS {
            let detail = format!("must be less than or equal to {MAX_STABILIZATION_SECONDS}");
            errors.invalid(at, seconds, detail);
        }
    }
    let policies = ["Disabled", "Max", "Min"];
    if let Some(policy) = rules.str_at(&["selectPolicy"])
        && !policies.contains(&policy)
    {
        errors.not_supported(path.child("selectPolicy"), policy, &policies);
    }
    let at = path.child("policies");
    let list = rules.list_at(&["policies"]);
    if list.is_empty() {
        errors.required(at, "must specify at least one Policy");
    }
    for (index, policy) in list.iter().enumerate() {
        scaling_policy(policy, &at.index(index), errors);
    }
    let tolerance = rules.str_at(&["tolerance"]).unwrap_or_default();
    if Quantity::parse(tolerance).is_ok_and(|quantity| quantity.sign() < 0) {
        errors.invalid(path.child("tolerance"), tolerance, NOT_NEGATIVE);
    }
}

/// `validateScalingPolicy`.
fn scaling_policy(policy: &Value, path: &Path<'_>, errors: &mut Errors) {
    let types = ["Percent", "Pods"];
    let ty = policy.str_at(&["type"]).unwrap_or_default();
    if !types.contains(&ty) {
        errors.not_supported(path.child("type"), ty, &types);
    }
    for field in ["value", "periodSeconds"] {
        let value = policy.i64_at(&[field]).unwrap_or(0);
        if value <= 0 {
            errors.invalid(path.child(field), value, "must be greater than zero");
        }
    }
    let period = policy.i64_at(&["periodSeconds"]).unwrap_or(0);
    if period > MAX_PERIOD_SECONDS {
        let detail = format!("must be less than or equal to {MAX_PERIOD_SECONDS}");
        errors.invalid(path.child("periodSeconds"), period, detail);
    }
}
