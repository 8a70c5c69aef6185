//! `pods/exec`, `pods/attach` and `pods/portforward`: streams between a client and a kubelet.

use std::sync::Arc;

use futures::future::BoxFuture;
use http::{Method, Response};
use pintle_engine::query::Query;
use pintle_engine::{RequestInfo, Status, Value, meta, negotiate};
use pintle_machinery::status::GroupResource;

use super::kubelet::Kubelets;
use super::location::encode_query;
use super::relay::Relay;
use super::{admit, containers};
use crate::body::Body;
use crate::rest::{ApiRequest, Connect, ErrorForm, Rest, status_response};

/// Kind of stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Runs a command.
    Exec,
    /// Joins the running command.
    Attach,
    /// Reaches ports of the pod.
    PortForward,
}

/// Relays streams to the kubelet, which speaks SPDY and WebSocket itself
/// (`registry/core/pod/rest.ExecREST`, `AttachREST`, `PortForwardREST`).
pub struct Streams {
    /// Kind of stream.
    pub kind: Kind,
    /// Where kubelets are.
    pub kubelets: Arc<Kubelets>,
}

impl Connect for Streams {
    fn connect<'a>(&'a self, rest: &'a Rest, request: ApiRequest) -> BoxFuture<'a, Response<Body>> {
        Box::pin(async move {
            let form = ErrorForm::of(&request);
            let outcome = self.relay(rest, request).await;
            outcome.unwrap_or_else(|status| status_response(status, &form))
        })
    }
}

impl Streams {
    async fn relay(&self, rest: &Rest, request: ApiRequest) -> Result<Response<Body>, Status> {
        let ApiRequest { info, user, parts, body } = request;
        if !matches!(parts.method, Method::GET | Method::POST) {
            return Err(negotiate::route_error(405, ""));
        }
        let query = Query::parse(parts.uri.query().unwrap_or_default());
        let options = self.options(&query)?;
        admit::connect(rest, &info, &user, &options).await?;
        if info.verb != "create"
            && let Some(authorizer) = &rest.may_create
        {
            // A WebSocket begins with a GET; the right to create is needed all the same.
            let create = RequestInfo { verb: "create".into(), ..info.clone() };
            if authorizer.check(&user, &create).await.is_err() {
                let pods = GroupResource::new(&info.api_group, &info.resource);
                return Err(Status::forbidden(pods, &info.name, ""));
            }
        }
        let pod = rest.fetch("", "pods", &info.namespace, &info.name).await?;
        let (namespace, name) = (meta::namespace(&pod), meta::name(&pod));
        let path = match self.kind {
            Kind::PortForward => format!("/portForward/{namespace}/{name}"),
            Kind::Exec | Kind::Attach => {
                let wanted = options["container"].as_str().unwrap_or_default();
                let container = containers::choose(&pod, wanted)?;
                let action = if self.kind == Kind::Exec { "exec" } else { "attach" };
                format!("/{action}/{namespace}/{name}/{container}")
            }
        };
        let node = pod["spec"]["nodeName"].as_str().unwrap_or_default();
        if node.is_empty() {
            let message = format!("pod {name} does not have a host assigned");
            return Err(Status::bad_request(message));
        }
        let target = self.kubelets.target(rest, node, false).await?;
        let query = parameters(&options);
        let relay = Relay { target, path, query, upgrade_required: true, rewrite: false };
        relay.serve(parts, body).await
    }

    /// PodExecOptions, PodAttachOptions or PodPortForwardOptions.
    fn options(&self, query: &Query) -> Result<Value, Status> {
        let kind = match self.kind {
            Kind::Exec => "PodExecOptions",
            Kind::Attach => "PodAttachOptions",
            Kind::PortForward => "PodPortForwardOptions",
        };
        let mut options = serde_json::json!({"kind": kind, "apiVersion": "v1"});
        if self.kind == Kind::PortForward {
            let ports = ports(query)?;
            if !ports.is_empty() {
                options["ports"] = ports.into();
            }
            return Ok(options);
        }
        for flag in ["stdin", "stdout", "stderr", "tty"] {
            if query.flag(flag) == Some(true) {
                options[flag] = true.into();
            }
        }
        if let Some(container) = query.get("container").filter(|name| !name.is_empty()) {
            options["container"] = container.into();
        }
        if self.kind == Kind::Exec {
            options["command"] = query.all("command").collect::<Vec<_>>().into();
        }
        Ok(options)
    }
}

/// The ports of a URL, also several in one parameter (`Convert_Slice_string_To_Slice_int32`).
fn ports(query: &Query) -> Result<Vec<u16>, Status> {
    let values = query.all("ports").flat_map(|value| value.split(','));
    values
        .map(|value| {
            value.parse::<u16>().map_err(|_| {
                let value = pintle_machinery::json::quote(value);
                Status::bad_request(format!(
                    "cannot convert to []int32: strconv.ParseUint: parsing {value}: invalid syntax"
                ))
            })
        })
        .collect()
}

/// The kubelet's names of the options (`registry/core/pod.streamParams`).
fn parameters(options: &Value) -> String {
    let flags = [("stdin", "input"), ("stdout", "output"), ("stderr", "error"), ("tty", "tty")];
    let mut pairs: Vec<(&str, String)> = flags
        .into_iter()
        .filter(|(flag, _)| options[*flag] == true)
        .map(|(_, name)| (name, "1".to_owned()))
        .collect();
    for command in meta::strings(options.get("command")) {
        pairs.push(("command", command.to_owned()));
    }
    if let Some(ports) = options["ports"].as_array() {
        let ports: Vec<String> = ports.iter().map(Value::to_string).collect();
        pairs.push(("port", ports.join(",")));
    }
    encode_query(&pairs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(kind: Kind, query: &str, expected: &str) {
        let kubelets = Arc::new(Kubelets::new(super::super::kubelet::Config::default()));
        let streams = Streams { kind, kubelets };
        let options = streams.options(&Query::parse(query));
        assert_eq!(options.map(|options| parameters(&options)), Ok(expected.to_owned()));
    }

    #[test]
    fn options_have_other_names_at_the_kubelet() {
        check(
            Kind::Exec,
            "command=sh&command=-c&command=a+b&stdin=true&stdout=1&stderr=false&tty=&container=c",
            "command=sh&command=-c&command=a+b&input=1&output=1&tty=1",
        );
        check(Kind::Attach, "command=sh&stdout=true", "output=1");
        check(Kind::PortForward, "ports=80&ports=81,82", "port=80%2C81%2C82");
    }

    #[test]
    fn a_port_is_a_number() {
        let message = ports(&Query::parse("ports=x")).map_err(|status| status.message);
        let expected =
            "cannot convert to []int32: strconv.ParseUint: parsing \"x\": invalid syntax";
        assert_eq!(message, Err(expected.to_owned()));
    }
}
