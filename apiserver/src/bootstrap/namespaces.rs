//! The namespaces that are always there.

use serde_json::json;

use super::{Error, Loopback};

/// Makes what is missing (`controlplane/controller/systemnamespaces`).
pub(super) async fn ensure(server: &Loopback) -> Result<(), Error> {
    for name in ["kube-system", "kube-public", "kube-node-lease", "default"] {
        let namespace = json!({
            "apiVersion": "v1",
            "kind": "Namespace",
            "metadata": {"name": name},
        });
        server.ensure("/api/v1/namespaces", &namespace).await?;
    }
    Ok(())
}
