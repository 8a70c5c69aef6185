//! `configmaps`: settings for pods.

use pintle_engine::{Context, Errors, Resource, Value, age, column, name};
use pintle_machinery::name::config_map_key;
use pintle_machinery::path::ValueExt;

/// The row.
pub const CONFIG_MAPS: Resource = Resource {
    group: "",
    plural: "configmaps",
    validate,
    columns: &[
        name(),
        column("Data", |object, _| {
            (entries(object, "data") + entries(object, "binaryData")).into()
        }),
        age(),
    ],
    ..Resource::NAMESPACED
};

/// Most bytes of all values together (`MaxSecretSize`, also of config maps).
pub(crate) const MAX_BYTES: usize = 1024 * 1024;

/// How many entries the map in a field has.
pub(crate) fn entries(object: &Value, field: &str) -> usize {
    object.map_at(&[field]).map_or(0, serde_json::Map::len)
}

/// Bytes that a base64 text stands for.
pub(crate) fn decoded_len(base64: &str) -> usize {
    let padding = base64.bytes().rev().take_while(|&byte| byte == b'=').count();
    (base64.len() / 4 * 3).saturating_sub(padding)
}

/// `core/validation.ValidateConfigMap`, `ValidateConfigMapUpdate`.
fn validate(_: &Context<'_>, object: &Value, old: Option<&Value>, errors: &mut Errors) {
    if let Some(old) = old {
        validate_frozen(object, old, &["data", "binaryData"], errors);
    }
    let mut size = 0;
    for (key, value) in object.map_at(&["data"]).into_iter().flatten() {
        let path = format!("data[{key}]");
        errors.invalid_each(&path, key.as_str(), config_map_key(key));
        if object.at(&["binaryData", key]).is_some() {
            errors.invalid(&path, key.as_str(), "duplicate of key present in binaryData");
        }
        size += value.as_str().map_or(0, str::len);
    }
    for (key, value) in object.map_at(&["binaryData"]).into_iter().flatten() {
        errors.invalid_each(format_args!("binaryData[{key}]"), key.as_str(), config_map_key(key));
        size += value.as_str().map_or(0, decoded_len);
    }
    if size > MAX_BYTES {
        // How upstream prints a path without a name.
        errors.too_long("[]", MAX_BYTES);
    }
}

/// What `immutable: true` forbids, in config maps and secrets.
pub(crate) fn validate_frozen(object: &Value, old: &Value, fields: &[&str], errors: &mut Errors) {
    if old.bool_at(&["immutable"]) != Some(true) {
        return;
    }
    if object.bool_at(&["immutable"]) != Some(true) {
        errors.forbidden("immutable", "field is immutable when `immutable` is set");
    }
    for field in fields {
        if object.at(&[field]) != old.at(&[field]) {
            errors.forbidden(field, "field is immutable when `immutable` is set");
        }
    }
}

#[cfg(test)]
mod tests {
    use pintle_engine::User;
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(object: Value, old: Option<Value>, expected: &[&str]) {
        let user = User::default();
        let ctx = Context {
            now: 0,
            user: &user,
            namespace: "default",
            name: "",
            subresource: "",
            random: 0,
            dry_run: false,
        };
        let mut errors = Errors::new();
        validate(&ctx, &object, old.as_ref(), &mut errors);
        let found: Vec<String> = errors.iter().map(ToString::to_string).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn keys_are_checked_in_both_maps() {
        let object = json!({"data": {"a": "1"}, "binaryData": {"a": "AA==", "b": "AA=="}});
        check(
            object,
            None,
            &[r#"data[a]: Invalid value: "a": duplicate of key present in binaryData"#],
        );
        check(json!({"data": {"a.b_c-d": ""}}), None, &[]);
    }

    #[test]
    fn frozen_data_stays() {
        check(
            json!({"data": {"a": "2"}}),
            Some(json!({"immutable": true, "data": {"a": "1"}})),
            &[
                "immutable: Forbidden: field is immutable when `immutable` is set",
                "data: Forbidden: field is immutable when `immutable` is set",
            ],
        );
    }

    #[test]
    fn a_mebibyte_is_the_most() {
        check(json!({"data": {"a": "x".repeat(MAX_BYTES)}}), None, &[]);
        let object = json!({"data": {"a": "x".repeat(MAX_BYTES)}, "binaryData": {"b": "AA=="}});
        check(object, None, &["[]: Too long: may not be more than 1048576 bytes"]);
    }
}
