//! The service `default/kubernetes`, where the servers are found from inside the cluster, and the
//! range that service addresses come from.

use std::sync::Arc;
use std::time::Duration;

use pintle_machinery::Value;
use pintle_machinery::time::Time;
use serde_json::json;

use super::{Config, Error, Every, Loopback};

const SERVICES: &str = "/api/v1/namespaces/default/services";
const ENDPOINTS: &str = "/api/v1/namespaces/default/endpoints";
const SLICES: &str = "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices";
const RANGES: &str = "/apis/networking.k8s.io/v1/servicecidrs";
/// How often a server says that it is there (`DefaultEndpointReconcilerInterval`).
const INTERVAL: Duration = Duration::from_secs(10);

/// Keeps what tells clients and the other servers of this one.
pub(super) async fn run(every: Every, config: Arc<Config>) {
    tokio::join!(run_service(every.clone(), config.clone()), run_peer(every, config));
}

/// Keeps the service and its endpoints from the moment when the server is ready; takes this
/// server's endpoint away at the end (`controlplane/controller/kubernetesservice.Controller`).
async fn run_service(mut every: Every, config: Arc<Config>) {
    if config.reconcile_endpoints {
        match withdraw(&every.server, &config).await {
            Ok(true) => tracing::error!(
                "Found stale data, removed previous endpoints on kubernetes service, apiserver \
                 didn't exit successfully previously"
            ),
            Ok(false) => {}
            Err(error) => {
                tracing::error!("Error removing old endpoints from kubernetes service: {error}");
            }
        }
    }
    every.hooks.finish("bootstrap-controller");
    if !every.until_ready().await {
        return;
    }
    loop {
        if let Err(error) = update(&every.server, &config).await {
            tracing::error!("unable to sync kubernetes service: {error}");
        }
        tokio::select! {
            () = every.stop.wait() => break,
            () = tokio::time::sleep(INTERVAL) => {}
        }
    }
    if config.reconcile_endpoints
        && let Err(error) = withdraw(&every.server, &config).await
    {
        tracing::error!("Unable to remove endpoints from kubernetes service: {error}");
    }
}

async fn update(server: &Loopback, config: &Config) -> Result<(), Error> {
    ensure_service(server, config).await?;
    if !config.reconcile_endpoints {
        return Ok(());
    }
    let address = config.advertise_address.to_string();
    let subset = json!({"addresses": [{"ip": address}]});
    config.servers.renew(&address, subset, None).await?;
    reconcile(server, config, true).await
}

/// Takes this server out of the leases, and out of the endpoints if it was in the leases
/// (`leaseEndpointReconciler.RemoveEndpoints`).
async fn withdraw(server: &Loopback, config: &Config) -> Result<bool, Error> {
    let known = config.servers.remove(&config.advertise_address.to_string()).await?;
    if known {
        reconcile(server, config, false).await?;
    }
    Ok(known)
}

/// Keeps the peers' leases from the moment when the server is ready
/// (`apiserver/pkg/reconcilers.PeerEndpointLeaseController`).
async fn run_peer(mut every: Every, config: Arc<Config>) {
    every.hooks.finish("peer-endpoint-reconciler-controller");
    if !every.until_ready().await {
        return;
    }
    let id = super::identity::name(&config.hostname);
    let subset = json!({
        "addresses": [{"ip": config.advertise_address.to_string()}],
        "ports": [{"name": "https", "port": config.port, "protocol": "TCP"}],
    });
    let labels = json!({"apiserverIdentity": id});
    loop {
        let renewed = config.peers.renew(&id, subset.clone(), Some(labels.clone())).await;
        if let Err(error) = renewed {
            tracing::error!("unable to update peer endpoint leases: {error}");
        }
        tokio::select! {
            () = every.stop.wait() => break,
            () = tokio::time::sleep(INTERVAL) => {}
        }
    }
    if let Err(error) = config.peers.remove(&id).await {
        tracing::error!("Unable to remove peer endpoint leases: {error}");
    }
}

