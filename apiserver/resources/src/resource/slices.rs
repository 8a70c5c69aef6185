//! What a slice may say about its devices (`pkg/apis/resource/validation.ValidateResourceSlice`).

use std::collections::BTreeSet;
use std::sync::LazyLock;

use pintle_engine::{Context, Errors, Value};
use pintle_machinery::name::{dns1123_label, dns1123_subdomain, label_value, qualified_name};
use pintle_machinery::path::ValueExt;
use regex::Regex;

use super::claims::{Found, taint_effect};
use super::names::qualified;
use crate::core::pods::node_selector;
use crate::core::pods::volumes::remote::driver;

/// `ResourceSliceMaxDevices`, and with taints, counters or lists.
const DEVICES: [usize; 2] = [128, 64];
/// `ResourceSliceMaxAttributesAndCapacitiesPerDevice`.
const FACTS: usize = 32;
/// `PoolNameMaxLength`.
const LONGEST_POOL: usize = 253;

fn text<'a>(object: &'a Value, field: &str) -> &'a str {
    object.str_at(&[field]).unwrap_or_default()
}

/// `ValidateResourceSlice`, `ValidateResourceSliceUpdate`.
pub(super) fn validate(_: &Context<'_>, slice: &Value, old: Option<&Value>, errors: &mut Errors) {
    let spec = &slice["spec"];
    let mut found = Found::new(errors);
    driver(text(spec, "driver"), "spec.driver", found.written);
    pool(&spec["pool"], found.written);
    if let Some(old) = old {
        let fixed: [&[&str]; 3] = [&["pool", "name"], &["driver"], &["nodeName"]];
        for path in fixed.into_iter().filter(|path| spec.at(path) != old["spec"].at(path)) {
            let shown = spec.at(path).cloned().unwrap_or_default();
            let path = format!("spec.{}", path.join("."));
            found.written.invalid(path, shown, "field is immutable");
        }
    }
    nodes(spec, found.written);
    let list = spec.list_at(&["devices"]);
    if spec.at(&["sharedCounters"]).is_some() && spec.at(&["devices"]).is_some() {
        let detail = "only one of `sharedCounters` or `devices` is allowed";
        found.written.invalid("spec", "", detail);
    }
    let advanced =
        |device: &Value| {
            let lists = ["taints", "consumesCounters"];
            lists.iter().any(|field| !device.list_at(&[field]).is_empty())
                || device.map_at(&["attributes"]).into_iter().flatten().any(|(_, attribute)| {
                    LISTS.iter().any(|field| attribute.at(&[field]).is_some())
                })
        };
    let most = DEVICES[usize::from(list.iter().any(advanced))];
    if list.len() > most {
        found.written.too_many("spec.devices", Some(list.len()), most);
    } else {
        devices(spec, list, &mut found);
    }
    for (index, set) in spec.list_at(&["sharedCounters"]).iter().enumerate() {
        named_counters(set, "name", &format!("spec.sharedCounters[{index}]"), &mut found);
    }
    found.finish();
}

/// `validateResourcePool`.
fn pool(pool: &Value, errors: &mut Errors) {
    let name = text(pool, "name");
    if name.is_empty() {
        errors.required("spec.pool.name", "");
    } else {
        if name.len() > LONGEST_POOL {
            errors.too_long("spec.pool.name", LONGEST_POOL);
        }
        for part in name.split('/') {
            errors.invalid_each("spec.pool.name", part, dns1123_subdomain(part));
        }
    }
    let number = |field: &str| pool.i64_at(&[field]).unwrap_or(0);
    let count = number("resourceSliceCount");
    if count <= 0 {
        errors.invalid("spec.pool.resourceSliceCount", count, "must be greater than zero");
    }
    let generation = number("generation");
    if generation < 0 {
        let detail = "must be greater than or equal to zero";
        errors.invalid("spec.pool.generation", generation, detail);
    }
}

