//! `events.k8s.io/v1` events, repeated ones as a series (client-go `tools/events`).

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};
use tokio::sync::mpsc;
use tokio::time::{Instant, interval_at};
use tracing::{error, warn};

use super::{QUEUED, TRIES, event_name, namespace_for};
use crate::clock::{elapsed, micro_time};
use crate::{Client, Clock, Error, PatchType, Resource};

const EVENTS: Resource = Resource::namespaced("events.k8s.io", "v1", "Event", "events");
const REFRESH: Duration = Duration::from_mins(30);
const FINISH: Duration = Duration::from_mins(6);

/// Records `events.k8s.io/v1` events for one controller.
#[derive(Clone)]
pub struct SeriesRecorder {
    queue: mpsc::Sender<Value>,
    clock: Arc<dyn Clock>,
    controller: Arc<str>,
    instance: Arc<str>,
}

impl SeriesRecorder {
    /// A recorder that writes in a task of its own until its last copy is dropped.
    pub fn start(client: Client, clock: Arc<dyn Clock>, controller: &str, hostname: &str) -> Self {
        let (queue, events) = mpsc::channel(QUEUED);
        let writer = Writer { client, clock: clock.clone(), cache: BTreeMap::new() };
        tokio::spawn(writer.run(events));
        let instance = format!("{controller}-{hostname}").into();
        Self { queue, clock, controller: controller.into(), instance }
    }

    /// Records what was done about the object of this reference. Never waits.
    pub fn event(
        &self,
        regarding: &Value,
        related: Option<&Value>,
        (kind, reason, action): (&str, &str, &str),
        note: &str,
    ) {
        let now = self.clock.now();
        let name = regarding["name"].as_str().unwrap_or_default();
        let mut event = json!({
            "kind": "Event", "apiVersion": "events.k8s.io/v1",
            "metadata": {"name": event_name(name, now), "namespace": namespace_for(regarding)},
            "eventTime": micro_time(now), "reportingController": &*self.controller,
            "reportingInstance": &*self.instance, "action": action, "reason": reason,
            "regarding": regarding, "note": note, "type": kind,
        });
        if let Some(related) = related {
            event["related"] = related.clone();
        }
        if self.queue.try_send(event).is_err() {
            error!(reason, "Unable to record event: too many queued events, event dropped");
        }
    }
}

struct Cached {
    event: Value,
    last: Timestamp,
}

struct Writer {
    client: Client,
    clock: Arc<dyn Clock>,
    cache: BTreeMap<String, Cached>,
}

impl Writer {
    async fn run(mut self, mut events: mpsc::Receiver<Value>) {
        let mut refresh = interval_at(Instant::now() + REFRESH, REFRESH);
        let mut finish = interval_at(Instant::now() + FINISH, FINISH);
        loop {
            tokio::select! {
                event = events.recv() => match event {
                    Some(event) => self.observe(event),
                    None => return,
                },
                _ = refresh.tick() => self.refresh().await,
                _ = finish.tick() => self.finish().await,
            }
        }
    }

    /// The first repetition opens the series on the server; later ones are counted here and
    /// written when the series is refreshed or ends.
    fn observe(&mut self, event: Value) {
        let now = self.clock.now();
        let key = key(&event);
        let to_write = match self.cache.get_mut(&key) {
            None => {
                self.cache.insert(key, Cached { event: event.clone(), last: now });
                event
            }
            Some(cached) => {
                cached.last = now;
                let series = cached.event.get("series").and_then(|series| series["count"].as_i64());
                cached.event["series"] = json!({
                    "count": series.map_or(2, |count| count + 1),
                    "lastObservedTime": micro_time(now),
                });
                if series.is_some() {
                    return;
                }
                cached.event.clone()
            }
        };
        tokio::spawn(attempt(self.client.clone(), to_write));
    }

    async fn refresh(&mut self) {
        for cached in self.cache.values() {
            if cached.event.get("series").is_some() {
                attempt(self.client.clone(), cached.event.clone()).await;
            }
        }
    }

    async fn finish(&mut self) {
        let now = self.clock.now();
        let old: Vec<String> = self
            .cache
            .iter()
            .filter(|(_, cached)| elapsed(cached.last, now) > FINISH)
            .map(|(key, _)| key.clone())
            .collect();
        for key in old {
            if let Some(cached) = self.cache.remove(&key)
                && cached.event.get("series").is_some()
            {
                attempt(self.client.clone(), cached.event).await;
            }
        }
    }
}

fn key(event: &Value) -> String {
    let fields = [
        "type",
        "action",
        "reason",
        "reportingController",
        "reportingInstance",
        "regarding",
        "related",
    ];
    fields.map(|field| event[field].to_string()).join("\0")
}

async fn attempt(client: Client, event: Value) {
    for _ in 0..TRIES {
        match write(&client, &event).await {
            Ok(_) => return,
            Err(error @ Error::Status(_)) => {
                let again = error.is_already_exists() && event.get("series").is_some();
                if !again {
                    if !error.is_already_exists() && !error.is_namespace_terminating() {
                        warn!(%error, "Server rejected event (will not retry!)");
                    }
                    return;
                }
            }
            Err(error) => warn!(%error, "Unable to write event (may retry after sleeping)"),
        }
        tokio::time::sleep(super::PAUSE.mul_f64(1.0 + 0.25 * rand::random::<f64>())).await;
    }
    error!("Unable to write event (retry limit exceeded!)");
}

async fn write(client: &Client, event: &Value) -> Result<Value, Error> {
    let text = |field: &str| event["metadata"][field].as_str().unwrap_or_default();
    let (namespace, name) = (text("namespace"), text("name"));
    if let Some(series) = event.get("series") {
        let patch = json!({"series": series});
        let place = (namespace, name, "");
        match client.patch(&EVENTS, place, PatchType::Strategic, &patch).await {
            Err(error) if error.is_not_found() => {}
            other => return other,
        }
    }
    client.create(&EVENTS, namespace, event).await
}
