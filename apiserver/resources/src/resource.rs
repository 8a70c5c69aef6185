//! Devices and claims to them.

pub mod deviceclasses;
pub mod devicetaintrules;
pub mod resourceclaims;
pub mod resourceclaimtemplates;
pub mod resourceslices;
mod validation;