/// `Controller.CreateOrUpdateMasterServiceIfNeeded`.
async fn ensure_service(server: &Loopback, config: &Config) -> Result<(), Error> {
    let address = config.service_address.to_string();
    let service = json!({
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": {
            "name": "kubernetes",
            "namespace": "default",
            "labels": {"component": "apiserver", "provider": "kubernetes"},
        },
        "spec": {
            "ports": [{
                "name": "https",
                "protocol": "TCP",
                "port": 443,
                "targetPort": config.port,
            }],
            "clusterIP": address,
            "ipFamilyPolicy": "SingleStack",
            "sessionAffinity": "None",
            "type": "ClusterIP",
        },
    });
    server.ensure(SERVICES, &service).await
}

/// Makes endpoints and endpoint slice show the servers that have leases; `serving` says that this
/// one must be among them (`leaseEndpointReconciler.doReconcile`).
async fn reconcile(server: &Loopback, config: &Config, serving: bool) -> Result<(), Error> {
    let path = format!("{ENDPOINTS}/kubernetes");
    let found = server.get(&path).await?;
    if found.is_none() && !serving {
        return Ok(());
    }
    let addresses = config.servers.addresses().await?;
    if serving && addresses.is_empty() {
        return Err(Error::Config(
            "no API server IP addresses were listed in storage, refusing to erase all endpoints \
             for the kubernetes Service"
                .into(),
        ));
    }
    let exists = found.is_some();
    let mut endpoints = found.unwrap_or_else(|| {
        json!({
            "apiVersion": "v1",
            "kind": "Endpoints",
            "metadata": {"name": "kubernetes", "namespace": "default"},
        })
    });
    let changed = correct(&mut endpoints, &addresses, &ports(config));
    if changed && exists {
        endpoints = server.put(&path, &endpoints).await?;
    } else if changed {
        server.ensure(ENDPOINTS, &endpoints).await?;
    }
    reconcile_slice(server, &endpoints).await
}

fn ports(config: &Config) -> Value {
    json!([{"name": "https", "port": config.port, "protocol": "TCP"}])
}

/// Gives endpoints the label and these addresses; says whether that changed anything. Ports stay
/// as they are unless the object is made anew (`checkEndpointSubsetFormatWithLease`).
fn correct(endpoints: &mut Value, addresses: &[String], ports: &Value) -> bool {
    const SKIP_MIRROR: &str = "endpointslice.kubernetes.io/skip-mirror";
    let mut changed = endpoints["metadata"]["labels"][SKIP_MIRROR] != "true";
    if changed {
        endpoints["metadata"]["labels"][SKIP_MIRROR] = "true".into();
    }
    let subsets = endpoints["subsets"].as_array();
    let ports = match subsets.map(Vec::as_slice) {
        Some([subset]) => subset["ports"].clone(),
        _ => ports.clone(),
    };
    let one = subsets.is_some_and(|subsets| subsets.len() == 1);
    let mut wanted: Vec<&str> = addresses.iter().map(String::as_str).collect();
    wanted.sort_unstable();
    let present = endpoints["subsets"][0]["addresses"].as_array();
    let mut present: Vec<&str> =
        present.into_iter().flatten().filter_map(|address| address["ip"].as_str()).collect();
    present.sort_unstable();
    if !one || present != wanted {
        let listed: Vec<Value> = wanted.iter().map(|ip| json!({"ip": ip})).collect();
        // A subset without addresses is dropped when subsets are packed.
        endpoints["subsets"] = if listed.is_empty() {
            json!([])
        } else {
            json!([{"addresses": listed, "ports": ports}])
        };
        changed = true;
    }
    changed
}

