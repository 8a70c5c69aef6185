//! OpenAPI documents below `/openapi`.

use std::sync::OnceLock;

use http::header::{
    ACCEPT, CACHE_CONTROL, CONTENT_TYPE, ETAG, EXPIRES, HeaderMap, HeaderName, HeaderValue,
    IF_NONE_MATCH, LAST_MODIFIED, LOCATION, VARY,
};
use http::{Response, StatusCode, request};
use pintle_api::catalog;
use pintle_engine::negotiate;
use pintle_engine::openapi::{Document, Documents};
use pintle_engine::query::Query;

use crate::body::{self, Body};
use crate::openapi_docs;

const V3: &[&str] = &["application/json"];
const YEAR_MILLISECONDS: i64 = 365 * 24 * 3600 * 1000;

/// Documents of what a server serves, built when they are first asked for.
#[derive(Debug)]
pub(crate) struct OpenApi {
    v3: Documents,
    since_milliseconds: OnceLock<i64>,
}

impl Default for OpenApi {
    fn default() -> Self {
        let catalog = catalog();
        let v3 = Documents::new(catalog.groups, catalog.resources, openapi_docs::describe);
        Self { v3, since_milliseconds: OnceLock::new() }
    }
}

impl OpenApi {
    /// Answers a request for a document, if its path is one of theirs.
    pub(crate) fn answer(&self, parts: &request::Parts, now: i64) -> Option<Response<Body>> {
        match parts.uri.path() {
            "/openapi/v3" => Some(self.index(now)),
            path => Some(self.group_version(path.strip_prefix("/openapi/v3/")?, parts, now)),
        }
    }

    /// The index, whose type Go guesses from its beginning (kube-aggregator
    /// `openapiv3/aggregator.specProxier.handleDiscovery`).
    fn index(&self, now: i64) -> Response<Body> {
        let mut response = Response::new(body::full(self.v3.index()));
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
        set(headers, LAST_MODIFIED, &http_date(now, "GMT"));
        response
    }

    /// One document (kube-openapi `handler3.OpenAPIService.HandleGroupVersion`).
    fn group_version(&self, path: &str, parts: &request::Parts, now: i64) -> Response<Body> {
        let Some(document) = self.v3.get(path) else { return empty(StatusCode::NOT_FOUND) };
        let accept = header(parts, &ACCEPT);
        let Some(media_type) = negotiate::media_type(accept, V3) else {
            let mut response = empty(StatusCode::NOT_ACCEPTABLE);
            response.headers_mut().insert(VARY, HeaderValue::from_static("Accept"));
            return response;
        };
        let query = Query::parse(parts.uri.query().unwrap_or_default());
        let hash = query.get("hash").filter(|hash| !hash.is_empty());
        let mut response = if hash.is_some_and(|hash| hash != document.etag) {
            let mut response = empty(StatusCode::MOVED_PERMANENTLY);
            let right = format!("/openapi/v3/{path}?hash={}", document.etag);
            set(response.headers_mut(), LOCATION, &right);
            response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
            response
        } else {
            let since = *self.since_milliseconds.get_or_init(|| now);
            content(document, media_type, parts, since)
        };
        let headers = response.headers_mut();
        headers.insert(VARY, HeaderValue::from_static("Accept"));
        set(headers, ETAG, &format!("\"{}\"", document.etag));
        if hash == Some(document.etag.as_str()) {
            headers.insert(CACHE_CONTROL, HeaderValue::from_static("public, immutable"));
            set(headers, EXPIRES, &http_date(now + YEAR_MILLISECONDS, "UTC"));
        }
        response
    }
}

/// The document, or that the client's copy is still good (`http.ServeContent`).
fn content(
    document: &Document,
    media_type: &'static str,
    parts: &request::Parts,
    since: i64,
) -> Response<Body> {
    let known = header(parts, &IF_NONE_MATCH);
    let same = |tag: &str| {
        let tag = tag.trim();
        tag == "*" || tag.trim_start_matches("W/").trim_matches('"') == document.etag
    };
    if !known.is_empty() && known.split(',').any(same) {
        return empty(StatusCode::NOT_MODIFIED);
    }
    let mut response = Response::new(body::full(document.json.clone()));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    set(headers, LAST_MODIFIED, &http_date(since, "GMT"));
    response
}

