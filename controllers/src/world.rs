//! What a controller sees: the caches at one moment, the time, and answers to what it asked.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::Timestamp;
use serde_json::Value;

use crate::object::Read;
use crate::plan::{Ask, Failure};
use crate::settings::Settings;

/// Names an object of a known kind. What is not namespaced has an empty namespace.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// Namespace.
    pub namespace: String,
    /// Name.
    pub name: String,
}

impl Key {
    /// A key from its parts.
    pub fn new(namespace: &str, name: &str) -> Self {
        Self { namespace: namespace.into(), name: name.into() }
    }

    /// The key of an object.
    pub fn of(object: &Value) -> Self {
        Self::new(object.namespace(), object.name())
    }
}

impl std::fmt::Display for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.namespace.is_empty() {
            f.write_str(&self.name)
        } else {
            write!(f, "{}/{}", self.namespace, self.name)
        }
    }
}

/// The cached objects of one kind.
#[derive(Default)]
pub struct Table {
    objects: BTreeMap<Key, Arc<Value>>,
    /// By namespace and the controller's uid; under an empty uid stands what has no controller.
    controlled: BTreeMap<(String, String), BTreeSet<String>>,
    /// Pods by `spec.nodeName`.
    on_node: BTreeMap<String, BTreeSet<Key>>,
    /// The version up to which the table is complete; 0 until the first complete state is in.
    pub version: u64,
}

impl Table {
    /// One object.
    pub fn get(&self, key: &Key) -> Option<&Arc<Value>> {
        self.objects.get(key)
    }

    /// All objects.
    pub fn all(&self) -> impl Iterator<Item = &Arc<Value>> {
        self.objects.values()
    }

    /// How many objects there are.
    pub fn len(&self) -> usize {
        self.objects.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.objects.is_empty()
    }

    /// The objects of one namespace.
    pub fn in_namespace<'a>(
        &'a self,
        namespace: &'a str,
    ) -> impl Iterator<Item = &'a Arc<Value>> + 'a {
        let range = self.objects.range(Key::new(namespace, "")..);
        range.take_while(move |(key, _)| key.namespace == namespace).map(|(_, object)| object)
    }

    /// The objects of a namespace with this controller; without any if `uid` is empty.
    pub fn controlled<'a>(
        &'a self,
        namespace: &str,
        uid: &str,
    ) -> impl Iterator<Item = &'a Arc<Value>> + 'a {
        let place = (namespace.to_owned(), uid.to_owned());
        let names = self.controlled.get(&place).into_iter().flatten();
        names.filter_map(move |name| self.objects.get(&Key::new(&place.0, name)))
    }

    /// The pods on a node.
    pub fn on_node(&self, node: &str) -> impl Iterator<Item = &Arc<Value>> {
        let keys = self.on_node.get(node).into_iter().flatten();
        keys.filter_map(|key| self.objects.get(key))
    }

    /// Puts an object in, or takes it out; returns what stood there.
    pub fn set(&mut self, key: &Key, new: Option<Arc<Value>>) -> Option<Arc<Value>> {
        let old = match &new {
            Some(object) => self.objects.insert(key.clone(), object.clone()),
            None => self.objects.remove(key),
        };
        if let Some(old) = &old {
            let place = place_of(key, old);
            if let Some(names) = self.controlled.get_mut(&place) {
                names.remove(&key.name);
                if names.is_empty() {
                    self.controlled.remove(&place);
                }
            }
            let node = old.text("spec.nodeName");
            if let Some(keys) = self.on_node.get_mut(node) {
                keys.remove(key);
                if keys.is_empty() {
                    self.on_node.remove(node);
                }
            }
        }
        if let Some(new) = &new {
            self.controlled.entry(place_of(key, new)).or_default().insert(key.name.clone());
            let node = new.text("spec.nodeName");
            if !node.is_empty() {
                self.on_node.entry(node.into()).or_default().insert(key.clone());
            }
        }
        old
    }

    /// The keys of all objects.
    pub fn keys(&self) -> impl Iterator<Item = &Key> {
        self.objects.keys()
    }
}

fn place_of(key: &Key, object: &Value) -> (String, String) {
    let uid = object.controller().map_or("", |owner| owner.text("uid"));
    (key.namespace.clone(), uid.to_owned())
}

/// All caches, by plural name.
#[derive(Default)]
pub struct Tables(BTreeMap<&'static str, Table>);

impl Tables {
    /// A kind's table; an empty one if nobody watches the kind.
    pub fn of(&self, plural: &str) -> &Table {
        static EMPTY: std::sync::LazyLock<Table> = std::sync::LazyLock::new(Table::default);
        self.0.get(plural).unwrap_or(&EMPTY)
    }

    /// A kind's table, made if it is not there.
    pub fn of_mut(&mut self, plural: &'static str) -> &mut Table {
        self.0.entry(plural).or_default()
    }
}

/// Everything a decision may depend on.
pub struct World<'a> {
    /// The caches.
    pub tables: &'a Tables,
    /// The time.
    pub now: Timestamp,
    /// The process's flags.
    pub settings: &'a Settings,
    /// What became of the last plan for this key, if a part of it failed.
    pub failure: Option<&'a Failure>,
    /// Answers to what this decision asked for so far.
    pub answers: &'a BTreeMap<Ask, Result<Value, Failure>>,
    /// How often this key failed in a row.
    pub retries: u32,
}

impl<'a> World<'a> {
    /// One cached object.
    pub fn get(&self, plural: &str, namespace: &str, name: &str) -> Option<&'a Arc<Value>> {
        self.tables.of(plural).get(&Key::new(namespace, name))
    }

    /// A kind's table.
    pub fn of(&self, plural: &str) -> &'a Table {
        self.tables.of(plural)
    }

    /// The answer to a question, if it has been asked already.
    pub fn answer(&self, ask: &Ask) -> Option<&'a Result<Value, Failure>> {
        self.answers.get(ask)
    }
}
