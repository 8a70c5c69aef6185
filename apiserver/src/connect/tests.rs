//! Streams, logs and proxies against a small kubelet on loopback.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONNECTION, HeaderValue, UPGRADE};
use http::{Request, Response, StatusCode};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use pintle_component::pki;
use pintle_component::serving::tls::self_signed;
use pintle_engine::{RequestInfo, User, Value};
use pintle_storage::cache::CacheOptions;
use pintle_storage::{Clock, EmbeddedStore, Store, SystemClock, embedded};
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivateKeyDer};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

use super::exchange::Exchange;
use super::{kubelet, register_streams};
use crate::body::{self, Body};
use crate::registry::{Layout, Registry};
use crate::rest::{ApiRequest, Rest};

/// A server with one node, whose kubelet answers on loopback, and one pod on it.
struct World {
    rest: Arc<Rest>,
    folder: tempfile::TempDir,
    authority: String,
    port: u16,
}

impl World {
    async fn new() -> Self {
        let now = SystemClock.now_milliseconds() / 1000;
        let (chain, key) = self_signed("127.0.0.1", now).expect("a certificate is made");
        let port = serve_kubelet(&chain, &key).await;
        let authority =
            chain.rfind("-----BEGIN").map(|at| chain[at..].to_owned()).expect("a chain has a root");
        let folder = tempfile::tempdir().expect("a folder");
        let store = EmbeddedStore::open(folder.path(), embedded::Options::default());
        let registry = Registry::new(
            Arc::new(store.expect("the store opens")) as Arc<dyn Store>,
            Layout::DEFAULT,
            pintle_resources::RESOURCES,
            &CacheOptions::default(),
        );
        registry.wait_ready(Duration::from_mins(1)).await.expect("the caches fill");
        let rest = Rest::new(registry, Arc::new(SystemClock));
        let world = Self { rest: Arc::new(rest), folder, authority, port };
        world.fill().await;
        world
    }

    async fn fill(&self) {
        let node = json!({"apiVersion": "v1", "kind": "Node", "metadata": {"name": "n"},
            "status": {"addresses": [{"type": "InternalIP", "address": "127.0.0.1"}],
                "daemonEndpoints": {"kubeletEndpoint": {"Port": self.port}}}});
        self.rest.insert(("", "nodes"), node).await.expect("the node is stored");
        let pod = |name: &str, node: &str| {
            json!({"apiVersion": "v1", "kind": "Pod",
                "metadata": {"name": name, "namespace": "d"},
                "spec": {"nodeName": node, "containers": [{"name": "c"}]}})
        };
        for pod in [pod("p", "n"), pod("unplaced", "")] {
            self.rest.insert(("", "pods"), pod).await.expect("the pod is stored");
        }
    }

    /// Registers the streams; kubelets are verified against this authority.
    fn with_authority(mut self, authority: Option<&str>) -> Self {
        let path = authority.map(|pem| {
            let path = self.folder.path().join("authority.crt");
            std::fs::write(&path, pem).expect("the authority is written");
            path
        });
        let config = kubelet::Config {
            authority: path,
            address_types: vec!["InternalIP".into()],
            ..kubelet::Config::default()
        };
        let rest = Arc::get_mut(&mut self.rest).expect("nobody else has the server yet");
        register_streams(rest, config, "IPv4").expect("the rules hold together");
        self
    }

    /// Sends a request through a connection of its own.
    async fn send(&self, request: Request<Full<Bytes>>) -> Response<Incoming> {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let rest = self.rest.clone();
        tokio::spawn(async move {
            let (stream, _) = listener.accept().await.expect("a connection");
            let service = service_fn(move |request: Request<Incoming>| {
                let rest = rest.clone();
                async move { Ok::<_, Infallible>(handle(&rest, request).await) }
            });
            let server = hyper::server::conn::http1::Builder::new();
            server.serve_connection(TokioIo::new(stream), service).with_upgrades().await.ok();
        });
        let stream = TcpStream::connect(address).await.expect("a connection");
        let (mut sender, connection) =
            hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.expect("a handshake");
        tokio::spawn(connection.with_upgrades());
        sender.send_request(request).await.expect("an answer")
    }

    async fn get(&self, path: &str) -> (u16, String) {
        let request = Request::get(path).header("host", "api").body(Full::default());
        let response = self.send(request.expect("a request")).await;
        let status = response.status().as_u16();
        let bytes = response.into_body().collect().await.expect("a body").to_bytes();
        (status, String::from_utf8_lossy(&bytes).into_owned())
    }
}

