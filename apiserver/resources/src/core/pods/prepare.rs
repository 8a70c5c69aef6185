//! What the server decides about a pod before it is stored (`pod.podStrategy`).

use pintle_engine::{Context, Value, meta};
use pintle_machinery::Map;
use pintle_machinery::path::ValueExt;
use serde_json::json;

use super::qos;

/// `PrepareForCreate` and `PrepareForUpdate` of the pod and its subresources.
pub(crate) fn prepare(ctx: &Context<'_>, pod: &mut Value, old: Option<&Value>) {
    let Some(old) = old else { return create(pod) };
    match ctx.subresource {
        "status" => status(pod, old),
        "ephemeralcontainers" => ephemeral_containers(pod, old),
        "resize" => resize(pod, old),
        _ => {
            if pod.at(&["spec", "resources"]).is_none()
                && let Some(resources) = old.at(&["spec", "resources"])
            {
                pod.set(&["spec", "resources"], resources.clone());
            }
        }
    }
}

fn create(pod: &mut Value) {
    let mut status = json!({"phase": "Pending", "qosClass": qos::class(pod)});
    if !pod.list_at(&["spec", "schedulingGates"]).is_empty() {
        status["conditions"] = json!([{
            "type": "PodScheduled",
            "status": "False",
            "lastProbeTime": null,
            "lastTransitionTime": null,
            "reason": "SchedulingGated",
            "message": "Scheduling is blocked due to non-empty scheduling gates",
        }]);
    }
    pod.set(&["status"], status);
    let labels = meta::map(pod, "labels").cloned().unwrap_or_default();
    for kind in ["podAffinity", "podAntiAffinity"] {
        let path = ["spec", "affinity", kind, "requiredDuringSchedulingIgnoredDuringExecution"];
        for term in items(pod, &path) {
            merge_label_keys(term, &labels);
        }
        let path = ["spec", "affinity", kind, "preferredDuringSchedulingIgnoredDuringExecution"];
        for weighted in items(pod, &path) {
            if let Some(term) = weighted.at_mut(&["podAffinityTerm"]) {
                merge_label_keys(term, &labels);
            }
        }
    }
    for constraint in items(pod, &["spec", "topologySpreadConstraints"]) {
        merge_label_keys(constraint, &labels);
    }
}

fn items<'a>(pod: &'a mut Value, path: &[&str]) -> impl Iterator<Item = &'a mut Value> {
    pod.at_mut(path).and_then(Value::as_array_mut).into_iter().flatten()
}

/// The values that a pod has for the keys become part of the selector
/// (`applyMatchLabelKeysAndMismatchLabelKeys`, `applyMatchLabelKeys`).
fn merge_label_keys(term: &mut Value, labels: &Map<String, Value>) {
    if !term.at(&["labelSelector"]).is_some_and(Value::is_object) {
        return;
    }
    for (field, operator) in [("matchLabelKeys", "In"), ("mismatchLabelKeys", "NotIn")] {
        let keys = term.list_at(&[field]).to_vec();
        let found = keys.iter().filter_map(|key| Some((key, labels.get(key.as_str()?)?)));
        let added: Vec<Value> = found
            .map(|(key, value)| json!({"key": key, "operator": operator, "values": [value]}))
            .collect();
        if !added.is_empty() {
            let path = ["labelSelector", "matchExpressions"];
            let mut expressions = term.list_at(&path).to_vec();
            expressions.extend(added);
            term.set(&path, expressions);
        }
    }
}

/// `podStatusStrategy.PrepareForUpdate`.
fn status(pod: &mut Value, old: &Value) {
    meta::set(pod, "deletionTimestamp", Value::Null);
    meta::copy(pod, old, "ownerReferences");
    for field in [
        "qosClass",
        "observedGeneration",
        "resourceClaimStatuses",
        "extendedResourceClaimStatus",
        "nodeAllocatableResourceClaimStatuses",
    ] {
        let path = ["status", field];
        if pod.at(&path).is_none()
            && let Some(kept) = old.at(&path)
        {
            pod.set(&path, kept.clone());
        }
    }
    let mut before = old.list_at(&["status", "conditions"]).to_vec();
    for condition in items(pod, &["status", "conditions"]) {
        let Some(index) = before.iter().position(|one| one["type"] == condition["type"]) else {
            continue;
        };
        let kept = before.remove(index);
        if condition.i64_at(&["observedGeneration"]).unwrap_or(0) == 0
            && let Some(generation) = kept.at(&["observedGeneration"])
        {
            condition.set(&["observedGeneration"], generation.clone());
        }
    }
}

