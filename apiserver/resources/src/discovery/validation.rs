//! What endpoint slices must look like (`pkg/apis/discovery/validation`).

use std::net::IpAddr;

use pintle_engine::{Context, Errors, Value};
use pintle_machinery::field::Path;
use pintle_machinery::ip::{ip_warning, parse_sloppy, validate_ip, validate_legacy_ip};
use pintle_machinery::name::{
    dns1123_label, fully_qualified_domain_name, label_value, name_is_dns_subdomain, qualified_name,
};
use pintle_machinery::path::ValueExt;

use crate::print::strings;

const MAX_ADDRESSES: usize = 100;
const MAX_PORTS: usize = 20000;
const MAX_ENDPOINTS: usize = 1000;
const MAX_HINTS: usize = 8;
const MANAGED_BY: &str = "endpointslice.kubernetes.io/managed-by";

/// `ValidateEndpointSliceCreate`, `ValidateEndpointSliceUpdate`.
pub(super) fn validate(_: &Context<'_>, slice: &Value, old: Option<&Value>, errors: &mut Errors) {
    let ty = slice.str_at(&["addressType"]).unwrap_or_default();
    ports(slice, errors);
    let mut declared = Errors::new();
    match ty {
        "" => declared.required("addressType", ""),
        "FQDN" | "IPv4" | "IPv6" => {}
        other => declared.not_supported("addressType", other, &["FQDN", "IPv4", "IPv6"]),
    }
    if old.is_some_and(|old| old.str_at(&["addressType"]).unwrap_or_default() != ty) {
        declared.invalid("addressType", Value::Null, "field is immutable");
    }
    let endpoints = slice.list_at(&["endpoints"]);
    let path = Path::new("endpoints");
    let unchanged = old.is_some_and(|old| old.list_at(&["endpoints"]) == endpoints);
    if !unchanged && endpoints.len() > MAX_ENDPOINTS {
        errors.too_many(path, Some(endpoints.len()), MAX_ENDPOINTS);
    } else if !unchanged {
        for (index, item) in endpoints.iter().enumerate() {
            endpoint(item, ty, &path.index(index), errors);
            let count = item.list_at(&["addresses"]).len();
            let path = path.index(index);
            if count == 0 {
                declared.required(path.child("addresses"), "");
            } else if count > MAX_ADDRESSES {
                declared.too_many(path.child("addresses"), Some(count), MAX_ADDRESSES);
            }
        }
    }
    errors.append(declared);
}

/// `validatePorts`.
fn ports(slice: &Value, errors: &mut Errors) {
    let path = Path::new("ports");
    let ports = slice.list_at(&["ports"]);
    if ports.len() > MAX_PORTS {
        return errors.too_many(path, Some(ports.len()), MAX_PORTS);
    }
    let name = |port: &Value| port.str_at(&["name"]).unwrap_or_default().to_owned();
    for (index, port) in ports.iter().enumerate() {
        let path = path.index(index);
        let own = name(port);
        if !own.is_empty() {
            errors.invalid_each(path.child("name"), own.as_str(), dns1123_label(&own));
        }
        if ports[..index].iter().any(|other| name(other) == own) {
            errors.duplicate(path.child("name"), own);
        }
        match port.str_at(&["protocol"]) {
            None => errors.required(path.child("protocol"), ""),
            Some("TCP" | "UDP" | "SCTP") => {}
            Some(other) => {
                errors.not_supported(path.child("protocol"), other, &["SCTP", "TCP", "UDP"]);
            }
        }
        if let Some(protocol) = port.str_at(&["appProtocol"]) {
            errors.invalid_each(path.child("appProtocol"), protocol, qualified_name(protocol));
        }
    }
}

