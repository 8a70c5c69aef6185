//! Label selectors as fields of objects (`meta/v1/validation.ValidateLabelSelector`).

use pintle_engine::{Errors, Value};
use pintle_machinery::field::Path;
use pintle_machinery::name::{label_value, qualified_name};
use pintle_machinery::path::ValueExt;
use pintle_machinery::selector::LabelSelector;

/// Whether a stored selector obeys today's rules; one that does not may keep its values.
pub(crate) fn is_valid(selector: &Value) -> bool {
    let mut errors = Errors::new();
    validate(selector, false, &Path::ROOT, &mut errors);
    errors.is_empty()
}

/// Whether a selector can be evaluated (`LabelSelectorAsSelector`).
pub(crate) fn is_usable(selector: &Value) -> bool {
    LabelSelector::from_value(Some(selector)).is_ok()
}

/// Checks a selector; `any_values` accepts values that are no label values
/// (`AllowInvalidLabelValueInSelector`).
pub(crate) fn validate(selector: &Value, any_values: bool, path: &Path<'_>, errors: &mut Errors) {
    let at = path.child("matchLabels");
    for (key, value) in selector.map_at(&["matchLabels"]).into_iter().flatten() {
        let value = value.as_str().unwrap_or_default();
        errors.invalid_each(at, key.as_str(), qualified_name(key));
        errors.invalid_each(at, value, label_value(value));
    }
    let at = path.child("matchExpressions");
    for (index, expression) in selector.list_at(&["matchExpressions"]).iter().enumerate() {
        requirement(expression, any_values, &at.index(index), errors);
    }
}

/// `ValidateLabelSelectorRequirement`.
fn requirement(expression: &Value, any_values: bool, path: &Path<'_>, errors: &mut Errors) {
    let values = expression.list_at(&["values"]);
    let at = path.child("values");
    match expression.str_at(&["operator"]).unwrap_or_default() {
        "In" | "NotIn" => {
            if values.is_empty() {
                errors.required(at, "must be specified when `operator` is 'In' or 'NotIn'");
            }
        }
        "Exists" | "DoesNotExist" => {
            if !values.is_empty() {
                let detail = "may not be specified when `operator` is 'Exists' or 'DoesNotExist'";
                errors.forbidden(at, detail);
            }
        }
        operator => {
            errors.invalid(path.child("operator"), operator, "not a valid selector operator");
        }
    }
    let key = expression.str_at(&["key"]).unwrap_or_default();
    errors.invalid_each(path.child("key"), key, qualified_name(key));
    for (index, value) in values.iter().enumerate().filter(|_| !any_values) {
        let value = value.as_str().unwrap_or_default();
        errors.invalid_each(at.index(index), value, label_value(value));
    }
}
