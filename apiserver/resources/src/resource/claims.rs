//! What claims, their templates and classes of devices may ask for
//! (`pkg/apis/resource/validation`). Expressions are only checked for their length.

use std::collections::{BTreeMap, BTreeSet};

use pintle_api::catalog;
use pintle_api::catalog::{FieldType, Message};
use pintle_engine::{Errors, Value};
use pintle_machinery::field::BadValue;
use pintle_machinery::name::{dns1123_label, dns1123_subdomain, label_value, qualified_name};
use pintle_machinery::path::ValueExt;

use super::names::{driver, fully_qualified};

/// Most requests, constraints, configurations and selectors of one list.
const MOST: usize = 32;
/// `CELSelectorExpressionMaxLength`.
const LONGEST_EXPRESSION: usize = 10 * 1024;
/// `OpaqueParametersMaxLength`.
const LONGEST_PARAMETERS: usize = 10 * 1024;

/// Errors of upstream's code, and after them those of its declared rules.
pub(super) struct Found<'a> {
    pub(super) written: &'a mut Errors,
    pub(super) declared: Errors,
}

impl<'a> Found<'a> {
    pub(super) fn new(written: &'a mut Errors) -> Self {
        Self { written, declared: Errors::new() }
    }

    pub(super) fn finish(self) {
        let Self { written, declared } = self;
        written.append(declared);
    }

    /// A list that is too long is told so, and not looked at.
    pub(super) fn fits(&mut self, list: &[Value], most: usize, path: &str) -> bool {
        if list.len() > most {
            self.declared.too_many(path, Some(list.len()), most);
        }
        list.len() <= most
    }
}

fn text<'a>(object: &'a Value, field: &str) -> &'a str {
    object.str_at(&[field]).unwrap_or_default()
}

/// `validateResourceClaimSpec`.
pub(super) fn spec(spec: &Value, path: &str, errors: &mut Errors) {
    let mut found = Found::new(errors);
    let devices = &spec["devices"];
    let path = format!("{path}.devices");
    let list = devices.list_at(&["requests"]);
    let names: Names<'_> = list.iter().map(|request| (text(request, "name"), request)).collect();
    let at = format!("{path}.requests");
    if found.fits(list, MOST, &at) {
        unique(list, &at, "DeviceRequest", &mut found);
        for (index, one) in list.iter().enumerate() {
            request(one, &format!("{at}[{index}]"), &mut found);
        }
    }
    let list = devices.list_at(&["constraints"]);
    let at = format!("{path}.constraints");
    if found.fits(list, MOST, &at) {
        for (index, one) in list.iter().enumerate() {
            constraint(one, &names, &format!("{at}[{index}]"), &mut found);
        }
    }
    let list = devices.list_at(&["config"]);
    let at = format!("{path}.config");
    if found.fits(list, MOST, &at) {
        for (index, one) in list.iter().enumerate() {
            let at = format!("{at}[{index}]");
            references(one, &names, &at, &mut found);
            configuration(one, &at, &mut found);
        }
    }
    found.finish();
}

/// Requests by name.
type Names<'a> = BTreeMap<&'a str, &'a Value>;

/// Tells of the items whose name is taken; they are shown as Go prints their type.
fn unique(list: &[Value], path: &str, kind: &str, found: &mut Found<'_>) {
    let mut seen = BTreeSet::new();
    for (index, item) in list.iter().enumerate() {
        if !seen.insert(text(item, "name")) {
            found.declared.duplicate(format_args!("{path}[{index}]"), printed(item, kind));
        }
    }
}

fn printed(item: &Value, kind: &str) -> BadValue {
    let claim = catalog().kind("resource.k8s.io", "v1", "ResourceClaim");
    let path: &[&str] = match kind {
        "DeviceRequest" => &["spec", "devices", "requests"],
        _ => &["spec", "devices", "requests", "firstAvailable"],
    };
    let below = |message: &'static Message, name: &&str| {
        let field = message.fields.iter().find(|field| field.json == *name)?;
        match field.ty {
            FieldType::Message(below) => Some(below),
            FieldType::Scalar(_) => None,
        }
    };
    let message = claim.and_then(|kind| path.iter().try_fold(kind.message, below));
    let Some(message) = message else { return BadValue::from(item.clone()) };
    let mut out = Vec::new();
    pintle_api::codec::json::encode(message, item, &mut out);
    BadValue::Text(String::from_utf8_lossy(&out).trim_end().to_owned())
}

