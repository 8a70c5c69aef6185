use std::net::SocketAddr;
use std::time::Duration;

use futures::future::BoxFuture;
use http::Request;
use pintle_engine::Lookup;
use pintle_engine::lookup::Nothing;
use pintle_storage::ManualClock;

use super::*;
use crate::authz::Mode;
use crate::body;

/// Answers with the caller's name; panics or stalls when asked to.
struct Echo;

impl Backend for Echo {
    fn handle(
        &self,
        info: RequestInfo,
        user: Arc<User>,
        parts: request::Parts,
        body: Body,
    ) -> BoxFuture<'_, Response<Body>> {
        Box::pin(async move {
            match info.name.as_str() {
                "read" => {
                    if let Err(error) = body::read(body, 10).await {
                        return respond::status(&parts, &error.status());
                    }
                }
                "panic" => panic!("asked to"),
                "long" => return respond::document(&parts, &"x".repeat(1 << 18)),
                "stall" => tokio::time::sleep(Duration::from_mins(10)).await,
                _ => {}
            }
            Response::new(body::full(user.name.clone()))
        })
    }

    fn objects(&self) -> &dyn Lookup {
        &Nothing
    }

    fn caches_ready(&self) -> bool {
        true
    }

    fn openapi(&self, _: request::Parts) -> BoxFuture<'_, Option<Response<Body>>> {
        Box::pin(std::future::ready(None))
    }
}

fn server() -> Arc<Server> {
    let authorizer = Authorizer::new(vec![Mode::Rbac]);
    for object in crate::bootstrap::rbac::objects() {
        let plural = match object["kind"].as_str() {
            Some("ClusterRole") => "clusterroles",
            Some("ClusterRoleBinding") => "clusterrolebindings",
            _ => continue,
        };
        let name = object["metadata"]["name"].as_str().unwrap();
        authorizer.observe(authz::rbac::GROUP, plural, "", name, Some(&object));
    }
    let config =
        authn::Config { anonymous: true, loopback_token: "own".into(), ..authn::Config::default() };
    let server = Server::new(Parts {
        backend: Arc::new(Echo),
        authenticator: Arc::new(Authenticator::new(config)),
        authorizer: Arc::new(authorizer),
        clock: Arc::new(ManualClock::new(0)),
        registry: Registry::new(),
        goaway_chance: 0.0,
        compression: compression::Gates { answers: true, watch_lists: true },
        enabled: Enabled::default(),
        pages: Pages { component: "apiserver", ..Pages::default() },
        external_address: "localhost:6443".into(),
        jwks_uri: String::new(),
        storage: Vec::new(),
        flow: FlowLimits { read: 10, mutating: 10, queue: false },
        request_timeout_seconds: 60,
    });
    server.finish_checks();
    server
}

async fn send(server: &Server, line: &str, headers: &[(&str, &str)]) -> (Response<()>, String) {
    deliver(server, line, headers, body::empty()).await
}

async fn deliver(
    server: &Server,
    line: &str,
    headers: &[(&str, &str)],
    body: Body,
) -> (Response<()>, String) {
    let (method, target) = line.split_once(' ').unwrap();
    let mut request = Request::builder().method(method).uri(target);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let here = SocketAddr::from(([127, 0, 0, 1], 1));
    let connection = Connection { peer: here, local: here, client_certificates: Arc::new([]) };
    let response = server.handle(&connection, request.body(body).unwrap()).await;
    let (parts, body) = response.into_parts();
    let text = body::read(body, usize::MAX).await.unwrap();
    (Response::from_parts(parts, ()), String::from_utf8(text.to_vec()).unwrap())
}

const OWN: (&str, &str) = ("authorization", "Bearer own");

/// Code and body, or the message of a status.
#[track_caller]
fn check(line: &str, headers: &[(&str, &str)], code: u16, text: &str) {
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build();
    let (response, body) = runtime.unwrap().block_on(send(&server(), line, headers));
    let status: Option<pintle_engine::Value> = serde_json::from_str(&body).ok();
    let message = status.as_ref().and_then(|status| status["message"].as_str());
    assert_eq!((response.status().as_u16(), message.unwrap_or(&body)), (code, text));
    assert_eq!(response.headers()["cache-control"], "no-cache, private");
    assert!(response.headers().contains_key("audit-id"));
}

#[test]
fn health_is_open_on_the_exact_paths() {
    check("GET /livez", &[], 200, "ok");
    let refused = "forbidden: User \"system:anonymous\" cannot get path \"/livez/ping\"";
    check("GET /livez/ping", &[], 403, refused);
    check("GET /livez/ping", &[OWN], 200, "ok");
    check("GET /livez/nope", &[OWN], 404, "404 page not found\n");
}

#[test]
fn the_caller_reaches_the_backend_by_name() {
    check("GET /api/v1/namespaces/a/pods/p", &[OWN], 200, "system:apiserver");
    let bob = [OWN, ("impersonate-user", "bob"), ("impersonate-group", "system:masters")];
    check("GET /api/v1/namespaces/a/pods/p", &bob, 200, "bob");
}

