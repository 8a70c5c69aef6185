//! Informers, queues, and the carrying out of plans.
//!
//! [`Runtime`] watches what the rows of the controller table follow, asks each row what to do about
//! the keys that a change concerns, and does it: with preconditions, slow starts, retries, live
//! checks before adoption, and the read-your-own-writes barrier.

mod barrier;
mod everything;
mod execute;
mod feed;
mod queue;
mod runtime;
mod worker;

pub use runtime::{Accounts, Runtime};
