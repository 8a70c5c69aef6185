//! Certificates that are asked for, and roots of trust.

pub mod certificatesigningrequests;
pub mod clustertrustbundles;
mod pem;
pub mod podcertificaterequests;
pub(crate) mod trust;
pub(crate) mod validation;