async fn handle(rest: &Rest, request: Request<Incoming>) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let query = parts.uri.query().unwrap_or_default();
    let info = RequestInfo::parse(parts.method.as_str(), parts.uri.path(), query);
    let info = info.expect("the path names a resource");
    let user = Arc::new(User { name: "admin".into(), ..User::default() });
    let body = body.map_err(|error| Box::new(error) as body::BoxError).boxed_unsync();
    rest.handle(ApiRequest { info, user, parts, body }).await
}

/// Starts a kubelet; returns its port.
async fn serve_kubelet(chain: &str, key: &str) -> u16 {
    let chain: Vec<_> =
        CertificateDer::pem_slice_iter(chain.as_bytes()).map(|c| c.expect("PEM")).collect();
    let key = PrivateKeyDer::from_pem_slice(key.as_bytes()).expect("a key");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .expect("certificate and key fit");
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let Ok(stream) = acceptor.accept(stream).await else { continue };
            let service =
                service_fn(|request| async { Ok::<_, Infallible>(kubelet_answer(request)) });
            let server = hyper::server::conn::http1::Builder::new();
            let connection = server.serve_connection(TokioIo::new(stream), service);
            tokio::spawn(connection.with_upgrades());
        }
    });
    port
}

/// Says back what it was asked, in upper case once it is upgraded.
fn kubelet_answer(mut request: Request<Incoming>) -> Response<Full<Bytes>> {
    let asked = format!("{} {}", request.method(), request.uri());
    if request.uri().path().starts_with("/containerLogs/d/p/c") {
        return Response::new(asked.into());
    }
    if request.uri().path() == "/exec/d/p/c" && request.uri().query() == Some("command=refuse") {
        let mut response = Response::new("refused".into());
        *response.status_mut() = StatusCode::FORBIDDEN;
        return response;
    }
    let Some(protocol) = request.headers().get(UPGRADE).cloned() else {
        let uri = request.headers().get("x-forwarded-uri");
        let uri = uri.and_then(|uri| uri.to_str().ok()).unwrap_or_default();
        return Response::new(format!("{asked} {uri}").into());
    };
    let upgrade = hyper::upgrade::on(&mut request);
    tokio::spawn(async move {
        let mut stream = TokioIo::new(upgrade.await.expect("the connection is upgraded"));
        stream.write_all(format!("{asked}\n").as_bytes()).await.expect("a write");
        let mut byte = [0_u8];
        while stream.read_exact(&mut byte).await.is_ok() {
            byte[0].make_ascii_uppercase();
            stream.write_all(&byte).await.expect("a write");
        }
    });
    let mut response = Response::new(Full::default());
    *response.status_mut() = StatusCode::SWITCHING_PROTOCOLS;
    response.headers_mut().insert(UPGRADE, protocol);
    response.headers_mut().insert(CONNECTION, HeaderValue::from_static("Upgrade"));
    let stream_protocol = HeaderValue::from_static("v4.channel.k8s.io");
    response.headers_mut().insert("x-stream-protocol-version", stream_protocol);
    response
}

fn upgrade(method: &str, path: &str) -> Request<Full<Bytes>> {
    Request::builder()
        .method(method)
        .uri(path)
        .header("host", "api")
        .header(CONNECTION, "Upgrade")
        .header(UPGRADE, "SPDY/3.1")
        .body(Full::default())
        .expect("a request")
}

#[tokio::test]
async fn an_upgraded_connection_is_passed_through() {
    let world = World::new().await;
    let authority = world.authority.clone();
    let world = world.with_authority(Some(&authority));
    let path = "/api/v1/namespaces/d/pods/p/exec?command=sh&command=-c&stdin=true&stdout=true";
    let mut response = world.send(upgrade("POST", path)).await;
    assert_eq!(response.status(), StatusCode::SWITCHING_PROTOCOLS);
    assert_eq!(response.headers()[UPGRADE], "SPDY/3.1");
    assert_eq!(response.headers()["x-stream-protocol-version"], "v4.channel.k8s.io");
    let stream = hyper::upgrade::on(&mut response).await.expect("the connection is upgraded");
    let mut stream = TokioIo::new(stream);
    let mut said = vec![0; "POST /exec/d/p/c?command=sh&command=-c&input=1&output=1\nABC".len()];
    stream.write_all(b"abc").await.expect("a write");
    stream.read_exact(&mut said).await.expect("the kubelet speaks");
    let expected = "POST /exec/d/p/c?command=sh&command=-c&input=1&output=1\nABC";
    assert_eq!(String::from_utf8_lossy(&said), expected);
}

