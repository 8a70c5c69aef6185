//! Lists of resources, and what a pod needs in sum (`k8s.io/apiserver/pkg/quota/v1`,
//! `k8s.io/component-helpers/resource`).

mod pod;

use std::collections::BTreeMap;

pub use self::pod::{has_own_resources, pod_limits, pod_requests};
use crate::name::qualified_name;
use crate::path::ValueExt;
use crate::quantity::Quantity;
use crate::{Map, Value};

/// What quotas put before the name of what is requested.
pub const REQUESTS: &str = "requests.";

/// The label prefix of Kubernetes' own resources.
const NATIVE: &str = "kubernetes.io/";

/// `helper.IsNativeResource`.
pub fn is_native(name: &str) -> bool {
    !name.contains('/') || name.contains(NATIVE)
}

/// `helper.IsHugePageResourceName`.
pub fn is_huge_pages(name: &str) -> bool {
    name.starts_with("hugepages-")
}

/// `helper.IsExtendedResourceName`.
pub fn is_extended(name: &str) -> bool {
    !is_native(name)
        && !name.starts_with(REQUESTS)
        && qualified_name(&format!("{REQUESTS}{name}")).is_empty()
}

/// Quantities by resource name (`v1.ResourceList`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List(pub BTreeMap<String, Quantity>);

impl List {
    /// Reads the list at a path; empty if there is none.
    pub fn at(value: &Value, path: &[&str]) -> Self {
        let entries = value.map_at(path).into_iter().flatten();
        let parsed = entries.filter_map(|(name, amount)| {
            amount.as_str()?.parse().ok().map(|amount| (name.clone(), amount))
        });
        Self(parsed.collect())
    }

    /// The list as a tree.
    pub fn to_value(&self) -> Value {
        let entries = self.0.iter().map(|(name, amount)| (name.clone(), amount.to_string().into()));
        Value::Object(entries.collect::<Map<_, _>>())
    }

    /// No resources.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The amount of a resource.
    pub fn get(&self, name: &str) -> Option<&Quantity> {
        self.0.get(name)
    }

    /// Sets the amount of a resource.
    pub fn set(&mut self, name: impl Into<String>, amount: Quantity) {
        self.0.insert(name.into(), amount);
    }

    /// Name and amount of each resource.
    pub fn iter(&self) -> impl Iterator<Item = (&String, &Quantity)> {
        self.0.iter()
    }

    /// The names, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Adds what another list has.
    pub fn add(&mut self, other: &Self) {
        for (name, amount) in &other.0 {
            self.0
                .entry(name.clone())
                .and_modify(|sum| sum.add(amount))
                .or_insert_with(|| amount.clone());
        }
    }

    /// Takes the larger amount of each resource of either list.
    pub fn max(&mut self, other: &Self) {
        for (name, amount) in &other.0 {
            let most = self.0.entry(name.clone()).or_insert_with(|| amount.clone());
            if amount > most {
                *most = amount.clone();
            }
        }
    }

    /// What is left of each resource of either list, zero at the least
    /// (`SubtractWithNonNegativeResult`).
    #[must_use]
    pub fn less(&self, other: &Self) -> Self {
        let mut left = Self::default();
        for (name, amount) in &self.0 {
            let mut rest = amount.clone();
            if let Some(other) = other.get(name) {
                rest.sub(other);
            }
            left.set(name, if rest.sign() > 0 { rest } else { Quantity::default() });
        }
        for name in other.names() {
            left.0.entry(name.to_owned()).or_default();
        }
        left
    }

    /// The resources of these names (`Mask`).
    #[must_use]
    pub fn only(&self, mut wanted: impl FnMut(&str) -> bool) -> Self {
        let kept = self.0.iter().filter(|(name, _)| wanted(name));
        Self(kept.map(|(name, amount)| (name.clone(), amount.clone())).collect())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn nothing_is_left_below_zero() {
        let of = |value: Value| List::at(&value, &[]);
        let left = of(json!({"cpu": "3", "pods": "1"}))
            .less(&of(json!({"cpu": "1", "memory": "1Gi", "pods": "2"})));
        assert_eq!(left.to_value(), json!({"cpu": "2", "memory": "0", "pods": "0"}));
    }
}
