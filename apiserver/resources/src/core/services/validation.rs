//! The rules for services (`core/validation.ValidateService`).

use std::collections::BTreeSet;

use pintle_engine::{Context, Errors, Value};
use pintle_machinery::field::BadValue;
use pintle_machinery::ip::{validate_legacy_cidr, validate_legacy_ip};
use pintle_machinery::name::{
    dns1123_label, dns1123_subdomain, label_value, port_name, port_number, qualified_name,
};
use pintle_machinery::path::ValueExt;

use super::{addresses, kind, strings};
use crate::core::endpoints::validate_ordinary_ip;
use crate::core::pods::containers::one_of;

/// `ValidateServiceCreate`, `ValidateServiceUpdate`.
pub(super) fn validate(
    ctx: &Context<'_>,
    service: &Value,
    old: Option<&Value>,
    errors: &mut Errors,
) {
    if ctx.subresource == "status" {
        return;
    }
    let spec = &service["spec"];
    let headless = spec.str_at(&["clusterIP"]) == Some("None");
    let list = spec.list_at(&["ports"]);
    if list.is_empty() && !headless && kind(service) != "ExternalName" {
        errors.required("spec.ports", "");
    }
    match kind(service) {
        kind @ ("LoadBalancer" | "NodePort") if headless => {
            let detail = format!("may not be set to 'None' for {kind} services");
            errors.invalid("spec.clusterIPs[0]", "None", detail);
        }
        "ExternalName" => external_name(spec, errors),
        _ => {}
    }
    let mut names = BTreeSet::new();
    for (index, port) in list.iter().enumerate() {
        let named = list.len() > 1;
        service_port(port, named, &mut names, &format!("spec.ports[{index}]"), errors);
    }
    for (key, value) in spec.map_at(&["selector"]).into_iter().flatten() {
        let value = value.as_str().unwrap_or_default();
        errors.invalid_each("spec.selector", key.as_str(), qualified_name(key));
        errors.invalid_each("spec.selector", value, label_value(value));
    }
    session_affinity(spec, errors);
    addresses::validate(service, old, errors);
    external_ips(spec, old, errors);
    let types = ["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"];
    one_of(spec, "type", &types, "spec", errors);
    inner_ports(service, errors);
    twice(list, errors);
    balancer(service, old, errors);
    traffic(service, errors);
    if let Some(old) = old {
        addresses::update(service, old, errors);
    }
}

fn external_name(spec: &Value, errors: &mut Errors) {
    let detail = "may not be set for ExternalName services";
    if !addresses::normalized(spec).is_empty() {
        errors.forbidden("spec.clusterIPs", detail);
    }
    if !spec.list_at(&["ipFamilies"]).is_empty() {
        errors.forbidden("spec.ipFamilies", detail);
    }
    if spec.at(&["ipFamilyPolicy"]).is_some() {
        errors.forbidden("spec.ipFamilyPolicy", detail);
    }
    let name = spec.str_at(&["externalName"]).unwrap_or_default();
    let name = name.strip_suffix('.').unwrap_or(name);
    if name.is_empty() {
        errors.required("spec.externalName", "");
    } else {
        errors.invalid_each("spec.externalName", name, dns1123_subdomain(name));
    }
}

/// `validateServicePort`.
fn service_port<'a>(
    port: &'a Value,
    needs_name: bool,
    names: &mut BTreeSet<&'a str>,
    path: &str,
    errors: &mut Errors,
) {
    let name = port.str_at(&["name"]).unwrap_or_default();
    if name.is_empty() {
        if needs_name {
            errors.required(format_args!("{path}.name"), "");
        }
    } else {
        errors.invalid_each(format_args!("{path}.name"), name, dns1123_label(name));
        if !names.insert(name) {
            errors.duplicate(format_args!("{path}.name"), name);
        }
    }
    let number = port.i64_at(&["port"]).unwrap_or(0);
    errors.invalid_each(format_args!("{path}.port"), number, port_number(number));
    one_of(port, "protocol", &["SCTP", "TCP", "UDP"], path, errors);
    let at = format!("{path}.targetPort");
    match port.at(&["targetPort"]) {
        Some(Value::String(target)) => {
            errors.invalid_each(&at, target.as_str(), port_name(target));
        }
        other => {
            let target = other.and_then(Value::as_i64).unwrap_or(0);
            errors.invalid_each(&at, target, port_number(target));
        }
    }
    if let Some(protocol) = port.str_at(&["appProtocol"]) {
        let at = format!("{path}.appProtocol");
        errors.invalid_each(at, protocol, qualified_name(protocol));
    }
}

fn session_affinity(spec: &Value, errors: &mut Errors) {
    one_of(spec, "sessionAffinity", &["ClientIP", "None"], "spec", errors);
    let path = "spec.sessionAffinityConfig";
    let config = spec.at(&["sessionAffinityConfig"]);
    match (spec.str_at(&["sessionAffinity"]), config) {
        (Some("None"), Some(_)) => {
            errors.forbidden(path, "must not be set when session affinity is None");
        }
        (Some("ClientIP"), Some(config)) => {
            let seconds = config.i64_at(&["clientIP", "timeoutSeconds"]).unwrap_or(1);
            if !(1..=86_400).contains(&seconds) {
                let detail = "must be greater than 0 and less than 86400";
                errors.invalid(format_args!("{path}.clientIP.timeoutSeconds"), seconds, detail);
            }
        }
        _ => {}
    }
}

