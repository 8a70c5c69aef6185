//! Loads that only read: GETs and LISTs of pods in each form.

use bytes::Bytes;
use http_body_util::Full;
use hyper::Request;

use crate::Failure;
use crate::client::{Protocol, Target};
use crate::load::{Cost, Load};
use crate::objects::{self, NAMESPACE};
use crate::subject::Subject;

pub(crate) const JSON: &str = "application/json";
pub(crate) const PROTOBUF: &str = "application/vnd.kubernetes.protobuf";
/// Requests in flight, but for LISTs.
pub(crate) const IN_FLIGHT: usize = 64;
/// Connections that h2's requests share.
pub(crate) const CONNECTIONS: usize = 4;

/// How much is read.
#[derive(Clone, Copy)]
pub(crate) struct Counts {
    /// Pods in the cluster.
    pub(crate) pods: usize,
    /// GETs of each kind.
    pub(crate) gets: usize,
    /// LISTs of each kind.
    pub(crate) lists: usize,
}

/// What is read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verb {
    Get,
    List,
}

/// A load that only reads.
pub(crate) struct Read {
    /// Its name in the results.
    pub(crate) id: &'static str,
    /// Its name in the table.
    pub(crate) what: &'static str,
    pub(crate) verb: Verb,
    accept: &'static str,
    query: &'static str,
    protocol: Protocol,
    /// Whether the answer is to be compressed.
    gzip: bool,
}

pub(crate) const GET: Read = Read {
    id: "get.json",
    what: "GET of a pod, JSON",
    verb: Verb::Get,
    accept: JSON,
    query: "",
    protocol: Protocol::Http2,
    gzip: false,
};

pub(crate) const LIST: Read =
    Read { id: "list.json", what: "LIST of all pods, JSON", verb: Verb::List, ..GET };

/// Without a resourceVersion an answer is consistent; at 0 whatever is cached will do.
pub(crate) const GETS: &[Read] = &[
    GET,
    Read { id: "get.protobuf", what: "GET of a pod, protobuf", accept: PROTOBUF, ..GET },
    Read {
        id: "get.json.cached",
        what: "GET of a pod, JSON, rv=0",
        query: "?resourceVersion=0",
        ..GET
    },
    Read {
        id: "get.protobuf.cached",
        what: "GET of a pod, protobuf, rv=0",
        accept: PROTOBUF,
        query: "?resourceVersion=0",
        ..GET
    },
];

/// GETs on connections of their own.
pub(crate) const GET_HTTP1: Read = Read {
    id: "get.json.http1",
    what: "GET of a pod, JSON, HTTP/1.1",
    protocol: Protocol::Http1,
    ..GET
};

/// Consistent LISTs.
pub(crate) const LISTS: &[Read] = &[
    LIST,
    Read { id: "list.protobuf", what: "LIST of all pods, protobuf", accept: PROTOBUF, ..LIST },
];

/// LISTs of what is cached.
pub(crate) const CACHED_LISTS: &[Read] = &[
    Read {
        id: "list.json.cached",
        what: "LIST of all pods, JSON, rv=0",
        query: "?resourceVersion=0",
        ..LIST
    },
    Read {
        id: "list.protobuf.cached",
        what: "LIST of all pods, protobuf, rv=0",
        accept: PROTOBUF,
        query: "?resourceVersion=0",
        ..LIST
    },
];

/// A LIST that is compressed for the client.
pub(crate) const LIST_GZIP: Read =
    Read { id: "list.gzip", what: "LIST of all pods, JSON with gzip", gzip: true, ..LIST };

impl Verb {
    /// Unit of one request's cost.
    pub(crate) fn unit(self) -> &'static str {
        match self {
            Self::Get => "us",
            Self::List => "ms",
        }
    }

    pub(crate) fn scale(self) -> f64 {
        match self {
            Self::Get => 1e6,
            Self::List => 1e3,
        }
    }
}

impl Read {
    /// Sends all requests of this kind.
    pub(crate) fn run(&self, subject: &Subject, counts: Counts) -> Result<Cost, Failure> {
        let request = |target: &Target, index: usize| -> Result<Request<Full<Bytes>>, Failure> {
            let path = match self.verb {
                Verb::Get => {
                    let name = objects::pod_name(index % counts.pods);
                    format!("{NAMESPACE}/pods/{name}{}", self.query)
                }
                Verb::List => format!("/api/v1/pods{}", self.query),
            };
            let mut request = target.request("GET", &path).header("accept", self.accept);
            if self.gzip {
                request = request.header("accept-encoding", "gzip");
            }
            Ok(request.body(Full::default())?)
        };
        let load = match self.verb {
            Verb::Get => Load {
                protocol: self.protocol,
                connections: CONNECTIONS,
                in_flight: IN_FLIGHT,
                warm_up: 500,
                count: counts.gets,
                code: 200,
                request: &request,
            },
            Verb::List => Load {
                protocol: self.protocol,
                connections: 1,
                in_flight: 1,
                warm_up: 1,
                count: counts.lists,
                code: 200,
                request: &request,
            },
        };
        load.run(subject)
    }
}

/// Runs a load and records what a request costs.
pub(crate) fn measure(
    read: &Read,
    subject: &Subject,
    counts: Counts,
    put: &mut dyn FnMut(String, f64),
) -> Result<(), Failure> {
    let cost = read.run(subject, counts)?;
    let count = cost.count as f64;
    let unit = read.verb.unit();
    let processor = cost.processor_of(subject.server_parts());
    put(format!("{}.cpu.{unit}", read.id), processor * read.verb.scale() / count);
    put(format!("{}.wall.{unit}", read.id), cost.wall.as_secs_f64() * read.verb.scale() / count);
    put(format!("{}.bytes", read.id), cost.bytes as f64 / count);
    Ok(())
}
