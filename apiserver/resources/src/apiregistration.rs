//! Servers of other versions.

pub mod apiservices;
mod validation;
