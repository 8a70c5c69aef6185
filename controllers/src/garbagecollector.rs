//! `garbage-collector-controller`: deletes what has lost its owners, and carries out foreground and
//! orphaning deletions (`pkg/controller/garbagecollector`).

mod graph;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use serde_json::{Value, json};

use crate::controller::{Controller, Logic, Machine, Seen, Served};
use crate::object::Read;
use crate::plan::{Action, Ask, Plan};
use crate::world::{Key, World};
use graph::{Graph, Node, Owner};

const FOREGROUND: &str = "foregroundDeletion";
const ORPHAN: &str = "orphan";
/// In the place of a namespace: what a key asks to be tried.
const DELETE: &str = "delete";
const ORPHANING: &str = "orphan";
const ABSENT_ENTRIES: usize = 500;

/// The row.
pub const GARBAGE_COLLECTOR: Controller = Controller {
    name: "garbage-collector-controller",
    alias: "garbagecollector",
    account: "generic-garbage-collector",
    component: "garbage-collector-controller",
    logic: Logic::Machine(|| Box::new(Collector::default())),
    workers: 20,
    everything: true,
    ..Controller::BASE
};

#[derive(Default)]
struct Collector {
    graph: Graph,
    /// By `apiVersion` and kind.
    served: BTreeMap<(String, String), Arc<Served>>,
    /// Owners known not to exist: `apiVersion`, kind, namespace, name, uid.
    absent: BTreeSet<[String; 5]>,
    absent_order: VecDeque<[String; 5]>,
}

fn to_delete(uid: impl AsRef<str>) -> Key {
    Key::new(DELETE, uid.as_ref())
}

impl Machine for Collector {
    fn served(&mut self, resources: &[Arc<Served>]) {
        self.served = resources
            .iter()
            .map(|resource| {
                ((resource.api_version.clone(), resource.kind.clone()), resource.clone())
            })
            .collect();
    }

    fn observe_metadata(&mut self, resource: &Arc<Served>, object: &Value, seen: Seen) -> Vec<Key> {
        if seen == Seen::Gone {
            return self.graph.remove(object.uid()).iter().map(to_delete).collect();
        }
        let noted = self.graph.put(Node::new(resource.clone(), object));
        let mut keys: Vec<Key> = noted.to_delete.iter().map(to_delete).collect();
        if noted.to_orphan {
            keys.push(Key::new(ORPHANING, object.uid()));
        }
        keys
    }

    fn reconcile(&mut self, world: &World<'_>, key: &Key) -> Plan {
        let outcome = if key.namespace == ORPHANING {
            self.orphan(world, &key.name)
        } else {
            self.attempt(world, &key.name)
        };
        outcome.unwrap_or_else(|plan| plan)
    }
}

/// How an owner stands.
enum Standing {
    Solid,
    Gone,
    /// It waits for its dependents to go.
    Waiting,
}

impl Collector {
    /// Looks whether an object is to be deleted. An early end comes as an error.
    fn attempt(&mut self, world: &World<'_>, uid: &str) -> Result<Plan, Plan> {
        let Some(node) = self.graph.get(uid).cloned() else { return Ok(Plan::nothing()) };
        if node.terminating && !node.foreground || self.graph.is_settled(&node) {
            return Ok(Plan::nothing());
        }
        let Some(latest) = live(world, &node)? else {
            let mut plan = Plan::nothing();
            plan.also = self.graph.remove(uid).iter().map(to_delete).collect();
            return Ok(plan);
        };
        if node.foreground {
            return Ok(self.finish_foreground(&node, latest));
        }
        let references: Vec<Owner> =
            latest.list("metadata.ownerReferences").iter().map(Owner::new).collect();
        if references.is_empty() {
            return Ok(Plan::nothing());
        }
        let (mut solid, mut waiting, mut drop) = (false, false, BTreeSet::new());
        for owner in &references {
            match self.standing(world, &node, owner)? {
                Standing::Solid => solid = true,
                Standing::Gone => drop.extend([owner.uid.clone()]),
                Standing::Waiting => {
                    waiting = true;
                    drop.extend([owner.uid.clone()]);
                }
            }
        }
        if solid {
            return Ok(if drop.is_empty() {
                Plan::nothing()
            } else {
                without_owners(&node, latest, |owner| drop.contains(owner)).into()
            });
        }
        Ok(self.delete(&node, latest, waiting))
    }

    fn delete(&self, node: &Node, latest: &Value, waiting: bool) -> Plan {
        let mut plan = Plan::nothing();
        let dependents: Vec<&Node> = self.graph.dependents(&node.uid).collect();
        let policy = if waiting && !dependents.is_empty() {
            // A dependent that waits itself closes a circle: the object must not block its owner.
            if dependents.iter().any(|dependent| dependent.foreground) {
                plan.then(unblocked(node, latest));
            }
            "Foreground"
        } else if latest.has_finalizer(ORPHAN) {
            "Orphan"
        } else if latest.has_finalizer(FOREGROUND) {
            "Foreground"
        } else {
            "Background"
        };
        let mut preconditions = json!({"uid": node.uid});
        if plan.steps.is_empty() {
            preconditions["resourceVersion"] = latest.version().into();
        }
        plan.then(Action::Raw {
            method: "DELETE",
            path: node.path(),
            body: json!({
                "kind": "DeleteOptions", "apiVersion": "v1", "propagationPolicy": policy,
                "preconditions": preconditions,
            }),
        });
        plan
    }

