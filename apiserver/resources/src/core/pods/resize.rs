//! What a resize of a pod may do (`core/validation.ValidatePodResize`).

use pintle_engine::{Errors, Value, meta};
use pintle_machinery::path::ValueExt;

use super::qos;

const LISTS: [&str; 2] = ["initContainers", "containers"];
const MIRROR: &str = "kubernetes.io/config.mirror";

/// Collects what is wrong, after the rules for the pod itself. Pods that can't be resized at all
/// are told nothing else.
pub(super) fn validate(pod: &Value, old: &Value, errors: &mut Errors) {
    let unfit = [
        (old.at(&["metadata", "annotations", MIRROR]).is_some(), "static"),
        (old.str_at(&["spec", "os", "name"]) == Some("windows"), "windows"),
    ];
    if let Some((_, what)) = unfit.into_iter().find(|(unfit, _)| *unfit) {
        errors.retain(|_| false);
        errors.forbidden("", format!("{what} pods cannot be resized"));
        return;
    }
    let class = old.str_at(&["status", "qosClass"]).unwrap_or_default();
    let stored = if class.is_empty() { qos::class(old) } else { class };
    if qos::class(pod) != stored {
        let detail = "Pod QOS Class may not change as a result of resizing";
        errors.invalid("spec", class, detail);
    }
    if !is_supported(old) {
        errors.forbidden("spec", "Pod running on node without support for resize");
    }
    let mut copy = pod.at(&["spec"]).cloned().unwrap_or_default();
    let before = &old["spec"];
    pod_level(pod, old, &mut copy, errors);
    if !same_order(pod, old, errors) {
        return;
    }
    for list in LISTS {
        let path: &[&str] = &["spec", list];
        for (index, (new, old)) in pod.list_at(path).iter().zip(old.list_at(path)).enumerate() {
            let path = format!("spec.{list}[{index}].resources");
            not_removed(&new["resources"], &old["resources"], &path, "resource", errors);
        }
    }
    containers(&mut copy, before, errors);
    init_containers(&mut copy, before, errors);
    if !same(copy.at(&["volumes"]), before.at(&["volumes"])) {
        let detail = "volumes are immutable on resize when InPlacePodVerticalScalingMemoryBackedVolumes feature gate is disabled";
        errors.forbidden("spec.volumes", detail);
    }
    if errors.is_empty() && !meta::semantic_equal(&copy, before) {
        errors.forbidden("spec", "only cpu and memory resources are mutable");
    }
}

fn same(one: Option<&Value>, other: Option<&Value>) -> bool {
    let or_null = |value: Option<&Value>| value.cloned().unwrap_or_default();
    meta::semantic_equal(&or_null(one), &or_null(other))
}

/// `isPodResizeRequestSupported`: a kubelet that can resize tells what is in force.
fn is_supported(pod: &Value) -> bool {
    let statuses = pod.list_at(&["status", "containerStatuses"]);
    let running = statuses.iter().find(|status| status.at(&["state", "running"]).is_some());
    running.is_none_or(|status| status.at(&["resources"]).is_some())
}

/// `validatePodLevelResourcesResize`; makes the copy's resources the old ones where they may
/// change.
fn pod_level(pod: &Value, old: &Value, copy: &mut Value, errors: &mut Errors) {
    let of = |pod: &Value| pod.at(&["spec", "resources"]).cloned();
    let (new, before) = (of(pod), of(old));
    let filled = |resources: &Option<Value>| {
        let size = |field: &str| {
            resources.as_ref().and_then(|it| it.map_at(&[field])).map_or(0, serde_json::Map::len)
        };
        size("requests") + size("limits") > 0
    };
    if !filled(&new) && !filled(&before) {
        return;
    }
    let Some(mut new) = new else {
        errors.forbidden("spec.resources", "pod-level resources cannot be removed");
        return;
    };
    if let Some(before) = &before {
        not_removed(&new, before, "spec.resources", "pod-level resource", errors);
    }
    drop_changes(&mut new, before.as_ref().unwrap_or(&Value::Null));
    let empty = !filled(&Some(new.clone())) && new.list_at(&["claims"]).is_empty();
    if before.is_none() && empty {
        copy.remove_at(&["resources"]);
    } else {
        copy.set(&["resources"], new);
    }
    if !same(copy.at(&["resources"]), before.as_ref()) {
        errors.forbidden("spec", "only cpu and memory resources are mutable at pod-level");
    }
}

