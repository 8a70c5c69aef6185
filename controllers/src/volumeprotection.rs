//! `persistentvolumeclaim-protection-controller` and `persistentvolume-protection-controller`: a claim
//! stays while a pod uses it, a volume while a claim is bound to it
//! (`pkg/controller/volume/pvcprotection`, `pvprotection`).

use std::time::Duration;

use serde_json::Value;

use crate::controller::{Controller, Logic, Watch, itself};
use crate::kind::{Kind, PERSISTENTVOLUMECLAIMS, PERSISTENTVOLUMES};
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

const CLAIM_FINALIZER: &str = "kubernetes.io/pvc-protection";
const VOLUME_FINALIZER: &str = "kubernetes.io/pv-protection";
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
    use serde_json::json;

    use super::*;

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
}
