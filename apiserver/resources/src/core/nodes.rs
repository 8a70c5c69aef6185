//! `nodes`: machines that pods run on.

use std::collections::BTreeSet;

use pintle_engine::{Column, Context, Errors, Resource, Selectable, Value, age, column, name};
use pintle_machinery::name::qualified_name;
use pintle_machinery::path::ValueExt;

use crate::print::{text, text_or};

/// The row. A kubelet registers its node with the status, so a create keeps it.
pub const NODES: Resource = Resource {
    group: "",
    plural: "nodes",
    resets: &[("", &[&["status"]])],
    own_selectors: true,
    selectable: &[Selectable {
        label: "spec.unschedulable",
        value: |object| object.bool_at(&["spec", "unschedulable"]).unwrap_or(false).to_string(),
    }],
    prepare,
    validate,
    columns: COLUMNS,
    ..Resource::CLUSTER
};

const INFO: &[&str] = &["status", "nodeInfo"];

const COLUMNS: &[Column] = &[
    name(),
    column("Status", |node, _| status(node).into()),
    column("Roles", |node, _| roles(node).into()),
    age(),
    column("Version", |node, _| text(node, &[INFO[0], INFO[1], "kubeletVersion"])),
    column("Internal-IP", |node, _| address(node, "InternalIP")).wide(),
    column("External-IP", |node, _| address(node, "ExternalIP")).wide(),
    column("OS-Image", |node, _| text_or(node, &[INFO[0], INFO[1], "osImage"], "<unknown>")).wide(),
    column("Kernel-Version", |node, _| kernel(node).into()).wide(),
    column("Container-Runtime", |node, _| {
        text_or(node, &[INFO[0], INFO[1], "containerRuntimeVersion"], "<unknown>")
    })
    .wide(),
];

fn status(node: &Value) -> String {
    let conditions = node.list_at(&["status", "conditions"]).iter();
    let ready = conditions.rev().find(|one| one.str_at(&["type"]) == Some("Ready"));
    let status = match ready.map(|condition| condition.str_at(&["status"]) == Some("True")) {
        Some(true) => "Ready",
        Some(false) => "NotReady",
        None => "Unknown",
    };
    match node.bool_at(&["spec", "unschedulable"]) {
        Some(true) => format!("{status},SchedulingDisabled"),
        _ => status.into(),
    }
}

/// `printers.findNodeRoles`.
fn roles(node: &Value) -> String {
    let mut roles = BTreeSet::new();
    for (key, value) in node.map_at(&["metadata", "labels"]).into_iter().flatten() {
        let value = value.as_str().unwrap_or_default();
        match key.strip_prefix("node-role.kubernetes.io/") {
            Some(role) if !role.is_empty() => roles.insert(role),
            None if key == "kubernetes.io/role" && !value.is_empty() => roles.insert(value),
            _ => false,
        };
    }
    if roles.is_empty() {
        return "<none>".into();
    }
    roles.into_iter().collect::<Vec<_>>().join(",")
}

fn address(node: &Value, kind: &str) -> Value {
    let addresses = node.list_at(&["status", "addresses"]).iter();
    let found = addresses.into_iter().find(|one| one.str_at(&["type"]) == Some(kind));
    found.and_then(|one| one.str_at(&["address"])).unwrap_or("<none>").into()
}

fn kernel(node: &Value) -> String {
    let info = |field: &str| node.str_at(&[INFO[0], INFO[1], field]).unwrap_or_default();
    let kernel = match info("kernelVersion") {
        "" => "<unknown>",
        version => version,
    };
    match info("architecture") {
        "" => kernel.into(),
        architecture => format!("{kernel} ({architecture})"),
    }
}

/// `nodeStrategy.PrepareForUpdate`.
fn prepare(ctx: &Context<'_>, node: &mut Value, old: Option<&Value>) {
    let Some(old) = old.filter(|_| ctx.subresource.is_empty()) else { return };
    match old.at(&["status"]) {
        Some(status) => node.set(&["status"], status.clone()),
        None => {
            node.remove_at(&["status"]);
        }
    }
}

/// `core/validation.ValidateNode`, `ValidateNodeUpdate`.
fn validate(_: &Context<'_>, node: &Value, old: Option<&Value>, errors: &mut Errors) {
    validate_taints(node, errors);
    let cidrs = node.list_at(&["spec", "podCIDRs"]);
    for (index, cidr) in cidrs.iter().filter_map(Value::as_str).enumerate() {
        pintle_machinery::ip::validate_cidr(errors, format_args!("spec.podCIDRs[{index}]"), cidr);
    }
    let shown = || node.at(&["spec", "podCIDRs"]).cloned().unwrap_or_default();
    if cidrs.len() > 1 {
        let v6: Vec<bool> =
            cidrs.iter().filter_map(Value::as_str).map(|cidr| cidr.contains(':')).collect();
        if cidrs.len() > 2 || v6.iter().all(|six| *six) || !v6.contains(&true) {
            let detail = "may specify no more than one CIDR for each IP family";
            errors.invalid("spec.podCIDRs", shown(), detail);
        }
    }
    let Some(old) = old else { return };
    let before = old.list_at(&["spec", "podCIDRs"]);
    if !before.is_empty() && before != cidrs {
        errors.forbidden(
            "spec.podCIDRs",
            "node updates may not change podCIDR except from \"\" to valid",
        );
    }
    let (id, old_id) = (text(node, &["spec", "providerID"]), text(old, &["spec", "providerID"]));
    if old_id != "" && id != old_id {
        let detail = "node updates may not change providerID except from \"\" to valid";
        errors.forbidden("spec.providerID", detail);
    }
}

/// `core/validation.validateNodeTaints`.
fn validate_taints(node: &Value, errors: &mut Errors) {
    let mut seen = BTreeSet::new();
    for (index, taint) in node.list_at(&["spec", "taints"]).iter().enumerate() {
        let path = format!("metadata.taints[{index}]");
        let get = |field: &str| taint.str_at(&[field]).unwrap_or_default();
        errors.invalid_each(format_args!("{path}.key"), get("key"), qualified_name(get("key")));
        let messages = pintle_machinery::name::label_value(get("value"));
        if !messages.is_empty() {
            errors.invalid(format_args!("{path}.value"), get("value"), messages.join(";"));
        }
        super::pods::tolerations::taint_effect(
            get("effect"),
            false,
            format!("{path}.effect"),
            errors,
        );
        if !seen.insert((get("key"), get("effect"))) {
            let shown = taint.clone();
            let mut detail = Errors::new();
            detail.duplicate(&path, shown);
            for mut error in detail.iter().cloned() {
                error.detail = "taints must be unique by key and effect pair".into();
                errors.push(error);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn status_and_roles_come_from_conditions_and_labels() {
        let node = json!({
            "metadata": {"labels": {
                "node-role.kubernetes.io/worker": "", "node-role.kubernetes.io/control-plane": "",
                "kubernetes.io/role": "x",
            }},
            "spec": {"unschedulable": true},
            "status": {"conditions": [{"type": "Ready", "status": "Unknown"}],
                "nodeInfo": {"kernelVersion": "6.1", "architecture": "amd64"}},
        });
        assert_eq!(status(&node), "NotReady,SchedulingDisabled");
        assert_eq!(roles(&node), "control-plane,worker,x");
        assert_eq!(kernel(&node), "6.1 (amd64)");
        assert_eq!(status(&json!({})), "Unknown");
    }
}
