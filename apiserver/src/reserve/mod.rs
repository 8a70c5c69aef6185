//! What writes take from outside the object: addresses and ports of services.

mod addresses;
mod bits;
mod families;
mod node_ports;
mod ports;
mod service;
mod spec;
mod subnet;

use std::sync::Arc;

pub use ports::{PortError, PortRange, Ports};
pub use service::Services;

use crate::rest::Rest;

/// Registers what services reserve.
pub fn register(rest: &mut Rest, services: Arc<Services>) {
    rest.reserve("", "services", services);
}

#[cfg(test)]
mod tests;
