//! The revisioned store: the trait, the embedded store, the watch cache.

pub mod clock;
pub mod embedded;
pub mod store;

pub use clock::{Clock, ManualClock, SystemClock};
pub use embedded::EmbeddedStore;
pub use store::*;
