//! Where services are found.

pub mod endpointslices;
mod validation;
