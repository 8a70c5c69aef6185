//! What a URL and a method ask for.

use crate::query::{Query, unescape};

/// Facts read from the request line, the base of authorization, audit and dispatch
/// (`k8s.io/apiserver/pkg/endpoints/request.RequestInfo`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RequestInfo {
    /// The path names a resource.
    pub is_resource: bool,
    /// Decoded path.
    pub path: String,
    /// Verb such as `get`, `list`, `deletecollection`; the lower-case method for other paths.
    pub verb: String,
    /// `api` or `apis`.
    pub api_prefix: String,
    /// API group; empty for core.
    pub api_group: String,
    /// API version.
    pub api_version: String,
    /// Namespace; empty for cluster scope. For `/namespaces/x`, `x`.
    pub namespace: String,
    /// Plural name.
    pub resource: String,
    /// Subresource.
    pub subresource: String,
    /// Name in the URL, or in a `metadata.name=` field selector.
    pub name: String,
    /// Path segments from the resource on.
    pub parts: Vec<String>,
    /// Field selector as sent, on the verbs that honor one.
    pub field_selector: String,
    /// Label selector as sent, on the verbs that honor one.
    pub label_selector: String,
    /// The verb came from the deprecated `/watch/` or `/proxy/` path prefix.
    pub verb_in_path: bool,
    /// Parameters of the URL.
    pub query: Query,
}

/// The path starts like a resource's but ends too early.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unable to determine kind and namespace from url, {0}")]
pub struct BadPath(pub String);

impl RequestInfo {
    /// Reads a request line; `path` is still percent-encoded
    /// (`endpoints/request.RequestInfoFactory.NewRequestInfo`).
    pub fn parse(method: &str, path: &str, query: &str) -> Result<Self, BadPath> {
        let decoded = unescape(path, false).unwrap_or(path.into());
        let mut info = Self {
            path: decoded.clone().into_owned(),
            verb: method.to_lowercase(),
            query: Query::parse(query),
            ..Self::default()
        };
        let trimmed = decoded.trim_matches('/');
        let mut parts: &[&str] = &trimmed.split('/').collect::<Vec<_>>();
        if parts.len() < 3 || !matches!(parts[0], "api" | "apis") {
            return Ok(info);
        }
        info.api_prefix = parts[0].into();
        parts = &parts[1..];
        if info.api_prefix == "apis" {
            if parts.len() < 3 {
                return Ok(info);
            }
            info.api_group = parts[0].into();
            parts = &parts[1..];
        }
        info.is_resource = true;
        info.api_version = parts[0].into();
        parts = &parts[1..];
        if matches!(parts[0], "proxy" | "watch") {
            if parts.len() < 2 {
                let separator = if query.is_empty() { "" } else { "?" };
                return Err(BadPath(format!("{path}{separator}{query}")));
            }
            info.verb = parts[0].into();
            info.verb_in_path = true;
            parts = &parts[1..];
        } else {
            info.verb = verb_of(method).into();
        }
        info.place(parts);
        info.refine();
        Ok(info)
    }

    /// Namespace, resource, name and subresource.
    fn place(&mut self, mut parts: &[&str]) {
        if parts[0] == "namespaces" && parts.len() > 1 {
            self.namespace = parts[1].into();
            if parts.len() > 2 && !matches!(parts[2], "status" | "finalize") {
                parts = &parts[2..];
            }
        }
        self.parts = parts.iter().map(|&part| part.to_owned()).collect();
        self.resource = parts[0].into();
        if let Some(name) = parts.get(1) {
            self.name = (*name).into();
        }
        if let Some(subresource) = parts.get(2)
            && self.verb != "proxy"
        {
            self.subresource = (*subresource).into();
        }
    }

    /// Verbs that depend on the name and the query.
    fn refine(&mut self) {
        let query = &self.query;
        if self.name.is_empty() && self.verb == "get" {
            let watch = query.flag("watch").unwrap_or(false);
            self.verb = if watch { "watch" } else { "list" }.into();
            if let Some(name) = name_of_list(query) {
                self.name = name;
            }
        }
        if self.name.is_empty() && self.verb == "delete" {
            self.verb = "deletecollection".into();
        }
        if !self.verb_in_path && matches!(self.verb.as_str(), "list" | "watch" | "deletecollection")
        {
            self.field_selector = query.get("fieldSelector").unwrap_or_default().into();
            self.label_selector = query.get("labelSelector").unwrap_or_default().into();
        }
    }
}

fn verb_of(method: &str) -> &'static str {
    match method {
        "POST" => "create",
        "GET" | "HEAD" => "get",
        "PUT" => "update",
        "PATCH" => "patch",
        "DELETE" => "delete",
        _ => "",
    }
}

