//! The resource table: one file per resource.

pub mod defaults;

use pintle_engine::Resource;

/// The resource table. A catalog resource without a row behaves as [`Resource::DEFAULT`].
pub static RESOURCES: &[&Resource] = &[];
