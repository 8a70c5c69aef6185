//! The revisioned store: the trait, the embedded store, the watch cache.

pub mod store;

pub use store::*;
