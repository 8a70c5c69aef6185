//! What storage objects must look like (`pkg/apis/storage/validation`).

use pintle_engine::{Context, Errors, Value};
use pintle_machinery::Map;
use pintle_machinery::field::Path;
use pintle_machinery::name::{
    dns1123_subdomain, dns1123_subdomain_caseless, name_is_dns_subdomain, qualified_name,
};
use pintle_machinery::path::ValueExt;

const IMMUTABLE: &str = "field is immutable";
const NOT_NEGATIVE: &str = "must be greater than or equal to 0";
const MAX_PARAMETERS: usize = 512;
const MAX_BYTES: usize = 256 * 1024;
const MAX_MESSAGE: usize = 1024;

/// `ValidateStorageClass`, `ValidateStorageClassUpdate`.
pub(super) fn storage_class(
    _: &Context<'_>,
    class: &Value,
    old: Option<&Value>,
    errors: &mut Errors,
) {
    if let Some(old) = old {
        for field in ["provisioner", "parameters", "reclaimPolicy", "volumeBindingMode"] {
            if class.at(&[field]) != old.at(&[field]) {
                errors.invalid(field, Value::Null, IMMUTABLE);
            }
        }
        return;
    }
    let provisioner = class.str_at(&["provisioner"]).unwrap_or_default();
    if !provisioner.is_empty() {
        let lower = provisioner.to_lowercase();
        errors.invalid_each("provisioner", lower.as_str(), qualified_name(&lower));
    }
    parameters(class, true, errors);
    let text = |field: &str| class.str_at(&[field]).filter(|text| !text.is_empty());
    let policies = ["Delete", "Retain"];
    if let Some(policy) = text("reclaimPolicy").filter(|policy| !policies.contains(policy)) {
        errors.not_supported("reclaimPolicy", policy, &policies);
    }
    let modes = ["Immediate", "WaitForFirstConsumer"];
    match class.str_at(&["volumeBindingMode"]) {
        None => errors.required("volumeBindingMode", ""),
        Some(mode) if !modes.contains(&mode) => {
            errors.not_supported("volumeBindingMode", mode, &modes);
        }
        Some(_) => {}
    }
    if provisioner.is_empty() {
        errors.required("provisioner", "");
    }
}

/// `validateParameters`.
fn parameters(class: &Value, may_be_empty: bool, errors: &mut Errors) {
    let none = Map::new();
    let parameters = class.map_at(&["parameters"]).unwrap_or(&none);
    if parameters.len() > MAX_PARAMETERS {
        return errors.too_long("parameters", MAX_PARAMETERS);
    }
    if parameters.contains_key("") {
        errors.invalid("parameters", "", "field can not be empty.");
    }
    if bytes_of(parameters) > MAX_BYTES {
        errors.too_long("parameters", MAX_BYTES);
    }
    if !may_be_empty && parameters.is_empty() {
        errors.required("parameters", "must contain at least one key/value pair");
    }
}

fn bytes_of(map: &Map<String, Value>) -> usize {
    map.iter().map(|(key, value)| key.len() + value.as_str().unwrap_or_default().len()).sum()
}

/// `ValidateVolumeAttributesClass`, `ValidateVolumeAttributesClassUpdate`.
pub(super) fn volume_attributes_class(
    _: &Context<'_>,
    class: &Value,
    old: Option<&Value>,
    errors: &mut Errors,
) {
    if let Some(old) = old {
        for field in ["driverName", "parameters"] {
            if class.at(&[field]) != old.at(&[field]) {
                errors.forbidden(field, format!("updates to {field} are forbidden."));
            }
        }
    }
    let driver = class.str_at(&["driverName"]).unwrap_or_default().to_lowercase();
    if driver.is_empty() {
        errors.required("driverName", "");
    } else {
        errors.invalid_each("driverName", driver.as_str(), qualified_name(&driver));
    }
    parameters(class, false, errors);
}

/// `core/validation.ValidateCSIDriverName`.
fn driver_name(name: &str, path: &Path<'_>, errors: &mut Errors) {
    if name.is_empty() {
        return errors.required(path, "");
    }
    if name.len() > 63 {
        errors.too_long(path, 63);
    }
    errors.invalid_each(path, name, dns1123_subdomain(&name.to_lowercase()));
}

