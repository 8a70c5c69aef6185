//! The rules that hold for every object's metadata.

use std::collections::BTreeSet;

use pintle_machinery::field::{BadValue, Errors};
use pintle_machinery::name::{NameFormat, label_value, name_is_dns_label, qualified_name};
use pintle_machinery::{Value, json};

use crate::meta;

/// Most bytes of all annotations together (`TotalAnnotationSizeLimitB`).
const ANNOTATIONS_LIMIT: usize = 256 * 1024;

/// The message for a field that may not change.
pub const IMMUTABLE: &str = "field is immutable";

/// Rules for a new object, and with
/// [`name_is_path_segment`](pintle_machinery::name::name_is_path_segment) for a changed one
/// (`ValidateObjectMetaAccessor`).
pub fn validate(object: &Value, namespaced: bool, name_format: NameFormat, errors: &mut Errors) {
    validate_name(object, name_format, errors);
    let namespace = meta::namespace(object);
    if !namespaced {
        if !namespace.is_empty() {
            errors.forbidden("metadata.namespace", "not allowed on this type");
        }
    } else if namespace.is_empty() {
        errors.required("metadata.namespace", "");
    } else {
        errors.invalid_each("metadata.namespace", namespace, name_is_dns_label(namespace, false));
    }
    let generation = meta::generation(object);
    if generation < 0 {
        errors.invalid("metadata.generation", generation, "must be greater than or equal to 0");
    }
    validate_labels(object, errors);
    validate_annotations(object, errors);
    validate_owners(object, errors);
    validate_finalizers(object, errors);
    validate_managed_fields(object, errors);
}

/// The rules for the name alone.
pub fn validate_name(object: &Value, name_format: NameFormat, errors: &mut Errors) {
    let generate_name = meta::text(object, "generateName");
    if !generate_name.is_empty() {
        errors.invalid_each(
            "metadata.generateName",
            generate_name,
            name_format(generate_name, true),
        );
    }
    let name = meta::name(object);
    if name.is_empty() {
        errors.required("metadata.name", "name or generateName is required");
    } else {
        errors.invalid_each("metadata.name", name, name_format(name, false));
    }
}

/// Rules for a change (`ValidateObjectMetaAccessorUpdate`).
pub fn validate_update(object: &Value, old: &Value, errors: &mut Errors) {
    if meta::deletion_timestamp(old).is_some() {
        let before: BTreeSet<&str> = meta::finalizers(old).into_iter().collect();
        let after: BTreeSet<&str> = meta::finalizers(object).into_iter().collect();
        let extra: Vec<String> = after.difference(&before).map(|name| json::quote(name)).collect();
        if !extra.is_empty() {
            let detail = format!(
                "no new finalizers can be added if the object is being deleted, found new finalizers []string{{{}}}",
                extra.join(", ")
            );
            errors.forbidden("metadata.finalizers", detail);
        }
    }
    if meta::resource_version(object).is_empty() {
        errors.invalid("metadata.resourceVersion", "", "must be specified for an update");
    }
    let generation = meta::generation(object);
    if generation < 0 {
        errors.invalid("metadata.generation", generation, "must be greater than or equal to 0");
    }
    if generation < meta::generation(old) {
        errors.invalid("metadata.generation", generation, "must not be decremented");
    }
    let fields = [
        "name",
        "namespace",
        "uid",
        "creationTimestamp",
        "deletionTimestamp",
        "deletionGracePeriodSeconds",
    ];
    for field in fields {
        let (new, before) = (meta::get(object, field), meta::get(old, field));
        if new != before {
            let empty = if field.starts_with("deletion") { Value::Null } else { "".into() };
            let shown = new.cloned().unwrap_or(empty);
            errors.invalid(format_args!("metadata.{field}"), shown, IMMUTABLE);
        }
    }
    validate_labels(object, errors);
    validate_annotations(object, errors);
    validate_owners(object, errors);
    validate_managed_fields(object, errors);
}

fn validate_labels(object: &Value, errors: &mut Errors) {
    for (key, value) in meta::map(object, "labels").into_iter().flatten() {
        let value = value.as_str().unwrap_or_default();
        errors.invalid_each("metadata.labels", key.as_str(), qualified_name(key));
        errors.invalid_each("metadata.labels", value, label_value(value));
    }
}

fn validate_annotations(object: &Value, errors: &mut Errors) {
    let mut size = 0;
    for (key, value) in meta::map(object, "annotations").into_iter().flatten() {
        errors.invalid_each(
            "metadata.annotations",
            key.as_str(),
            qualified_name(&key.to_lowercase()),
        );
        size += key.len() + value.as_str().unwrap_or_default().len();
    }
    if size > ANNOTATIONS_LIMIT {
        errors.too_long("metadata.annotations", ANNOTATIONS_LIMIT);
    }
}

