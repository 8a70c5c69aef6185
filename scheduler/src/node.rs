//! A node as the scheduler sees it: the object, the pods on it and what is left.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use k8s_openapi::api::core::v1::{ContainerPort, Node, Pod, Taint};

use crate::resources::{Amounts, nonzero_requests, pod_requests};

/// A port on a node's own addresses: host IP, protocol, number.
pub type HostPort = (String, String, i32);

/// A pod with what the cycle needs of it, worked out once.
#[derive(Clone, Debug)]
pub struct PodInfo {
    /// The object.
    pub pod: Arc<Pod>,
    /// What it asks for.
    pub requests: Amounts,
    /// What it counts for when nodes are scored.
    pub nonzero: Amounts,
    /// Ports it needs on the node's own addresses.
    pub host_ports: Vec<HostPort>,
}

impl PodInfo {
    /// Works the facts out.
    pub fn new(pod: Arc<Pod>) -> Self {
        let Some(spec) = &pod.spec else {
            let (requests, nonzero) = Default::default();
            return Self { requests, nonzero, host_ports: Vec::new(), pod };
        };
        let sidecars = spec.init_containers.iter().flatten();
        let sidecars = sidecars.filter(|c| c.restart_policy.as_deref() == Some("Always"));
        let containers = spec.containers.iter().chain(sidecars);
        let ports = containers.flat_map(|container| container.ports.iter().flatten());
        let host_ports = ports.filter_map(host_port).collect();
        let (requests, nonzero) = (pod_requests(spec), nonzero_requests(spec));
        Self { pod, requests, nonzero, host_ports }
    }

    /// Namespace and name.
    pub fn key(&self) -> (String, String) {
        key(&self.pod)
    }

    /// UID; empty if the object has none.
    pub fn uid(&self) -> &str {
        self.pod.metadata.uid.as_deref().unwrap_or_default()
    }
}

/// Namespace and name of a pod.
pub fn key(pod: &Pod) -> (String, String) {
    let meta = &pod.metadata;
    (meta.namespace.clone().unwrap_or_default(), meta.name.clone().unwrap_or_default())
}

fn host_port(port: &ContainerPort) -> Option<HostPort> {
    let number = port.host_port.filter(|number| *number > 0)?;
    let text = |value: &Option<String>, default: &str| {
        value.clone().filter(|text| !text.is_empty()).unwrap_or_else(|| default.to_owned())
    };
    Some((text(&port.host_ip, ANY), text(&port.protocol, "TCP"), number))
}

/// The address that stands for all of a node's addresses.
const ANY: &str = "0.0.0.0";

/// A node, the pods on it and what they use.
#[derive(Clone, Debug)]
pub struct NodeInfo {
    /// The object.
    pub node: Arc<Node>,
    /// What the node gives away.
    pub allocatable: Amounts,
    /// What the pods on it ask for.
    pub requested: Amounts,
    /// What the pods on it count for when nodes are scored.
    pub nonzero: Amounts,
    /// The pods on it, by UID.
    pub pods: BTreeMap<String, Arc<PodInfo>>,
    /// Ports in use on its own addresses.
    pub ports: BTreeSet<HostPort>,
    /// Sizes of the images on it, by name.
    pub images: Arc<BTreeMap<String, i64>>,
}

impl NodeInfo {
    /// A node without pods.
    pub fn new(node: Arc<Node>) -> Self {
        let mut info = Self {
            node: node.clone(),
            allocatable: Amounts::default(),
            requested: Amounts::default(),
            nonzero: Amounts::default(),
            pods: BTreeMap::new(),
            ports: BTreeSet::new(),
            images: Arc::default(),
        };
        info.set_node(node);
        info
    }

    /// Takes a newer state of the object.
    pub fn set_node(&mut self, node: Arc<Node>) {
        let status = node.status.as_ref();
        let list = status.and_then(|status| status.allocatable.as_ref());
        self.allocatable = list.map(Amounts::from_list).unwrap_or_default();
        let mut images = BTreeMap::new();
        for image in status.and_then(|status| status.images.as_ref()).into_iter().flatten() {
            for name in image.names.iter().flatten() {
                images.insert(name.clone(), image.size_bytes.unwrap_or_default());
            }
        }
        self.images = Arc::new(images);
        self.node = node;
    }

    /// Puts a pod on the node.
    pub fn add(&mut self, pod: Arc<PodInfo>) {
        self.requested.add(&pod.requests);
        self.nonzero.add(&pod.nonzero);
        self.ports.extend(pod.host_ports.iter().cloned());
        self.pods.insert(pod.uid().to_owned(), pod);
    }

    /// Takes a pod off the node.
    pub fn remove(&mut self, uid: &str) -> Option<Arc<PodInfo>> {
        let pod = self.pods.remove(uid)?;
        self.requested.sub(&pod.requests);
        self.nonzero.sub(&pod.nonzero);
        for port in &pod.host_ports {
            self.ports.remove(port);
        }
        Some(pod)
    }

    /// Name of the node.
    pub fn name(&self) -> &str {
        self.node.metadata.name.as_deref().unwrap_or_default()
    }

    /// Value of a label of the node.
    pub fn label(&self, name: &str) -> Option<&str> {
        self.node.metadata.labels.as_ref()?.get(name).map(String::as_str)
    }

    /// Taints of the node.
    pub fn taints(&self) -> &[Taint] {
        self.node.spec.as_ref().and_then(|spec| spec.taints.as_deref()).unwrap_or_default()
    }

    /// Whether `kubectl cordon` holds the node back.
    pub fn unschedulable(&self) -> bool {
        self.node.spec.as_ref().and_then(|spec| spec.unschedulable).unwrap_or_default()
    }

    /// Whether a port that a pod asks for is taken; the wildcard address meets every address.
    pub fn port_taken(&self, (ip, protocol, number): &HostPort) -> bool {
        self.ports.iter().any(|(used_ip, used_protocol, used)| {
            used == number
                && used_protocol == protocol
                && (used_ip == ip || used_ip == ANY || ip == ANY)
        })
    }
}