#[tokio::test]
async fn a_refusal_of_the_kubelet_reaches_the_client() {
    let world = World::new().await.with_authority(None);
    let path = "/api/v1/namespaces/d/pods/p/exec?command=refuse";
    let response = world.send(upgrade("GET", path)).await;
    assert_eq!(response.status(), StatusCode::FORBIDDEN);
    let bytes = response.into_body().collect().await.expect("a body").to_bytes();
    assert_eq!(bytes, "refused");
}

#[tokio::test]
async fn streams_need_an_upgrade_a_container_and_a_node() {
    let world = World::new().await.with_authority(None);
    for (path, code, message) in [
        ("p/exec?command=sh", 400, "Upgrade request required"),
        ("p/attach?container=z", 400, "container z is not valid for pod p"),
        ("unplaced/portforward", 400, "pod unplaced does not have a host assigned"),
        ("absent/exec", 404, "pods \\\"absent\\\" not found"),
    ] {
        let (status, text) = world.get(&format!("/api/v1/namespaces/d/pods/{path}")).await;
        assert_eq!(status, code, "{path}: {text}");
        assert!(text.contains(&format!("\"message\":\"{message}\"")), "{path}: {text}");
    }
}

#[tokio::test]
async fn logs_come_from_the_kubelet() {
    let world = World::new().await.with_authority(None);
    let (status, text) = world.get("/api/v1/namespaces/d/pods/p/log?follow=1&tailLines=3").await;
    assert_eq!((status, text.as_str()), (200, "GET /containerLogs/d/p/c?follow=true&tailLines=3"));
    let (status, text) = world.get("/api/v1/namespaces/d/pods/unplaced/log").await;
    assert_eq!((status, text.as_str()), (204, ""));
}

#[tokio::test]
async fn logs_come_in_messages_to_those_who_ask() {
    let world = World::new().await.with_authority(None);
    let mut request = upgrade("GET", "/api/v1/namespaces/d/pods/p/log");
    let headers = request.headers_mut();
    headers.insert(UPGRADE, HeaderValue::from_static("websocket"));
    headers.insert("sec-websocket-version", HeaderValue::from_static("13"));
    let key = HeaderValue::from_static("dGhlIHNhbXBsZSBub25jZQ==");
    headers.insert("sec-websocket-key", key);
    headers.insert("sec-websocket-protocol", HeaderValue::from_static("binary.k8s.io"));
    let mut response = world.send(request).await;
    assert_eq!(response.status(), StatusCode::SWITCHING_PROTOCOLS);
    assert_eq!(response.headers()["sec-websocket-accept"], "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    assert_eq!(response.headers()["sec-websocket-protocol"], "binary.k8s.io");
    let stream = hyper::upgrade::on(&mut response).await.expect("the connection is upgraded");
    let mut said = Vec::new();
    TokioIo::new(stream).read_to_end(&mut said).await.expect("the log ends");
    assert_eq!(said, b"\x82\x00\x82\x18GET /containerLogs/d/p/c\x88\x02\x03\xe8");
}

#[tokio::test]
async fn a_kubelet_of_another_authority_is_not_believed() {
    let now = SystemClock.now_milliseconds() / 1000;
    let other = pki::Authority::generate("other", now - 60, now + 3600).expect("an authority");
    let world = World::new().await.with_authority(Some(&other.certificate_pem()));
    let (status, text) = world.get("/api/v1/namespaces/d/pods/p/log").await;
    assert_eq!(status, 500, "{text}");
    let insecure = "/api/v1/namespaces/d/pods/p/log?insecureSkipTLSVerifyBackend=true";
    assert_eq!(world.get(insecure).await.0, 200);
}

#[tokio::test]
async fn nodes_are_reached_through_the_proxy() {
    let world = World::new().await.with_authority(None);
    let path = "/api/v1/nodes/n/proxy/stats/summary";
    let (status, text) = world.get(&format!("{path}?a=b")).await;
    assert_eq!((status, text), (200, format!("GET /stats/summary?a=b {path}")));
    let (status, text) = world.get("/api/v1/nodes/n/proxy").await;
    assert_eq!((status, text.as_str()), (301, ""));
    let (status, text) = world.get("/api/v1/nodes/n:1/proxy/").await;
    assert_eq!(status, 400, "{text}");
    let answer: Value = serde_json::from_str(&text).expect("a status");
    assert_eq!(answer["message"], "address not allowed");
}

/// Starts a plain server that says how it was asked; returns its port.
async fn serve_plain() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let service = service_fn(|request: Request<Incoming>| async move {
                let mut response = Response::new(Full::<Bytes>::from(request.uri().to_string()));
                let method = HeaderValue::from_str(request.method().as_str()).expect("a method");
                response.headers_mut().insert("x-method", method);
                if request.uri().path() == "/away" {
                    *response.status_mut() = StatusCode::FOUND;
                    response.headers_mut().insert("location", HeaderValue::from_static("/home"));
                }
                Ok::<_, Infallible>(response)
            });
            let server = hyper::server::conn::http1::Builder::new();
            tokio::spawn(server.serve_connection(TokioIo::new(stream), service));
        }
    });
    port
}

