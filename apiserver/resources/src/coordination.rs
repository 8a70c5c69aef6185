//! Locks between components.

pub mod leases;
