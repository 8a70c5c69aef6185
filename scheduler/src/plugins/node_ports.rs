//! `NodePorts`: no two pods on a node share a host port.

use crate::node::NodeInfo;
use crate::plugin::{Change, Cycle, Plugin, now_passes};

/// The row.
pub(super) const PLUGIN: Plugin = Plugin {
    name: "NodePorts",
    filter: Some(filter),
    requeue_on: |pod, change| match change {
        Change::PodGone(gone) => gone.host_ports.iter().any(|p| pod.host_ports.contains(p)),
        change => now_passes(pod, change, filter),
    },
    ..Plugin::NONE
};

fn filter(cycle: &Cycle<'_>, node: &NodeInfo) -> Vec<String> {
    if cycle.pod.host_ports.iter().any(|port| node.port_taken(port)) {
        return vec!["node(s) didn't have free ports for the requested pod ports".into()];
    }
    Vec::new()
}