fn validate_owners(object: &Value, errors: &mut Errors) {
    let Some(list) = meta::get(object, "ownerReferences") else { return };
    let mut controller: Option<String> = None;
    for (index, owner) in list.as_array().into_iter().flatten().enumerate() {
        let path = format!("metadata.ownerReferences[{index}]");
        let text = |field: &str| owner[field].as_str().unwrap_or_default();
        let (api_version, kind, name) = (text("apiVersion"), text("kind"), text("name"));
        if api_version.is_empty() {
            errors.required(format_args!("{path}.apiVersion"), "must not be empty");
        } else if api_version.matches('/').count() > 1 || api_version.ends_with('/') {
            errors.invalid(
                format_args!("{path}.apiVersion"),
                api_version,
                "must be <group>/<version> or <version>",
            );
        }
        for (field, value) in [("kind", kind), ("name", name), ("uid", text("uid"))] {
            if value.is_empty() {
                errors.required(format_args!("{path}.{field}"), "must not be empty");
            }
        }
        if api_version == "v1" && kind == "Event" {
            let detail = "/v1, Kind=Event is disallowed from being an owner";
            errors.invalid(&path, owner_text(owner), detail);
        }
        if owner["controller"].as_bool() == Some(true) {
            let this = format!("{kind}/{name}");
            match &controller {
                Some(first) => errors.invalid(
                    "metadata.ownerReferences",
                    owner_text(list),
                    format!(
                        "Only one reference can have Controller set to true. Found \"true\" in references for {first} and {this}"
                    ),
                ),
                None => controller = Some(this),
            }
        }
    }
}

fn validate_finalizers(object: &Value, errors: &mut Errors) {
    let finalizers = meta::finalizers(object);
    for finalizer in &finalizers {
        errors.invalid_each("metadata.finalizers", *finalizer, qualified_name(finalizer));
    }
    if finalizers.contains(&"orphan") && finalizers.contains(&"foregroundDeletion") {
        let shown: Vec<Value> = finalizers.iter().map(|&name| name.into()).collect();
        errors.invalid(
            "metadata.finalizers",
            Value::Array(shown),
            "finalizer orphan and foregroundDeletion cannot be both set",
        );
    }
}

/// Finalizers of built-in kinds are standard ones or have a domain
/// (`pkg/apis/core/validation.validateKubeFinalizerName`).
pub fn validate_kube_finalizers(object: &Value, errors: &mut Errors) {
    for (index, name) in meta::finalizers(object).into_iter().enumerate() {
        let standard = matches!(name, "kubernetes" | "orphan" | "foregroundDeletion");
        if !name.contains('/') && !standard {
            errors.invalid(
                format_args!("metadata.finalizers[{index}]"),
                name,
                "name is neither a standard finalizer name nor is it fully qualified",
            );
        }
    }
}

/// An owner reference, or a list of them, in Go's field order.
fn owner_text(value: &Value) -> BadValue {
    let one = |owner: &Value| {
        let fields = ["apiVersion", "kind", "name", "uid", "controller", "blockOwnerDeletion"];
        let shown = fields.iter().filter(|field| !owner[**field].is_null());
        let shown: Vec<String> =
            shown.map(|field| format!("\"{field}\":{}", json::to_string(&owner[*field]))).collect();
        format!("{{{}}}", shown.join(","))
    };
    BadValue::Text(match value.as_array() {
        Some(owners) => format!("[{}]", owners.iter().map(one).collect::<Vec<_>>().join(",")),
        None => one(value),
    })
}

fn validate_managed_fields(object: &Value, errors: &mut Errors) {
    let entries = meta::get(object, "managedFields").and_then(Value::as_array);
    for (index, entry) in entries.into_iter().flatten().enumerate() {
        let path = format!("metadata.managedFields[{index}]");
        let text = |field: &str| entry[field].as_str().unwrap_or_default();
        match text("operation") {
            "" => errors.required(format_args!("{path}.operation"), "must not be empty"),
            "Apply" | "Update" => {}
            other => {
                let supported = ["Apply", "Update"];
                errors.not_supported(format_args!("{path}.operation"), other, &supported);
            }
        }
        if !matches!(text("fieldsType"), "" | "FieldsV1") {
            let detail = "must be `FieldsV1`";
            errors.invalid(format_args!("{path}.fieldsType"), text("fieldsType"), detail);
        }
        if text("manager").len() > 128 {
            errors.too_long(format_args!("{path}.manager"), 128);
        }
        if text("subresource").len() > 256 {
            errors.too_long(format_args!("{path}.subresource"), 256);
        }
    }
}

/// Drops owner references that stand twice; says so in the words of upstream's warning
/// (`handlers.dedupOwnerReferencesAndAddWarning`).
pub fn dedup_owners(object: &mut Value, after_admission: bool) -> Option<String> {
    let owners = meta::get(object, "ownerReferences")?.as_array()?;
    let mut kept: Vec<Value> = Vec::with_capacity(owners.len());
    let mut duplicates = Vec::new();
    for owner in owners {
        if kept.contains(owner) {
            duplicates.push(owner["uid"].as_str().unwrap_or_default().to_owned());
        } else {
            kept.push(owner.clone());
        }
    }
    if duplicates.is_empty() {
        return None;
    }
    meta::set(object, "ownerReferences", kept);
    let after = if after_admission { " after mutating admission happens" } else { "" };
    Some(format!(
        ".metadata.ownerReferences contains duplicate entries{after}; API server dedups owner references in 1.20+, and may reject such requests as early as 1.24; please fix your requests; duplicate UID(s) observed: {}",
        duplicates.join(", ")
    ))
}