#[test]
fn strangers_are_refused() {
    let bad = [("authorization", "Bearer other")];
    check("GET /api/v1/pods", &bad, 401, "Unauthorized");
    let refused = "pods is forbidden: User \"system:anonymous\" cannot list resource \"pods\" in \
                   API group \"\" at the cluster scope";
    check("GET /api/v1/pods", &[], 403, refused);
    let refused = "pods is forbidden: User \"bob\" cannot list resource \"pods\" in API group \
                   \"\" at the cluster scope";
    check("GET /api/v1/pods", &[OWN, ("impersonate-user", "bob")], 403, refused);
}

#[test]
fn a_panic_ends_the_request_only() {
    let text = "This request caused apiserver to panic. Look in the logs for details.\n";
    check("GET /api/v1/namespaces/a/pods/panic", &[OWN], 500, text);
}

#[test]
fn a_stalled_request_ends_in_time() {
    let message = "Timeout: request did not complete within the allotted timeout";
    check("GET /api/v1/namespaces/a/pods/stall", &[OWN], 504, message);
    let message = "Timeout: request did not complete within requested timeout - context deadline \
                   exceeded";
    check("PUT /api/v1/namespaces/a/pods/stall", &[OWN], 504, message);
}

#[test]
fn a_client_may_name_the_request() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (response, _) = runtime.block_on(send(&server(), "GET /livez", &[("audit-id", "mine")]));
    assert_eq!(response.headers()["audit-id"], "mine");
}

#[test]
fn shutting_down_fails_readiness_alone() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let server = server();
    server.begin_shutdown();
    let (response, body) = runtime.block_on(send(&server, "GET /readyz", &[]));
    assert_eq!(response.status(), 500);
    assert!(body.contains("[-]shutdown failed: reason withheld\nreadyz check failed\n"), "{body}");
    let (response, _) = runtime.block_on(send(&server, "GET /livez", &[]));
    assert_eq!(response.status(), 200);
}

#[tokio::test]
async fn only_the_aggregated_discovery_documents_vary_by_form() {
    let aggregated = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
    for path in ["/api", "/apis"] {
        for (form, vary) in [(aggregated, Some("Accept")), ("application/json", None)] {
            let headers = [OWN, ("accept", form)];
            let (response, _) = send(&server(), &format!("GET {path}"), &headers).await;
            let found = response.headers().get("vary");
            assert_eq!(found.map(|found| found.to_str().unwrap()), vary, "{path} {form}");
        }
    }
}

#[tokio::test]
async fn a_long_answer_is_compressed_for_those_who_take_that() {
    for (codings, coding) in [("gzip", Some("gzip")), ("br", None)] {
        let request = Request::get("/api/v1/namespaces/a/pods/long").header(OWN.0, OWN.1);
        let request = request.header("accept-encoding", codings).body(body::empty()).unwrap();
        let here = SocketAddr::from(([127, 0, 0, 1], 1));
        let connection = Connection { peer: here, local: here, client_certificates: Arc::new([]) };
        let response = server().handle(&connection, request).await;
        let found = response.headers().get("content-encoding");
        assert_eq!(found.map(|found| found.to_str().unwrap()), coding);
        let bytes = body::read(response.into_body(), usize::MAX).await.unwrap();
        assert_eq!(bytes.len() > 1 << 18, coding.is_none());
    }
}

const TIMED_OUT: &str = "{\"metadata\":{},\"status\":\"Failure\",\"message\":\"Timeout: \
    request did not complete within the allotted timeout\",\"reason\":\"Timeout\",\"details\":{},\
    \"code\":504}\n";

/// Sends a body that begins well and ends with this error, or never.
#[track_caller]
fn check_body(method: &str, end: Option<std::io::ErrorKind>, code: u16, kind: &str, text: &str) {
    use futures::StreamExt;
    let begin = futures::stream::iter([Ok("{".into())]);
    let body = match end {
        Some(kind) => body::stream(
            begin.chain(futures::stream::iter([Err(std::io::Error::from(kind).into())])),
        ),
        None => body::stream(begin.chain(futures::stream::pending())),
    };
    let line = format!("{method} /api/v1/namespaces/a/pods/read");
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build();
    let (response, body) = runtime.unwrap().block_on(deliver(&server(), &line, &[OWN], body));
    let found = response.headers()["content-type"].to_str().unwrap();
    assert_eq!((response.status().as_u16(), found, body.as_str()), (code, kind, text));
}

#[test]
fn a_body_that_is_cut_short_cancels_the_request() {
    let end = Some(std::io::ErrorKind::UnexpectedEof);
    check_body("PUT", end, 504, "text/plain; charset=utf-8", TIMED_OUT);
}

#[test]
fn a_body_that_does_not_end_has_the_whole_time() {
    check_body("PUT", None, 504, "text/plain; charset=utf-8", TIMED_OUT);
    check_body("GET", None, 504, "text/plain; charset=utf-8", TIMED_OUT);
}

#[test]
fn a_broken_chunk_is_named() {
    let status = |message: &str| {
        format!(
            "{{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{{}},\"status\":\"Failure\",\
             \"message\":\"{message}\",\"code\":500}}\n"
        )
    };
    let (length, size) = (std::io::ErrorKind::InvalidInput, std::io::ErrorKind::InvalidData);
    let text = status("invalid byte in chunk length");
    check_body("PUT", Some(length), 500, "application/json", &text);
    let text = status("http chunk length too large");
    check_body("PUT", Some(size), 500, "application/json", &text);
}
