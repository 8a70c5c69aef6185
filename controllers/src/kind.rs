//! The kinds that controllers read and write.

/// A kind, and where the API serves it.
#[derive(Debug)]
pub struct Kind {
    /// API group; empty for the core group.
    pub group: &'static str,
    /// Version of the group.
    pub version: &'static str,
    /// Kind of the objects.
    pub kind: &'static str,
    /// Plural name; also the name of the table.
    pub plural: &'static str,
    /// Whether the objects live in namespaces.
    pub namespaced: bool,
    /// The only namespace that is watched; all if empty.
    pub within: &'static str,
    /// Field selector of what is watched; everything if empty.
    pub fields: &'static str,
    /// Keeps in the cache only what controllers read.
    pub keep: Option<fn(&mut serde_json::Value)>,
}

impl PartialEq for Kind {
    fn eq(&self, other: &Self) -> bool {
        (self.group, self.plural) == (other.group, other.plural)
    }
}

impl Kind {
    /// `apiVersion` of the objects.
    pub fn api_version(&self) -> String {
        if self.group.is_empty() {
            self.version.into()
        } else {
            format!("{}/{}", self.group, self.version)
        }
    }
}

const fn kind(
    group: &'static str,
    kind: &'static str,
    plural: &'static str,
    namespaced: bool,
) -> Kind {
    Kind { group, version: "v1", kind, plural, namespaced, within: "", fields: "", keep: None }
}

/// `pods`. They are many, and most of a pod is for the kubelet only.
pub const PODS: &Kind = &Kind { keep: Some(keep_pod), ..kind("", "Pod", "pods", true) };
/// `nodes`.
pub const NODES: &Kind = &Kind { keep: Some(keep_node), ..kind("", "Node", "nodes", false) };
/// `namespaces`.
pub const NAMESPACES: &Kind = &kind("", "Namespace", "namespaces", false);
/// `services`.
pub const SERVICES: &Kind = &kind("", "Service", "services", true);
/// `secrets`. Of most of them nobody reads the data.
pub const SECRETS: &Kind = &Kind { keep: Some(keep_secret), ..kind("", "Secret", "secrets", true) };
/// `configmaps`. Only two by name have data that a controller reads.
pub const CONFIGMAPS: &Kind =
    &Kind { keep: Some(keep_configmap), ..kind("", "ConfigMap", "configmaps", true) };
/// `serviceaccounts`.
pub const SERVICEACCOUNTS: &Kind = &kind("", "ServiceAccount", "serviceaccounts", true);
/// `replicationcontrollers`.
pub const REPLICATIONCONTROLLERS: &Kind =
    &kind("", "ReplicationController", "replicationcontrollers", true);
/// `persistentvolumeclaims`.
pub const PERSISTENTVOLUMECLAIMS: &Kind =
    &kind("", "PersistentVolumeClaim", "persistentvolumeclaims", true);
/// `persistentvolumes`.
pub const PERSISTENTVOLUMES: &Kind = &kind("", "PersistentVolume", "persistentvolumes", false);
/// `volumeattributesclasses`.
pub const VOLUMEATTRIBUTESCLASSES: &Kind =
    &kind("storage.k8s.io", "VolumeAttributesClass", "volumeattributesclasses", false);
/// `resourcequotas`.
pub const RESOURCEQUOTAS: &Kind = &kind("", "ResourceQuota", "resourcequotas", true);
/// `deviceclasses.resource.k8s.io`.
pub const DEVICECLASSES: &Kind = &kind("resource.k8s.io", "DeviceClass", "deviceclasses", false);
/// `resourceclaims.resource.k8s.io`.
pub const RESOURCECLAIMS: &Kind = &kind("resource.k8s.io", "ResourceClaim", "resourceclaims", true);
/// `deployments.apps`.
pub const DEPLOYMENTS: &Kind = &kind("apps", "Deployment", "deployments", true);
/// `replicasets.apps`.
pub const REPLICASETS: &Kind = &kind("apps", "ReplicaSet", "replicasets", true);
/// `daemonsets.apps`.
pub const DAEMONSETS: &Kind = &kind("apps", "DaemonSet", "daemonsets", true);
/// `controllerrevisions.apps`.
pub const CONTROLLERREVISIONS: &Kind =
    &kind("apps", "ControllerRevision", "controllerrevisions", true);
/// `jobs.batch`.
pub const JOBS: &Kind = &kind("batch", "Job", "jobs", true);
/// `endpointslices.discovery.k8s.io`.
pub const ENDPOINTSLICES: &Kind =
    &kind("discovery.k8s.io", "EndpointSlice", "endpointslices", true);
/// `leases.coordination.k8s.io`, but only those of nodes.
pub const LEASES: &Kind =
    &Kind { within: "kube-node-lease", ..kind("coordination.k8s.io", "Lease", "leases", true) };
/// `certificatesigningrequests.certificates.k8s.io`.
pub const CSRS: &Kind =
    &kind("certificates.k8s.io", "CertificateSigningRequest", "certificatesigningrequests", false);
/// `clusterroles.rbac.authorization.k8s.io`.
pub const CLUSTERROLES: &Kind =
    &kind("rbac.authorization.k8s.io", "ClusterRole", "clusterroles", false);
/// `subjectaccessreviews.authorization.k8s.io`.
pub const SUBJECTACCESSREVIEWS: &Kind =
    &kind("authorization.k8s.io", "SubjectAccessReview", "subjectaccessreviews", false);

fn keep_pod(pod: &mut serde_json::Value) {
    if let Some(spec) = pod.get_mut("spec").and_then(serde_json::Value::as_object_mut) {
        for field in ["volumes", "securityContext", "imagePullSecrets", "dnsConfig"] {
            spec.remove(field);
        }
        for list in ["containers", "initContainers", "ephemeralContainers"] {
            for container in spec.get_mut(list).and_then(|v| v.as_array_mut()).into_iter().flatten()
            {
                if let Some(container) = container.as_object_mut() {
                    container.retain(|field, _| {
                        matches!(
                            field.as_str(),
                            "name" | "image" | "ports" | "restartPolicy" | "resources"
                        )
                    });
                }
            }
        }
    }
}

fn keep_node(node: &mut serde_json::Value) {
    if let Some(status) = node.get_mut("status").and_then(serde_json::Value::as_object_mut) {
        status.remove("images");
    }
}

fn keep_secret(secret: &mut serde_json::Value) {
    let kind = secret["type"].as_str().unwrap_or_default();
    if ![crate::bootstrap::TYPE, crate::serviceaccounttoken::TYPE].contains(&kind)
        && let Some(fields) = secret.as_object_mut()
    {
        fields.remove("data");
    }
}

fn keep_configmap(map: &mut serde_json::Value) {
    let name = map["metadata"]["name"].as_str().unwrap_or_default();
    if !matches!(name, "kube-root-ca.crt" | "cluster-info")
        && let Some(fields) = map.as_object_mut()
    {
        fields.remove("data");
        fields.remove("binaryData");
    }
}