/// `validateDeviceRequest`.
fn request(request: &Value, path: &str, found: &mut Found<'_>) {
    let name = text(request, "name");
    found.written.invalid_each(format_args!("{path}.name"), name, dns1123_label(name));
    let alternatives = request.list_at(&["firstAvailable"]);
    let exactly = request.at(&["exactly"]);
    match (exactly, alternatives) {
        (None, []) => {
            let detail = "exactly one of `exactly` or `firstAvailable` is required";
            found.written.required(path, detail);
        }
        (Some(exactly), []) => {
            let path = format!("{path}.exactly");
            let class = text(exactly, "deviceClassName");
            class_name(class, &format!("{path}.deviceClassName"), found.written);
            devices(exactly, &path, found);
        }
        (None, list) => {
            let at = format!("{path}.firstAvailable");
            if found.fits(list, 8, &at) {
                unique(list, &at, "DeviceSubRequest", found);
                for (index, one) in list.iter().enumerate() {
                    let path = format!("{at}[{index}]");
                    let name = text(one, "name");
                    let messages = dns1123_label(name);
                    found.written.invalid_each(format_args!("{path}.name"), name, messages);
                    let class = text(one, "deviceClassName");
                    let at = format!("{path}.deviceClassName");
                    class_name(class, &at, &mut found.declared);
                    devices(one, &path, found);
                }
            }
        }
        (Some(_), _) => {
            let detail = "exactly one of `exactly` or `firstAvailable` is required, but multiple fields are set";
            found.written.invalid(path, Value::Null, detail);
        }
    }
}

/// `validateDeviceClass`.
fn class_name(name: &str, path: &str, errors: &mut Errors) {
    if name.is_empty() {
        errors.required(path, "");
    } else {
        errors.invalid_each(path, name, dns1123_subdomain(name));
    }
}

/// What both kinds of request say about their devices.
fn devices(request: &Value, path: &str, found: &mut Found<'_>) {
    selectors(request.list_at(&["selectors"]), &format!("{path}.selectors"), found);
    let count = request.i64_at(&["count"]).unwrap_or(0);
    let at = format!("{path}.count");
    match text(request, "allocationMode") {
        "All" if count != 0 => {
            let detail = "must not be specified when allocationMode is 'All'";
            found.written.invalid(at, count, detail);
        }
        "ExactCount" if count <= 0 => {
            found.written.invalid(at, count, "must be greater than zero");
        }
        "All" | "ExactCount" => {}
        mode => {
            let at = format!("{path}.allocationMode");
            found.declared.not_supported(at, mode, &["All", "ExactCount"]);
        }
    }
    for (index, one) in request.list_at(&["tolerations"]).iter().enumerate() {
        toleration(one, &format!("{path}.tolerations[{index}]"), found);
    }
}

/// `validateSelectorSlice`.
pub(super) fn selectors(list: &[Value], path: &str, found: &mut Found<'_>) {
    if !found.fits(list, MOST, path) {
        return;
    }
    for (index, selector) in list.iter().enumerate() {
        let path = format!("{path}[{index}].cel");
        match selector.at(&["cel"]) {
            None => found.written.required(path, ""),
            Some(cel) if text(cel, "expression").len() > LONGEST_EXPRESSION => {
                found.written.too_long(format_args!("{path}.expression"), LONGEST_EXPRESSION);
            }
            Some(_) => {}
        }
    }
}