/// `ValidateVolumeAttachment`, `ValidateVolumeAttachmentUpdate`.
pub(super) fn volume_attachment(
    _: &Context<'_>,
    attachment: &Value,
    old: Option<&Value>,
    errors: &mut Errors,
) {
    let spec = Path::new("spec");
    let volume = attachment.str_at(&["spec", "source", "persistentVolumeName"]);
    let inline = attachment.at(&["spec", "source", "inlineVolumeSpec"]).is_some();
    let one = "must specify exactly one of inlineVolumeSpec and persistentVolumeName";
    match (volume, inline) {
        (None, false) => errors.required(spec.child("source"), one),
        (Some(_), true) => errors.forbidden(spec.child("source"), one),
        (Some(""), false) => errors.required(
            spec.child("source.persistentVolumeName"),
            "must specify non empty persistentVolumeName",
        ),
        _ => {}
    }
    let node = attachment.str_at(&["spec", "nodeName"]).unwrap_or_default();
    errors.invalid_each(spec.child("nodeName"), node, name_is_dns_subdomain(node, false));
    attachment_status(attachment, errors);
    if let Some(volume) = volume {
        let messages = name_is_dns_subdomain(volume, false);
        errors.invalid_each(spec.child("source.persistentVolumeName"), volume, messages);
    }
    let attacher = attachment.str_at(&["spec", "attacher"]).unwrap_or_default();
    let path = spec.child("attacher");
    if attacher.is_empty() {
        errors.required(path, "");
    } else if attacher.len() > 63 {
        errors.too_long(path, 63);
    } else {
        errors.invalid_each(path, attacher, dns1123_subdomain_caseless(attacher));
    }
    if old.is_some_and(|old| old.at(&["spec"]) != attachment.at(&["spec"])) {
        errors.invalid("spec", Value::Null, IMMUTABLE);
    }
}

fn attachment_status(attachment: &Value, errors: &mut Errors) {
    let status = Path::new("status");
    let metadata = attachment.map_at(&["status", "attachmentMetadata"]);
    if metadata.is_some_and(|metadata| bytes_of(metadata) > MAX_BYTES) {
        errors.too_long(status.child("attachmentMetadata"), MAX_BYTES);
    }
    for field in ["attachError", "detachError"] {
        let message = attachment.str_at(&["status", field, "message"]).unwrap_or_default();
        if message.len() > MAX_MESSAGE {
            errors.too_long(status.child(field).child("message"), MAX_MESSAGE);
        }
        if let Some(code) = attachment.i64_at(&["status", field, "errorCode"])
            && code < 0
        {
            let detail = pintle_machinery::name::inclusive_range_error(0, i64::from(i32::MAX));
            errors.invalid(status.child(field).child("errorCode"), code, detail);
        }
    }
}

/// `ValidateCSINode`, `ValidateCSINodeUpdate`.
pub(super) fn csi_node(ctx: &Context<'_>, node: &Value, old: Option<&Value>, errors: &mut Errors) {
    if ctx.subresource == "status" {
        return;
    }
    let path = Path::new("spec.drivers");
    let drivers = node.list_at(&["spec", "drivers"]);
    for (index, driver) in drivers.iter().enumerate() {
        let name = |driver: &Value| driver.str_at(&["name"]).unwrap_or_default().to_owned();
        let seen = drivers[..index].iter().any(|other| name(other) == name(driver));
        node_driver(driver, seen, &path.index(index), errors);
    }
    let stored = old.map_or(&[][..], |old| old.list_at(&["spec", "drivers"]));
    for before in stored {
        let same = |driver: &&Value| driver.at(&["name"]) == before.at(&["name"]);
        for driver in drivers.iter().filter(same) {
            if ["nodeID", "topologyKeys"].iter().any(|f| driver.at(&[f]) != before.at(&[f])) {
                errors.invalid(path, internal_driver(driver), IMMUTABLE);
            }
        }
    }
}

/// `validateCSINodeDriver`.
fn node_driver(driver: &Value, seen: bool, path: &Path<'_>, errors: &mut Errors) {
    let text = |field: &str| driver.str_at(&[field]).unwrap_or_default();
    driver_name(text("name"), &path.child("name"), errors);
    let id = text("nodeID");
    if id.is_empty() {
        errors.required(path.child("nodeID"), "");
    }
    if id.len() > 256 {
        errors.invalid(path.child("nodeID"), id, "must be 256 characters or less");
    }
    if let Some(count) = driver.i64_at(&["allocatable", "count"]).filter(|count| *count < 0) {
        errors.invalid(path.child("allocatable.count"), count, NOT_NEGATIVE);
    }
    if seen {
        errors.duplicate(path.child("name"), text("name"));
    }
    let keys = driver.list_at(&["topologyKeys"]);
    for (index, key) in keys.iter().enumerate() {
        let text = key.as_str().unwrap_or_default();
        if text.is_empty() {
            errors.required(path, "");
        }
        if keys[..index].contains(key) {
            errors.duplicate(path, text);
        }
        errors.invalid_each(path, text, qualified_name(text));
    }
}

/// A driver of a node, less what may change, as Go prints the internal struct.
fn internal_driver(driver: &Value) -> pintle_machinery::field::BadValue {
    let field = |name: &str| {
        driver.at(&[name]).map_or_else(|| "null".into(), pintle_machinery::json::to_string)
    };
    pintle_machinery::field::BadValue::Text(format!(
        "{{\"Name\":{},\"NodeID\":{},\"TopologyKeys\":{},\"Allocatable\":null}}",
        field("name"),
        field("nodeID"),
        field("topologyKeys")
    ))
}
