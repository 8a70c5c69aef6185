//! `serviceaccount-controller`: every namespace has an account named `default`
//! (`pkg/controller/serviceaccount`).

use serde_json::json;

use crate::controller::{Change, Controller, Keys, Logic, Watch};
use crate::kind::{NAMESPACES, SERVICEACCOUNTS};
use crate::object::Read;
use crate::plan::{Action, Plan};
use crate::world::{Key, World};

/// The row.
pub const SERVICEACCOUNT: Controller = Controller {
    name: "serviceaccount-controller",
    alias: "serviceaccount",
    account: "service-account-controller",
    component: "serviceaccount-controller",
    watches: &[
        Watch { kind: NAMESPACES, keys: |change, keys| keys.add(Key::of(change.object())) },
        Watch { kind: SERVICEACCOUNTS, keys: deleted },
    ],
    logic: Logic::Reconcile(reconcile),
    workers: 1,
    ..Controller::BASE
};

fn deleted(change: &Change<'_>, keys: &mut Keys) {
    if change.new.is_none() {
        keys.add(Key::new("", change.object().namespace()));
    }
}

fn reconcile(world: &World<'_>, key: &Key) -> Plan {
    let active = world.tables.of("namespaces").get(key).is_some_and(|namespace| {
        namespace.text("status.phase") == "Active" && !namespace.is_terminating()
    });
    if !active || world.get("serviceaccounts", &key.name, "default").is_some() {
        return Plan::nothing();
    }
    let account = json!({
        "kind": "ServiceAccount", "apiVersion": "v1",
        "metadata": {"name": "default", "namespace": key.name},
    });
    Action::Create { kind: SERVICEACCOUNTS, object: account, announce: None, may_exist: true }
        .into()
}