/// `validateEndpoints`, for one.
fn endpoint(endpoint: &Value, ty: &str, path: &Path<'_>, errors: &mut Errors) {
    let at = path.child("addresses");
    for (index, address) in strings(endpoint, &["addresses"]).into_iter().enumerate() {
        match ty {
            "IPv4" => ip_address(address, true, &at, index, errors),
            "IPv6" => ip_address(address, false, &at, index, errors),
            "FQDN" => {
                if let Some((value, message)) = fully_qualified_domain_name(address) {
                    errors.invalid(at.index(index), value, message);
                }
            }
            _ => {}
        }
    }
    if let Some(node) = endpoint.str_at(&["nodeName"]) {
        errors.invalid_each(path.child("nodeName"), node, name_is_dns_subdomain(node, false));
    }
    if let Some(host) = endpoint.str_at(&["hostname"]) {
        errors.invalid_each(path.child("hostname"), host, dns1123_label(host));
    }
    let at = path.child("hints");
    hints(endpoint, "forZones", label_value, &at, errors);
    hints(endpoint, "forNodes", |name| name_is_dns_subdomain(name, false), &at, errors);
}

fn ip_address(address: &str, v4: bool, path: &Path<'_>, index: usize, errors: &mut Errors) {
    let before = errors.len();
    if v4 {
        validate_legacy_ip(errors, path.index(index), address, &[]);
    } else {
        validate_ip(errors, path.index(index), address);
    }
    if errors.len() > before {
        return;
    }
    let Some(ip) = parse_sloppy(address) else { return };
    let ip = ip.to_canonical();
    if ip.is_ipv4() != v4 {
        let family = if v4 { "IPv4" } else { "IPv6" };
        errors.invalid(path, address, format!("must be an {family} address"));
    }
    for message in endpoint_ip(ip) {
        errors.invalid(path.index(index), address, message);
    }
}

/// Addresses that lead nowhere else (`core/validation.ValidateEndpointIP`).
fn endpoint_ip(ip: IpAddr) -> Vec<String> {
    let link_local = match ip {
        IpAddr::V4(ip) => ip.is_link_local(),
        IpAddr::V6(ip) => ip.is_unicast_link_local(),
    };
    let link_local_multicast = match ip {
        IpAddr::V4(ip) => ip.octets()[..3] == [224, 0, 0],
        IpAddr::V6(ip) => ip.octets()[0] == 0xff && ip.octets()[1] & 0x0f == 2,
    };
    let rules = [
        (ip.is_unspecified(), format!("may not be unspecified ({ip})")),
        (ip.is_loopback(), "may not be in the loopback range (127.0.0.0/8, ::1/128)".to_owned()),
        (link_local, "may not be in the link-local range (169.254.0.0/16, fe80::/10)".to_owned()),
        (
            link_local_multicast,
            "may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)".to_owned(),
        ),
    ];
    rules.into_iter().filter(|(broken, _)| *broken).map(|(_, message)| message).collect()
}

/// `validateHints`, for one kind of them.
fn hints(
    endpoint: &Value,
    field: &str,
    check: fn(&str) -> Vec<String>,
    path: &Path<'_>,
    errors: &mut Errors,
) {
    let path = path.child(field);
    let hints = endpoint.list_at(&["hints", field]);
    if hints.len() > MAX_HINTS {
        return errors.too_many(path, Some(hints.len()), MAX_HINTS);
    }
    for (index, hint) in hints.iter().enumerate() {
        let at = path.index(index);
        let name = hint.str_at(&["name"]).unwrap_or_default();
        if hints[..index].iter().any(|other| other.str_at(&["name"]).unwrap_or_default() == name) {
            errors.duplicate(at.child("name"), name);
        }
        errors.invalid_each(at.child("name"), name, check(name));
    }
}

/// Warns of the deprecated address type and of odd addresses, unless a controller writes them.
pub(super) fn warnings(slice: &Value, old: Option<&Value>) -> Vec<String> {
    let mut warnings = Vec::new();
    if old.is_none() && slice.str_at(&["addressType"]) == Some("FQDN") {
        warnings.push("spec.addressType: FQDN endpoints are deprecated".to_owned());
    }
    let manager = slice.str_at(&["metadata", "labels", MANAGED_BY]).unwrap_or_default();
    if matches!(
        manager,
        "endpointslice-controller.k8s.io" | "endpointslicemirroring-controller.k8s.io"
    ) {
        return warnings;
    }
    for (i, endpoint) in slice.list_at(&["endpoints"]).iter().enumerate() {
        for (j, address) in strings(endpoint, &["addresses"]).into_iter().enumerate() {
            warnings.extend(ip_warning(format!("endpoints[{i}].addresses[{j}]"), address));
        }
    }
    warnings
}
