//! OpenAPI documents below `/openapi`.

use std::sync::{Arc, LazyLock, OnceLock};

use bytes::Bytes;
use http::header::{
    ACCEPT, ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, EXPIRES,
    HeaderValue, LOCATION, RANGE, VARY,
};
use http::{Method, Response, StatusCode, request};
use pintle_api::catalog;
use pintle_api::catalog::{Group, Resource};
use pintle_engine::openapi::{Document, Documents, pack};
use pintle_engine::query::Query;
use pintle_engine::{Enabled, negotiate};

use super::content::{Content, header, http_date, set};
use crate::body::{self, Body};
use crate::openapi_docs;

const YEAR_MILLISECONDS: i64 = 365 * 24 * 3600 * 1000;

const JSON: &str = "application/json";
const PROTOBUF_V2: &str = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";
const PROTOBUF_V3: &str = "application/com.github.proto-openapi.spec.v3.v1.0+protobuf";

/// What is offered, by preference; protobuf by its old name too.
const V2: &[&str] =
    &[JSON, "application/com.github.proto-openapi.spec.v2@v1.0+protobuf", PROTOBUF_V2];
const V3: &[&str] =
    &[JSON, PROTOBUF_V3, "application/com.github.proto-openapi.spec.v3@v1.0+protobuf"];

/// Documents of the built-in resources, which all servers of a process share.
static BUILT_IN: LazyLock<Arc<Documents>> = LazyLock::new(|| {
    let catalog = catalog();
    documents(catalog.groups, catalog.resources)
});

fn documents(groups: &'static [Group], resources: &'static [Resource]) -> Arc<Documents> {
    let told = pintle_resources::returns_deleted;
    Arc::new(Documents::new(groups, resources, openapi_docs::read, told))
}

/// Answers for documents of what a server serves. Building and unpacking take their time, so no
/// method is for a thread that serves others.
#[derive(Clone)]
pub(crate) struct OpenApi {
    documents: Arc<Documents>,
    since_milliseconds: Arc<OnceLock<i64>>,
}

impl OpenApi {
    /// The documents of what is served.
    pub(crate) fn new(enabled: &Enabled) -> Self {
        let documents = if enabled.is_whole() {
            BUILT_IN.clone()
        } else {
            documents(enabled.groups, enabled.resources)
        };
        Self { documents, since_milliseconds: Arc::default() }
    }

    /// Answers a request for a document, if its path is one of theirs.
    pub(crate) fn answer(&self, parts: &request::Parts, now: i64) -> Option<Response<Body>> {
        let since = *self.since_milliseconds.get_or_init(|| now);
        match parts.uri.path() {
            "/openapi/v2" => Some(self.v2(parts, since)),
            "/openapi/v3" => Some(self.index(parts, since)),
            path => Some(self.group_version(path.strip_prefix("/openapi/v3/")?, parts, now, since)),
        }
    }

    /// The document of v2 (kube-openapi `handler.RegisterOpenAPIVersionedService`).
    fn v2(&self, parts: &request::Parts, since: i64) -> Response<Body> {
        let mut response = match negotiate::media_type(header(parts, &ACCEPT), V2) {
            None => empty(StatusCode::NOT_ACCEPTABLE),
            Some(media_type) => {
                let document = self.documents.v2();
                // Parts are parts of the plain text.
                let zip = parts.method != Method::HEAD
                    && !parts.headers.contains_key(RANGE)
                    && takes_gzip(parts);
                let json = is_json(media_type);
                let bytes = match (json, zip) {
                    (true, true) => document.packed.clone(),
                    (true, false) => document.json(),
                    (false, true) => pack(&document.protobuf()),
                    (false, false) => document.protobuf(),
                };
                let media_type = if json { JSON } else { PROTOBUF_V2 };
                let mut response = content(document, bytes, media_type, since).serve(parts);
                if zip && response.status() == StatusCode::OK {
                    let gzip = HeaderValue::from_static("gzip");
                    response.headers_mut().insert(CONTENT_ENCODING, gzip);
                }
                response
            }
        };
        for vary in ["Accept-Encoding", "Accept"] {
            response.headers_mut().append(VARY, HeaderValue::from_static(vary));
        }
        response
    }

    /// The index, whose type Go guesses from its beginning (kube-aggregator
    /// `openapiv3/aggregator.specProxier.handleDiscovery`).
    fn index(&self, parts: &request::Parts, since: i64) -> Response<Body> {
        let bytes = self.documents.index();
        let (media_type, etag) = ("text/plain; charset=utf-8", String::new());
        Content { bytes, media_type, etag, modified_milliseconds: since }.serve(parts)
    }

