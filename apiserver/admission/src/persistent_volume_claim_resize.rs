//! `PersistentVolumeClaimResize`: only bound claims of a class that can grow may grow
//! (`plugin/pkg/admission/storage/persistentvolume/resize`).

use pintle_engine::Lookup;
use pintle_engine::admission::{Attributes, Operation, Plugin};
use pintle_machinery::Value;
use pintle_machinery::path::ValueExt as _;
use pintle_machinery::quantity::Quantity;
use pintle_machinery::status::Status;

use crate::{forbidden, is};

/// The row.
pub(crate) const PLUGIN: Plugin = Plugin {
    name: "PersistentVolumeClaimResize",
    operations: &[Operation::Update],
    validate: Some(validate),
    ..Plugin::NONE
};

const BETA_CLASS: &str = "volume.beta.kubernetes.io/storage-class";

fn validate(
    attributes: &Attributes<'_>,
    claim: &Value,
    old: Option<&Value>,
    lookup: &dyn Lookup,
) -> Result<(), Status> {
    let Some(old) = old else { return Ok(()) };
    if !is(attributes, "", "persistentvolumeclaims") || size_of(claim) <= size_of(old) {
        return Ok(());
    }
    if old.str_at(&["status", "phase"]) != Some("Bound") {
        let reason = "Only bound persistent volume claims can be expanded";
        return Err(forbidden(attributes, reason));
    }
    let class = class_of(claim);
    let grows = !class.is_empty()
        && class == class_of(old)
        && lookup
            .get("storage.k8s.io", "storageclasses", "", class)
            .is_some_and(|class| class.bool_at(&["allowVolumeExpansion"]) == Some(true));
    if grows {
        return Ok(());
    }
    let reason = "only dynamically provisioned pvc can be resized and the storageclass that \
                  provisions the pvc must support resize";
    Err(forbidden(attributes, reason))
}

fn size_of(claim: &Value) -> Quantity {
    let text = claim.str_at(&["spec", "resources", "requests", "storage"]);
    text.and_then(|text| text.parse().ok()).unwrap_or_default()
}

/// `helper.GetPersistentVolumeClaimClass`.
fn class_of(claim: &Value) -> &str {
    claim
        .str_at(&["metadata", "annotations", BETA_CLASS])
        .or_else(|| claim.str_at(&["spec", "storageClassName"]))
        .unwrap_or("")
}
