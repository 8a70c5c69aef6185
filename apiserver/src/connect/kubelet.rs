//! Where a node's kubelet listens, and as whom the server speaks to it.

use std::path::PathBuf;
use std::sync::Arc;

use parking_lot::Mutex;
use pintle_engine::{Status, Value};
use rustls::ClientConfig;

use super::backend::{Target, TlsError, tls};
use crate::rest::Rest;

/// The port of a kubelet that does not tell its own.
pub const DEFAULT_PORT: u16 = 10250;

/// What the flags say about kubelets (`kubelet/client.KubeletClientConfig`).
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// Authorities of serving certificates; none: they are not checked.
    pub authority: Option<PathBuf>,
    /// Certificate shown to kubelets.
    pub certificate: Option<PathBuf>,
    /// Its key.
    pub key: Option<PathBuf>,
    /// Types of addresses, in order.
    pub address_types: Vec<String>,
}

type Files = [Option<Vec<u8>>; 3];

/// Finds kubelets (`kubelet/client.NodeConnectionInfoGetter`).
pub struct Kubelets {
    config: Config,
    /// The files as they were last read, and what they make: with and without verification.
    known: Mutex<Option<(Files, [Arc<ClientConfig>; 2])>>,
}

impl Kubelets {
    /// Kubelets as the flags describe them.
    pub fn new(config: Config) -> Self {
        Self { config, known: Mutex::new(None) }
    }

    /// The kubelet of a node; with `insecure` its certificate is not checked.
    pub(super) async fn target(
        &self,
        rest: &Rest,
        node: &str,
        insecure: bool,
    ) -> Result<Target, Status> {
        let node = rest.fetch("", "nodes", "", node).await?;
        let host = preferred_address(&node, &self.config.address_types)?;
        let port = node["status"]["daemonEndpoints"]["kubeletEndpoint"]["Port"].as_u64();
        let port = port.and_then(|port| u16::try_from(port).ok()).filter(|port| *port != 0);
        let files =
            self.read().await.map_err(|error| Status::failure(500, "", error.to_string()))?;
        let configs =
            self.configs(files).map_err(|error| Status::failure(500, "", error.to_string()))?;
        let tls = Some(configs[usize::from(insecure)].clone());
        Ok(Target { host, port: port.unwrap_or(DEFAULT_PORT), tls })
    }

    /// The files are read again each time, so that renewed certificates are shown at once.
    async fn read(&self) -> Result<Files, TlsError> {
        let mut files: Files = [None, None, None];
        let paths = [&self.config.authority, &self.config.certificate, &self.config.key];
        for (file, path) in files.iter_mut().zip(paths) {
            if let Some(path) = path {
                let bytes = tokio::fs::read(path).await;
                let bytes = bytes.map_err(|source| TlsError::File {
                    path: path.display().to_string(),
                    source,
                })?;
                *file = Some(bytes);
            }
        }
        Ok(files)
    }

    fn configs(&self, files: Files) -> Result<[Arc<ClientConfig>; 2], TlsError> {
        let mut known = self.known.lock();
        if let Some((last, configs)) = &*known
            && *last == files
        {
            return Ok(configs.clone());
        }
        let [authority, certificate, key] = &files;
        let identity = certificate.as_deref().zip(key.as_deref());
        let configs = [tls(authority.as_deref(), identity)?, tls(None, identity)?];
        *known = Some((files, configs.clone()));
        Ok(configs)
    }
}

/// `nodeutil.GetPreferredNodeAddress`.
fn preferred_address(node: &Value, types: &[String]) -> Result<String, Status> {
    let none = Vec::new();
    let addresses = node["status"]["addresses"].as_array().unwrap_or(&none);
    let text =
        |address: &Value, field: &str| address[field].as_str().unwrap_or_default().to_owned();
    for wanted in types {
        if let Some(address) = addresses.iter().find(|address| address["type"] == **wanted) {
            return Ok(text(address, "address"));
        }
    }
    let known: Vec<String> = addresses
        .iter()
        .map(|address| format!("{{{} {}}}", text(address, "type"), text(address, "address")))
        .collect();
    let known = known.join(" ");
    let message = format!("no preferred addresses found; known addresses: [{known}]");
    Err(Status::failure(500, "", message))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(types: &[&str], expected: Result<&str, &str>) {
        let node = json!({"status": {"addresses": [
            {"type": "InternalIP", "address": "10.0.0.1"},
            {"type": "Hostname", "address": "n1"},
            {"type": "InternalIP", "address": "10.0.0.2"},
        ]}});
        let types: Vec<String> = types.iter().map(|ty| (*ty).to_owned()).collect();
        let found = preferred_address(&node, &types).map_err(|status| status.message);
        assert_eq!(found, expected.map(str::to_owned).map_err(str::to_owned));
    }

    #[test]
    fn the_first_type_that_a_node_has_wins() {
        check(&["ExternalIP", "InternalIP", "Hostname"], Ok("10.0.0.1"));
        check(&["Hostname", "InternalIP"], Ok("n1"));
        check(
            &["ExternalIP"],
            Err(
                "no preferred addresses found; known addresses: [{InternalIP 10.0.0.1} {Hostname n1} {InternalIP 10.0.0.2}]",
            ),
        );
    }
}
