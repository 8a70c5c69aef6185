//! kube-controller-manager: the controllers of the table as one process.
//!
//! [`command::run`] is the program with upstream's flags; [`run`] is the same without flags and listener,
//! for the all-in-one process.

pub mod command;
mod manager;
mod names;
mod signing;

pub use manager::{Config, Ended, Rate, run, start};
pub use names::{UnknownController, enabled};
pub use signing::{Authorities, install};
