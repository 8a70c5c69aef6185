//! What the rules of flow schemas must look like (`pkg/apis/flowcontrol/validation`).

use pintle_engine::{Errors, Value};
use pintle_machinery::field::Path;
use pintle_machinery::name::{name_is_dns_label, name_is_dns_subdomain};
use pintle_machinery::path::ValueExt;

use crate::print::strings;

const VERBS: [&str; 9] =
    ["create", "delete", "deletecollection", "get", "list", "patch", "proxy", "update", "watch"];

/// `ValidateFlowSchemaPolicyRulesWithSubjects`.
pub(super) fn validate(rule: &Value, path: &Path<'_>, errors: &mut Errors) {
    let subjects = rule.list_at(&["subjects"]);
    if subjects.is_empty() {
        errors.required(path.child("subjects"), "subjects must contain at least one value");
    }
    for (index, subject) in subjects.iter().enumerate() {
        self::subject(subject, &path.child("subjects").index(index), errors);
    }
    let resources = rule.list_at(&["resourceRules"]);
    let others = rule.list_at(&["nonResourceRules"]);
    if resources.is_empty() && others.is_empty() {
        let detail = "at least one of resourceRules and nonResourceRules has to be non-empty";
        errors.required(path, detail);
    }
    for (index, rule) in resources.iter().enumerate() {
        resource_rule(rule, &path.child("resourceRules").index(index), errors);
    }
    for (index, rule) in others.iter().enumerate() {
        non_resource_rule(rule, &path.child("nonResourceRules").index(index), errors);
    }
}

/// `ValidateFlowSchemaSubject`.
fn subject(subject: &Value, path: &Path<'_>, errors: &mut Errors) {
    let kind = subject.str_at(&["kind"]).unwrap_or_default();
    let own = match kind {
        "ServiceAccount" => "serviceAccount",
        "User" => "user",
        "Group" => "group",
        other => {
            let kinds = ["Group", "ServiceAccount", "User"];
            return errors.not_supported(path.child("kind"), other, &kinds);
        }
    };
    match subject.at(&[own]) {
        None => {
            let detail = format!("{own} is required when subject kind is '{kind}'");
            errors.required(path.child(own), detail);
        }
        Some(value) if own == "serviceAccount" => {
            service_account(value, &path.child(own), errors);
        }
        Some(value) => {
            if value.str_at(&["name"]).is_none_or(str::is_empty) {
                errors.required(path.child(own).child("name"), "");
            }
        }
    }
    let kinds = [("serviceAccount", "ServiceAccount"), ("user", "User"), ("group", "Group")];
    for (field, kind) in kinds {
        if field != own && subject.at(&[field]).is_some() {
            let detail = format!("{field} is forbidden when subject kind is not '{kind}'");
            errors.forbidden(path.child(field), detail);
        }
    }
}

/// `ValidateServiceAccountSubject`.
fn service_account(account: &Value, path: &Path<'_>, errors: &mut Errors) {
    match account.str_at(&["name"]).unwrap_or_default() {
        "" => errors.required(path.child("name"), ""),
        "*" => {}
        name => errors.invalid_each(path.child("name"), name, name_is_dns_subdomain(name, false)),
    }
    let at = path.child("namespace");
    match account.str_at(&["namespace"]).unwrap_or_default() {
        "" => errors.required(at, "must specify namespace for service account"),
        name => errors.invalid_each(at, name, name_is_dns_label(name, false)),
    }
}

fn verbs(rule: &Value, path: &Path<'_>, errors: &mut Errors) {
    let verbs = strings(rule, &["verbs"]);
    let path = path.child("verbs");
    if verbs.is_empty() {
        errors.required(path, "verbs must contain at least one value");
    } else if verbs.contains(&"*") {
        only_wildcard(rule, "verbs", "verbs", path, errors);
    } else if verbs.iter().any(|verb| !VERBS.contains(verb)) {
        errors.not_supported(path, rule.at(&["verbs"]), &VERBS);
    }
}

/// A wildcard stands alone.
fn only_wildcard(rule: &Value, field: &str, what: &str, path: Path<'_>, errors: &mut Errors) {
    let list = strings(rule, &[field]);
    if list.len() > 1 && list.contains(&"*") {
        let detail = format!("if '*' is present, must not specify other {what}");
        errors.invalid(path, rule.at(&[field]), detail);
    }
}

/// `ValidateFlowSchemaResourcePolicyRule`.
fn resource_rule(rule: &Value, path: &Path<'_>, errors: &mut Errors) {
    verbs(rule, path, errors);
    for (field, one, many) in
        [("apiGroups", "api group", "api groups"), ("resources", "resource", "resources")]
    {
        if rule.list_at(&[field]).is_empty() {
            let detail = format!("resource rules must supply at least one {one}");
            errors.required(path.child(field), detail);
        } else {
            only_wildcard(rule, field, many, path.child(field), errors);
        }
    }
    let at = path.child("namespaces");
    let namespaces = strings(rule, &["namespaces"]);
    if namespaces.is_empty() && rule.bool_at(&["clusterScope"]) != Some(true) {
        let detail =
            "resource rules that are not cluster scoped must supply at least one namespace";
        errors.required(at, detail);
    } else if namespaces.contains(&"*") {
        only_wildcard(rule, "namespaces", "namespaces", at, errors);
    } else {
        for (index, namespace) in namespaces.into_iter().enumerate() {
            let intro = "each member of this list must be '*' or a DNS-1123 label; ";
            let messages = name_is_dns_label(namespace, false).into_iter();
            let messages = messages.map(|message| format!("{intro}{message}"));
            errors.invalid_each(at.index(index), namespace, messages);
        }
    }
}

/// `ValidateFlowSchemaNonResourcePolicyRule`.
fn non_resource_rule(rule: &Value, path: &Path<'_>, errors: &mut Errors) {
    verbs(rule, path, errors);
    let at = path.child("nonResourceURLs");
    let urls = strings(rule, &["nonResourceURLs"]);
    if urls.is_empty() {
        errors.required(at, "nonResourceURLs must contain at least one value");
    } else if urls.contains(&"*") {
        only_wildcard(rule, "nonResourceURLs", "non-resource URLs", at, errors);
    } else {
        for (index, url) in urls.into_iter().enumerate() {
            if let Some(problem) = url_problem(url) {
                errors.invalid(at.index(index), url, problem);
            }
        }
    }
}

/// `ValidateNonResourceURLPath`.
fn url_problem(url: &str) -> Option<&'static str> {
    let rest = url.strip_prefix('/');
    match (url, rest) {
        ("", _) => Some("must not be empty"),
        ("/", _) => None,
        (_, None) => Some("must start with slash"),
        _ if url.contains(' ') => Some("must not contain white-space"),
        _ if url.contains("//") => Some("must not contain double slash"),
        _ if url.strip_suffix('*').unwrap_or(url).contains('*') => {
            Some("wildcard can only do suffix matching")
        }
        _ if url.ends_with('*') && !url.ends_with("/*") => {
            Some("wildcard can only do suffix matching")
        }
        _ => None,
    }
}
