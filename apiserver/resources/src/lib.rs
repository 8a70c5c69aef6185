//! The resource table: one file per resource.
