//! The plugin table, in the order in which filters run.

mod image_locality;
mod node_affinity;
mod node_name;
mod node_ports;
mod node_resources_balanced_allocation;
mod node_resources_fit;
mod node_unschedulable;
mod taint_toleration;

use crate::plugin::Plugin;

/// Filters and scores. Queue order (`PrioritySort`), gates (`SchedulingGates`) and binding
/// (`DefaultBinder`) are not functions of a pod and a node: they are the queue and the binder.
pub const PLUGINS: &[Plugin] = &[
    node_unschedulable::PLUGIN,
    node_name::PLUGIN,
    taint_toleration::PLUGIN,
    node_affinity::PLUGIN,
    node_ports::PLUGIN,
    node_resources_fit::PLUGIN,
    node_resources_balanced_allocation::PLUGIN,
    image_locality::PLUGIN,
];

/// Name of the plugin whose rejection means that a pod waits for its gates.
pub const SCHEDULING_GATES: &str = "SchedulingGates";

#[cfg(test)]
mod tests;
