//! Resource claims: their number, and the devices that they ask for by class.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::pods::{DEVICE_CLASS, is_extended_for_quota, usage as pod_usage};
use super::{Around, number, one};
use crate::Value;
use crate::path::ValueExt;
use crate::resources::{List, REQUESTS};

const COUNT: &str = "count/resourceclaims.resource.k8s.io";
/// After a class's name: how many of its devices.
const DEVICES: &str = ".deviceclass.resource.k8s.io/devices";
/// Most devices that one claim can get (`AllocationResultsMaxSize`).
const MOST: i64 = 32;

/// A claim that the scheduler has made for a pod's extended resources says so.
const FOR_EXTENDED: &str = "resource.kubernetes.io/extended-resource-claim";

pub(super) fn measures(name: &str, around: &dyn Around) -> bool {
    if name == COUNT || name.ends_with(DEVICES) {
        return true;
    }
    let Some(own) = name.strip_prefix(REQUESTS) else { return false };
    let implied = own.strip_prefix(DEVICE_CLASS);
    if implied.is_none() && !is_extended_for_quota(name) {
        return false;
    }
    around.device_classes().iter().any(|class| match implied {
        Some(_) => class.str_at(&["metadata", "name"]) == implied,
        None => class.str_at(&["spec", "extendedResourceName"]) == Some(own),
    })
}

pub(super) fn usage(claim: &Value, around: &dyn Around) -> List {
    let mut usage = List::default();
    for request in claim.list_at(&["spec", "devices", "requests"]) {
        let alternatives = request.list_at(&["firstAvailable"]);
        if let Some(exactly) = request.at(&["exactly"]).filter(|_| alternatives.is_empty()) {
            usage.add(&devices(exactly));
            continue;
        }
        let mut worst = List::default();
        for alternative in alternatives {
            worst.max(&devices(alternative).only_positive());
        }
        usage.add(&worst);
    }
    extended(&mut usage, claim, around);
    usage.set(COUNT, one());
    usage
}

/// How many devices of its class a request may take.
fn devices(request: &Value) -> List {
    let class = request.str_at(&["deviceClassName"]).unwrap_or_default();
    let count = match request.str_at(&["allocationMode"]) {
        Some("ExactCount") => request.i64_at(&["count"]).unwrap_or(0),
        Some("All") => MOST,
        _ => 0,
    };
    [(format!("{class}{DEVICES}"), number(count))].into_iter().collect()
}

/// Devices count as the extended resources that their classes stand for too, less what the pod is
/// charged for already (`addExtendedResourceQuota`).
fn extended(usage: &mut List, claim: &Value, around: &dyn Around) {
    let by_class: BTreeMap<String, _> = usage
        .iter()
        .filter_map(|(name, amount)| Some((name.strip_suffix(DEVICES)?.to_owned(), amount.clone())))
        .filter(|(class, _)| !class.is_empty())
        .collect();
    if by_class.is_empty() {
        return;
    }
    let classes = around.device_classes();
    let charged = charged_to_pod(claim, around).unwrap_or_default();
    for (class, amount) in by_class {
        let named = |it: &&Arc<Value>| it.str_at(&["metadata", "name"]) == Some(&*class);
        let alias = classes.iter().find(named);
        let alias = alias.and_then(|class| class.str_at(&["spec", "extendedResourceName"]));
        let alias = alias.filter(|name| !name.is_empty()).map(|name| format!("{REQUESTS}{name}"));
        for name in [Some(format!("{REQUESTS}{DEVICE_CLASS}{class}")), alias].into_iter().flatten()
        {
            let mut amount = amount.clone();
            if let Some(charged) = charged.get(&name) {
                amount.sub(charged);
            }
            if amount.sign() > 0 {
                usage.set(name, amount);
            }
        }
    }
}

/// What the pod of a claim for extended resources is charged for; of several claims only the
/// first of a pod counts (`getVerifiedPodUsage`).
fn charged_to_pod(claim: &Value, around: &dyn Around) -> Option<List> {
    if claim.str_at(&["metadata", "annotations", FOR_EXTENDED]) != Some("true") {
        return None;
    }
    let namespace = claim.str_at(&["metadata", "namespace"])?;
    let owner = pod_owner(claim)?;
    let pod = around.pod(namespace, owner.str_at(&["name"])?)?;
    let uid = owner.str_at(&["uid"]);
    if pod.str_at(&["metadata", "uid"]) != uid {
        return None;
    }
    let name = claim.str_at(&["metadata", "name"]);
    match pod.at(&["status", "extendedResourceClaimStatus"]) {
        Some(status) if status.str_at(&["resourceClaimName"]) != name => return None,
        Some(_) => {}
        None => {
            let age = |claim: &Value| {
                let text = |field| claim.str_at(&["metadata", field]).unwrap_or("").to_owned();
                (text("creationTimestamp"), text("name"))
            };
            let earlier = |other: &Arc<Value>| {
                other.str_at(&["metadata", "annotations", FOR_EXTENDED]) == Some("true")
                    && pod_owner(other).is_some_and(|owner| owner.str_at(&["uid"]) == uid)
                    && age(other) < age(claim)
            };
            if around.resource_claims(namespace).iter().any(earlier) {
                return None;
            }
        }
    }
    Some(pod_usage(&pod, around.now_seconds()))
}

/// The controlling owner, if it is a pod.
fn pod_owner(claim: &Value) -> Option<&Value> {
    let owners = claim.list_at(&["metadata", "ownerReferences"]);
    let owner = owners.iter().find(|owner| owner.bool_at(&["controller"]) == Some(true))?;
    let is_pod =
        owner.str_at(&["kind"]) == Some("Pod") && owner.str_at(&["apiVersion"]) == Some("v1");
    is_pod.then_some(owner)
}

impl List {
    fn only_positive(mut self) -> Self {
        self.0.retain(|_, amount| amount.sign() > 0);
        self
    }
}
