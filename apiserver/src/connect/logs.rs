//! `pods/log`: what a container printed, from the kubelet.

use std::sync::Arc;

use futures::future::BoxFuture;
use http::header::{CONTENT_TYPE, HOST, HeaderValue};
use http::{Method, Request, Response, StatusCode};
use pintle_engine::query::Query;
use pintle_engine::{Errors, Status, meta, negotiate};
use pintle_machinery::json::quote;
use pintle_machinery::status::{GroupKind, GroupResource, ServerResponse};
use pintle_machinery::time::Time;

use super::kubelet::Kubelets;
use super::location::encode_query;
use super::{containers, relay, websocket};
use crate::body::{self, Body};
use crate::rest::{ApiRequest, Connect, ErrorForm, Rest, status_response};

/// Most of a kubelet's refusal that is passed on (`genericrest.maxReadLength`).
const MAX_REFUSAL: usize = 50_000;

/// Streams logs (`registry/core/pod/rest.LogREST`).
pub struct Logs {
    /// Where kubelets are.
    pub kubelets: Arc<Kubelets>,
}

impl Connect for Logs {
    fn connect<'a>(&'a self, rest: &'a Rest, request: ApiRequest) -> BoxFuture<'a, Response<Body>> {
        Box::pin(async move {
            let form = ErrorForm::of(&request);
            let outcome = self.stream(rest, request).await;
            outcome.unwrap_or_else(|status| status_response(status, &form))
        })
    }
}

/// PodLogOptions.
#[derive(Debug, Default, PartialEq, Eq)]
struct Options {
    container: String,
    follow: bool,
    previous: bool,
    timestamps: bool,
    insecure: bool,
    since_seconds: Option<i64>,
    since_time: Option<Time>,
    tail_lines: Option<i64>,
    limit_bytes: Option<i64>,
    stream: Option<String>,
}

impl Options {
    /// Reads a query; what is not a number or a time is refused at once.
    fn read(query: &Query) -> Result<Self, Status> {
        let flag = |name: &str| query.flag(name) == Some(true);
        let number = |name: &str| match query.get(name) {
            None => Ok(None),
            Some(text) => text.parse::<i64>().map(Some).map_err(|_| {
                let text = quote(text);
                Status::bad_request(format!("strconv.ParseInt: parsing {text}: invalid syntax"))
            }),
        };
        let since_time = match query.get("sinceTime").filter(|text| !text.is_empty()) {
            None => None,
            Some(text) => {
                Some(Time::parse(text).map_err(|error| Status::bad_request(error.to_string()))?)
            }
        };
        Ok(Self {
            container: query.get("container").unwrap_or_default().to_owned(),
            follow: flag("follow"),
            previous: flag("previous"),
            timestamps: flag("timestamps"),
            insecure: flag("insecureSkipTLSVerifyBackend"),
            since_seconds: number("sinceSeconds")?,
            since_time,
            tail_lines: number("tailLines")?,
            limit_bytes: number("limitBytes")?,
            stream: query.get("stream").map(str::to_owned),
        })
    }

    /// `ValidatePodLogOptions`.
    fn validate(&self, name: &str) -> Result<(), Status> {
        let mut errors = Errors::new();
        if let Some(lines) = self.tail_lines.filter(|lines| *lines < 0) {
            errors.invalid("tailLines", lines, "must be greater than or equal to 0");
        }
        if let Some(bytes) = self.limit_bytes.filter(|bytes| *bytes < 1) {
            errors.invalid("limitBytes", bytes, "must be greater than 0");
        }
        match (self.since_seconds, self.since_time) {
            (Some(_), Some(_)) => errors
                .forbidden("", "at most one of `sinceTime` or `sinceSeconds` may be specified"),
            (Some(seconds), None) if seconds < 1 => {
                errors.invalid("sinceSeconds", seconds, "must be greater than 0");
            }
            _ => {}
        }
        if self.stream.is_some() {
            errors.forbidden("stream", "may not be specified");
        }
        if errors.is_empty() {
            return Ok(());
        }
        Err(Status::invalid(GroupKind::new("", "PodLogOptions"), name, &errors))
    }

