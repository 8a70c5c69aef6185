//! `pods/proxy`, `services/proxy` and `nodes/proxy`: any request, passed on.

use std::net::IpAddr;
use std::sync::Arc;

use futures::future::BoxFuture;
use http::Response;
use pintle_engine::{Lookup, RequestInfo, Status, Value, meta};
use pintle_machinery::ip::parse_sloppy;
use pintle_machinery::json::quote;
use rustls::ClientConfig;

use super::admit;
use super::backend::Target;
use super::kubelet::Kubelets;
use super::location::{SchemeNamePort, subpath};
use super::relay::Relay;
use crate::body::Body;
use crate::rest::{ApiRequest, Connect, ErrorForm, Rest, status_response};

/// What is behind the proxy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A pod's address.
    Pod,
    /// An endpoint of a service.
    Service,
    /// A node: its kubelet, or another of its ports.
    Node,
}

/// Passes requests on (`ProxyREST` of `registry/core/{pod,service,node}`).
pub struct Proxy {
    /// What is behind it.
    pub kind: Kind,
    /// The cluster's first family, `IPv4` or `IPv6`.
    pub family: &'static str,
    /// Where kubelets are.
    pub kubelets: Arc<Kubelets>,
    /// How pods and services are spoken to over TLS: nobody's certificate is checked.
    pub tls: Arc<ClientConfig>,
}

impl Connect for Proxy {
    fn connect<'a>(&'a self, rest: &'a Rest, request: ApiRequest) -> BoxFuture<'a, Response<Body>> {
        Box::pin(async move {
            let form = ErrorForm::of(&request);
            let outcome = self.relay(rest, request).await;
            outcome.unwrap_or_else(|status| status_response(status, &form))
        })
    }
}

impl Proxy {
    async fn relay(&self, rest: &Rest, request: ApiRequest) -> Result<Response<Body>, Status> {
        let ApiRequest { info, user, parts, body } = request;
        let path = subpath(&info.parts, &info.path);
        let kind = match self.kind {
            Kind::Pod => "PodProxyOptions",
            Kind::Service => "ServiceProxyOptions",
            Kind::Node => "NodeProxyOptions",
        };
        let options = serde_json::json!({"kind": kind, "apiVersion": "v1", "path": path});
        admit::connect(rest, &info, &user, &options).await?;
        let target = match self.kind {
            Kind::Pod => self.pod(rest, &info).await?,
            Kind::Service => self.service(rest, &info).await?,
            Kind::Node => self.node(rest, &info).await?,
        };
        let query = String::new();
        let relay = Relay { target, path, query, upgrade_required: false, rewrite: true };
        relay.serve(parts, body).await
    }

    fn target(&self, scheme: &str, host: String, port: &str) -> Result<Target, Status> {
        let tls = (scheme == "https").then(|| self.tls.clone());
        let port = match port {
            "" if tls.is_some() => 443,
            "" => 80,
            text => text.parse().map_err(|_| {
                let message = format!(
                    "error trying to reach service: dial tcp: lookup tcp/{text}: unknown port"
                );
                Status::service_unavailable(message)
            })?,
        };
        Ok(Target { host, port, tls })
    }

    /// `registry/core/pod.ResourceLocation`.
    async fn pod(&self, rest: &Rest, info: &RequestInfo) -> Result<Target, Status> {
        let id = SchemeNamePort::split(&info.name, "pod")?;
        let pod = rest.fetch("", "pods", &info.namespace, id.name).await?;
        let port = if id.port.is_empty() { first_port(&pod) } else { id.port.to_owned() };
        let ip = pod["status"]["podIPs"][0]["ip"].as_str().unwrap_or_default();
        if !parse_sloppy(ip).is_some_and(is_global_unicast) {
            return Err(Status::bad_request("address not allowed"));
        }
        self.target(id.scheme, ip.to_owned(), &port)
    }

    /// `registry/core/service/storage.REST.ResourceLocation`.
    async fn service(&self, rest: &Rest, info: &RequestInfo) -> Result<Target, Status> {
        let id = SchemeNamePort::split(&info.name, "service")?;
        let mut port = id.port.to_owned();
        let quoted = quote(id.name);
        if let Ok(number) = id.port.parse::<i64>() {
            let service = rest.fetch("", "services", &info.namespace, id.name).await?;
            let ports = service["spec"]["ports"].as_array();
            let found = ports.into_iter().flatten().find(|port| port["port"] == number);
            let Some(found) = found else {
                let message = format!("no service port {number} found for service {quoted}");
                return Err(Status::service_unavailable(message));
            };
            port = found["name"].as_str().unwrap_or_default().to_owned();
        }
        let caches = [("discovery.k8s.io", "endpointslices"), ("", "pods")];
        rest.registry.sync(&caches).await.map_err(Status::internal_error)?;
        let mut slices = rest.registry.list("discovery.k8s.io", "endpointslices", &info.namespace);
        slices.retain(|slice| {
            meta::map(slice, "labels").is_some_and(|labels| {
                labels.get("kubernetes.io/service-name") == Some(&id.name.into())
            })
        });
        let valid = |endpoint: &Value| is_valid(&*rest.registry, &info.namespace, endpoint);
        let slices: Vec<&Value> = slices.iter().map(|slice| &**slice).collect();
        let pick = |below: usize| rand::random_range(0..below);
        let (host, port) = endpoint(&slices, &port, self.family, valid, pick).ok_or_else(|| {
            Status::service_unavailable(format!("no endpoints available for service {quoted}"))
        })?;
        self.target(id.scheme, host, &port)
    }

