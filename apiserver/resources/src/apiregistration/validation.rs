//! What API services must look like (`kube-aggregator/pkg/apis/apiregistration/validation`).

use pintle_engine::{Context, Errors, Value};
use pintle_machinery::field::Path;
use pintle_machinery::json::quote;
use pintle_machinery::name::{dns1035_label, dns1123_subdomain, port_number};
use pintle_machinery::path::ValueExt;

/// `ValidateAPIService`, `ValidateAPIServiceUpdate`, `ValidateAPIServiceStatusUpdate`.
pub(super) fn validate(ctx: &Context<'_>, api: &Value, _: Option<&Value>, errors: &mut Errors) {
    if ctx.subresource == "status" {
        return status(api, errors);
    }
    let path = Path::new("spec");
    let text = |field: &str| api.str_at(&["spec", field]).unwrap_or_default();
    let number = |field: &str| api.i64_at(&["spec", field]).unwrap_or(0);
    let (group, version) = (text("group"), text("version"));
    let name = api.str_at(&["metadata", "name"]).unwrap_or_default();
    let required = format!("{version}.{group}");
    if !name.is_empty() && name != required {
        let detail = format!("must be `spec.version+\".\"+spec.group`: {}", quote(&required));
        errors.invalid("metadata.name", name, detail);
    }
    if group.is_empty() && version != "v1" {
        let detail = "only v1 may have an empty group and it better be legacy kube";
        errors.required(path.child("group"), detail);
    }
    if !group.is_empty() {
        errors.invalid_each(path.child("group"), group, dns1123_subdomain(group));
    }
    errors.invalid_each(path.child("version"), version, dns1035_label(version));
    for (field, most) in [("groupPriorityMinimum", 20000), ("versionPriority", 1000)] {
        if !(1..=most).contains(&number(field)) {
            let detail = format!("must be positive and less than {most}");
            errors.invalid(path.child(field), number(field), detail);
        }
    }
    server(api, &path, errors);
}

fn server(api: &Value, path: &Path<'_>, errors: &mut Errors) {
    let bundle = api.str_at(&["spec", "caBundle"]).filter(|bundle| !bundle.is_empty());
    let insecure = api.bool_at(&["spec", "insecureSkipTLSVerify"]) == Some(true);
    let at = path.child("insecureSkipTLSVerify");
    let Some(service) = api.at(&["spec", "service"]) else {
        if let Some(bundle) = bundle {
            let padding = bundle.bytes().rev().take_while(|byte| *byte == b'=').count();
            let bytes = format!("{} bytes", bundle.len() / 4 * 3 - padding);
            errors.invalid(
                path.child("caBundle"),
                bytes,
                "local APIServices may not have a caBundle",
            );
        }
        if insecure {
            errors.invalid(at, true, "local APIServices may not have insecureSkipTLSVerify");
        }
        return;
    };
    let path = path.child("service");
    for field in ["namespace", "name"] {
        if service.str_at(&[field]).is_none_or(str::is_empty) {
            errors.required(path.child(field), "");
        }
    }
    let port = service.i64_at(&["port"]).unwrap_or(0);
    let messages = port_number(port);
    if !messages.is_empty() {
        let detail = format!("port is not valid: {}", messages.join(", "));
        errors.invalid(path.child("port"), port, detail);
    }
    if insecure && bundle.is_some() {
        errors.invalid(at, true, "may not be true if caBundle is present");
    }
}

fn status(api: &Value, errors: &mut Errors) {
    let path = Path::new("status.conditions");
    for (index, condition) in api.list_at(&["status", "conditions"]).iter().enumerate() {
        let status = condition.str_at(&["status"]).unwrap_or_default();
        let known = ["True", "False", "Unknown"];
        if !known.contains(&status) {
            errors.not_supported(path.index(index).child("status"), status, &known);
        }
    }
}
