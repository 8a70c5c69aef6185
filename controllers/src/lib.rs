//! The controller table, pure: one file per controller.
//!
//! A row decides from the caches and the time what is to be done; `pintle-controller-runtime`
//! does it. Nothing here opens a socket or reads a clock.

mod claim;
pub mod controller;
pub mod deployment;
mod hash;
pub mod kind;
pub mod object;
pub mod plan;
mod pods;
pub mod replicaset;
pub mod settings;
pub mod world;

pub use controller::Controller;
pub use plan::{Action, Plan};
pub use settings::Settings;
pub use world::{Key, Tables, World};

/// The controller table.
pub static CONTROLLERS: &[&Controller] =
    &[&deployment::DEPLOYMENT, &replicaset::REPLICASET, &replicaset::REPLICATIONCONTROLLER];
