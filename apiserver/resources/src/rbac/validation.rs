//! What roles and bindings must look like (`pkg/apis/rbac/validation`).

use pintle_engine::{Errors, Value};
use pintle_machinery::field::{BadValue, Path};
use pintle_machinery::json::quote;
use pintle_machinery::name::{name_is_dns_subdomain, path_segment_name};
use pintle_machinery::path::ValueExt;

use crate::selectors;

const GROUP: &str = "rbac.authorization.k8s.io";

/// `ValidateRole`, `ValidateClusterRole`.
pub(super) fn role(role: &Value, old: Option<&Value>, namespaced: bool, errors: &mut Errors) {
    let path = Path::new("rules");
    for (index, rule) in role.list_at(&["rules"]).iter().enumerate() {
        policy_rule(rule, namespaced, &path.index(index), errors);
    }
    if !namespaced && role.at(&["aggregationRule"]).is_some() {
        aggregation(role, old, errors);
    }
    for (index, rule) in role.list_at(&["rules"]).iter().enumerate() {
        if rule.list_at(&["verbs"]).is_empty() {
            errors.required(path.index(index).child("verbs"), "");
        }
    }
}

fn aggregation(role: &Value, old: Option<&Value>, errors: &mut Errors) {
    let path = Path::new("aggregationRule.clusterRoleSelectors");
    let list = role.list_at(&["aggregationRule", "clusterRoleSelectors"]);
    if list.is_empty() {
        let detail = "at least one clusterRoleSelector required if aggregationRule is non-nil";
        errors.required(path, detail);
    }
    let lenient = old.is_some_and(|old| {
        let old = old.list_at(&["aggregationRule", "clusterRoleSelectors"]);
        old.iter().any(|selector| !selectors::is_valid(selector))
    });
    for (index, selector) in list.iter().enumerate() {
        selectors::validate(selector, lenient, &path.index(index), errors);
        if !selectors::is_usable(selector) {
            errors.invalid(path.index(index), Value::Null, "invalid label selector.");
        }
    }
}

/// `ValidatePolicyRule`.
fn policy_rule(rule: &Value, namespaced: bool, path: &Path<'_>, errors: &mut Errors) {
    let missing = |field: &str| rule.list_at(&[field]).is_empty();
    if let Some(urls) = rule.at(&["nonResourceURLs"]).filter(|_| !missing("nonResourceURLs")) {
        let path = path.child("nonResourceURLs");
        if namespaced {
            errors.invalid(path, urls, "namespaced rules cannot apply to non-resource URLs");
        }
        if !(missing("apiGroups") && missing("resources") && missing("resourceNames")) {
            let detail = "rules cannot apply to both regular resources and non-resource URLs";
            errors.invalid(path, urls, detail);
        }
        return;
    }
    if missing("apiGroups") {
        let detail = "resource rules must supply at least one api group";
        errors.required(path.child("apiGroups"), detail);
    }
    if missing("resources") {
        let detail = "resource rules must supply at least one resource";
        errors.required(path.child("resources"), detail);
    }
}

/// `ValidateRoleBinding`, `ValidateClusterRoleBinding` and their updates.
pub(super) fn binding(binding: &Value, old: Option<&Value>, namespaced: bool, errors: &mut Errors) {
    let role = |field: &str| binding.str_at(&["roleRef", field]).unwrap_or_default();
    if role("apiGroup") != GROUP {
        errors.not_supported("roleRef.apiGroup", role("apiGroup"), &[GROUP]);
    }
    let kinds: &[&str] = if namespaced { &["Role", "ClusterRole"] } else { &["ClusterRole"] };
    if !kinds.contains(&role("kind")) {
        errors.not_supported("roleRef.kind", role("kind"), kinds);
    }
    if !role("name").is_empty() {
        errors.invalid_each("roleRef.name", role("name"), path_segment_name(role("name")));
    }
    for (index, item) in binding.list_at(&["subjects"]).iter().enumerate() {
        subject(item, namespaced, &Path::new("subjects").index(index), errors);
    }
    if let Some(old) = old
        && old.at(&["roleRef"]) != binding.at(&["roleRef"])
    {
        errors.invalid("roleRef", role_ref(binding), "field is immutable");
    }
    declared(binding, errors);
}

/// What the schema declares, which upstream checks after the rest.
fn declared(binding: &Value, errors: &mut Errors) {
    for (index, subject) in binding.list_at(&["subjects"]).iter().enumerate() {
        if subject.str_at(&["name"]).is_none_or(str::is_empty) {
            errors.required(Path::new("subjects").index(index).child("name"), "");
        }
    }
    if binding.str_at(&["roleRef", "name"]).is_none_or(str::is_empty) {
        errors.required("roleRef.name", "");
    }
}

/// A role reference as Go prints the internal struct.
fn role_ref(binding: &Value) -> BadValue {
    let field = |name: &str| quote(binding.str_at(&["roleRef", name]).unwrap_or_default());
    let text = format!(
        "{{\"APIGroup\":{},\"Kind\":{},\"Name\":{}}}",
        field("apiGroup"),
        field("kind"),
        field("name")
    );
    BadValue::Text(text)
}

/// `ValidateRoleBindingSubject`.
fn subject(subject: &Value, namespaced: bool, path: &Path<'_>, errors: &mut Errors) {
    let field = |name: &str| subject.str_at(&[name]).unwrap_or_default();
    match field("kind") {
        "ServiceAccount" => {
            if !field("name").is_empty() {
                let messages = name_is_dns_subdomain(field("name"), false);
                errors.invalid_each(path.child("name"), field("name"), messages);
            }
            if !field("apiGroup").is_empty() {
                errors.not_supported(path.child("apiGroup"), field("apiGroup"), &[""]);
            }
            if !namespaced && field("namespace").is_empty() {
                errors.required(path.child("namespace"), "");
            }
        }
        "User" | "Group" => {
            if field("apiGroup") != GROUP {
                errors.not_supported(path.child("apiGroup"), field("apiGroup"), &[GROUP]);
            }
        }
        kind => {
            let kinds = ["ServiceAccount", "User", "Group"];
            errors.not_supported(path.child("kind"), kind, &kinds);
        }
    }
}
