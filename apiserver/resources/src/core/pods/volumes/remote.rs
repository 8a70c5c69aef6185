//! Volumes that reach out to something else: what each type must say
//! (`core/validation.validateNFSVolumeSource` and its siblings).

use std::fmt::Display;
use std::sync::LazyLock;

use pintle_engine::{Errors, Value};
use pintle_machinery::name::{dns1123_label, dns1123_subdomain, inclusive_range_error};
use pintle_machinery::path::ValueExt;
use regex::Regex;

use super::relative;

/// Fields that are strings and must not be empty.
const REQUIRED: &[(&str, &[&str])] = &[
    ("azureFile", &["secretName", "shareName"]),
    ("glusterfs", &["endpoints", "path"]),
    ("vsphereVolume", &["volumePath"]),
    ("photonPersistentDisk", &["pdID"]),
    ("portworxVolume", &["volumeID"]),
    ("scaleIO", &["gateway", "system", "volumeName"]),
    ("cinder", &["volumeID"]),
    ("flexVolume", &["driver"]),
    ("gitRepo", &["repository"]),
];

fn text<'a>(object: &'a Value, field: &str) -> &'a str {
    object.str_at(&[field]).unwrap_or_default()
}

/// Tells of the fields that are empty.
pub(crate) fn required(source: &Value, fields: &[&str], path: impl Display, errors: &mut Errors) {
    for field in fields.iter().filter(|field| text(source, field).is_empty()) {
        errors.required(format_args!("{path}.{field}"), "");
    }
}

/// The rules of one type.
pub(crate) fn validate(kind: &str, source: &Value, path: &str, errors: &mut Errors) {
    if let Some((_, fields)) = REQUIRED.iter().find(|(of, _)| *of == kind) {
        required(source, fields, path, errors);
    }
    match kind {
        "gitRepo" => relative(text(source, "directory"), format_args!("{path}.directory"), errors),
        "gcePersistentDisk" => {
            // The path has an odd spelling upstream.
            let path = path.replace("gcePersistentDisk", "persistentDisk");
            disk(source, "pdName", &path, errors);
        }
        "awsElasticBlockStore" => disk(source, "volumeID", path, errors),
        "nfs" => nfs(source, path, errors),
        "iscsi" => iscsi(source, path, FORM, errors),
        "flocker" => flocker(source, path, errors),
        "rbd" => {
            if source.list_at(&["monitors"]).is_empty() {
                errors.required(format_args!("{path}.monitors"), "");
            }
            required(source, &["image"], path, errors);
        }
        "cinder" | "storageos" => {
            if kind == "storageos" {
                storage_os(source, path, errors);
            }
            secret_name(source, "secretRef", path, errors);
        }
        "cephfs" if source.list_at(&["monitors"]).is_empty() => {
            errors.required(format_args!("{path}.monitors"), "");
        }
        "quobyte" => quobyte(source, path, errors),
        "fc" => fibre_channel(source, path, errors),
        "flexVolume" => flex_options(source, path, errors),
        "azureDisk" => azure_disk(source, path, errors),
        "csi" => {
            driver(text(source, "driver"), &format!("{path}.driver"), errors);
            secret_name(source, "nodePublishSecretRef", path, errors);
            let name = source.str_at(&["nodePublishSecretRef", "name"]).unwrap_or_default();
            if !name.is_empty() {
                errors.invalid_each(format_args!("{path}.name"), name, dns1123_subdomain(name));
            }
        }
        _ => {}
    }
}

fn secret_name(source: &Value, field: &str, path: &str, errors: &mut Errors) {
    if let Some(reference) = source.at(&[field]) {
        required(reference, &["name"], format!("{path}.{field}"), errors);
    }
}

/// `ValidateCSIDriverName`.
pub(crate) fn driver(name: &str, path: &str, errors: &mut Errors) {
    if name.is_empty() {
        errors.required(path, "");
        return;
    }
    if name.len() > 63 {
        errors.too_long(path, 63);
    }
    errors.invalid_each(path, name, dns1123_subdomain(&name.to_lowercase()));
}

