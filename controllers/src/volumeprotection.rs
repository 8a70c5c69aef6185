//! `persistentvolumeclaim-protection-controller`, `persistentvolume-protection-controller` and
//! `volumeattributesclass-protection-controller`: a claim stays while a pod uses it, a volume while
//! a claim is bound to it, a class while one of both names it
//! (`pkg/controller/volume/pvcprotection`, `pvprotection`, `vacprotection`).

use std::time::Duration;

use serde_json::Value;

use crate::controller::{Change, Controller, Keys, Logic, Watch, itself};
use crate::kind::{Kind, PERSISTENTVOLUMECLAIMS, PERSISTENTVOLUMES, VOLUMEATTRIBUTESCLASSES};
use crate::object::Read;
use crate::plan::{Action, Ask, Plan};
use crate::world::{Key, World};

/// The row of claims.
pub const CLAIMS: Controller = Controller {
    name: "persistentvolumeclaim-protection-controller",
    alias: "pvc-protection",
    account: "pvc-protection-controller",
    component: "pvc-protection-controller",
    watches: &[Watch { kind: PERSISTENTVOLUMECLAIMS, keys: itself }],
    logic: Logic::Reconcile(reconcile_claim),
    ..Controller::BASE
};

/// The row of volumes.
pub const VOLUMES: Controller = Controller {
    name: "persistentvolume-protection-controller",
    alias: "pv-protection",
    account: "pv-protection-controller",
    component: "pv-protection-controller",
    watches: &[Watch { kind: PERSISTENTVOLUMES, keys: itself }],
    logic: Logic::Reconcile(reconcile_volume),
    ..Controller::BASE
};

/// The row of classes of attributes.
pub const CLASSES: Controller = Controller {
    name: "volumeattributesclass-protection-controller",
    account: "volumeattributesclass-protection-controller",
    component: "volumeattributesclass-protection-controller",
    watches: &[
        Watch { kind: VOLUMEATTRIBUTESCLASSES, keys: itself },
        Watch { kind: PERSISTENTVOLUMECLAIMS, keys: |change, keys| left(change, keys, of_claim) },
        Watch { kind: PERSISTENTVOLUMES, keys: |change, keys| left(change, keys, of_volume) },
    ],
    logic: Logic::Reconcile(reconcile_class),
    ..Controller::BASE
};

const CLAIM_FINALIZER: &str = "kubernetes.io/pvc-protection";
const VOLUME_FINALIZER: &str = "kubernetes.io/pv-protection";
const CLASS_FINALIZER: &str = "kubernetes.io/vac-protection";
/// How often a claim that is to go is looked at while a pod uses it.
const AGAIN: Duration = Duration::from_secs(2);

fn reconcile_claim(world: &World<'_>, key: &Key) -> Plan {
    let claims = world.tables.of("persistentvolumeclaims");
    let Some(claim) = claims.get(key).filter(|claim| is_held(claim, CLAIM_FINALIZER)) else {
        return Plan::nothing();
    };
    // The caches hold no volumes of pods, and only the live state may let a claim go.
    let ask = Ask::Get(format!("/api/v1/namespaces/{}/pods", key.namespace));
    let pods = match world.answer(&ask) {
        None => return Plan::ask(vec![ask]),
        Some(Err(failure)) => return Plan::fail(failure.message.clone()),
        Some(Ok(pods)) => pods,
    };
    if pods.list("items").iter().any(|pod| uses(pod, &key.name)) {
        let mut plan = Plan::nothing();
        plan.again_in(AGAIN);
        return plan;
    }
    release(PERSISTENTVOLUMECLAIMS, claim, CLAIM_FINALIZER)
}

fn reconcile_volume(world: &World<'_>, key: &Key) -> Plan {
    let volumes = world.tables.of("persistentvolumes");
    match volumes.get(key).filter(|volume| is_held(volume, VOLUME_FINALIZER)) {
        Some(volume) if volume.text("status.phase") != "Bound" => {
            release(PERSISTENTVOLUMES, volume, VOLUME_FINALIZER)
        }
        _ => Plan::nothing(),
    }
}

fn reconcile_class(world: &World<'_>, key: &Key) -> Plan {
    let classes = world.tables.of("volumeattributesclasses");
    let Some(class) = classes.get(key) else { return Plan::nothing() };
    if !class.is_terminating() {
        return keep(VOLUMEATTRIBUTESCLASSES, class, CLASS_FINALIZER);
    }
    let named = |plural: &str, names: fn(&Value) -> [&str; 3]| {
        let mut users = world.tables.of(plural).all();
        users.any(|user| names(user).contains(&key.name.as_str()))
    };
    let used = named("persistentvolumes", of_volume) || named("persistentvolumeclaims", of_claim);
    if used || !is_held(class, CLASS_FINALIZER) {
        return Plan::nothing();
    }
    release(VOLUMEATTRIBUTESCLASSES, class, CLASS_FINALIZER)
}

/// The classes that a claim names; empty where it names none (`getPVCReferencedVACNames`).
fn of_claim(claim: &Value) -> [&str; 3] {
    [
        claim.text("spec.volumeAttributesClassName"),
        claim.text("status.currentVolumeAttributesClassName"),
        claim.text("status.modifyVolumeStatus.targetVolumeAttributesClassName"),
    ]
}

/// The class that a volume names (`getPVReferencedVACNames`).
fn of_volume(volume: &Value) -> [&str; 3] {
    [volume.text("spec.volumeAttributesClassName"), "", ""]
}

/// Classes that are no longer named.
fn left(change: &Change<'_>, keys: &mut Keys, names: fn(&Value) -> [&str; 3]) {
    let Some(old) = change.old else { return };
    let now = change.new.map(|new| names(new)).unwrap_or_default();
    for name in names(old).into_iter().filter(|name| !name.is_empty() && !now.contains(name)) {
        keys.add(Key::new("", name));
    }
}

