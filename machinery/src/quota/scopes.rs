//! The scopes of quotas: which objects one is about.

use crate::path::ValueExt;
use crate::selector::LabelSelector;
use crate::{Map, Value};

use super::is_terminating;

/// A quota's scopes and scope selectors as selectors (`getScopeSelectorsFromQuota`).
pub fn selectors(quota: &Value) -> Vec<Value> {
    let plain = quota.list_at(&["spec", "scopes"]).iter();
    let plain = plain.map(|scope| serde_json::json!({"scopeName": scope, "operator": "Exists"}));
    let given = quota.list_at(&["spec", "scopeSelector", "matchExpressions"]);
    plain.chain(given.iter().cloned()).collect()
}

pub(super) fn pod(selector: &Value, pod: &Value) -> bool {
    match selector.str_at(&["scopeName"]).unwrap_or_default() {
        "Terminating" => is_terminating(pod),
        "NotTerminating" => !is_terminating(pod),
        "BestEffort" => is_best_effort(pod),
        "NotBestEffort" => !is_best_effort(pod),
        scope @ "PriorityClass" => {
            let class = pod.str_at(&["spec", "priorityClassName"]).filter(|name| !name.is_empty());
            named(selector, scope, &class.into_iter().collect::<Vec<_>>())
        }
        "CrossNamespacePodAffinity" => reaches_other_namespaces(pod),
        _ => false,
    }
}

pub(super) fn volume_claim(selector: &Value, claim: &Value) -> bool {
    let scope = "VolumeAttributesClass";
    if selector.str_at(&["scopeName"]) != Some(scope) {
        return false;
    }
    let paths: [&[&str]; 3] = [
        &["spec", "volumeAttributesClassName"],
        &["status", "currentVolumeAttributesClassName"],
        &["status", "modifyVolumeStatus", "targetVolumeAttributesClassName"],
    ];
    let names = paths.into_iter().filter_map(|path| claim.str_at(path));
    named(selector, scope, &names.filter(|name| !name.is_empty()).collect::<Vec<_>>())
}

/// Whether one of the names, or having none, meets the selector
/// (`ScopedResourceSelectorRequirementsAsSelector`).
fn named(selector: &Value, scope: &str, names: &[&str]) -> bool {
    if selector.str_at(&["operator"]) == Some("Exists") {
        return !names.is_empty();
    }
    let mut requirement = selector.clone();
    requirement.set(&["key"], scope);
    let requirement = serde_json::json!({"matchExpressions": [requirement]});
    let Ok(requirement) = LabelSelector::from_value(Some(&requirement)) else { return false };
    if names.is_empty() {
        return requirement.matches(Some(&Map::new()));
    }
    names.iter().any(|name| requirement.matches_with(|_| Some(*name)))
}

/// The server has written the class into the status of every pod (`qos.GetPodQOS`).
fn is_best_effort(pod: &Value) -> bool {
    pod.str_at(&["status", "qosClass"]) == Some("BestEffort")
}

/// `usesCrossNamespacePodAffinity`.
fn reaches_other_namespaces(pod: &Value) -> bool {
    let reaches = |term: &Value| {
        !term.list_at(&["namespaces"]).is_empty() || term.at(&["namespaceSelector"]).is_some()
    };
    ["podAffinity", "podAntiAffinity"].into_iter().any(|kind| {
        let of = |list| pod.list_at(&["spec", "affinity", kind, list]).iter();
        of("requiredDuringSchedulingIgnoredDuringExecution").any(reaches)
            || of("preferredDuringSchedulingIgnoredDuringExecution")
                .any(|weighted| weighted.at(&["podAffinityTerm"]).is_some_and(reaches))
    })
}
