//! Node selectors (`core/validation.ValidateNodeSelector`).

use pintle_engine::{Errors, Value};
use pintle_machinery::name::qualified_name;
use pintle_machinery::path::ValueExt;

/// Checks the terms of a selector.
pub(crate) fn validate(selector: &Value, path: &str, errors: &mut Errors) {
    let terms = selector.list_at(&["nodeSelectorTerms"]);
    let path = format!("{path}.nodeSelectorTerms");
    if terms.is_empty() {
        errors.required(path, "must have at least one node selector term");
        return;
    }
    for (index, one) in terms.iter().enumerate() {
        term(one, &format!("{path}[{index}]"), errors);
    }
}

/// `ValidateNodeSelectorTerm`.
pub(crate) fn term(term: &Value, path: &str, errors: &mut Errors) {
    for (index, one) in term.list_at(&["matchExpressions"]).iter().enumerate() {
        expression(one, &format!("{path}.matchExpressions[{index}]"), errors);
    }
    for (index, one) in term.list_at(&["matchFields"]).iter().enumerate() {
        field(one, &format!("{path}.matchFields[{index}]"), errors);
    }
}

/// `ValidateNodeSelectorRequirement`.
fn expression(one: &Value, path: &str, errors: &mut Errors) {
    let values = one.list_at(&["values"]).len();
    let operator = one.str_at(&["operator"]).unwrap_or_default();
    let at = format!("{path}.values");
    match operator {
        "In" | "NotIn" if values == 0 => {
            errors.required(at, "must be specified when `operator` is 'In' or 'NotIn'");
        }
        "Exists" | "DoesNotExist" if values > 0 => {
            let detail = "may not be specified when `operator` is 'Exists' or 'DoesNotExist'";
            errors.forbidden(at, detail);
        }
        "Gt" | "Lt" if values != 1 => {
            let detail = "must be specified single value when `operator` is 'Lt' or 'Gt'";
            errors.required(at, detail);
        }
        "In" | "NotIn" | "Exists" | "DoesNotExist" | "Gt" | "Lt" => {}
        _ => {
            let detail = "not a valid selector operator";
            errors.invalid(format_args!("{path}.operator"), operator, detail);
        }
    }
    let key = one.str_at(&["key"]).unwrap_or_default();
    errors.invalid_each(format_args!("{path}.key"), key, qualified_name(key));
}

/// `ValidateNodeFieldSelectorRequirement`.
fn field(one: &Value, path: &str, errors: &mut Errors) {
    let operator = one.str_at(&["operator"]).unwrap_or_default();
    match operator {
        "In" | "NotIn" if one.list_at(&["values"]).len() != 1 => {
            let detail =
                "must be only one value when `operator` is 'In' or 'NotIn' for node field selector";
            errors.required(format_args!("{path}.values"), detail);
        }
        "In" | "NotIn" => {}
        _ => {
            let detail = "not a valid selector operator";
            errors.invalid(format_args!("{path}.operator"), operator, detail);
        }
    }
    let key = one.str_at(&["key"]).unwrap_or_default();
    if key != "metadata.name" {
        errors.invalid(format_args!("{path}.key"), key, "not a valid field selector key");
    }
}
