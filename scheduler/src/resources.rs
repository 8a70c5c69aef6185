//! What pods ask for and nodes have, as whole numbers.

use std::collections::BTreeMap;

use k8s_openapi::api::core::v1::{Container, PodSpec};
use k8s_openapi::apimachinery::pkg::api::resource::Quantity as Text;
use pintle_machinery::quantity::Quantity;

/// CPU that a container without a request counts for when nodes are scored, in millicores.
const DEFAULT_MILLI_CPU: i64 = 100;
/// Memory that a container without a request counts for when nodes are scored, in bytes.
const DEFAULT_MEMORY: i64 = 200 * 1024 * 1024;

/// Amounts by resource (`framework.Resource`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Amounts {
    /// Millicores.
    pub milli_cpu: i64,
    /// Bytes.
    pub memory: i64,
    /// Bytes.
    pub ephemeral_storage: i64,
    /// Number of pods that a node takes.
    pub pods: i64,
    /// Hugepages, attachable and extended resources, by name.
    pub scalar: BTreeMap<String, i64>,
}

impl Amounts {
    /// Reads a resource list; what cannot be parsed counts for nothing.
    pub fn from_list(list: &BTreeMap<String, Text>) -> Self {
        let mut amounts = Self::default();
        for (name, text) in list {
            let Ok(quantity) = Quantity::parse(&text.0) else { continue };
            match name.as_str() {
                "cpu" => amounts.milli_cpu = quantity.milli_value(),
                "memory" => amounts.memory = quantity.value(),
                "ephemeral-storage" => amounts.ephemeral_storage = quantity.value(),
                "pods" => amounts.pods = quantity.value(),
                name if is_scalar(name) => {
                    amounts.scalar.insert(name.to_owned(), quantity.value());
                }
                _ => {}
            }
        }
        amounts
    }

    /// Adds another set of amounts.
    pub fn add(&mut self, other: &Self) {
        self.combine(other, i64::saturating_add);
    }

    /// Takes another set of amounts away.
    pub fn sub(&mut self, other: &Self) {
        self.combine(other, i64::saturating_sub);
    }

    /// Raises each amount to at least the other's.
    pub fn max(&mut self, other: &Self) {
        self.combine(other, i64::max);
    }

    fn combine(&mut self, other: &Self, join: impl Fn(i64, i64) -> i64) {
        self.milli_cpu = join(self.milli_cpu, other.milli_cpu);
        self.memory = join(self.memory, other.memory);
        self.ephemeral_storage = join(self.ephemeral_storage, other.ephemeral_storage);
        for (name, amount) in &other.scalar {
            let sum = self.scalar.entry(name.clone()).or_default();
            *sum = join(*sum, *amount);
        }
    }
}

/// Names that are neither cpu, memory nor storage but may be asked for
/// (`schedutil.IsScalarResourceName`).
fn is_scalar(name: &str) -> bool {
    let extended = name.contains('/') && !name.contains("kubernetes.io/");
    extended
        || name.starts_with("hugepages-")
        || name.starts_with("attachable-volumes-")
        || name.contains("kubernetes.io/")
}

/// What a pod asks of its node: the larger of its containers together and of its largest init
/// container, sidecars counted with both, and its overhead
/// (`component-helpers/resource.PodRequests`).
pub fn pod_requests(spec: &PodSpec) -> Amounts {
    requests_with(spec, container_requests)
}

/// The same with a minimum for containers that ask for no CPU or memory, so that they too weigh
/// something when nodes are scored (`schedutil.GetNonzeroRequests`).
pub fn nonzero_requests(spec: &PodSpec) -> Amounts {
    requests_with(spec, |container| {
        let mut amounts = container_requests(container);
        let asked = container.resources.as_ref().and_then(|r| r.requests.as_ref());
        if asked.is_none_or(|list| !list.contains_key("cpu")) {
            amounts.milli_cpu = DEFAULT_MILLI_CPU;
        }
        if asked.is_none_or(|list| !list.contains_key("memory")) {
            amounts.memory = DEFAULT_MEMORY;
        }
        amounts
    })
}

fn container_requests(container: &Container) -> Amounts {
    let requests = container.resources.as_ref().and_then(|resources| resources.requests.as_ref());
    requests.map(Amounts::from_list).unwrap_or_default()
}

fn requests_with(spec: &PodSpec, of: impl Fn(&Container) -> Amounts) -> Amounts {
    let mut total = Amounts::default();
    spec.containers.iter().for_each(|container| total.add(&of(container)));
    let mut sidecars = Amounts::default();
    let mut start = Amounts::default();
    for container in spec.init_containers.iter().flatten() {
        let amounts = of(container);
        if container.restart_policy.as_deref() == Some("Always") {
            total.add(&amounts);
            sidecars.add(&amounts);
            start.max(&sidecars);
        } else {
            let mut during = amounts;
            during.add(&sidecars);
            start.max(&during);
        }
    }
    total.max(&start);
    let pod = spec.resources.as_ref().and_then(|resources| resources.requests.as_ref());
    if let Some(list) = pod {
        override_with(&mut total, list);
    }
    if let Some(overhead) = &spec.overhead {
        total.add(&Amounts::from_list(overhead));
    }
    total
}

/// Pod-level requests take the place of the containers' sum.
fn override_with(total: &mut Amounts, list: &BTreeMap<String, Text>) {
    let amounts = Amounts::from_list(list);
    for name in list.keys() {
        match name.as_str() {
            "cpu" => total.milli_cpu = amounts.milli_cpu,
            "memory" => total.memory = amounts.memory,
            name if name.starts_with("hugepages-") => {
                let amount = amounts.scalar.get(name).copied().unwrap_or_default();
                total.scalar.insert(name.to_owned(), amount);
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(spec: serde_json::Value, milli_cpu: i64, nonzero: i64) {
        let spec: PodSpec = serde_json::from_value(spec).unwrap();
        assert_eq!(pod_requests(&spec).milli_cpu, milli_cpu);
        assert_eq!(nonzero_requests(&spec).milli_cpu, nonzero);
    }

    fn container(cpu: &str) -> serde_json::Value {
        json!({ "name": "c", "resources": { "requests": { "cpu": cpu } } })
    }

    #[test]
    fn containers_add_up_and_init_containers_do_not() {
        check(json!({ "containers": [container("100m"), container("200m")] }), 300, 300);
        check(
            json!({ "containers": [container("100m")], "initContainers": [container("1"), container("2")] }),
            2000,
            2000,
        );
    }

    #[test]
    fn sidecars_run_beside_everything() {
        let mut sidecar = container("1");
        sidecar["restartPolicy"] = json!("Always");
        let spec =
            json!({ "containers": [container("1")], "initContainers": [sidecar, container("3")] });
        check(spec, 4000, 4000);
    }

    #[test]
    fn a_container_without_requests_still_weighs_something() {
        check(json!({ "containers": [{ "name": "c" }] }), 0, 100);
    }

    #[test]
    fn overhead_comes_on_top_and_pod_requests_replace_the_sum() {
        let spec = json!({
            "containers": [container("1")], "overhead": { "cpu": "500m" },
            "resources": { "requests": { "cpu": "3" } },
        });
        check(spec, 3500, 3500);
    }
}
