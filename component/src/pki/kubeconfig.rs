//! Kubeconfigs as kubeadm writes them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

/// Facts of one kubeconfig.
#[derive(Clone, Copy, Debug)]
pub struct Kubeconfig<'a> {
    /// Name of the cluster entry.
    pub cluster: &'a str,
    /// URL of the server.
    pub server: &'a str,
    /// Name of the user entry.
    pub user: &'a str,
    /// Certificate authority, PEM.
    pub authority: &'a str,
    /// Client certificate, PEM.
    pub certificate: &'a str,
    /// Client key, PEM.
    pub key: &'a str,
}

impl Kubeconfig<'_> {
    /// The config as a tree; the context is named `user@cluster`.
    pub fn to_value(&self) -> Value {
        let context = format!("{}@{}", self.user, self.cluster);
        json!({
            "apiVersion": "v1",
            "kind": "Config",
            "clusters": [{
                "name": self.cluster,
                "cluster": {
                    "certificate-authority-data": STANDARD.encode(self.authority),
                    "server": self.server,
                },
            }],
            "contexts": [{
                "name": context,
                "context": {"cluster": self.cluster, "user": self.user},
            }],
            "current-context": context,
            "users": [{
                "name": self.user,
                "user": {
                    "client-certificate-data": STANDARD.encode(self.certificate),
                    "client-key-data": STANDARD.encode(self.key),
                },
            }],
        })
    }

    /// The config as a YAML file.
    pub fn to_yaml(&self) -> String {
        format!(
            "apiVersion: v1\nclusters:\n- cluster:\n    certificate-authority-data: {authority}\n    \
             server: {server}\n  name: {cluster}\ncontexts:\n- context:\n    cluster: {cluster}\n    \
             user: {user}\n  name: {user}@{cluster}\ncurrent-context: {user}@{cluster}\nkind: Config\n\
             users:\n- name: {user}\n  user:\n    client-certificate-data: {certificate}\n    \
             client-key-data: {key}\n",
            authority = STANDARD.encode(self.authority),
            server = self.server,
            cluster = self.cluster,
            user = self.user,
            certificate = STANDARD.encode(self.certificate),
            key = STANDARD.encode(self.key),
        )
    }
}
