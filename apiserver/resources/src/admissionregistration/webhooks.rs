//! What web hooks must look like (`pkg/apis/admissionregistration/validation`).

use std::collections::BTreeSet;

use pintle_engine::{Errors, Value};
use pintle_machinery::field::Path;
use pintle_machinery::name::{dns1035_label, dns1123_subdomain, fully_qualified_name, port_number};
use pintle_machinery::path::ValueExt;

use super::rules;
use crate::print::strings;
use crate::selectors;

/// Versions of `AdmissionReview` that are spoken.
const REVIEW_VERSIONS: [&str; 2] = ["v1", "v1beta1"];
const URL_FORM: &str = "; desired format: https://host[/path]";

/// What stored hooks may keep.
#[derive(Clone, Copy)]
struct Kept {
    any_values: bool,
    side_effects: bool,
    versions: bool,
    names: bool,
}

/// `ValidateValidatingWebhookConfiguration`, `ValidateMutatingWebhookConfiguration`.
pub(super) fn validate(hooks: &Value, old: Option<&Value>, mutating: bool, errors: &mut Errors) {
    let kept = kept(old.map_or(&[][..], |old| old.list_at(&["webhooks"])));
    let list = hooks.list_at(&["webhooks"]);
    let name = |hook: &Value| hook.str_at(&["name"]).unwrap_or_default().to_owned();
    for (index, hook) in list.iter().enumerate() {
        let path = Path::new("webhooks");
        let path = path.index(index);
        self::hook(hook, kept, mutating, &path, errors);
        review_versions(hook, kept, &path.child("admissionReviewVersions"), errors);
        let own = name(hook);
        let repeated = list[..index].iter().any(|other| name(other) == own);
        if repeated && !own.is_empty() && !kept.names {
            errors.duplicate(path.child("name"), own);
        }
    }
}

fn kept(stored: &[Value]) -> Kept {
    let selectors = |hook: &Value| {
        ["namespaceSelector", "objectSelector"]
            .iter()
            .filter_map(|field| hook.at(&[field]))
            .any(|selector| !selectors::is_valid(selector))
    };
    let effects =
        |hook: &Value| !matches!(hook.str_at(&["sideEffects"]), Some("None" | "NoneOnDryRun"));
    let unknown = |hook: &Value| {
        let versions = strings(hook, &["admissionReviewVersions"]);
        !versions.is_empty() && !versions.iter().any(|version| REVIEW_VERSIONS.contains(version))
    };
    let names: BTreeSet<&str> = stored.iter().filter_map(|hook| hook.str_at(&["name"])).collect();
    Kept {
        any_values: stored.iter().any(selectors),
        side_effects: stored.iter().any(effects),
        versions: stored.iter().any(unknown),
        names: names.len() < stored.len(),
    }
}

/// `validateValidatingWebhook`, `validateMutatingWebhook`.
fn hook(hook: &Value, kept: Kept, mutating: bool, path: &Path<'_>, errors: &mut Errors) {
    let name = hook.str_at(&["name"]).unwrap_or_default();
    if name.is_empty() {
        errors.required(path.child("name"), "");
    } else {
        errors.invalid_each(path.child("name"), name, fully_qualified_name(name));
    }
    for (index, rule) in hook.list_at(&["rules"]).iter().enumerate() {
        rules::with_operations(rule, &path.child("rules").index(index), errors);
    }
    one_of(hook, "failurePolicy", &["Fail", "Ignore"], path, errors);
    one_of(hook, "matchPolicy", &["Equivalent", "Exact"], path, errors);
    let effects: &[&str] = if kept.side_effects {
        &["None", "NoneOnDryRun", "Some", "Unknown"]
    } else {
        &["None", "NoneOnDryRun"]
    };
    if hook.str_at(&["sideEffects"]).is_none() {
        let detail = format!("must specify one of {}", effects.join(", "));
        errors.required(path.child("sideEffects"), detail);
    }
    one_of(hook, "sideEffects", effects, path, errors);
    if let Some(seconds) = hook.i64_at(&["timeoutSeconds"])
        && !(1..=30).contains(&seconds)
    {
        let detail = "the timeout value must be between 1 and 30 seconds";
        errors.invalid(path.child("timeoutSeconds"), seconds, detail);
    }
    for field in ["namespaceSelector", "objectSelector"] {
        if let Some(selector) = hook.at(&[field]) {
            selectors::validate(selector, kept.any_values, &path.child(field), errors);
        }
    }
    if mutating {
        one_of(hook, "reinvocationPolicy", &["IfNeeded", "Never"], path, errors);
    }
    client(hook, &path.child("clientConfig"), errors);
}

