//! Paths that are not resources': health, version, metrics, discovery, token keys.

use http::header::{ACCEPT, CACHE_CONTROL, CONTENT_TYPE, HeaderValue, WARNING};
use http::{Method, Response, StatusCode, request};
use pintle_component::health::Checks;
use pintle_component::pki::PublicKey;
use pintle_component::zpages::Form;
use pintle_component::{metrics, version, zpages};
use pintle_engine::RequestInfo;
use pintle_engine::discovery::Version;
use pintle_engine::negotiate::route_error;
use pintle_engine::query::Query;
use pintle_machinery::status::{Status, reason};
use pintle_machinery::{Value, json};
use serde_json::json;

use super::{Server, form_of, respond};
use crate::body::{self, Body};
use crate::rest::status_response;

impl Server {
    /// Answers a request that names no resource.
    pub(super) fn serve_path(&self, info: &RequestInfo, parts: &request::Parts) -> Response<Body> {
        let path = info.path.as_str();
        for (kind, checks) in
            [("healthz", &self.healthz), ("livez", &self.livez), ("readyz", &self.readyz)]
        {
            let Some(rest) = path.strip_prefix('/').and_then(|path| path.strip_prefix(kind)) else {
                continue;
            };
            if rest.is_empty() {
                return all_checks(kind, checks, parts);
            }
            if let Some(name) = rest.strip_prefix('/') {
                return one_check(checks, name);
            }
        }
        match path {
            "/" | "/index.html" => self.index(parts),
            "/version" | "/version/" if parts.method != Method::GET => refuse_method(info, parts),
            "/version" | "/version/" => version_document(),
            "/metrics" | "/metrics/" => self.scrape(parts),
            "/metrics/slis" => self.scrape_slis(parts),
            "/openid/v1/jwks" => self.jwks(),
            "/.well-known/openid-configuration" => self.openid_configuration(),
            _ if zpages::kind(path).is_some() => self.page(path, parts),
            _ => match self.discovery(path, parts) {
                Some(_) if parts.method != Method::GET => refuse_method(info, parts),
                Some(document) => document,
                None if path.starts_with("/api/") => {
                    status_response(route_error(404, ""), &form_of(info, parts))
                }
                None => respond::not_found(),
            },
        }
    }

    fn scrape(&self, parts: &request::Parts) -> Response<Body> {
        if parts.method == Method::DELETE {
            self.parts.registry.reset();
            return respond::text(StatusCode::OK, "metrics reset\n");
        }
        metrics_page(self.parts.registry.print())
    }

    fn scrape_slis(&self, parts: &request::Parts) -> Response<Body> {
        if parts.method == Method::DELETE {
            self.slis.reset();
            return respond::text(StatusCode::OK, "metrics reset\n");
        }
        metrics_page(self.slis.print())
    }

    /// `/statusz` and `/flagz`.
    fn page(&self, path: &str, parts: &request::Parts) -> Response<Body> {
        let kind = zpages::kind(path).unwrap_or_default();
        let accept = parts.headers.get(ACCEPT).and_then(|value| value.to_str().ok());
        let Some(form) = zpages::negotiate(accept.unwrap_or_default(), kind) else {
            let status = Status::failure(406, reason::NOT_ACCEPTABLE, zpages::NOT_ACCEPTABLE);
            return respond::status(parts, &status);
        };
        let (pages, now) = (&self.parts.pages, self.now_seconds());
        let mut response = match form {
            Form::Json(version) => respond::document(parts, &pages.json(kind, version, now)),
            Form::Text | Form::Yaml(_) => Response::new(body::full(pages.body(form, kind, now))),
        };
        let headers = response.headers_mut();
        if let Ok(value) = HeaderValue::from_str(&form.content_type(kind)) {
            headers.insert(CONTENT_TYPE, value);
        }
        if let Some(Ok(value)) = form.warning(path).map(|text| HeaderValue::from_str(&text)) {
            headers.insert(WARNING, value);
        }
        response
    }

