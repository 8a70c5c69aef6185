//! What network policies must look like (`pkg/apis/networking/validation`).

use pintle_engine::{Context, Errors, Value};
use pintle_machinery::field::Path;
use pintle_machinery::ip::{Cidr, cidr_warnings, validate_legacy_cidr};
use pintle_machinery::name::{port_name, port_number};
use pintle_machinery::path::ValueExt;

use crate::print::strings;
use crate::selectors;

/// The two directions, and what each calls the other side.
const DIRECTIONS: [(&str, &str); 2] = [("ingress", "from"), ("egress", "to")];

/// What stored objects may keep.
struct Kept<'a> {
    any_values: bool,
    cidrs: Vec<&'a str>,
}

/// `ValidateNetworkPolicy`, `ValidateNetworkPolicyUpdate`.
pub(super) fn validate(_: &Context<'_>, policy: &Value, old: Option<&Value>, errors: &mut Errors) {
    let kept = kept(old);
    let path = Path::new("spec");
    if let Some(selector) = policy.at(&["spec", "podSelector"]) {
        selectors::validate(selector, kept.any_values, &path.child("podSelector"), errors);
    }
    let mut declared = Errors::new();
    for (direction, peers) in DIRECTIONS {
        let path = path.child(direction);
        for (index, rule) in policy.list_at(&["spec", direction]).iter().enumerate() {
            let path = path.index(index);
            for (index, item) in rule.list_at(&["ports"]).iter().enumerate() {
                port(item, &path.child("ports").index(index), errors);
            }
            for (index, item) in rule.list_at(&[peers]).iter().enumerate() {
                let path = path.child(peers);
                peer(item, &kept, &path.index(index), errors, &mut declared);
            }
        }
    }
    types(policy, &path.child("policyTypes"), errors);
    errors.append(declared);
}

fn kept(old: Option<&Value>) -> Kept<'_> {
    let Some(old) = old else { return Kept { any_values: false, cidrs: Vec::new() } };
    let selector = old.at(&["spec", "podSelector"]);
    Kept {
        any_values: selector.is_some_and(|selector| !selectors::is_valid(selector)),
        cidrs: blocks(old).flat_map(|(_, block)| cidrs(block)).map(|(_, cidr)| cidr).collect(),
    }
}

/// All address blocks of a policy, with their paths.
fn blocks(policy: &Value) -> impl Iterator<Item = (String, &Value)> {
    DIRECTIONS.into_iter().flat_map(move |(direction, peers)| {
        let rules = policy.list_at(&["spec", direction]).iter().enumerate();
        rules.flat_map(move |(i, rule)| {
            rule.list_at(&[peers]).iter().enumerate().filter_map(move |(j, peer)| {
                let path = format!("spec.{direction}[{i}].{peers}[{j}].ipBlock");
                Some((path, peer.at(&["ipBlock"])?))
            })
        })
    })
}

/// The ranges of a block, with their paths below it.
fn cidrs(block: &Value) -> Vec<(String, &str)> {
    let mut list = vec![("cidr".to_owned(), block.str_at(&["cidr"]).unwrap_or_default())];
    let except = strings(block, &["except"]).into_iter().enumerate();
    list.extend(except.map(|(index, cidr)| (format!("except[{index}]"), cidr)));
    list
}

/// `networkPolicyWarnings`.
pub(super) fn warnings(policy: &Value, _: Option<&Value>) -> Vec<String> {
    let of_block = |(path, block)| {
        let cidrs = cidrs(block).into_iter();
        cidrs
            .flat_map(move |(below, cidr)| cidr_warnings(format!("{path}.{below}"), cidr))
            .collect::<Vec<_>>()
    };
    blocks(policy).flat_map(of_block).collect()
}

/// `ValidateNetworkPolicyPort`.
fn port(port: &Value, path: &Path<'_>, errors: &mut Errors) {
    let protocols = ["TCP", "UDP", "SCTP"];
    if let Some(protocol) = port.str_at(&["protocol"])
        && !protocols.contains(&protocol)
    {
        errors.not_supported(path.child("protocol"), protocol, &protocols);
    }
    let (at, end_at) = (path.child("port"), path.child("endPort"));
    let end = port.i64_at(&["endPort"]);
    match (port.at(&["port"]), end) {
        (Some(Value::Number(number)), end) => {
            let number = number.as_i64().unwrap_or_default();
            errors.invalid_each(at, number, port_number(number));
            let Some(end) = end else { return };
            if end < number {
                errors.invalid(end_at, end, "must be greater than or equal to `port`");
            }
            errors.invalid_each(end_at, end, port_number(end));
        }
        (Some(name), end) => {
            if let Some(end) = end {
                errors.invalid(end_at, end, "may not be specified when `port` is non-numeric");
            }
            let name = name.as_str().unwrap_or_default();
            errors.invalid_each(at, name, port_name(name));
        }
        (None, Some(end)) => {
            errors.invalid(end_at, end, "may not be specified when `port` is not specified");
        }
        (None, None) => {}
    }
}

/// `ValidateNetworkPolicyPeer`.
fn peer(
    peer: &Value,
    kept: &Kept<'_>,
    path: &Path<'_>,
    errors: &mut Errors,
    declared: &mut Errors,
) {
    let mut peers = 0;
    for field in ["podSelector", "namespaceSelector"] {
        if let Some(selector) = peer.at(&[field]) {
            peers += 1;
            selectors::validate(selector, kept.any_values, &path.child(field), errors);
        }
    }
    let block = peer.at(&["ipBlock"]);
    if let Some(block) = block {
        ip_block(block, kept, &path.child("ipBlock"), errors, declared);
    }
    match (peers, block) {
        (0, None) => errors.required(path, "must specify a peer"),
        (1.., Some(_)) => {
            errors.forbidden(path, "may not specify both ipBlock and another peer");
        }
        _ => {}
    }
}

/// `ValidateIPBlock`.
fn ip_block(
    block: &Value,
    kept: &Kept<'_>,
    path: &Path<'_>,
    errors: &mut Errors,
    declared: &mut Errors,
) {
    let cidr = block.str_at(&["cidr"]).unwrap_or_default();
    if cidr.is_empty() {
        return declared.required(path.child("cidr"), "");
    }
    validate_legacy_cidr(errors, path.child("cidr"), cidr, &kept.cidrs);
    let Some(whole) = Cidr::parse_sloppy(cidr) else { return };
    for (index, except) in strings(block, &["except"]).into_iter().enumerate() {
        let at = path.child("except");
        let at = at.index(index);
        validate_legacy_cidr(errors, at, except, &kept.cidrs);
        let Some(part) = Cidr::parse_sloppy(except) else { continue };
        if !whole.contains(part.ip) || whole.prefix >= part.prefix {
            errors.invalid(at, except, "must be a strict subset of `cidr`");
        }
    }
}

fn types(policy: &Value, path: &Path<'_>, errors: &mut Errors) {
    let known = ["Ingress", "Egress"];
    let types = policy.list_at(&["spec", "policyTypes"]);
    if types.len() > known.len() {
        let value = policy.at(&["spec", "policyTypes"]);
        return errors.invalid(path, value, "may not specify more than two policyTypes");
    }
    for (index, ty) in types.iter().enumerate() {
        if !known.iter().any(|known| ty == *known) {
            errors.not_supported(path.index(index), ty, &known);
        }
    }
}