fn disk(source: &Value, name: &str, path: &str, errors: &mut Errors) {
    required(source, &[name], path, errors);
    let partition = source.i64_at(&["partition"]).unwrap_or(0);
    if !(0..=255).contains(&partition) {
        let detail = inclusive_range_error(1, 255);
        errors.invalid(format_args!("{path}.partition"), partition, detail);
    }
}

fn nfs(source: &Value, path: &str, errors: &mut Errors) {
    required(source, &["server", "path"], path, errors);
    let target = text(source, "path");
    if !target.starts_with('/') {
        errors.invalid(format_args!("{path}.path"), target, "must be an absolute path");
    }
}

fn flocker(source: &Value, path: &str, errors: &mut Errors) {
    let (name, id) = (text(source, "datasetName"), text(source, "datasetUUID"));
    if name.is_empty() && id.is_empty() {
        errors.required(path, "one of datasetName and datasetUUID is required");
    }
    if !name.is_empty() && !id.is_empty() {
        let detail = "datasetName and datasetUUID can not be specified simultaneously";
        errors.invalid(path, "resource", detail);
    }
    if name.contains('/') {
        errors.invalid(format_args!("{path}.datasetName"), name, "must not contain '/'");
    }
}

fn storage_os(source: &Value, path: &str, errors: &mut Errors) {
    required(source, &["volumeName"], path, errors);
    for field in ["volumeName", "volumeNamespace"] {
        let name = text(source, field);
        if !name.is_empty() {
            errors.invalid_each(format_args!("{path}.{field}"), name, dns1123_label(name));
        }
    }
}

fn quobyte(source: &Value, path: &str, errors: &mut Errors) {
    let registry = text(source, "registry");
    let detail = "must be a host:port pair or multiple pairs separated by commas";
    if registry.is_empty() {
        errors.required(format_args!("{path}.registry"), detail);
    } else if text(source, "tenant").len() >= 65 {
        let detail = "must be a UUID and may not exceed a length of 64 characters";
        errors.required(format_args!("{path}.tenant"), detail);
    } else {
        for _ in registry.split(',').filter(|pair| !is_host_port(pair)) {
            errors.invalid(format_args!("{path}.registry"), registry, detail);
        }
    }
    required(source, &["volume"], path, errors);
}

/// `net.SplitHostPort` takes it.
fn is_host_port(pair: &str) -> bool {
    let Some((host, port)) = pair.rsplit_once(':') else { return false };
    match host.strip_prefix('[') {
        Some(host) => host.strip_suffix(']').is_some_and(|host| !host.contains(['[', ']'])),
        None => !host.contains([':', '[', ']']) && !port.contains(['[', ']']),
    }
}

fn fibre_channel(source: &Value, path: &str, errors: &mut Errors) {
    let names = source.list_at(&["targetWWNs"]);
    let ids = source.list_at(&["wwids"]);
    let at = format!("{path}.targetWWNs");
    if names.is_empty() && ids.is_empty() {
        errors.required(&at, "must specify either targetWWNs or wwids, but not both");
    }
    if !names.is_empty() && !ids.is_empty() {
        let detail = "targetWWNs and wwids can not be specified simultaneously";
        errors.invalid(at, Value::from(names.to_vec()), detail);
    }
    if !names.is_empty() {
        let at = format!("{path}.lun");
        match source.i64_at(&["lun"]) {
            None => errors.required(at, "lun is required if targetWWNs is specified"),
            Some(lun) if !(0..=255).contains(&lun) => {
                errors.invalid(at, lun, inclusive_range_error(0, 255));
            }
            Some(_) => {}
        }
    }
}

fn flex_options(source: &Value, path: &str, errors: &mut Errors) {
    for (key, _) in source.map_at(&["options"]).into_iter().flatten() {
        let namespace = key.split_once('/').map_or(key.as_str(), |(namespace, _)| namespace);
        let namespace = format!(".{}", namespace.to_lowercase());
        if namespace.ends_with(".kubernetes.io") || namespace.ends_with(".k8s.io") {
            let detail = "kubernetes.io and k8s.io namespaces are reserved";
            errors.invalid(format_args!("{path}.options[{key}]"), key.as_str(), detail);
        }
    }
}

