//! Passing a request on to a backend, upgrades included (`apimachinery/pkg/util/proxy`).

use std::net::IpAddr;

use http::header::{
    CONNECTION, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HOST, HeaderMap, HeaderName,
    HeaderValue, LOCATION, TE, TRANSFER_ENCODING, UPGRADE,
};
use http::request::Parts;
use http::{Method, Request, Response, StatusCode};
use http_body_util::BodyExt;
use hyper::body::Incoming;
use hyper::upgrade::OnUpgrade;
use hyper_util::rt::TokioIo;
use pintle_engine::Status;

use super::backend::Target;
use super::links;
use crate::body::{self, Body, BoxError};
use crate::rest::header;

const FORWARDED_URI: HeaderName = HeaderName::from_static("x-forwarded-uri");
const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// Whom a request comes from, among its extensions.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub IpAddr);

/// What belongs to one connection and is not passed on (`httputil.ReverseProxy`).
const HOP_BY_HOP: &[&str] = &[
    "connection",
    "proxy-connection",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// Where and how a request is passed on (`proxy.UpgradeAwareHandler`).
#[derive(Clone, Debug)]
pub struct Relay {
    /// The backend.
    pub target: Target,
    /// Path at the backend; may be empty.
    pub path: String,
    /// Query of an upgrade; other requests keep their own.
    pub query: String,
    /// Only upgrades are passed on.
    pub upgrade_required: bool,
    /// The backend sits below the request's path: it is told of it, and its redirects are put
    /// there.
    pub rewrite: bool,
}

/// The client asks for another protocol (`httpstream.IsUpgradeRequest`).
pub fn is_upgrade(parts: &Parts) -> bool {
    let mut values = parts.headers.get_all(CONNECTION).iter();
    values.any(|value| {
        value.to_str().is_ok_and(|value| value.to_ascii_lowercase().contains("upgrade"))
    })
}

/// Adds the sender to those whom the request has passed
/// (`apimachinery/pkg/util/net.AppendForwardedForHeader`).
fn append_forwarded_for(headers: &mut HeaderMap, parts: &Parts) {
    let Some(Peer(peer)) = parts.extensions.get::<Peer>() else { return };
    let before = headers.get_all(FORWARDED_FOR).iter().filter_map(|value| value.to_str().ok());
    let mut chain: Vec<String> = before.map(str::to_owned).collect();
    chain.push(peer.to_string());
    if let Ok(value) = HeaderValue::from_str(&chain.join(", ")) {
        headers.insert(FORWARDED_FOR, value);
    }
}

fn failed(error: impl std::fmt::Display) -> Status {
    Status::failure(500, "", error.to_string())
}

impl Relay {
    /// Passes a request on.
    pub async fn serve(&self, mut parts: Parts, body: Body) -> Result<Response<Body>, Status> {
        if is_upgrade(&parts) {
            return self.upgrade(&mut parts, body).await;
        }
        if self.upgrade_required {
            return Err(Status::bad_request("Upgrade request required"));
        }
        let own = parts.uri.path().to_owned();
        let mut path = self.path.clone();
        if !path.ends_with('/') && own.ends_with('/') {
            path.push('/');
        }
        let query = parts.uri.query().unwrap_or_default();
        if path.is_empty() && matches!(parts.method, Method::GET | Method::HEAD) {
            return redirect(&own, query);
        }
        let prefix = own.strip_suffix(path.as_str()).unwrap_or(&own).to_owned();
        let mut headers = parts.headers.clone();
        strip_hop_by_hop(&mut headers);
        append_forwarded_for(&mut headers, &parts);
        if self.rewrite
            && let Ok(uri) = HeaderValue::from_str(&own)
        {
            headers.insert(FORWARDED_URI, uri);
        }
        if let Ok(host) = HeaderValue::from_str(host_of(&parts))
            && !host.is_empty()
        {
            headers.insert(HOST, host);
        }
        let request = self.request(&parts.method, &path, query, headers, body)?;
        let response = self.target.send(request).await.map_err(|error| {
            Status::service_unavailable(format!("error trying to reach service: {error}"))
        })?;
        self.answer(response, &parts, &prefix).await
    }

    fn request(
        &self,
        method: &Method,
        path: &str,
        query: &str,
        headers: HeaderMap,
        body: Body,
    ) -> Result<Request<Body>, Status> {
        let path = if path.is_empty() { "/" } else { path };
        let target = super::location::escape_path(path);
        let target = if query.is_empty() { target } else { format!("{target}?{query}") };
        let mut request =
            Request::builder().method(method.clone()).uri(target).body(body).map_err(failed)?;
        *request.headers_mut() = headers;
        if !request.headers().contains_key(HOST) {
            let host = HeaderValue::from_str(&self.target.authority()).map_err(failed)?;
            request.headers_mut().insert(HOST, host);
        }
        Ok(request)
    }

    /// Both connections become one, after the backend has agreed.
    async fn upgrade(&self, parts: &mut Parts, body: Body) -> Result<Response<Body>, Status> {
        let client = parts.extensions.remove::<OnUpgrade>();
        let client = client.ok_or_else(|| {
            failed("request connection cannot be hijacked: it carries several requests")
        })?;
        let mut headers = parts.headers.clone();
        append_forwarded_for(&mut headers, parts);
        let request = self.request(&parts.method, &self.path, &self.query, headers, body)?;
        let sent = self.target.send(request).await;
        let mut response =
            sent.map_err(|error| failed(format!("error dialing backend: {error}")))?;
        let code = response.status();
        if code != StatusCode::SWITCHING_PROTOCOLS {
            if code.as_u16() < 400 {
                let code = code.as_u16();
                return Err(failed(format!("invalid upgrade response: status code {code}")));
            }
            let (mut head, body) = response.into_parts();
            strip_hop_by_hop(&mut head.headers);
            head.headers.insert(CONNECTION, HeaderValue::from_static("close"));
            return Ok(Response::from_parts(head, streamed(body)));
        }
        let backend = hyper::upgrade::on(&mut response);
        tokio::spawn(async move {
            if let Err(error) = join(client, backend).await {
                tracing::debug!("streams between client and backend ended: {error}");
            }
        });
        let (head, _) = response.into_parts();
        Ok(Response::from_parts(head, body::empty()))
    }

    /// The backend's answer, made fit for the client's view of it (`proxy.Transport`).
    async fn answer(
        &self,
        response: Response<Incoming>,
        parts: &Parts,
        prefix: &str,
    ) -> Result<Response<Body>, Status> {
        let (mut head, body) = response.into_parts();
        strip_hop_by_hop(&mut head.headers);
        if !self.rewrite {
            return Ok(Response::from_parts(head, streamed(body)));
        }
        for name in ["credentials", "headers", "methods", "origin"] {
            head.headers.remove(format!("access-control-allow-{name}"));
        }
        let (host, backend) = (host_of(parts), self.target.authority());
        let rewrite = |link: &str| super::location::rewrite(link, &backend, host, prefix);
        if let Some(location) = head.headers.get(LOCATION).and_then(|value| value.to_str().ok()) {
            if let Ok(value) = HeaderValue::from_str(&rewrite(location)) {
                head.headers.insert(LOCATION, value);
            }
            return Ok(Response::from_parts(head, streamed(body)));
        }
        let text = |name| head.headers.get(name).and_then(|value| value.to_str().ok());
        let media_type = text(CONTENT_TYPE).and_then(|value| value.split(';').next());
        if media_type.map(str::trim) != Some("text/html") {
            return Ok(Response::from_parts(head, streamed(body)));
        }
        let encoding = text(CONTENT_ENCODING).unwrap_or_default().to_owned();
        let page = body.collect().await.map_err(failed)?.to_bytes();
        let Some(page) = links::rewrite_body(&page, &encoding, &rewrite).map_err(failed)? else {
            tracing::error!(
                encoding,
                "Proxy encountered unknown encoding for text/html, can't understand this so not fixing links"
            );
            return Ok(Response::from_parts(head, body::full(page)));
        };
        head.headers.remove(CONTENT_LENGTH);
        Ok(Response::from_parts(head, body::full(page)))
    }
}

/// Bytes both ways until one side ends.
async fn join(client: OnUpgrade, backend: OnUpgrade) -> Result<(), BoxError> {
    let (client, backend) = (client.await?, backend.await?);
    let (mut client, mut backend) = (TokioIo::new(client), TokioIo::new(backend));
    tokio::io::copy_bidirectional(&mut client, &mut backend).await?;
    Ok(())
}

/// A body that is passed on as it comes.
pub(super) fn streamed(body: Incoming) -> Body {
    body.map_err(|error| Box::new(error) as BoxError).boxed_unsync()
}

/// The host that the client named.
fn host_of(parts: &Parts) -> &str {
    match header(parts, "host") {
        "" => parts.uri.authority().map(http::uri::Authority::as_str).unwrap_or_default(),
        host => host,
    }
}

fn redirect(path: &str, query: &str) -> Result<Response<Body>, Status> {
    let mark = if query.is_empty() { "" } else { "?" };
    let location = HeaderValue::from_str(&format!("{path}/{mark}{query}")).map_err(failed)?;
    let mut response = Response::new(body::empty());
    *response.status_mut() = StatusCode::MOVED_PERMANENTLY;
    response.headers_mut().insert(LOCATION, location);
    Ok(response)
}

fn strip_hop_by_hop(headers: &mut HeaderMap) {
    let named: Vec<String> = headers
        .get_all(CONNECTION)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(|name| name.trim().to_ascii_lowercase())
        .collect();
    for name in named.iter().map(String::as_str).chain(HOP_BY_HOP.iter().copied()) {
        headers.remove(name);
    }
    for name in [TE, TRANSFER_ENCODING, UPGRADE] {
        headers.remove(name);
    }
}
