//! Sends requests to the API as one identity.

use std::sync::Arc;

use bytes::Bytes;
use futures::future::BoxFuture;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue, USER_AGENT};
use http::{Method, Request, Response};
use http_body_util::BodyExt;
use kube::client::Body;
use serde_json::{Value, json};

use crate::{Error, RateLimit, Resource, ServiceAccountToken, Status};

/// Posts an object to a path and brings the answer, or says why there is none.
pub type Poster =
    Arc<dyn Fn(&'static str, Value) -> BoxFuture<'static, Result<Value, String>> + Send + Sync>;

/// A way to the API with an identity, a name and a rate.
#[derive(Clone)]
pub struct Client {
    inner: kube::Client,
    user_agent: HeaderValue,
    limit: Option<Arc<RateLimit>>,
    token: Option<Arc<ServiceAccountToken>>,
}

/// The patch formats that parts send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PatchType {
    /// RFC 6902.
    Json,
    /// RFC 7386.
    Merge,
    /// Upstream's strategic merge.
    Strategic,
    /// Server-side apply.
    Apply,
}

impl PatchType {
    /// The request's content type.
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Json => "application/json-patch+json",
            Self::Merge => "application/merge-patch+json",
            Self::Strategic => "application/strategic-merge-patch+json",
            Self::Apply => "application/apply-patch+yaml",
        }
    }
}

/// The options of a deletion.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Deletion {
    /// Delete only the object with this uid.
    pub uid: Option<String>,
    /// Delete only the object at this version.
    pub resource_version: Option<String>,
    /// `Foreground`, `Background` or `Orphan`.
    pub propagation: Option<&'static str>,
    /// Seconds of grace.
    pub grace_seconds: Option<i64>,
}

impl Deletion {
    /// The `DeleteOptions` to send.
    pub fn options(&self) -> Value {
        let mut options = json!({"kind": "DeleteOptions", "apiVersion": "v1"});
        let mut preconditions = serde_json::Map::new();
        if let Some(uid) = &self.uid {
            preconditions.insert("uid".into(), uid.as_str().into());
        }
        if let Some(version) = &self.resource_version {
            preconditions.insert("resourceVersion".into(), version.as_str().into());
        }
        if !preconditions.is_empty() {
            options["preconditions"] = Value::Object(preconditions);
        }
        if let Some(propagation) = self.propagation {
            options["propagationPolicy"] = propagation.into();
        }
        if let Some(seconds) = self.grace_seconds {
            options["gracePeriodSeconds"] = seconds.into();
        }
        options
    }
}

impl Client {
    /// A client over a transport, without a limit.
    pub fn new(inner: kube::Client, user_agent: &str) -> Self {
        let user_agent = HeaderValue::from_str(user_agent)
            .unwrap_or_else(|_| HeaderValue::from_static("pintle"));
        Self { inner, user_agent, limit: None, token: None }
    }

    /// The same client with `/<name>` after its user agent.
    pub fn named(&self, name: &str) -> Self {
        let base = self.user_agent.to_str().unwrap_or("pintle");
        let mut client = self.clone();
        if let Ok(value) = HeaderValue::from_str(&format!("{base}/{name}")) {
            client.user_agent = value;
        }
        client
    }

    /// The same client with a rate of its own; none if `qps` is not positive.
    pub fn limited(&self, qps: f64, burst: u32) -> Self {
        let limit = (qps > 0.0).then(|| Arc::new(RateLimit::new(qps, burst)));
        Self { limit, ..self.clone() }
    }

    /// The same transport, speaking as a service account.
    pub fn with_token(&self, token: Arc<ServiceAccountToken>) -> Self {
        Self { token: Some(token), ..self.clone() }
    }

    /// The kube client underneath, for callers that need its typed interface.
    pub fn kube(&self) -> &kube::Client {
        &self.inner
    }

    /// Sends a request and returns the response as it comes, whatever its code.
    pub async fn send(
        &self,
        method: Method,
        path: &str,
        accept: &str,
        body: Option<(&str, Vec<u8>)>,
    ) -> Result<Response<Body>, Error> {
        if let Some(limit) = &self.limit {
            limit.wait().await;
        }
        self.send_unlimited(method, path, accept, body).await
    }

    /// As [`send`](Self::send), but outside the rate limit, as watches and leases are upstream.
    pub async fn send_unlimited(
        &self,
        method: Method,
        path: &str,
        accept: &str,
        body: Option<(&str, Vec<u8>)>,
    ) -> Result<Response<Body>, Error> {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(ACCEPT, accept)
            .header(USER_AGENT, self.user_agent.clone());
        if let Some(token) = &self.token {
            let value = format!("Bearer {}", token.get().await?);
            request = request.header(AUTHORIZATION, value);
        }
        let bytes = match body {
            Some((content_type, bytes)) => {
                request = request.header(CONTENT_TYPE, content_type);
                bytes
            }
            None => Vec::new(),
        };
        let request =
            request.body(Body::from(bytes)).map_err(|error| Error::Malformed(error.to_string()))?;
        let response = self.inner.send(request).await?;
        if response.status() == http::StatusCode::UNAUTHORIZED
            && let Some(token) = &self.token
        {
            token.reset();
        }
        Ok(response)
    }

