//! kube-controller-manager: the controllers of the table as one process.

mod manager;

pub use manager::{Config, Ended, Rate, run, start};