    /// `registry/core/node.ResourceLocation`.
    async fn node(&self, rest: &Rest, info: &RequestInfo) -> Result<Target, Status> {
        let id = SchemeNamePort::split(&info.name, "node")?;
        let kubelet = self.kubelets.target(rest, id.name, false).await?;
        if id.port.is_empty() || id.port == kubelet.port.to_string() {
            return Ok(kubelet);
        }
        let allowed = if let Some(ip) = parse_sloppy(&kubelet.host) {
            is_global_unicast(ip)
        } else {
            let found = tokio::net::lookup_host((kubelet.host.as_str(), 0)).await;
            let mut found = found.map_err(|error| Status::bad_request(error.to_string()))?;
            found.all(|address| is_global_unicast(address.ip()))
        };
        if !allowed {
            return Err(Status::bad_request("address not allowed"));
        }
        self.target(id.scheme, kubelet.host, id.port)
    }
}

/// The first port that a container tells of; empty if none does.
fn first_port(pod: &Value) -> String {
    let containers = pod["spec"]["containers"].as_array();
    let ports = containers.into_iter().flatten().map(|c| &c["ports"][0]["containerPort"]);
    ports.into_iter().find_map(Value::as_i64).map_or_else(String::new, |port| port.to_string())
}

/// Go's `net.IP.IsGlobalUnicast`: private addresses count.
fn is_global_unicast(ip: IpAddr) -> bool {
    let narrow = match ip {
        IpAddr::V4(ip) => ip.is_broadcast() || ip.is_link_local(),
        IpAddr::V6(ip) => ip.is_unicast_link_local(),
    };
    !(narrow || ip.is_unspecified() || ip.is_loopback() || ip.is_multicast())
}

/// The endpoint is a pod of the namespace that has the address (`isValidAddress`).
fn is_valid(lookup: &dyn Lookup, namespace: &str, endpoint: &Value) -> bool {
    let target = &endpoint["targetRef"];
    if target["namespace"] != namespace {
        return false;
    }
    let name = target["name"].as_str().unwrap_or_default();
    let Some(pod) = lookup.get("", "pods", namespace, name) else { return false };
    let ips = pod["status"]["podIPs"].as_array();
    ips.into_iter().flatten().any(|ip| ip["ip"] == endpoint["addresses"][0])
}

/// An endpoint that is ready, on the port of this name (`proxy.RandomEndpoint`).
fn endpoint(
    slices: &[&Value],
    port: &str,
    family: &str,
    valid: impl Fn(&Value) -> bool,
    mut pick: impl FnMut(usize) -> usize,
) -> Option<(String, String)> {
    let start = if slices.is_empty() { return None } else { pick(slices.len()) };
    let mut order: Vec<&Value> = slices[start..].iter().chain(&slices[..start]).copied().collect();
    order.sort_by_key(|slice| slice["addressType"] != family);
    for slice in order {
        let endpoints = slice["endpoints"].as_array().map_or(&[][..], Vec::as_slice);
        if endpoints.is_empty() {
            continue;
        }
        for candidate in slice["ports"].as_array().into_iter().flatten() {
            let named = candidate["name"].as_str() == Some(port);
            let Some(number) = candidate["port"].as_i64().filter(|_| named) else { continue };
            let start = pick(endpoints.len());
            let ready =
                |endpoint: &&Value| endpoint["conditions"]["ready"] != false && valid(endpoint);
            let found = endpoints[start..].iter().chain(&endpoints[..start]).find(ready);
            if let Some(ip) = found.and_then(|found| found["addresses"][0].as_str()) {
                return Some((ip.to_owned(), number.to_string()));
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(slices: &[Value], port: &str, expected: Option<(&str, &str)>) {
        let slices: Vec<&Value> = slices.iter().collect();
        let valid = |endpoint: &Value| endpoint["addresses"][0] != "10.0.0.66";
        let found = endpoint(&slices, port, "IPv4", valid, |_| 0);
        let expected = expected.map(|(host, port)| (host.to_owned(), port.to_owned()));
        assert_eq!(found, expected);
    }

    fn slice(family: &str, addresses: &[(&str, bool)]) -> Value {
        let endpoints: Vec<Value> = addresses
            .iter()
            .map(|(ip, ready)| json!({"addresses": [ip], "conditions": {"ready": ready}}))
            .collect();
        json!({"addressType": family, "endpoints": endpoints,
            "ports": [{"name": "http", "port": 8080}]})
    }

    #[test]
    fn a_ready_endpoint_of_the_first_family_is_chosen() {
        let six = slice("IPv6", &[("fd00::1", true)]);
        let four = slice("IPv4", &[("10.0.0.1", false), ("10.0.0.66", true), ("10.0.0.2", true)]);
        check(&[six.clone(), four], "http", Some(("10.0.0.2", "8080")));
        check(std::slice::from_ref(&six), "http", Some(("fd00::1", "8080")));
        check(&[six], "https", None);
        check(&[], "http", None);
    }

    #[test]
    fn only_global_addresses_are_reached() {
        for (ip, allowed) in [
            ("10.0.0.1", true),
            ("fd00::1", true),
            ("127.0.0.1", false),
            ("169.254.0.1", false),
            ("224.0.0.1", false),
            ("0.0.0.0", false),
            ("fe80::1", false),
        ] {
            assert_eq!(is_global_unicast(ip.parse().expect("an address")), allowed, "{ip}");
        }
    }
}