/// `validateDeviceToleration`.
fn toleration(toleration: &Value, path: &str, found: &mut Found<'_>) {
    let key = text(toleration, "key");
    if !key.is_empty() {
        found.declared.invalid_each(format_args!("{path}.key"), key, qualified_name(key));
    }
    let value = text(toleration, "value");
    let at = format!("{path}.value");
    match text(toleration, "operator") {
        "Exists" if !value.is_empty() => {
            found.written.invalid(at, value, "must be empty for operator `Exists`");
        }
        "Exists" => {}
        "Equal" => found.written.invalid_each(at, value, label_value(value)),
        "" => found.declared.required(format_args!("{path}.operator"), ""),
        operator => {
            let at = format!("{path}.operator");
            found.declared.not_supported(at, operator, &["Equal", "Exists"]);
        }
    }
    let effect = text(toleration, "effect");
    if !effect.is_empty() {
        taint_effect(effect, &format!("{path}.effect"), found);
    }
}

/// An effect that taints know.
pub(super) fn taint_effect(effect: &str, path: &str, found: &mut Found<'_>) {
    let effects = ["NoExecute", "NoSchedule", "None"];
    if !effects.contains(&effect) {
        found.declared.not_supported(path, effect, &effects);
    }
}

/// `validateDeviceConstraint`.
fn constraint(constraint: &Value, names: &Names<'_>, path: &str, found: &mut Found<'_>) {
    references(constraint, names, path, found);
    let attribute = ["matchAttribute", "distinctAttribute"]
        .into_iter()
        .find_map(|field| Some((field, constraint.str_at(&[field])?)));
    if let Some((field, name)) = attribute {
        fully_qualified(name, &format!("{path}.{field}"), &mut found.declared);
    } else {
        let detail = "exactly one of \"matchAttribute\" or \"distinctAttribute\" is required, but multiple fields are set";
        found.written.required(path, detail);
    }
}

/// The requests that a constraint or a configuration is about (`validateRequestNameRef`).
fn references(object: &Value, names: &Names<'_>, path: &str, found: &mut Found<'_>) {
    let list = object.list_at(&["requests"]);
    let path = format!("{path}.requests");
    if !found.fits(list, MOST, &path) {
        return;
    }
    let mut seen = BTreeSet::new();
    for (index, name) in list.iter().enumerate() {
        let name = name.as_str().unwrap_or_default();
        let at = format!("{path}[{index}]");
        let detail = "must be the name of a request in the claim or the name of a request and a subrequest separated by '/'";
        let parts: Vec<&str> = name.split('/').collect();
        if parts.len() > 2 {
            found.written.invalid(&at, name, detail);
        } else {
            for part in &parts {
                found.written.invalid_each(&at, *part, dns1123_label(part));
            }
            if !is_named(&parts, names) {
                found.written.invalid(&at, name, detail);
            }
        }
        if !seen.insert(name) {
            found.declared.duplicate(at, name);
        }
    }
}

fn is_named(parts: &[&str], names: &Names<'_>) -> bool {
    let Some(request) = names.get(parts[0]) else { return false };
    let named = |name: &str| {
        request.list_at(&["firstAvailable"]).iter().any(|one| text(one, "name") == name)
    };
    parts.get(1).is_none_or(|name| named(name))
}

/// `validateDeviceConfiguration`.
pub(super) fn configuration(config: &Value, path: &str, found: &mut Found<'_>) {
    let path = format!("{path}.opaque");
    let Some(opaque) = config.at(&["opaque"]) else {
        found.written.required(path, "");
        return;
    };
    driver(text(opaque, "driver"), &format!("{path}.driver"), &mut found.declared);
    let at = format!("{path}.parameters");
    match opaque.at(&["parameters"]) {
        None | Some(Value::Null) => found.written.required(at, ""),
        Some(value @ Value::Object(_)) => {
            if pintle_machinery::json::to_string(value).len() > LONGEST_PARAMETERS {
                found.written.too_long(at, LONGEST_PARAMETERS);
            }
        }
        Some(_) => found.written.invalid(at, "<value omitted>", "must be a valid JSON object"),
    }
}

/// `validateDeviceClassSpec`.
pub(super) fn class(class: &Value, errors: &mut Errors) {
    let mut found = Found::new(errors);
    let spec = &class["spec"];
    selectors(spec.list_at(&["selectors"]), "spec.selectors", &mut found);
    let list = spec.list_at(&["config"]);
    if found.fits(list, MOST, "spec.config") {
        for (index, one) in list.iter().enumerate() {
            configuration(one, &format!("spec.config[{index}]"), &mut found);
        }
    }
    found.finish();
}
