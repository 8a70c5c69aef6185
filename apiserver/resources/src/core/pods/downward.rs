//! What containers may be told of their pod and of themselves.

use pintle_engine::{Errors, Value};
use pintle_machinery::field::Path;
use pintle_machinery::name::qualified_name;
use pintle_machinery::path::ValueExt;
use pintle_machinery::quantity::Quantity;

/// Fields of a pod that variables can have, sorted.
pub(super) const VARIABLE_FIELDS: &[&str] = &[
    "metadata.name",
    "metadata.namespace",
    "metadata.uid",
    "spec.nodeName",
    "spec.serviceAccountName",
    "status.hostIP",
    "status.hostIPs",
    "status.podIP",
    "status.podIPs",
];

/// Fields of a pod that files can have, sorted.
pub(super) const FILE_FIELDS: &[&str] = &[
    "metadata.annotations",
    "metadata.labels",
    "metadata.name",
    "metadata.namespace",
    "metadata.uid",
];

/// Fields that have a meaning in some place (`pkg/apis/core/pods.ConvertDownwardAPIFieldLabel`),
/// beyond those that variables and files can have.
const KNOWN_FIELDS: &[&str] = &["spec.restartPolicy", "spec.schedulerName", "status.phase"];

const RESOURCES: &[&str] = &[
    "limits.cpu",
    "limits.ephemeral-storage",
    "limits.memory",
    "requests.cpu",
    "requests.ephemeral-storage",
    "requests.memory",
];

const SIZES: &[&str] =
    &["1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei"];

fn text<'a>(object: &'a Value, field: &str) -> &'a str {
    object.str_at(&[field]).unwrap_or_default()
}

/// `core/validation.validateObjectFieldSelector`.
pub(super) fn field(reference: &Value, allowed: &[&str], path: &Path<'_>, errors: &mut Errors) {
    let (version, label) = (text(reference, "apiVersion"), text(reference, "fieldPath"));
    if version.is_empty() {
        return errors.required(path.child("apiVersion"), "");
    }
    let at = path.child("fieldPath");
    if label.is_empty() {
        return errors.required(at, "");
    }
    let wrong = |problem: String| format!("error converting fieldPath: {problem}");
    if version != "v1" {
        return errors.invalid(at, label, wrong(format!("unsupported pod version: {version}")));
    }
    if let Some((map, key)) = subscript(label) {
        return match map {
            "metadata.annotations" => {
                let key = key.to_lowercase();
                errors.invalid_each(path, key.as_str(), qualified_name(&key));
            }
            "metadata.labels" => errors.invalid_each(path, key, qualified_name(key)),
            _ => {
                let problem = format!("field label does not support subscript: {label}");
                errors.invalid(at, label, wrong(problem));
            }
        };
    }
    // Old clients' name of the field.
    let name = if label == "spec.host" { "spec.nodeName" } else { label };
    if ![VARIABLE_FIELDS, FILE_FIELDS, KNOWN_FIELDS].iter().any(|list| list.contains(&name)) {
        let problem = format!("field label not supported: {label}");
        errors.invalid(at, label, wrong(problem));
    } else if !allowed.contains(&name) {
        errors.not_supported(at, name, allowed);
    }
}

/// The field and the key of `field['key']` (`fieldpath.SplitMaybeSubscriptedPath`).
fn subscript(label: &str) -> Option<(&str, &str)> {
    let (field, key) = label.strip_suffix("']")?.split_once("['")?;
    (!field.is_empty()).then_some((field, key))
}

/// `core/validation.validateContainerResourceFieldSelector`; files name the container.
pub(super) fn resource(reference: &Value, in_file: bool, path: &Path<'_>, errors: &mut Errors) {
    let resource = text(reference, "resource");
    let is_huge =
        ["limits.hugepages-", "requests.hugepages-"].iter().any(|p| resource.starts_with(p));
    if in_file && text(reference, "containerName").is_empty() {
        errors.required(path.child("containerName"), "");
    } else if resource.is_empty() {
        errors.required(path.child("resource"), "");
    } else if !is_huge && !RESOURCES.contains(&resource) {
        errors.not_supported(path.child("resource"), resource, RESOURCES);
    }
    let divisor: Option<Quantity> = Quantity::parse(text(reference, "divisor")).ok();
    let Some(divisor) = divisor.filter(|divisor| !divisor.is_zero()) else { return };
    let (allowed, what) = match resource.split_once('.').map(|(_, kind)| kind) {
        Some("cpu") => (&["1m", "1"][..], "cpu"),
        Some("memory") => (SIZES, "memory"),
        Some("ephemeral-storage") => (SIZES, "local ephemeral storage"),
        _ if is_huge => (SIZES, "hugepages"),
        _ => return,
    };
    if !allowed.contains(&divisor.to_string().as_str()) {
        let list = allowed.join(if what == "cpu" { " and " } else { ", " });
        let detail = format!("only divisor's values {list} are supported with the {what} resource");
        errors.invalid(path.child("divisor"), resource, detail);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check_field(label: &str, allowed: &[&str], expected: Option<&str>) {
        let mut errors = Errors::new();
        let reference = json!({"apiVersion": "v1", "fieldPath": label});
        field(&reference, allowed, &Path::new("f"), &mut errors);
        assert_eq!(errors.aggregate().as_deref(), expected);
    }

    #[test]
    fn variables_and_files_have_fields_of_their_own() {
        check_field("spec.nodeName", VARIABLE_FIELDS, None);
        check_field("spec.host", VARIABLE_FIELDS, None);
        check_field("metadata.labels['a/b']", VARIABLE_FIELDS, None);
        check_field("metadata.labels", FILE_FIELDS, None);
        check_field(
            "spec.nodeName",
            FILE_FIELDS,
            Some(
                "f.fieldPath: Unsupported value: \"spec.nodeName\": supported values: \"metadata.annotations\", \"metadata.labels\", \"metadata.name\", \"metadata.namespace\", \"metadata.uid\"",
            ),
        );
        check_field(
            "spec.volumes",
            FILE_FIELDS,
            Some(
                "f.fieldPath: Invalid value: \"spec.volumes\": error converting fieldPath: field label not supported: spec.volumes",
            ),
        );
        check_field(
            "spec['a']",
            FILE_FIELDS,
            Some(
                "f.fieldPath: Invalid value: \"spec['a']\": error converting fieldPath: field label does not support subscript: spec['a']",
            ),
        );
    }

    #[track_caller]
    fn check_resource(resource: &str, divisor: &str, expected: Option<&str>) {
        let mut errors = Errors::new();
        let reference = json!({"containerName": "c", "resource": resource, "divisor": divisor});
        super::resource(&reference, true, &Path::new("f"), &mut errors);
        assert_eq!(errors.aggregate().as_deref(), expected);
    }

    #[test]
    fn resources_are_counted_in_known_units() {
        check_resource("limits.cpu", "1m", None);
        check_resource("limits.cpu", "0", None);
        check_resource("requests.hugepages-2Mi", "1Mi", None);
        check_resource(
            "limits.cpu",
            "2",
            Some(
                "f.divisor: Invalid value: \"limits.cpu\": only divisor's values 1m and 1 are supported with the cpu resource",
            ),
        );
        check_resource(
            "limits.gpu",
            "1",
            Some(
                "f.resource: Unsupported value: \"limits.gpu\": supported values: \"limits.cpu\", \"limits.ephemeral-storage\", \"limits.memory\", \"requests.cpu\", \"requests.ephemeral-storage\", \"requests.memory\"",
            ),
        );
    }
}
