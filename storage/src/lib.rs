//! The revisioned store: the trait, the embedded store, the watch cache.

pub mod cache;
pub mod clock;
pub mod embedded;
pub mod store;
pub mod suite;

pub use cache::Cache;
pub use clock::{Clock, ManualClock, SystemClock};
pub use embedded::EmbeddedStore;
pub use store::*;
