//! The rules that workloads share, and each one's own (`apps/validation`).

use pintle_engine::{Context, Errors, Value, meta};
use pintle_machinery::field::{BadValue, Path};
use pintle_machinery::path::ValueExt;
use pintle_machinery::selector::LabelSelector;

use crate::core::pods;

/// A number that may not be negative (`ValidateNonnegativeField`).
pub(crate) fn non_negative(object: &Value, path: &[&str], errors: &mut Errors) {
    if let Some(value) = object.i64_at(path).filter(|value| *value < 0) {
        errors.invalid(path.join("."), value, "must be greater than or equal to 0");
    }
}

/// A field that stays as it is (`ValidateImmutableField`).
pub(crate) fn immutable(object: &Value, old: &Value, path: &[&str], errors: &mut Errors) {
    let null = Value::Null;
    let (new, before) = (object.at(path).unwrap_or(&null), old.at(path).unwrap_or(&null));
    if !meta::semantic_equal(new, before) {
        errors.invalid(path.join("."), new.clone(), "field is immutable");
    }
}

/// Pods of workloads always restart and have no deadline.
pub(crate) fn always_restarts(template: &Value, errors: &mut Errors) {
    let policy = template.str_at(&["spec", "restartPolicy"]).unwrap_or_default();
    if policy != "Always" {
        errors.not_supported("spec.template.spec.restartPolicy", policy, &["Always"]);
    }
}

fn no_deadline(object: &Value, kind: &str, errors: &mut Errors) {
    if object.i64_at(&["spec", "template", "spec", "activeDeadlineSeconds"]).is_some() {
        let detail = format!("activeDeadlineSeconds in {kind} is not Supported");
        errors.forbidden("spec.template.spec.activeDeadlineSeconds", detail);
    }
}

/// The selector must be there, be sound and not select everything.
fn selector(object: &Value, kind: &str, errors: &mut Errors) {
    let Some(selector) = object.at(&["spec", "selector"]).filter(|value| !value.is_null()) else {
        if kind != "daemonset" {
            errors.required("spec.selector", "");
        }
        return;
    };
    crate::selectors::validate(selector, false, &Path::new("spec.selector"), errors);
    if LabelSelector::from_value(Some(selector)).is_err() && kind != "daemonset" {
        let detail = if kind == "statefulset" { "" } else { "invalid label selector" };
        errors.invalid("spec.selector", selector.clone(), detail);
    }
    let empty =
        ["matchLabels", "matchExpressions"].iter().all(|field| match selector.at(&[field]) {
            Some(Value::Object(map)) => map.is_empty(),
            Some(Value::Array(list)) => list.is_empty(),
            _ => true,
        });
    if empty {
        let detail = format!("empty selector is invalid for {kind}");
        errors.invalid("spec.selector", selector.clone(), detail);
    }
}

/// The template's labels match the selector (`ValidatePodTemplateSpecForReplicaSet`).
fn labels_match(object: &Value, errors: &mut Errors) {
    let labels = object.map_at(&["spec", "template", "metadata", "labels"]);
    let Ok(selector) = LabelSelector::from_value(object.at(&["spec", "selector"])) else { return };
    if !selector.is_empty() && !selector.matches(labels) {
        let shown = labels.map_or(Value::Null, |labels| Value::Object(labels.clone()));
        let detail = "`selector` does not match template `labels`";
        errors.invalid("spec.template.metadata.labels", shown, detail);
    }
}

/// Selector and template of a workload.
fn workload(object: &Value, selector_kind: &str, kind: &str, errors: &mut Errors) {
    selector(object, selector_kind, errors);
    labels_match(object, errors);
    let template = &object["spec"]["template"];
    pods::validation::template(template, "spec.template", errors);
    always_restarts(template, errors);
    no_deadline(object, kind, errors);
}

/// `ValidateReplicaSet`, `ValidateReplicaSetUpdate`.
pub(crate) fn replica_set(
    ctx: &Context<'_>,
    object: &Value,
    old: Option<&Value>,
    errors: &mut Errors,
) {
    if ctx.subresource == "status" {
        return status(object, errors);
    }
    non_negative(object, &["spec", "replicas"], errors);
    non_negative(object, &["spec", "minReadySeconds"], errors);
    workload(object, "deployment", "ReplicaSet", errors);
    if let Some(old) = old {
        immutable(object, old, &["spec", "selector"], errors);
    }
}

