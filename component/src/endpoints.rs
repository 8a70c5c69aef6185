//! The endpoints that every part but the API server has: health, metrics, version, flags.
//!
//! Paths of health are open to all; the rest needs a caller whom the API server knows and allows
//! (upstream's delegated authentication and authorization).

use std::sync::Arc;

use bytes::Bytes;
use futures::future::BoxFuture;
use http::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use http::{Method, Request, Response, StatusCode};
use http_body_util::Full;
use hyper::body::Incoming;
use pintle_machinery::status::{Details, Status, reason};

use crate::health::Checks;
use crate::metrics::Registry;
use crate::serving::{Connection, Handler};

/// Content type of metrics.
const METRICS: &str = "text/plain; version=0.0.4; charset=utf-8; escaping=underscores";

/// Whether a caller may do what it asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It may.
    Allowed,
    /// Its credentials are wrong.
    Unknown,
    /// The user of this name may not.
    Forbidden(String),
}

/// What a caller asks for.
#[derive(Clone, Debug)]
pub struct Question {
    /// Bearer token; empty if none.
    pub token: String,
    /// Verb, such as `get`.
    pub verb: String,
    /// Path.
    pub path: String,
}

/// Decides about callers.
pub type Guard = Arc<dyn Fn(Question) -> BoxFuture<'static, Verdict> + Send + Sync>;

/// The endpoints of one part.
pub struct Endpoints {
    /// Health by path, such as `healthz`.
    pub health: Vec<(&'static str, Checks)>,
    /// Metrics of the process.
    pub registry: Registry,
    /// Asked about every path that is not one of health.
    pub guard: Guard,
}

impl Endpoints {
    /// Answers one request.
    async fn answer(&self, request: Request<Incoming>) -> Response<Full<Bytes>> {
        let path = request.uri().path().trim_end_matches('/').to_owned();
        let query = request.uri().query().unwrap_or_default();
        let health = self.health.iter().find(|(name, _)| path[1.min(path.len())..] == **name);
        if let Some((name, checks)) = health {
            let verbose = values(query, "verbose").next().is_some();
            let exclude: Vec<String> = values(query, "exclude").map(str::to_owned).collect();
            let answer = checks.root(name, verbose, &exclude);
            let code = StatusCode::from_u16(answer.code).unwrap_or(StatusCode::OK);
            return text(code, "text/plain; charset=utf-8", answer.body);
        }
        match self.ask(&request, &path).await {
            Verdict::Allowed => self.open(request.method(), &path),
            Verdict::Unknown => refusal(&Status::unauthorized("Unauthorized")),
            Verdict::Forbidden(user) => {
                let verb = verb(request.method());
                let message = format!(
                    "forbidden: User {} cannot {verb} path {}",
                    pintle_machinery::json::quote(&user),
                    pintle_machinery::json::quote(&path),
                );
                let status = Status::failure(403, reason::FORBIDDEN, message);
                refusal(&status.with_details(Details::default()))
            }
        }
    }

    async fn ask(&self, request: &Request<Incoming>, path: &str) -> Verdict {
        let header = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        let token = header.and_then(|value| value.strip_prefix("Bearer ")).unwrap_or_default();
        let question = Question {
            token: token.trim().to_owned(),
            verb: verb(request.method()).to_owned(),
            path: path.to_owned(),
        };
        (self.guard)(question).await
    }

    fn open(&self, method: &Method, path: &str) -> Response<Full<Bytes>> {
        match path {
            "/metrics" if method == Method::DELETE => {
                self.registry.reset();
                text(StatusCode::OK, "text/plain; charset=utf-8", "metrics reset\n".into())
            }
            "/metrics" => text(StatusCode::OK, METRICS, self.registry.print()),
            _ => {
                let body = "404 page not found\n".to_owned();
                text(StatusCode::NOT_FOUND, "text/plain; charset=utf-8", body)
            }
        }
    }
}

impl Handler for Endpoints {
    type Body = Full<Bytes>;

    async fn handle(&self, _: &Connection, request: Request<Incoming>) -> Response<Full<Bytes>> {
        self.answer(request).await
    }
}

/// Values of a parameter of a query.
fn values<'a>(query: &'a str, name: &'a str) -> impl Iterator<Item = &'a str> {
    let pairs = query.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    pairs.filter(move |(key, _)| *key == name).map(|(_, value)| value)
}

fn verb(method: &Method) -> &'static str {
    match *method {
        Method::POST => "post",
        Method::PUT => "put",
        Method::PATCH => "patch",
        Method::DELETE => "delete",
        Method::HEAD => "head",
        _ => "get",
    }
}

fn refusal(status: &Status) -> Response<Full<Bytes>> {
    let code = StatusCode::from_u16(status.code).unwrap_or(StatusCode::FORBIDDEN);
    text(code, "application/json", status.to_json() + "\n")
}

fn text(code: StatusCode, content_type: &'static str, body: String) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::from(body)));
    *response.status_mut() = code;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    response
}
