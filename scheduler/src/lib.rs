//! kube-scheduler: queue, snapshot, cycle, one file per plugin.

pub mod cycle;
pub mod node;
pub mod plugin;
pub mod plugins;
pub mod queue;
pub mod resources;
mod toleration;
