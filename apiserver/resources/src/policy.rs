//! Limits on what may be done to pods.

pub mod poddisruptionbudgets;
mod validation;
