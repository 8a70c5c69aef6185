//! What priority classes must look like (`pkg/apis/scheduling/validation`).

use pintle_engine::{Context, Errors, Value};
use pintle_machinery::path::ValueExt;

/// Prefix of the names that the system keeps for itself.
const SYSTEM_PREFIX: &str = "system-";
/// The highest priority that users may define.
const HIGHEST: i64 = 1_000_000_000;
/// The classes of the system (`scheduling/v1.SystemPriorityClasses`).
const SYSTEM_CLASSES: [(&str, i64); 2] =
    [("system-node-critical", 2_000_001_000), ("system-cluster-critical", 2_000_000_000)];

/// `ValidatePriorityClass`, `ValidatePriorityClassUpdate`.
pub(super) fn priority_class(
    _: &Context<'_>,
    class: &Value,
    old: Option<&Value>,
    errors: &mut Errors,
) {
    let value = |class: &Value| class.i64_at(&["value"]).unwrap_or(0);
    if let Some(old) = old {
        if value(class) != value(old) {
            errors.forbidden("value", "may not be changed in an update.");
        }
        let policy = ["preemptionPolicy"];
        if class.at(&policy) != old.at(&policy) {
            errors.invalid("preemptionPolicy", class.at(&policy), "field is immutable");
        }
        return;
    }
    let name = class.str_at(&["metadata", "name"]).unwrap_or_default();
    if name.starts_with(SYSTEM_PREFIX) {
        if let Err(problem) = system_class(name, class) {
            let detail = format!(
                "priority class names with '{SYSTEM_PREFIX}' prefix are reserved for system use only. error: {problem}"
            );
            errors.forbidden("metadata.name", detail);
        }
    } else if value(class) > HIGHEST {
        let detail = format!("maximum allowed value of a user defined priority is {HIGHEST}");
        errors.forbidden("value", detail);
    }
    match class.str_at(&["preemptionPolicy"]) {
        None | Some("PreemptLowerPriority" | "Never") => {}
        Some("") => errors.required("preemptionPolicy", ""),
        Some(other) => {
            errors.not_supported("preemptionPolicy", other, &["PreemptLowerPriority", "Never"]);
        }
    }
}

/// `scheduling/v1.IsKnownSystemPriorityClass`.
fn system_class(name: &str, class: &Value) -> Result<(), String> {
    let Some((_, value)) = SYSTEM_CLASSES.iter().find(|(known, _)| *known == name) else {
        return Err(format!("{name} is not a known system priority class"));
    };
    if class.i64_at(&["value"]).unwrap_or(0) != *value {
        return Err(format!("value of {name} PriorityClass must be {value}"));
    }
    if class.bool_at(&["globalDefault"]) == Some(true) {
        return Err(format!("globalDefault of {name} PriorityClass must be false"));
    }
    Ok(())
}
