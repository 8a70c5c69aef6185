//! `pintle token create`: what a machine needs to join.

use std::path::Path;
use std::time::Duration;

use pintle_client::{Client, Clock, Resource, SystemClock, seconds_time};
use serde_json::{Value, json};

use crate::cli::say;
use crate::status;

const SECRETS: Resource = Resource::namespaced("", "v1", "Secret", "secrets");
const BINDINGS: Resource = Resource::cluster(
    "rbac.authorization.k8s.io",
    "v1",
    "ClusterRoleBinding",
    "clusterrolebindings",
);
/// Group of those who join with a token, as kubeadm calls it.
const GROUP: &str = "system:bootstrappers:kubeadm:default-node-token";
const LETTERS: &[u8] = b"abcdefghijklmnopqrstuvwxyz0123456789";
const HOUR: Duration = Duration::from_secs(3600);

/// Creates a token that is valid for some hours, for ever if 0, and the rights of those who use it.
pub(crate) async fn create(folder: &Path, hours: u32) -> Result<(), String> {
    let client = status::client(folder).await?;
    let failed = |error: pintle_client::Error| error.to_string();
    for (name, role, group) in [
        ("kubeadm:kubelet-bootstrap", "system:node-bootstrapper", GROUP),
        (
            "kubeadm:node-autoapprove-bootstrap",
            "system:certificates.k8s.io:certificatesigningrequests:nodeclient",
            GROUP,
        ),
        (
            "kubeadm:node-autoapprove-certificate-rotation",
            "system:certificates.k8s.io:certificatesigningrequests:selfnodeclient",
            "system:nodes",
        ),
    ] {
        bind(&client, name, role, group).await.map_err(failed)?;
    }
    let (id, secret) = (random(6), random(16));
    let mut data = json!({
        "token-id": id, "token-secret": secret, "auth-extra-groups": GROUP,
        "usage-bootstrap-authentication": "true", "usage-bootstrap-signing": "true",
        "description": "made by pintle token create",
    });
    if hours > 0 {
        data["expiration"] = seconds_time(SystemClock.now() + HOUR * hours).into();
    }
    let object = json!({
        "apiVersion": "v1", "kind": "Secret", "type": "bootstrap.kubernetes.io/token",
        "metadata": { "name": format!("bootstrap-token-{id}"), "namespace": "kube-system" },
        "stringData": data,
    });
    client.create(&SECRETS, "kube-system", &object).await.map_err(failed)?;
    say(&format!("{id}.{secret}"));
    Ok(())
}

async fn bind(
    client: &Client,
    name: &str,
    role: &str,
    group: &str,
) -> Result<(), pintle_client::Error> {
    let api_group = "rbac.authorization.k8s.io";
    let binding: Value = json!({
        "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRoleBinding",
        "metadata": { "name": name },
        "roleRef": { "apiGroup": api_group, "kind": "ClusterRole", "name": role },
        "subjects": [{ "apiGroup": api_group, "kind": "Group", "name": group }],
    });
    match client.create(&BINDINGS, "", &binding).await {
        Err(error) if error.is_already_exists() => Ok(()),
        other => other.map(drop),
    }
}

fn random(length: usize) -> String {
    let letter = || char::from(LETTERS[rand::random_range(0..LETTERS.len())]);
    std::iter::repeat_with(letter).take(length).collect()
}
