//! Names, paths and queries of what requests are passed on to.

use std::fmt::Write;

use pintle_engine::Status;

/// A name of pods, services and nodes with a scheme and a port, such as `https:web:8443`
/// (`net.SplitSchemeNamePort`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SchemeNamePort<'a> {
    pub(super) scheme: &'a str,
    pub(super) name: &'a str,
    pub(super) port: &'a str,
}

impl<'a> SchemeNamePort<'a> {
    /// Splits an id; `what` names the resource in the error.
    pub(super) fn split(id: &'a str, what: &str) -> Result<Self, Status> {
        let parts: Vec<&str> = id.split(':').collect();
        let split = match parts[..] {
            [name] => Some(Self { scheme: "", name, port: "" }),
            [name, port] => Some(Self { scheme: "", name, port }),
            [scheme, name, port] => Some(Self { scheme, name, port }),
            _ => None,
        };
        split
            .filter(|id| !id.name.is_empty() && matches!(id.scheme, "" | "http" | "https"))
            .ok_or_else(|| {
                let id = pintle_machinery::json::quote(id);
                Status::bad_request(format!("invalid {what} request {id}"))
            })
    }
}

/// The part of a path after the subresource, with its slashes (`getRequestOptions`).
pub(super) fn subpath(parts: &[String], path: &str) -> String {
    let mut sub = parts.get(3..).unwrap_or_default().join("/");
    if !sub.is_empty() && !sub.starts_with('/') {
        sub.insert(0, '/');
    }
    if path.ends_with('/') && !sub.ends_with('/') {
        sub.push('/');
    }
    sub
}

/// A decoded path as it goes over the wire (`url.URL.EscapedPath`).
pub(super) fn escape_path(path: &str) -> String {
    escape(path, b"-_.~$&+,/:;=@!'()*")
}

/// A query in the order of its keys (`url.Values.Encode`).
pub(super) fn encode_query(pairs: &[(&str, String)]) -> String {
    let mut sorted: Vec<&(&str, String)> = pairs.iter().collect();
    sorted.sort_by_key(|(key, _)| *key);
    let encoded = sorted.iter().map(|(key, value)| {
        let value = escape(value, b"-_.~ ").replace(' ', "+");
        format!("{key}={value}")
    });
    encoded.collect::<Vec<_>>().join("&")
}

fn escape(text: &str, kept: &[u8]) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || kept.contains(&byte) {
            out.push(char::from(byte));
        } else {
            write!(out, "%{byte:02X}").expect("writing to a string cannot fail");
        }
    }
    out
}

/// A redirect of a backend as the client can follow it (`proxy.Transport.rewriteURL`): a place at
/// the backend is put below the path that leads to the backend. `backend` and `host` are the hosts
/// that the server and the client name.
pub(super) fn rewrite(location: &str, backend: &str, host: &str, prefix: &str) -> String {
    let (origin, rest) = match location.split_once("//") {
        Some((scheme, rest)) if scheme.is_empty() || scheme.ends_with(':') => {
            let at = rest.find(['/', '?', '#']).unwrap_or(rest.len());
            (&rest[..at], &rest[at..])
        }
        _ => ("", location),
    };
    let foreign = !origin.is_empty() && origin != backend && origin != host;
    if foreign || !rest.starts_with('/') {
        return location.to_owned();
    }
    let kept = if !origin.is_empty() && origin == host {
        &location[..location.len() - rest.len()]
    } else {
        ""
    };
    let prefix = prefix.trim_end_matches('/');
    if rest.starts_with(prefix) {
        return format!("{kept}{rest}");
    }
    format!("{kept}{prefix}{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn split(id: &str, expected: Option<(&str, &str, &str)>) {
        let found = SchemeNamePort::split(id, "pod");
        if let Some((scheme, name, port)) = expected {
            assert_eq!(found, Ok(SchemeNamePort { scheme, name, port }));
        } else {
            let message = found.expect_err("the id is malformed").message;
            assert_eq!(message, format!("invalid pod request \"{id}\""));
        }
    }

    #[test]
    fn a_name_may_have_a_port_and_a_scheme() {
        split("web", Some(("", "web", "")));
        split("web:80", Some(("", "web", "80")));
        split("https:web:", Some(("https", "web", "")));
        split("ftp:web:21", None);
        split(":80", None);
        split("a:b:c:d", None);
    }

    #[test]
    fn the_rest_of_the_path_keeps_its_last_slash() {
        let parts = |path: &str| path.split('/').map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(subpath(&parts("pods/p/proxy"), "/x/pods/p/proxy"), "");
        assert_eq!(subpath(&parts("pods/p/proxy"), "/x/pods/p/proxy/"), "/");
        assert_eq!(subpath(&parts("pods/p/proxy/a/b"), "/x/pods/p/proxy/a/b/"), "/a/b/");
    }

    #[test]
    fn queries_are_sorted_and_escaped() {
        let pairs = [("tty", "1".into()), ("command", "a b".into()), ("command", "c&d".into())];
        assert_eq!(encode_query(&pairs), "command=a+b&command=c%26d&tty=1");
        assert_eq!(escape_path("/a b/ü?"), "/a%20b/%C3%BC%3F");
    }

    #[test]
    fn redirects_to_the_backend_stay_below_the_proxy() {
        let rewrite = |location| rewrite(location, "10.0.0.1:80", "api:6443", "/p/proxy");
        assert_eq!(rewrite("/a"), "/p/proxy/a");
        assert_eq!(rewrite("http://10.0.0.1:80/a/"), "/p/proxy/a/");
        assert_eq!(rewrite("https://api:6443/a"), "https://api:6443/p/proxy/a");
        assert_eq!(rewrite("/p/proxy/a"), "/p/proxy/a");
        assert_eq!(rewrite("http://elsewhere/a"), "http://elsewhere/a");
        assert_eq!(rewrite("a/b"), "a/b");
    }
}
