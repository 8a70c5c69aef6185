//! Folds repeated and similar events into few (client-go `tools/record.EventCorrelator`).

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde_json::{Value, json};

use super::event_name;
use crate::clock::{elapsed, seconds_time};

const ENTRIES: usize = 4096;
const SIMILAR: usize = 10;
const SIMILAR_SECONDS: u64 = 600;
const SPAM_BURST: f64 = 25.0;
const SPAM_QPS: f64 = 1.0 / 300.0;

#[derive(Default)]
pub(super) struct Correlator {
    similar: BTreeMap<String, (BTreeSet<String>, Timestamp)>,
    seen: BTreeMap<String, Seen>,
    spam: BTreeMap<String, (f64, Timestamp)>,
}

#[derive(Clone)]
struct Seen {
    count: i64,
    first: Value,
    name: Value,
}

impl Correlator {
    /// The event to write, whether it updates an earlier one, and its key; nothing if its source
    /// says too much.
    pub(super) fn correlate(
        &mut self,
        event: Value,
        now: Timestamp,
    ) -> Option<(Value, bool, String)> {
        let (mut event, key) = self.aggregate(event, now);
        let seen = self.seen.get(&key).cloned();
        if let Some(seen) = &seen {
            event["metadata"]["name"] = seen.name.clone();
            event["firstTimestamp"] = seen.first.clone();
            event["count"] = (seen.count + 1).into();
        }
        self.written(&key, &event);
        (!self.is_spam(&event, now)).then_some((event, seen.is_some(), key))
    }

    /// Notes the form in which an event stands on the server.
    pub(super) fn written(&mut self, key: &str, event: &Value) {
        let seen = Seen {
            count: event["count"].as_i64().unwrap_or(1),
            first: event["firstTimestamp"].clone(),
            name: event["metadata"]["name"].clone(),
        };
        trim(&mut self.seen);
        self.seen.insert(key.into(), seen);
    }

    fn aggregate(&mut self, event: Value, now: Timestamp) -> (Value, String) {
        let source = spam_key(&event);
        let message = event["message"].as_str().unwrap_or_default().to_owned();
        let group = join(&[&source, text(&event, "/reason"), text(&event, "/reportingComponent")]);
        let exact = join(&[&source, text(&event, "/reason"), &message]);
        trim(&mut self.similar);
        let (messages, last) =
            self.similar.entry(group.clone()).or_insert_with(|| (BTreeSet::new(), now));
        if elapsed(*last, now).as_secs() > SIMILAR_SECONDS {
            messages.clear();
        }
        messages.insert(message.clone());
        *last = now;
        if messages.len() < SIMILAR {
            return (event, exact);
        }
        messages.pop_first();
        let combined = json!({
            "kind": "Event", "apiVersion": "v1",
            "metadata": {
                "name": event_name(text(&event, "/involvedObject/name"), now),
                "namespace": event["metadata"]["namespace"],
            },
            "involvedObject": event["involvedObject"], "reason": event["reason"],
            "message": format!("(combined from similar events): {message}"),
            "type": event["type"], "source": event["source"], "count": 1,
            "firstTimestamp": seconds_time(now), "lastTimestamp": seconds_time(now),
            "eventTime": null, "reportingComponent": "", "reportingInstance": "",
        });
        (combined, group)
    }

    fn is_spam(&mut self, event: &Value, now: Timestamp) -> bool {
        trim(&mut self.spam);
        let (tokens, last) = self.spam.entry(spam_key(event)).or_insert((SPAM_BURST, now));
        let gained = elapsed(*last, now).as_secs_f64() * SPAM_QPS;
        *tokens = (*tokens + gained).min(SPAM_BURST);
        *last = now;
        if *tokens < 1.0 {
            return true;
        }
        *tokens -= 1.0;
        false
    }
}

fn text<'a>(event: &'a Value, pointer: &str) -> &'a str {
    event.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
}

fn join(parts: &[&str]) -> String {
    parts.join("\0")
}

fn spam_key(event: &Value) -> String {
    join(&[
        text(event, "/source/component"),
        text(event, "/involvedObject/kind"),
        text(event, "/involvedObject/namespace"),
        text(event, "/involvedObject/name"),
        text(event, "/involvedObject/uid"),
        text(event, "/involvedObject/apiVersion"),
        text(event, "/type"),
    ])
}

/// Keeps a table within its bound. Which entry goes hardly matters: losing one costs an event
/// more.
fn trim<T>(table: &mut BTreeMap<String, T>) {
    while table.len() >= ENTRIES {
        table.pop_first();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(message: &str) -> Value {
        json!({
            "metadata": {"name": format!("web.{message}"), "namespace": "default"},
            "involvedObject": {"name": "web", "uid": "u"}, "reason": "R", "message": message,
            "type": "Normal", "source": {"component": "c"}, "count": 1,
            "firstTimestamp": "1970-01-01T00:00:00Z",
        })
    }

    #[test]
    fn a_repeated_event_is_counted() {
        let mut correlator = Correlator::default();
        let now = Timestamp::UNIX_EPOCH;
        let (first, update, _) = correlator.correlate(event("a"), now).unwrap();
        assert!(!update);
        let (second, update, _) = correlator.correlate(event("a"), now).unwrap();
        assert!(update);
        assert_eq!(second["count"], 2);
        assert_eq!(second["metadata"]["name"], first["metadata"]["name"]);
    }

    #[test]
    fn the_tenth_similar_event_is_combined() {
        let mut correlator = Correlator::default();
        let now = Timestamp::UNIX_EPOCH;
        for n in 1..10 {
            let (event, ..) = correlator.correlate(event(&n.to_string()), now).unwrap();
            assert_eq!(event["message"], n.to_string());
        }
        let (event, update, _) = correlator.correlate(event("x"), now).unwrap();
        assert_eq!(event["message"], "(combined from similar events): x");
        assert!(!update);
    }

    #[test]
    fn a_source_that_says_too_much_is_silenced() {
        let mut correlator = Correlator::default();
        let now = Timestamp::UNIX_EPOCH;
        for _ in 0..25 {
            assert!(correlator.correlate(event("a"), now).is_some());
        }
        assert!(correlator.correlate(event("a"), now).is_none());
    }
}
