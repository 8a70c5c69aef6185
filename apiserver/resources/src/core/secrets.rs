//! `secrets`: settings that are kept from most eyes.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use pintle_engine::{Context, Errors, Resource, Selectable, Value, age, column, name};
use pintle_machinery::name::config_map_key;
use pintle_machinery::path::ValueExt;

use super::configmaps::{MAX_BYTES, decoded_len, entries, validate_frozen};
use crate::print::text;

/// The row.
pub const SECRETS: Resource = Resource {
    group: "",
    plural: "secrets",
    own_selectors: true,
    selectable: &[Selectable {
        label: "type",
        value: |object| object.str_at(&["type"]).unwrap_or_default().to_owned(),
    }],
    default: fold_strings,
    prepare,
    validate,
    columns: &[
        name(),
        column("Type", |object, _| text(object, &["type"])),
        column("Data", |object, _| entries(object, "data").into()),
        age(),
    ],
    ..Resource::NAMESPACED
};

/// Text that a client need not encode: written over `data`, never kept
/// (`core/v1.Convert_v1_Secret_To_core_Secret`).
fn fold_strings(secret: &mut Value, _: i64) {
    let Some(Value::Object(strings)) = secret.remove_at(&["stringData"]) else { return };
    for (key, text) in strings {
        let encoded = STANDARD.encode(text.as_str().unwrap_or_default());
        secret.set(&["data", &key], encoded);
    }
}

/// An update without a type keeps it (`secret.strategy.PrepareForUpdate`).
fn prepare(_: &Context<'_>, object: &mut Value, old: Option<&Value>) {
    if let Some(old) = old
        && object.str_at(&["type"]).unwrap_or_default().is_empty()
        && let Some(kind) = old.at(&["type"])
    {
        object.set(&["type"], kind.clone());
    }
}

/// `core/validation.ValidateSecret`, `ValidateSecretUpdate`.
fn validate(_: &Context<'_>, object: &Value, old: Option<&Value>, errors: &mut Errors) {
    if let Some(old) = old {
        if object.at(&["type"]) != old.at(&["type"]) {
            errors.invalid("type", text(object, &["type"]), "field is immutable");
        }
        validate_frozen(object, old, &["data"], errors);
    }
    let mut size = 0;
    for (key, value) in object.map_at(&["data"]).into_iter().flatten() {
        errors.invalid_each(format_args!("data[{key}]"), key.as_str(), config_map_key(key));
        size += value.as_str().map_or(0, decoded_len);
    }
    if size > MAX_BYTES {
        errors.too_long("data", MAX_BYTES);
    }
    validate_type(object, errors);
}

/// Keys that the type asks for.
fn validate_type(object: &Value, errors: &mut Errors) {
    let has = |key: &str| object.at(&["data", key]).is_some();
    let mut require = |key: &str| {
        if !has(key) {
            errors.required(format_args!("data[{key}]"), "");
        }
    };
    match object.str_at(&["type"]).unwrap_or_default() {
        "kubernetes.io/service-account-token" => {
            let account = "kubernetes.io/service-account.name";
            let name = object.str_at(&["metadata", "annotations", account]).unwrap_or_default();
            if name.is_empty() {
                errors.required(format_args!("metadata.annotations[{account}]"), "");
            }
        }
        "kubernetes.io/dockercfg" => validate_json(object, ".dockercfg", errors),
        "kubernetes.io/dockerconfigjson" => validate_json(object, ".dockerconfigjson", errors),
        "kubernetes.io/basic-auth" if !has("username") && !has("password") => {
            errors.required("data[username]", "");
            errors.required("data[password]", "");
        }
        "kubernetes.io/ssh-auth" if decoded(object, "ssh-privatekey").is_none_or(str::is_empty) => {
            errors.required("data[ssh-privatekey]", "");
        }
        "kubernetes.io/tls" => {
            require("tls.crt");
            require("tls.key");
        }
        _ => {}
    }
}

fn decoded<'a>(object: &'a Value, key: &str) -> Option<&'a str> {
    object.str_at(&["data", key])
}

/// The value under a key must be there and be JSON.
fn validate_json(object: &Value, key: &str, errors: &mut Errors) {
    let path = format!("data[{key}]");
    match decoded(object, key) {
        None => errors.required(path, ""),
        Some(base64) => {
            let bytes = decode(base64);
            if let Err(error) = serde_json::from_slice::<serde_json::Map<String, Value>>(&bytes) {
                errors.invalid(path, "<secret contents redacted>", go_error(&bytes, &error));
            }
        }
    }
}

/// Standard base64; canonical trees hold no other text.
fn decode(base64: &str) -> Vec<u8> {
    let digit = |byte: u8| match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        _ => 63,
    };
    let digits: Vec<u8> = base64.bytes().filter(|byte| *byte != b'=').map(digit).collect();
    let mut bytes = Vec::with_capacity(digits.len() * 3 / 4);
    for group in digits.chunks(4) {
        let bits = group
            .iter()
            .enumerate()
            .fold(0_u32, |bits, (index, digit)| bits | (u32::from(*digit) << (18 - 6 * index)));
        bytes.extend_from_slice(&bits.to_be_bytes()[1..group.len()]);
    }
    bytes
}

/// What `encoding/json` says of the commonest faults.
fn go_error(bytes: &[u8], error: &serde_json::Error) -> String {
    if error.is_eof() {
        return "unexpected end of JSON input".into();
    }
    let first = bytes.iter().find(|byte| !byte.is_ascii_whitespace()).copied().unwrap_or(b' ');
    let kind = match first {
        b'[' => "array",
        b'"' => "string",
        b't' | b'f' => "bool",
        b'0'..=b'9' | b'-' => "number",
        other => {
            return format!(
                "invalid character '{}' looking for beginning of value",
                char::from(other)
            );
        }
    };
    format!("json: cannot unmarshal {kind} into Go value of type map[string]interface {{}}")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(object: Value, expected: &[&str]) {
        let mut errors = Errors::new();
        validate_type(&object, &mut errors);
        let found: Vec<String> = errors.iter().map(ToString::to_string).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn types_ask_for_their_keys() {
        check(
            json!({"type": "kubernetes.io/tls", "data": {"tls.crt": "AA=="}}),
            &["data[tls.key]: Required value"],
        );
        check(json!({"type": "Opaque"}), &[]);
        check(
            json!({"type": "kubernetes.io/dockerconfigjson", "data": {".dockerconfigjson": "e30="}}),
            &[],
        );
        check(
            json!({"type": "kubernetes.io/dockercfg", "data": {".dockercfg": "W10="}}),
            &[
                r#"data[.dockercfg]: Invalid value: "<secret contents redacted>": json: cannot unmarshal array into Go value of type map[string]interface {}"#,
            ],
        );
    }

    #[test]
    fn base64_is_decoded() {
        assert_eq!(decode("aGVsbG8="), b"hello");
        assert_eq!(decoded_len("aGVsbG8="), 5);
    }
}
