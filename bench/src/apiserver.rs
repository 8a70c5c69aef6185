//! The API server's comparison: what one round measures on one server and its store, without clients.

use std::time::Duration;

use bytes::Bytes;
use http_body_util::Full;
use pintle_conformance::plane::{Make, Store};
use serde_json::json;

use crate::Failure;
use crate::client::{Protocol, Target};
use crate::floor::Floor;
use crate::guard::{self, Answers};
use crate::load::Load;
use crate::objects::{self, NAMESPACE};
use crate::quick::{Figures, create, record_creates};
use crate::read::{self, Counts, JSON, Verb};
use crate::subject::{Binaries, Subject};
use crate::watch::Watchers;
use crate::{pages, quick};

/// How much a round does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Scale {
    /// Pods in the cluster while it is read.
    pub(crate) pods: usize,
    /// GETs of each kind.
    pub(crate) gets: usize,
    /// LISTs of each kind.
    pub(crate) lists: usize,
    /// Watchers at a time.
    pub(crate) watchers: usize,
    /// Changes that each is told.
    pub(crate) changes: usize,
}

impl Scale {
    /// What the table is made of.
    pub(crate) const WHOLE: Self =
        Self { pods: 20_000, gets: 20_000, lists: 10, watchers: 1000, changes: 300 };

    /// As much, of other pods.
    pub(crate) fn of_pods(pods: usize) -> Self {
        Self { pods, ..Self::WHOLE }
    }

    /// A part of it, to see that it runs.
    pub(crate) fn divided(self, by: usize) -> Self {
        let part = |count: usize, least: usize| (count / by).max(least);
        Self {
            pods: part(self.pods, self.changes / by + 2),
            gets: part(self.gets, 1),
            lists: part(self.lists, 1),
            watchers: part(self.watchers, CONNECTIONS),
            changes: part(self.changes, 1),
        }
    }
}

/// Connections that watchers share where they do.
pub(crate) const CONNECTIONS: usize = 10;
/// LISTs at once while the most that the server holds is looked for.
pub(crate) const AT_ONCE: usize = 10;
/// Events of which the kernel's own part is measured.
const FLOOR: usize = 50;
/// How long a populated server rests before it is looked at.
const SETTLE: Duration = Duration::from_secs(5);
/// Pods at least, so that the one is among them whose answers are compared.
const COMPARED: usize = 4000;

/// Measures one server from its first to its last load.
pub(crate) fn round(
    binaries: &Binaries,
    make: Make,
    scale: Scale,
    say: &dyn Fn(&str),
) -> Result<(Figures, Option<Answers>), Failure> {
    let mut figures = Figures::new();
    let mut put = |name: String, figure: f64| {
        say(&format!("  {name:<36} {figure:>12.1}"));
        figures.insert(name, figure);
    };
    let mut subject = Subject::server(binaries, make, Store::Embedded)?;
    put("ready.ms".into(), milliseconds(subject.ready_after()));
    std::thread::sleep(quick::IDLE);
    put("memory.empty.mb".into(), resident(&subject));
    make_service_account(&subject)?;
    let pods = create(&subject, "pods", scale.pods, &objects::pod)?;
    record_creates(&subject, "create", &pods, &mut put);
    std::thread::sleep(SETTLE);
    put("memory.pods.mb".into(), resident(&subject));
    put("memory.peak.mb".into(), peak(&subject)?);
    let answers = if scale.pods >= COMPARED { Some(guard::answers(&subject)?) } else { None };
    let counts = Counts { pods: scale.pods, gets: scale.gets, lists: scale.lists };
    for one in read::GETS.iter().chain(read::LISTS).chain([&read::LIST_GZIP]) {
        read::measure(one, &subject, counts, &mut put)?;
    }
    let paged = pages::run(&subject, scale.lists)?;
    let processor = paged.processor_of(subject.server_parts());
    put("list.paged.cpu.ms".into(), processor * 1e3 / paged.count as f64);
    put("list.paged.wall.ms".into(), milliseconds(paged.wall) / paged.count as f64);
    let mut bytes = 0;
    for (id, connections) in [("watch.shared", CONNECTIONS), ("watch.single", scale.watchers)] {
        let watchers = Watchers { count: scale.watchers, connections, changes: scale.changes };
        let delivery = watchers.run(&subject)?;
        put(format!("{id}.cpu.us"), delivery.seconds_per_event * 1e6);
        put(format!("{id}.p99.ms"), milliseconds(delivery.p99));
        bytes = delivery.bytes;
    }
    let events = scale.changes.min(FLOOR);
    let floor = Floor { connections: scale.watchers, events, bytes };
    put("watch.floor.cpu.us".into(), floor.run()? * 1e6);
    put("restart.ms".into(), milliseconds(subject.restart_server()?));
    Ok((figures, answers))
}

