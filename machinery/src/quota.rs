//! What objects count for in resource quotas (`k8s.io/apiserver/pkg/quota/v1`,
//! `pkg/quota/v1/evaluator/core`): admission charges it, the controller adds it up.

mod claims;
mod devices;
mod pods;
mod scopes;
mod services;

use std::sync::Arc;

pub use self::pods::{counts, is_terminating};
pub use self::scopes::selectors;
use crate::Value;
use crate::quantity::{Format, Quantity};
use crate::resources::List;

/// What usage depends on besides the object.
pub trait Around {
    /// Now, in Unix seconds.
    fn now_seconds(&self) -> i64;
    /// All classes of devices.
    fn device_classes(&self) -> Vec<Arc<Value>>;
    /// A pod.
    fn pod(&self, namespace: &str, name: &str) -> Option<Arc<Value>>;
    /// The resource claims of a namespace.
    fn resource_claims(&self, namespace: &str) -> Vec<Arc<Value>>;
}

/// Measures the objects of one resource (`quota.Evaluator`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Evaluator {
    /// `pods`.
    Pods,
    /// `services`.
    Services,
    /// `persistentvolumeclaims`.
    VolumeClaims,
    /// `resourceclaims.resource.k8s.io`.
    ResourceClaims,
    /// Objects of any other resource count one each, under these names.
    Objects(Vec<String>),
}

/// Resources that no quota looks at (`install.DefaultIgnoredResources`).
const IGNORED: &[(&str, &str)] = &[
    ("", "bindings"),
    ("", "componentstatuses"),
    ("authentication.k8s.io", "tokenreviews"),
    ("authentication.k8s.io", "selfsubjectreviews"),
    ("authorization.k8s.io", "subjectaccessreviews"),
    ("authorization.k8s.io", "selfsubjectaccessreviews"),
    ("authorization.k8s.io", "localsubjectaccessreviews"),
    ("authorization.k8s.io", "selfsubjectrulesreviews"),
    ("", "events"),
    ("events.k8s.io", "events"),
];

/// Resources whose number has a plain name as well (`core.legacyObjectCountAliases`).
const ALIASES: &[&str] = &["configmaps", "resourcequotas", "replicationcontrollers", "secrets"];

/// The name under which the objects of a resource are counted
/// (`generic.ObjectCountQuotaResourceNameFor`).
pub fn count_name(group: &str, resource: &str) -> String {
    if group.is_empty() { format!("count/{resource}") } else { format!("count/{resource}.{group}") }
}

impl Evaluator {
    /// The evaluator of a resource; none if quotas ignore it.
    pub fn of(group: &str, resource: &str) -> Option<Self> {
        if IGNORED.contains(&(group, resource)) {
            return None;
        }
        Some(match (group, resource) {
            ("", "pods") => Self::Pods,
            ("", "services") => Self::Services,
            ("", "persistentvolumeclaims") => Self::VolumeClaims,
            ("resource.k8s.io", "resourceclaims") => Self::ResourceClaims,
            _ => {
                let mut names = vec![count_name(group, resource)];
                if group.is_empty() && ALIASES.contains(&resource) {
                    names.push(resource.to_owned());
                }
                Self::Objects(names)
            }
        })
    }

    /// Whether a quota of this name is about these objects (`MatchingResources`).
    pub fn measures(&self, name: &str, around: &dyn Around) -> bool {
        match self {
            Self::Pods => pods::measures(name),
            Self::Services => services::measures(name),
            Self::VolumeClaims => claims::measures(name),
            Self::ResourceClaims => devices::measures(name, around),
            Self::Objects(names) => names.iter().any(|own| own == name),
        }
    }

    /// What an object counts for (`Usage`).
    pub fn usage(&self, object: &Value, around: &dyn Around) -> List {
        match self {
            Self::Pods => pods::usage(object, around.now_seconds()),
            Self::Services => services::usage(object),
            Self::VolumeClaims => claims::usage(object),
            Self::ResourceClaims => devices::usage(object, around),
            Self::Objects(names) => names.iter().map(|name| (name.clone(), one())).collect(),
        }
    }

    /// Whether an object is in a scope (`podMatchesScopeFunc`, `pvcMatchesScopeFunc`).
    pub fn is_in_scope(&self, selector: &Value, object: &Value) -> bool {
        match self {
            Self::Pods => scopes::pod(selector, object),
            Self::VolumeClaims => scopes::volume_claim(selector, object),
            _ => false,
        }
    }

    /// Whether an object is in all scopes of a quota.
    pub fn is_in_scopes(&self, quota: &Value, object: &Value) -> bool {
        selectors(quota).iter().all(|selector| self.is_in_scope(selector, object))
    }

    /// What a new or changed object lacks for a quota of these names (`Constraints`).
    pub fn lacks(&self, required: &[&str], object: &Value) -> Option<String> {
        match self {
            Self::Pods => pods::lacks(required, object),
            _ => None,
        }
    }
}

impl FromIterator<(String, Quantity)> for List {
    fn from_iter<I: IntoIterator<Item = (String, Quantity)>>(entries: I) -> Self {
        Self(entries.into_iter().collect())
    }
}

fn one() -> Quantity {
    number(1)
}

fn number(count: i64) -> Quantity {
    Quantity::new(count, Format::DecimalSi)
}

#[cfg(test)]
mod tests;