/// Which nodes reach the devices: one way to say so must be used.
fn nodes(spec: &Value, errors: &mut Errors) {
    let mut set = Vec::new();
    match spec.str_at(&["nodeName"]) {
        None => {}
        Some("") => {
            let detail = "must be either unset or set to a non-empty string";
            errors.invalid("spec.nodeName", "", detail);
        }
        Some(name) => {
            set.push("`nodeName`");
            errors.invalid_each("spec.nodeName", name, dns1123_subdomain(name));
        }
    }
    if let Some(selector) = spec.at(&["nodeSelector"]) {
        set.push("`nodeSelector`");
        node_selector::validate(selector, "spec.nodeSelector", errors);
        let terms = selector.list_at(&["nodeSelectorTerms"]);
        if terms.len() != 1 {
            let detail = "must have exactly one node selector term";
            let shown = Value::from(terms.to_vec());
            errors.invalid("spec.nodeSelector.nodeSelectorTerms", shown, detail);
        }
    }
    let flags =
        [("allNodes", "`allNodes`"), ("perDeviceNodeSelection", "`perDeviceNodeSelection`")];
    for (field, shown) in flags {
        match spec.bool_at(&[field]) {
            Some(true) => set.push(shown),
            Some(false) => {
                let detail = "must be either unset or set to true";
                errors.invalid(format_args!("spec.{field}"), false, detail);
            }
            None => {}
        }
    }
    let detail = "exactly one of `nodeName`, `nodeSelector`, `allNodes`, `perDeviceNodeSelection` is required";
    match set.len() {
        0 => errors.required("spec", detail),
        1 => {}
        _ => {
            let shown = format!("{{{}}}", set.join(", "));
            errors.invalid("spec", shown, format!("{detail}, but multiple fields are set"));
        }
    }
}

fn devices(spec: &Value, list: &[Value], found: &mut Found<'_>) {
    let per_device = spec.bool_at(&["perDeviceNodeSelection"]) == Some(true);
    for (index, one) in list.iter().enumerate() {
        device(one, per_device, &format!("spec.devices[{index}]"), found);
    }
    let mut seen = BTreeSet::new();
    for (index, one) in list.iter().enumerate() {
        let name = text(one, "name");
        if !seen.insert(name) {
            found.written.duplicate(format_args!("spec.devices[{index}]"), name);
        }
    }
}

/// `validateDevice`.
fn device(device: &Value, per_device: bool, path: &str, found: &mut Found<'_>) {
    let name = text(device, "name");
    found.written.invalid_each(format_args!("{path}.name"), name, dns1123_label(name));
    let map = |field: &str| device.map_at(&[field]);
    let count = |field: &str| map(field).map_or(0, serde_json::Map::len);
    let facts = count("attributes") + count("capacity");
    if facts > FACTS {
        let detail =
            format!("the total number of attributes and capacities must not exceed {FACTS}");
        found.written.invalid(path, facts as i64, detail);
    }
    for (name, value) in map("attributes").into_iter().flatten() {
        let path = format!("{path}.attributes");
        qualified(name, &path, found.written);
        attribute(value, &format!("{path}[{name}]"), found);
    }
    for (name, _) in map("capacity").into_iter().flatten() {
        qualified(name, &format!("{path}.capacity"), found.written);
    }
    for (index, taint) in device.list_at(&["taints"]).iter().enumerate() {
        let path = format!("{path}.taints[{index}]");
        let (key, value) = (text(taint, "key"), text(taint, "value"));
        found.written.invalid_each(format_args!("{path}.key"), key, qualified_name(key));
        found.written.invalid_each(format_args!("{path}.value"), value, label_value(value));
        match text(taint, "effect") {
            "" => found.declared.required(format_args!("{path}.effect"), ""),
            effect => taint_effect(effect, &format!("{path}.effect"), found),
        }
    }
    for (index, counters) in device.list_at(&["consumesCounters"]).iter().enumerate() {
        let path = format!("{path}.consumesCounters[{index}]");
        named_counters(counters, "counterSet", &path, found);
    }
    let own = ["nodeName", "nodeSelector", "allNodes"];
    let own: Vec<String> = own
        .into_iter()
        .filter(|field| device.at(&[field]).is_some())
        .map(|field| format!("`{field}`"))
        .collect();
    let detail = "exactly one of `nodeName`, `nodeSelector`, or `allNodes` is required when `perDeviceNodeSelection` is set to true in the ResourceSlice spec";
    match (per_device, own.len()) {
        (false, 0) | (true, 1) => {}
        (false, _) => {
            let detail = "`nodeName`, `nodeSelector` and `allNodes` can only be set if `perDeviceNodeSelection` is set to true in the ResourceSlice spec";
            found.written.invalid(path, Value::Null, detail);
        }
        (true, 0) => found.written.required(path, detail),
        (true, _) => {
            found.written.invalid(path, format!("{{{}}}", own.join(", ")), detail);
        }
    }
}

