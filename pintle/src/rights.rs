//! Bindings of a cluster that kubeadm makes at its start, under kubeadm's names.

use pintle_client::{Client, Error, Resource};
use serde_json::{Value, json};

const BINDINGS: Resource = Resource::cluster(
    "rbac.authorization.k8s.io",
    "v1",
    "ClusterRoleBinding",
    "clusterrolebindings",
);

/// A cluster role for a user or a group everywhere.
pub(crate) struct Binding {
    pub(crate) name: &'static str,
    pub(crate) role: &'static str,
    /// `User` or `Group`.
    pub(crate) kind: &'static str,
    pub(crate) subject: &'static str,
}

/// What every cluster has: its administrators, and the API server's way to the kubelets.
pub(crate) const CLUSTER: &[Binding] = &[
    Binding {
        name: "kubeadm:cluster-admins",
        role: "cluster-admin",
        kind: "Group",
        subject: "kubeadm:cluster-admins",
    },
    Binding {
        name: "kubeadm:apiserver-kubelet-client",
        role: "system:kubelet-api-admin",
        kind: "User",
        subject: "kube-apiserver-kubelet-client",
    },
];

/// Makes bindings; one that is there stays as it is.
pub(crate) async fn bind(client: &Client, bindings: &[Binding]) -> Result<(), Error> {
    let api_group = "rbac.authorization.k8s.io";
    for Binding { name, role, kind, subject } in bindings {
        let binding: Value = json!({
            "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRoleBinding",
            "metadata": { "name": name },
            "roleRef": { "apiGroup": api_group, "kind": "ClusterRole", "name": role },
            "subjects": [{ "apiGroup": api_group, "kind": kind, "name": subject }],
        });
        match client.create(&BINDINGS, "", &binding).await {
            Err(error) if error.is_already_exists() => {}
            other => drop(other?),
        }
    }
    Ok(())
}
