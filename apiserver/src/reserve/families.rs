//! Which IP families a service has, and whether its addresses agree.

use pintle_engine::{Errors, Status, Value, meta};
use pintle_machinery::field::Path;
use pintle_machinery::ip::{parse_sloppy, validate_legacy_ip};
use pintle_machinery::status::GroupKind;

use super::spec::{self, NONE};

const SINGLE: &str = "SingleStack";
const REQUIRE: &str = "RequireDualStack";
const PREFER: &str = "PreferDualStack";
const V4: &str = "IPv4";
const V6: &str = "IPv6";

/// The status of a service that is not valid.
pub(super) fn invalid(service: &Value, errors: &Errors) -> Status {
    Status::invalid(GroupKind::new("", "Service"), meta::name(service), errors)
}

/// The family of an address.
pub(super) fn family_of(ip: &str) -> &'static str {
    if parse_sloppy(ip).is_some_and(|ip| ip.is_ipv6()) { V6 } else { V4 }
}

/// Nothing about a dual-stack service by preference has changed, so it is left as it is whatever
/// the cluster has become (`isMatchingPreferDualStackClusterIPFields`).
pub(super) fn keeps_preference(new: &Value, old: Option<&Value>) -> bool {
    let Some(old) = old else { return false };
    let old_policy = spec::text(old, "ipFamilyPolicy");
    spec::text(new, "ipFamilyPolicy") == PREFER
        && (old_policy.is_empty() || old_policy == PREFER)
        && spec::text(new, "type") == spec::text(old, "type")
        && matches!(spec::text(new, "type"), "ClusterIP" | "NodePort" | "LoadBalancer")
        && same(new, old, "clusterIPs")
        && same(new, old, "ipFamilies")
}

fn same(a: &Value, b: &Value, field: &str) -> bool {
    spec::list(a, field) == spec::list(b, field)
}

fn reduced(new: &Value, old: &Value, field: &str) -> bool {
    let new = spec::list(new, field);
    !new.is_empty() && new.len() < spec::list(old, field).len()
}

