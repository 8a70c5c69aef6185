//! Where services are found.

pub mod endpointslices;
