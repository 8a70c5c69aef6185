//! Connections to, from and between pods.

mod ingress;
pub mod ingressclasses;
pub mod ingresses;
pub mod ipaddresses;
pub mod networkpolicies;
mod networkpolicy;
pub mod servicecidrs;
mod validation;
