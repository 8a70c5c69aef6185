//! Spot checks.
