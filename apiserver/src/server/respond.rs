//! Answers that are not objects: statuses, plain text, JSON documents.

use std::any::Any;

use http::header::{CONTENT_TYPE, HeaderValue, RETRY_AFTER, USER_AGENT, X_CONTENT_TYPE_OPTIONS};
use http::{Response, StatusCode, request};
use pintle_engine::encode;
use pintle_engine::negotiate::{self, Encoding};
use pintle_engine::query::Query;
use pintle_machinery::json::quote;
use pintle_machinery::status::Status;

use crate::body::{self, Body};
use crate::compression;

/// Marks an answer to someone who did not authenticate.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unauthenticated;

/// Plain text as Go's `http.Error` writes it.
pub(super) fn text(code: StatusCode, text: &str) -> Response<Body> {
    let mut response = Response::new(body::full(text.to_owned()));
    *response.status_mut() = code;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

/// `404 page not found`.
pub(super) fn not_found() -> Response<Body> {
    text(StatusCode::NOT_FOUND, "404 page not found\n")
}

/// Too many requests are in flight.
pub(super) fn too_many_requests() -> Response<Body> {
    let mut response =
        text(StatusCode::TOO_MANY_REQUESTS, "Too many requests, please try again later.\n");
    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("1"));
    response
}

/// The request took too long, or its client left while it was read: the bare status, of which
/// Go guesses that it is text (`filters.baseTimeoutWriter.timeout`).
pub(super) fn timed_out() -> Response<Body> {
    let status = Status::timeout("request did not complete within the allotted timeout", 0);
    let text = format!(
        "{{\"metadata\":{{}},\"status\":\"Failure\",\"message\":{},\"reason\":{},\"details\":{{}},\
         \"code\":{}}}\n",
        quote(&status.message),
        quote(&status.reason),
        status.code
    );
    let mut response = Response::new(body::full(text));
    *response.status_mut() = StatusCode::GATEWAY_TIMEOUT;
    let kind = HeaderValue::from_static("text/plain; charset=utf-8");
    response.headers_mut().insert(CONTENT_TYPE, kind);
    response
}

/// A document of JSON text, indented for people.
pub(super) fn document(parts: &request::Parts, text: &str) -> Response<Body> {
    let agent = parts.headers.get(USER_AGENT).and_then(|agent| agent.to_str().ok());
    let query = Query::parse(parts.uri.query().unwrap_or_default());
    let pretty = negotiate::wants_pretty(query.get("pretty"), agent.unwrap_or_default());
    let mut out = if pretty { indented(text) } else { text.to_owned() };
    if !pretty && !out.ends_with('\n') {
        out.push('\n');
    }
    let mut response = Response::new(body::full(out));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    compression::mark_document(&mut response);
    response
}

/// A status, in JSON.
pub(super) fn status(parts: &request::Parts, status: &Status) -> Response<Body> {
    let mut response = document(parts, &status.to_json());
    *response.status_mut() =
        StatusCode::from_u16(status.code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let seconds = status.details.as_ref().map_or(0, |details| details.retry_after_seconds);
    if seconds > 0 {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

/// JSON text with two spaces a level, fields in their order.
pub(super) fn indented(text: &str) -> String {
    let bytes = encode::from_json(text.trim_end().as_bytes(), Encoding::Json, true);
    String::from_utf8(bytes).unwrap_or_default()
}

/// What a panic said.
pub(super) fn panic_text(panic: &(dyn Any + Send)) -> &str {
    panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("unknown")
}
