//! Nodes without machines: their pods become Running and Ready, as kwok's do.
//!
//! Each fake node is an API client with a real node's identity and rights, so what it can do is
//! what a kubelet can do. It marks itself with a label and an annotation.

mod node;
mod pod;

pub(crate) use node::MARK;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use k8s_openapi::api::core::v1::Pod;
use kube::config::{KubeConfigOptions, Kubeconfig};
use pintle_client::watch::Selection;
use pintle_client::{
    Client, Clock, Deletion, Error, Informer, PatchType, Resource, SystemClock, micro_time,
};
use pintle_component::pki;
use rustls_pki_types::CertificateDer;
use serde_json::json;
use tokio::sync::mpsc;
use tracing::warn;

use pod::Reaction;

const NODES: Resource = Resource::cluster("", "v1", "Node", "nodes");
const PODS: Resource = Resource::namespaced("", "v1", "Pod", "pods");
const LEASES: Resource = Resource::namespaced("coordination.k8s.io", "v1", "Lease", "leases");
/// Pace of the heartbeat, as a kubelet's (`nodeStatusUpdateFrequency`).
const HEARTBEAT: Duration = Duration::from_secs(10);
/// Pace of attempts that fail.
const RETRY: Duration = Duration::from_secs(1);

/// One fake node.
pub(crate) struct FakeNode {
    client: Client,
    clock: Arc<dyn Clock>,
    name: String,
    index: u32,
}

impl FakeNode {
    /// The node of that index, over a client with its identity.
    pub(crate) fn new(client: Client, clock: Arc<dyn Clock>, index: u32) -> Self {
        Self { client, clock, name: node::name(index), index }
    }

    /// Registers the node and looks after its pods until the task is dropped.
    pub(crate) async fn run(self) {
        while let Err(error) = self.register().await {
            warn!(node = self.name, %error, "Unable to register fake node");
            tokio::time::sleep(RETRY).await;
        }
        let (changed, changes) = mpsc::unbounded_channel();
        let pods = Informer::<Pod>::new();
        pods.on_change(move |_, new| {
            if let Some(pod) = new {
                // The receiver lives as long as this node's task.
                drop(changed.send(pod.clone()));
            }
        });
        let fields = format!("spec.nodeName={}", self.name);
        let selection = Selection { fields, ..Selection::default() };
        let reflector = AbortOnDrop(pods.start(&self.client, PODS, selection));
        tokio::join!(self.heartbeats(), self.tend(changes));
        drop(reflector);
    }

    async fn register(&self) -> Result<(), Error> {
        let node = node::object(self.index, self.clock.now());
        match self.client.create(&NODES, "", &node).await {
            Err(error) if error.is_already_exists() => {}
            other => drop(other?),
        }
        let patch = json!({ "status": node["status"] });
        let place = ("", self.name.as_str(), "status");
        self.client.patch(&NODES, place, PatchType::Strategic, &patch).await?;
        Ok(())
    }

    async fn heartbeats(&self) {
        loop {
            if let Err(error) = self.heartbeat().await {
                warn!(node = self.name, %error, "Unable to renew fake node's lease");
            }
            tokio::time::sleep(HEARTBEAT).await;
        }
    }

    async fn heartbeat(&self) -> Result<(), Error> {
        const NAMESPACE: &str = "kube-node-lease";
        let renewed = micro_time(self.clock.now());
        let patch = json!({ "spec": { "renewTime": renewed } });
        let place = (NAMESPACE, self.name.as_str(), "");
        match self.client.patch(&LEASES, place, PatchType::Merge, &patch).await {
            Err(error) if error.is_not_found() => {}
            other => return other.map(drop),
        }
        let lease = json!({
            "apiVersion": "coordination.k8s.io/v1", "kind": "Lease",
            "metadata": { "name": self.name, "namespace": NAMESPACE },
            "spec": {
                "holderIdentity": self.name, "leaseDurationSeconds": 40, "renewTime": renewed,
            },
        });
        self.client.create(&LEASES, NAMESPACE, &lease).await.map(drop)
    }

    async fn tend(&self, mut changes: mpsc::UnboundedReceiver<Arc<Pod>>) {
        let mut addresses = pod::Addresses::new(self.index);
        while let Some(pod) = changes.recv().await {
            let address = addresses.of(&pod);
            let reaction = pod::react(&pod, &node::address(self.index), &address, self.clock.now());
            let Some(reaction) = reaction else { continue };
            if let Err(error) = self.carry_out(&pod, reaction).await
                && !error.is_not_found()
                && !error.is_conflict()
            {
                warn!(node = self.name, %error, "Unable to tend a fake node's pod");
            }
        }
    }

    async fn carry_out(&self, pod: &Pod, reaction: Reaction) -> Result<(), Error> {
        let meta = &pod.metadata;
        let namespace = meta.namespace.as_deref().unwrap_or_default();
        let name = meta.name.as_deref().unwrap_or_default();
        match reaction {
            Reaction::SetStatus(status) => {
                let patch = json!({ "metadata": { "uid": meta.uid }, "status": status });
                let place = (namespace, name, "status");
                self.client.patch(&PODS, place, PatchType::Strategic, &patch).await.map(drop)
            }
            Reaction::Remove => {
                let deletion = Deletion {
                    uid: meta.uid.clone(),
                    grace_seconds: Some(0),
                    ..Deletion::default()
                };
                self.client.delete(&PODS, (namespace, name), &deletion).await.map(drop)
            }
        }
    }
}

/// A client certificate with the identity of the node of an index.
pub(crate) fn certificate(
    folder: &Path,
    index: u32,
) -> Result<Vec<CertificateDer<'static>>, pki::Error> {
    let authority = pki::Authority::load(&folder.join("ca.crt"), &folder.join("ca.key"))?;
    let now = SystemClock.now().as_second();
    let name = format!("system:node:{}", node::name(index));
    let profile = pki::Profile {
        subject: pki::certificate::subject(&name, &["system:nodes"]),
        names: Vec::new(),
        usages: vec![pki::Usage::DIGITAL_SIGNATURE, pki::Usage::CLIENT_AUTH],
        authority: false,
        not_before: now - 300,
        not_after: now + YEAR,
    };
    let signed = authority.sign(&profile, &pki::PrivateKey::generate()?.public())?;
    pki::certificates(signed.as_bytes())
}

/// A client of an administrator who acts for the node of an index.
pub(crate) async fn impersonated(config: &Path, index: u32) -> Result<Client, String> {
    let failed = |error: &dyn std::fmt::Display| format!("{}: {error}", config.display());
    let file = Kubeconfig::read_from(config).map_err(|error| failed(&error))?;
    let options = KubeConfigOptions::default();
    let mut config_of = kube::Config::from_custom_kubeconfig(file, &options)
        .await
        .map_err(|error| failed(&error))?;
    config_of.auth_info.impersonate = Some(format!("system:node:{}", node::name(index)));
    config_of.auth_info.impersonate_groups = Some(vec!["system:nodes".into()]);
    config_of.default_retry = false;
    let inner = kube::Client::try_from(config_of).map_err(|error| failed(&error))?;
    Ok(Client::new(inner, "pintle-fake-node"))
}

const YEAR: i64 = 365 * 24 * 3600;

/// A task that ends with its owner.
struct AbortOnDrop(tokio::task::JoinHandle<()>);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}