#[tokio::test]
async fn every_method_reaches_an_endpoint_of_a_service() {
    let world = World::new().await.with_authority(None);
    let port = serve_plain().await;
    let pod = |pod: &mut Value| {
        pod["status"]["podIPs"] = json!([{"ip": "127.0.0.1"}]);
        Ok(())
    };
    world.rest.modify(("", "pods"), ("d", "p"), pod).await.expect("the pod has an address");
    let service = json!({"apiVersion": "v1", "kind": "Service",
        "metadata": {"name": "s", "namespace": "d"},
        "spec": {"ports": [{"name": "web", "port": 80}]}});
    world.rest.insert(("", "services"), service).await.expect("the service is stored");
    let slice = json!({"apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice",
        "metadata": {"name": "s", "namespace": "d",
            "labels": {"kubernetes.io/service-name": "s"}},
        "addressType": "IPv4", "ports": [{"name": "web", "port": port}],
        "endpoints": [{"addresses": ["127.0.0.1"],
            "targetRef": {"kind": "Pod", "namespace": "d", "name": "p"}}]});
    let slices = ("discovery.k8s.io", "endpointslices");
    world.rest.insert(slices, slice).await.expect("the slice is stored");
    let base = "/api/v1/namespaces/d/services";
    for method in ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"] {
        let request = Request::builder().method(method).uri(format!("{base}/s:web/proxy/a?b=c"));
        let request = request.header("host", "api").body(Full::default()).expect("a request");
        let response = world.send(request).await;
        assert_eq!(response.status(), StatusCode::OK, "{method}");
        assert_eq!(response.headers()["x-method"], method);
        let bytes = response.into_body().collect().await.expect("a body").to_bytes();
        assert_eq!(bytes, if method == "HEAD" { "" } else { "/a?b=c" });
    }
    let away = Request::get(format!("{base}/s:80/proxy/away")).header("host", "api");
    let response = world.send(away.body(Full::default()).expect("a request")).await;
    assert_eq!(response.headers()["location"], format!("{base}/s:80/proxy/home"));
    let (status, text) = world.get(&format!("{base}/s:81/proxy/")).await;
    assert_eq!(status, 503, "{text}");
    let (status, text) = world.get("/api/v1/namespaces/d/pods/p/proxy/").await;
    assert_eq!(status, 400, "{text}");
}

#[tokio::test]
async fn what_a_review_says_is_owned_by_who_asks() {
    let world = World::new().await;
    let path = "/apis/authorization.k8s.io/v1/subjectaccessreviews";
    let info = RequestInfo::parse("POST", path, "fieldManager=me").expect("a resource");
    let request = Request::post(format!("{path}?fieldManager=me")).body(());
    let parts = request.expect("a request").into_parts().0;
    let review = json!({"spec": {"user": "u", "nonResourceAttributes": {"path": "/"}}});
    let body = body::full(review.to_string());
    let request = ApiRequest { info, user: Arc::default(), parts, body };
    let kind = ("authorization.k8s.io", "v1", "SubjectAccessReview");
    let read = Exchange::read(request, kind).await.map_err(|(_, status)| status);
    let mut exchange = read.expect("the review is read");
    exchange.own(&world.rest);
    let entry = &exchange.object["metadata"]["managedFields"][0];
    let owned = r#"{"f:spec":{"f:nonResourceAttributes":{".":{},"f:path":{}},"f:user":{}}}"#;
    assert_eq!((&entry["manager"], &entry["fieldsV1"]), (&json!("me"), &json!(owned)));
}
