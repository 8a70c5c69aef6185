//! `PrioritySort` and the queue: active pods, pods backing off, pods that wait for a change.
//!
//! The queue reads no clock: every call that needs the moment takes it (upstream's
//! `backend/queue.PriorityQueue`).

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use crate::node::PodInfo;
use crate::plugin::{Change, Plugin};

/// A pod's namespace and name.
pub type Key = (String, String);

/// A moment, as time since the scheduler's start.
pub type Moment = Duration;

/// How long a pod waits for a change at most before it is tried again.
pub const FLUSH_AFTER: Duration = Duration::from_mins(5);

/// A pod that is to be placed.
#[derive(Clone)]
pub struct Item {
    /// The pod.
    pub pod: Arc<PodInfo>,
    /// When it came into the queue; earlier is first among equals.
    pub since: Moment,
    /// Attempts that found no place.
    pub attempts: u32,
    /// Plugins that rejected it last time; empty after an error, and then any change helps.
    pub rejected_by: BTreeSet<&'static str>,
}

/// Where a pod stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Active,
    Backoff(Moment),
    Waiting(Moment),
    /// A cycle is trying it; `true` if a change that helps has come since.
    InFlight(bool),
    /// Its gates are closed.
    Gated,
}

/// How long pods wait between attempts.
#[derive(Clone, Copy, Debug)]
pub struct Backoff {
    /// After the first failure.
    pub initial: Duration,
    /// At most.
    pub max: Duration,
}

impl Default for Backoff {
    fn default() -> Self {
        Self { initial: Duration::from_secs(1), max: Duration::from_secs(10) }
    }
}

impl Backoff {
    fn after(self, attempts: u32) -> Duration {
        let doublings = attempts.saturating_sub(1).min(31);
        self.initial.saturating_mul(1 << doublings).min(self.max)
    }
}

/// Sort order of active pods: priority, then age.
type Rank = (Reverse<i32>, Moment, Key);

/// The queue.
pub struct Queue {
    plugins: &'static [Plugin],
    backoff: Backoff,
    items: BTreeMap<Key, (Item, Place)>,
    active: BTreeSet<Rank>,
}

impl Queue {
    /// An empty queue.
    pub fn new(plugins: &'static [Plugin], backoff: Backoff) -> Self {
        Self { plugins, backoff, items: BTreeMap::new(), active: BTreeSet::new() }
    }

    /// Takes in a new pod, or a new state of a pod that waits here.
    pub fn put(&mut self, pod: Arc<PodInfo>, now: Moment) {
        let key = pod.key();
        let gated = is_gated(&pod);
        let Some((mut item, place)) = self.take(&key) else {
            let item = Item { pod, since: now, attempts: 0, rejected_by: BTreeSet::new() };
            let place = if gated { Place::Gated } else { Place::Active };
            self.store(key, item, place);
            return;
        };
        let same = item.pod.uid() == pod.uid();
        let helps = !same || could_help(&item.pod, &pod);
        item.pod = pod;
        if !same {
            (item.attempts, item.since) = (0, now);
        }
        let place = match place {
            _ if gated => Place::Gated,
            Place::Gated => Place::Active,
            Place::InFlight(helped) => Place::InFlight(helped || helps),
            Place::Waiting(since) if helps => self.after_backoff(&item, since, now),
            place => place,
        };
        self.store(key, item, place);
    }

    /// Forgets a pod that is gone or has a node.
    pub fn remove(&mut self, key: &Key) {
        self.take(key);
    }

    /// The next pod to place; it stays in flight until `done` or `failed`.
    pub fn pop(&mut self) -> Option<Item> {
        let (_, _, key) = self.active.pop_first()?;
        let (item, place) = self.items.get_mut(&key)?;
        *place = Place::InFlight(false);
        item.attempts += 1;
        Some(item.clone())
    }

    /// The pod has found its node.
    pub fn done(&mut self, key: &Key) {
        if let Some((_, Place::InFlight(_))) = self.items.get(key) {
            self.take(key);
        }
    }

