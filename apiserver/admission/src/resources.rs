//! Lists of resources and what a pod asks for as a whole.

use std::collections::BTreeMap;

use pintle_machinery::Value;
use pintle_machinery::path::ValueExt as _;
use pintle_machinery::quantity::Quantity;

/// Quantities by resource name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct List(pub(crate) BTreeMap<String, Quantity>);

impl List {
    /// Reads the list at a path; empty if there is none.
    pub(crate) fn at(value: &Value, path: &[&str]) -> Self {
        let entries = value.map_at(path).into_iter().flatten();
        let parsed = entries.filter_map(|(name, amount)| {
            amount.as_str()?.parse().ok().map(|amount| (name.clone(), amount))
        });
        Self(parsed.collect())
    }

    /// No resources.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The amount of a resource.
    pub(crate) fn get(&self, name: &str) -> Option<&Quantity> {
        self.0.get(name)
    }

    /// Name and amount of each resource.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&String, &Quantity)> {
        self.0.iter()
    }

    /// Adds what another list has.
    pub(crate) fn add(&mut self, other: &Self) {
        for (name, amount) in &other.0 {
            self.0
                .entry(name.clone())
                .and_modify(|sum| sum.add(amount))
                .or_insert_with(|| amount.clone());
        }
    }

    fn max(&mut self, other: &Self) {
        for (name, amount) in &other.0 {
            let most = self.0.entry(name.clone()).or_insert_with(|| amount.clone());
            if amount > most {
                *most = amount.clone();
            }
        }
    }
}

/// What the containers of a pod need together; `which` is `requests` or `limits`
/// (`limitranger.podRequests`, `podLimits`).
pub(crate) fn of_pod(pod: &Value, which: &str) -> List {
    let of = |container: &Value| List::at(container, &["resources", which]);
    let mut total = List::default();
    for container in pod.list_at(&["spec", "containers"]) {
        total.add(&of(container));
    }
    let (mut sidecars, mut start) = (List::default(), List::default());
    for container in pod.list_at(&["spec", "initContainers"]) {
        let own = of(container);
        if container.str_at(&["restartPolicy"]) == Some("Always") {
            total.add(&own);
            sidecars.add(&own);
            start.max(&sidecars);
        } else {
            let mut at_once = own;
            at_once.add(&sidecars);
            start.max(&at_once);
        }
    }
    total.max(&start);
    for (name, amount) in List::at(pod, &["spec", "resources", which]).0 {
        if matches!(name.as_str(), "cpu" | "memory") {
            total.0.insert(name, amount);
        }
    }
    total
}