fn azure_disk(source: &Value, path: &str, errors: &mut Errors) {
    required(source, &["diskName", "diskURI"], path, errors);
    let lists: [(&str, &[&str]); 2] = [
        ("cachingMode", &["None", "ReadOnly", "ReadWrite"]),
        ("kind", &["Dedicated", "Managed", "Shared"]),
    ];
    for (field, supported) in lists {
        if let Some(value) = source.str_at(&[field]).filter(|value| !supported.contains(value)) {
            errors.not_supported(format_args!("{path}.{field}"), value, supported);
        }
    }
    let uri = text(source, "diskURI");
    let form = match source.str_at(&["kind"]) {
        Some("Managed") if !uri.starts_with("/subscriptions/") => {
            "/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}"
        }
        Some(kind) if kind != "Managed" && !uri.starts_with("https://") => {
            "https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd"
        }
        _ => return,
    };
    errors.not_supported(format_args!("{path}.diskURI"), uri, &[form]);
}

static IQN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"iqn\.[0-9]{4}-[0-9]{2}\.([0-9A-Za-z\-.]+)(:[^,;*&$|\s]+)$").expect("a sound regex")
});
static EUI: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("^eui.[0-9A-Za-z]{16}$").expect("a sound regex"));
static NAA: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("^naa.[0-9A-Za-z]{32}$").expect("a sound regex"));

/// A name of a target or an initiator; whether its form is right, if its beginning is.
fn iscsi_form(name: &str) -> Option<bool> {
    let forms = [("iqn", &IQN), ("eui", &EUI), ("naa", &NAA)];
    let form = forms.into_iter().find(|(prefix, _)| name.starts_with(prefix));
    form.map(|(_, regex)| regex.is_match(name))
}

/// What a name of no known form is told in a pod; volumes of the cluster are told less.
const FORM: &str = "must be valid format starting with iqn, eui, or naa";
/// What a name of a wrong form is told.
pub(crate) const PLAIN_FORM: &str = "must be valid format";

/// `validateISCSIVolumeSource`, `validateISCSIPersistentVolumeSource`.
pub(crate) fn iscsi(source: &Value, path: &str, unknown: &str, errors: &mut Errors) {
    required(source, &["targetPortal", "iqn"], path, errors);
    let check = |field: &str, shown: &str, errors: &mut Errors| {
        let Some(name) = source.str_at(&[field]) else { return };
        let detail = match iscsi_form(name) {
            None => unknown,
            Some(false) => PLAIN_FORM,
            Some(true) => return,
        };
        errors.invalid(format_args!("{path}.{shown}"), name, detail);
    };
    if !text(source, "iqn").is_empty() {
        check("iqn", "iqn", errors);
    }
    let lun = source.i64_at(&["lun"]).unwrap_or(0);
    if !(0..=255).contains(&lun) {
        errors.invalid(format_args!("{path}.lun"), lun, inclusive_range_error(0, 255));
    }
    let chap = ["chapAuthDiscovery", "chapAuthSession"];
    if chap.iter().any(|field| source.bool_at(&[field]) == Some(true))
        && source.at(&["secretRef"]).is_none()
    {
        errors.required(format_args!("{path}.secretRef"), "");
    }
    if unknown == PLAIN_FORM {
        secret_name(source, "secretRef", path, errors);
    }
    check("initiatorName", "initiatorname", errors);
}

/// With an initiator of its own the volume's name becomes a part of a file's name.
pub(crate) const LONG_NAME: &str = "Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if iscsi.initiatorName is specified.";

/// Checks the length of the name of a pod's volume.
pub(super) fn iscsi_name(volume: &Value, source: &Value, path: &str, errors: &mut Errors) {
    let name = text(volume, "name");
    let length = name.len() + 1 + text(source, "targetPortal").len();
    if source.at(&["initiatorName"]).is_some() && length > 64 {
        errors.invalid(format_args!("{path}.name"), name, LONG_NAME);
    }
}
