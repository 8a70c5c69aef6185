//! `persistentvolumeclaims`: storage that a namespace asks for.

use pintle_engine::{
    Column, Context, Errors, Resource, Selectable, Value, age, column, meta, name,
};
use pintle_machinery::name::{dns1123_label, dns1123_subdomain};
use pintle_machinery::path::ValueExt;
use pintle_machinery::quantity::Quantity;
use serde_json::json;

use super::persistentvolumes::{access_modes, class, phase, unset_or, validate_access_modes};
use crate::print::text;

/// The row.
pub const PERSISTENT_VOLUME_CLAIMS: Resource = Resource {
    group: "",
    plural: "persistentvolumeclaims",
    has_status: true,
    returns_deleted: true,
    prepare,
    validate,
    own_selectors: true,
    selectable: &[Selectable {
        label: "name",
        value: |object| object.str_at(&["metadata", "name"]).unwrap_or_default().to_owned(),
    }],
    columns: COLUMNS,
    ..Resource::NAMESPACED
};

const COLUMNS: &[Column] = &[
    name(),
    column("Status", "Whether the claim is bound.", |claim, _| phase(claim)),
    column("Volume", "Volume that the claim is bound to.", |claim, _| {
        text(claim, &["spec", "volumeName"])
    }),
    column("Capacity", "Size of the volume.", |claim, _| {
        if is_placed(claim) {
            claim.str_at(&["status", "capacity", "storage"]).unwrap_or("0").into()
        } else {
            "".into()
        }
    }),
    column("Access Modes", "Ways to mount the volume.", |claim, _| {
        if is_placed(claim) {
            access_modes(claim.list_at(&["status", "accessModes"])).into()
        } else {
            "".into()
        }
    }),
    column("StorageClass", "Class of the volume.", |claim, _| class(claim)),
    column("VolumeAttributesClass", "Class of the volume's attributes.", |claim, _| {
        unset_or(claim, &["spec", "volumeAttributesClassName"])
    }),
    age(),
    column("VolumeMode", "File system or block device.", |claim, _| {
        unset_or(claim, &["spec", "volumeMode"])
    })
    .wide(),
];

fn is_placed(claim: &Value) -> bool {
    claim.str_at(&["spec", "volumeName"]).is_some_and(|name| !name.is_empty())
}

/// A new claim is pending; its two forms of a data source agree
/// (`persistentvolumeclaimStrategy`, `NormalizeDataSources`).
fn prepare(ctx: &Context<'_>, claim: &mut Value, old: Option<&Value>) {
    if old.is_none() {
        claim.set(&["status"], json!({"phase": "Pending"}));
    }
    if ctx.subresource == "status" {
        return;
    }
    let get = |field: &str| claim.at(&["spec", field]).filter(|value| !value.is_null()).cloned();
    match (get("dataSource"), get("dataSourceRef")) {
        (Some(source), None) => claim.set(&["spec", "dataSourceRef"], source),
        (None, Some(reference))
            if reference.str_at(&["namespace"]).unwrap_or_default().is_empty() =>
        {
            claim.set(&["spec", "dataSource"], reference);
        }
        _ => {}
    }
}

/// `core/validation.ValidatePersistentVolumeClaim`, `ValidatePersistentVolumeClaimUpdate`.
fn validate(ctx: &Context<'_>, claim: &Value, old: Option<&Value>, errors: &mut Errors) {
    if ctx.subresource == "status" {
        return;
    }
    validate_spec(claim, errors);
    if let Some(old) = old {
        validate_update(claim, old, errors);
    }
}

/// `core/validation.ValidatePersistentVolumeClaimSpec`.
fn validate_spec(claim: &Value, errors: &mut Errors) {
    let absent = "at least 1 access mode is required";
    validate_access_modes(claim.list_at(&["spec", "accessModes"]), absent, errors);
    match claim.str_at(&["spec", "resources", "requests", "storage"]) {
        None => errors.required("spec.resources[storage]", ""),
        Some(text) => {
            if Quantity::parse(text).is_ok_and(|quantity| quantity.sign() <= 0) {
                errors.invalid("spec.resources[storage]", text, "must be greater than zero");
            }
        }
    }
    let class = claim.str_at(&["spec", "storageClassName"]).unwrap_or_default();
    if !class.is_empty() {
        errors.invalid_each("spec.storageClassName", class, dns1123_subdomain(class));
    }
    if let Some(mode) = claim.str_at(&["spec", "volumeMode"])
        && !matches!(mode, "Block" | "Filesystem")
    {
        errors.not_supported("spec.volumeMode", mode, &["Block", "Filesystem"]);
    }
    if let Some(selector) = claim.at(&["spec", "selector"]) {
        let path = pintle_machinery::field::Path::new("spec.selector");
        crate::selectors::validate(selector, false, &path, errors);
    }
    let namespace = claim.str_at(&["spec", "dataSourceRef", "namespace"]).unwrap_or_default();
    if !namespace.is_empty() {
        let path = "spec.dataSourceRef.namespace";
        errors.invalid_each(path, namespace, dns1123_label(namespace));
    }
}

const IMMUTABLE: &str = "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims";

/// What of a claim may change: its requests, its attributes' class, and the volume's name once.
fn validate_update(claim: &Value, old: &Value, errors: &mut Errors) {
    let mut spec = claim.at(&["spec"]).cloned().unwrap_or_default();
    let mut old_spec = old.at(&["spec"]).cloned().unwrap_or_default();
    let bound = old.str_at(&["status", "phase"]) == Some("Bound");
    let requests: &[&str] = &["resources", "requests", "storage"];
    let (new_size, old_size) = (spec.at(requests).cloned(), old_spec.at(requests).cloned());
    for spec in [&mut spec, &mut old_spec] {
        spec.remove_at(&["volumeAttributesClassName"]);
        if bound {
            spec.remove_at(requests);
        }
    }
    if old_spec.str_at(&["volumeName"]).unwrap_or_default().is_empty() {
        let name = spec.at(&["volumeName"]).cloned().unwrap_or_default();
        old_spec.set(&["volumeName"], name);
    }
    if !meta::semantic_equal(&spec, &old_spec) {
        errors.forbidden("spec", IMMUTABLE);
    }
    let parse = |value: Option<&Value>| Quantity::parse(value?.as_str()?).ok();
    if let (Some(new), Some(before)) = (parse(new_size.as_ref()), parse(old_size.as_ref()))
        && bound
        && new < before
        && parse(old.at(&["status", "capacity", "storage"])).is_none_or(|capacity| new <= capacity)
    {
        let detail = "field can not be less than status.capacity";
        errors.forbidden("spec.resources.requests.storage", detail);
    }
}