fn header<'a>(parts: &'a request::Parts, name: &HeaderName) -> &'a str {
    parts.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

fn empty(code: StatusCode) -> Response<Body> {
    let mut response = Response::new(body::empty());
    *response.status_mut() = code;
    response
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

/// A time as Go's `http.TimeFormat` (`GMT`) and `time.RFC1123` (`UTC`) write it.
fn http_date(milliseconds: i64, zone: &str) -> String {
    let time = jiff::Timestamp::from_millisecond(milliseconds).unwrap_or_default();
    format!("{} {zone}", time.strftime("%a, %d %b %Y %H:%M:%S"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(openapi: &OpenApi, target: &str, headers: &[(&str, &str)]) -> Response<Body> {
        let mut request = http::Request::get(target);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let (parts, ()) = request.body(()).unwrap().into_parts();
        openapi.answer(&parts, 0).unwrap()
    }

    #[track_caller]
    fn check(target: &str, headers: &[(&str, &str)], code: u16, wanted: &[(&str, &str)]) {
        let openapi = OpenApi::default();
        let etag = openapi.v3.get("apis/node.k8s.io").unwrap().etag.clone();
        let fill = |text: &str| text.replace("ETAG", &etag);
        let headers: Vec<_> = headers.iter().map(|(name, value)| (*name, fill(value))).collect();
        let headers: Vec<_> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let response = ask(&openapi, &fill(target), &headers);
        assert_eq!(response.status().as_u16(), code);
        for (name, value) in wanted {
            let found = response.headers().get(*name).map_or("", |found| found.to_str().unwrap());
            assert_eq!((*name, found), (*name, fill(value).as_str()));
        }
    }

    #[test]
    fn a_document_is_plain_without_its_hash_and_lasts_a_year_with_it() {
        let json = ("content-type", "application/json");
        let common = [json, ("etag", "\"ETAG\""), ("vary", "Accept")];
        check("/openapi/v3/apis/node.k8s.io", &[], 200, &common);
        check("/openapi/v3/apis/node.k8s.io", &[], 200, &[("cache-control", "")]);
        let lasting = [
            ("cache-control", "public, immutable"),
            ("expires", "Fri, 01 Jan 1971 00:00:00 UTC"),
            ("last-modified", "Thu, 01 Jan 1970 00:00:00 GMT"),
        ];
        check("/openapi/v3/apis/node.k8s.io?hash=ETAG", &[], 200, &lasting);
    }

    #[test]
    fn a_stale_hash_is_sent_to_the_right_one() {
        let right = [("location", "/openapi/v3/apis/node.k8s.io?hash=ETAG"), ("expires", "")];
        check("/openapi/v3/apis/node.k8s.io?hash=AB", &[], 301, &right);
    }

    #[test]
    fn a_known_document_is_not_sent_again() {
        let known = [("if-none-match", "\"ETAG\"")];
        check("/openapi/v3/apis/node.k8s.io", &known, 304, &[("content-type", "")]);
        check("/openapi/v3/apis/node.k8s.io", &[("if-none-match", "\"x\"")], 200, &[]);
    }

    #[test]
    fn unknown_documents_and_forms_are_refused() {
        check("/openapi/v3/apis/nope", &[], 404, &[("content-type", "")]);
        check("/openapi/v3/apis/node.k8s.io", &[("accept", "text/html")], 406, &[]);
    }

    #[test]
    fn the_index_names_every_document_with_its_hash() {
        let openapi = OpenApi::default();
        let etag = openapi.v3.get("apis/node.k8s.io").unwrap().etag.clone();
        let index = String::from_utf8(openapi.v3.index().to_vec()).unwrap();
        let entry = "\"apis/node.k8s.io\":{\"serverRelativeURL\":\"/openapi/v3/apis/node.k8s.io";
        assert!(index.contains(&format!("{entry}?hash={etag}\"}}")), "{index}");
        let response = ask(&openapi, "/openapi/v3", &[]);
        assert_eq!(response.headers()["content-type"], "text/plain; charset=utf-8");
    }
}