    /// As the kubelet reads them.
    fn query(&self) -> String {
        let mut pairs: Vec<(&str, String)> = Vec::new();
        let flags =
            [("follow", self.follow), ("previous", self.previous), ("timestamps", self.timestamps)];
        for (name, _) in flags.into_iter().filter(|(_, set)| *set) {
            pairs.push((name, "true".into()));
        }
        let numbers = [
            ("sinceSeconds", self.since_seconds),
            ("tailLines", self.tail_lines),
            ("limitBytes", self.limit_bytes),
        ];
        for (name, value) in numbers {
            pairs.extend(value.map(|value| (name, value.to_string())));
        }
        pairs.extend(self.since_time.map(|time| ("sinceTime", time.rfc3339())));
        encode_query(&pairs)
    }
}

impl Logs {
    async fn stream(&self, rest: &Rest, request: ApiRequest) -> Result<Response<Body>, Status> {
        let ApiRequest { info, parts, .. } = request;
        if parts.method != Method::GET {
            return Err(negotiate::route_error(405, ""));
        }
        let options = Options::read(&Query::parse(parts.uri.query().unwrap_or_default()))?;
        options.validate(&info.name)?;
        let pod = rest.fetch("", "pods", &info.namespace, &info.name).await?;
        let container = containers::choose(&pod, &options.container)?;
        let node = pod["spec"]["nodeName"].as_str().unwrap_or_default();
        if node.is_empty() {
            let mut response = Response::new(body::empty());
            *response.status_mut() = StatusCode::NO_CONTENT;
            return Ok(response);
        }
        let target = self.kubelets.target(rest, node, options.insecure).await?;
        let (namespace, name) = (meta::namespace(&pod), meta::name(&pod));
        let path = format!("/containerLogs/{namespace}/{name}/{container}");
        let query = options.query();
        let uri = if query.is_empty() { path } else { format!("{path}?{query}") };
        let request = Request::builder()
            .uri(&uri)
            .header(HOST, target.authority())
            .body(body::empty())
            .map_err(|error| Status::failure(500, "", error.to_string()))?;
        let response = target.send(request).await.map_err(|error| {
            let url = quote(&format!("{}{uri}", target.url()));
            Status::failure(500, "", format!("Get {url}: {error}"))
        })?;
        let code = response.status().as_u16();
        let body = relay::streamed(response.into_body());
        if !(200..=206).contains(&code) {
            return Err(refusal(code, &info.name, body).await);
        }
        if websocket::is_wanted(&parts) {
            return Ok(websocket::carry(parts, body));
        }
        let mut response = Response::new(body);
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/plain"));
        Ok(response)
    }
}

/// What the kubelet says instead of a log (`genericrest.GenericHttpResponseChecker`).
async fn refusal(code: u16, name: &str, body: Body) -> Status {
    let text = match body::read(body, MAX_REFUSAL).await {
        Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(error) => error.to_string(),
    };
    match code {
        500 => Status::internal_error(text),
        400 => Status::bad_request(text),
        _ => Status::generic_server_response(&ServerResponse {
            code,
            resource: GroupResource::new("", "pods/log"),
            name,
            message: &text,
            ..ServerResponse::default()
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(query: &str, expected: Result<&str, &str>) {
        let options = Options::read(&Query::parse(query));
        let found = options.and_then(|options| options.validate("p").map(|()| options.query()));
        let found = found.map_err(|status| status.message);
        assert_eq!(found, expected.map(str::to_owned).map_err(str::to_owned));
    }

    #[test]
    fn options_are_passed_on_in_order() {
        check("", Ok(""));
        check(
            "follow=true&tailLines=5&timestamps=1&previous=false&limitBytes=9&container=c",
            Ok("follow=true&limitBytes=9&tailLines=5&timestamps=true"),
        );
        check("sinceTime=2026-01-02T03:04:05%2B01:00", Ok("sinceTime=2026-01-02T02%3A04%3A05Z"));
    }

    #[test]
    fn impossible_options_are_refused() {
        check("tailLines=x", Err("strconv.ParseInt: parsing \"x\": invalid syntax"));
        let invalid = |detail: &str| format!("PodLogOptions \"p\" is invalid: {detail}");
        for (query, detail) in [
            ("tailLines=-1", "tailLines: Invalid value: -1: must be greater than or equal to 0"),
            ("limitBytes=0", "limitBytes: Invalid value: 0: must be greater than 0"),
            ("sinceSeconds=0", "sinceSeconds: Invalid value: 0: must be greater than 0"),
            ("stream=All", "stream: Forbidden: may not be specified"),
        ] {
            check(query, Err(&invalid(detail)));
        }
    }
}
