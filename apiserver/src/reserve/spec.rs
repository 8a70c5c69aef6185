//! Reading and writing what allocation needs of a service's tree.

use pintle_engine::{Value, meta};

/// The value of headless services.
pub(super) const NONE: &str = "None";

/// A string of the spec; empty if absent.
pub(super) fn text<'a>(service: &'a Value, field: &str) -> &'a str {
    service["spec"][field].as_str().unwrap_or_default()
}

/// A list of strings of the spec.
pub(super) fn list(service: &Value, field: &str) -> Vec<String> {
    meta::strings(service["spec"].get(field)).into_iter().map(str::to_owned).collect()
}

/// A port of the spec; 0 if absent.
pub(super) fn number(value: &Value, field: &str) -> u16 {
    value[field].as_u64().and_then(|number| u16::try_from(number).ok()).unwrap_or_default()
}

/// Sets a field of the spec; null, empty strings and empty lists remove it.
pub(super) fn set(service: &mut Value, field: &str, value: impl Into<Value>) {
    let value = value.into();
    let empty = match &value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => false,
    };
    let Some(spec) = service.get_mut("spec").and_then(Value::as_object_mut) else { return };
    if empty {
        spec.remove(field);
    } else {
        spec.insert(field.to_owned(), value);
    }
}

/// The service's ports.
pub(super) fn ports(service: &Value) -> &[Value] {
    service["spec"]["ports"].as_array().map_or(&[], Vec::as_slice)
}

/// Sets the node port of a port.
pub(super) fn set_node_port(service: &mut Value, index: usize, port: u16) {
    if port != 0 {
        service["spec"]["ports"][index]["nodePort"] = port.into();
    }
}

/// The node ports of a service (`collectServiceNodePorts`).
pub(super) fn node_ports(service: &Value) -> Vec<u16> {
    ports(service).iter().map(|port| number(port, "nodePort")).filter(|port| *port != 0).collect()
}

/// The service has no endpoints of its own choosing.
pub(super) fn has_no_selector(service: &Value) -> bool {
    service["spec"]["selector"].as_object().is_none_or(serde_json::Map::is_empty)
}

/// The type is one of those that have node ports.
pub(super) fn is_node_port_type(service: &Value) -> bool {
    matches!(text(service, "type"), "NodePort" | "LoadBalancer")
}

/// `shouldAllocateNodePorts`.
pub(super) fn wants_node_ports(service: &Value) -> bool {
    match text(service, "type") {
        "NodePort" => true,
        "LoadBalancer" => service["spec"]["allocateLoadBalancerNodePorts"] != false,
        _ => false,
    }
}

/// `apiservice.NeedsHealthCheck`.
pub(super) fn needs_health_check(service: &Value) -> bool {
    text(service, "type") == "LoadBalancer" && text(service, "externalTrafficPolicy") == "Local"
}

/// `spec.clusterIPs[0]` says that there is to be no address.
pub(super) fn is_headless(service: &Value) -> bool {
    list(service, "clusterIPs").first().is_some_and(|first| first == NONE)
}
