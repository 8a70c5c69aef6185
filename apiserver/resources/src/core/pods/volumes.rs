//! The rules for a pod's volumes (`core/validation.ValidateVolumes`).

use std::collections::BTreeSet;
use std::fmt::Display;

use pintle_engine::{Errors, Value};
use pintle_machinery::field::Path;
use pintle_machinery::name::{config_map_key, dns1123_label, in_range};
use pintle_machinery::path::ValueExt;

use super::{downward, projected};

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
            no_parents(host, format_args!("{path}.path"), errors);
        }
        "secret" => {
            required("secretName", errors);
            mode(source, "defaultMode", &path, errors);
            keys(source, &Path::new(&path), errors);
        }
        "configMap" => {
            required("name", errors);
            mode(source, "defaultMode", &path, errors);
            keys(source, &Path::new(&path), errors);
        }
        "persistentVolumeClaim" => required("claimName", errors),
        "nfs" => {
            required("server", errors);
            required("path", errors);
        }
        "csi" => required("driver", errors),
        "projected" => {
            mode(source, "defaultMode", &path, errors);
            let path = Path::new(&path);
            user(source, "defaultUser", &path, errors);
            projected::sources(source, &path, errors);
        }
        "downwardAPI" => {
            mode(source, "defaultMode", &path, errors);
            let path = Path::new(&path);
            user(source, "defaultUser", &path, errors);
            for item in source.list_at(&["items"]) {
                downward_file(item, &path, errors);
            }
        }
        _ => {}
    }
}

/// `validateUserField`.
pub(super) fn user(source: &Value, field: &str, path: &Path<'_>, errors: &mut Errors) {
    if let Some(id) = source.i64_at(&[field]) {
        errors.invalid_each(path.child(field), id, in_range(id, 0, i64::from(i32::MAX)));
    }
}

fn mode(source: &Value, field: &str, path: impl Display, errors: &mut Errors) {
    if let Some(mode) = source.i64_at(&[field]).filter(|mode| !(0..=0o777).contains(mode)) {
        let detail = "must be a number between 0 and 0777 (octal), both inclusive";
        errors.invalid(format_args!("{path}.{field}"), mode, detail);
    }
}

/// `validateKeyToPath`.
pub(super) fn keys(source: &Value, path: &Path<'_>, errors: &mut Errors) {
    let list = path.child("items");
    for (index, item) in source.list_at(&["items"]).iter().enumerate() {
        let path = list.index(index);
        let get = |field: &str| item.str_at(&[field]).unwrap_or_default();
        match get("key") {
            "" => errors.required(path.child("key"), ""),
            key => errors.invalid_each(path.child("key"), key, config_map_key(key)),
        }
        let target = get("path");
        let at = path.child("path");
        if target.is_empty() {
            errors.required(at, "");
        }
        local_path(target, &at, errors);
        mode(item, "mode", path, errors);
        user(item, "user", &path, errors);
    }
}

/// `validateDownwardAPIVolumeFile`.
pub(super) fn downward_file(file: &Value, path: &Path<'_>, errors: &mut Errors) {
    let target = file.str_at(&["path"]).unwrap_or_default();
    let at = path.child("path");
    if target.is_empty() {
        errors.required(at, "");
    }
    local_path(target, &at, errors);
    let get = |field: &str| file.at(&[field]).filter(|reference| reference.is_object());
    match (get("fieldRef"), get("resourceFieldRef")) {
        (Some(reference), other) => {
            downward::field(reference, downward::FILE_FIELDS, &path.child("fieldRef"), errors);
            if other.is_some() {
                let detail = "fieldRef and resourceFieldRef can not be specified simultaneously";
                errors.invalid(path, "resource", detail);
            }
        }
        (None, Some(reference)) => {
            downward::resource(reference, true, &path.child("resourceFieldRef"), errors);
        }
        (None, None) => errors.required(path, "one of fieldRef and resourceFieldRef is required"),
    }
    mode(file, "mode", path, errors);
    user(file, "user", path, errors);
}

/// `ValidateLocalNonReservedPath`.
pub(super) fn local_path(target: &str, path: &Path<'_>, errors: &mut Errors) {
    if target.starts_with('/') {
        errors.invalid(path, target, "must be a relative path");
    }
    no_parents(target, path, errors);
    if target.starts_with("..") && !target.starts_with("../") {
        errors.invalid(path, target, "must not start with '..'");
    }
}

fn no_parents(target: &str, path: impl Display, errors: &mut Errors) {
    if target.split('/').any(|part| part == "..") {
        errors.invalid(path, target, "must not contain '..'");
    }
}
