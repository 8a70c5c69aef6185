//! Watchers: many of them, on few connections or on one each, while pods change.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use bytes::Bytes;
use futures::future::try_join_all;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use serde_json::json;
use tokio::sync::Mutex;

use crate::Failure;
use crate::client::{Connection, Protocol, Target};
use crate::load;
use crate::objects::{self, NAMESPACE};
use crate::read::JSON;
use crate::subject::Subject;

/// Streams that a connection has at most: Go's servers allow that many to everybody.
const STREAMS: usize = 100;
/// Time between two changes: a server that is slower falls behind, and that shows in the delivery.
pub(crate) const PACE: Duration = Duration::from_millis(100);
/// How long the last events may take.
const PATIENCE: Duration = Duration::from_mins(2);

/// How many watch what.
#[derive(Clone, Copy)]
pub(crate) struct Watchers {
    /// How many there are.
    pub(crate) count: usize,
    /// Connections that they share.
    pub(crate) connections: usize,
    /// Changes that each of them is told.
    pub(crate) changes: usize,
}

/// What watching cost.
pub(crate) struct Delivery {
    /// Processor seconds of the server for each event and watcher.
    pub(crate) seconds_per_event: f64,
    /// From the sending of a change to its event at a watcher, 99 of 100 times.
    pub(crate) p99: Duration,
    /// Bytes of an event.
    pub(crate) bytes: usize,
}

/// When changes were sent, and how long their events took.
struct Clock {
    sent: Mutex<Vec<Instant>>,
    took: Mutex<Vec<Duration>>,
    delivered: AtomicUsize,
    bytes: AtomicUsize,
}

impl Watchers {
    /// Opens the watches, changes pods, and waits until every watcher knows of every change.
    pub(crate) fn run(self, subject: &Subject) -> Result<Delivery, Failure> {
        load::on_own_processor(|| self.drive(subject))
    }

    async fn drive(self, subject: &Subject) -> Result<Delivery, Failure> {
        let target = subject.target();
        let mut writer = target.connect(Protocol::Http2).await?;
        let version = version(&mut writer, target).await?;
        let clock = Arc::new(Clock {
            sent: Mutex::default(),
            took: Mutex::default(),
            delivered: AtomicUsize::new(0),
            bytes: AtomicUsize::new(0),
        });
        let (connections, bodies) = self.open(target, &version).await?;
        let readers: Vec<_> = bodies
            .into_iter()
            .map(|body| tokio::spawn(read(body, self.changes, clock.clone())))
            .collect();
        let before = subject.usage();
        for index in 0..self.changes {
            let pause = tokio::time::sleep(PACE);
            clock.sent.lock().await.push(Instant::now());
            // The value is new in every run.
            change(&mut writer, target, index, &format!("{}-{index}", self.connections)).await?;
            pause.await;
        }
        let all = self.count * self.changes;
        let late = Instant::now() + PATIENCE;
        while clock.delivered.load(Ordering::Relaxed) < all {
            if Instant::now() > late {
                let delivered = clock.delivered.load(Ordering::Relaxed);
                return Err(format!("{delivered} of {all} events came").into());
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        let spent = load::spent(&before, &subject.usage());
        let seconds = load::processor_of(&spent, subject.server_parts());
        for reader in readers {
            reader.await??;
        }
        drop(connections);
        let mut took = std::mem::take(&mut *clock.took.lock().await);
        took.sort_unstable();
        let p99 = took.get(took.len() * 99 / 100).copied().unwrap_or_default();
        let bytes = clock.bytes.load(Ordering::Relaxed) / all;
        Ok(Delivery { seconds_per_event: seconds / all as f64, p99, bytes })
    }

    /// Opens the watches, and returns once each is answered.
    async fn open(
        self,
        target: &Target,
        version: &str,
    ) -> Result<(Vec<Connection>, Vec<Incoming>), Failure> {
        let each = self.count.div_ceil(self.connections).min(STREAMS);
        let path = format!("{NAMESPACE}/pods?watch=true&resourceVersion={version}");
        let mut connections = Vec::new();
        let mut bodies = Vec::with_capacity(self.count);
        while bodies.len() < self.count {
            let connection = target.connect(Protocol::Http2).await?;
            let streams = each.min(self.count - bodies.len());
            let opened = (0..streams).map(|_| async {
                let mut shared = connection.share().ok_or("h2 connections are shared")?;
                let request = target.request("GET", &path).header("accept", JSON);
                let answer = shared.send(request.body(Full::default())?).await?;
                match answer.status().as_u16() {
                    200 => Ok(answer.into_body()),
                    code => Err(Failure::from(format!("a watch was answered with {code}"))),
                }
            });
            bodies.extend(try_join_all(opened).await?);
            connections.push(connection);
        }
        Ok((connections, bodies))
    }
}

/// Reads a watch up to its last event. Events are lines, in the order of the changes.
async fn read(mut body: Incoming, changes: usize, clock: Arc<Clock>) -> Result<(), Failure> {
    let mut seen = 0;
    while seen < changes {
        let frame = body.frame().await.ok_or("a watch ended")??;
        let Some(data) = frame.data_ref() else { continue };
        clock.bytes.fetch_add(data.len(), Ordering::Relaxed);
        let events = data.split(|byte| *byte == b'\n').count() - 1;
        if events == 0 {
            continue;
        }
        let now = Instant::now();
        let times: Vec<Duration> = {
            let sent = clock.sent.lock().await;
            (seen..seen + events).filter_map(|index| Some(now - *sent.get(index)?)).collect()
        };
        if times.len() != events {
            return Err("an event of what nobody changed".into());
        }
        clock.took.lock().await.extend(times);
        clock.delivered.fetch_add(events, Ordering::Relaxed);
        seen += events;
    }
    Ok(())
}

/// The version of what is there.
async fn version(writer: &mut Connection, target: &Target) -> Result<String, Failure> {
    let path = format!("{NAMESPACE}/pods?limit=1");
    let request = target.request("GET", &path).header("accept", JSON).body(Full::default())?;
    let (code, body) = writer.fetch(request).await?;
    let list: serde_json::Value = serde_json::from_slice(&body)?;
    let version = list["metadata"]["resourceVersion"].as_str();
    Ok(version.ok_or_else(|| format!("{path}: {code} without a version"))?.to_owned())
}

async fn change(
    writer: &mut Connection,
    target: &Target,
    index: usize,
    value: &str,
) -> Result<(), Failure> {
    let path = format!("{NAMESPACE}/pods/{}", objects::pod_name(index));
    let body = json!({"metadata": {"annotations": {"example.com/round": value}}});
    let request = target
        .request("PATCH", &path)
        .header("accept", JSON)
        .header("content-type", "application/merge-patch+json")
        .body(Full::from(Bytes::from(body.to_string())))?;
    match writer.fetch(request).await? {
        (200, _) => Ok(()),
        (code, body) => Err(format!("{path}: {code}: {}", String::from_utf8_lossy(&body)).into()),
    }
}
