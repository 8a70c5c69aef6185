//! The server: the request chain that the listener and the in-process transport both enter.

pub mod backend;
mod content;
mod deadline;
mod discovery;
mod flow;
pub mod in_process;
pub mod metrics;
pub(crate) mod openapi;
mod paths;
mod respond;
mod rest_backend;
pub mod watch;

use std::panic::AssertUnwindSafe;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use futures::FutureExt;
use http::header::{CACHE_CONTROL, CONNECTION, HeaderName, HeaderValue, X_CONTENT_TYPE_OPTIONS};
use http::{Request, Response, StatusCode, Version, request};
use http_body_util::BodyExt;
use hyper::body::Incoming;
use pintle_component::health::{Checks, Slis};
use pintle_component::metrics::Registry;
use pintle_component::serving::{Connection, Deadline, Handler};
use pintle_component::zpages::Pages;
use pintle_engine::{Enabled, RequestInfo, User};
use pintle_machinery::status::Status;
use pintle_storage::Clock;
use tokio::time::Instant;

use crate::authn::{self, Authenticator, World};
use crate::authz::{self, Authorizer};
use crate::body::{self, Body, Progress};
use crate::compression;
use crate::connect::relay::Peer;
use crate::rest::{ErrorForm, status_response};
use crate::storage;

pub use backend::Backend;

const AUDIT_ID: HeaderName = HeaderName::from_static("audit-id");

/// What a server is made of.
pub struct Parts {
    /// Serves resources.
    pub backend: Arc<dyn Backend>,
    /// Says who sends a request.
    pub authenticator: Arc<Authenticator>,
    /// Says what they may do.
    pub authorizer: Arc<Authorizer>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// All metrics of the process.
    pub registry: Registry,
    /// Address under which clients find the server, `host:port`.
    pub external_address: String,
    /// `jwks_uri` of the discovery document; empty for the server's own.
    pub jwks_uri: String,
    /// Checks of the stores.
    pub storage: Vec<storage::Check>,
    /// Limits of requests in flight.
    pub flow: FlowLimits,
    /// `--request-timeout`, in seconds.
    pub request_timeout_seconds: u64,
    /// `--goaway-chance`.
    pub goaway_chance: f64,
    /// What is compressed.
    pub compression: compression::Gates,
    /// What is served.
    pub enabled: Enabled,
    /// `/statusz` and `/flagz`.
    pub pages: Pages,
}

/// Limits of requests in flight.
#[derive(Clone, Copy, Debug)]
pub struct FlowLimits {
    /// `--max-requests-inflight`.
    pub read: usize,
    /// `--max-mutating-requests-inflight`.
    pub mutating: usize,
    /// `--enable-priority-and-fairness`: requests wait for a seat instead of being refused.
    pub queue: bool,
}

/// The API server.
pub struct Server {
    parts: Parts,
    flow: flow::Flow,
    metrics: metrics::Metrics,
    /// Checks of `/healthz`.
    pub healthz: Checks,
    /// Checks of `/livez`.
    pub livez: Checks,
    /// Checks of `/readyz`.
    pub readyz: Checks,
    slis: Slis,
    stopping: Arc<AtomicBool>,
}

impl std::fmt::Debug for Server {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Server").finish_non_exhaustive()
    }
}

impl Server {
    /// A server; nothing listens yet.
    pub fn new(parts: Parts) -> Arc<Self> {
        let metrics = metrics::Metrics::new(&parts.registry);
        let server = Self {
            flow: flow::Flow::new(parts.flow),
            metrics,
            healthz: Checks::default(),
            livez: Checks::default(),
            readyz: Checks::default(),
            slis: Slis::new(parts.pages.started as f64),
            stopping: Arc::default(),
            parts,
        };
        for checks in [&server.healthz, &server.livez, &server.readyz] {
            checks.record(&server.slis);
            checks.add("ping", || Ok(()));
            checks.add("log", || Ok(()));
        }
        for check in &server.parts.storage {
            let most = [&server.healthz, &server.livez].into_iter().filter(|_| !check.readiness);
            for checks in most.chain([&server.readyz]) {
                let pulse = check.pulse.clone();
                checks.add(check.name.clone(), move || pulse.read());
            }
        }
        let backend = server.parts.backend.clone();
        server.readyz.add("informer-sync", move || {
            if backend.caches_ready() { Ok(()) } else { Err("informers not synced".into()) }
        });
        Arc::new(server)
    }