/// The name that a field selector pins, if all list options decode and it is a path segment.
fn name_of_list(query: &Query) -> Option<String> {
    for number in ["limit", "timeoutSeconds"] {
        if let Some(text) = query.get(number)
            && text.parse::<i64>().is_err()
        {
            return None;
        }
    }
    let name = crate::query::exact_name(query.get("fieldSelector")?)?;
    let segment = !matches!(name.as_str(), "." | "..") && !name.contains(['/', '%']);
    (segment && !name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Verb, group/version, namespace, resource, subresource and name.
    #[track_caller]
    fn check(method: &str, uri: &str, wanted: [&str; 6]) {
        let (path, query) = uri.split_once('?').unwrap_or((uri, ""));
        let info = RequestInfo::parse(method, path, query).expect("the path is complete");
        let version = crate::meta::api_version(&info.api_group, &info.api_version);
        let found = [
            info.verb.as_str(),
            &version,
            &info.namespace,
            &info.resource,
            &info.subresource,
            &info.name,
        ];
        assert!(info.is_resource);
        assert_eq!(found, wanted, "{method} {uri}");
    }

    #[test]
    fn paths_and_methods_make_verbs() {
        check("GET", "/api/v1/pods", ["list", "v1", "", "pods", "", ""]);
        check("GET", "/api/v1/pods?watch=1", ["watch", "v1", "", "pods", "", ""]);
        check("GET", "/api/v1/pods?watch=0", ["list", "v1", "", "pods", "", ""]);
        check("POST", "/api/v1/namespaces/a/pods", ["create", "v1", "a", "pods", "", ""]);
        check("HEAD", "/api/v1/namespaces/a/pods/p", ["get", "v1", "a", "pods", "", "p"]);
        check(
            "DELETE",
            "/apis/apps/v1/namespaces/a/deployments",
            ["deletecollection", "apps/v1", "a", "deployments", "", ""],
        );
        check(
            "PATCH",
            "/apis/apps/v1/namespaces/a/deployments/d/scale",
            ["patch", "apps/v1", "a", "deployments", "scale", "d"],
        );
    }

    #[test]
    fn namespaces_are_their_own_namespace() {
        check("GET", "/api/v1/namespaces", ["list", "v1", "", "namespaces", "", ""]);
        check("PUT", "/api/v1/namespaces/a", ["update", "v1", "a", "namespaces", "", "a"]);
        check(
            "PUT",
            "/api/v1/namespaces/a/finalize",
            ["update", "v1", "a", "namespaces", "finalize", "a"],
        );
    }

    #[test]
    fn the_old_watch_prefix_is_a_verb() {
        check("GET", "/api/v1/watch/namespaces/a/pods/p", ["watch", "v1", "a", "pods", "", "p"]);
        check("GET", "/api/v1/proxy/nodes/n/x", ["proxy", "v1", "", "nodes", "", "n"]);
        assert!(RequestInfo::parse("GET", "/api/v1/watch", "").is_err());
    }

    #[test]
    fn a_selector_may_pin_a_name() {
        let uri = "/api/v1/namespaces/a/pods?fieldSelector=metadata.name%3Dp";
        check("GET", uri, ["list", "v1", "a", "pods", "", "p"]);
        let uri = "/api/v1/namespaces/a/pods?fieldSelector=metadata.name%3Da%2Fb";
        check("GET", uri, ["list", "v1", "a", "pods", "", ""]);
        let uri = "/api/v1/namespaces/a/pods?fieldSelector=metadata.name%3Dp&limit=x";
        check("GET", uri, ["list", "v1", "a", "pods", "", ""]);
    }

    #[test]
    fn other_paths_name_no_resource() {
        for path in ["/", "/healthz", "/api", "/api/v1", "/apis/apps", "/apis/apps/v1", "/x/y/z"] {
            let info = RequestInfo::parse("GET", path, "").expect("the path is complete");
            assert!(!info.is_resource, "{path}");
            assert_eq!(info.verb, "get");
        }
    }

    /// Targets with random damage: the parsers may refuse them, and must not panic.
    #[test]
    fn damaged_targets_do_no_harm() {
        const TARGETS: [&str; 4] = [
            "/apis/apps/v1/namespaces/a%2Fb/deployments/c/scale?fieldManager=m&force=true",
            "/api/v1/watch/namespaces/a/pods?fieldSelector=metadata.name%3Dx&limit=5&watch=1",
            "/api/v1/pods?labelSelector=a%20in%20(b,c),!d,e%3E1&continue=eyJ2IjoibWV0YSJ9",
            "/api/v1/namespaces/a/pods/p/proxy/x?resourceVersion=1&timeoutSeconds=1&dryRun=All",
        ];
        let wanted = std::env::var("PINTLE_MUTATIONS").ok().and_then(|text| text.parse().ok());
        let mut seed = 1_u64;
        let mut random = move |below: usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            usize::try_from(seed >> 33).unwrap() % below
        };
        for _ in 0..wanted.unwrap_or(100_000_u64) {
            let mut bytes = TARGETS[random(TARGETS.len())].as_bytes().to_vec();
            for _ in 0..=random(4) {
                let at = random(bytes.len() + 1);
                match random(3) {
                    0 => bytes.truncate(at.max(1)),
                    1 => bytes.insert(at, b"%/?&=,()!.\xc3\x00;"[random(13)]),
                    _ if at < bytes.len() => bytes[at] = u8::try_from(random(256)).unwrap(),
                    _ => {}
                }
            }
            let target = String::from_utf8_lossy(&bytes);
            let (path, query) = target.split_once('?').unwrap_or((&target, ""));
            drop(RequestInfo::parse("GET", path, query));
            let query = Query::parse(query);
            drop(crate::options::ListOptions::parse(&query));
            if let Some(text) = query.get("labelSelector") {
                drop(pintle_machinery::selector::LabelSelector::parse(text));
            }
            if let Some(text) = query.get("fieldSelector") {
                drop(pintle_machinery::selector::FieldSelector::parse(text));
            }
        }
    }
}
