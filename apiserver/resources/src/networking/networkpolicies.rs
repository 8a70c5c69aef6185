//! `networkpolicies.networking.k8s.io`: which connections pods may have.

use pintle_engine::{Resource, age, column, name};
use pintle_machinery::path::ValueExt;

use crate::print::label_selector;

/// The row.
pub const NETWORK_POLICIES: Resource = Resource {
    group: "networking.k8s.io",
    plural: "networkpolicies",
    has_generation: true,
    columns: &[
        name(),
        column("Pod-Selector", |policy, _| {
            label_selector(policy.at(&["spec", "podSelector"])).into()
        }),
        age(),
    ],
    validate: super::networkpolicy::validate,
    warnings: super::networkpolicy::warnings,
    ..Resource::NAMESPACED
};
