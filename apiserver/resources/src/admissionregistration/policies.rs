//! What policies and their bindings must look like, but for their expressions
//! (`pkg/apis/admissionregistration/validation`).

use pintle_engine::{Errors, Value};
use pintle_machinery::field::Path;
use pintle_machinery::name::{
    dns1035_label, dns1123_subdomain, name_is_dns_subdomain, path_segment_name,
};
use pintle_machinery::path::ValueExt;

use super::rules;
use super::webhooks::one_of;
use crate::print::strings;
use crate::selectors;

/// `validateValidatingAdmissionPolicySpec`, `validateMutatingAdmissionPolicySpec`.
pub(super) fn policy(policy: &Value, mutating: bool, errors: &mut Errors) {
    let path = Path::new("spec");
    let spec = policy.at(&["spec"]).unwrap_or(&Value::Null);
    one_of(spec, "failurePolicy", &["Fail", "Ignore"], &path, errors);
    if let Some(kind) = spec.at(&["paramKind"]) {
        param_kind(kind, &path.child("paramKind"), errors);
    }
    let at = path.child("matchConstraints");
    match spec.at(&["matchConstraints"]) {
        None => errors.required(at, ""),
        Some(resources) => {
            match_resources(resources, &at, errors);
            if resources.list_at(&["resourceRules"]).is_empty() {
                errors.required(at.child("resourceRules"), "");
            }
        }
    }
    let missing = |field: &str| spec.list_at(&[field]).is_empty();
    if mutating {
        mutating_operations(spec, &at.child("resourceRules.operations"), errors);
        if missing("mutations") {
            let detail = "mutations must contain at least one item";
            errors.required(path.child("mutations"), detail);
        }
        match spec.str_at(&["reinvocationPolicy"]) {
            None | Some("") => errors.required(path.child("reinvocationPolicy"), ""),
            _ => one_of(spec, "reinvocationPolicy", &["IfNeeded", "Never"], &path, errors),
        }
        return;
    }
    if missing("validations") && missing("auditAnnotations") {
        let detail = "validations or auditAnnotations must contain at least one item";
        errors.required(path.child("validations"), detail);
        errors.required(path.child("auditAnnotations"), detail);
    }
}

/// What is deleted cannot be changed.
fn mutating_operations(spec: &Value, path: &Path<'_>, errors: &mut Errors) {
    let known = ["*", "CONNECT", "CREATE", "UPDATE"];
    let rules = spec.list_at(&["matchConstraints", "resourceRules"]).iter();
    for operation in rules.flat_map(|rule| strings(rule, &["operations"])) {
        if !known.contains(&operation) {
            errors.not_supported(path, operation, &known);
        }
    }
}

/// `validateParamKind`.
fn param_kind(kind: &Value, path: &Path<'_>, errors: &mut Errors) {
    let version = kind.str_at(&["apiVersion"]).unwrap_or_default();
    let at = path.child("apiVersion");
    match version.split_once('/') {
        _ if version.is_empty() => errors.required(at, ""),
        Some((_, rest)) if rest.contains('/') => {
            errors.invalid(at, version, format!("unexpected GroupVersion string: {version}"));
        }
        split => {
            let (group, name) = split.unwrap_or(("", version));
            let messages = if group.is_empty() { Vec::new() } else { dns1123_subdomain(group) };
            if !messages.is_empty() {
                errors.invalid(at, group, messages.join(","));
            }
            let messages = dns1035_label(name);
            if name.is_empty() {
                errors.invalid(at, version, "version must be specified");
            } else if !messages.is_empty() {
                errors.invalid(at, name, messages.join(","));
            }
        }
    }
    let name = kind.str_at(&["kind"]).unwrap_or_default();
    let messages = dns1035_label(&name.to_lowercase());
    if name.is_empty() {
        errors.required(path.child("kind"), "");
    } else if !messages.is_empty() {
        let intro = "may have mixed case, but should otherwise match: ";
        errors.invalid(path.child("kind"), name, format!("{intro}{}", messages.join(",")));
    }
}

