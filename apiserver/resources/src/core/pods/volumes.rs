//! The rules for a pod's volumes (`core/validation.ValidateVolumes`).

use std::collections::BTreeSet;

use pintle_engine::{Errors, Value};
use pintle_machinery::name::{config_map_key, dns1123_label};
use pintle_machinery::path::ValueExt;

/// Checks the volumes and returns the names of those that can be mounted.
pub(crate) fn validate<'a>(
    list: &'a [Value],
    path: &str,
    errors: &mut Errors,
) -> BTreeSet<&'a str> {
    let mut names = BTreeSet::new();
    for (index, volume) in list.iter().enumerate() {
        let path = format!("{path}[{index}]");
        let before = errors.len();
        let name = volume.str_at(&["name"]).unwrap_or_default();
        source(volume, &path, errors);
        let at = format!("{path}.name");
        if name.is_empty() {
            errors.required(at, "");
        } else {
            errors.invalid_each(&at, name, dns1123_label(name));
            if names.contains(name) {
                errors.duplicate(at, name);
            }
        }
        if errors.len() == before {
            names.insert(name);
        }
    }
    names
}

/// `validateVolumeSource`.
fn source(volume: &Value, path: &str, errors: &mut Errors) {
    let fields = volume.as_object().into_iter().flatten();
    let mut kinds = fields.filter(|(field, value)| *field != "name" && value.is_object());
    let Some((kind, source)) = kinds.next() else {
        errors.required(path, "must specify a volume type");
        return;
    };
    for (other, _) in kinds {
        errors.forbidden(format_args!("{path}.{other}"), "may not specify more than 1 volume type");
    }
    let path = format!("{path}.{kind}");
    let required = |field: &str, errors: &mut Errors| {
        if source.str_at(&[field]).unwrap_or_default().is_empty() {
            errors.required(format_args!("{path}.{field}"), "");
        }
    };
    match kind.as_str() {
        "hostPath" => {
            required("path", errors);
            let host = source.str_at(&["path"]).unwrap_or_default();
            no_parents(host, &format!("{path}.path"), errors);
        }
        "secret" => {
            required("secretName", errors);
            mode(source, "defaultMode", &path, errors);
            keys(source, &path, errors);
        }
        "configMap" => {
            required("name", errors);
            mode(source, "defaultMode", &path, errors);
            keys(source, &path, errors);
        }
        "persistentVolumeClaim" => required("claimName", errors),
        "nfs" => {
            required("server", errors);
            required("path", errors);
        }
        "csi" => required("driver", errors),
        "projected" | "downwardAPI" => mode(source, "defaultMode", &path, errors),
        _ => {}
    }
}

fn mode(source: &Value, field: &str, path: &str, errors: &mut Errors) {
    if let Some(mode) = source.i64_at(&[field]).filter(|mode| !(0..=0o777).contains(mode)) {
        let detail = "must be a number between 0 and 0777 (octal), both inclusive";
        errors.invalid(format_args!("{path}.{field}"), mode, detail);
    }
}

/// `validateKeyToPath`.
fn keys(source: &Value, path: &str, errors: &mut Errors) {
    for (index, item) in source.list_at(&["items"]).iter().enumerate() {
        let path = format!("{path}.items[{index}]");
        let get = |field: &str| item.str_at(&[field]).unwrap_or_default();
        match get("key") {
            "" => errors.required(format_args!("{path}.key"), ""),
            key => errors.invalid_each(format_args!("{path}.key"), key, config_map_key(key)),
        }
        let target = get("path");
        let at = format!("{path}.path");
        if target.is_empty() {
            errors.required(&at, "");
        }
        if target.starts_with('/') {
            errors.invalid(&at, target, "must be a relative path");
        }
        no_parents(target, &at, errors);
        mode(item, "mode", &path, errors);
    }
}

fn no_parents(target: &str, path: &str, errors: &mut Errors) {
    if target.split('/').any(|part| part == "..") {
        errors.invalid(path, target, "must not contain '..'");
    }
}
