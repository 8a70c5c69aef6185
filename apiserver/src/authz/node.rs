//! The node authorizer: a kubelet may see what its pods need, and write what is its own.

use parking_lot::RwLock;
use pintle_engine::User;
use pintle_machinery::Value;

use super::graph::{self, Graph, Kind};
use super::rule::Rule;
use super::{Attributes, Decision};

/// Group of kubelets.
pub const NODES: &str = "system:nodes";

/// `plugin/pkg/auth/authorizer/node.NodeAuthorizer`.
#[derive(Debug)]
pub struct NodeAuthorizer {
    graph: RwLock<Graph>,
    rules: Vec<Rule>,
}

impl Default for NodeAuthorizer {
    fn default() -> Self {
        Self { graph: RwLock::default(), rules: rules() }
    }
}

/// `Some` for a kubelet: the name of its node, empty if the user name is odd
/// (`nodeidentifier.defaultNodeIdentifier`).
pub fn identity(user: &User) -> Option<&str> {
    let name = user.name.strip_prefix("system:node:")?;
    user.groups.iter().any(|group| group == NODES).then_some(name)
}

type Answer = (Decision, String);

fn allow() -> Answer {
    (Decision::Allow, String::new())
}

fn pass(reason: impl Into<String>) -> Answer {
    (Decision::NoOpinion, reason.into())
}

impl NodeAuthorizer {
    /// Takes note of an object, or of its end.
    pub fn observe(&self, plural: &str, namespace: &str, name: &str, object: Option<&Value>) {
        let to_node = |kind: Kind, node: &Value| {
            let own = (kind, namespace.to_owned(), name.to_owned());
            match node.as_str() {
                None | Some("") => Vec::new(),
                Some(node) => vec![(own, (Kind::Node, String::new(), node.to_owned()))],
            }
        };
        let (kind, edges) = match plural {
            "pods" => (Kind::Pod, object.map(graph::of_pod)),
            "persistentvolumes" => (Kind::Volume, object.map(graph::of_volume_object)),
            "volumeattachments" => (
                Kind::Attachment,
                object.map(|o| to_node(Kind::Attachment, &o["spec"]["nodeName"])),
            ),
            "resourceslices" => {
                (Kind::Slice, object.map(|o| to_node(Kind::Slice, &o["spec"]["nodeName"])))
            }
            "podcertificaterequests" => {
                let kind = Kind::CertificateRequest;
                (kind, object.map(|o| to_node(kind, &o["spec"]["nodeName"])))
            }
            _ => return,
        };
        let source = (kind, namespace.to_owned(), name.to_owned());
        self.graph.write().assert(source, edges.unwrap_or_default());
    }

    /// Decides; never denies.
    pub fn authorize(&self, a: &Attributes<'_>) -> Answer {
        let Some(node) = identity(a.user) else { return pass("") };
        if node.is_empty() {
            let user = pintle_machinery::json::quote(&a.user.name);
            return pass(format!("unknown node for user {user}"));
        }
        if a.is_resource {
            match (a.group, a.resource) {
                ("", "secrets") => return self.read_one(node, Kind::Secret, a),
                ("", "configmaps") => return self.read_one(node, Kind::ConfigMap, a),
                ("", "persistentvolumeclaims") if a.subresource == "status" => {
                    return self.update_status(node, Kind::Claim, a);
                }
                ("", "persistentvolumeclaims") => return self.get(node, Kind::Claim, a),
                ("", "persistentvolumes") => return self.get(node, Kind::Volume, a),
                ("resource.k8s.io", "resourceclaims") => {
                    return self.get(node, Kind::ResourceClaim, a);
                }
                ("storage.k8s.io", "volumeattachments") => {
                    return self.get(node, Kind::Attachment, a);
                }
                ("", "serviceaccounts") => return self.service_account(node, a),
                ("coordination.k8s.io", "leases") => return lease(node, a),
                ("storage.k8s.io", "csinodes") => return csi_node(node, a),
                ("resource.k8s.io", "resourceslices") => return self.slice(node, a),
                ("", "nodes") => return own_node(node, a),
                ("", "pods") => return self.pod(node, a),
                ("certificates.k8s.io", "podcertificaterequests") => {
                    return self.certificate_request(node, a);
                }
                _ => {}
            }
        }
        if self.rules.iter().any(|rule| rule.allows(a)) { allow() } else { pass("") }
    }

    fn related(&self, node: &str, kind: Kind, a: &Attributes<'_>) -> Answer {
        if a.name.is_empty() {
            return pass("No Object name found");
        }
        let from = (kind, a.namespace.to_owned(), a.name.to_owned());
        if self.graph.read().reaches(from, node) {
            allow()
        } else {
            pass(format!("no relationship found between node '{node}' and this object"))
        }
    }

    fn update_status(&self, node: &str, kind: Kind, a: &Attributes<'_>) -> Answer {
        match a.verb {
            "update" | "patch" => self.related(node, kind, a),
            _ => pass("can only get/update/patch this type"),
        }
    }

