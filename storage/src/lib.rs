//! The revisioned store: the trait, the embedded store, etcd, the watch cache.

pub mod cache;
pub mod clock;
pub mod embedded;
pub mod etcd;
mod layer;
pub mod planted;
pub mod store;
pub mod suite;
pub mod transform;

pub use cache::Cache;
pub use clock::{Clock, ManualClock, SteadyClock, SystemClock};
pub use embedded::EmbeddedStore;
pub use etcd::EtcdStore;
pub use layer::Layer;
pub use store::*;
pub use transform::{Transformed, Transformer};
