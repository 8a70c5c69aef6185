//! Which objects lead to which nodes: the node authorizer's graph.

use std::collections::{HashMap, HashSet};

use pintle_machinery::Value;

/// Type of a vertex.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    Node,
    Pod,
    ConfigMap,
    Secret,
    ServiceAccount,
    Claim,
    Volume,
    Attachment,
    ResourceClaim,
    Slice,
    CertificateRequest,
}

/// Type, namespace and name.
pub(super) type Vertex = (Kind, String, String);

/// Edges from objects towards nodes, each with the objects that assert it.
#[derive(Debug, Default)]
pub(super) struct Graph {
    edges: HashMap<Vertex, HashMap<Vertex, usize>>,
    asserted: HashMap<Vertex, Vec<(Vertex, Vertex)>>,
}

impl Graph {
    /// Replaces the edges that an object asserts.
    pub(super) fn assert(&mut self, source: Vertex, edges: Vec<(Vertex, Vertex)>) {
        for (from, to) in self.asserted.remove(&source).unwrap_or_default() {
            let Some(targets) = self.edges.get_mut(&from) else { continue };
            if let Some(count) = targets.get_mut(&to) {
                *count -= 1;
                if *count == 0 {
                    targets.remove(&to);
                }
            }
            if targets.is_empty() {
                self.edges.remove(&from);
            }
        }
        for (from, to) in &edges {
            *self.edges.entry(from.clone()).or_default().entry(to.clone()).or_default() += 1;
        }
        if !edges.is_empty() {
            self.asserted.insert(source, edges);
        }
    }

    /// There is a way from an object to a node.
    pub(super) fn reaches(&self, from: Vertex, node: &str) -> bool {
        let goal = (Kind::Node, String::new(), node.to_owned());
        let (mut open, mut seen) = (vec![&from], HashSet::new());
        while let Some(vertex) = open.pop() {
            let Some(targets) = self.edges.get(vertex) else { continue };
            if targets.contains_key(&goal) {
                return true;
            }
            open.extend(targets.keys().filter(|target| seen.insert(*target)));
        }
        false
    }
}

/// Edges that a pod asserts: itself and all that it refers to, straight to its node
/// (`node.Graph.AddPod`).
pub(super) fn of_pod(pod: &Value) -> Vec<(Vertex, Vertex)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let (metadata, spec) = (&pod["metadata"], &pod["spec"]);
    let node = text(&spec["nodeName"]);
    if node.is_empty() {
        return Vec::new();
    }
    let (namespace, name) = (text(&metadata["namespace"]), text(&metadata["name"]));
    let node: Vertex = (Kind::Node, String::new(), node);
    let mut edges = vec![((Kind::Pod, namespace.clone(), name.clone()), node.clone())];
    if metadata["annotations"].get("kubernetes.io/config.mirror").is_some() {
        return edges;
    }
    let mut found: Vec<(Kind, String)> = Vec::new();
    found.push((Kind::ServiceAccount, text(&spec["serviceAccountName"])));
    for secret in list(&spec["imagePullSecrets"]) {
        found.push((Kind::Secret, text(&secret["name"])));
    }
    for field in ["initContainers", "containers", "ephemeralContainers"] {
        for container in list(&spec[field]) {
            of_environment(container, &mut found);
        }
    }
    for volume in list(&spec["volumes"]) {
        of_volume(volume, &name, &mut found);
    }
    for claim in list(&spec["resourceClaims"]) {
        found.push((Kind::ResourceClaim, text(&claim["resourceClaimName"])));
    }
    for status in list(&pod["status"]["resourceClaimStatuses"]) {
        found.push((Kind::ResourceClaim, text(&status["resourceClaimName"])));
    }
    let extended = &pod["status"]["extendedResourceClaimStatus"]["resourceClaimName"];
    found.push((Kind::ResourceClaim, text(extended)));
    found.retain(|(_, name)| !name.is_empty());
    edges.extend(
        found.into_iter().map(|(kind, name)| ((kind, namespace.clone(), name), node.clone())),
    );
    edges
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn of_environment(container: &Value, found: &mut Vec<(Kind, String)>) {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    for source in list(&container["envFrom"]) {
        found.push((Kind::Secret, text(&source["secretRef"]["name"])));
        found.push((Kind::ConfigMap, text(&source["configMapRef"]["name"])));
    }
    for variable in list(&container["env"]) {
        let source = &variable["valueFrom"];
        found.push((Kind::Secret, text(&source["secretKeyRef"]["name"])));
        found.push((Kind::ConfigMap, text(&source["configMapKeyRef"]["name"])));
    }
}

fn of_volume(volume: &Value, pod: &str, found: &mut Vec<(Kind, String)>) {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    for (source, field) in [("azureFile", "secretName"), ("secret", "secretName")] {
        found.push((Kind::Secret, text(&volume[source][field])));
    }
    for source in ["cephfs", "flexVolume", "rbd", "scaleIO", "iscsi", "storageos"] {
        found.push((Kind::Secret, text(&volume[source]["secretRef"]["name"])));
    }
    found.push((Kind::Secret, text(&volume["csi"]["nodePublishSecretRef"]["name"])));
    found.push((Kind::ConfigMap, text(&volume["configMap"]["name"])));
    for source in list(&volume["projected"]["sources"]) {
        found.push((Kind::Secret, text(&source["secret"]["name"])));
        found.push((Kind::ConfigMap, text(&source["configMap"]["name"])));
    }
    if volume.get("persistentVolumeClaim").is_some() {
        found.push((Kind::Claim, text(&volume["persistentVolumeClaim"]["claimName"])));
    } else if volume.get("ephemeral").is_some() {
        found.push((Kind::Claim, format!("{pod}-{}", text(&volume["name"]))));
    }
}

/// Edges that a volume asserts: to its claim, and from its secrets (`node.Graph.AddPV`).
pub(super) fn of_volume_object(volume: &Value) -> Vec<(Vertex, Vertex)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let (name, spec) = (text(&volume["metadata"]["name"]), &volume["spec"]);
    let claim = &spec["claimRef"];
    if claim.is_null() {
        return Vec::new();
    }
    let namespace = text(&claim["namespace"]);
    let own: Vertex = (Kind::Volume, String::new(), name);
    let mut edges = vec![(own.clone(), (Kind::Claim, namespace.clone(), text(&claim["name"])))];
    let mut secret = |reference: &Value, key: &str| {
        let (name, own_namespace) = (text(&reference[key]), text(&reference["namespace"]));
        if !name.is_empty() {
            let place = if own_namespace.is_empty() { namespace.clone() } else { own_namespace };
            edges.push(((Kind::Secret, place, name), own.clone()));
        }
    };
    for source in ["cephfs", "flexVolume", "rbd", "scaleIO", "iscsi", "storageos"] {
        secret(&spec[source]["secretRef"], "name");
    }
    // Only the secrets that a kubelet needs to see.
    for field in ["nodePublishSecretRef", "nodeStageSecretRef", "nodeExpandSecretRef"] {
        secret(&spec["csi"][field], "name");
    }
    if let Some(name) = spec["azureFile"]["secretName"].as_str() {
        let place = text(&spec["azureFile"]["secretNamespace"]);
        let place = if place.is_empty() { namespace.clone() } else { place };
        edges.push(((Kind::Secret, place, name.to_owned()), own.clone()));
    }
    edges
}
