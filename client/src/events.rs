//! Events: core `v1` ones, correlated as upstream's recorder does, and `events.k8s.io` series.

mod correlate;
mod series;

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};
use tokio::sync::mpsc;
use tracing::{error, warn};

use crate::clock::seconds_time;
use crate::{Client, Clock, Error, PatchType, Resource};

pub use series::SeriesRecorder;

const EVENTS: Resource = Resource::namespaced("", "v1", "Event", "events");
const QUEUED: usize = 1000;
const TRIES: usize = 12;
const PAUSE: Duration = Duration::from_secs(10);

/// Records core `v1` events for one component (client-go `tools/record`).
#[derive(Clone)]
pub struct Recorder {
    queue: mpsc::Sender<Value>,
    clock: Arc<dyn Clock>,
    component: Arc<str>,
}

impl Recorder {
    /// A recorder that writes in a task of its own until its last copy is dropped.
    pub fn start(client: Client, clock: Arc<dyn Clock>, component: &str) -> Self {
        let (queue, events) = mpsc::channel(QUEUED);
        tokio::spawn(write_all(client, clock.clone(), events));
        Self { queue, clock, component: component.into() }
    }

    /// The same writer under another component's name.
    pub fn component(&self, component: &str) -> Self {
        Self { component: component.into(), ..self.clone() }
    }

    /// Records that something happened to the object of this reference. Never waits: a flood of
    /// events is dropped, not the caller stopped.
    pub fn event(&self, about: &Value, kind: &str, reason: &str, message: &str) {
        let now = self.clock.now();
        let name = about["name"].as_str().unwrap_or_default();
        let event = json!({
            "kind": "Event", "apiVersion": "v1",
            "metadata": {"name": event_name(name, now), "namespace": namespace_for(about)},
            "involvedObject": about, "reason": reason, "message": message, "type": kind,
            "source": {"component": &*self.component},
            "firstTimestamp": seconds_time(now), "lastTimestamp": seconds_time(now),
            "count": 1, "eventTime": null,
            "reportingComponent": &*self.component, "reportingInstance": "",
        });
        if self.queue.try_send(event).is_err() {
            error!(reason, "Unable to record event: too many queued events, event dropped");
        }
    }
}

/// The `ObjectReference` of an object held as a tree.
pub fn reference(object: &Value) -> Value {
    let mut reference = serde_json::Map::new();
    for field in ["kind", "apiVersion"] {
        reference.insert(field.into(), object[field].clone());
    }
    for field in ["namespace", "name", "uid", "resourceVersion"] {
        if let Some(value) = object["metadata"].get(field) {
            reference.insert(field.into(), value.clone());
        }
    }
    Value::Object(reference)
}

/// `record/util.GenerateEventName`: a name that is valid whatever the object is called.
fn event_name(name: &str, now: Timestamp) -> String {
    let full = format!("{name}.{:x}", now.as_nanosecond());
    let label = |label: &str| {
        let bytes = label.as_bytes();
        let ends = [bytes.first(), bytes.last()];
        ends.iter().all(|end| end.is_some_and(|c| c.is_ascii_lowercase() || c.is_ascii_digit()))
            && bytes.iter().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || *c == b'-')
    };
    if full.len() <= 253 && full.split('.').all(label) {
        full
    } else {
        uuid::Uuid::new_v4().to_string()
    }
}

fn namespace_for(about: &Value) -> &str {
    about["namespace"].as_str().filter(|namespace| !namespace.is_empty()).unwrap_or("default")
}

async fn write_all(client: Client, clock: Arc<dyn Clock>, mut events: mpsc::Receiver<Value>) {
    let mut correlator = correlate::Correlator::default();
    while let Some(event) = events.recv().await {
        let Some((mut event, update, key)) = correlator.correlate(event, clock.now()) else {
            continue;
        };
        for attempt in 1..=TRIES {
            match write(&client, &mut event, update).await {
                Ok(written) => {
                    correlator.written(&key, &written);
                    break;
                }
                Err(error @ Error::Status(_)) => {
                    if !error.is_already_exists() && !error.is_namespace_terminating() {
                        warn!(%error, "Server rejected event (will not retry!)");
                    }
                    break;
                }
                Err(error) => {
                    warn!(%error, attempt, "Unable to write event (may retry after sleeping)");
                    tokio::time::sleep(PAUSE.mul_f64(rand::random::<f64>().max(0.1))).await;
                }
            }
        }
    }
}

async fn write(client: &Client, event: &mut Value, update: bool) -> Result<Value, Error> {
    let namespace = event["metadata"]["namespace"].as_str().unwrap_or_default().to_owned();
    let name = event["metadata"]["name"].as_str().unwrap_or_default().to_owned();
    if update {
        let patch = json!({
            "count": event["count"], "lastTimestamp": event["lastTimestamp"],
            "message": event["message"],
        });
        let place = (namespace.as_str(), name.as_str(), "");
        match client.patch(&EVENTS, place, PatchType::Strategic, &patch).await {
            Err(error) if error.is_not_found() => {}
            other => return other,
        }
    }
    client.create(&EVENTS, &namespace, event).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_no_event_can_have_are_replaced() {
        let now = Timestamp::UNIX_EPOCH;
        assert_eq!(event_name("web-1", now), "web-1.0");
        assert_eq!(event_name("system:node", now).len(), 36);
        assert_eq!(event_name("", now).len(), 36);
    }
}