/// Makes the slice say what the endpoints say
/// (`EndpointsAdapter.EnsureEndpointSliceFromEndpoints`).
async fn reconcile_slice(server: &Loopback, endpoints: &Value) -> Result<(), Error> {
    let wanted = slice_of(endpoints);
    let path = format!("{SLICES}/kubernetes");
    let Some(found) = server.get(&path).await? else {
        return server.ensure(SLICES, &wanted).await;
    };
    if found["addressType"] != wanted["addressType"] {
        server.delete(&path).await?;
        return server.ensure(SLICES, &wanted).await;
    }
    let empty = |value: &Value| value.is_null() || value.as_array().is_some_and(Vec::is_empty);
    let same = |own: &Value, other: &Value| own == other || (empty(own) && empty(other));
    let unchanged = same(&found["endpoints"], &wanted["endpoints"])
        && same(&found["ports"], &wanted["ports"])
        && found["metadata"]["labels"] == wanted["metadata"]["labels"];
    if unchanged { Ok(()) } else { server.put(&path, &wanted).await.map(|_| ()) }
}

/// `reconcilers.endpointSliceFromEndpoints`.
fn slice_of(endpoints: &Value) -> Value {
    let subset = &endpoints["subsets"][0];
    let addresses: Vec<&str> = subset["addresses"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|address| address["ip"].as_str())
        .collect();
    let is_v6 = !addresses.is_empty() && addresses.iter().all(|address| address.contains(':'));
    let listed: Vec<Value> = addresses
        .iter()
        .filter(|address| address.contains(':') == is_v6)
        .map(|address| json!({"addresses": [address], "conditions": {"ready": true}}))
        .collect();
    let mut slice = json!({
        "apiVersion": "discovery.k8s.io/v1",
        "kind": "EndpointSlice",
        "metadata": {
            "name": "kubernetes",
            "namespace": "default",
            "labels": {"kubernetes.io/service-name": "kubernetes"},
        },
        "addressType": if is_v6 { "IPv6" } else { "IPv4" },
        "endpoints": listed,
    });
    if let Some(ports) = subset["ports"].as_array() {
        slice["ports"] = ports.clone().into();
    }
    slice
}

/// Keeps the ServiceCIDR of the flag (`controlplane/controller/defaultservicecidr`).
pub(super) async fn ensure_range(server: &Loopback, config: &Config) -> Result<(), Error> {
    let range = json!({
        "apiVersion": "networking.k8s.io/v1",
        "kind": "ServiceCIDR",
        "metadata": {"name": "kubernetes"},
        "spec": {"cidrs": config.service_ranges},
    });
    server.ensure(RANGES, &range).await?;
    let path = format!("{RANGES}/kubernetes");
    let Some(found) = server.get(&path).await? else { return Ok(()) };
    if !found["metadata"]["deletionTimestamp"].is_null() {
        return Ok(());
    }
    if found["spec"]["cidrs"] != json!(config.service_ranges) {
        let given = &config.service_ranges;
        tracing::warn!(flag = ?given, stored = %found["spec"]["cidrs"],
            "The default ServiceCIDR differs from the flag");
        return Ok(());
    }
    // A range that somebody else has said not to be ready stays so.
    let known = found["status"]["conditions"].as_array().is_some_and(|conditions| {
        let mut ready = conditions.iter().filter(|condition| condition["type"] == "Ready");
        ready.any(|condition| condition["status"] == "True" || condition["status"] == "False")
    });
    if known {
        return Ok(());
    }
    let status = json!({
        "apiVersion": "networking.k8s.io/v1",
        "kind": "ServiceCIDR",
        "metadata": {"name": "kubernetes"},
        "status": {"conditions": [{
            "type": "Ready",
            "status": "True",
            "message": "Kubernetes default Service CIDR is ready",
            "lastTransitionTime": Time::new(jiff::Timestamp::now().as_second(), 0).rfc3339(),
        }]},
    });
    let manager = "kubernetes-service-cidr-controller";
    server.apply(&format!("{path}/status"), manager, &status).await.map(|_| ())
}
