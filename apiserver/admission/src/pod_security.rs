//! `PodSecurity`: pods keep to the standard that their namespace asks for
//! (`pod-security-admission/admission`, `plugin/pkg/admission/security/podsecurity`).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use pintle_engine::Lookup;
use pintle_engine::admission::{Attributes, Operation, Plugin};
use pintle_machinery::Value;
use pintle_machinery::field::Errors;
use pintle_machinery::json::quote;
use pintle_machinery::path::ValueExt as _;
use pintle_machinery::status::{GroupKind, Status};

use crate::forbidden;

mod checks;
mod policy;

use checks::{Pod, details, evaluate, reasons};
use policy::{Level, Policy, Standard};

/// The row.
pub(crate) const PLUGIN: Plugin =
    Plugin { name: "PodSecurity", validate: Some(validate), ..Plugin::NONE };

/// Subresources of pods that do not change what runs.
const IGNORED: &[&str] =
    &["exec", "attach", "binding", "eviction", "log", "portforward", "proxy", "status"];

/// No more pods than these are looked at when a namespace gets stricter.
const MAX_PODS: usize = 3000;

fn validate(
    attributes: &Attributes<'_>,
    object: &Value,
    old: Option<&Value>,
    lookup: &dyn Lookup,
) -> Result<(), Status> {
    let template: &[&str] = match (attributes.group, attributes.resource) {
        ("", "namespaces") => return validate_namespace(attributes, object, old, lookup),
        ("", "pods") => return validate_pod(attributes, object, old, lookup),
        ("", "podtemplates") => &["template"],
        ("", "replicationcontrollers")
        | ("apps", "replicasets" | "deployments" | "statefulsets" | "daemonsets")
        | ("batch", "jobs") => &["spec", "template"],
        ("batch", "cronjobs") => &["spec", "jobTemplate", "spec", "template"],
        _ => return Ok(()),
    };
    let (Some(template), true) = (object.at(template), attributes.subresource.is_empty()) else {
        return Ok(());
    };
    let Some(namespace) = lookup.get("", "namespaces", "", attributes.namespace) else {
        return Ok(());
    };
    let policy = Policy::of(&namespace, &mut Errors::new());
    warn(attributes, template, policy.warn);
    Ok(())
}

fn warn(attributes: &Attributes<'_>, object: &Value, standard: Standard) {
    let violations = evaluate(Pod { object }, standard);
    if !violations.is_empty() {
        let standard = quote(&standard.to_string());
        let details = details(&violations);
        attributes.warnings.push(format!("would violate PodSecurity {standard}: {details}"));
    }
}

/// `ValidatePod`.
fn validate_pod(
    attributes: &Attributes<'_>,
    pod: &Value,
    old: Option<&Value>,
    lookup: &dyn Lookup,
) -> Result<(), Status> {
    if IGNORED.contains(&attributes.subresource) {
        return Ok(());
    }
    let name = attributes.namespace;
    let namespace = lookup.get("", "namespaces", "", name).ok_or_else(|| {
        Status::internal_error(format!("failed to lookup namespace {}", quote(name)))
    })?;
    let update = attributes.operation == Operation::Update;
    if update && old.is_some_and(|old| !is_significant(pod, old)) {
        return Ok(());
    }
    let policy = Policy::of(&namespace, &mut Errors::new());
    let violations = evaluate(Pod { object: pod }, policy.enforce);
    if !violations.is_empty() {
        let standard = quote(&policy.enforce.to_string());
        let reason = format!("violates PodSecurity {standard}: {}", details(&violations));
        return Err(forbidden(attributes, reason));
    }
    warn(attributes, pod, policy.warn);
    Ok(())
}

