//! `DefaultStorageClass`: a claim without a class gets the cluster's default
//! (`plugin/pkg/admission/storage/storageclass/setdefault`, `volume/util.GetDefaultClass`).

use std::cmp::Reverse;

use pintle_engine::Lookup;
use pintle_engine::admission::{Attributes, Operation, Plugin};
use pintle_machinery::Value;
use pintle_machinery::path::ValueExt as _;
use pintle_machinery::status::Status;

use crate::is;

/// The row.
pub(crate) const PLUGIN: Plugin = Plugin {
    name: "DefaultStorageClass",
    operations: &[Operation::Create],
    mutate: Some(mutate),
    ..Plugin::NONE
};

const DEFAULT: &str = "storageclass.kubernetes.io/is-default-class";
const BETA_DEFAULT: &str = "storageclass.beta.kubernetes.io/is-default-class";
const BETA_CLASS: &str = "volume.beta.kubernetes.io/storage-class";

fn mutate(
    attributes: &Attributes<'_>,
    claim: &mut Value,
    _: Option<&Value>,
    lookup: &dyn Lookup,
) -> Result<(), Status> {
    let has_class = claim.at(&["metadata", "annotations", BETA_CLASS]).is_some()
        || claim.at(&["spec", "storageClassName"]).is_some_and(|class| !class.is_null());
    if !is(attributes, "", "persistentvolumeclaims") || has_class {
        return Ok(());
    }
    let mut classes = lookup.list("storage.k8s.io", "storageclasses", "");
    classes.retain(|class| {
        [DEFAULT, BETA_DEFAULT]
            .iter()
            .any(|mark| class.str_at(&["metadata", "annotations", mark]) == Some("true"))
    });
    // The newest is the default; among equals, the first by name.
    let newest = classes.iter().min_by_key(|class| {
        let text = |field: &str| class.str_at(&["metadata", field]).unwrap_or("").to_owned();
        (Reverse(text("creationTimestamp")), text("name"))
    });
    if let Some(name) = newest.and_then(|class| class.str_at(&["metadata", "name"])) {
        claim.set(&["spec", "storageClassName"], name);
    }
    Ok(())
}