    /// The pod found no node: it waits for a change that can help, unless that came meanwhile.
    pub fn failed(&mut self, key: &Key, rejected_by: BTreeSet<&'static str>, now: Moment) {
        let Some((_, Place::InFlight(_))) = self.items.get(key) else { return };
        let Some((mut item, place)) = self.take(key) else { return };
        let retry = place == Place::InFlight(true) || rejected_by.is_empty();
        item.rejected_by = rejected_by;
        let place = if retry { self.after_backoff(&item, now, now) } else { Place::Waiting(now) };
        self.store(key.clone(), item, place);
    }

    /// Lets the pods try again that this change may have made schedulable.
    pub fn on_change(&mut self, change: &Change<'_>, now: Moment) {
        let helped = |item: &Item| {
            let by = |plugin: &&Plugin| item.rejected_by.contains(plugin.name);
            let plugins = self.plugins;
            plugins.iter().filter(by).any(|plugin| (plugin.requeue_on)(&item.pod, change))
        };
        let mut moved = Vec::new();
        for (key, (item, place)) in &mut self.items {
            match place {
                Place::Waiting(since) if helped(item) => moved.push((key.clone(), *since)),
                // Its cycle looked at an older snapshot, whichever plugin will reject it there.
                Place::InFlight(seen) => *seen = true,
                _ => {}
            }
        }
        for (key, since) in moved {
            if let Some((item, _)) = self.take(&key) {
                let place = self.after_backoff(&item, since, now);
                self.store(key, item, place);
            }
        }
    }

    /// Moves pods whose time has come: those that have backed off, and those that have waited
    /// longer than [`FLUSH_AFTER`] for a change. Returns when to call again.
    pub fn tick(&mut self, now: Moment) -> Option<Moment> {
        let mut due = Vec::new();
        let mut next: Option<Moment> = None;
        for (key, (_, place)) in &self.items {
            let at = match place {
                Place::Backoff(until) => *until,
                Place::Waiting(since) => *since + FLUSH_AFTER,
                Place::Active | Place::InFlight(_) | Place::Gated => continue,
            };
            if at <= now {
                due.push(key.clone());
            } else {
                next = Some(next.map_or(at, |next| next.min(at)));
            }
        }
        for key in due {
            if let Some((item, _)) = self.take(&key) {
                self.store(key, item, Place::Active);
            }
        }
        next
    }

    /// Numbers of pods that are active, backing off, waiting for a change, and gated.
    pub fn counts(&self) -> [usize; 4] {
        let mut counts = [0; 4];
        for (_, place) in self.items.values() {
            match place {
                Place::Active => counts[0] += 1,
                Place::Backoff(_) => counts[1] += 1,
                Place::Waiting(_) => counts[2] += 1,
                Place::Gated => counts[3] += 1,
                Place::InFlight(_) => {}
            }
        }
        counts
    }

    /// A change lets the pod try again once its backoff, counted from its failure, is over.
    fn after_backoff(&self, item: &Item, failed_at: Moment, now: Moment) -> Place {
        let until = failed_at + self.backoff.after(item.attempts);
        if item.attempts == 0 || until <= now { Place::Active } else { Place::Backoff(until) }
    }

    fn take(&mut self, key: &Key) -> Option<(Item, Place)> {
        let (item, place) = self.items.remove(key)?;
        if place == Place::Active {
            self.active.remove(&rank(&item));
        }
        Some((item, place))
    }

    fn store(&mut self, key: Key, item: Item, place: Place) {
        if place == Place::Active {
            self.active.insert(rank(&item));
        }
        self.items.insert(key, (item, place));
    }
}

fn rank(item: &Item) -> Rank {
    let priority = item.pod.pod.spec.as_ref().and_then(|spec| spec.priority);
    (Reverse(priority.unwrap_or_default()), item.since, item.pod.key())
}

fn is_gated(pod: &PodInfo) -> bool {
    let gates = pod.pod.spec.as_ref().and_then(|spec| spec.scheduling_gates.as_ref());
    gates.is_some_and(|gates| !gates.is_empty())
}

/// Whether a change of the pod itself may let it fit: its labels, what it asks for or what it
/// accepts; not its status or its annotations (`framework.isPodSchedulingPropertiesChange`).
fn could_help(old: &PodInfo, new: &PodInfo) -> bool {
    let (before, after) = (&old.pod, &new.pod);
    before.spec != after.spec || before.metadata.labels != after.metadata.labels
}

#[cfg(test)]
mod tests;