/// Other images or other containers (`isSignificantPodUpdate`).
fn is_significant(pod: &Value, old: &Value) -> bool {
    let image = |container: &Value| container.str_at(&["image"]).unwrap_or("").to_owned();
    let images = |pod: &Value, list: &str| -> Vec<String> {
        pod.list_at(&["spec", list]).iter().map(image).collect()
    };
    let named = |pod: &Value| -> BTreeMap<String, String> {
        let containers = pod.list_at(&["spec", "ephemeralContainers"]).iter();
        let name = |container: &Value| container.str_at(&["name"]).unwrap_or("").to_owned();
        containers.map(|container| (name(container), image(container))).collect()
    };
    let known = named(old);
    ["containers", "initContainers"].iter().any(|list| images(pod, list) != images(old, list))
        || named(pod).iter().any(|(name, image)| known.get(name) != Some(image))
}

/// `ValidateNamespace`.
fn validate_namespace(
    attributes: &Attributes<'_>,
    namespace: &Value,
    old: Option<&Value>,
    lookup: &dyn Lookup,
) -> Result<(), Status> {
    if !attributes.subresource.is_empty() {
        return Ok(());
    }
    let mut errors = Errors::new();
    let policy = Policy::of(namespace, &mut errors);
    let mut old_errors = Errors::new();
    let old_policy = old.map(|old| Policy::of(old, &mut old_errors));
    if !errors.is_empty() && errors.aggregate() != old_errors.aggregate() {
        let (group, _, kind) = attributes.kind;
        return Err(Status::invalid(GroupKind::new(group, kind), attributes.name, &errors));
    }
    let Some(Policy { enforce: before, .. }) = old_policy else { return Ok(()) };
    let now = policy.enforce;
    let laxer = now.version == before.version && now.level <= before.level;
    if now != before && now.level != Level::Privileged && !laxer {
        let name = namespace.str_at(&["metadata", "name"]).unwrap_or("");
        let pods = lookup.list("", "pods", name);
        for warning in warnings_of(name, now, pods) {
            attributes.warnings.push(warning);
        }
    }
    Ok(())
}

/// What the pods of a namespace have against its new standard (`EvaluatePodsInNamespace`).
fn warnings_of(namespace: &str, enforce: Standard, pods: Vec<Arc<Value>>) -> Vec<String> {
    let total = pods.len();
    let mut counts: BTreeMap<String, (String, usize)> = BTreeMap::new();
    for pod in one_of_each_first(pods).iter().take(MAX_PODS) {
        let violations = evaluate(Pod { object: pod }, enforce);
        if violations.is_empty() {
            continue;
        }
        let name = pod.str_at(&["metadata", "name"]).unwrap_or("");
        let (first, count) =
            counts.entry(reasons(&violations)).or_insert_with(|| (name.to_owned(), 0));
        if name < first.as_str() {
            name.clone_into(first);
        }
        *count += 1;
    }
    let mut warnings = Vec::new();
    if total > MAX_PODS {
        warnings.push(format!(
            "new PodSecurity enforce level only checked against the first {MAX_PODS} of {total} \
             existing pods"
        ));
    }
    if !counts.is_empty() {
        let (namespace, standard) = (quote(namespace), quote(&enforce.to_string()));
        warnings.push(format!(
            "existing pods in namespace {namespace} violate the new PodSecurity enforce level \
             {standard}"
        ));
    }
    let mut of_pods: Vec<String> = counts
        .into_iter()
        .map(|(reason, (name, count))| match count {
            1 => format!("{name}: {reason}"),
            2 => format!("{name} (and 1 other pod): {reason}"),
            _ => format!("{name} (and {} other pods): {reason}", count - 1),
        })
        .collect();
    of_pods.sort();
    warnings.append(&mut of_pods);
    warnings
}

/// Pods that are the first of their controller come before its others (`prioritizePods`).
fn one_of_each_first(pods: Vec<Arc<Value>>) -> Vec<Arc<Value>> {
    let mut controllers = BTreeSet::new();
    let (mut first, others): (Vec<_>, Vec<_>) = pods.into_iter().partition(|pod| {
        let owners = pod.list_at(&["metadata", "ownerReferences"]).iter();
        let mut controller = owners.filter(|owner| owner.bool_at(&["controller"]) == Some(true));
        controller
            .next()
            .is_none_or(|owner| controllers.insert(owner.str_at(&["uid"]).unwrap_or("").to_owned()))
    });
    first.extend(others);
    first
}

#[cfg(test)]
mod tests;
