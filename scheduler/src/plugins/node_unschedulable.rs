//! `NodeUnschedulable`: keeps pods off cordoned nodes, unless they tolerate the taint that says so.

use crate::node::NodeInfo;
use crate::plugin::{Cycle, Plugin, now_passes};
use crate::toleration::tolerates;

/// The row.
pub(super) const PLUGIN: Plugin = Plugin {
    name: "NodeUnschedulable",
    filter: Some(filter),
    requeue_on: |pod, change| now_passes(pod, change, filter),
    ..Plugin::NONE
};

fn filter(cycle: &Cycle<'_>, node: &NodeInfo) -> Vec<String> {
    let taint = k8s_openapi::api::core::v1::Taint {
        key: "node.kubernetes.io/unschedulable".into(),
        effect: "NoSchedule".into(),
        ..Default::default()
    };
    if !node.unschedulable() || tolerates(&cycle.pod.pod, &taint) {
        return Vec::new();
    }
    vec!["node(s) were unschedulable".into()]
}
