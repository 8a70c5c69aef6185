//! The group batch.

pub mod cronjobs;
pub mod jobs;
mod schedule;
mod validation;