/// Counts of a status (`ValidateReplicaSetStatus`, `ValidateDeploymentStatus`).
fn status(object: &Value, errors: &mut Errors) {
    let counts = [
        "replicas",
        "fullyLabeledReplicas",
        "readyReplicas",
        "availableReplicas",
        "updatedReplicas",
        "unavailableReplicas",
        "observedGeneration",
        "collisionCount",
    ];
    for field in counts {
        non_negative(object, &["status", field], errors);
    }
    let number = |field: &str| object.i64_at(&["status", field]).unwrap_or(0);
    for field in ["fullyLabeledReplicas", "readyReplicas", "availableReplicas", "updatedReplicas"] {
        if number(field) > number("replicas") {
            let detail = "cannot be greater than status.replicas";
            errors.invalid(format_args!("status.{field}"), number(field), detail);
        }
    }
    if number("availableReplicas") > number("readyReplicas") {
        let detail = "cannot be greater than readyReplicas";
        errors.invalid("status.availableReplicas", number("availableReplicas"), detail);
    }
}

/// `ValidateDeployment`, `ValidateDeploymentUpdate`.
pub(crate) fn deployment(
    ctx: &Context<'_>,
    object: &Value,
    old: Option<&Value>,
    errors: &mut Errors,
) {
    if ctx.subresource == "status" {
        return status(object, errors);
    }
    non_negative(object, &["spec", "replicas"], errors);
    workload(object, "deployment", "ReplicaSet", errors);
    strategy(object, errors);
    for field in ["minReadySeconds", "revisionHistoryLimit", "progressDeadlineSeconds"] {
        non_negative(object, &["spec", field], errors);
    }
    let number = |field: &str| object.i64_at(&["spec", field]);
    if let Some(deadline) = number("progressDeadlineSeconds")
        && deadline <= number("minReadySeconds").unwrap_or(0)
    {
        let detail = "must be greater than minReadySeconds";
        errors.invalid("spec.progressDeadlineSeconds", deadline, detail);
    }
    if let Some(old) = old {
        immutable(object, old, &["spec", "selector"], errors);
    }
}

/// `ValidateDeploymentStrategy`.
fn strategy(object: &Value, errors: &mut Errors) {
    let strategy = &object["spec"]["strategy"];
    let path = "spec.strategy.rollingUpdate";
    let rolling = strategy.at(&["rollingUpdate"]).filter(|value| !value.is_null());
    match strategy.str_at(&["type"]).unwrap_or_default() {
        "Recreate" if rolling.is_some() => {
            let detail = "may not be specified when strategy `type` is 'Recreate'";
            errors.forbidden(path, detail);
        }
        "Recreate" => {}
        "RollingUpdate" => match rolling {
            None => errors.required(path, "this should be defaulted and never be nil"),
            Some(rolling) => rolling_update(rolling, path, errors),
        },
        _ => {
            errors.not_supported(
                "spec.strategy",
                update_strategy(strategy),
                &["Recreate", "RollingUpdate"],
            );
        }
    }
}

/// `ValidateRollingUpdateDeployment`.
fn rolling_update(rolling: &Value, path: &str, errors: &mut Errors) {
    for field in ["maxUnavailable", "maxSurge"] {
        amount(&rolling[field], &format!("{path}.{field}"), errors);
    }
    let unavailable = &rolling["maxUnavailable"];
    let at = format!("{path}.maxUnavailable");
    if is_zero(unavailable) && is_zero(&rolling["maxSurge"]) {
        errors.invalid(&at, unavailable.clone(), "may not be 0 when `maxSurge` is 0");
    }
    if percent(unavailable).is_some_and(|percent| percent > 100) {
        errors.invalid(&at, unavailable.clone(), "must not be greater than 100%");
    }
}

fn percent(value: &Value) -> Option<i64> {
    value.as_str()?.strip_suffix('%')?.parse().ok()
}

fn is_zero(value: &Value) -> bool {
    value.is_null() || value.as_i64() == Some(0) || percent(value) == Some(0)
}

/// `ValidatePositiveIntOrPercent`.
fn amount(value: &Value, path: &str, errors: &mut Errors) {
    match value {
        Value::String(text) => {
            errors.invalid_each(path, text.as_str(), pintle_machinery::name::percent(text));
        }
        other => {
            if let Some(number) = other.as_i64().filter(|number| *number < 0) {
                errors.invalid(path, number, "must be greater than or equal to 0");
            }
        }
    }
}

