//! Services: their number, their load balancers and their node ports.

use super::{number, one};
use crate::Value;
use crate::path::ValueExt;
use crate::resources::List;

pub(super) fn measures(name: &str) -> bool {
    matches!(name, "count/services" | "services" | "services.nodeports" | "services.loadbalancers")
}

/// Node ports are charged before they are given out, by what is asked for.
pub(super) fn usage(service: &Value) -> List {
    let ports = service.list_at(&["spec", "ports"]);
    let named = || ports.iter().filter(|port| port.i64_at(&["nodePort"]).unwrap_or(0) != 0);
    let suppressed = service.bool_at(&["spec", "allocateLoadBalancerNodePorts"]) == Some(false);
    let (node_ports, balancers) = match service.str_at(&["spec", "type"]) {
        Some("NodePort") => (ports.len(), 0),
        Some("LoadBalancer") if suppressed => (named().count(), 1),
        Some("LoadBalancer") => (ports.len(), 1),
        _ => (0, 0),
    };
    let entries = [
        ("count/services", one()),
        ("services", one()),
        ("services.loadbalancers", number(balancers)),
        ("services.nodeports", number(node_ports as i64)),
    ];
    entries.into_iter().map(|(name, amount)| (name.to_owned(), amount)).collect()
}
