//! The quick comparison: what one round measures on one plane.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http_body_util::Full;
use hyper::Request;
use serde_json::Value;

use crate::Failure;
use crate::client::{Protocol, Target};
use crate::guard::{self, Answers};
use crate::load::{Cost, Load};
use crate::objects;
use crate::subject::Subject;

pub(crate) const JSON: &str = "application/json";
pub(crate) const PROTOBUF: &str = "application/vnd.kubernetes.protobuf";

/// Pods in the cluster while it is read.
pub(crate) const PODS: usize = 10_000;
/// GETs of each kind.
pub(crate) const GETS: usize = 20_000;
/// LISTs of each kind.
pub(crate) const LISTS: usize = 10;
/// Config maps created.
pub(crate) const CONFIG_MAPS: usize = 5_000;
/// Requests in flight, but for LISTs.
pub(crate) const IN_FLIGHT: usize = 64;
/// Connections that h2's requests share.
pub(crate) const CONNECTIONS: usize = 4;
/// How long a plane rests before its memory is read.
pub(crate) const IDLE: Duration = Duration::from_secs(10);
/// How long a populated plane rests before it is read.
const SETTLE: Duration = Duration::from_secs(3);
const PATIENCE: Duration = Duration::from_mins(1);
const NAMESPACE: &str = "/api/v1/namespaces/default";

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
}

const GET: Read = Read {
    id: "get.json",
    what: "GET of a pod, JSON",
    verb: Verb::Get,
    accept: JSON,
    query: "",
    protocol: Protocol::Http2,
};

const LIST: Read =
    Read { id: "list.json", what: "LIST of 10,000 pods, JSON", verb: Verb::List, ..GET };

/// Without a resourceVersion an answer is consistent; at 0 whatever is cached will do.
pub(crate) const READS: &[Read] = &[
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
    Read {
        id: "get.json.http1",
        what: "GET of a pod, JSON, HTTP/1.1",
        protocol: Protocol::Http1,
        ..GET
    },
    LIST,
    Read { id: "list.protobuf", what: "LIST of 10,000 pods, protobuf", accept: PROTOBUF, ..LIST },
    Read {
        id: "list.json.cached",
        what: "LIST of 10,000 pods, JSON, rv=0",
        query: "?resourceVersion=0",
        ..LIST
    },
    Read {
        id: "list.protobuf.cached",
        what: "LIST of 10,000 pods, protobuf, rv=0",
        accept: PROTOBUF,
        query: "?resourceVersion=0",
        ..LIST
    },
];

/// Figures by name.
pub(crate) type Figures = BTreeMap<String, f64>;

/// Measures one plane from its first to its last load.
pub(crate) fn round(subject: &Subject, say: &dyn Fn(&str)) -> Result<(Figures, Answers), Failure> {
    let mut figures = Figures::new();
    let mut put = |name: String, figure: f64| {
        say(&format!("  {name:<36} {figure:>12.1}"));
        figures.insert(name, figure);
    };
    put("ready.ms".into(), subject.ready_after().as_secs_f64() * 1e3);
    std::thread::sleep(IDLE);
    put("memory.idle.mb".into(), resident(subject));
    wait_for_service_account(subject)?;
    let pods = create(subject, "pods", PODS, &objects::pod)?;
    record_creates(subject, "create.pod", &pods, &mut put);
    std::thread::sleep(SETTLE);
    put("memory.pods.mb".into(), resident(subject));
    let answers = guard::answers(subject)?;
    for read in READS {
        let cost = read.run(subject)?;
        let count = cost.count as f64;
        let unit = read.verb.unit();
        let processor = cost.processor_of(subject.server_parts());
        put(format!("{}.cpu.{unit}", read.id), processor * read.verb.scale() / count);
        put(
            format!("{}.wall.{unit}", read.id),
            cost.wall.as_secs_f64() * read.verb.scale() / count,
        );
        put(format!("{}.bytes", read.id), cost.bytes as f64 / count);
    }
    let maps = create(subject, "configmaps", CONFIG_MAPS, &objects::config_map)?;
    record_creates(subject, "create.configmap", &maps, &mut put);
    put("memory.end.mb".into(), resident(subject));
    Ok((figures, answers))
}

