//! `resourcequota-controller`: works out what the objects of a namespace use, when a quota is new
//! or changed and when something goes away (`pkg/controller/resourcequota`).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use pintle_machinery::quantity::Quantity;
use pintle_machinery::quota::{Around, Evaluator, counts, is_terminating};
use pintle_machinery::resources::List;
use serde_json::{Value, json};

use crate::controller::{Change, Controller, Keys, Logic, Machine, Seen, Served, Watch};
use crate::kind::{
    DEVICECLASSES, Kind, PERSISTENTVOLUMECLAIMS, PODS, RESOURCECLAIMS, RESOURCEQUOTAS, SERVICES,
};
use crate::object::Read;
use crate::plan::{Action, Plan};
use crate::world::{Key, Tables, World};

/// The row.
pub const RESOURCEQUOTA: Controller = Controller {
    name: "resourcequota-controller",
    alias: "resourcequota",
    account: "resourcequota-controller",
    component: "resourcequota-controller",
    watches: &[
        Watch { kind: RESOURCEQUOTAS, keys: changed },
        Watch { kind: PODS, keys: |change, keys| freed(change, &Evaluator::Pods, pod, keys) },
        Watch {
            kind: SERVICES,
            keys: |change, keys| freed(change, &Evaluator::Services, service, keys),
        },
        Watch {
            kind: PERSISTENTVOLUMECLAIMS,
            keys: |change, keys| freed(change, &Evaluator::VolumeClaims, |_, _, _| true, keys),
        },
        Watch {
            kind: RESOURCECLAIMS,
            keys: |change, keys| freed(change, &Evaluator::ResourceClaims, |_, _, _| false, keys),
        },
        Watch { kind: DEVICECLASSES, keys: |_, _| {} },
    ],
    logic: Logic::Machine(|| Box::new(Quotas::default())),
    tick: Some(RESYNC),
    everything: true,
    ..Controller::BASE
};

/// How often all quotas are worked out again (`--resource-quota-sync-period`).
const RESYNC: Duration = Duration::from_mins(5);

/// A quota whose limits have changed. What is used is nobody's business but ours.
fn changed(change: &Change<'_>, keys: &mut Keys) {
    let hard = |quota: &Arc<Value>| list(quota, "spec.hard");
    if change.new.is_some() && change.old.map(hard) != change.new.map(hard) {
        keys.add(Key::of(change.object()));
    }
}

/// An object went away, or changed in a way that counts: the quotas that measure its kind.
fn freed(
    change: &Change<'_>,
    evaluator: &Evaluator,
    counts: fn(old: &Value, new: &Value, Timestamp) -> bool,
    keys: &mut Keys,
) {
    let matters = match (change.old, change.new) {
        (Some(old), Some(new)) => counts(old, new, change.now),
        (Some(_), None) => true,
        _ => false,
    };
    if !matters {
        return;
    }
    let around = Cluster { tables: change.tables, now: change.now };
    for quota in change.tables.of("resourcequotas").in_namespace(change.object().namespace()) {
        let hard = quota.entries("status.hard").into_iter().flatten();
        if hard.into_iter().any(|(name, _)| evaluator.measures(name, &around)) {
            keys.add(Key::of(quota));
        }
    }
}

/// `install.DefaultUpdateFilter` for pods.
fn pod(old: &Value, new: &Value, now: Timestamp) -> bool {
    let resized = ["status.containerStatuses", "status.initContainerStatuses"];
    let resized = resized.into_iter().any(|statuses| {
        old.list(statuses).iter().any(|was| {
            let same = |is: &&Value| is.text("name") == was.text("name");
            let is = new.list(statuses).iter().find(same);
            is.is_some_and(|is| is.at("resources") != was.at("resources"))
        })
    });
    let now = now.as_second();
    resized || is_terminating(old) != is_terminating(new) || counts(old, now) && !counts(new, now)
}

/// `install.DefaultUpdateFilter` for services.
fn service(old: &Value, new: &Value, _: Timestamp) -> bool {
    let charged = |service: &Value| match service.text("spec.type") {
        "NodePort" => 1,
        "LoadBalancer" => 2,
        _ => 0,
    };
    charged(old) != charged(new)
}

struct Cluster<'a> {
    tables: &'a Tables,
    now: Timestamp,
}

impl Around for Cluster<'_> {
    fn now_seconds(&self) -> i64 {
        self.now.as_second()
    }
    fn device_classes(&self) -> Vec<Arc<Value>> {
        self.tables.of("deviceclasses").all().cloned().collect()
    }
    fn pod(&self, namespace: &str, name: &str) -> Option<Arc<Value>> {
        self.tables.of("pods").get(&Key::new(namespace, name)).cloned()
    }
    fn resource_claims(&self, namespace: &str) -> Vec<Arc<Value>> {
        self.tables.of("resourceclaims").in_namespace(namespace).cloned().collect()
    }
}

/// How many objects there are that count for no more than their number, and who limits it.
#[derive(Default)]
struct Quotas {
    /// By group and plural name, then by namespace.
    numbers: BTreeMap<(String, String), BTreeMap<String, usize>>,
    /// The names that each quota limits.
    limits: BTreeMap<Key, BTreeSet<String>>,
}

