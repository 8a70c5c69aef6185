//! Volumes and their drivers.

pub mod csidrivers;
pub mod csinodes;
pub mod csistoragecapacities;
pub mod storageclasses;
pub mod volumeattachments;
pub mod volumeattributesclasses;