/// `validateMatchResources`.
fn match_resources(resources: &Value, path: &Path<'_>, errors: &mut Errors) {
    one_of(resources, "matchPolicy", &["Equivalent", "Exact"], path, errors);
    for field in ["namespaceSelector", "objectSelector"] {
        match resources.at(&[field]) {
            Some(selector) => selectors::validate(selector, false, &path.child(field), errors),
            None => errors.required(path.child(field), ""),
        }
    }
    for field in ["resourceRules", "excludeResourceRules"] {
        for (index, rule) in resources.list_at(&[field]).iter().enumerate() {
            let path = path.child(field);
            named_rule(rule, &path.index(index), errors);
        }
    }
}

/// `validateNamedRuleWithOperations`.
fn named_rule(rule: &Value, path: &Path<'_>, errors: &mut Errors) {
    let at = path.child("resourceNames");
    let names = strings(rule, &["resourceNames"]);
    for (index, name) in names.iter().enumerate() {
        errors.invalid_each(at.index(index), *name, path_segment_name(name));
        if names[..index].contains(name) {
            errors.duplicate(at.index(index), *name);
        }
    }
    rules::with_operations(rule, path, errors);
}

/// `validateValidatingAdmissionPolicyBindingSpec`, `validateMutatingAdmissionPolicyBindingSpec`.
pub(super) fn binding(binding: &Value, mutating: bool, errors: &mut Errors) {
    let path = Path::new("spec");
    let spec = binding.at(&["spec"]).unwrap_or(&Value::Null);
    let name = spec.str_at(&["policyName"]).unwrap_or_default();
    let mut declared = Errors::new();
    let at = path.child("policyName");
    match (name, mutating) {
        ("", true) => errors.required(at, ""),
        ("", false) => declared.required(at, ""),
        _ => errors.invalid_each(at, name, name_is_dns_subdomain(name, false)),
    }
    if let Some(reference) = spec.at(&["paramRef"]) {
        param_ref(reference, &path.child("paramRef"), errors);
    }
    if let Some(resources) = spec.at(&["matchResources"]) {
        match_resources(resources, &path.child("matchResources"), errors);
    }
    if !mutating {
        actions(spec, &path.child("validationActions"), errors);
        if spec.list_at(&["validationActions"]).is_empty() {
            declared.required(path.child("validationActions"), "");
        }
    }
    errors.append(declared);
}

/// `validateParamRef`.
fn param_ref(reference: &Value, path: &Path<'_>, errors: &mut Errors) {
    let name = reference.str_at(&["name"]).unwrap_or_default();
    let selector = reference.at(&["selector"]);
    if !name.is_empty() {
        errors.invalid_each(path.child("name"), name, path_segment_name(name));
        if selector.is_some() {
            let detail = "name and selector are mutually exclusive";
            errors.forbidden(path.child("name"), detail);
        }
    }
    if let Some(selector) = selector {
        selectors::validate(selector, false, &path.child("selector"), errors);
        if !name.is_empty() {
            let detail = "name and selector are mutually exclusive";
            errors.forbidden(path.child("selector"), detail);
        }
    }
    if name.is_empty() && selector.is_none() {
        errors.required(path, "one of name or selector must be specified");
    }
    let at = path.child("parameterNotFoundAction");
    match reference.str_at(&["parameterNotFoundAction"]) {
        None | Some("") => errors.required(at, ""),
        Some("Allow" | "Deny") => {}
        Some(other) => errors.not_supported(at, other, &["Deny", "Allow"]),
    }
}

/// `validateValidationActions`.
fn actions(spec: &Value, path: &Path<'_>, errors: &mut Errors) {
    let known = ["Audit", "Deny", "Warn"];
    let actions = strings(spec, &["validationActions"]);
    for (index, action) in actions.iter().enumerate() {
        if !known.contains(action) {
            errors.not_supported(path.index(index), *action, &known);
        }
        if actions[..index].contains(action) {
            errors.duplicate(path.index(index), *action);
        }
    }
    if actions.contains(&"Deny") && actions.contains(&"Warn") {
        let detail = "must not contain both Deny and Warn (repeating the same validation failure information in the API response and headers serves no purpose)";
        errors.invalid(path, spec.at(&["validationActions"]), detail);
    }
}
