//! Volume claims: their number and their storage, in all and by class.

use super::one;
use crate::Value;
use crate::path::ValueExt;
use crate::quantity::Quantity;
use crate::resources::List;

const COUNT: &str = "count/persistentvolumeclaims";
const CLAIMS: &str = "persistentvolumeclaims";
const STORAGE: &str = "requests.storage";
/// Between a class's name and what is counted of it.
const OF_CLASS: &str = ".storageclass.storage.k8s.io/";

pub(super) fn measures(name: &str) -> bool {
    let of_class = |what: &str| name.strip_suffix(what).is_some_and(|it| it.ends_with(OF_CLASS));
    matches!(name, COUNT | CLAIMS | STORAGE) || of_class(CLAIMS) || of_class(STORAGE)
}

pub(super) fn usage(claim: &Value) -> List {
    let mut usage = List::default();
    usage.set(CLAIMS, one());
    usage.set(COUNT, one());
    let class = class_of(claim);
    let storage = storage_of(claim);
    if !class.is_empty() {
        usage.set(format!("{class}{OF_CLASS}{CLAIMS}"), one());
        if let Some(storage) = &storage {
            usage.set(format!("{class}{OF_CLASS}{STORAGE}"), storage.clone());
        }
    }
    if let Some(storage) = storage {
        usage.set(STORAGE, storage);
    }
    usage
}

/// `GetPersistentVolumeClaimClass`: the annotation of old wins.
fn class_of(claim: &Value) -> &str {
    let path = ["metadata", "annotations", "volume.beta.kubernetes.io/storage-class"];
    let class = claim.str_at(&path).or_else(|| claim.str_at(&["spec", "storageClassName"]));
    class.unwrap_or_default()
}

/// What is asked for, or granted if that is more, in whole bytes.
fn storage_of(claim: &Value) -> Option<Quantity> {
    let amount = |path: &[&str]| claim.str_at(path)?.parse::<Quantity>().ok();
    let asked = amount(&["spec", "resources", "requests", "storage"])?;
    let granted = amount(&["status", "allocatedResources", "storage"]);
    let most = match granted {
        Some(granted) if granted > asked => granted,
        _ => asked,
    };
    let mut whole = most.clone();
    Some(if whole.round_up(0) { most } else { whole })
}
