//! `clusterrole-aggregation-controller`: fills aggregated ClusterRoles
//! (`pkg/controller/clusterroleaggregation`).

use std::sync::Arc;

use serde_json::{Value, json};

use crate::controller::{Change, Controller, Keys, Logic, Watch};
use crate::kind::CLUSTERROLES;
use crate::object::{Read, selects};
use crate::plan::{Action, Plan};
use crate::world::{Key, World};

/// The row.
pub const CLUSTERROLE_AGGREGATION: Controller = Controller {
    name: "clusterrole-aggregation-controller",
    alias: "clusterrole-aggregation",
    account: "clusterrole-aggregation-controller",
    component: "clusterrole-aggregation-controller",
    watches: &[Watch { kind: CLUSTERROLES, keys }],
    logic: Logic::Reconcile(reconcile),
    ..Controller::BASE
};

/// Any role may be a part of any aggregated one.
fn keys(change: &Change<'_>, keys: &mut Keys) {
    for role in change.tables.of("clusterroles").all() {
        if role.has("aggregationRule") {
            keys.add(Key::of(role));
        }
    }
}

fn reconcile(world: &World<'_>, key: &Key) -> Plan {
    let roles = world.of("clusterroles");
    let Some(role) = roles.get(key) else { return Plan::nothing() };
    if !role.has("aggregationRule") {
        return Plan::nothing();
    }
    let mut rules: Vec<&Value> = Vec::new();
    for selector in role.list("aggregationRule.clusterRoleSelectors") {
        let parts: Vec<&Arc<Value>> = roles
            .all()
            .filter(|part| {
                part.name() != role.name() && selects(selector, part.entries("metadata.labels"))
            })
            .collect();
        for rule in parts.iter().flat_map(|part| part.list("rules")) {
            if !rules.contains(&rule) {
                rules.push(rule);
            }
        }
    }
    if role.list("rules").iter().eq(rules.iter().copied()) {
        return Plan::nothing();
    }
    let mut path = format!("/apis/rbac.authorization.k8s.io/v1/clusterroles/{}", key.name);
    path.push_str("?fieldManager=clusterrole-aggregation-controller&force=true");
    let body = json!({
        "kind": "ClusterRole", "apiVersion": "rbac.authorization.k8s.io/v1",
        "metadata": {"name": key.name}, "rules": rules,
    });
    Action::Raw { method: "APPLY", path, body }.into()
}
