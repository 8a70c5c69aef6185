//! The resource table: one file per resource.

pub mod defaults;
