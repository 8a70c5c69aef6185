//! The rules for a pod's volumes (`core/validation.ValidateVolumes`).

pub(crate) mod remote;

use std::collections::BTreeSet;
use std::fmt::Display;

use pintle_engine::openapi::enums;
use pintle_engine::{Errors, Value};
use pintle_machinery::field::Path;
use pintle_machinery::json::quote;
use pintle_machinery::name::{dns1123_label, dns1123_subdomain, in_range};
use pintle_machinery::path::ValueExt;
use pintle_machinery::quantity::Quantity;

use super::{downward, projected};

/// Volume types in the order in which upstream looks at them.
const TYPES: &[&str] = &[
    "emptyDir",
    "hostPath",
    "gitRepo",
    "gcePersistentDisk",
    "awsElasticBlockStore",
    "secret",
    "nfs",
    "iscsi",
    "glusterfs",
    "flocker",
    "persistentVolumeClaim",
    "rbd",
    "cinder",
    "cephfs",
    "quobyte",
    "downwardAPI",
    "fc",
    "flexVolume",
    "configMap",
    "azureFile",
    "vsphereVolume",
    "photonPersistentDisk",
    "portworxVolume",
    "azureDisk",
    "storageos",
    "projected",
    "scaleIO",
    "csi",
    "ephemeral",
    "image",
];

/// Checks the volumes and returns the names of those that can be mounted. `pod` is the pod's name,
/// where there is one.
pub(crate) fn validate<'a>(
    list: &'a [Value],
    pod: &str,
    path: &Path<'_>,
    errors: &mut Errors,
) -> BTreeSet<&'a str> {
    let mut names = BTreeSet::new();
    let name_of = |volume: &'a Value| volume.str_at(&["name"]).unwrap_or_default();
    let ephemeral = list.iter().filter(|volume| volume.at(&["ephemeral"]).is_some());
    let made: Vec<String> = if pod.is_empty() {
        Vec::new()
    } else {
        ephemeral.map(|volume| format!("{pod}-{}", name_of(volume))).collect()
    };
    for (index, volume) in list.iter().enumerate() {
        let path = path.index(index);
        let before = errors.len();
        let name = name_of(volume);
        source(volume, pod, &path, errors);
        let at = path.child("name");
        if name.is_empty() {
            errors.required(at, "");
        } else {
            errors.invalid_each(at, name, dns1123_label(name));
        }
        if names.contains(name) {
            errors.duplicate(at, name);
        }
        if errors.len() == before {
            names.insert(name);
        }
        let claim = volume.str_at(&["persistentVolumeClaim", "claimName"]);
        if let Some(claim) = claim.filter(|claim| made.iter().any(|name| name == claim)) {
            let at = format!("{path}.persistentVolumeClaim.claimName");
            let detail = "must not reference a PVC that gets created for an ephemeral volume";
            errors.invalid(at, claim, detail);
        }
    }
    names
}

/// `validateVolumeSource`.
fn source(volume: &Value, pod: &str, path: &Path<'_>, errors: &mut Errors) {
    let mut found = false;
    for kind in TYPES {
        let Some(source) = volume.at(&[kind]).filter(|source| source.is_object()) else { continue };
        if found {
            // Two paths have an odd spelling upstream.
            let field = match *kind {
                "cephfs" => "cephFS",
                "downwardAPI" => "downwarAPI",
                kind => kind,
            };
            let detail = "may not specify more than 1 volume type";
            errors.forbidden(format_args!("{path}.{field}"), detail);
        } else {
            found = true;
            one(kind, source, &path.child(kind), errors);
        }
        match *kind {
            "iscsi" => remote::iscsi_name(volume, source, &path.to_string(), errors),
            "ephemeral" if !found_name(volume).is_empty() && !pod.is_empty() => {
                let name = found_name(volume);
                let claim = format!("{pod}-{name}");
                for message in dns1123_subdomain(&claim) {
                    let detail = format!("PVC name {}: {message}", quote(&claim));
                    errors.invalid(format_args!("{path}.name"), name, detail);
                }
            }
            _ => {}
        }
    }
    if !found {
        errors.required(path, "must specify a volume type");
    }
}

fn found_name(volume: &Value) -> &str {
    volume.str_at(&["name"]).unwrap_or_default()
}

