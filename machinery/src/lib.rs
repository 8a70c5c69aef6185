//! Kubernetes API machinery as a pure library: no I/O, no clock, no async.
