//! What runtime classes must look like (`pkg/apis/node/validation`).

use pintle_engine::{Context, Errors, Value};
use pintle_machinery::name::{label_value, name_is_dns_label, qualified_name};
use pintle_machinery::path::ValueExt;
use pintle_machinery::quantity::Quantity;

/// `ValidateRuntimeClass`, `ValidateRuntimeClassUpdate`.
pub(super) fn runtime_class(
    _: &Context<'_>,
    class: &Value,
    old: Option<&Value>,
    errors: &mut Errors,
) {
    for (name, amount) in class.map_at(&["overhead", "podFixed"]).into_iter().flatten() {
        let text = amount.as_str().unwrap_or_default();
        if Quantity::parse(text).is_ok_and(|quantity| quantity.sign() < 0) {
            let path = format!("overhead.limits[{name}]");
            errors.invalid(path, text, "must be greater than or equal to 0");
        }
    }
    for (key, value) in class.map_at(&["scheduling", "nodeSelector"]).into_iter().flatten() {
        let value = value.as_str().unwrap_or_default();
        errors.invalid_each("scheduling.nodeSelector", key.as_str(), qualified_name(key));
        errors.invalid_each("scheduling.nodeSelector", value, label_value(value));
    }
    match class.str_at(&["handler"]).unwrap_or_default() {
        "" => errors.required("handler", ""),
        handler => errors.invalid_each("handler", handler, name_is_dns_label(handler, false)),
    }
    if old.is_some_and(|old| old.at(&["handler"]) != class.at(&["handler"])) {
        errors.invalid("handler", Value::Null, "field is immutable");
    }
}
