//! `NodeName`: a pod that names its node runs there or nowhere.

use crate::node::NodeInfo;
use crate::plugin::{Cycle, Plugin, now_passes};

/// The row.
pub(super) const PLUGIN: Plugin = Plugin {
    name: "NodeName",
    filter: Some(filter),
    requeue_on: |pod, change| now_passes(pod, change, filter),
    ..Plugin::NONE
};

fn filter(cycle: &Cycle<'_>, node: &NodeInfo) -> Vec<String> {
    let wanted = cycle.pod.pod.spec.as_ref().and_then(|spec| spec.node_name.as_deref());
    match wanted {
        Some(name) if !name.is_empty() && name != node.name() => {
            vec!["node(s) didn't match the requested node name".into()]
        }
        _ => Vec::new(),
    }
}
