//! Kubernetes API machinery as a pure library: no I/O, no clock, no async.

pub mod apply;
pub mod field;
pub mod flags;
pub mod hash;
pub mod ip;
pub mod json;
pub mod json_patch;
pub mod merge_patch;
pub mod name;
pub mod path;
pub mod quantity;
pub mod quota;
pub mod resources;
pub mod selector;
pub mod status;
pub mod strategic;
pub mod time;

pub use serde_json::{Map, Number, Value};