/// A set of counters with its name.
fn named_counters(set: &Value, name: &str, path: &str, found: &mut Found<'_>) {
    let (at, value) = (format!("{path}.{name}"), text(set, name));
    if value.is_empty() {
        found.declared.required(at, "");
    } else {
        found.declared.invalid_each(at, value, dns1123_label(value));
    }
    let counters = set.map_at(&["counters"]).filter(|counters| !counters.is_empty());
    if counters.is_none() {
        found.declared.required(format_args!("{path}.counters"), "");
    }
    for (name, _) in counters.into_iter().flatten() {
        let messages = dns1123_label(name);
        found.declared.invalid_each(format_args!("{path}.counters"), name.as_str(), messages);
    }
}

static VERSION: LazyLock<Regex> = LazyLock::new(|| {
    let pre = r"(0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*)";
    let build = "[0-9a-zA-Z-]+";
    let number = "(0|[1-9][0-9]*)";
    let text =
        format!(r"^{number}\.{number}\.{number}(-{pre}(\.{pre})*)?(\+{build}(\.{build})*)?$");
    Regex::new(&text).expect("a sound regex")
});

/// Forms of an attribute that hold several values.
const LISTS: [&str; 4] = ["ints", "bools", "strings", "versions"];

/// `validateDeviceAttribute`.
fn attribute(attribute: &Value, path: &str, found: &mut Found<'_>) {
    let kinds = ["int", "bool", "string", "version"].into_iter().chain(LISTS);
    let set: Vec<&str> = kinds.filter(|field| attribute.at(&[field]).is_some()).collect();
    let check = |kind: &str, value: &str, path: &str, errors: &mut Errors| {
        if value.len() > 64 {
            errors.too_long(path, 64);
        } else if kind == "version" && !VERSION.is_match(value) {
            let detail = "must be a string compatible with semver.org spec 2.0.0";
            errors.invalid(path, value, detail);
        }
    };
    for kind in ["string", "version"] {
        if let Some(value) = attribute.str_at(&[kind]) {
            check(kind, value, &format!("{path}.{kind}"), found.written);
        }
        let list = format!("{kind}s");
        for (index, value) in attribute.list_at(&[&list]).iter().enumerate() {
            let value = value.as_str().unwrap_or_default();
            check(kind, value, &format!("{path}.{list}[{index}]"), found.written);
        }
    }
    let all = "`int`, `bool`, `string`, `version`, `ints`, `bools`, `strings`, `versions`";
    match set.len() {
        0 => found.declared.invalid(path, "", format!("must specify one of: {all}")),
        1 => {}
        _ => {
            let shown = format!("{{{}}}", set.join(", "));
            found.declared.invalid(path, shown, format!("must specify exactly one of: {all}"));
        }
    }
}
