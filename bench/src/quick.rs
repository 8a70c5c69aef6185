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
use crate::objects::{self, NAMESPACE};
use crate::read::{self, CONNECTIONS, Counts, IN_FLIGHT, JSON, Read};
use crate::subject::Subject;

/// Pods in the cluster while it is read.
pub(crate) const PODS: usize = 10_000;
/// GETs of each kind.
pub(crate) const GETS: usize = 20_000;
/// LISTs of each kind.
pub(crate) const LISTS: usize = 10;
/// Config maps created.
pub(crate) const CONFIG_MAPS: usize = 5_000;
/// How long a plane rests before its memory is read.
pub(crate) const IDLE: Duration = Duration::from_secs(10);
/// How long a populated plane rests before it is read.
const SETTLE: Duration = Duration::from_secs(3);
const PATIENCE: Duration = Duration::from_mins(1);

/// What is read, in order.
pub(crate) fn reads() -> impl Iterator<Item = &'static Read> {
    let lists = read::LISTS.iter().chain(read::CACHED_LISTS);
    read::GETS.iter().chain([&read::GET_HTTP1]).chain(lists)
}

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
    let counts = Counts { pods: PODS, gets: GETS, lists: LISTS };
    for read in reads() {
        read::measure(read, subject, counts, &mut put)?;
    }
    let maps = create(subject, "configmaps", CONFIG_MAPS, &objects::config_map)?;
    record_creates(subject, "create.configmap", &maps, &mut put);
    put("memory.end.mb".into(), resident(subject));
    Ok((figures, answers))
}

/// Creates objects, many at a time; each answer says that its object is durable.
pub(crate) fn create(
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

pub(crate) fn record_creates(
    subject: &Subject,
    id: &str,
    cost: &Cost,
    put: &mut dyn FnMut(String, f64),
) {
    let count = cost.count as f64;
    let server = cost.processor_of(subject.server_parts());
    let store = cost.processor_of(subject.store_parts());
    put(format!("{id}.per_second"), count / cost.wall.as_secs_f64());
    put(format!("{id}.cpu.us"), (server + store) * 1e6 / count);
    put(format!("{id}.server.cpu.us"), server * 1e6 / count);
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
