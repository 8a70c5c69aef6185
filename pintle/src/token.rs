//! `pintle token create`: what a machine needs to join.

use std::path::Path;
use std::time::Duration;

use pintle_client::{Clock, Resource, SystemClock, seconds_time};
use serde_json::json;

use crate::cli::say;
use crate::rights::{self, Binding};
use crate::status;

const SECRETS: Resource = Resource::namespaced("", "v1", "Secret", "secrets");
/// Group of those who join with a token, as kubeadm calls it.
const GROUP: &str = "system:bootstrappers:kubeadm:default-node-token";
/// What they may do: ask for a certificate and have it signed, and a node to have it renewed.
const JOINING: &[Binding] = &[
    Binding {
        name: "kubeadm:kubelet-bootstrap",
        role: "system:node-bootstrapper",
        kind: "Group",
        subject: GROUP,
    },
    Binding {
        name: "kubeadm:node-autoapprove-bootstrap",
        role: "system:certificates.k8s.io:certificatesigningrequests:nodeclient",
        kind: "Group",
        subject: GROUP,
    },
    Binding {
        name: "kubeadm:node-autoapprove-certificate-rotation",
        role: "system:certificates.k8s.io:certificatesigningrequests:selfnodeclient",
        kind: "Group",
        subject: "system:nodes",
    },
];
const LETTERS: &[u8] = b"abcdefghijklmnopqrstuvwxyz0123456789";
const HOUR: Duration = Duration::from_hours(1);

/// Creates a token that is valid for some hours, for ever if 0, and the rights of those who use it.
pub(crate) async fn create(folder: &Path, hours: u32) -> Result<(), String> {
    let client = status::client(folder).await?;
    let failed = |error: pintle_client::Error| error.to_string();
    rights::bind(&client, JOINING).await.map_err(failed)?;
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

fn random(length: usize) -> String {
    let letter = || char::from(LETTERS[rand::random_range(0..LETTERS.len())]);
    std::iter::repeat_with(letter).take(length).collect()
}