/// Measures creates of our API server on etcd.
pub(crate) fn creates_on_etcd(
    binaries: &Binaries,
    scale: Scale,
    say: &dyn Fn(&str),
) -> Result<Figures, Failure> {
    let mut figures = Figures::new();
    let mut put = |name: String, figure: f64| {
        say(&format!("  {name:<36} {figure:>12.1}"));
        figures.insert(name, figure);
    };
    let subject = Subject::server(binaries, Make::Pintle, Store::Etcd)?;
    make_service_account(&subject)?;
    let pods = create(&subject, "pods", scale.pods, &objects::pod)?;
    record_creates(&subject, ON_ETCD, &pods, &mut put);
    Ok(figures)
}

/// Stock's creates are on etcd anyhow: their figures stand beside ours on etcd, too.
pub(crate) fn is_on_etcd(figures: &mut Figures) {
    let creates: Vec<(String, f64)> = figures
        .iter()
        .filter_map(|(name, figure)| {
            Some((format!("{ON_ETCD}.{}", name.strip_prefix("create.")?), *figure))
        })
        .collect();
    figures.extend(creates);
}

/// Name of the figures of creates on etcd.
pub(crate) const ON_ETCD: &str = "create.etcd";

/// Megabytes that the server holds.
fn resident(subject: &Subject) -> f64 {
    let parts = subject.server_parts();
    let used = subject.usage();
    let of = used.iter().filter(|part| parts.contains(&part.part.as_str()));
    of.map(|part| part.resident).sum::<u64>() as f64 / 1e6
}

/// The most megabytes that the server holds while it answers several LISTs at once.
fn peak(subject: &Subject) -> Result<f64, Failure> {
    subject.forget_peak()?;
    let request = |target: &Target, _: usize| {
        Ok(target.request("GET", "/api/v1/pods").header("accept", JSON).body(Full::default())?)
    };
    let load = Load {
        protocol: Protocol::Http2,
        connections: AT_ONCE,
        in_flight: AT_ONCE,
        warm_up: 0,
        count: 2 * AT_ONCE,
        code: 200,
        request: &request,
    };
    load.run(subject)?;
    Ok(subject.peak().ok_or("the kernel does not say")? as f64 / 1e6)
}

/// Pods need a service account; no controller makes it here.
fn make_service_account(subject: &Subject) -> Result<(), Failure> {
    let body =
        json!({"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "default"}});
    let path = format!("{NAMESPACE}/serviceaccounts");
    let (code, said) = subject.fetch(&|target| {
        let request = target.request("POST", &path).header("content-type", JSON);
        Ok(request.body(Full::from(Bytes::from(body.to_string())))?)
    })?;
    match code {
        201 => Ok(()),
        _ => Err(format!("{path}: {code}: {}", String::from_utf8_lossy(&said)).into()),
    }
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * Verb::List.scale()
}

#[cfg(test)]
mod tests {
    use super::{Figures, Scale, is_on_etcd};

    #[test]
    fn a_part_of_a_round_still_has_a_pod_for_each_change() {
        for by in [1, 10, 100, 1_000_000] {
            let scale = Scale::WHOLE.divided(by);
            assert!(scale.pods > scale.changes && scale.changes > 0 && scale.watchers >= 10);
        }
        assert_eq!(Scale::WHOLE.divided(1), Scale::WHOLE);
    }

    #[test]
    fn stocks_creates_are_those_on_etcd() {
        let mut figures = Figures::from([("create.cpu.us".into(), 1.0), ("ready.ms".into(), 2.0)]);
        is_on_etcd(&mut figures);
        assert_eq!(figures.get("create.etcd.cpu.us"), Some(&1.0));
        assert_eq!(figures.len(), 3);
    }
}
