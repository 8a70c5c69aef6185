//! `pods`: containers that live and die together.

pub(crate) mod columns;
pub(crate) mod containers;
mod downward;
pub(crate) mod node_selector;
mod prepare;
mod projected;
mod qos;
mod resize;
mod security;
pub(crate) mod tolerations;
mod update;
pub(crate) mod validation;
pub(crate) mod volumes;

use pintle_engine::{Resource, ReturnsDeleted, Selectable, Value};
use pintle_machinery::path::ValueExt;

/// The row.
pub const PODS: Resource = Resource {
    group: "",
    plural: "pods",
    has_status: true,
    resets: &[("status", &[&["metadata", "deletionTimestamp"], &["metadata", "ownerReferences"]])],
    owns: &[
        ("ephemeralcontainers", &[&["spec", "ephemeralContainers"]]),
        (
            "resize",
            &[
                &["spec", "containers", "*", "resources"],
                &["spec", "containers", "*", "resizePolicy"],
                &["spec", "initContainers", "*", "resources"],
                &["spec", "initContainers", "*", "resizePolicy"],
            ],
        ),
    ],
    has_generation: true,
    returns_deleted: ReturnsDeleted::Always,
    own_selectors: true,
    grace_seconds: Some(grace_seconds),
    selectable: SELECTABLE,
    prepare: prepare::prepare,
    validate: validation::validate,
    warnings,
    columns: columns::COLUMNS,
    ..Resource::NAMESPACED
};

const fn field(label: &'static str, value: fn(&Value) -> String) -> Selectable {
    Selectable { label, value }
}

fn own(pod: &Value, path: &[&str]) -> String {
    pod.str_at(path).unwrap_or_default().to_owned()
}

/// `pod.ToSelectableFields`.
const SELECTABLE: &[Selectable] = &[
    field("spec.nodeName", |pod| own(pod, &["spec", "nodeName"])),
    field("spec.restartPolicy", |pod| own(pod, &["spec", "restartPolicy"])),
    field("spec.schedulerName", |pod| own(pod, &["spec", "schedulerName"])),
    field("spec.serviceAccountName", |pod| own(pod, &["spec", "serviceAccountName"])),
    field("spec.hostNetwork", |pod| {
        pod.bool_at(&["spec", "hostNetwork"]).unwrap_or(false).to_string()
    }),
    field("status.phase", |pod| own(pod, &["status", "phase"])),
    field("status.podIP", first_ip),
    field("status.podIPs", first_ip),
    field("status.nominatedNodeName", |pod| own(pod, &["status", "nominatedNodeName"])),
];

fn first_ip(pod: &Value) -> String {
    let first = pod.list_at(&["status", "podIPs"]).first();
    first.map(|ip| own(ip, &["ip"])).unwrap_or_default()
}

/// `podStrategy.CheckGracefulDelete`.
fn grace_seconds(pod: &Value, requested: Option<i64>) -> i64 {
    let own_period = pod.i64_at(&["spec", "terminationGracePeriodSeconds"]);
    let period = requested.or(own_period).unwrap_or(0);
    let unplaced = own(pod, &["spec", "nodeName"]).is_empty();
    let phase = own(pod, &["status", "phase"]);
    if unplaced || matches!(phase.as_str(), "Succeeded" | "Failed") {
        return 0;
    }
    if period < 0 { 1 } else { period }
}

/// `podStrategy.WarningsOnCreate`: the name becomes a host name.
fn warnings(pod: &Value, old: Option<&Value>) -> Vec<String> {
    if old.is_some() {
        return Vec::new();
    }
    let messages = pintle_machinery::name::dns1123_label(
        pod.str_at(&["metadata", "name"]).unwrap_or_default(),
    );
    if messages.is_empty() {
        return Vec::new();
    }
    vec![format!(
        "metadata.name: this is used in the Pod's hostname, which can result in surprising behavior; a DNS label is recommended: [{}]",
        messages.join(" ")
    )]
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_placed_and_living_pods_get_grace() {
        let mut pod = json!({"spec": {"terminationGracePeriodSeconds": 30}, "status": {}});
        assert_eq!(grace_seconds(&pod, None), 0);
        pod.set(&["spec", "nodeName"], "n");
        assert_eq!(grace_seconds(&pod, None), 30);
        assert_eq!(grace_seconds(&pod, Some(5)), 5);
        assert_eq!(grace_seconds(&pod, Some(-1)), 1);
        pod.set(&["status", "phase"], "Failed");
        assert_eq!(grace_seconds(&pod, None), 0);
    }
}