impl Machine for Quotas {
    fn observe(&mut self, kind: &'static Kind, change: &Change<'_>) {
        if kind != RESOURCEQUOTAS {
            return;
        }
        let key = Key::of(change.object());
        match change.new {
            Some(quota) => {
                let names = quota.entries("status.hard").into_iter().flatten();
                self.limits.insert(key, names.map(|(name, _)| name.clone()).collect());
            }
            None => drop(self.limits.remove(&key)),
        }
    }

    fn served(&mut self, resources: &[Arc<Served>]) {
        for resource in resources.iter().filter(|resource| resource.namespaced) {
            self.numbers.entry(place(resource)).or_default();
        }
    }

    fn observe_metadata(&mut self, resource: &Arc<Served>, object: &Value, seen: Seen) -> Vec<Key> {
        let namespace = object.namespace();
        let place = place(resource);
        let evaluator = Evaluator::of(&place.0, &place.1);
        let Some(Evaluator::Objects(names)) = evaluator.filter(|_| !namespace.is_empty()) else {
            return Vec::new();
        };
        let numbers = self.numbers.entry(place).or_default();
        let number = numbers.entry(namespace.to_owned()).or_default();
        match seen {
            Seen::New => *number += 1,
            Seen::Again => {}
            Seen::Gone => *number = number.saturating_sub(1),
        }
        if *number == 0 {
            numbers.remove(namespace);
        }
        if seen != Seen::Gone {
            return Vec::new();
        }
        let quotas = self.limits.range(Key::new(namespace, "")..);
        let quotas = quotas.take_while(|(key, _)| key.namespace == namespace);
        let concerned = quotas.filter(|(_, limits)| names.iter().any(|it| limits.contains(it)));
        concerned.map(|(key, _)| key.clone()).collect()
    }

    fn reconcile(&mut self, world: &World<'_>, key: &Key) -> Plan {
        if key.name.is_empty() {
            let mut plan = Plan::nothing();
            plan.also = world.of("resourcequotas").keys().cloned().collect();
            return plan;
        }
        match world.of("resourcequotas").get(key) {
            Some(quota) => self.sync(world, quota),
            None => Plan::nothing(),
        }
    }
}

impl Quotas {
    /// `syncResourceQuota`.
    fn sync(&self, world: &World<'_>, quota: &Value) -> Plan {
        let hard = list(quota, "spec.hard");
        let known = list(quota, "status.used");
        let mut used = known.clone();
        used.0.extend(self.usage(world, quota, &hard).0);
        let used = used.only(|name| hard.get(name).is_some());
        let is_current = hard == list(quota, "status.hard")
            && used == known
            && quota.has("status.hard")
            && quota.has("status.used");
        if is_current {
            return Plan::nothing();
        }
        let status = json!({ "hard": hard.to_value(), "used": used.to_value() });
        Action::status(RESOURCEQUOTAS, quota, status).into()
    }

    /// `CalculateUsage`.
    fn usage(&self, world: &World<'_>, quota: &Value, hard: &List) -> List {
        let around = Cluster { tables: world.tables, now: world.now };
        let mut used = List::default();
        let namespace = quota.namespace();
        let tables = [
            (Evaluator::Pods, "pods"),
            (Evaluator::Services, "services"),
            (Evaluator::VolumeClaims, "persistentvolumeclaims"),
            (Evaluator::ResourceClaims, "resourceclaims"),
        ];
        for (evaluator, plural) in tables {
            let names = hard.names().filter(|name| evaluator.measures(name, &around));
            let names: BTreeSet<&str> = names.collect();
            if names.is_empty() {
                continue;
            }
            used.add(&names.iter().map(|name| ((*name).to_owned(), Quantity::default())).collect());
            let objects = world.of(plural).in_namespace(namespace);
            for object in objects.filter(|object| evaluator.is_in_scopes(quota, object)) {
                used.add(&evaluator.usage(object, &around).only(|name| hard.get(name).is_some()));
            }
        }
        let scoped = !pintle_machinery::quota::selectors(quota).is_empty();
        for ((group, plural), numbers) in &self.numbers {
            let Some(Evaluator::Objects(names)) = Evaluator::of(group, plural) else { continue };
            // A quota is told of itself by the table, which the metadata may lag behind.
            let number = match (scoped, group.as_str(), plural.as_str()) {
                (true, ..) => 0,
                (_, "", "resourcequotas") => world.of(plural).in_namespace(namespace).count(),
                _ => numbers.get(namespace).copied().unwrap_or(0),
            };
            for name in names.into_iter().filter(|name| hard.get(name).is_some()) {
                used.set(name, number.to_string().parse().unwrap_or_default());
            }
        }
        used
    }
}

fn place(resource: &Served) -> (String, String) {
    let group = resource.api_version.split_once('/').map_or("", |(group, _)| group);
    (group.to_owned(), resource.plural.clone())
}

fn list(object: &Value, path: &str) -> List {
    List::at(object.at(path), &[])
}

#[cfg(test)]
mod tests;
