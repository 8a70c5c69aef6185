//! `persistentvolumes`: storage of the cluster.

mod sources;

use pintle_engine::write::timestamp;
use pintle_engine::{
    Column, Context, Errors, Resource, ReturnsDeleted, Selectable, Value, age, column, name,
};
use pintle_machinery::name::dns1123_subdomain;
use pintle_machinery::path::ValueExt;
use pintle_machinery::quantity::Quantity;
use serde_json::json;

use super::pods::node_selector;
use crate::print::{text, text_or};

/// The row.
pub const PERSISTENT_VOLUMES: Resource = Resource {
    group: "",
    plural: "persistentvolumes",
    has_status: true,
    returns_deleted: ReturnsDeleted::Always,
    prepare,
    validate,
    own_selectors: true,
    selectable: &[Selectable {
        label: "name",
        value: |object| object.str_at(&["metadata", "name"]).unwrap_or_default().to_owned(),
    }],
    columns: COLUMNS,
    ..Resource::CLUSTER
};

const COLUMNS: &[Column] = &[
    name(),
    column("Capacity", |volume, _| text_or(volume, &["spec", "capacity", "storage"], "0")),
    column("Access Modes", |volume, _| {
        access_modes(volume.list_at(&["spec", "accessModes"])).into()
    }),
    column("Reclaim Policy", |volume, _| text(volume, &["spec", "persistentVolumeReclaimPolicy"])),
    column("Status", |volume, _| phase(volume)),
    column("Claim", |volume, _| {
        if volume.map_at(&["spec", "claimRef"]).is_none() {
            return "".into();
        }
        let of = |field: &str| volume.str_at(&["spec", "claimRef", field]).unwrap_or_default();
        format!("{}/{}", of("namespace"), of("name")).into()
    }),
    column("StorageClass", |volume, _| class(volume)),
    column("VolumeAttributesClass", |volume, _| {
        unset_or(volume, &["spec", "volumeAttributesClassName"])
    }),
    column("Reason", |volume, _| text(volume, &["status", "reason"])),
    age(),
    column("VolumeMode", |volume, _| unset_or(volume, &["spec", "volumeMode"])).wide(),
];

/// The phase, or that the object is going away.
pub(crate) fn phase(object: &Value) -> Value {
    match object.str_at(&["metadata", "deletionTimestamp"]) {
        Some(_) => "Terminating".into(),
        None => text(object, &["status", "phase"]),
    }
}

/// A string that says so when it is absent.
pub(crate) fn unset_or(object: &Value, path: &[&str]) -> Value {
    object.str_at(path).unwrap_or("<unset>").into()
}

/// The class by the beta annotation, then by the field (`helper.GetPersistentVolumeClass`).
pub(crate) fn class(object: &Value) -> Value {
    let beta = "volume.beta.kubernetes.io/storage-class";
    match object.str_at(&["metadata", "annotations", beta]) {
        Some(class) => class.into(),
        None => text(object, &["spec", "storageClassName"]),
    }
}

/// `helper.GetAccessModesAsString`.
pub(crate) fn access_modes(modes: &[Value]) -> String {
    let known = [
        ("ReadWriteOnce", "RWO"),
        ("ReadOnlyMany", "ROX"),
        ("ReadWriteMany", "RWX"),
        ("ReadWriteOncePod", "RWOP"),
    ];
    let shown = known.into_iter().filter(|(mode, _)| modes.iter().any(|one| one == mode));
    shown.map(|(_, short)| short).collect::<Vec<_>>().join(",")
}

/// `persistentvolumeStrategy.PrepareForCreate`, `persistentvolumeStatusStrategy.PrepareForUpdate`.
fn prepare(ctx: &Context<'_>, volume: &mut Value, old: Option<&Value>) {
    let path: &[&str] = &["status", "lastPhaseTransitionTime"];
    let Some(old) = old else {
        let now = timestamp(ctx.now);
        volume.set(&["status"], json!({"phase": "Pending", "lastPhaseTransitionTime": now}));
        return;
    };
    if ctx.subresource != "status" {
        return;
    }
    let same = volume.at(&["status", "phase"]) == old.at(&["status", "phase"]);
    let time = volume.str_at(path).map(str::to_owned);
    if same && time.is_none() {
        if let Some(before) = old.at(path) {
            volume.set(path, before.clone());
        }
    } else if !same && (time.is_none() || time.as_deref() == old.str_at(path)) {
        volume.set(path, timestamp(ctx.now));
    }
}

const MODES: &[&str] = &["ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"];

