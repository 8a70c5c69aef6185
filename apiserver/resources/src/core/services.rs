//! `services`: one address for many pods.

use std::collections::BTreeSet;

use pintle_engine::{Column, Context, Errors, Resource, Selectable, Value, age, column, name};
use pintle_machinery::field::BadValue;
use pintle_machinery::name::{
    dns1123_label, dns1123_subdomain, label_value, name_is_dns_label, port_name, port_number,
    qualified_name,
};
use pintle_machinery::path::ValueExt;

use super::pods::containers::one_of;
use crate::print::{strings, text};
use crate::workload::labels;

mod prepare;

/// The row. Addresses and node ports are given out when the object is written.
pub const SERVICES: Resource = Resource {
    group: "",
    plural: "services",
    create_on_update: true,
    has_status: true,
    returns_deleted: true,
    own_selectors: true,
    validate_name: name_is_dns_label,
    selectable: &[
        Selectable {
            label: "spec.clusterIP",
            value: |object| object.str_at(&["spec", "clusterIP"]).unwrap_or_default().to_owned(),
        },
        Selectable { label: "spec.type", value: |object| kind(object).to_owned() },
    ],
    prepare: prepare::prepare,
    validate,
    columns: COLUMNS,
    ..Resource::NAMESPACED
};

const COLUMNS: &[Column] = &[
    name(),
    column("Type", "How the service is exposed.", |service, _| text(service, &["spec", "type"])),
    column("Cluster-IP", "Address inside the cluster.", |service, _| {
        let ips = strings(service, &["spec", "clusterIPs"]);
        ips.first().copied().unwrap_or("<none>").into()
    }),
    column("External-IP", "Addresses outside the cluster.", |service, _| external(service).into()),
    column("Port(s)", "Ports, and those of the nodes.", |service, _| ports(service).into()),
    age(),
    column("Selector", "Selects the pods behind the service.", |service, _| {
        labels(service.map_at(&["spec", "selector"]))
    })
    .wide(),
];

fn kind(service: &Value) -> &str {
    service.str_at(&["spec", "type"]).unwrap_or_default()
}

/// `printers.getServiceExternalIP`.
fn external(service: &Value) -> String {
    let mut ips: Vec<String> = Vec::new();
    match kind(service) {
        "ClusterIP" | "NodePort" => {}
        "LoadBalancer" => {
            let ingress = service.list_at(&["status", "loadBalancer", "ingress"]).iter();
            let get =
                |one: &Value, field: &str| one.str_at(&[field]).unwrap_or_default().to_owned();
            let found: BTreeSet<String> = ingress
                .map(|one| match get(one, "ip") {
                    ip if ip.is_empty() => get(one, "hostname"),
                    ip => ip,
                })
                .filter(|address| !address.is_empty())
                .collect();
            ips.extend(found);
        }
        "ExternalName" => {
            return service.str_at(&["spec", "externalName"]).unwrap_or_default().to_owned();
        }
        _ => return "<unknown>".into(),
    }
    ips.extend(strings(service, &["spec", "externalIPs"]).into_iter().map(str::to_owned));
    match ips.is_empty() {
        true if kind(service) == "LoadBalancer" => "<pending>".into(),
        true => "<none>".into(),
        false => ips.join(","),
    }
}

/// `printers.makePortString`.
fn ports(service: &Value) -> String {
    let ports: Vec<String> = service
        .list_at(&["spec", "ports"])
        .iter()
        .map(|port| {
            let number = |field: &str| port.i64_at(&[field]).unwrap_or(0);
            let protocol = port.str_at(&["protocol"]).unwrap_or_default();
            match number("nodePort") {
                node if node > 0 => format!("{}:{node}/{protocol}", number("port")),
                _ => format!("{}/{protocol}", number("port")),
            }
        })
        .collect();
    if ports.is_empty() { "<none>".into() } else { ports.join(",") }
}