    /// A foreground deletion ends once no dependent blocks it.
    fn finish_foreground(&self, node: &Node, latest: &Value) -> Plan {
        let blocking: Vec<&Node> = self
            .graph
            .dependents(&node.uid)
            .filter(|it| it.owners.iter().any(|owner| owner.uid == node.uid && owner.blocks))
            .collect();
        if blocking.is_empty() {
            return without_finalizer(node, latest, FOREGROUND);
        }
        let mut plan = Plan::nothing();
        let dependents = blocking.iter().filter(|dependent| !dependent.foreground);
        plan.also = dependents.map(|dependent| to_delete(&dependent.uid)).collect();
        plan
    }

    /// Takes an owner off its dependents, and then the finalizer off the owner.
    fn orphan(&mut self, world: &World<'_>, uid: &str) -> Result<Plan, Plan> {
        let Some(node) = self.graph.get(uid).cloned() else { return Ok(Plan::nothing()) };
        let Some(owner) = live(world, &node)? else { return Ok(Plan::nothing()) };
        let dependents: Vec<Node> = self.graph.dependents(uid).cloned().collect();
        let mut asks = Vec::new();
        let mut actions = Vec::new();
        for dependent in &dependents {
            match live(world, dependent) {
                Err(plan) if plan.asks.is_empty() => return Err(plan),
                Err(plan) => asks.extend(plan.asks),
                Ok(None) => {}
                Ok(Some(latest)) => {
                    actions.push(without_owners(dependent, latest, |owner| owner == uid));
                }
            }
        }
        if !asks.is_empty() {
            return Err(Plan::ask(asks));
        }
        let mut plan = Plan::nothing();
        plan.together(actions);
        plan.steps.extend(without_finalizer(&node, owner, ORPHAN).steps);
        Ok(plan)
    }

    fn standing(
        &mut self,
        world: &World<'_>,
        node: &Node,
        owner: &Owner,
    ) -> Result<Standing, Plan> {
        let kind = (owner.api_version.clone(), owner.kind.clone());
        let Some(served) = self.served.get(&kind).cloned() else {
            let message =
                format!("unable to get REST mapping for {}/{}.", owner.api_version, owner.kind);
            return Err(Plan::fail(message));
        };
        if node.namespace.is_empty() && served.namespaced {
            // Nobody can tell which one is meant; the object stays.
            return Err(Plan::nothing());
        }
        let namespace = if served.namespaced { node.namespace.as_str() } else { "" };
        let coordinates = [
            owner.api_version.clone(),
            owner.kind.clone(),
            namespace.to_owned(),
            owner.name.clone(),
            owner.uid.clone(),
        ];
        if self.absent.contains(&coordinates) {
            return Ok(Standing::Gone);
        }
        let ask = Ask::Get(served.path(namespace, &owner.name));
        match world.answer(&ask) {
            None => Err(Plan::ask(vec![ask])),
            Some(Err(failure)) if failure.is_not_found() => {
                self.note_absent(coordinates);
                Ok(Standing::Gone)
            }
            Some(Err(failure)) => Err(Plan::fail(failure.message.clone())),
            Some(Ok(found)) if found.uid() != owner.uid => {
                self.note_absent(coordinates);
                Ok(Standing::Gone)
            }
            Some(Ok(found)) if found.is_terminating() && found.has_finalizer(FOREGROUND) => {
                Ok(Standing::Waiting)
            }
            Some(Ok(_)) => Ok(Standing::Solid),
        }
    }

    fn note_absent(&mut self, coordinates: [String; 5]) {
        if self.absent.insert(coordinates.clone()) {
            self.absent_order.push_back(coordinates);
            if self.absent_order.len() > ABSENT_ENTRIES
                && let Some(oldest) = self.absent_order.pop_front()
            {
                self.absent.remove(&oldest);
            }
        }
    }
}

/// The object as it is now; nothing if it is gone or another one has its name.
fn live<'w>(world: &World<'w>, node: &Node) -> Result<Option<&'w Value>, Plan> {
    let ask = Ask::Get(node.path());
    match world.answer(&ask) {
        None => Err(Plan::ask(vec![ask])),
        Some(Err(failure)) if failure.is_not_found() => Ok(None),
        Some(Err(failure)) => Err(Plan::fail(failure.message.clone())),
        Some(Ok(latest)) => Ok(Some(latest).filter(|latest| latest.uid() == node.uid)),
    }
}

fn patch(node: &Node, latest: &Value, field: &str, value: Value) -> Action {
    let mut body = json!({"metadata": {"uid": node.uid, "resourceVersion": latest.version()}});
    body["metadata"][field] = value;
    Action::Raw { method: "PATCH", path: node.path(), body }
}

fn without_owners(node: &Node, latest: &Value, drop: impl Fn(&str) -> bool) -> Action {
    let left: Vec<&Value> = latest
        .list("metadata.ownerReferences")
        .iter()
        .filter(|owner| !drop(owner.text("uid")))
        .collect();
    patch(node, latest, "ownerReferences", json!(left))
}

fn unblocked(node: &Node, latest: &Value) -> Action {
    let mut owners = latest.list("metadata.ownerReferences").to_vec();
    for owner in &mut owners {
        if owner.flag("blockOwnerDeletion") {
            owner["blockOwnerDeletion"] = false.into();
        }
    }
    patch(node, latest, "ownerReferences", owners.into())
}

fn without_finalizer(node: &Node, latest: &Value, finalizer: &str) -> Plan {
    if !latest.has_finalizer(finalizer) {
        return Plan::nothing();
    }
    let left: Vec<&Value> =
        latest.list("metadata.finalizers").iter().filter(|held| *held != finalizer).collect();
    patch(node, latest, "finalizers", json!(left)).into()
}

#[cfg(test)]
mod tests;
