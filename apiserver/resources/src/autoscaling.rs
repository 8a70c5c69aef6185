//! Replicas by metrics.

pub mod horizontalpodautoscalers;