/// The rules of one type; those of types that reach out stand in [`remote`].
fn one(kind: &str, source: &Value, path: &Path<'_>, errors: &mut Errors) {
    match kind {
        "emptyDir" => empty_dir(source, path, errors),
        "hostPath" => host_path(source, path, errors),
        "secret" => items(source, "secretName", path, errors),
        "configMap" => items(source, "name", path, errors),
        "persistentVolumeClaim" => {
            remote::required(source, &["claimName"], path, errors);
        }
        "downwardAPI" => {
            mode(source, "defaultMode", path, errors);
            user(source, "defaultUser", path, errors);
            for file in source.list_at(&["items"]) {
                downward_file(file, path, errors);
            }
        }
        "projected" => {
            mode(source, "defaultMode", path, errors);
            user(source, "defaultUser", path, errors);
            projected::sources(source, path, errors);
        }
        "ephemeral" => ephemeral(source, path, errors),
        "image" => {
            remote::required(source, &["reference"], path, errors);
            let policies = ["Always", "IfNotPresent", "Never"];
            super::containers::one_of(source, "pullPolicy", &policies, path, errors);
        }
        _ => remote::validate(kind, source, &path.to_string(), errors),
    }
}

fn empty_dir(source: &Value, path: &Path<'_>, errors: &mut Errors) {
    let limit = source.str_at(&["sizeLimit"]).and_then(|text| Quantity::parse(text).ok());
    if limit.is_some_and(|limit| limit.sign() < 0) {
        let detail = "SizeLimit field must be a valid resource quantity";
        errors.forbidden(format_args!("{path}.sizeLimit"), detail);
    }
    if let Some(mode) = source.i64_at(&["mode"]).filter(|mode| !(0..=0o1777).contains(mode)) {
        let detail = "must be a number between 0 and 01777 (octal), both inclusive";
        errors.invalid(format_args!("{path}.mode"), mode, detail);
    }
}

/// `validateHostPathVolumeSource`.
pub(crate) fn host_path(source: &Value, path: impl Display, errors: &mut Errors) {
    let target = source.str_at(&["path"]).unwrap_or_default();
    if target.is_empty() {
        errors.required(format_args!("{path}.path"), "");
        return;
    }
    no_parents(target, format_args!("{path}.path"), errors);
    let types = enums::values("core.v1.HostPathVolumeSource.type");
    if let Some(kind) = source.str_at(&["type"]).filter(|kind| !types.contains(kind)) {
        errors.not_supported(format_args!("{path}.type"), kind, types);
    }
}

/// `validateEphemeralVolumeSource`.
fn ephemeral(source: &Value, path: &Path<'_>, errors: &mut Errors) {
    let Some(template) = source.at(&["volumeClaimTemplate"]) else {
        errors.required(format_args!("{path}.volumeClaimTemplate"), "");
        return;
    };
    let path = format!("{path}.volumeClaimTemplate");
    template_meta(template, &path, errors);
    let spec = template.at(&["spec"]).unwrap_or(&Value::Null);
    crate::core::persistentvolumeclaims::validate_spec(spec, &format!("{path}.spec"), errors);
}

/// `ValidateTemplateObjectMeta`: claims that are made get labels and annotations at most.
pub(crate) fn template_meta(template: &Value, path: &str, errors: &mut Errors) {
    super::validation::template_meta(template, path, errors);
    let meta = template.map_at(&["metadata"]).into_iter().flatten();
    for (field, value) in meta.filter(|(_, value)| !value.is_null()) {
        let known = matches!(field.as_str(), "labels" | "annotations");
        if !known && value.as_str() != Some("") {
            errors.forbidden(format_args!("{path}.metadata.{field}"), "cannot be set");
        }
    }
}

/// `validateSecretVolumeSource`, `validateConfigMapVolumeSource`.
fn items(source: &Value, name: &str, path: &Path<'_>, errors: &mut Errors) {
    remote::required(source, &[name], path, errors);
    mode(source, "defaultMode", path, errors);
    user(source, "defaultUser", path, errors);
    let list = path.child("items");
    for (index, item) in source.list_at(&["items"]).iter().enumerate() {
        key_to_path(item, &list.index(index), errors);
    }
}

/// `validateKeyToPath`.
pub(super) fn key_to_path(item: &Value, path: &Path<'_>, errors: &mut Errors) {
    let get = |field: &str| item.str_at(&[field]).unwrap_or_default();
    for field in ["key", "path"].into_iter().filter(|field| get(field).is_empty()) {
        errors.required(path.child(field), "");
    }
    local_path(get("path"), &path.child("path"), errors);
    mode(item, "mode", path, errors);
    user(item, "user", path, errors);
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
    relative(target, path, errors);
    if target.starts_with("..") && !target.starts_with("../") {
        errors.invalid(path, target, "must not start with '..'");
    }
}

/// `validateLocalDescendingPath`.
fn relative(target: &str, path: impl Display, errors: &mut Errors) {
    if target.starts_with('/') {
        errors.invalid(&path, target, "must be a relative path");
    }
    no_parents(target, path, errors);
}

/// `validatePathNoBacksteps`.
pub(crate) fn no_parents(target: &str, path: impl Display, errors: &mut Errors) {
    if target.split('/').any(|part| part == "..") {
        errors.invalid(path, target, "must not contain '..'");
    }
}
