//! The review kinds of `authorization.k8s.io`: what may a subject do?

use std::collections::BTreeMap;

use pintle_api::{catalog, codec};
use pintle_engine::{Errors, User};
use pintle_machinery::field::BadValue;
use pintle_machinery::status::GroupKind;
use pintle_machinery::status::Status;
use pintle_machinery::{Map, Value};
use serde_json::json;

use super::rule::Rule;
use super::{Attributes, Authorizer, Decision, node};

const GROUP: &str = "authorization.k8s.io";

/// Answers a `SubjectAccessReview`, a `LocalSubjectAccessReview` (in `namespace`) or a
/// `SelfSubjectAccessReview` by filling in its status.
pub fn access(
    authorizer: &Authorizer,
    kind: &str,
    caller: &User,
    namespace: &str,
    mut review: Value,
) -> Result<Value, Status> {
    let own = kind == "SelfSubjectAccessReview";
    if kind == "LocalSubjectAccessReview" {
        let body = review["metadata"]["namespace"].as_str().unwrap_or_default();
        if body != namespace {
            return Err(Status::bad_request(format!(
                "spec.resourceAttributes.namespace must match namespace: {namespace}"
            )));
        }
    }
    let mut errors = Errors::default();
    validate(kind, &review, &mut errors);
    if !errors.is_empty() {
        // Upstream names the kind of the decoded object, which has none any more.
        return Err(Status::invalid(GroupKind::new(GROUP, ""), "", &errors));
    }
    let spec = &review["spec"];
    let subject = if own { caller.clone() } else { subject(spec) };
    let (decision, reason, error) = decide(authorizer, &subject, spec);
    let mut status = Map::new();
    status.insert("allowed".into(), (decision == Decision::Allow).into());
    if decision == Decision::Deny {
        status.insert("denied".into(), true.into());
    }
    for (field, text) in [("reason", reason), ("evaluationError", error)] {
        if !text.is_empty() {
            status.insert(field.into(), text.into());
        }
    }
    review["status"] = Value::Object(status);
    Ok(review)
}

fn text<'a>(value: &'a Value, field: &str) -> &'a str {
    value[field].as_str().unwrap_or_default()
}

fn subject(spec: &Value) -> User {
    let strings = |list: &Value| -> Vec<String> {
        let items = list.as_array().into_iter().flatten();
        items.filter_map(|item| item.as_str().map(str::to_owned)).collect()
    };
    let extra = spec["extra"].as_object().into_iter().flatten();
    User {
        name: text(spec, "user").to_owned(),
        uid: text(spec, "uid").to_owned(),
        groups: strings(&spec["groups"]),
        extra: extra.map(|(key, values)| (key.to_lowercase(), strings(values))).collect(),
    }
}

/// Asks the authorizer (`authorization/util.AuthorizationAttributesFrom`).
fn decide(authorizer: &Authorizer, user: &User, spec: &Value) -> (Decision, String, String) {
    if let Some(path) = spec.get("nonResourceAttributes").filter(|value| !value.is_null()) {
        let attributes = Attributes {
            is_resource: false,
            path: text(path, "path"),
            ..Attributes::of(user, text(path, "verb"))
        };
        let (decision, reason) = authorizer.authorize(&attributes);
        return (decision, reason, String::new());
    }
    let asked = &spec["resourceAttributes"];
    let (selector, error) = field_selector(&asked["fieldSelector"]);
    let version = text(asked, "version");
    let attributes = Attributes {
        namespace: text(asked, "namespace"),
        group: text(asked, "group"),
        version: if version.is_empty() { "*" } else { version },
        resource: text(asked, "resource"),
        subresource: text(asked, "subresource"),
        name: text(asked, "name"),
        field_selector: &selector,
        ..Attributes::of(user, text(asked, "verb"))
    };
    let (decision, reason) = authorizer.authorize(&attributes);
    // A selector that could not be read is worth a word only if it may have mattered.
    let error = if decision == Decision::Allow || error.is_empty() {
        String::new()
    } else {
        format!(
            "spec.resourceAttributes.fieldSelector partially ignored due to parse error: {error}"
        )
    };
    (decision, reason, error)
}

