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
}

/// The path starts like a resource's but ends too early.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unable to determine kind and namespace from url, {0}")]
pub struct BadPath(pub String);

impl RequestInfo {
    /// Reads a request line; `path` is still percent-encoded
    /// (`endpoints/request.RequestInfoFactory.NewRequestInfo`).
    pub fn parse(method: &str, path: &str, query: &str) -> Result<Self, BadPath> {
        let decoded = unescape(path, false).unwrap_or(path.into()).into_owned();
        let mut info =
            Self { path: decoded.clone(), verb: method.to_lowercase(), ..Self::default() };
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
        info.refine(&Query::parse(query));
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
    fn refine(&mut self, query: &Query) {
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
