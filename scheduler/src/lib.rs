//! kube-scheduler: queue, snapshot, cycle, one file per plugin.

mod cluster;
pub mod command;
pub mod cycle;
pub mod node;
pub mod plugin;
pub mod plugins;
pub mod queue;
pub mod resources;
mod scheduler;
mod toleration;

pub use scheduler::{Config, Scheduler};
