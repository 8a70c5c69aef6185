//! The endpoints that every part but the API server has: health, metrics, configuration, flags.
//!
//! What `--authorization-always-allow-paths` names is open to all; the rest needs a caller whom the
//! API server knows and allows (upstream's delegated authentication and authorization).

mod listen;

use std::collections::BTreeMap;

use bytes::Bytes;
use http::header::{
    ACCEPT, AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE, HeaderName, HeaderValue, WARNING,
    X_CONTENT_TYPE_OPTIONS,
};
use http::{Method, Request, Response, StatusCode};
use http_body_util::Full;
use hyper::body::Incoming;
use pintle_machinery::json::quote;
use pintle_machinery::status::{Details, Status, reason};

use crate::delegated::{Delegated, Post, Verdict};
use crate::health::{Checks, Slis};
use crate::metrics::{self, Registry};
use crate::serving::{Connection, Handler};
use crate::zpages::{self, Pages};

pub use self::listen::{Error, listen};

const PLAIN: &str = "text/plain; charset=utf-8";
const STARTED: HeaderName = HeaderName::from_static("process-start-time-unix");

/// What a part tells of itself.
pub struct Site {
    /// Name of the part.
    pub component: &'static str,
    /// Health by path, such as `healthz`.
    pub health: Vec<(&'static str, Checks)>,
    /// Metrics of the process.
    pub registry: Registry,
    /// Values of all flags.
    pub flags: BTreeMap<String, String>,
    /// The document at `/configz`.
    pub config: String,
    /// Paths that are open to all; one that ends in `*` stands for what begins with it.
    pub open: Vec<String>,
    /// How to ask the API server about callers; without it they see only what is open.
    pub post: Option<Post>,
}

/// The endpoints of one part.
pub struct Endpoints {
    site: Site,
    slis: Slis,
    pages: Pages,
    guard: Delegated,
}

impl Endpoints {
    /// Endpoints of a process that begins now.
    pub fn new(mut site: Site) -> Self {
        let started = now();
        metrics::register_process(&site.registry, started as f64);
        let slis = Slis::new(started as f64);
        let mut paths = vec!["/configz", "/flagz", "/metrics"];
        for (name, checks) in &site.health {
            checks.record(&slis);
            paths.extend(
                ["/healthz", "/livez", "/readyz"].iter().filter(|path| path[1..] == **name),
            );
        }
        paths.sort_unstable();
        let flags = std::mem::take(&mut site.flags);
        let pages = Pages { component: site.component, started, flags, paths };
        let guard = Delegated::new(site.post.take());
        Self { site, slis, pages, guard }
    }

    /// Answers one request.
    async fn answer<B>(&self, request: &Request<B>) -> Response<Full<Bytes>> {
        let path = request.uri().path();
        let mut response = match self.ask(request, path).await {
            Verdict::Allowed => self.give(request, path),
            Verdict::Unknown => refusal(&Status::unauthorized("Unauthorized")),
            Verdict::Forbidden(user) => {
                let verb = verb(request.method());
                let (user, path) = (quote(&user), quote(path));
                let message = format!("forbidden: User {user} cannot {verb} path {path}");
                let status = Status::failure(403, reason::FORBIDDEN, message);
                refusal(&status.with_details(Details::default()))
            }
        };
        let value = HeaderValue::from_static("no-cache, private");
        response.headers_mut().insert(CACHE_CONTROL, value);
        response
    }

    async fn ask<B>(&self, request: &Request<B>, path: &str) -> Verdict {
        let header = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        let token = header.and_then(|value| value.strip_prefix("Bearer ")).unwrap_or_default();
        let token = token.trim();
        let open = self.site.open.iter().any(|open| match open.strip_suffix('*') {
            Some(start) => path.starts_with(start),
            None => path == open,
        });
        if open && token.is_empty() {
            return Verdict::Allowed;
        }
        match self.guard.access(token, verb(request.method()), path).await {
            // Wrong credentials are worse than none.
            Verdict::Forbidden(_) if open => Verdict::Allowed,
            verdict => verdict,
        }
    }

    fn give<B>(&self, request: &Request<B>, path: &str) -> Response<Full<Bytes>> {
        let health = self.site.health.iter().find(|(name, _)| path.strip_prefix('/') == Some(name));
        if let Some((name, checks)) = health {
            let query = request.uri().query().unwrap_or_default();
            let verbose = values(query, "verbose").next().is_some();
            let exclude: Vec<String> = values(query, "exclude").map(str::to_owned).collect();
            let answer = checks.root(name, verbose, &exclude);
            let code = StatusCode::from_u16(answer.code).unwrap_or(StatusCode::OK);
            return text(code, PLAIN, answer.body);
        }
        let resets = request.method() == Method::DELETE;
        match path {
            "/metrics" | "/metrics/slis" if resets => {
                match path {
                    "/metrics" => self.site.registry.reset(),
                    _ => self.slis.reset(),
                }
                text(StatusCode::OK, PLAIN, "metrics reset\n".into())
            }
            "/metrics" => self.numbers(self.site.registry.print()),
            "/metrics/slis" => self.numbers(self.slis.print()),
            "/configz" => text(StatusCode::OK, "application/json", self.site.config.clone()),
            _ => match zpages::kind(path) {
                Some(kind) => self.page(request, path, kind),
                None => text(StatusCode::NOT_FOUND, PLAIN, "404 page not found\n".into()),
            },
        }
    }

    fn numbers(&self, page: String) -> Response<Full<Bytes>> {
        let mut response = text(StatusCode::OK, metrics::CONTENT_TYPE, page);
        let headers = response.headers_mut();
        headers.remove(X_CONTENT_TYPE_OPTIONS);
        headers.insert(STARTED, HeaderValue::from(self.pages.started));
        response
    }

    /// `/statusz` and `/flagz`.
    fn page<B>(&self, request: &Request<B>, path: &str, kind: &str) -> Response<Full<Bytes>> {
        let accept = request.headers().get(ACCEPT).and_then(|value| value.to_str().ok());
        let Some(form) = zpages::negotiate(accept.unwrap_or_default(), kind) else {
            let status = Status::failure(406, reason::NOT_ACCEPTABLE, zpages::NOT_ACCEPTABLE);
            return refusal(&status);
        };
        let mut response = Response::new(Full::from(self.pages.body(form, kind, now())));
        let headers = response.headers_mut();
        if let Ok(value) = HeaderValue::from_str(&form.content_type(kind)) {
            headers.insert(CONTENT_TYPE, value);
        }
        if let Some(Ok(value)) = form.warning(path).map(|text| HeaderValue::from_str(&text)) {
            headers.insert(WARNING, value);
        }
        response
    }
}

impl Handler for Endpoints {
    type Body = Full<Bytes>;

    async fn handle(&self, _: &Connection, request: Request<Incoming>) -> Response<Full<Bytes>> {
        self.answer(&request).await
    }
}

fn now() -> i64 {
    jiff::Timestamp::now().as_second()
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
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

#[cfg(test)]
mod tests;