    /// Adds the last check: it fails from the moment the server is to stop.
    pub fn finish_checks(&self) {
        let stopping = self.stopping.clone();
        self.readyz.add("shutdown", move || {
            if stopping.load(Ordering::SeqCst) {
                Err("process is shutting down".into())
            } else {
                Ok(())
            }
        });
    }

    /// Readiness fails from now on.
    pub fn begin_shutdown(&self) {
        self.stopping.store(true, Ordering::SeqCst);
    }

    /// Says who sends a request.
    pub fn authenticator(&self) -> &Arc<Authenticator> {
        &self.parts.authenticator
    }

    /// Says what they may do.
    pub fn authorizer(&self) -> &Arc<Authorizer> {
        &self.parts.authorizer
    }

    /// Says what time it is.
    pub fn clock(&self) -> &Arc<dyn Clock> {
        &self.parts.clock
    }

    fn now_seconds(&self) -> i64 {
        self.parts.clock.now_milliseconds().div_euclid(1000)
    }

    /// Answers a request: the whole chain, for every transport
    /// (`server.DefaultBuildHandlerChain`).
    pub async fn handle(
        &self,
        connection: &Connection,
        mut request: Request<Body>,
    ) -> Response<Body> {
        request.extensions_mut().insert(Peer(connection.peer.ip()));
        let audit_id = audit_id(&request);
        let http2 = request.version() == Version::HTTP_2;
        let zips = compression::is_accepted(request.headers());
        let answer = AssertUnwindSafe(self.chain(connection, request)).catch_unwind().await;
        let mut response = answer.unwrap_or_else(|panic| {
            tracing::error!(panic = respond::panic_text(&panic), "Observed a panic");
            respond::text(
                StatusCode::INTERNAL_SERVER_ERROR,
                "This request caused apiserver to panic. Look in the logs for details.\n",
            )
        });
        if zips {
            response = compression::apply(response, self.parts.compression).await;
        }
        let headers = response.headers_mut();
        headers.insert(AUDIT_ID, audit_id);
        headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-cache, private"));
        let unknown = response.extensions_mut().remove::<respond::Unauthenticated>().is_some();
        // Clients that stay for long are sent elsewhere now and then
        // (`filters.WithProbabilisticGoaway`).
        let chance = self.parts.goaway_chance;
        let away = chance > 0.0 && rand::random::<f64>() < chance;
        if http2 && (unknown || away) {
            response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
        }
        response
    }

    async fn chain(&self, connection: &Connection, request: Request<Body>) -> Response<Body> {
        let (parts, body) = request.into_parts();
        let (path, query) = (parts.uri.path(), parts.uri.query().unwrap_or_default());
        if !is_well_escaped(path) {
            return respond::text(StatusCode::BAD_REQUEST, "400 Bad Request");
        }
        let info = match RequestInfo::parse(parts.method.as_str(), path, query) {
            Ok(info) => info,
            Err(error) => {
                let target = parts.uri.path_and_query().map_or(path, |target| target.as_str());
                let text = format!(
                    "Internal Server Error: {}: failed to create RequestInfo: {error}\n",
                    pintle_machinery::json::quote(target)
                );
                return respond::text(StatusCode::INTERNAL_SERVER_ERROR, &text);
            }
        };
        let measured = self.metrics.begin(&info, parts.method.as_str());
        let response = self.within_deadline(connection, info, parts, body).await;
        measured.end(response.status());
        response
    }

    async fn within_deadline(
        &self,
        connection: &Connection,
        info: RequestInfo,
        parts: request::Parts,
        body: Body,
    ) -> Response<Body> {
        if deadline::is_long_running(&info) {
            return self.identified(connection, info, parts, body).await;
        }
        let form = form_of(&info, &parts);
        let limit = match deadline::of(&info, self.parts.request_timeout_seconds) {
            Ok(limit) => limit,
            Err(status) => return status_response(status, &form),
        };
        let until = Instant::now() + limit.whole;
        let (body, progress) = body::watched(body);
        let progress = progress.as_deref();
        let mut work = pin!(self.identified(connection, info, parts, body));
        if let Some(write) = limit.write {
            let early = tokio::time::timeout(write, work.as_mut()).await;
            if early.is_err() && !progress.is_some_and(Progress::is_waiting) {
                return status_response(Status::timeout(deadline::WRITE_TIMEOUT, 0), &form);
            }
            if let Ok(response) = early {
                return finished(response, progress, until);
            }
        }
        match tokio::time::timeout_at(until, work).await {
            Ok(response) => finished(response, progress, until),
            Err(_) => respond::timed_out(),
        }
    }