/// Settles policy and families (`Allocators.initIPFamilyFields`). `configured` are the cluster's
/// families, its default first.
pub(super) fn settle(
    new: &mut Value,
    old: Option<&Value>,
    configured: &[&'static str],
) -> Result<(), Status> {
    if spec::text(new, "type") == "ExternalName" || keeps_preference(new, old) {
        return Ok(());
    }
    let headless = spec::text(new, "clusterIP") == NONE && spec::has_no_selector(new);
    if spec::text(new, "ipFamilyPolicy").is_empty() {
        let before = old.map(|old| spec::text(old, "ipFamilyPolicy")).unwrap_or_default();
        let policy = match before {
            "" if headless => REQUIRE,
            "" => SINGLE,
            before => before,
        };
        spec::set(new, "ipFamilyPolicy", policy);
    }
    let mut errors = Errors::new();
    check_fields(new, old, &mut errors);
    if !errors.is_empty() {
        return Err(invalid(new, &errors));
    }
    let policy = spec::text(new, "ipFamilyPolicy").to_owned();
    shrink(new, old, &policy, &mut errors);
    refuse_two(new, &policy, &mut errors);
    infer(new, configured, &mut errors);
    if !errors.is_empty() {
        return Err(invalid(new, &errors));
    }
    if headless {
        complete(new, &policy, configured, true);
        return Ok(());
    }
    if policy == REQUIRE && configured.len() < 2 {
        let detail = "this cluster is not configured for dual-stack services";
        errors.invalid("spec.ipFamilyPolicy", policy.as_str(), detail);
    }
    for (index, family) in spec::list(new, "ipFamilies").iter().enumerate() {
        if !configured.contains(&family.as_str()) {
            let path = format!("spec.ipFamilies[{index}]");
            errors.invalid(path, family, "not configured on this cluster");
        }
    }
    if !errors.is_empty() {
        return Err(invalid(new, &errors));
    }
    complete(new, &policy, configured, configured.len() == 2);
    Ok(())
}

/// On update: single-stack drops what is second, and nothing else may.
fn shrink(new: &mut Value, old: Option<&Value>, policy: &str, errors: &mut Errors) {
    let Some(old) = old else { return };
    let what = [("clusterIPs", "cluster IP"), ("ipFamilies", "IP family")];
    for (field, name) in what {
        if policy == SINGLE {
            let mut values = spec::list(new, field);
            if same(new, old, field) && values.len() > 1 {
                values.truncate(1);
                spec::set(new, field, values);
            }
        } else if reduced(new, old, field) {
            let detail = format!("must be 'SingleStack' to release the secondary {name}");
            errors.invalid("spec.ipFamilyPolicy", policy, detail);
        }
    }
}

fn refuse_two(new: &Value, policy: &str, errors: &mut Errors) {
    let what = [("clusterIPs", "cluster IPs"), ("ipFamilies", "IP families")];
    for (field, name) in what {
        if policy == SINGLE && spec::list(new, field).len() == 2 {
            let detail = format!(
                "must be 'RequireDualStack' or 'PreferDualStack' when multiple {name} are specified"
            );
            errors.invalid("spec.ipFamilyPolicy", policy, detail);
        }
    }
}

/// Families follow from addresses.
fn infer(new: &mut Value, configured: &[&'static str], errors: &mut Errors) {
    let ips = spec::list(new, "clusterIPs");
    let mut families = spec::list(new, "ipFamilies");
    for (index, ip) in ips.iter().enumerate() {
        if ip == NONE {
            break;
        }
        if index < families.len() {
            continue;
        }
        let family = family_of(ip);
        if configured.contains(&family) {
            families.push(family.to_owned());
        } else {
            let detail = format!("{family} is not configured on this cluster");
            errors.invalid(format!("spec.clusterIPs[{index}]"), Value::from(ips.clone()), detail);
        }
    }
    spec::set(new, "ipFamilies", families);
}

/// The cluster's family by default, and the other one for dual-stack.
fn complete(new: &mut Value, policy: &str, configured: &[&'static str], two: bool) {
    let mut families = spec::list(new, "ipFamilies");
    if families.is_empty() {
        families.extend(configured.first().map(|family| (*family).to_owned()));
    }
    if policy != SINGLE && families.len() == 1 && two {
        families.push(if families[0] == V4 { V6 } else { V4 }.to_owned());
    }
    spec::set(new, "ipFamilies", families);
}

/// `ValidateServiceClusterIPsRelatedFields`.
fn check_fields(service: &Value, old: Option<&Value>, errors: &mut Errors) {
    let path = Path::new("spec.clusterIPs");
    let families_path = Path::new("spec.ipFamilies");
    let ip = spec::text(service, "clusterIP");
    let ips = spec::list(service, "clusterIPs");
    let all = || Value::from(ips.clone());
    match ips.first() {
        None if !ip.is_empty() => errors.required(path, ""),
        Some(_) if ip.is_empty() => {
            errors.invalid(path, all(), "must be empty when `clusterIP` is not specified");
        }
        Some(first) if first != ip => {
            errors.invalid(path, all(), "first value must match `clusterIP`");
        }
        _ => {}
    }
    let families = spec::list(service, "ipFamilies");
    for (index, family) in families.iter().enumerate() {
        if ![V4, V6].contains(&family.as_str()) {
            errors.not_supported(families_path.index(index), family, &[V4, V6]);
        }
        if families[..index].contains(family) {
            errors.duplicate(families_path.index(index), family);
        }
    }
    let policy = spec::text(service, "ipFamilyPolicy");
    if !policy.is_empty() && ![SINGLE, PREFER, REQUIRE].contains(&policy) {
        errors.not_supported("spec.ipFamilyPolicy", policy, &[PREFER, REQUIRE, SINGLE]);
    }
    check_addresses(service, old, &ips, &families, errors);
}

fn check_addresses(
    service: &Value,
    old: Option<&Value>,
    ips: &[String],
    families: &[String],
    errors: &mut Errors,
) {
    let path = Path::new("spec.clusterIPs");
    let all = || Value::from(ips.to_vec());
    let before = old.map(|old| spec::list(old, "clusterIPs")).unwrap_or_default();
    let before: Vec<&str> = before.iter().map(String::as_str).collect();
    let mut broken = false;
    for (index, ip) in ips.iter().enumerate() {
        if index == 0 && ip == NONE {
            if ips.len() > 1 {
                broken = true;
                errors.invalid(path, all(), "'None' must be the first and only value");
            }
            continue;
        }
        let count = errors.len();
        validate_legacy_ip(errors, path.index(index), ip, &before);
        broken |= errors.len() > count;
    }
    if ips.len() > 2 {
        errors.invalid(path, all(), "may only hold up to 2 values");
    }
    if broken {
        return;
    }
    let has = |family| ips.iter().any(|ip| family_of(ip) == family);
    if ips.len() > 1 && !(has(V4) && has(V6)) {
        errors.invalid(path, all(), "may specify no more than one IP for each IP family");
    }
    if spec::is_headless(service) {
        return;
    }
    for (index, (ip, family)) in ips.iter().zip(families).enumerate() {
        if [V4, V6].contains(&family.as_str()) && family_of(ip) != family {
            let detail =
                format!("expected an {family} value as indicated by `ipFamilies[{index}]`");
            errors.invalid(path.index(index), ip, detail);
        }
    }
}

#[cfg(test)]
mod tests;
