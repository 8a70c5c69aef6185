//! What ingress classes, addresses and ranges of services must look like
//! (`pkg/apis/networking/validation`).

use pintle_engine::{Context, Errors, Value};
use pintle_machinery::field::{BadValue, Path};
use pintle_machinery::ip::{Cidr, validate_cidr, validate_ip};
use pintle_machinery::name::{
    dns1123_subdomain, domain_prefixed_path, name_is_dns_label, path_segment_name,
};
use pintle_machinery::path::ValueExt;
use pintle_machinery::{Map, json};

use crate::print::strings;

const IMMUTABLE: &str = "field is immutable";
const MAX_CONTROLLER: usize = 250;

/// `ValidateIngressClass`, `ValidateIngressClassUpdate`.
pub(super) fn ingress_class(
    _: &Context<'_>,
    class: &Value,
    old: Option<&Value>,
    errors: &mut Errors,
) {
    let controller = |class: &Value| class.str_at(&["spec", "controller"]).map(str::to_owned);
    let path = Path::new("spec");
    let own = controller(class).unwrap_or_default();
    if let Some(old) = old {
        if controller(old).unwrap_or_default() != own {
            errors.invalid(path.child("controller"), own, IMMUTABLE);
        }
        return;
    }
    let at = path.child("controller");
    if own.len() > MAX_CONTROLLER {
        errors.too_long(at, MAX_CONTROLLER);
    }
    if own.is_empty() {
        errors.required(at, "");
    } else {
        for (value, message) in domain_prefixed_path(&own) {
            errors.invalid(at, value, message);
        }
    }
    if let Some(parameters) = class.at(&["spec", "parameters"]) {
        self::parameters(parameters, &path.child("parameters"), errors);
    }
}

/// `validateIngressClassParametersReference`.
fn parameters(parameters: &Value, path: &Path<'_>, errors: &mut Errors) {
    let text = |field: &str| parameters.str_at(&[field]).unwrap_or_default();
    if let Some(group) = parameters.str_at(&["apiGroup"]) {
        errors.invalid_each(path.child("apiGroup"), group, dns1123_subdomain(group));
    }
    for field in ["kind", "name"] {
        if !text(field).is_empty() {
            errors.invalid_each(path.child(field), text(field), path_segment_name(text(field)));
        }
    }
    let at = path.child("namespace");
    match (parameters.str_at(&["scope"]), parameters.str_at(&["namespace"])) {
        (None, _) => errors.required(path.child("scope"), ""),
        (Some("Namespace"), None) => {
            errors.required(at, "`parameters.scope` is set to 'Namespace'");
        }
        (Some("Namespace"), Some(namespace)) => {
            errors.invalid_each(at, namespace, name_is_dns_label(namespace, false));
        }
        (Some("Cluster"), Some(_)) => {
            errors.forbidden(at, "`parameters.scope` is set to 'Cluster'");
        }
        (Some("Cluster"), None) => {}
        (Some(other), _) => {
            errors.not_supported(path.child("scope"), other, &["Cluster", "Namespace"]);
        }
    }
    for field in ["kind", "name"] {
        if text(field).is_empty() {
            errors.required(path.child(field), "");
        }
    }
}

/// `ValidateIPAddressName`.
pub(super) fn ip_address_name(name: &str, _: bool) -> Vec<String> {
    let mut errors = Errors::new();
    validate_ip(&mut errors, Path::ROOT, name);
    errors.iter().map(|error| error.detail.clone()).collect()
}

/// `ValidateIPAddress`, `ValidateIPAddressUpdate`.
pub(super) fn ip_address(
    _: &Context<'_>,
    address: &Value,
    old: Option<&Value>,
    errors: &mut Errors,
) {
    let path = Path::new("spec.parentRef");
    let Some(parent) = address.at(&["spec", "parentRef"]) else {
        return errors.required(path, "");
    };
    let text = |field: &str| parent.str_at(&[field]).unwrap_or_default();
    if !text("group").is_empty() {
        errors.invalid_each(path.child("group"), text("group"), dns1123_subdomain(text("group")));
    }
    for field in ["resource", "name", "namespace"] {
        if !text(field).is_empty() {
            errors.invalid_each(path.child(field), text(field), path_segment_name(text(field)));
        }
    }
    if old.is_some_and(|old| old.at(&["spec", "parentRef"]) != Some(parent)) {
        errors.invalid(path, Value::Null, IMMUTABLE);
    }
    for field in ["resource", "name"] {
        if text(field).is_empty() {
            errors.required(path.child(field), "");
        }
    }
}

/// `ValidateServiceCIDR`, `ValidateServiceCIDRUpdate`.
pub(super) fn service_cidr(
    ctx: &Context<'_>,
    range: &Value,
    old: Option<&Value>,
    errors: &mut Errors,
) {
    if ctx.subresource == "status" {
        return;
    }
    let path = Path::new("spec.cidrs");
    let cidrs = strings(range, &["spec", "cidrs"]);
    let Some(old) = old else { return ranges(range, &cidrs, &path, errors) };
    let stored = strings(old, &["spec", "cidrs"]);
    match (stored.len(), cidrs.len()) {
        (before, now) if before == now => {
            for (index, cidr) in cidrs.iter().enumerate() {
                if stored[index] != *cidr {
                    errors.invalid(path.index(index), *cidr, IMMUTABLE);
                }
            }
        }
        (1, 2) => {
            if stored[0] != cidrs[0] {
                errors.invalid(path.index(0), cidrs[0], IMMUTABLE);
            }
            ranges(range, &cidrs, &path, errors);
        }
        _ => errors.invalid(path, range.at(&["spec", "cidrs"]), IMMUTABLE),
    }
}

/// `validateServiceCIDRSpec`.
fn ranges(range: &Value, cidrs: &[&str], path: &Path<'_>, errors: &mut Errors) {
    if cidrs.is_empty() {
        return errors.required(path, "at least one CIDR required");
    }
    if cidrs.len() > 2 {
        let mut spec = Map::new();
        spec.insert("CIDRs".into(), range.at(&["spec", "cidrs"]).cloned().unwrap_or_default());
        let value = BadValue::Text(json::to_string(&spec));
        return errors.invalid(path, value, "may only hold up to 2 values");
    }
    for (index, cidr) in cidrs.iter().enumerate() {
        validate_cidr(errors, path.index(index), cidr);
    }
    let family = |cidr: &str| Cidr::parse_sloppy(cidr).map(|cidr| cidr.ip.is_ipv4());
    if let [first, second] = cidrs
        && family(first).is_some()
        && family(first) == family(second)
    {
        let detail = "may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and 2001:db8::/64";
        errors.invalid(path, range.at(&["spec", "cidrs"]), detail);
    }
}
