//! Kubernetes API machinery as a pure library: no I/O, no clock, no async.

pub mod apply;
pub mod field;
pub mod json;
pub mod name;
pub mod quantity;
pub mod status;
pub mod time;

pub use serde_json::{Map, Number, Value};
