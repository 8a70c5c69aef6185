//! `pintle status`: whether the control plane runs, and what is in it.

use std::path::Path;

use pintle_client::{Access, Client, Resource};
use pintle_component::version;
use serde_json::Value;

use crate::cli::say;
use crate::fake;
use crate::up::ADMIN;

const NODES: Resource = Resource::cluster("", "v1", "Node", "nodes");
const PODS: Resource = Resource::namespaced("", "v1", "Pod", "pods");
const LEASES: Resource = Resource::namespaced("coordination.k8s.io", "v1", "Lease", "leases");

/// A client with the administrator's kubeconfig of a data folder.
pub(crate) async fn client(folder: &Path) -> Result<Client, String> {
    let config = folder.join(ADMIN);
    if !config.exists() {
        let folder = folder.display();
        return Err(format!("{folder}: there is no cluster here; start one with `pintle up`"));
    }
    let path = config.display().to_string();
    let access = Access::from_kubeconfig(Some(&path), None, &version::user_agent("pintle")).await;
    Ok(access.map_err(|error| format!("{path}: {error}"))?.client().clone())
}

/// Prints the state of the control plane.
pub(crate) async fn run(folder: &Path) -> Result<(), String> {
    let client = client(folder).await?;
    let answer = client.json(http::Method::GET, "/version", None).await;
    let version = answer.map_err(|error| {
        format!("the control plane does not answer ({error}); start it with `pintle up`")
    })?;
    say(&format!("kube-apiserver            {}", text(&version, "/gitVersion")));
    for part in ["kube-controller-manager", "kube-scheduler"] {
        let lease = client.get(&LEASES, "kube-system", part).await;
        let holder = lease.as_ref().map_or("nobody", |lease| text(lease, "/spec/holderIdentity"));
        say(&format!("{part:<25} held by {holder}"));
    }
    let failed = |error: pintle_client::Error| error.to_string();
    let nodes = client.list(&NODES, "", "").await.map_err(failed)?;
    let nodes = nodes["items"].as_array().cloned().unwrap_or_default();
    let is_fake = |node: &&Value| node["metadata"]["labels"].get(fake::MARK).is_some();
    let fakes = nodes.iter().filter(is_fake).count();
    let ready = nodes.iter().filter(|node| is_ready(node)).count();
    say(&format!("nodes                     {} ({ready} ready, {fakes} fake)", nodes.len()));
    let pods = client.list(&PODS, "", "").await.map_err(failed)?;
    let pods = pods["items"].as_array().map_or(0, Vec::len);
    say(&format!("pods                      {pods}"));
    Ok(())
}

fn text<'a>(object: &'a Value, pointer: &str) -> &'a str {
    object.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
}

fn is_ready(node: &Value) -> bool {
    let conditions = node["status"]["conditions"].as_array();
    let ready = |condition: &Value| condition["type"] == "Ready" && condition["status"] == "True";
    conditions.is_some_and(|conditions| conditions.iter().any(ready))
}