/// Only the ephemeral containers may be others (`dropNonEphemeralContainerUpdates`).
fn ephemeral_containers(pod: &mut Value, old: &Value) {
    let containers = pod.at(&["spec", "ephemeralContainers"]).cloned();
    keep(pod, old);
    match containers {
        Some(containers) => pod.set(&["spec", "ephemeralContainers"], containers),
        None => {
            pod.remove_at(&["spec", "ephemeralContainers"]);
        }
    }
}

/// Only resources and their resize policy may be others (`dropNonResizeUpdates`).
fn resize(pod: &mut Value, old: &Value) {
    let lists = ["containers", "initContainers"];
    let length = |object: &Value, list: &str| object.list_at(&["spec", list]).len();
    if lists.iter().any(|list| length(pod, list) != length(old, list)) {
        return;
    }
    let merged =
        lists.map(|list| merged(pod.list_at(&["spec", list]), old.list_at(&["spec", list])));
    let resources = pod.at(&["spec", "resources"]).cloned();
    keep(pod, old);
    for (list, containers) in lists.into_iter().zip(merged) {
        if !containers.is_empty() {
            pod.set(&["spec", list], containers);
        }
    }
    if let Some(resources) = resources {
        pod.set(&["spec", "resources"], resources);
    }
}

fn merged(new: &[Value], old: &[Value]) -> Vec<Value> {
    if new.iter().zip(old).any(|(new, old)| new["name"] != old["name"]) {
        return new.to_vec();
    }
    let pairs = new.iter().zip(old);
    pairs
        .map(|(new, old)| {
            let mut container = old.clone();
            for field in ["resources", "resizePolicy"] {
                match new.at(&[field]) {
                    Some(value) => container.set(&[field], value.clone()),
                    None => {
                        container.remove_at(&[field]);
                    }
                }
            }
            container
        })
        .collect()
}

/// Takes spec, status and the metadata that status writes may not touch from the old pod.
fn keep(pod: &mut Value, old: &Value) {
    for field in ["spec", "status"] {
        pod.set(&[field], old.at(&[field]).cloned().unwrap_or_default());
    }
    for field in ["deletionTimestamp", "labels", "annotations", "finalizers", "ownerReferences"] {
        meta::copy(pod, old, field);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_pod_is_pending() {
        let mut pod = json!({"metadata": {"labels": {"app": "x"}}, "spec": {
            "containers": [{"name": "a"}], "schedulingGates": [{"name": "g"}],
            "topologySpreadConstraints": [{"labelSelector": {}, "matchLabelKeys": ["app", "no"]}],
        }, "status": {"phase": "Running"}});
        create(&mut pod);
        assert_eq!(pod["status"]["phase"], "Pending");
        assert_eq!(pod["status"]["qosClass"], "BestEffort");
        assert_eq!(pod["status"]["conditions"][0]["reason"], "SchedulingGated");
        assert_eq!(
            pod["spec"]["topologySpreadConstraints"][0]["labelSelector"],
            json!({"matchExpressions": [{"key": "app", "operator": "In", "values": ["x"]}]})
        );
    }

    #[test]
    fn a_resize_changes_resources_alone() {
        let old = json!({"metadata": {}, "spec": {"nodeName": "n", "containers": [
            {"name": "a", "image": "i", "resources": {}}]}, "status": {}});
        let mut new = json!({"metadata": {"labels": {"a": "b"}}, "spec": {"containers": [
            {"name": "a", "image": "j", "resources": {"requests": {"cpu": "1"}}}]}});
        resize(&mut new, &old);
        assert_eq!(
            new,
            json!({"metadata": {}, "spec": {"nodeName": "n", "containers": [
                {"name": "a", "image": "i", "resources": {"requests": {"cpu": "1"}}}]}, "status": {}})
        );
    }
}