/// Gives cpu and memory their old amounts (`dropCPUMemoryUpdates`).
fn drop_changes(resources: &mut Value, old: &Value) {
    for field in ["requests", "limits"] {
        for name in ["cpu", "memory"] {
            match old.at(&[field, name]) {
                Some(amount) => resources.set(&[field, name], amount.clone()),
                None => {
                    resources.remove_at(&[field, name]);
                }
            }
        }
        if resources.map_at(&[field]).is_some_and(serde_json::Map::is_empty)
            && old.map_at(&[field]).is_none()
        {
            resources.remove_at(&[field]);
        }
    }
}

/// `resourcesRemoved`.
fn not_removed(new: &Value, old: &Value, path: &str, what: &str, errors: &mut Errors) {
    for field in ["requests", "limits"] {
        let left = |name: &String| new.at(&[field, name]).is_some();
        if !old.map_at(&[field]).into_iter().flat_map(serde_json::Map::keys).all(left) {
            let detail = format!("{what} {field} cannot be removed");
            errors.forbidden(format_args!("{path}.{field}"), detail);
        }
    }
}

/// `validatePodResizeContainerOrdering`.
fn same_order(pod: &Value, old: &Value, errors: &mut Errors) -> bool {
    let before = errors.len();
    for list in ["containers", "initContainers"] {
        let path: &[&str] = &["spec", list];
        let (new, old) = (pod.list_at(path), old.list_at(path));
        if new.len() != old.len() {
            let detail = format!("{list} may not be added or removed on resize");
            errors.forbidden(format_args!("spec.{list}"), detail);
            continue;
        }
        for (index, _) in
            new.iter().zip(old).enumerate().filter(|(_, (n, o))| n["name"] != o["name"])
        {
            let detail = format!("{list} may not be renamed or reordered on resize");
            errors.forbidden(format_args!("spec.{list}[{index}].name"), detail);
        }
    }
    errors.len() == before
}

fn containers(copy: &mut Value, before: &Value, errors: &mut Errors) {
    let old = before.list_at(&["containers"]).to_vec();
    let list = copy.at_mut(&["containers"]).and_then(Value::as_array_mut);
    for (new, old) in list.into_iter().flatten().zip(&old) {
        drop_changes(&mut new["resources"], &old["resources"]);
        if !meta::semantic_equal(new, old) {
            errors.forbidden("spec", "only cpu and memory resources are mutable");
        }
    }
}

fn init_containers(copy: &mut Value, before: &Value, errors: &mut Errors) {
    let old = before.list_at(&["initContainers"]).to_vec();
    let list = copy.at_mut(&["initContainers"]).and_then(Value::as_array_mut);
    for (index, (new, old)) in list.into_iter().flatten().zip(&old).enumerate() {
        let path = format!("spec.initContainers[{index}]");
        let modified = !meta::semantic_equal(new, old);
        drop_changes(&mut new["resources"], &old["resources"]);
        if !meta::semantic_equal(new, old) {
            let detail = "only cpu and memory resources for init or sidecar containers are mutable";
            errors.forbidden(&path, detail);
        }
        let stays = new.str_at(&["restartPolicy"]) == Some("Always");
        let restarts =
            |policy: &&Value| policy.str_at(&["restartPolicy"]) == Some("RestartContainer");
        for _ in new.list_at(&["resizePolicy"]).iter().filter(restarts) {
            if modified && !stays {
                let detail = "non-sidecar init containers with a resize policy of RestartContainer cannot be resized";
                errors.forbidden(&path, detail);
            }
        }
    }
}
