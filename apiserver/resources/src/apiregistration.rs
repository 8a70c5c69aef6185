//! Servers of other versions.

pub mod apiservices;
