//! Discovery: `/api`, `/apis` and what lies below them, legacy and aggregated.

use http::header::{ACCEPT, CONTENT_TYPE, ETAG, HeaderValue, IF_NONE_MATCH, VARY};
use http::{Response, StatusCode, request};
use pintle_engine::{Enabled, discovery};

use super::{Server, respond};
use crate::body::{self, Body};

const AGGREGATED: &str = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

impl Server {
    /// The discovery document of a path, if there is one.
    pub(super) fn discovery(&self, path: &str, parts: &request::Parts) -> Option<Response<Body>> {
        let enabled = &self.parts.enabled;
        let trimmed = path.trim_end_matches('/');
        if matches!(trimmed, "/api" | "/apis") {
            let core = trimmed == "/api";
            if wants_aggregated(parts) {
                return Some(aggregated(enabled, parts, core));
            }
            let list = if core {
                discovery::api_versions(enabled, &self.parts.external_address)
            } else {
                discovery::group_list(enabled)
            };
            return Some(respond::document(parts, &discovery::text(&list)));
        }
        let found = match trimmed.strip_prefix("/apis/") {
            None => discovery::resource_list(enabled, "", trimmed.strip_prefix("/api/")?),
            Some(rest) => match rest.split_once('/') {
                None => discovery::group(enabled, rest),
                Some((group, version)) => discovery::resource_list(enabled, group, version),
            },
        };
        found.map(|list| respond::document(parts, &discovery::text(&list)))
    }
}

/// The first form that the client accepts is the aggregated one
/// (`discovery/aggregated.WrapAggregatedDiscoveryToHandler`).
fn wants_aggregated(parts: &request::Parts) -> bool {
    let accept = parts.headers.get_all(ACCEPT).iter().filter_map(|value| value.to_str().ok());
    for clause in accept.flat_map(|value| value.split(',')) {
        let mut pieces = clause.split(';').map(str::trim);
        let kind = pieces.next().unwrap_or_default();
        if !matches!(kind, "application/json" | "*/*" | "application/*") {
            continue;
        }
        let mut facts = (false, false, false);
        let mut plain = true;
        for piece in pieces {
            match piece {
                "g=apidiscovery.k8s.io" => facts.0 = true,
                "v=v2" => facts.1 = true,
                "as=APIGroupDiscoveryList" => facts.2 = true,
                _ => {}
            }
            plain &= !piece.starts_with("as=");
        }
        if facts == (true, true, true) {
            return true;
        }
        if plain {
            return false;
        }
    }
    false
}

fn aggregated(enabled: &Enabled, parts: &request::Parts, core: bool) -> Response<Body> {
    let text = discovery::text(&discovery::aggregated(enabled, core));
    let etag = discovery::etag(text.as_bytes());
    let known = parts.headers.get(IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let mut response = if known == Some(etag.as_str()) {
        let mut unchanged = Response::new(body::empty());
        *unchanged.status_mut() = StatusCode::NOT_MODIFIED;
        unchanged
    } else {
        respond::document(parts, &text)
    };
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(AGGREGATED));
    headers.insert(VARY, HeaderValue::from_static("Accept"));
    if let Ok(etag) = HeaderValue::from_str(&etag) {
        headers.insert(ETAG, etag);
    }
    response
}