/// `core/validation.ValidateServiceCreate`, `ValidateServiceUpdate`.
fn validate(ctx: &Context<'_>, service: &Value, old: Option<&Value>, errors: &mut Errors) {
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
        "LoadBalancer" if headless => {
            errors.invalid(
                "spec.clusterIPs[0]",
                "None",
                "may not be set to 'None' for LoadBalancer services",
            );
        }
        "NodePort" if headless => {
            errors.invalid(
                "spec.clusterIPs[0]",
                "None",
                "may not be set to 'None' for NodePort services",
            );
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
    one_of(spec, "sessionAffinity", &["ClientIP", "None"], "spec", errors);
    let types = ["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"];
    one_of(spec, "type", &types, "spec", errors);
    for (index, ip) in strings(spec, &["externalIPs"]).into_iter().enumerate() {
        let path = format!("spec.externalIPs[{index}]");
        let before = errors.len();
        pintle_machinery::ip::validate_ip(errors, &path, ip);
        if errors.len() == before {
            super::endpoints::validate_ordinary_ip(ip, &path, errors);
        }
    }
    if kind(service) != "LoadBalancer" && !spec.list_at(&["loadBalancerSourceRanges"]).is_empty() {
        let detail = "may only be used when `type` is 'LoadBalancer'";
        errors.forbidden("spec.LoadBalancerSourceRanges", detail);
    }
    exposure(service, errors);
    twice(list, errors);
    if let Some(old) = old {
        update(service, old, errors);
    }
}

fn external_name(spec: &Value, errors: &mut Errors) {
    if !spec.list_at(&["clusterIPs"]).is_empty() {
        errors.forbidden("spec.clusterIPs", "may not be set for ExternalName services");
    }
    let name = spec.str_at(&["externalName"]).unwrap_or_default().trim_end_matches('.');
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
}

/// What only services that are reached from outside may set.
fn exposure(service: &Value, errors: &mut Errors) {
    let outside = matches!(kind(service), "NodePort" | "LoadBalancer");
    let policy = service.str_at(&["spec", "externalTrafficPolicy"]).unwrap_or_default();
    if !policy.is_empty() && !outside && service.list_at(&["spec", "externalIPs"]).is_empty() {
        let detail = "may only be set for externally-accessible services";
        errors.invalid("spec.externalTrafficPolicy", policy, detail);
    }
    if kind(service) != "ClusterIP" {
        return;
    }
    for (index, port) in service.list_at(&["spec", "ports"]).iter().enumerate() {
        if port.i64_at(&["nodePort"]).unwrap_or(0) != 0 {
            let detail = "may not be used when `type` is 'ClusterIP'";
            errors.forbidden(format_args!("spec.ports[{index}].nodePort"), detail);
        }
    }
}

/// Two ports may not be one, nor share a node port (`ValidateService`).
fn twice(list: &[Value], errors: &mut Errors) {
    let mut ports = BTreeSet::new();
    let mut node_ports = BTreeSet::new();
    for (index, port) in list.iter().enumerate() {
        let protocol = port.str_at(&["protocol"]).unwrap_or_default();
        let number = |field: &str| port.i64_at(&[field]).unwrap_or(0);
        let node = number("nodePort");
        if node != 0 && !node_ports.insert((protocol, node)) {
            errors.duplicate(format_args!("spec.ports[{index}].nodePort"), node);
        }
        if !ports.insert((protocol, number("port"))) {
            let shown = BadValue::Text(format!(
                "{{\"Name\":\"\",\"Protocol\":\"{protocol}\",\"AppProtocol\":null,\"Port\":{},\"TargetPort\":0,\"NodePort\":0}}",
                number("port")
            ));
            errors.duplicate(format_args!("spec.ports[{index}]"), shown);
        }
    }
}

/// The first address and family stay, unless the service had or gets none
/// (`validateServiceClusterIPsRelatedFields`, `ValidateServiceUpdate`).
fn update(service: &Value, old: &Value, errors: &mut Errors) {
    if [service, old].iter().any(|one| kind(one) == "ExternalName") {
        return;
    }
    for (field, list) in
        [("clusterIPs", "spec.clusterIPs[0]"), ("ipFamilies", "spec.ipFamilies[0]")]
    {
        let first = |object: &Value| object.list_at(&["spec", field]).first().cloned();
        if let (Some(new), Some(before)) = (first(service), first(old))
            && new != before
        {
            errors.invalid(list, new, "may not change once set");
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn addresses_and_ports_are_shown() {
        let service = json!({
            "spec": {"type": "LoadBalancer", "externalIPs": ["5.6.7.8"],
                "ports": [{"port": 80, "nodePort": 30080, "protocol": "TCP"}, {"port": 53, "protocol": "UDP"}]},
            "status": {"loadBalancer": {"ingress": [{"hostname": "h"}, {"ip": "1.2.3.4"}]}},
        });
        assert_eq!(external(&service), "1.2.3.4,h,5.6.7.8");
        assert_eq!(ports(&service), "80:30080/TCP,53/UDP");
        assert_eq!(external(&json!({"spec": {"type": "LoadBalancer"}})), "<pending>");
        assert_eq!(external(&json!({"spec": {"type": "ClusterIP"}})), "<none>");
    }
}
