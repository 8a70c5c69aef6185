//! The service `default/kubernetes`, where this server is found from inside the cluster, and the
//! range that service addresses come from.

use std::sync::Arc;
use std::time::Duration;

use pintle_machinery::Value;
use serde_json::json;

use super::{Config, Error, Every, Loopback};

const SERVICES: &str = "/api/v1/namespaces/default/services";
const ENDPOINTS: &str = "/api/v1/namespaces/default/endpoints";
const SLICES: &str = "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices";
const RANGES: &str = "/apis/networking.k8s.io/v1/servicecidrs";

/// Keeps the service and its endpoints; takes this server's endpoint away at the end.
pub(super) async fn run(every: Every, config: Arc<Config>) {
    let (server, given) = (every.server.clone(), config.clone());
    every
        .repeat("bootstrap-controller", Duration::from_secs(10), move |server| {
            let config = given.clone();
            async move {
                ensure_service(&server, &config).await?;
                if config.reconcile_endpoints {
                    publish(&server, &config, true).await?;
                }
                Ok(())
            }
        })
        .await;
    if config.reconcile_endpoints
        && let Err(error) = publish(&server, &config, false).await
    {
        tracing::error!(err = %error, "Failed to remove the endpoint of this server");
    }
}

/// `controlplane/controller/kubernetesservice`.
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
            "clusterIPs": [address],
            "ipFamilies": [family(config.service_address)],
            "ipFamilyPolicy": "SingleStack",
            "sessionAffinity": "None",
            "type": "ClusterIP",
        },
    });
    server.ensure(SERVICES, &service).await
}

fn family(address: std::net::IpAddr) -> &'static str {
    if address.is_ipv4() { "IPv4" } else { "IPv6" }
}

/// Writes endpoints and endpoint slice; without addresses when the server stops
/// (`controlplane/reconcilers.EndpointsAdapter`).
async fn publish(server: &Loopback, config: &Config, present: bool) -> Result<(), Error> {
    let address = config.advertise_address.to_string();
    let addresses: Vec<&str> = if present { vec![&address] } else { Vec::new() };
    let ports = json!([{"name": "https", "port": config.port, "protocol": "TCP"}]);
    let subsets: Vec<Value> =
        addresses.iter().map(|ip| json!({"addresses": [{"ip": ip}], "ports": ports})).collect();
    let mut endpoints = json!({
        "apiVersion": "v1",
        "kind": "Endpoints",
        "metadata": {
            "name": "kubernetes",
            "namespace": "default",
            "labels": {"endpointslice.kubernetes.io/skip-mirror": "true"},
        },
    });
    if !subsets.is_empty() {
        endpoints["subsets"] = subsets.into();
    }
    replace(server, ENDPOINTS, &endpoints, &["subsets"]).await?;
    let slice = json!({
        "apiVersion": "discovery.k8s.io/v1",
        "kind": "EndpointSlice",
        "metadata": {
            "name": "kubernetes",
            "namespace": "default",
            "labels": {"kubernetes.io/service-name": "kubernetes"},
        },
        "addressType": family(config.advertise_address),
        "endpoints": addresses
            .iter()
            .map(|ip| json!({"addresses": [ip], "conditions": {"ready": true}}))
            .collect::<Vec<_>>(),
        "ports": ports,
    });
    replace(server, SLICES, &slice, &["endpoints", "ports"]).await
}

/// Makes the object, or gives it these fields.
async fn replace(
    server: &Loopback,
    collection: &str,
    wanted: &Value,
    fields: &[&str],
) -> Result<(), Error> {
    let path = format!("{collection}/kubernetes");
    let Some(mut found) = server.get(&path).await? else {
        return server.ensure(collection, wanted).await;
    };
    let empty = |value: &Value| value.is_null() || value.as_array().is_some_and(Vec::is_empty);
    let mut changed = false;
    for field in fields {
        let (own, other) = (&found[*field], &wanted[*field]);
        if own != other && !(empty(own) && empty(other)) {
            found[*field] = if other.is_null() { json!([]) } else { other.clone() };
            changed = true;
        }
    }
    if changed { server.put(&path, &found).await.map(|_| ()) } else { Ok(()) }
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
    let Some(mut found) = server.get(&path).await? else { return Ok(()) };
    if found["spec"]["cidrs"] != json!(config.service_ranges) {
        let given = &config.service_ranges;
        tracing::warn!(flag = ?given, stored = %found["spec"]["cidrs"],
            "The default ServiceCIDR differs from the flag");
        return Ok(());
    }
    let ready = found["status"]["conditions"]
        .as_array()
        .is_some_and(|conditions| conditions.iter().any(|condition| condition["type"] == "Ready"));
    if ready {
        return Ok(());
    }
    let now = found["metadata"]["creationTimestamp"].clone();
    found["status"] = json!({"conditions": [{
        "type": "Ready",
        "status": "True",
        "lastTransitionTime": now,
        "reason": "",
        "message": "Kubernetes Service CIDR is ready",
    }]});
    server.put(&format!("{path}/status"), &found).await.map(|_| ())
}
