//! What the rules of web hooks and policies must look like
//! (`pkg/apis/admissionregistration/validation`).

use std::collections::BTreeSet;

use pintle_engine::{Errors, Value};
use pintle_machinery::field::Path;
use pintle_machinery::path::ValueExt;

use super::webhooks::one_of;
use crate::print::strings;

const OPERATIONS: [&str; 5] = ["*", "CONNECT", "CREATE", "DELETE", "UPDATE"];

/// `validateRuleWithOperations`.
pub(super) fn with_operations(rule: &Value, path: &Path<'_>, errors: &mut Errors) {
    let at = path.child("operations");
    list(rule, "operations", "operations", path, errors);
    for (index, operation) in strings(rule, &["operations"]).into_iter().enumerate() {
        if !OPERATIONS.contains(&operation) {
            errors.not_supported(at.index(index), operation, &OPERATIONS);
        }
    }
    list(rule, "apiGroups", "API groups", path, errors);
    list(rule, "apiVersions", "API versions", path, errors);
    for (index, version) in strings(rule, &["apiVersions"]).into_iter().enumerate() {
        if version.is_empty() {
            errors.required(path.child("apiVersions").index(index), "");
        }
    }
    resources(rule, &path.child("resources"), errors);
    one_of(rule, "scope", &["*", "Cluster", "Namespaced"], path, errors);
}

/// A list that has members, and of which a wildcard is the only one.
fn list(rule: &Value, field: &str, what: &str, path: &Path<'_>, errors: &mut Errors) {
    let items = strings(rule, &[field]);
    if items.is_empty() {
        errors.required(path.child(field), "");
    }
    if items.len() > 1 && items.contains(&"*") {
        let detail = format!("if '*' is present, must not specify other {what}");
        errors.invalid(path.child(field), rule.at(&[field]), detail);
    }
}

/// `validateResources`.
fn resources(rule: &Value, path: &Path<'_>, errors: &mut Errors) {
    let list = strings(rule, &["resources"]);
    if list.is_empty() {
        errors.required(path, "");
    }
    let mut all_subresources_of = BTreeSet::new();
    let mut of_all_resources = BTreeSet::new();
    let mut has_plain = false;
    for (index, item) in list.iter().enumerate() {
        if item.is_empty() {
            errors.required(path.index(index), "");
            continue;
        }
        let Some((resource, subresource)) = item.split_once('/') else {
            // The last one counts, as upstream overwrites what it found before.
            has_plain = *item != "*";
            continue;
        };
        if all_subresources_of.contains(resource) {
            let detail = format!("if '{resource}/*' is present, must not specify {item}");
            errors.invalid(path.index(index), *item, detail);
        }
        if of_all_resources.contains(subresource) {
            let detail = format!("if '*/{subresource}' is present, must not specify {item}");
            errors.invalid(path.index(index), *item, detail);
        }
        if subresource == "*" {
            all_subresources_of.insert(resource);
        }
        if resource == "*" {
            of_all_resources.insert(subresource);
        }
    }
    if list.len() > 1 && list.contains(&"*/*") {
        let detail = "if '*/*' is present, must not specify other resources";
        errors.invalid(path, rule.at(&["resources"]), detail);
    }
    if list.contains(&"*") && has_plain {
        let detail = "if '*' is present, must not specify other resources without subresources";
        errors.invalid(path, rule.at(&["resources"]), detail);
    }
}