    /// Sends a request and reads the whole answer; a refusal is an error.
    pub async fn bytes(
        &self,
        method: Method,
        path: &str,
        accept: &str,
        body: Option<(&str, Vec<u8>)>,
    ) -> Result<Bytes, Error> {
        let response = self.send(method, path, accept, body).await?;
        let response = refused(response).await?;
        read(response).await
    }

    /// Sends JSON and reads JSON.
    pub async fn json(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> Result<Value, Error> {
        let body = body.map(|body| ("application/json", encode(body)));
        let bytes = self.bytes(method, path, "application/json", body).await?;
        decode(&bytes)
    }

    /// Posts JSON and answers JSON, for those who know no client.
    pub fn poster(&self) -> Poster {
        let client = self.clone();
        Arc::new(move |path, body| {
            let client = client.clone();
            Box::pin(async move {
                let answer = client.json(Method::POST, path, Some(&body)).await;
                answer.map_err(|error| error.to_string())
            })
        })
    }

    /// Reads one object.
    pub async fn get(&self, of: &Resource, namespace: &str, name: &str) -> Result<Value, Error> {
        self.json(Method::GET, &of.object(namespace, name, ""), None).await
    }

    /// Reads a collection; `query` goes after the `?` as it is.
    pub async fn list(&self, of: &Resource, namespace: &str, query: &str) -> Result<Value, Error> {
        let mut path = of.collection(namespace);
        if !query.is_empty() {
            path.push('?');
            path.push_str(query);
        }
        self.json(Method::GET, &path, None).await
    }

    /// Creates an object.
    pub async fn create(
        &self,
        of: &Resource,
        namespace: &str,
        object: &Value,
    ) -> Result<Value, Error> {
        self.json(Method::POST, &of.collection(namespace), Some(object)).await
    }

    /// Replaces an object or a subresource of it.
    pub async fn update(
        &self,
        of: &Resource,
        (namespace, name, subresource): (&str, &str, &str),
        object: &Value,
    ) -> Result<Value, Error> {
        self.json(Method::PUT, &of.object(namespace, name, subresource), Some(object)).await
    }

    /// Patches an object or a subresource of it.
    pub async fn patch(
        &self,
        of: &Resource,
        (namespace, name, subresource): (&str, &str, &str),
        form: PatchType,
        patch: &Value,
    ) -> Result<Value, Error> {
        let path = of.object(namespace, name, subresource);
        let body = Some((form.content_type(), encode(patch)));
        decode(&self.bytes(Method::PATCH, &path, "application/json", body).await?)
    }

    /// Deletes an object; the answer is the object or a `Status`.
    pub async fn delete(
        &self,
        of: &Resource,
        (namespace, name): (&str, &str),
        deletion: &Deletion,
    ) -> Result<Value, Error> {
        let path = of.object(namespace, name, "");
        self.json(Method::DELETE, &path, Some(&deletion.options())).await
    }
}

/// Turns a refusal into its error.
pub(crate) async fn refused(response: Response<Body>) -> Result<Response<Body>, Error> {
    let code = response.status();
    if code.is_success() {
        return Ok(response);
    }
    let bytes = read(response).await?;
    let mut status: Status = serde_json::from_slice(&bytes).unwrap_or_else(|_| Status {
        message: String::from_utf8_lossy(&bytes).trim().to_owned(),
        ..Status::default()
    });
    status.code = code.as_u16();
    if status.message.is_empty() {
        status.message = format!("the server answered {code}");
    }
    Err(Error::Status(Box::new(status)))
}

async fn read(response: Response<Body>) -> Result<Bytes, Error> {
    match response.into_body().collect().await {
        Ok(body) => Ok(body.to_bytes()),
        Err(error) => Err(Error::Transport(error.to_string())),
    }
}

fn decode(bytes: &[u8]) -> Result<Value, Error> {
    serde_json::from_slice(bytes).map_err(|error| Error::Malformed(error.to_string()))
}

/// JSON as Go's encoder escapes it. What a server keeps as raw bytes (the data of a
/// `ControllerRevision`) is compared byte for byte by stock parts.
fn encode(value: &Value) -> Vec<u8> {
    let text = value.to_string();
    if !text.contains(['<', '>', '&', '\u{2028}', '\u{2029}']) {
        return text.into_bytes();
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '<' => out.push_str("\\u003c"),
            '>' => out.push_str("\\u003e"),
            '&' => out.push_str("\\u0026"),
            '\u{2028}' => out.push_str("\\u2028"),
            '\u{2029}' => out.push_str("\\u2029"),
            _ => out.push(c),
        }
    }
    out.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_escape_what_go_escapes() {
        let body = encode(&json!({"a": "x < y && z"}));
        assert_eq!(String::from_utf8(body).unwrap(), r#"{"a":"x \u003c y \u0026\u0026 z"}"#);
    }

    #[test]
    fn deletion_options_hold_only_what_is_asked() {
        let deletion = Deletion { uid: Some("u".into()), ..Deletion::default() };
        assert_eq!(
            deletion.options(),
            json!({"kind": "DeleteOptions", "apiVersion": "v1", "preconditions": {"uid": "u"}})
        );
    }
}
