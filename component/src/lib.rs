//! How a part runs as a process: flags, klog logs, signals, certificates, serving, health, metrics.

pub mod configz;
pub mod delegated;
pub mod endpoints;
pub mod features;
pub mod flags;
pub mod health;
pub mod host;
pub mod klog;
pub mod metrics;
pub mod pki;
pub mod serving;
pub mod signals;
pub mod version;
pub mod zpages;
