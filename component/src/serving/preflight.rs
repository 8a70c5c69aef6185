//! What Go's HTTP/1 server answers by itself, before any handler sees the request
//! (`net/http.conn.readRequest`, `serverHandler.ServeHTTP`).

use bytes::Bytes;
use http::header::{CONNECTION, CONTENT_TYPE, EXPECT, HOST};
use http::{HeaderValue, Method, Request, Response, StatusCode, Version};
use http_body_util::Full;
use hyper::ext::ReasonPhrase;

/// The answer to a request that goes no further; `None` if it does.
pub(super) fn answer<B>(request: &Request<B>) -> Option<Response<Full<Bytes>>> {
    if request.version() >= Version::HTTP_2 {
        return None;
    }
    let uri = request.uri();
    if uri.scheme().is_none() && uri.path().is_empty() && request.method() != Method::CONNECT {
        // A target that is neither a path nor a whole address.
        return Some(refusal(""));
    }
    let mut hosts = request.headers().get_all(HOST).iter();
    let (host, another) = (hosts.next(), hosts.next());
    if another.is_some() {
        return Some(refusal(""));
    }
    if host.is_none() && request.version() == Version::HTTP_11 {
        return Some(refusal("missing required Host header"));
    }
    if host.is_some_and(|host| !is_host(host.as_bytes())) {
        return Some(refusal("malformed Host header"));
    }
    let expected = request.headers().get(EXPECT).filter(|value| !value.is_empty());
    if expected.is_some_and(|value| !value.as_bytes().eq_ignore_ascii_case(b"100-continue")) {
        let mut response = Response::new(Full::default());
        *response.status_mut() = StatusCode::EXPECTATION_FAILED;
        response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
        return Some(response);
    }
    let whole_server = request.method() == Method::OPTIONS && request.uri().path() == "*";
    whole_server.then(|| Response::new(Full::default()))
}

/// `400 Bad Request`, with a word on why.
fn refusal(why: &str) -> Response<Full<Bytes>> {
    let reason =
        if why.is_empty() { "Bad Request".to_owned() } else { format!("Bad Request: {why}") };
    let mut response = Response::new(Full::from(format!("400 {reason}")));
    *response.status_mut() = StatusCode::BAD_REQUEST;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    headers.insert(CONNECTION, HeaderValue::from_static("close"));
    if let Ok(phrase) = ReasonPhrase::try_from(reason) {
        response.extensions_mut().insert(phrase);
    }
    response
}

/// `http/httpguts.ValidHostHeader`.
fn is_host(text: &[u8]) -> bool {
    text.iter().all(|byte| byte.is_ascii_alphanumeric() || b"!$%&()*+,-.:;=[]'@_~".contains(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(version: Version, headers: &[(&str, &str)], expected: Option<(u16, &str)>) {
        check_target("/", version, headers, expected);
    }

    #[track_caller]
    fn check_target(
        target: &str,
        version: Version,
        headers: &[(&str, &str)],
        expected: Option<(u16, &str)>,
    ) {
        let mut request = Request::builder().uri(target).body(()).unwrap();
        *request.version_mut() = version;
        for (name, value) in headers {
            let name = http::HeaderName::from_bytes(name.as_bytes()).unwrap();
            request.headers_mut().append(name, value.parse().unwrap());
        }
        let found = answer(&request).map(|response| {
            let phrase = response.extensions().get::<ReasonPhrase>();
            let phrase = phrase.map(|phrase| String::from_utf8_lossy(phrase.as_bytes()).into());
            (response.status().as_u16(), phrase.unwrap_or_default())
        });
        assert_eq!(found, expected.map(|(code, phrase)| (code, phrase.to_owned())));
    }

    #[test]
    fn http_1_1_needs_one_well_formed_host() {
        let missing = Some((400, "Bad Request: missing required Host header"));
        check(Version::HTTP_11, &[], missing);
        check(Version::HTTP_10, &[], None);
        check(Version::HTTP_2, &[], None);
        check(Version::HTTP_11, &[("host", "a"), ("host", "b")], Some((400, "Bad Request")));
        let malformed = Some((400, "Bad Request: malformed Host header"));
        check(Version::HTTP_11, &[("host", "a b")], malformed);
        check(Version::HTTP_11, &[("host", "[::1]:6443")], None);
    }

    #[test]
    fn a_target_is_a_path_or_a_whole_address() {
        let host = [("host", "a")];
        check_target("healthz", Version::HTTP_11, &host, Some((400, "Bad Request")));
        check_target("http://a/healthz", Version::HTTP_11, &host, None);
        check_target("http://a", Version::HTTP_11, &host, None);
    }

    #[test]
    fn only_continue_can_be_expected() {
        check(Version::HTTP_11, &[("host", "a"), ("expect", "nope")], Some((417, "")));
        check(Version::HTTP_11, &[("host", "a"), ("expect", "100-Continue")], None);
    }
}
