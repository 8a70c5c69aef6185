//! How a part runs as a process: flags, klog logs, health, metrics, certificates.