/// The field selector as text, and what could not be understood of it.
fn field_selector(selector: &Value) -> (String, String) {
    let raw = text(selector, "rawSelector");
    if !raw.is_empty() {
        return (raw.to_owned(), String::new());
    }
    let (mut parts, mut errors) = (Vec::new(), Vec::new());
    for requirement in selector["requirements"].as_array().into_iter().flatten() {
        let values = requirement["values"].as_array().map_or(&[][..], Vec::as_slice);
        let (operator, key) = (text(requirement, "operator"), text(requirement, "key"));
        let sign = match operator {
            _ if values.len() > 1 => {
                errors.push("fieldSelectors do not yet support multiple values".to_owned());
                continue;
            }
            "In" if values.len() == 1 => "=",
            "NotIn" if values.len() == 1 => "!=",
            "In" | "NotIn" => {
                let word = if operator == "In" { "in" } else { "not in" };
                errors.push(format!("fieldSelectors {word} must have one value"));
                continue;
            }
            "Exists" | "DoesNotExist" => {
                errors.push(format!("fieldSelectors do not yet support {operator}"));
                continue;
            }
            other => {
                errors.push(format!("{other:?} is not a valid field selector operator"));
                continue;
            }
        };
        let value = values[0].as_str().unwrap_or_default();
        let escaped = value.replace('\\', "\\\\").replace(',', "\\,").replace('=', "\\=");
        parts.push(format!("{key}{sign}{escaped}"));
    }
    let error = pintle_machinery::field::aggregate(errors).unwrap_or_default();
    (parts.join(","), error)
}

/// `apis/authorization/validation`.
fn validate(kind: &str, review: &Value, errors: &mut Errors) {
    let spec = &review["spec"];
    let (resource, path) = (&spec["resourceAttributes"], &spec["nonResourceAttributes"]);
    let own = kind == "SelfSubjectAccessReview";
    if resource.is_null() == path.is_null() {
        let detail = "exactly one of nonResourceAttributes or resourceAttributes must be specified";
        errors.invalid("spec", internal(path), detail);
    }
    let groups = spec["groups"].as_array().is_some_and(|groups| !groups.is_empty());
    if !own && text(spec, "user").is_empty() && !groups {
        errors.invalid("spec.user", "", "at least one of user or group must be specified");
    }
    for field in ["fieldSelector", "labelSelector"] {
        validate_selector(&resource[field], &format!("spec.resourceAttributes.{field}"), errors);
    }
    let local = kind == "LocalSubjectAccessReview";
    let mut metadata = review["metadata"].as_object().cloned().unwrap_or_default();
    metadata.remove("managedFields");
    if local {
        metadata.remove("namespace");
    }
    metadata.retain(|_, value| !value.is_null());
    if !metadata.is_empty() {
        let detail = if local { "must be empty except for namespace" } else { "must be empty" };
        errors.invalid("metadata", typed_metadata(&review["metadata"]), detail);
    }
    if local {
        let namespace = text(resource, "namespace");
        if !resource.is_null() && namespace != text(&review["metadata"], "namespace") {
            let detail = "must match metadata.namespace";
            errors.invalid("spec.resourceAttributes.namespace", namespace, detail);
        }
        if !path.is_null() {
            let detail = "disallowed on this kind of request";
            errors.invalid("spec.nonResourceAttributes", internal(path), detail);
        }
    }
}

/// The attributes of a path as upstream's internal type prints them.
fn internal(path: &Value) -> BadValue {
    if path.is_null() {
        return BadValue::Value(Value::Null);
    }
    BadValue::Value(json!({"Path": text(path, "path"), "Verb": text(path, "verb")}))
}

/// Metadata in the order of Go's fields.
fn typed_metadata(metadata: &Value) -> BadValue {
    let name = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta";
    let Some(message) = catalog().message(name) else { return BadValue::from(metadata) };
    let mut out = Vec::new();
    codec::json::encode(message, metadata, &mut out);
    BadValue::Text(String::from_utf8_lossy(&out).trim_end().to_owned())
}

