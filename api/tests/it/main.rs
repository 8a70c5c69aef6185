//! Upstream's own serialization fixtures, read from the published `k8s.io/api` module.

mod fixtures;