fn external_ips(spec: &Value, old: Option<&Value>, errors: &mut Errors) {
    let kept = old.map(|old| strings(old, &["spec", "externalIPs"])).unwrap_or_default();
    for (index, ip) in strings(spec, &["externalIPs"]).into_iter().enumerate() {
        let path = format!("spec.externalIPs[{index}]");
        let before = errors.len();
        validate_legacy_ip(errors, &path, ip, &kept);
        if errors.len() == before {
            validate_ordinary_ip(ip, &path, errors);
        }
    }
}

fn inner_ports(service: &Value, errors: &mut Errors) {
    let ports = service.list_at(&["spec", "ports"]).iter().enumerate();
    for (index, port) in ports.filter(|_| kind(service) == "ClusterIP") {
        if port.i64_at(&["nodePort"]).unwrap_or(0) != 0 {
            let detail = "may not be used when `type` is 'ClusterIP'";
            errors.forbidden(format_args!("spec.ports[{index}].nodePort"), detail);
        }
    }
}

/// Two ports may not be one, nor share a node port.
fn twice(list: &[Value], errors: &mut Errors) {
    let key = |port: &Value, field: &str| {
        let protocol = port.str_at(&["protocol"]).unwrap_or_default().to_owned();
        (protocol, port.i64_at(&[field]).unwrap_or(0))
    };
    let mut seen = BTreeSet::new();
    for (index, port) in list.iter().enumerate() {
        let key = key(port, "nodePort");
        let node = key.1;
        if node != 0 && !seen.insert(key) {
            errors.duplicate(format_args!("spec.ports[{index}].nodePort"), node);
        }
    }
    let mut seen = BTreeSet::new();
    for (index, port) in list.iter().enumerate() {
        let (protocol, number) = key(port, "port");
        if !seen.insert((protocol.clone(), number)) {
            let shown = BadValue::Text(format!(
                "{{\"Name\":\"\",\"Protocol\":\"{protocol}\",\"AppProtocol\":null,\"Port\":{number},\"TargetPort\":0,\"NodePort\":0}}"
            ));
            errors.duplicate(format_args!("spec.ports[{index}]"), shown);
        }
    }
}

/// What only load balancers may say.
fn balancer(service: &Value, old: Option<&Value>, errors: &mut Errors) {
    let spec = &service["spec"];
    let is_balancer = kind(service) == "LoadBalancer";
    let only = "may only be used when `type` is 'LoadBalancer'";
    let path = "spec.LoadBalancerSourceRanges";
    let ranges = strings(spec, &["loadBalancerSourceRanges"]);
    if !ranges.is_empty() && !is_balancer {
        errors.forbidden(path, only);
    }
    let field = ["spec", "loadBalancerSourceRanges"];
    let kept = old.map(|old| strings(old, &field)).unwrap_or_default();
    let kept: Vec<&str> = kept.into_iter().map(str::trim).collect();
    for (index, range) in ranges.into_iter().map(str::trim).enumerate() {
        validate_legacy_cidr(errors, format_args!("{path}[{index}]"), range, &kept);
    }
    if spec.at(&["allocateLoadBalancerNodePorts"]).is_some() && !is_balancer {
        errors.forbidden("spec.allocateLoadBalancerNodePorts", only);
    }
    let Some(class) = spec.str_at(&["loadBalancerClass"]) else { return };
    if is_balancer {
        errors.invalid_each("spec.loadBalancerClass", class, qualified_name(class));
    } else {
        errors.forbidden("spec.loadBalancerClass", only);
    }
}

/// Policies of traffic from outside and inside.
fn traffic(service: &Value, errors: &mut Errors) {
    let spec = &service["spec"];
    let text = |field: &str| spec.str_at(&[field]).unwrap_or_default();
    let outside = matches!(kind(service), "NodePort" | "LoadBalancer")
        || kind(service) == "ClusterIP" && !spec.list_at(&["externalIPs"]).is_empty();
    let policy = text("externalTrafficPolicy");
    let path = "spec.externalTrafficPolicy";
    if outside {
        one_of(spec, "externalTrafficPolicy", &["Cluster", "Local"], "spec", errors);
    } else if !policy.is_empty() {
        errors.invalid(path, policy, "may only be set for externally-accessible services");
    }
    let port = spec.i64_at(&["healthCheckNodePort"]).unwrap_or(0);
    if port != 0 && !(kind(service) == "LoadBalancer" && policy == "Local") {
        let detail =
            "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'";
        errors.invalid("spec.healthCheckNodePort", port, detail);
    }
    let lists: [(&str, &[&str]); 2] = [
        ("internalTrafficPolicy", &["Cluster", "Local"]),
        ("trafficDistribution", &["PreferClose", "PreferSameZone", "PreferSameNode"]),
    ];
    for (field, supported) in lists {
        if let Some(value) = spec.str_at(&[field]).filter(|value| !supported.contains(value)) {
            errors.not_supported(format_args!("spec.{field}"), value, supported);
        }
    }
}
