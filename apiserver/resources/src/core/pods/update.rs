//! What of a pod may change (`core/validation.ValidatePodUpdate` and its siblings).

use pintle_engine::{Errors, Value, meta};
use pintle_machinery::name::in_range;
use pintle_machinery::path::ValueExt;

/// What may change, in upstream's words (`updatablePodSpecFields`).
const UPDATABLE: &str = "`spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)";

/// `ValidatePodUpdate`.
pub(crate) fn spec(pod: &Value, old: &Value, errors: &mut Errors) {
    for list in ["containers", "initContainers"] {
        if pod.list_at(&["spec", list]).len() != old.list_at(&["spec", list]).len() {
            let detail = "pod updates may not add or remove containers";
            errors.forbidden(format_args!("spec.{list}"), detail);
            return;
        }
    }
    if deadline(pod, old, errors) {
        return;
    }
    let tolerations: &[&str] = &["spec", "tolerations"];
    let new_tolerations = pod.list_at(tolerations);
    let same = |a: &Value, b: &Value| {
        ["key", "operator", "value", "effect"].iter().all(|field| a.get(field) == b.get(field))
            && (a.get("effect") == Some(&"NoExecute".into())
                || a.get("tolerationSeconds") == b.get("tolerationSeconds"))
    };
    if old
        .list_at(tolerations)
        .iter()
        .any(|kept| !new_tolerations.iter().any(|new| same(new, kept)))
    {
        let detail = "existing toleration can not be modified except its tolerationSeconds";
        errors.forbidden("spec.tolerations", detail);
    }
    let gates: &[&str] = &["spec", "schedulingGates"];
    for (index, gate) in pod.list_at(gates).iter().enumerate() {
        if !old.list_at(gates).contains(gate) {
            let detail = "only deletion is allowed, but found new scheduling gate";
            let name = gate.str_at(&["name"]).unwrap_or_default();
            let path = format!("spec.schedulingGates[{index}].name");
            errors.forbidden(path, format!("{detail} '{name}'"));
        }
    }
    let munged = munged(pod, old);
    let before = old.at(&["spec"]).cloned().unwrap_or_default();
    if !meta::semantic_equal(&munged, &before) {
        let changed = changes(&before, &munged);
        let detail = format!("pod updates may not change fields other than {UPDATABLE}\n{changed}");
        errors.forbidden("spec", detail);
    }
}

/// The deadline may be set or shortened; says whether an error ends the checks.
fn deadline(pod: &Value, old: &Value, errors: &mut Errors) -> bool {
    let path = "spec.activeDeadlineSeconds";
    let of = |pod: &Value| pod.i64_at(&["spec", "activeDeadlineSeconds"]);
    match (of(pod), of(old)) {
        (Some(new), _) if !(0..=2_147_483_647).contains(&new) => {
            errors.invalid_each(path, new, in_range(new, 0, 2_147_483_647));
            true
        }
        (Some(new), Some(before)) if before < new => {
            errors.invalid(path, new, "must be less than or equal to previous value");
            true
        }
        (None, Some(_)) => {
            let detail = "must not update from a positive integer to nil value";
            errors.invalid(path, Value::Null, detail);
            false
        }
        _ => false,
    }
}

/// The new spec with what may change taken from the old one.
fn munged(pod: &Value, old: &Value) -> Value {
    let mut spec = pod.at(&["spec"]).cloned().unwrap_or_default();
    let before = &old["spec"];
    for list in ["containers", "initContainers"] {
        let containers = spec.at_mut(&[list]).and_then(Value::as_array_mut);
        for (new, old) in containers.into_iter().flatten().zip(before.list_at(&[list])) {
            copy(new, old, "image");
        }
    }
    for field in ["activeDeadlineSeconds", "schedulingGates", "tolerations"] {
        copy(&mut spec, before, field);
    }
    let grace: &[&str] = &["terminationGracePeriodSeconds"];
    if before.i64_at(grace).is_some_and(|seconds| seconds < 0) && spec.i64_at(grace) == Some(1) {
        copy(&mut spec, before, grace[0]);
    }
    if !before.list_at(&["schedulingGates"]).is_empty() {
        let grown = before
            .map_at(&["nodeSelector"])
            .into_iter()
            .flatten()
            .all(|(key, value)| spec.at(&["nodeSelector", key]) == Some(value));
        if grown {
            copy(&mut spec, before, "nodeSelector");
        }
    }
    spec
}

fn copy(to: &mut Value, from: &Value, field: &str) {
    match from.at(&[field]) {
        Some(value) => to.set(&[field], value.clone()),
        None => {
            to.remove_at(&[field]);
        }
    }
}

/// The fields that differ, old lines marked with `-` and new ones with `+`.
fn changes(old: &Value, new: &Value) -> String {
    let mut lines = Vec::new();
    let keys = |value: &Value| {
        value.as_object().into_iter().flat_map(|map| map.keys().cloned()).collect::<Vec<_>>()
    };
    let mut names = keys(old);
    names.extend(keys(new));
    names.sort();
    names.dedup();
    let null = Value::Null;
    for name in names {
        let (before, after) = (old.get(&name).unwrap_or(&null), new.get(&name).unwrap_or(&null));
        if !meta::semantic_equal(before, after) {
            for (mark, value) in [("-", before), ("+", after)] {
                let text = pintle_machinery::json::to_string(value);
                lines.push(format!("{mark} {}: {text},", pintle_machinery::json::quote(&name)));
            }
        }
    }
    lines.join("\n")
}

/// `ValidatePodStatusUpdate`.
pub(crate) fn status(pod: &Value, old: &Value, errors: &mut Errors) {
    let node = |pod: &Value| pod.str_at(&["spec", "nodeName"]).unwrap_or_default().to_owned();
    if node(pod) != node(old) {
        errors.forbidden("status.nodeName", "may not be changed directly");
    }
    let name = pod.str_at(&["status", "nominatedNodeName"]).unwrap_or_default();
    if !name.is_empty() {
        let messages = pintle_machinery::name::dns1123_subdomain(name);
        errors.invalid_each("status.nominatedNodeName", name, messages);
    }
}

/// `ValidatePodEphemeralContainersUpdate`.
pub(crate) fn ephemeral_containers(pod: &Value, old: &Value, errors: &mut Errors) {
    let path: &[&str] = &["spec", "ephemeralContainers"];
    let new = pod.list_at(path);
    for kept in old.list_at(path) {
        let name = kept.str_at(&["name"]).unwrap_or_default();
        let same = new.iter().find(|one| one["name"] == kept["name"]);
        match same {
            None => errors.forbidden(
                "spec.ephemeralContainers",
                format!(
                    "existing ephemeral containers {} may not be removed\n",
                    pintle_machinery::json::quote(name)
                ),
            ),
            Some(one) if !meta::semantic_equal(one, kept) => errors.forbidden(
                "spec.ephemeralContainers",
                format!(
                    "existing ephemeral containers {} may not be changed\n",
                    pintle_machinery::json::quote(name)
                ),
            ),
            Some(_) => {}
        }
    }
}