fn validate_selector(selector: &Value, path: &str, errors: &mut Errors) {
    if selector.is_null() {
        return;
    }
    let raw = text(selector, "rawSelector");
    let some = selector["requirements"].as_array().is_some_and(|list| !list.is_empty());
    if !raw.is_empty() && some {
        let detail = "may not specified at the same time as requirements";
        errors.invalid(format!("{path}.rawSelector"), raw, detail);
    }
    if raw.is_empty() && !some {
        let detail = format!("when {path} is specified, requirements or rawSelector is required");
        errors.required(format!("{path}.requirements"), detail);
    }
}

/// Answers a `SelfSubjectRulesReview`.
pub fn rules(authorizer: &Authorizer, caller: &User, review: &Value) -> Result<Value, Status> {
    let namespace = text(&review["spec"], "namespace");
    if namespace.is_empty() {
        return Err(Status::bad_request("no namespace on request"));
    }
    let (mut found, mut errors, mut incomplete) = (Vec::new(), Vec::new(), false);
    if authorizer.has(super::Mode::Node) && node::identity(caller).is_some() {
        incomplete = true;
        errors.push("node authorizer does not support user rule resolution".to_owned());
    }
    if authorizer.has(super::Mode::AlwaysAllow) {
        let star = || vec!["*".to_owned()];
        found.push(Rule { verbs: star(), groups: star(), resources: star(), ..Rule::default() });
        found.push(Rule { verbs: star(), urls: star(), ..Rule::default() });
    }
    if authorizer.has(super::Mode::Rbac) {
        let (rules, error) = authorizer.rbac.rules_for(caller, namespace);
        found.extend(rules);
        errors.extend(error);
    }
    let list = |values: &[String]| if values.is_empty() { Value::Null } else { json!(values) };
    let resource_rules: Vec<Value> = found
        .iter()
        .filter(|rule| !rule.resources.is_empty())
        .map(|rule| {
            let mut out = Map::new();
            out.insert("verbs".into(), json!(rule.verbs));
            for (field, values) in [
                ("apiGroups", &rule.groups),
                ("resources", &rule.resources),
                ("resourceNames", &rule.names),
            ] {
                if !values.is_empty() {
                    out.insert(field.into(), list(values));
                }
            }
            Value::Object(out)
        })
        .collect();
    let path_rules: Vec<Value> = found
        .iter()
        .filter(|rule| !rule.urls.is_empty())
        .map(|rule| json!({"verbs": rule.verbs, "nonResourceURLs": rule.urls}))
        .collect();
    let mut status = json!({
        "resourceRules": resource_rules,
        "nonResourceRules": path_rules,
        "incomplete": incomplete,
    });
    if let Some(error) = pintle_machinery::field::aggregate(errors) {
        status["evaluationError"] = error.into();
    }
    Ok(json!({
        "apiVersion": "authorization.k8s.io/v1",
        "kind": "SelfSubjectRulesReview",
        "metadata": {},
        "spec": {},
        "status": status,
    }))
}

/// `UserInfo` of `authentication.k8s.io` in canonical form.
pub fn user_info(user: &User) -> Value {
    let mut out = Map::new();
    let texts = [("username", &user.name), ("uid", &user.uid)];
    for (field, value) in texts.into_iter().filter(|(_, value)| !value.is_empty()) {
        out.insert(field.into(), value.clone().into());
    }
    if !user.groups.is_empty() {
        out.insert("groups".into(), json!(user.groups));
    }
    if !user.extra.is_empty() {
        let extra: &BTreeMap<String, Vec<String>> = &user.extra;
        out.insert("extra".into(), json!(extra));
    }
    Value::Object(out)
}

/// Answers a `SelfSubjectReview`; `created` is now in RFC 3339.
pub fn whoami(caller: &User, created: &str) -> Value {
    json!({
        "apiVersion": "authentication.k8s.io/v1",
        "kind": "SelfSubjectReview",
        "metadata": {"creationTimestamp": created},
        "status": {"userInfo": user_info(caller)},
    })
}
