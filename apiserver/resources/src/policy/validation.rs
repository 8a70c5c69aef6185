//! What disruption budgets must look like (`pkg/apis/policy/validation`).

use pintle_engine::{Context, Errors, Value};
use pintle_machinery::field::{BadValue, Path};
use pintle_machinery::json;
use pintle_machinery::name::percent;
use pintle_machinery::path::ValueExt;

use crate::selectors;

const NOT_NEGATIVE: &str = "must be greater than or equal to 0";

/// `ValidatePodDisruptionBudget`, `ValidatePodDisruptionBudgetStatusUpdate`.
pub(super) fn validate(
    ctx: &Context<'_>,
    budget: &Value,
    old: Option<&Value>,
    errors: &mut Errors,
) {
    if ctx.subresource == "status" {
        return status(budget, errors);
    }
    let path = Path::new("spec");
    let (min, max) = (budget.at(&["spec", "minAvailable"]), budget.at(&["spec", "maxUnavailable"]));
    if min.is_some() && max.is_some() {
        let detail = "minAvailable and maxUnavailable cannot be both set";
        errors.invalid(path, internal_spec(budget), detail);
    }
    for (field, value) in [("minAvailable", min), ("maxUnavailable", max)] {
        if let Some(value) = value {
            int_or_percent(value, &path.child(field), errors);
        }
    }
    let selector = |budget: &Value| budget.at(&["spec", "selector"]).cloned();
    if let Some(new) = selector(budget) {
        let lenient = old.and_then(selector).is_some_and(|old| !selectors::is_valid(&old));
        selectors::validate(&new, lenient, &path.child("selector"), errors);
    }
    let policies = ["AlwaysAllow", "IfHealthyBudget"];
    if let Some(policy) = budget.str_at(&["spec", "unhealthyPodEvictionPolicy"])
        && !policies.contains(&policy)
    {
        errors.not_supported(path.child("unhealthyPodEvictionPolicy"), policy, &policies);
    }
}

fn status(budget: &Value, errors: &mut Errors) {
    for field in ["disruptionsAllowed", "currentHealthy", "desiredHealthy", "expectedPods"] {
        let value = budget.i64_at(&["status", field]).unwrap_or(0);
        if value < 0 {
            errors.invalid(Path::new("status").child(field), value, NOT_NEGATIVE);
        }
    }
}

/// `apps/validation.ValidatePositiveIntOrPercent`, `IsNotMoreThan100Percent`.
fn int_or_percent(value: &Value, path: &Path<'_>, errors: &mut Errors) {
    if let Some(number) = value.as_i64() {
        if number < 0 {
            errors.invalid(path, number, NOT_NEGATIVE);
        }
        return;
    }
    let text = value.as_str().unwrap_or_default();
    let messages = percent(text);
    let is_percent = messages.is_empty();
    errors.invalid_each(path, text, messages);
    let number: Option<i64> = text.strip_suffix('%').and_then(|digits| digits.parse().ok());
    if is_percent && number.is_none_or(|number| number > 100) {
        errors.invalid(path, text, "must not be greater than 100%");
    }
}

/// The spec as Go prints the internal struct.
fn internal_spec(budget: &Value) -> BadValue {
    let field = |name: &str| match budget.at(&["spec", name]) {
        Some(value) => json::to_string(value),
        None => "null".into(),
    };
    BadValue::Text(format!(
        "{{\"MinAvailable\":{},\"Selector\":{},\"MaxUnavailable\":{},\"UnhealthyPodEvictionPolicy\":{}}}",
        field("minAvailable"),
        field("selector"),
        field("maxUnavailable"),
        field("unhealthyPodEvictionPolicy")
    ))
}
