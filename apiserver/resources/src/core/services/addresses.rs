//! Cluster addresses of services and their families
//! (`core/validation.ValidateServiceClusterIPsRelatedFields`).

use std::collections::BTreeSet;

use pintle_engine::{Errors, Value};
use pintle_machinery::ip::{parse_sloppy, validate_legacy_ip};
use pintle_machinery::path::ValueExt;

use super::{kind, strings};

const IPS: &str = "spec.clusterIPs";

/// Checks the addresses, the families, and that they fit each other.
pub(super) fn validate(service: &Value, old: Option<&Value>, errors: &mut Errors) {
    if kind(service) == "ExternalName" {
        return;
    }
    let spec = &service["spec"];
    let ips = normalized(spec);
    let shown = || Value::from(spec.list_at(&["clusterIPs"]).to_vec());
    match spec.str_at(&["clusterIP"]).unwrap_or_default() {
        "" if !ips.is_empty() => {
            errors.invalid(IPS, shown(), "must be empty when `clusterIP` is not specified");
        }
        "" => {}
        first if ips[0] != first => {
            errors.invalid(IPS, shown(), "first value must match `clusterIP`");
        }
        _ => {}
    }
    families(spec, errors);
    let kept = old.map(|old| strings(old, &["spec", "clusterIPs"])).unwrap_or_default();
    let mut sound = true;
    for (index, ip) in ips.iter().enumerate() {
        if index == 0 && *ip == "None" {
            if ips.len() > 1 {
                sound = false;
                errors.invalid(IPS, shown(), "'None' must be the first and only value");
            }
            continue;
        }
        let before = errors.len();
        validate_legacy_ip(errors, format_args!("{IPS}[{index}]"), ip, &kept);
        sound &= errors.len() == before;
    }
    if ips.len() > 2 {
        errors.invalid(IPS, shown(), "may only hold up to 2 values");
    }
    if !sound || ips.first() == Some(&"None") {
        return;
    }
    let is_v6 = |ip: &str| parse_sloppy(ip).is_some_and(|ip| ip.is_ipv6());
    let both = ips.iter().any(|ip| is_v6(ip)) && ips.iter().any(|ip| !is_v6(ip));
    if ips.len() > 1 && !both {
        let detail = "may specify no more than one IP for each IP family";
        errors.invalid(IPS, shown(), detail);
    }
    for (index, (ip, family)) in ips.iter().zip(strings(spec, &["ipFamilies"])).enumerate() {
        let fits = match family {
            "IPv4" => !is_v6(ip),
            "IPv6" => is_v6(ip),
            _ => true,
        };
        if !fits {
            let detail =
                format!("expected an {family} value as indicated by `ipFamilies[{index}]`");
            errors.invalid(format_args!("{IPS}[{index}]"), *ip, detail);
        }
    }
}

/// The addresses; the first alone speaks for all (`NormalizeClusterIPs`).
pub(super) fn normalized(spec: &Value) -> Vec<&str> {
    let ips = strings(spec, &["clusterIPs"]);
    let first = spec.str_at(&["clusterIP"]).filter(|ip| !ip.is_empty());
    if ips.is_empty() { first.into_iter().collect() } else { ips }
}

fn families(spec: &Value, errors: &mut Errors) {
    let mut seen = BTreeSet::new();
    for (index, family) in strings(spec, &["ipFamilies"]).into_iter().enumerate() {
        let path = format!("spec.ipFamilies[{index}]");
        if !matches!(family, "IPv4" | "IPv6") {
            errors.not_supported(&path, family, &["IPv4", "IPv6"]);
        }
        if !seen.insert(family) {
            errors.duplicate(path, family);
        }
    }
    let policies = ["PreferDualStack", "RequireDualStack", "SingleStack"];
    let policy = spec.str_at(&["ipFamilyPolicy"]);
    if let Some(policy) = policy.filter(|policy| !policies.contains(policy)) {
        errors.not_supported("spec.ipFamilyPolicy", policy, &policies);
    }
}

/// The first address and family stay, unless the service had or gets none
/// (`ValidateServiceUpdate`).
pub(super) fn update(service: &Value, old: &Value, errors: &mut Errors) {
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
