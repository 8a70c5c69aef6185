//! Requests that the server makes of itself, in its own name.

use std::sync::Arc;

use http::header::{CONTENT_TYPE, USER_AGENT};
use http::{Method, Request};
use pintle_engine::{RequestInfo, Status, User, Value};

use crate::authz::MASTERS;
use crate::body;
use crate::rest::{ApiRequest, Rest};

/// Longest answer that is read.
const MAX_ANSWER: usize = 16 * 1024 * 1024;

/// Sends a JSON body, past authentication and authorization but through admission.
pub(crate) async fn call(
    rest: &Rest,
    method: Method,
    path: &str,
    object: &Value,
) -> Result<Value, Status> {
    let request = Request::builder()
        .method(method.clone())
        .uri(path)
        .header(CONTENT_TYPE, "application/json")
        .header(USER_AGENT, "kube-apiserver")
        .body(());
    let (parts, ()) = request.map_err(Status::internal_error)?.into_parts();
    let info = RequestInfo::parse(method.as_str(), parts.uri.path(), "")
        .map_err(Status::internal_error)?;
    let user = Arc::new(User {
        name: "system:apiserver".into(),
        groups: vec!["system:authenticated".into(), MASTERS.into()],
        ..User::default()
    });
    let body = body::full(pintle_machinery::json::to_vec(object));
    let response = rest.handle(ApiRequest { info, user, parts, body }).await;
    let failed = response.status().as_u16() >= 400;
    let bytes = body::read(response.into_body(), MAX_ANSWER).await;
    let bytes = bytes.map_err(Status::internal_error)?;
    if failed {
        return Err(serde_json::from_slice(&bytes).unwrap_or_else(Status::internal_error));
    }
    serde_json::from_slice(&bytes).map_err(Status::internal_error)
}
