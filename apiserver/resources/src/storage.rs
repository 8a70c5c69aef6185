//! Volumes and their drivers.

mod csi;
pub mod csidrivers;
pub mod csinodes;
pub mod csistoragecapacities;
pub mod storageclasses;
mod validation;
pub mod volumeattachments;
pub mod volumeattributesclasses;
