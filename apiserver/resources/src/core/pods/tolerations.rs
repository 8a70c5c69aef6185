//! Tolerations and the effects of taints.

use std::fmt::Display;

use pintle_engine::{Errors, Value};
use pintle_machinery::field::Path;
use pintle_machinery::name::{label_value, qualified_name};
use pintle_machinery::path::ValueExt;

const EFFECTS: &[&str] = &["NoSchedule", "PreferNoSchedule", "NoExecute"];

/// `core/validation.validateTaintEffect`.
pub(crate) fn taint_effect(
    effect: &str,
    allow_empty: bool,
    path: impl Display,
    errors: &mut Errors,
) {
    if effect.is_empty() && !allow_empty {
        errors.required(path, "");
    } else if !EFFECTS.contains(&effect) {
        errors.not_supported(path, effect, EFFECTS);
    }
}

/// `core/validation.ValidateTolerations`.
pub(crate) fn validate(tolerations: &[Value], path: &Path<'_>, errors: &mut Errors) {
    for (index, toleration) in tolerations.iter().enumerate() {
        let path = path.index(index);
        let get = |field: &str| toleration.str_at(&[field]).unwrap_or_default();
        let (key, operator, effect) = (get("key"), get("operator"), get("effect"));
        if !key.is_empty() {
            errors.invalid_each(format_args!("{path}.key"), key, qualified_name(key));
        } else if operator != "Exists" {
            let detail = "operator must be Exists when `key` is empty, which means \"match all values and all keys\"";
            errors.invalid(format_args!("{path}.operator"), operator, detail);
        }
        if toleration.i64_at(&["tolerationSeconds"]).is_some() && effect != "NoExecute" {
            let detail = "effect must be 'NoExecute' when `tolerationSeconds` is set";
            errors.invalid(format_args!("{path}.effect"), effect, detail);
        }
        validate_value(operator, get("value"), &path, errors);
        if !effect.is_empty() {
            taint_effect(effect, true, path.child("effect"), errors);
        }
    }
}

fn validate_value(operator: &str, value: &str, path: &Path<'_>, errors: &mut Errors) {
    let at = path.child("operator");
    match operator {
        "Equal" | "" => {
            let messages = label_value(value);
            if !messages.is_empty() {
                errors.invalid(at, value, messages.join(";"));
            }
        }
        "Exists" if !value.is_empty() => {
            errors.invalid(at, value, "value must be empty when `operator` is 'Exists'");
        }
        "Exists" => {}
        "Lt" | "Gt" => {
            errors.not_supported(at, operator, &["Equal", "Exists", "Lt", "Gt"]);
        }
        _ => errors.not_supported(at, operator, &["Equal", "Exists"]),
    }
}
