//! `persistentvolumeclaims`: storage that a namespace asks for.

use pintle_engine::{
    Column, Context, Errors, Resource, ReturnsDeleted, Selectable, Value, age, column, meta, name,
};
use pintle_machinery::field::Path;
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
    returns_deleted: ReturnsDeleted::Always,
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
    column("Status", |claim, _| phase(claim)),
    column("Volume", |claim, _| text(claim, &["spec", "volumeName"])),
    column("Capacity", |claim, _| {
        if is_placed(claim) {
            claim.str_at(&["status", "capacity", "storage"]).unwrap_or("0").into()
        } else {
            "".into()
        }
    }),
    column("Access Modes", |claim, _| {
        if is_placed(claim) {
            access_modes(claim.list_at(&["status", "accessModes"])).into()
        } else {
            "".into()
        }
    }),
    column("StorageClass", |claim, _| class(claim)),
    column("VolumeAttributesClass", |claim, _| {
        unset_or(claim, &["spec", "volumeAttributesClassName"])
    }),
    age(),
    column("VolumeMode", |claim, _| unset_or(claim, &["spec", "volumeMode"])).wide(),
];

fn is_placed(claim: &Value) -> bool {
    claim.str_at(&["spec", "volumeName"]).is_some_and(|name| !name.is_empty())
}

/// The two forms of a data source agree (`persistentvolumeclaimStrategy`, `NormalizeDataSources`).
fn prepare(ctx: &Context<'_>, claim: &mut Value, old: Option<&Value>) {
    if ctx.subresource == "status" {
        return;
    }
    normalize(&mut claim["spec"], old.map(|old| &old["spec"]));
}

/// `pvcutil.DropDisabledFields`, `EnforceDataSourceBackwardsCompatibility`, `NormalizeDataSources`.
fn normalize(spec: &mut Value, old: Option<&Value>) {
    let had = |field: &str| old.is_some_and(|old| old.at(&[field]).is_some());
    let in_namespace =
        |reference: &Value| !reference.str_at(&["namespace"]).unwrap_or_default().is_empty();
    if spec.at(&["dataSourceRef"]).is_some_and(in_namespace) && !had("dataSourceRef") {
        spec.remove_at(&["dataSourceRef"]);
    }
    let was_known = |source: &Value| {
        let get = |field: &str| source.str_at(&[field]).unwrap_or_default();
        matches!(
            (get("apiGroup"), get("kind")),
            ("", "PersistentVolumeClaim") | ("snapshot.storage.k8s.io", "VolumeSnapshot")
        )
    };
    if spec.at(&["dataSourceRef"]).is_none()
        && !had("dataSource")
        && !had("dataSourceRef")
        && !spec.at(&["dataSource"]).is_some_and(was_known)
    {
        spec.remove_at(&["dataSource"]);
    }
    match (spec.at(&["dataSource"]).cloned(), spec.at(&["dataSourceRef"]).cloned()) {
        (Some(source), None) => spec.set(&["dataSourceRef"], source),
        (None, Some(reference)) if !in_namespace(&reference) => {
            spec.set(&["dataSource"], reference);
        }
        _ => {}
    }
}

/// `core/validation.ValidatePersistentVolumeClaim`, `ValidatePersistentVolumeClaimUpdate`.
fn validate(ctx: &Context<'_>, claim: &Value, old: Option<&Value>, errors: &mut Errors) {
    if ctx.subresource == "status" {
        return;
    }
    validate_spec(&claim["spec"], "spec", errors);
    if let Some(old) = old {
        validate_update(claim, old, errors);
    }
}

/// `core/validation.ValidatePersistentVolumeClaimSpec`.
pub(crate) fn validate_spec(spec: &Value, path: &str, errors: &mut Errors) {
    let at = |field: &str| format!("{path}.{field}");
    let modes = spec.list_at(&["accessModes"]);
    if modes.is_empty() {
        errors.required(at("accessModes"), "at least 1 access mode is required");
    }
    if let Some(selector) = spec.at(&["selector"]) {
        crate::selectors::validate(selector, false, &Path::new(&at("selector")), errors);
    }
    validate_access_modes(modes, &at("accessModes"), errors);
    match spec.str_at(&["resources", "requests", "storage"]) {
        None => errors.required(at("resources[storage]"), ""),
        Some(text) => {
            if Quantity::parse(text).is_ok_and(|quantity| quantity.sign() <= 0) {
                errors.invalid(at("resources[storage]"), text, "must be greater than zero");
            }
        }
    }
    let class = |field: &str, errors: &mut Errors| {
        let name = spec.str_at(&[field]).unwrap_or_default();
        if !name.is_empty() {
            errors.invalid_each(at(field), name, dns1123_subdomain(name));
        }
    };
    class("storageClassName", errors);
    if let Some(mode) = spec.str_at(&["volumeMode"])
        && !matches!(mode, "Block" | "Filesystem")
    {
        errors.not_supported(at("volumeMode"), mode, &["Block", "Filesystem"]);
    }
    data_sources(spec, path, errors);
    class("volumeAttributesClassName", errors);
}

/// `validateDataSource`, `validateDataSourceRef`, and that the two agree.
fn data_sources(spec: &Value, path: &str, errors: &mut Errors) {
    for field in ["dataSource", "dataSourceRef"] {
        let Some(source) = spec.at(&[field]) else { continue };
        let path = format!("{path}.{field}");
        let get = |field: &str| source.str_at(&[field]).unwrap_or_default();
        for required in ["name", "kind"] {
            if get(required).is_empty() {
                errors.required(format_args!("{path}.{required}"), "");
            }
        }
        let group = get("apiGroup");
        if group.is_empty() && get("kind") != "PersistentVolumeClaim" {
            let detail = "must be 'PersistentVolumeClaim' when referencing the default apiGroup";
            errors.invalid(&path, get("kind"), detail);
        }
        if !group.is_empty() {
            errors.invalid_each(format_args!("{path}.apiGroup"), group, dns1123_subdomain(group));
        }
        let namespace = get("namespace");
        if field == "dataSourceRef" && !namespace.is_empty() {
            let at = format!("{path}.namespace");
            errors.invalid_each(at, namespace, dns1123_label(namespace));
        }
    }
    let (Some(source), Some(reference)) = (spec.at(&["dataSource"]), spec.at(&["dataSourceRef"]))
    else {
        return;
    };
    // Upstream means to show the field's path, which prints like this.
    let shown = json!({});
    let same = |field: &str| source.get(field) == reference.get(field);
    if !reference.str_at(&["namespace"]).unwrap_or_default().is_empty() {
        let detail = "may not be specified when dataSourceRef.namespace is specified";
        errors.invalid(path, shown, detail);
    } else if !["apiGroup", "kind", "name"].into_iter().all(same) {
        errors.invalid(path, shown, "must match dataSourceRef");
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
