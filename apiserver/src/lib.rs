//! kube-apiserver: flags, listeners, the request chain.

pub mod assemble;
pub mod authn;
pub mod authz;
pub mod body;
pub mod bootstrap;
mod charge;
pub mod compression;
pub mod connect;
mod openapi_docs;
pub mod options;
pub mod registry;
pub mod reserve;
pub mod rest;
pub mod run;
pub mod server;
pub mod storage;
mod storage_metrics;
#[cfg(test)]
mod testing;
mod token_tracking;