    fn index(&self, parts: &request::Parts) -> Response<Body> {
        let mut paths: Vec<String> = [
            "/.well-known/openid-configuration",
            "/api",
            "/apis",
            "/apis/",
            "/flagz",
            "/healthz",
            "/livez",
            "/metrics",
            "/metrics/slis",
            "/openapi/v2",
            "/openapi/v3",
            "/openapi/v3/",
            "/openid/v1/jwks",
            "/readyz",
            "/statusz",
            "/version",
        ]
        .map(str::to_owned)
        .into();
        for resource in self.parts.enabled.resources {
            if resource.group.is_empty() {
                paths.push(format!("/api/{}", resource.version));
                continue;
            }
            paths.push(format!("/apis/{}", resource.group));
            paths.push(format!("/apis/{}/{}", resource.group, resource.version));
        }
        for (kind, checks) in
            [("healthz", &self.healthz), ("livez", &self.livez), ("readyz", &self.readyz)]
        {
            paths.extend(checks.names().into_iter().map(|name| format!("/{kind}/{name}")));
        }
        paths.sort();
        paths.dedup();
        let text = json::to_string(&json!({ "paths": paths }));
        let mut response = respond::document(parts, &text);
        *response.body_mut() = body::full(respond::indented(&text));
        response
    }

    fn jwks(&self) -> Response<Body> {
        let Some(accounts) = &self.parts.authenticator.config().service_accounts else {
            return respond::not_found();
        };
        let mut keys: Vec<Value> =
            accounts.keys.iter().map(|key| ordered_key(&key.to_jwk())).collect();
        keys.dedup();
        let texts: Vec<_> = keys.iter().filter_map(Value::as_str).collect();
        public(format!("{{\"keys\":[{}]}}", texts.join(",")), "application/jwk-set+json")
    }

    fn openid_configuration(&self) -> Response<Body> {
        let Some(accounts) = &self.parts.authenticator.config().service_accounts else {
            return respond::not_found();
        };
        let own = format!("https://{}/openid/v1/jwks", self.parts.external_address);
        let uri = if self.parts.jwks_uri.is_empty() { &own } else { &self.parts.jwks_uri };
        let mut algorithms: Vec<&str> = accounts.keys.iter().map(PublicKey::algorithm).collect();
        algorithms.sort_unstable();
        algorithms.dedup();
        let text = format!(
            "{{\"issuer\":{},\"jwks_uri\":{},\"response_types_supported\":[\"id_token\"],\
             \"subject_types_supported\":[\"public\"],\
             \"id_token_signing_alg_values_supported\":{}}}",
            Value::from(accounts.issuers.first().map_or("", String::as_str)),
            Value::from(uri.as_str()),
            json!(algorithms)
        );
        public(text, "application/json")
    }
}

fn metrics_page(text: String) -> Response<Body> {
    let mut response = Response::new(body::full(text));
    let kind = HeaderValue::from_static(metrics::CONTENT_TYPE);
    response.headers_mut().insert(CONTENT_TYPE, kind);
    response
}

/// What the router says of a path that is read only.
fn refuse_method(info: &RequestInfo, parts: &request::Parts) -> Response<Body> {
    status_response(route_error(405, ""), &form_of(info, parts))
}

fn version_document() -> Response<Body> {
    let text = Version {
        git_version: version::RELEASE.into(),
        git_commit: version::commit(),
        git_tree_state: "clean".into(),
        build_date: version::BUILD_DATE.into(),
        go_version: version::GO_VERSION.into(),
        compiler: "rustc".into(),
        platform: version::platform(),
    };
    let mut response = Response::new(body::full(text.to_json()));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

/// The fields in the order in which Go's library writes them.
fn ordered_key(key: &Value) -> Value {
    let fields: Vec<_> = ["use", "kty", "kid", "crv", "alg", "x", "y", "n", "e"]
        .iter()
        .filter_map(|field| Some(format!("\"{field}\":{}", key.get(*field)?)))
        .collect();
    format!("{{{}}}", fields.join(",")).into()
}

fn public(text: String, kind: &'static str) -> Response<Body> {
    let mut response = Response::new(body::full(text));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600"));
    response
}

fn all_checks(kind: &str, checks: &Checks, parts: &request::Parts) -> Response<Body> {
    let query = Query::parse(parts.uri.query().unwrap_or_default());
    let exclude: Vec<String> = query.all("exclude").map(str::to_owned).collect();
    let answer = checks.root(kind, query.has("verbose"), &exclude);
    if !answer.failed.is_empty() {
        let names: Vec<_> = answer.failed.iter().map(|(name, _)| name.as_str()).collect();
        tracing::info!(checks = names.join(","), "{kind} check failed");
    }
    health(answer.code, &answer.body)
}

fn one_check(checks: &Checks, name: &str) -> Response<Body> {
    match checks.one(name) {
        Some(answer) => health(answer.code, &answer.body),
        None => respond::not_found(),
    }
}

fn health(code: u16, text: &str) -> Response<Body> {
    let code = StatusCode::from_u16(code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    respond::text(code, text)
}
