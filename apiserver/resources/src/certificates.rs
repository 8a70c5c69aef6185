//! Certificates that are asked for, and roots of trust.

pub mod certificatesigningrequests;
pub mod clustertrustbundles;
pub mod podcertificaterequests;