    fn get(&self, node: &str, kind: Kind, a: &Attributes<'_>) -> Answer {
        if a.verb != "get" {
            return pass("can only get individual resources of this type");
        }
        if !a.subresource.is_empty() {
            return pass("cannot get subresource");
        }
        self.related(node, kind, a)
    }

    fn read_one(&self, node: &str, kind: Kind, a: &Attributes<'_>) -> Answer {
        if !matches!(a.verb, "get" | "list" | "watch") {
            return pass("can only read resources of this type");
        }
        if !a.subresource.is_empty() {
            return pass("cannot read subresource");
        }
        if a.namespace.is_empty() {
            return pass("can only read namespaced object of this type");
        }
        self.related(node, kind, a)
    }

    fn service_account(&self, node: &str, a: &Attributes<'_>) -> Answer {
        if a.verb == "get" && a.subresource.is_empty() {
            return self.read_one(node, Kind::ServiceAccount, a);
        }
        if a.verb != "create" || a.name.is_empty() {
            return pass("can only create tokens for individual service accounts");
        }
        if a.subresource != "token" {
            return pass("can only create token subresource of serviceaccount");
        }
        self.related(node, Kind::ServiceAccount, a)
    }

    fn slice(&self, node: &str, a: &Attributes<'_>) -> Answer {
        if !a.subresource.is_empty() {
            return pass("cannot authorize ResourceSlice subresources");
        }
        match a.verb {
            "create" => allow(),
            "get" | "update" | "patch" | "delete" => self.related(node, Kind::Slice, a),
            "watch" | "list" | "deletecollection" => {
                if a.selects("spec.nodeName", node) {
                    return allow();
                }
                pass(
                    "can only list/watch/deletecollection resourceslices with nodeName field \
                     selector",
                )
            }
            _ => pass(
                "only the following verbs are allowed for a ResourceSlice: get, watch, list, \
                 create, update, patch, delete, deletecollection",
            ),
        }
    }

    fn certificate_request(&self, node: &str, a: &Attributes<'_>) -> Answer {
        if !a.subresource.is_empty() {
            return pass("nodes may not access the status subresource of PodCertificateRequests");
        }
        match a.verb {
            "create" => allow(),
            "get" => self.related(node, Kind::CertificateRequest, a),
            "list" | "watch" if a.selects("spec.nodeName", node) => allow(),
            "list" | "watch" => {
                pass("can only list/watch podcertificaterequests with nodeName field selector")
            }
            verb => pass(format!("nodes may not {verb} podcertificaterequests")),
        }
    }

    fn pod(&self, node: &str, a: &Attributes<'_>) -> Answer {
        match (a.subresource, a.verb) {
            ("", "get") => self.get(node, Kind::Pod, a),
            ("", "list" | "watch") => {
                if a.selects("spec.nodeName", node) {
                    return allow();
                }
                if !a.name.is_empty() {
                    return self.related(node, Kind::Pod, a);
                }
                pass("can only list/watch pods with spec.nodeName field selector")
            }
            ("", "create" | "delete") | ("status", "update" | "patch") | ("eviction", "create") => {
                allow()
            }
            _ => pass(""),
        }
    }
}

fn lease(node: &str, a: &Attributes<'_>) -> Answer {
    if !matches!(a.verb, "get" | "create" | "update" | "patch" | "delete") {
        return pass("can only get, create, update, patch, or delete a node lease");
    }
    if a.namespace != "kube-node-lease" {
        return pass("can only access leases in the \"kube-node-lease\" system namespace");
    }
    if a.verb != "create" && a.name != node {
        return pass("can only access node lease with the same name as the requesting node");
    }
    allow()
}

fn csi_node(node: &str, a: &Attributes<'_>) -> Answer {
    match a.subresource {
        "" if !matches!(a.verb, "get" | "create" | "update" | "patch" | "delete") => {
            return pass("can only get, create, update, patch, or delete a CSINode");
        }
        "" => {}
        "status" => return pass("CSINode status access requires CSIVolumeHealth feature"),
        _ => return pass("cannot authorize CSINode subresources"),
    }
    if a.verb != "create" && a.name != node {
        return pass("can only access CSINode with the same name as the requesting node");
    }
    allow()
}

fn own_node(node: &str, a: &Attributes<'_>) -> Answer {
    match (a.subresource, a.verb) {
        ("", "create" | "update" | "patch") | ("status", "update" | "patch") => allow(),
        ("", "get" | "list" | "watch") => match a.name {
            name if name == node => allow(),
            "" => pass(format!("node '{node}' cannot read all nodes, only its own Node object")),
            name => pass(format!("node '{node}' cannot read '{name}', only its own Node object")),
        },
        _ => pass(""),
    }
}

/// What every kubelet may do besides: the rules of the cluster role `system:node`
/// (`bootstrappolicy.NodeRules`).
fn rules() -> Vec<Rule> {
    let mut objects = crate::bootstrap::rbac::objects();
    let role = objects.find(|object| {
        object["kind"] == "ClusterRole" && object["metadata"]["name"] == "system:node"
    });
    role.as_ref().map(Rule::of_role).unwrap_or_default()
}
