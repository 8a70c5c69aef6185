//! How nodes run pods.

pub mod runtimeclasses;
mod validation;