impl Verb {
    /// Unit of one request's cost.
    pub(crate) fn unit(self) -> &'static str {
        match self {
            Self::Get => "us",
            Self::List => "ms",
        }
    }

    fn scale(self) -> f64 {
        match self {
            Self::Get => 1e6,
            Self::List => 1e3,
        }
    }
}

impl Read {
    fn run(&self, subject: &Subject) -> Result<Cost, Failure> {
        let request = |target: &Target, index: usize| -> Result<Request<Full<Bytes>>, Failure> {
            let path = match self.verb {
                Verb::Get => {
                    let name = objects::pod_name(index % PODS);
                    format!("{NAMESPACE}/pods/{name}{}", self.query)
                }
                Verb::List => format!("/api/v1/pods{}", self.query),
            };
            let request = target.request("GET", &path).header("accept", self.accept);
            Ok(request.body(Full::default())?)
        };
        let load = match self.verb {
            Verb::Get => Load {
                protocol: self.protocol,
                connections: CONNECTIONS,
                in_flight: IN_FLIGHT,
                warm_up: 500,
                count: GETS,
                code: 200,
                request: &request,
            },
            Verb::List => Load {
                protocol: self.protocol,
                connections: 1,
                in_flight: 1,
                warm_up: 1,
                count: LISTS,
                code: 200,
                request: &request,
            },
        };
        load.run(subject)
    }
}

/// Creates objects, many at a time; each answer says that its object is durable.
fn create(
    subject: &Subject,
    plural: &str,
    count: usize,
    object: &(dyn Fn(usize) -> Value + Sync),
) -> Result<Cost, Failure> {
    let request = |target: &Target, index: usize| -> Result<Request<Full<Bytes>>, Failure> {
        let request = target
            .request("POST", &format!("{NAMESPACE}/{plural}"))
            .header("accept", JSON)
            .header("content-type", JSON);
        Ok(request.body(Full::from(object(index).to_string()))?)
    };
    let load = Load {
        protocol: Protocol::Http2,
        connections: CONNECTIONS,
        in_flight: IN_FLIGHT,
        warm_up: 0,
        count,
        code: 201,
        request: &request,
    };
    load.run(subject)
}

fn record_creates(subject: &Subject, id: &str, cost: &Cost, put: &mut impl FnMut(String, f64)) {
    let count = cost.count as f64;
    let server = cost.processor_of(subject.server_parts());
    let store = cost.processor_of(subject.store_parts());
    put(format!("{id}.per_second"), count / cost.wall.as_secs_f64());
    put(format!("{id}.cpu.us"), (server + store) * 1e6 / count);
    put(format!("{id}.store.cpu.us"), store * 1e6 / count);
}

/// Megabytes that all parts hold together.
fn resident(subject: &Subject) -> f64 {
    let bytes: u64 = subject.usage().iter().map(|part| part.resident).sum();
    bytes as f64 / 1e6
}

/// Pods need their service account, which a controller makes.
fn wait_for_service_account(subject: &Subject) -> Result<(), Failure> {
    let path = format!("{NAMESPACE}/serviceaccounts/default");
    let started = Instant::now();
    loop {
        let (code, body) =
            subject.fetch(&|target| Ok(target.request("GET", &path).body(Full::default())?))?;
        if code == 200 {
            return Ok(());
        }
        if started.elapsed() > PATIENCE {
            return Err(format!("{path}: {code}: {}", String::from_utf8_lossy(&body)).into());
        }
        std::thread::sleep(Duration::from_millis(100));
    }
}