/// An optional field with few values.
pub(super) fn one_of(
    object: &Value,
    field: &str,
    known: &[&str],
    path: &Path<'_>,
    errors: &mut Errors,
) {
    if let Some(value) = object.str_at(&[field]).filter(|value| !known.contains(value)) {
        errors.not_supported(path.child(field), value, known);
    }
}

fn client(hook: &Value, path: &Path<'_>, errors: &mut Errors) {
    let url = hook.str_at(&["clientConfig", "url"]);
    match (url, hook.at(&["clientConfig", "service"])) {
        (Some(text), None) => self::url(text, &path.child("url"), errors),
        (None, Some(service)) => self::service(service, &path.child("service"), errors),
        _ => errors.required(path, "exactly one of url or service is required"),
    }
}

/// `apiserver/pkg/util/webhook.ValidateWebhookURL`.
fn url(text: &str, path: &Path<'_>, errors: &mut Errors) {
    let (text, fragment) = text.split_once('#').unwrap_or((text, ""));
    let (text, query) = text.split_once('?').unwrap_or((text, ""));
    let (scheme, rest) = text.split_once(':').unwrap_or(("", text));
    let authority = rest.strip_prefix("//").map(|rest| rest.split('/').next().unwrap_or_default());
    let (user, host) = match authority.unwrap_or_default().rsplit_once('@') {
        Some((user, host)) => (Some(user), host),
        None => (None, authority.unwrap_or_default()),
    };
    if scheme != "https" {
        let detail = format!("'https' is the only allowed URL scheme{URL_FORM}");
        errors.invalid(path, scheme, detail);
    }
    if host.is_empty() {
        errors.invalid(path, "", format!("host must be specified{URL_FORM}"));
    }
    if let Some(user) = user {
        errors.invalid(path, user, "user information is not permitted in the URL");
    }
    if !fragment.is_empty() {
        errors.invalid(path, fragment, "fragments are not permitted in the URL");
    }
    if !query.is_empty() {
        errors.invalid(path, query, "query parameters are not permitted in the URL");
    }
}

/// `apiserver/pkg/util/webhook.ValidateWebhookService`, whose callers pass name and namespace the
/// other way round, so that each is blamed for the other.
fn service(service: &Value, path: &Path<'_>, errors: &mut Errors) {
    for (blamed, field) in [("name", "namespace"), ("namespace", "name")] {
        if service.str_at(&[field]).is_none_or(str::is_empty) {
            errors.required(path.child(blamed), "");
        }
    }
    let port = service.i64_at(&["port"]).unwrap_or(0);
    let messages = port_number(port);
    if !messages.is_empty() {
        let detail = format!("port is not valid: {}", messages.join(", "));
        errors.invalid(path.child("port"), port, detail);
    }
    let text = service.str_at(&["path"]).unwrap_or_default();
    let path = path.child("path");
    if text.is_empty() || text == "/" {
        return;
    }
    if text == "//" {
        return errors.invalid(path, text, "segment[0] may not be empty");
    }
    if !text.starts_with('/') {
        errors.invalid(path, text, "must start with a '/'");
    }
    let mut rest = text.chars();
    rest.next();
    let steps = rest.as_str().strip_suffix('/').unwrap_or(rest.as_str());
    for (index, step) in steps.split('/').enumerate() {
        if step.is_empty() {
            errors.invalid(path, text, format!("segment[{index}] may not be empty"));
            continue;
        }
        for message in dns1123_subdomain(step) {
            errors.invalid(path, text, format!("segment[{index}]: {message}"));
        }
    }
}

/// `validateAdmissionReviewVersions`.
fn review_versions(hook: &Value, kept: Kept, path: &Path<'_>, errors: &mut Errors) {
    let versions = strings(hook, &["admissionReviewVersions"]);
    if versions.is_empty() {
        let detail = format!("must specify one of {}", REVIEW_VERSIONS.join(", "));
        return errors.required(path, detail);
    }
    for (index, version) in versions.iter().enumerate() {
        if versions[..index].contains(version) {
            errors.invalid(path.index(index), *version, "duplicate version");
        } else {
            errors.invalid_each(path.index(index), *version, dns1035_label(version));
        }
    }
    if !kept.versions && !versions.iter().any(|version| REVIEW_VERSIONS.contains(version)) {
        let detail = format!("must include at least one of {}", REVIEW_VERSIONS.join(", "));
        errors.invalid(path, hook.at(&["admissionReviewVersions"]), detail);
    }
}
