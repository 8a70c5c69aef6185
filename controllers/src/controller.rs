//! The shape of a row of the controller table.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;

use crate::kind::Kind;
use crate::object::{self, Read};
use crate::plan::Plan;
use crate::world::{Key, Tables, World};

/// Keys to look at, now or later.
#[derive(Default)]
pub struct Keys(Vec<(Key, Duration)>);

impl Keys {
    /// Look at this now.
    pub fn add(&mut self, key: Key) {
        self.0.push((key, Duration::ZERO));
    }

    /// Look at this after a time.
    pub fn add_after(&mut self, key: Key, delay: Duration) {
        self.0.push((key, delay));
    }

    /// All of them.
    pub fn into_inner(self) -> Vec<(Key, Duration)> {
        self.0
    }
}

/// A change of a watched object.
pub struct Change<'a> {
    /// The caches after the change.
    pub tables: &'a Tables,
    /// The object before, if it was there.
    pub old: Option<&'a Arc<Value>>,
    /// The object after, if it is there still.
    pub new: Option<&'a Arc<Value>>,
    /// The time.
    pub now: Timestamp,
}

impl Change<'_> {
    /// The newest form known.
    pub fn object(&self) -> &Value {
        static NOTHING: Value = Value::Null;
        self.new.or(self.old).map_or(&NOTHING, |object| object)
    }
}

/// A kind that a controller follows, and which keys a change of it concerns.
pub struct Watch {
    /// The kind.
    pub kind: &'static Kind,
    /// The keys.
    pub keys: fn(&Change<'_>, &mut Keys),
}

/// A resource found by discovery.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Served {
    /// `apiVersion` of its objects.
    pub api_version: String,
    /// Kind of its objects.
    pub kind: String,
    /// Plural name.
    pub plural: String,
    /// Whether the objects live in namespaces.
    pub namespaced: bool,
}

impl Served {
    /// The path of one object.
    pub fn path(&self, namespace: &str, name: &str) -> String {
        let root = if self.api_version.contains('/') { "apis" } else { "api" };
        let version = &self.api_version;
        if namespace.is_empty() {
            format!("/{root}/{version}/{}/{name}", self.plural)
        } else {
            format!("/{root}/{version}/namespaces/{namespace}/{}/{name}", self.plural)
        }
    }
}

/// What is seen of an object of which only the metadata is followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// It was not there before.
    New,
    /// It has changed, or was read again.
    Again,
    /// It is gone; of its metadata only uid and namespace may be left.
    Gone,
}

/// A controller with a memory of its own: events in, plans out.
pub trait Machine: Send {
    /// Takes note of a change of a watched object.
    fn observe(&mut self, kind: &'static Kind, change: &Change<'_>) {
        let _ = (kind, change);
    }

    /// Takes note of what the server serves (rows with `everything` only).
    fn served(&mut self, resources: &[Arc<Served>]) {
        let _ = resources;
    }

    /// Takes note of the metadata of any object (rows with `everything` only); answers with the
    /// keys that this concerns.
    fn observe_metadata(&mut self, resource: &Arc<Served>, object: &Value, seen: Seen) -> Vec<Key> {
        let _ = (resource, object, seen);
        Vec::new()
    }

    /// Decides about one key.
    fn reconcile(&mut self, world: &World<'_>, key: &Key) -> Plan;
}

/// How a controller decides.
#[derive(Clone, Copy)]
pub enum Logic {
    /// From the caches alone.
    Reconcile(fn(&World<'_>, &Key) -> Plan),
    /// With a memory.
    Machine(fn() -> Box<dyn Machine>),
}

/// A row of the table.
pub struct Controller {
    /// Name, as `--controllers` and the logs have it.
    pub name: &'static str,
    /// The short name that `--controllers` takes as well.
    pub alias: &'static str,
    /// Its service account in `kube-system`.
    pub account: &'static str,
    /// `source.component` of its events.
    pub component: &'static str,
    /// What it follows.
    pub watches: &'static [Watch],
    /// How it decides.
    pub logic: Logic,
    /// How many keys it works on at a time.
    pub workers: usize,
    /// After how many failures in a row a key is dropped; never if 0.
    pub max_retries: u32,
    /// The first and the longest delay after a failure.
    pub backoff: (Duration, Duration),
    /// Looks at the empty key this often.
    pub tick: Option<Duration>,
    /// Whether a failed plan is followed by a second decision that sees the failure.
    pub sees_failure: bool,
    /// Follows the metadata of every resource that can be deleted.
    pub everything: bool,
    /// Whether it runs without being named in `--controllers`.
    pub by_default: bool,
}

impl Controller {
    /// What most rows have in common.
    pub const BASE: Self = Self {
        name: "",
        alias: "",
        account: "",
        component: "",
        watches: &[],
        logic: Logic::Reconcile(|_, _| Plan::nothing()),
        workers: 5,
        max_retries: 0,
        backoff: (Duration::from_millis(5), Duration::from_secs(1000)),
        tick: None,
        sees_failure: false,
        everything: false,
        by_default: true,
    };
}

/// The key of the object itself.
pub fn itself(change: &Change<'_>, keys: &mut Keys) {
    keys.add(Key::of(change.object()));
}

/// The key of every object of a table.
pub fn everyone(change: &Change<'_>, plural: &str, keys: &mut Keys) {
    for key in change.tables.of(plural).keys() {
        keys.add(key.clone());
    }
}

/// The controller of a dependent, before and after; for an orphan whose labels or owner changed,
/// all owners that might adopt it.
pub fn owners(change: &Change<'_>, owner: &Kind, keys: &mut Keys) {
    let of = |object: &Value| {
        let reference = object.controller().filter(|owner_ref| {
            owner_ref.text("kind") == owner.kind
                && owner_ref.text("apiVersion").split_once('/').map_or("", |(group, _)| group)
                    == owner.group
        })?;
        let key = Key::new(object.namespace(), reference.text("name"));
        let found = change.tables.of(owner.plural).get(&key)?;
        (found.uid() == reference.text("uid")).then_some(key)
    };
    let old = change.old.and_then(|object| of(object));
    let new = change.new.and_then(|object| of(object));
    if let Some(key) = &new {
        keys.add(key.clone());
    }
    if let Some(key) = old
        && new.as_ref() != Some(&key)
    {
        keys.add(key);
    }
    if let Some(object) = change.new
        && object.controller().is_none()
        && !object.is_terminating()
    {
        let same = change.old.is_some_and(|old| {
            old.at("metadata.labels") == object.at("metadata.labels") && old.controller().is_none()
        });
        if !same {
            adopters(change.tables, object, owner, keys);
        }
    }
}

/// All objects of a kind in the same namespace whose selector matches.
fn adopters(tables: &Tables, object: &Value, owner: &Kind, keys: &mut Keys) {
    let labels = object.entries("metadata.labels");
    for candidate in tables.of(owner.plural).in_namespace(object.namespace()) {
        let selector = candidate.at("spec.selector");
        let plain = owner.plural == "replicationcontrollers";
        let matches = if plain {
            selector.as_object().is_some_and(|wanted| !wanted.is_empty())
                && object::has_labels(object, selector.as_object())
        } else {
            selector.as_object().is_some_and(|fields| !fields.is_empty())
                && object::selects(selector, labels)
        };
        if matches {
            keys.add(Key::of(candidate));
        }
    }
}
