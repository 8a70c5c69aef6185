//! Replicas by metrics.

pub mod horizontalpodautoscalers;
mod metrics;
mod validation;