/// Access modes of volumes and claims.
pub(crate) fn validate_access_modes(modes: &[Value], path: &str, errors: &mut Errors) {
    let modes: Vec<&str> = modes.iter().filter_map(Value::as_str).collect();
    for mode in &modes {
        if !MODES.contains(mode) {
            errors.not_supported(path, *mode, MODES);
        }
    }
    let pod = modes.contains(&"ReadWriteOncePod");
    if pod && modes.iter().any(|mode| MODES.contains(mode) && *mode != "ReadWriteOncePod") {
        let detail = "may not use ReadWriteOncePod with other access modes";
        errors.forbidden(path, detail);
    }
}

/// `core/validation.ValidatePersistentVolume`, `ValidatePersistentVolumeUpdate`.
fn validate(ctx: &Context<'_>, volume: &Value, old: Option<&Value>, errors: &mut Errors) {
    if ctx.subresource == "status" {
        return;
    }
    let modes = volume.list_at(&["spec", "accessModes"]);
    if modes.is_empty() {
        errors.required("spec.accessModes", "");
    }
    validate_access_modes(modes, "spec.accessModes", errors);
    let capacity = volume.map_at(&["spec", "capacity"]).filter(|map| !map.is_empty());
    if capacity.is_none() {
        errors.required("spec.capacity", "");
    }
    if capacity.is_none_or(|map| !map.contains_key("storage") || map.len() > 1) {
        let shown = capacity.map_or(json!({}), |map| Value::Object(map.clone()));
        errors.not_supported("spec.capacity", shown, &["storage"]);
    }
    for (name, amount) in capacity.into_iter().flatten() {
        let text = amount.as_str().unwrap_or_default();
        if Quantity::parse(text).is_ok_and(|quantity| quantity.sign() <= 0) {
            let path = format!("spec.capacity[{name}]");
            errors.invalid(path, text, "must be greater than zero");
        }
    }
    let policies = ["Delete", "Recycle", "Retain"];
    let policy = volume.str_at(&["spec", "persistentVolumeReclaimPolicy"]).unwrap_or_default();
    if !policy.is_empty() && !policies.contains(&policy) {
        errors.not_supported("spec.persistentVolumeReclaimPolicy", policy, &policies);
    }
    if let Some(affinity) = volume.at(&["spec", "nodeAffinity"]) {
        match affinity.at(&["required"]) {
            Some(selector) => {
                node_selector::validate(selector, "spec.nodeAffinity.required", errors);
            }
            None => errors
                .required("spec.nodeAffinity.required", "must specify required node constraints"),
        }
    }
    let name = volume.str_at(&["metadata", "name"]).unwrap_or_default();
    sources::validate(&volume["spec"], name, errors);
    let host_path = volume.str_at(&["spec", "hostPath", "path"]);
    if policy == "Recycle" && host_path.is_some_and(is_root) {
        let detail = "may not be 'recycle' for a hostPath mount of '/'";
        errors.forbidden("spec.persistentVolumeReclaimPolicy", detail);
    }
    let class = volume.str_at(&["spec", "storageClassName"]).unwrap_or_default();
    if !class.is_empty() {
        errors.invalid_each("spec.storageClassName", class, dns1123_subdomain(class));
    }
    if let Some(mode) = volume.str_at(&["spec", "volumeMode"])
        && !matches!(mode, "Block" | "Filesystem")
    {
        errors.not_supported("spec.volumeMode", mode, &["Block", "Filesystem"]);
    }
    attributes_class(volume, errors);
    let Some(old) = old else { return };
    if !sources::named(&volume["spec"]).eq(sources::named(&old["spec"])) {
        errors.forbidden(
            "spec.persistentvolumesource",
            "spec.persistentvolumesource is immutable after creation",
        );
    }
    let mode: &[&str] = &["spec", "volumeMode"];
    if volume.at(mode) != old.at(mode) {
        let shown = volume.at(mode).cloned().unwrap_or_default();
        errors.invalid("spec.volumeMode", shown, "field is immutable");
    }
}

/// `path.Clean` makes it the root.
fn is_root(path: &str) -> bool {
    path.starts_with('/') && path.split('/').all(|part| matches!(part, "" | "."))
}

fn attributes_class(volume: &Value, errors: &mut Errors) {
    let path = "spec.volumeAttributesClassName";
    let Some(class) = volume.str_at(&["spec", "volumeAttributesClassName"]) else { return };
    if class.is_empty() {
        errors.required(path, "an empty string is disallowed");
    } else {
        errors.invalid_each(path, class, dns1123_subdomain(class));
    }
    if volume.at(&["spec", "csi"]).is_none() {
        errors.required("spec.csi", "has to be specified when using volumeAttributesClassName");
    }
}