/// `ValidateDaemonSet`, `ValidateDaemonSetUpdate`.
pub(crate) fn daemon_set(
    ctx: &Context<'_>,
    object: &Value,
    old: Option<&Value>,
    errors: &mut Errors,
) {
    if ctx.subresource == "status" {
        for field in [
            "currentNumberScheduled",
            "numberMisscheduled",
            "desiredNumberScheduled",
            "numberReady",
        ] {
            non_negative(object, &["status", field], errors);
        }
        return;
    }
    if let Some(old) = old {
        immutable(object, old, &["spec", "selector"], errors);
    }
    workload(object, "daemonset", "DaemonSet", errors);
    for field in ["minReadySeconds", "revisionHistoryLimit"] {
        non_negative(object, &["spec", field], errors);
    }
    let kind = object.str_at(&["spec", "updateStrategy", "type"]).unwrap_or_default();
    if !matches!(kind, "RollingUpdate" | "OnDelete") {
        let supported = ["RollingUpdate", "OnDelete"];
        let shown = update_strategy(&object["spec"]["updateStrategy"]);
        errors.not_supported("spec.updateStrategy", shown, &supported);
    }
    let rolling = &object["spec"]["updateStrategy"]["rollingUpdate"];
    if rolling.is_object() && is_zero(&rolling["maxUnavailable"]) && is_zero(&rolling["maxSurge"]) {
        let path = "spec.updateStrategy.rollingUpdate.maxUnavailable";
        errors.required(path, "cannot be 0 when maxSurge is 0");
    }
}

/// An update strategy as Go prints the internal type, without a rolling update.
fn update_strategy(strategy: &Value) -> BadValue {
    let kind = strategy.str_at(&["type"]).unwrap_or_default();
    let kind = pintle_machinery::json::quote(kind);
    BadValue::Text(format!("{{\"Type\":{kind},\"RollingUpdate\":null}}"))
}

/// When claims go away (`ValidatePersistentVolumeClaimRetentionPolicy`).
fn claim_retention(object: &Value, errors: &mut Errors) {
    for field in ["whenDeleted", "whenScaled"] {
        let path = ["spec", "persistentVolumeClaimRetentionPolicy", field];
        if let Some(policy) = object.str_at(&path)
            && !matches!(policy, "Retain" | "Delete")
        {
            errors.not_supported(path.join("."), policy, &["Retain", "Delete"]);
        }
    }
}

/// `ValidateStatefulSet`, `ValidateStatefulSetUpdate`.
pub(crate) fn stateful_set(
    ctx: &Context<'_>,
    object: &Value,
    old: Option<&Value>,
    errors: &mut Errors,
) {
    if ctx.subresource == "status" {
        return status(object, errors);
    }
    let text = |path: &[&str]| object.str_at(path).unwrap_or_default();
    match text(&["spec", "podManagementPolicy"]) {
        "" => errors.required("spec.podManagementPolicy", ""),
        "OrderedReady" | "Parallel" => {}
        other => {
            let detail = "must be 'OrderedReady' or 'Parallel'";
            errors.invalid("spec.podManagementPolicy", other, detail);
        }
    }
    let strategy = &object["spec"]["updateStrategy"];
    match text(&["spec", "updateStrategy", "type"]) {
        "" => errors.required("spec.updateStrategy", ""),
        "RollingUpdate" | "OnDelete" => {}
        _ => {
            let detail = "must be 'RollingUpdate' or 'OnDelete'";
            let shown = update_strategy(strategy);
            errors.invalid("spec.updateStrategy", shown, detail);
        }
    }
    for path in [
        &["spec", "replicas"] as &[&str],
        &["spec", "minReadySeconds"],
        &["spec", "updateStrategy", "rollingUpdate", "partition"],
        &["spec", "ordinals", "start"],
    ] {
        non_negative(object, path, errors);
    }
    claim_retention(object, errors);
    workload(object, "statefulset", "StatefulSet", errors);
    if let Some(old) = old {
        for field in ["selector", "volumeClaimTemplates", "serviceName", "podManagementPolicy"] {
            immutable(object, old, &["spec", field], errors);
        }
    }
}

#[cfg(test)]
mod tests;
