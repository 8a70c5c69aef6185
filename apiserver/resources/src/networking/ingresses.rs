//! `ingresses.networking.k8s.io`: which services HTTP requests from outside reach.

use std::collections::BTreeSet;

use pintle_engine::{Resource, Value, age, column, name};
use pintle_machinery::path::ValueExt;

use crate::print::text_or;

/// The row.
pub const INGRESSES: Resource = Resource {
    group: "networking.k8s.io",
    plural: "ingresses",
    has_status: true,
    has_generation: true,
    columns: &[
        name(),
        column("Class", |ingress, _| text_or(ingress, &["spec", "ingressClassName"], "<none>")),
        column("Hosts", |ingress, _| hosts(ingress).into()),
        column("Address", |ingress, _| address(ingress).into()),
        column("Ports", |ingress, _| {
            let tls = !ingress.list_at(&["spec", "tls"]).is_empty();
            Value::from(if tls { "80, 443" } else { "80" })
        }),
        age(),
    ],
    validate: super::ingress::validate,
    warnings: super::ingress::warnings,
    ..Resource::NAMESPACED
};

/// `printers/internalversion.formatHosts`.
fn hosts(ingress: &Value) -> String {
    let rules = ingress.list_at(&["spec", "rules"]);
    let mut list = Vec::new();
    let mut more = false;
    for rule in rules {
        more |= list.len() == 3;
        if let Some(host) = rule.str_at(&["host"]).filter(|host| !more && !host.is_empty()) {
            list.push(host);
        }
    }
    match list.join(",") {
        none if none.is_empty() => "*".into(),
        hosts if more => format!("{hosts} + {} more...", rules.len() - 3),
        hosts => hosts,
    }
}

/// `printers/internalversion.ingressLoadBalancerStatusStringer`.
fn address(ingress: &Value) -> String {
    let points = ingress.list_at(&["status", "loadBalancer", "ingress"]).iter();
    let addresses: BTreeSet<&str> = points
        .filter_map(|point| {
            let field = |name: &str| point.str_at(&[name]).filter(|text| !text.is_empty());
            field("ip").or_else(|| field("hostname"))
        })
        .collect();
    addresses.into_iter().collect::<Vec<_>>().join(",")
}
