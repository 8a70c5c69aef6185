//! The controller table, pure: one file per controller.
//!
//! A row decides from the caches and the time what is to be done; `pintle-controller-runtime`
//! does it. Nothing here opens a socket or reads a clock.

pub mod bootstrap;
pub mod certificates;
mod claim;
pub mod clusterroleaggregation;
pub mod controller;
pub mod daemonset;
pub mod deployment;
pub mod endpointslice;
pub mod garbagecollector;
mod hash;
pub mod job;
pub mod kind;
pub mod namespace;
pub mod nodeipam;
pub mod nodelifecycle;
pub mod object;
pub mod plan;
pub mod podgc;
mod pods;
pub mod replicaset;
pub mod resourcequota;
pub mod rootcacertpublisher;
pub mod serviceaccount;
pub mod serviceaccounttoken;
pub mod settings;
pub mod tainteviction;
mod taints;
pub mod ttl;
pub mod ttlafterfinished;
pub mod volumeprotection;
pub mod world;

pub use controller::Controller;
pub use plan::{Action, Plan};
pub use settings::Settings;
pub use world::{Key, Tables, World};

/// The controller table.
pub static CONTROLLERS: &[&Controller] = &[
    &serviceaccounttoken::SERVICEACCOUNT_TOKEN,
    &serviceaccount::SERVICEACCOUNT,
    &rootcacertpublisher::ROOT_CA_CERT_PUBLISHER,
    &namespace::NAMESPACE,
    &garbagecollector::GARBAGE_COLLECTOR,
    &podgc::POD_GC,
    &resourcequota::RESOURCEQUOTA,
    &nodeipam::NODE_IPAM,
    &ttl::TTL,
    &nodelifecycle::NODE_LIFECYCLE,
    &tainteviction::TAINT_EVICTION,
    &endpointslice::ENDPOINTSLICE,
    &replicaset::REPLICATIONCONTROLLER,
    &replicaset::REPLICASET,
    &deployment::DEPLOYMENT,
    &daemonset::DAEMONSET,
    &job::JOB,
    &ttlafterfinished::TTL_AFTER_FINISHED,
    &volumeprotection::CLAIMS,
    &volumeprotection::VOLUMES,
    &volumeprotection::CLASSES,
    &certificates::CSR_SIGNING,
    &certificates::CSR_APPROVING,
    &certificates::CSR_CLEANER,
    &clusterroleaggregation::CLUSTERROLE_AGGREGATION,
    &bootstrap::BOOTSTRAP_SIGNER,
    &bootstrap::TOKEN_CLEANER,
];
