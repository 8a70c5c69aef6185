//! Devices and claims to them.

mod claims;
pub mod deviceclasses;
pub mod devicetaintrules;
mod names;
pub mod resourceclaims;
pub mod resourceclaimtemplates;
pub mod resourceslices;
mod slices;
mod validation;
