//! `services`: one address for many pods.

mod addresses;
mod prepare;
mod validation;

use std::collections::BTreeSet;

use pintle_engine::{Column, Resource, ReturnsDeleted, Selectable, Value, age, column, name};
use pintle_machinery::name::name_is_dns_label;
use pintle_machinery::path::ValueExt;

use crate::print::{strings, text};
use crate::workload::labels;

/// The row. Addresses and node ports are given out when the object is written.
pub const SERVICES: Resource = Resource {
    group: "",
    plural: "services",
    create_on_update: true,
    has_status: true,
    returns_deleted: ReturnsDeleted::Always,
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
    validate: validation::validate,
    columns: COLUMNS,
    ..Resource::NAMESPACED
};

const COLUMNS: &[Column] = &[
    name(),
    column("Type", |service, _| text(service, &["spec", "type"])),
    column("Cluster-IP", |service, _| {
        let ips = strings(service, &["spec", "clusterIPs"]);
        ips.first().copied().unwrap_or("<none>").into()
    }),
    column("External-IP", |service, _| external(service).into()),
    column("Port(s)", |service, _| ports(service).into()),
    age(),
    column("Selector", |service, _| labels(service.map_at(&["spec", "selector"]))).wide(),
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
