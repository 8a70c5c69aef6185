//! How parts talk to the API: transports, kubeconfig, informers, events, leader election.
//!
//! [`Client`] sends requests as one identity; [`Access`] makes clients, over TLS from a kubeconfig
//! or in process; [`Informer`] keeps a typed cache of one resource; [`watch`] is the loop under it.

mod access;
mod client;
mod clock;
pub mod discovery;
mod error;
pub mod events;
mod informer;
mod leader;
mod limit;
mod resource;
mod token;
mod trimmed;
pub mod watch;

pub use access::{Access, AccessError, InProcess};
pub use client::{Client, Deletion, PatchType, Poster};
pub use clock::{Clock, SystemClock, micro_time, seconds_time};
pub use error::{Error, Status};
pub use informer::{Informer, Object};
pub use leader::{Election, Elector, default_identity};
pub use limit::RateLimit;
pub use resource::Resource;
pub use token::ServiceAccountToken;
pub use trimmed::trimmed;
