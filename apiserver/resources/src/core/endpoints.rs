//! `endpoints`: addresses behind a service, in the old form.

use pintle_engine::{Context, Errors, Resource, Value, age, column, name};
use pintle_machinery::name::{dns1123_label, port_number};
use pintle_machinery::path::ValueExt;

/// The row.
pub const ENDPOINTS: Resource = Resource {
    group: "",
    plural: "endpoints",
    create_on_update: true,
    validate,
    columns: &[name(), column("Endpoints", |object, _| format(object).into()), age()],
    ..Resource::NAMESPACED
};

/// The most addresses that a cell shows.
const SHOWN: usize = 3;

/// `printers.formatEndpoints`.
fn format(object: &Value) -> String {
    let subsets = object.list_at(&["subsets"]);
    if subsets.is_empty() {
        return "<none>".into();
    }
    let mut all = Vec::new();
    for subset in subsets {
        let ips = || subset.list_at(&["addresses"]).iter().filter_map(|one| one.str_at(&["ip"]));
        let ports = subset.list_at(&["ports"]);
        if ports.is_empty() {
            all.extend(ips().map(str::to_owned));
        }
        for port in ports {
            let port = port.i64_at(&["port"]).unwrap_or(0);
            all.extend(ips().map(|ip| {
                if ip.contains(':') { format!("[{ip}]:{port}") } else { format!("{ip}:{port}") }
            }));
        }
    }
    let shown = all.iter().take(SHOWN).cloned().collect::<Vec<_>>().join(",");
    match all.len() {
        total if total > SHOWN => format!("{shown} + {} more...", total - SHOWN),
        _ => shown,
    }
}

/// `core/validation.ValidateEndpointsCreate`, `ValidateEndpointsUpdate`.
fn validate(_: &Context<'_>, object: &Value, old: Option<&Value>, errors: &mut Errors) {
    if old.is_some_and(|old| old.at(&["subsets"]) == object.at(&["subsets"])) {
        return;
    }
    for (index, subset) in object.list_at(&["subsets"]).iter().enumerate() {
        let path = format!("subsets[{index}]");
        let ready = subset.list_at(&["addresses"]);
        let unready = subset.list_at(&["notReadyAddresses"]);
        if ready.is_empty() && unready.is_empty() {
            errors.required(&path, "must specify `addresses` or `notReadyAddresses`");
        }
        for (field, addresses) in [("addresses", ready), ("notReadyAddresses", unready)] {
            for (index, address) in addresses.iter().enumerate() {
                validate_address(address, &format!("{path}.{field}[{index}]"), errors);
            }
        }
        let ports = subset.list_at(&["ports"]);
        for (index, port) in ports.iter().enumerate() {
            validate_port(port, ports.len() > 1, &format!("{path}.ports[{index}]"), errors);
        }
    }
}

/// `validateEndpointAddress`, `ValidateNonSpecialIP`.
fn validate_address(address: &Value, path: &str, errors: &mut Errors) {
    let at = format!("{path}.ip");
    let ip = address.str_at(&["ip"]).unwrap_or_default();
    pintle_machinery::ip::validate_ip(errors, &at, ip);
    let hostname = address.str_at(&["hostname"]).unwrap_or_default();
    if !hostname.is_empty() {
        errors.invalid_each(format_args!("{path}.hostname"), hostname, dns1123_label(hostname));
    }
    validate_ordinary_ip(ip, &at, errors);
}

/// `ValidateNonSpecialIP`: addresses that mean something to every host.
pub(crate) fn validate_ordinary_ip(ip: &str, path: &str, errors: &mut Errors) {
    let Some(parsed) = pintle_machinery::ip::parse_sloppy(ip) else {
        errors.invalid(path, ip, "must be a valid IP address");
        return;
    };
    let link_local = match parsed {
        std::net::IpAddr::V4(v4) => v4.is_link_local(),
        std::net::IpAddr::V6(v6) => v6.segments()[0] & 0xffc0 == 0xfe80,
    };
    let link_local_multicast = match parsed {
        std::net::IpAddr::V4(v4) => v4.octets()[..3] == [224, 0, 0],
        std::net::IpAddr::V6(v6) => v6.segments()[0] & 0xff0f == 0xff02,
    };
    if parsed.is_unspecified() {
        errors.invalid(path, ip, format!("may not be unspecified ({ip})"));
    }
    if parsed.is_loopback() {
        errors.invalid(path, ip, "may not be in the loopback range (127.0.0.0/8, ::1/128)");
    }
    if link_local {
        let detail = "may not be in the link-local range (169.254.0.0/16, fe80::/10)";
        errors.invalid(path, ip, detail);
    }
    if link_local_multicast {
        let detail = "may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)";
        errors.invalid(path, ip, detail);
    }
}

/// `validateEndpointPort`.
fn validate_port(port: &Value, needs_name: bool, path: &str, errors: &mut Errors) {
    let name = port.str_at(&["name"]).unwrap_or_default();
    if needs_name && name.is_empty() {
        errors.required(format_args!("{path}.name"), "");
    } else if !name.is_empty() {
        errors.invalid_each(format_args!("{path}.name"), name, dns1123_label(name));
    }
    let number = port.i64_at(&["port"]).unwrap_or(0);
    errors.invalid_each(format_args!("{path}.port"), number, port_number(number));
    let protocol = port.str_at(&["protocol"]).unwrap_or_default();
    if protocol.is_empty() {
        errors.required(format_args!("{path}.protocol"), "");
    } else if !matches!(protocol, "TCP" | "UDP" | "SCTP") {
        let supported = ["SCTP", "TCP", "UDP"];
        errors.not_supported(format_args!("{path}.protocol"), protocol, &supported);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn three_addresses_are_shown() {
        let ips = ["10.0.0.1", "10.0.0.2", "fd00::3", "10.0.0.4"].map(|ip| json!({"ip": ip}));
        let object = json!({"subsets": [{"addresses": ips, "ports": [{"port": 80}]}]});
        assert_eq!(format(&object), "10.0.0.1:80,10.0.0.2:80,[fd00::3]:80 + 1 more...");
        assert_eq!(format(&json!({})), "<none>");
        assert_eq!(format(&json!({"subsets": [{"addresses": [{"ip": "1.2.3.4"}]}]})), "1.2.3.4");
    }
}
