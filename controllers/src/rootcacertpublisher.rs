//! `root-ca-certificate-publisher-controller`: every namespace has the cluster's CA in
//! `kube-root-ca.crt` (`pkg/controller/certificates/rootcacertpublisher`).

use serde_json::json;

use crate::controller::{Change, Controller, Keys, Logic, Watch};
use crate::kind::{CONFIGMAPS, NAMESPACES};
use crate::object::{Read, set_entry};
use crate::plan::{Action, Plan};
use crate::world::{Key, World};

const NAME: &str = "kube-root-ca.crt";
const DESCRIPTION: &str = "kubernetes.io/description";
const TEXT: &str = "Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.";

/// The row.
pub const ROOT_CA_CERT_PUBLISHER: Controller = Controller {
    name: "root-ca-certificate-publisher-controller",
    alias: "root-ca-cert-publisher",
    account: "root-ca-cert-publisher",
    component: "root-ca-cert-publisher",
    watches: &[
        Watch { kind: NAMESPACES, keys: |change, keys| keys.add(Key::of(change.object())) },
        Watch { kind: CONFIGMAPS, keys: changed },
    ],
    logic: Logic::Reconcile(reconcile),
    workers: 1,
    ..Controller::BASE
};

fn changed(change: &Change<'_>, keys: &mut Keys) {
    if change.object().name() == NAME && change.old.is_some() {
        keys.add(Key::new("", change.object().namespace()));
    }
}

fn reconcile(world: &World<'_>, key: &Key) -> Plan {
    let active = world
        .tables
        .of("namespaces")
        .get(key)
        .is_some_and(|namespace| namespace.text("status.phase") == "Active");
    if !active || world.settings.root_ca.is_empty() {
        return Plan::nothing();
    }
    let data = json!({"ca.crt": world.settings.root_ca});
    let Some(found) = world.get("configmaps", &key.name, NAME) else {
        let object = json!({
            "kind": "ConfigMap", "apiVersion": "v1",
            "metadata": {
                "name": NAME, "namespace": key.name, "annotations": {DESCRIPTION: TEXT},
            },
            "data": data,
        });
        return Action::Create { kind: CONFIGMAPS, object, announce: None, may_exist: true }.into();
    };
    if *found.at("data") == data && found.annotation(DESCRIPTION).is_some_and(|t| !t.is_empty()) {
        return Plan::nothing();
    }
    let mut object = (**found).clone();
    object["data"] = data;
    set_entry(&mut object, "metadata.annotations", DESCRIPTION, TEXT);
    Action::Update { kind: CONFIGMAPS, object, subresource: "" }.into()
}