/// Adds the finalizer to an object that lacks it, such as one from before there was a controller.
fn keep(kind: &'static Kind, object: &Value, finalizer: &str) -> Plan {
    if object.list("metadata.finalizers").iter().any(|other| other == finalizer) {
        return Plan::nothing();
    }
    let mut finalizers = object.list("metadata.finalizers").to_vec();
    finalizers.push(finalizer.into());
    let mut object = object.clone();
    object["metadata"]["finalizers"] = finalizers.into();
    Action::Update { kind, object, subresource: "" }.into()
}

/// Whether the object is to go and only waits for us.
fn is_held(object: &Value, finalizer: &str) -> bool {
    object.is_terminating() && object.list("metadata.finalizers").iter().any(|f| f == finalizer)
}

/// A pod uses its claims from when it has a node until it has ended; so does an ephemeral volume,
/// whose claim is called after pod and volume.
fn uses(pod: &Value, claim: &str) -> bool {
    let ended = matches!(pod.text("status.phase"), "Succeeded" | "Failed");
    let names = |volume: &Value| {
        volume.text("persistentVolumeClaim.claimName") == claim
            || (volume.get("ephemeral").is_some()
                && format!("{}-{}", pod.name(), volume.text("name")) == claim)
    };
    !ended && !pod.text("spec.nodeName").is_empty() && pod.list("spec.volumes").iter().any(names)
}

/// An update, as the roles of these controllers allow no patch.
fn release(kind: &'static Kind, object: &Value, finalizer: &str) -> Plan {
    let mut object = object.clone();
    if let Some(finalizers) = object["metadata"]["finalizers"].as_array_mut() {
        finalizers.retain(|other| other != finalizer);
    }
    Action::Update { kind, object, subresource: "" }.into()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::Arc;

    use jiff::Timestamp;
    use serde_json::json;

    use super::*;
    use crate::settings::Settings;
    use crate::world::Tables;

    fn pod(phase: &str, node: &str, volume: Value) -> Value {
        json!({
            "metadata": { "name": "p" }, "status": { "phase": phase },
            "spec": { "nodeName": node, "volumes": [volume] },
        })
    }

    #[test]
    fn a_pod_uses_its_claims_from_its_node_to_its_end() {
        let claimed = json!({ "name": "v", "persistentVolumeClaim": { "claimName": "c" } });
        for (phase, node, used) in [
            ("Running", "n", true),
            ("Pending", "n", true),
            ("Pending", "", false),
            ("Failed", "n", false),
        ] {
            assert_eq!(uses(&pod(phase, node, claimed.clone()), "c"), used, "{phase} on {node:?}");
        }
        assert!(uses(&pod("Running", "n", json!({ "name": "v", "ephemeral": {} })), "p-v"));
        assert!(!uses(&pod("Running", "n", json!({ "name": "c", "emptyDir": {} })), "c"));
    }

    #[test]
    fn only_our_finalizer_is_taken_off() {
        let claim = json!({ "metadata": {
            "name": "c", "namespace": "n", "finalizers": ["other", CLAIM_FINALIZER],
            "deletionTimestamp": "2026-01-01T00:00:00Z",
        }, "spec": { "volumeName": "v" } });
        assert!(is_held(&claim, CLAIM_FINALIZER));
        let plan = release(PERSISTENTVOLUMECLAIMS, &claim, CLAIM_FINALIZER);
        let Some(Action::Update { object, .. }) = plan.actions().next() else { panic!("no write") };
        assert_eq!(object["metadata"]["finalizers"], json!(["other"]));
        assert_eq!(object["spec"]["volumeName"], "v");
    }

    #[track_caller]
    fn check_class(class: &Value, users: &[(&'static str, Value)], finalizers: Option<Value>) {
        let mut tables = Tables::default();
        tables
            .of_mut("volumeattributesclasses")
            .set(&Key::new("", "gold"), Some(Arc::new(class.clone())));
        for (plural, user) in users {
            tables.of_mut(plural).set(&Key::new("n", "u"), Some(Arc::new(user.clone())));
        }
        let (answers, settings) = (BTreeMap::new(), Settings::default());
        let world = World {
            tables: &tables,
            now: Timestamp::UNIX_EPOCH,
            settings: &settings,
            failure: None,
            answers: &answers,
            retries: 0,
        };
        let plan = reconcile_class(&world, &Key::new("", "gold"));
        let written = plan.actions().next().map(|action| match action {
            Action::Update { object, .. } => object["metadata"]["finalizers"].clone(),
            other => panic!("{other:?}"),
        });
        assert_eq!(written, finalizers);
    }

    #[test]
    fn a_class_stays_while_it_is_named() {
        let going = json!({ "metadata": {
            "name": "gold", "finalizers": [CLASS_FINALIZER],
            "deletionTimestamp": "2026-01-01T00:00:00Z",
        } });
        check_class(&going, &[], Some(json!([])));
        let volume = json!({ "spec": { "volumeAttributesClassName": "gold" } });
        check_class(&going, &[("persistentvolumes", volume)], None);
        let claim = json!({ "status": { "currentVolumeAttributesClassName": "gold" } });
        check_class(&going, &[("persistentvolumeclaims", claim)], None);
        let other = json!({ "spec": { "volumeAttributesClassName": "silver" } });
        check_class(&going, &[("persistentvolumeclaims", other)], Some(json!([])));
    }

    #[test]
    fn a_class_without_the_finalizer_gets_it() {
        let class = json!({ "metadata": { "name": "gold" } });
        check_class(&class, &[], Some(json!([CLASS_FINALIZER])));
    }
}