    /// One document of v3 (kube-openapi `handler3.OpenAPIService.HandleGroupVersion`).
    fn group_version(
        &self,
        path: &str,
        parts: &request::Parts,
        now: i64,
        since: i64,
    ) -> Response<Body> {
        let Some(document) = self.documents.get(path) else {
            return empty(StatusCode::NOT_FOUND);
        };
        let accept = header(parts, &ACCEPT);
        if negotiate::names_nothing(accept) {
            return empty(StatusCode::OK);
        }
        let Some(media_type) = negotiate::media_type(accept, V3) else {
            let mut response = empty(StatusCode::NOT_ACCEPTABLE);
            response.headers_mut().insert(VARY, HeaderValue::from_static("Accept"));
            return response;
        };
        let json = is_json(media_type);
        let media_type = if json { JSON } else { PROTOBUF_V3 };
        let query = Query::parse(parts.uri.query().unwrap_or_default());
        let hash = query.get("hash").filter(|hash| !hash.is_empty());
        let mut response = if hash.is_some_and(|hash| hash != document.etag) {
            let mut response = empty(StatusCode::MOVED_PERMANENTLY);
            let right = format!("/openapi/v3/{path}?hash={}", document.etag);
            let headers = response.headers_mut();
            set(headers, LOCATION, &right);
            set(headers, ETAG, &format!("\"{}\"", document.etag));
            headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
            response
        } else {
            let bytes = if json { document.json() } else { document.protobuf() };
            content(document, bytes, media_type, since).serve(parts)
        };
        let headers = response.headers_mut();
        headers.insert(VARY, HeaderValue::from_static("Accept"));
        if hash == Some(document.etag.as_str()) {
            headers.insert(CACHE_CONTROL, HeaderValue::from_static("public, immutable"));
            set(headers, EXPIRES, &http_date(now + YEAR_MILLISECONDS, "UTC"));
        }
        response
    }
}

fn is_json(media_type: &str) -> bool {
    media_type == JSON
}

/// A form of a document. All share the tag: what a client gets varies by `Accept`.
fn content(document: &Document, bytes: Bytes, media_type: &'static str, since: i64) -> Content {
    let etag = document.etag.clone();
    Content { bytes, media_type, etag, modified_milliseconds: since }
}

/// The client names gzip, and does not refuse it (gziphandler `acceptsGzip`).
fn takes_gzip(parts: &request::Parts) -> bool {
    header(parts, &ACCEPT_ENCODING).split(',').any(|coding| {
        let mut pieces = coding.split(';').map(str::trim);
        let named = pieces.next().is_some_and(|name| name.eq_ignore_ascii_case("gzip"));
        let weight = pieces.find_map(|piece| piece.strip_prefix("q="));
        named && weight.is_none_or(|weight| weight.parse().is_ok_and(|weight: f64| weight > 0.0))
    })
}

fn empty(code: StatusCode) -> Response<Body> {
    let mut response = Response::new(body::empty());
    *response.status_mut() = code;
    response
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
        let openapi = OpenApi::new(&Enabled::default());
        let etag = openapi.documents.get("apis/node.k8s.io").unwrap().etag.clone();
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
        let openapi = OpenApi::new(&Enabled::default());
        let etag = openapi.documents.get("apis/node.k8s.io").unwrap().etag.clone();
        let index = String::from_utf8(openapi.documents.index().to_vec()).unwrap();
        let entry = "\"apis/node.k8s.io\":{\"serverRelativeURL\":\"/openapi/v3/apis/node.k8s.io";
        assert!(index.contains(&format!("{entry}?hash={etag}\"}}")), "{index}");
        let response = ask(&openapi, "/openapi/v3", &[]);
        assert_eq!(response.headers()["content-type"], "text/plain; charset=utf-8");
    }

    const PROTOBUF: &str = "application/com.github.proto-openapi.spec.v3.v1.0+protobuf";

    #[test]
    fn protobuf_is_given_by_either_name() {
        let path = "/openapi/v3/apis/node.k8s.io";
        let wanted = [("content-type", PROTOBUF), ("etag", "\"ETAG\"")];
        check(path, &[("accept", PROTOBUF)], 200, &wanted);
        check(path, &[("accept", &PROTOBUF.replace("v3.v1", "v3@v1"))], 200, &wanted);
        check(path, &[("accept", "application/*")], 200, &[("content-type", "application/json")]);
        check(path, &[("accept", ",")], 200, &[("content-type", ""), ("vary", "")]);
    }

    #[track_caller]
    fn check_v2(headers: &[(&str, &str)], code: u16, wanted: &[(&str, &str)]) {
        let response = ask(&OpenApi::new(&Enabled::default()), "/openapi/v2", headers);
        assert_eq!(response.status().as_u16(), code);
        let varies: Vec<_> = response.headers().get_all("vary").iter().collect();
        assert_eq!(varies, ["Accept-Encoding", "Accept"]);
        for (name, value) in wanted {
            let found = response.headers().get(*name).map_or("", |found| found.to_str().unwrap());
            assert_eq!((*name, found), (*name, *value));
        }
    }

    #[test]
    fn the_v2_document_is_negotiated_and_zipped() {
        let json = ("content-type", "application/json");
        check_v2(&[], 200, &[json, ("content-encoding", "")]);
        check_v2(
            &[("accept-encoding", "br, gzip;q=0.1")],
            200,
            &[json, ("content-encoding", "gzip")],
        );
        check_v2(&[("accept-encoding", "gzip;q=0, *")], 200, &[json, ("content-encoding", "")]);
        let protobuf = PROTOBUF.replace("v3", "v2");
        check_v2(&[("accept", &protobuf)], 200, &[("content-type", &protobuf)]);
        let old = protobuf.replace("v2.v1", "v2@v1");
        let zipped = [("content-type", protobuf.as_str()), ("content-encoding", "gzip")];
        check_v2(&[("accept", &old), ("accept-encoding", "gzip")], 200, &zipped);
        let ancient = "application/com.github.googleapis.gnostic.OpenAPIv2@68f4ded+protobuf";
        check_v2(&[("accept", ancient)], 406, &[("content-type", "")]);
        let etag = format!("\"{}\"", OpenApi::new(&Enabled::default()).documents.v2().etag);
        check_v2(&[("if-none-match", &etag), ("accept-encoding", "gzip")], 304, &[("etag", &etag)]);
    }
}
