//! Shadow mode: what the upstream suite asks of stock's API server is asked of ours, and the answers
//! are compared field by field.
//!
//! Stock's audit log holds the requests and answers of a run. They are asked again, one by one, of
//! another server, with the names, uids and versions that it has given meanwhile in place of stock's.

mod difference;
mod replay;

use std::path::Path;

use serde::Deserialize;
use serde_json::Value;

use crate::Error;

pub use difference::{Difference, Table};
pub use replay::{Replay, Server};

/// What an API server keeps for this: the suite's own requests that one answer ends.
pub const POLICY: &str = "\
apiVersion: audit.k8s.io/v1
kind: Policy
omitStages: [RequestReceived, ResponseStarted]
rules:
- {level: None, verbs: [watch, connect]}
- {level: RequestResponse, users: [kubernetes-super-admin]}
- {level: None}
";

/// Subresources whose answers depend on what runs on a node.
const STREAMS: &[&str] = &["attach", "exec", "log", "portforward", "proxy"];
/// Resources whose answers depend on keys that only one server has.
const SECRET: &[&str] = &["tokenreviews"];
/// Resources that controllers and kubelets write and the suite only reads.
const OTHERS: &[&str] = &["endpoints", "endpointslices", "events", "leases"];
/// Names of nodes with kubelets begin so; there are none where requests are asked again.
const NODES: &str = "/api/v1/nodes/node";
/// Programs whose requests are the suite's.
const PROGRAMS: &[&str] = &["e2e.test/", "kubectl/"];

/// What stands for the resources of other groups than Kubernetes' own.
pub const CUSTOM: &str = "custom resources";

/// A request to stock's server, and its answer.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Exchange {
    /// Path and query.
    #[serde(rename = "requestURI")]
    pub uri: String,
    /// Verb in the API's words.
    pub verb: String,
    #[serde(default)]
    user_agent: String,
    #[serde(rename = "requestReceivedTimestamp")]
    at: String,
    object_ref: Option<Reference>,
    response_status: Option<Status>,
    /// What was sent, as JSON.
    request_object: Option<Value>,
    /// What came back, as JSON.
    #[serde(default)]
    pub response_object: Value,
    impersonated_user: Option<Value>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Reference {
    #[serde(default)]
    api_group: String,
    #[serde(default)]
    resource: String,
    #[serde(default)]
    subresource: String,
}

#[derive(Clone, Debug, Deserialize)]
struct Status {
    #[serde(default)]
    code: u16,
}

impl Exchange {
    /// Resource and subresource, as a path; [`CUSTOM`] for those that tests define, by names of chance.
    pub fn resource(&self) -> String {
        match &self.object_ref {
            Some(at) if at.api_group.contains('.') && !at.api_group.ends_with(".k8s.io") => {
                CUSTOM.into()
            }
            Some(at) if at.subresource.is_empty() => at.resource.clone(),
            Some(at) => format!("{}/{}", at.resource, at.subresource),
            None => String::from("-"),
        }
    }

    /// Status code of the answer.
    pub fn code(&self) -> u16 {
        self.response_status.as_ref().map_or(0, |status| status.code)
    }

    /// Who asked; it names the owner of fields.
    pub fn user_agent(&self) -> &str {
        &self.user_agent
    }

    /// What was sent.
    pub fn body(&self) -> Option<&Value> {
        self.request_object.as_ref()
    }

    /// Whether the status in the answer is what this request made it.
    fn tells_status(&self) -> bool {
        let status = |at: &Reference| ["status", "approval"].contains(&at.subresource.as_str());
        self.verb == "create"
            || (self.verb == "update" && self.object_ref.as_ref().is_some_and(status))
    }

    fn counts(&self) -> bool {
        let stream = |at: &Reference| {
            STREAMS.contains(&at.subresource.as_str()) || SECRET.contains(&at.resource.as_str())
        };
        let read = ["get", "list"].contains(&self.verb.as_str());
        let of_others = |at: &Reference| read && OTHERS.contains(&at.resource.as_str());
        // Someone else was faster, which is chance.
        let lost = self.code() == 409 && ["update", "patch"].contains(&self.verb.as_str());
        let needs_body = ["create", "update", "patch"].contains(&self.verb.as_str());
        self.object_ref.as_ref().is_some_and(|at| !stream(at) && !of_others(at))
            && !lost
            && !self.uri.starts_with(NODES)
            && self.impersonated_user.is_none()
            && PROGRAMS.iter().any(|program| self.user_agent.starts_with(program))
            && (!needs_body || self.request_object.is_some())
    }
}

/// Reads an audit log; the exchanges that can be had again, in the order of their requests.
pub fn read(log: &Path) -> Result<Vec<Exchange>, Error> {
    let content = std::fs::read_to_string(log).map_err(|error| Error::file(log, error))?;
    let parse = |line: &str| {
        serde_json::from_str::<Exchange>(line).map_err(|error| Error::file(log, error.into()))
    };
    let mut all = content.lines().map(parse).collect::<Result<Vec<Exchange>, Error>>()?;
    all.retain(Exchange::counts);
    all.sort_by(|a, b| a.at.cmp(&b.at));
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::{CUSTOM, Exchange, read};

    #[test]
    fn requests_of_the_suite_are_read_in_order() {
        let folder = tempfile::tempdir().unwrap();
        let log = folder.path().join("audit.log");
        let line = |uri: &str, agent: &str, at: &str, resource: &str| {
            format!(
                r#"{{"requestURI":"{uri}","verb":"get","userAgent":"{agent}","requestReceivedTimestamp":"{at}","objectRef":{{"resource":"{resource}"}},"responseStatus":{{"code":200}}}}"#
            )
        };
        let lines = [
            line("/b", "e2e.test/v1", "2", "pods"),
            line("/a", "kubectl/v1", "1", "secrets"),
            line("/c", "kubelet/v1", "0", "pods"),
        ];
        std::fs::write(&log, lines.join("\n")).unwrap();
        let read = read(&log).unwrap();
        let uris: Vec<&str> = read.iter().map(|exchange| exchange.uri.as_str()).collect();
        assert_eq!(uris, ["/a", "/b"]);
        assert_eq!((read[0].resource().as_str(), read[0].code()), ("secrets", 200));
    }

    #[test]
    fn resources_that_tests_define_have_one_name() {
        #[track_caller]
        fn check(group: &str, expected: &str) {
            let exchange = format!(
                r#"{{"requestURI":"/","verb":"get","requestReceivedTimestamp":"1","objectRef":{{"apiGroup":"{group}","resource":"things"}}}}"#
            );
            let exchange: Exchange = serde_json::from_str(&exchange).unwrap();
            assert_eq!(exchange.resource(), expected);
        }
        check("", "things");
        check("apps", "things");
        check("networking.k8s.io", "things");
        check("crd-publish-openapi-test-1234.example.com", CUSTOM);
    }
}