    /// Authentication, impersonation, flow control and authorization.
    async fn identified(
        &self,
        connection: &Connection,
        info: RequestInfo,
        mut parts: request::Parts,
        body: Body,
    ) -> Response<Body> {
        let world = World { now: self.now_seconds(), objects: self.parts.backend.objects() };
        let found = self.parts.authenticator.authenticate(connection, &mut parts.headers, &world);
        let user = match found {
            Ok(user) => user,
            Err(reasons) => {
                tracing::error!(err = ?reasons, "Unable to authenticate the request");
                let form = form_of(&info, &parts);
                let mut refusal = status_response(Status::unauthorized("Unauthorized"), &form);
                refusal.extensions_mut().insert(respond::Unauthenticated);
                return refusal;
            }
        };
        let anonymous = user.name == authn::ANONYMOUS;
        let mut response = match self.impersonated(&info, &mut parts, user) {
            Ok(user) => self.admitted(info, user, parts, body).await,
            Err(status) => status_response(status, &form_of(&info, &parts)),
        };
        if anonymous {
            response.extensions_mut().insert(respond::Unauthenticated);
        }
        response
    }

    fn impersonated(
        &self,
        info: &RequestInfo,
        parts: &mut request::Parts,
        user: Arc<User>,
    ) -> Result<Arc<User>, Status> {
        let Some(wanted) = authn::impersonation::wanted(&mut parts.headers)? else {
            return Ok(user);
        };
        let attributes = authz::attributes_of(&user, info);
        let user = authn::impersonation::authorize(&self.parts.authorizer, &attributes, &wanted)?;
        Ok(Arc::new(user))
    }

    async fn admitted(
        &self,
        info: RequestInfo,
        user: Arc<User>,
        parts: request::Parts,
        body: Body,
    ) -> Response<Body> {
        let Some(_seat) = self.flow.seat(&info, &user).await else {
            return respond::too_many_requests();
        };
        let verdict = self.parts.authorizer.check(&authz::attributes_of(&user, &info));
        if let Err(status) = verdict {
            let form = form_of(&info, &parts);
            let mut refusal = status_response(status, &form);
            let nosniff = HeaderValue::from_static("nosniff");
            refusal.headers_mut().insert(X_CONTENT_TYPE_OPTIONS, nosniff);
            return refusal;
        }
        if parts.uri.path().starts_with("//") {
            return respond::not_found();
        }
        if info.is_resource {
            return self.parts.backend.handle(info, user, parts, body).await;
        }
        if parts.uri.path().starts_with("/openapi/") {
            let found = self.parts.backend.openapi(parts).await;
            return found.unwrap_or_else(respond::not_found);
        }
        self.serve_path(&info, &parts)
    }
}

/// In which form a request is refused.
fn form_of(info: &RequestInfo, parts: &request::Parts) -> ErrorForm {
    ErrorForm::new(&info.query, &parts.headers)
}

/// The answer with the time that the client has to read it. One who left while the body was read
/// has cancelled the request, which upstream answers as if it had taken too long.
fn finished(
    mut response: Response<Body>,
    progress: Option<&Progress>,
    until: Instant,
) -> Response<Body> {
    if progress.is_some_and(Progress::is_cut) {
        return respond::timed_out();
    }
    response.extensions_mut().insert(Deadline(until));
    response
}

/// Each percent sign is followed by two hexadecimal digits (`net/url.validEncoded`).
fn is_well_escaped(path: &str) -> bool {
    let mut escapes = path.split('%');
    escapes.next();
    escapes.all(|rest| {
        rest.as_bytes().get(..2).is_some_and(|code| code.iter().all(u8::is_ascii_hexdigit))
    })
}

impl Handler for Server {
    type Body = Body;

    async fn handle(
        &self,
        connection: &Connection,
        request: Request<Incoming>,
    ) -> Response<Self::Body> {
        let request = request.map(|body| body.map_err(Into::into).boxed_unsync());
        Server::handle(self, connection, request).await
    }
}

/// The client's id of the request, or a fresh one (`filters.WithAuditInit`).
fn audit_id(request: &Request<Body>) -> HeaderValue {
    let given = request.headers().get(AUDIT_ID);
    if let Some(given) = given.filter(|id| !id.is_empty() && id.len() <= 64) {
        return given.clone();
    }
    // The process' own generator saves the system call that asks the kernel for randomness.
    let id = uuid::Builder::from_random_bytes(rand::random()).into_uuid();
    let mut text = [0; uuid::fmt::Hyphenated::LENGTH];
    HeaderValue::from_str(id.hyphenated().encode_lower(&mut text)).expect("a UUID is plain ASCII")
}

#[cfg(test)]
mod tests;
