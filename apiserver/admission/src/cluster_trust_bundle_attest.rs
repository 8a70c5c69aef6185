//! `ClusterTrustBundleAttest`: who speaks for a signer's trust may do so
//! (`plugin/pkg/admission/certificates/ctbattest`).

use pintle_engine::Lookup;
use pintle_engine::admission::{Attributes, Operation, Plugin};
use pintle_machinery::Value;
use pintle_machinery::path::ValueExt as _;
use pintle_machinery::status::Status;

use crate::signer;

/// The row.
pub(crate) const PLUGIN: Plugin =
    Plugin { name: "ClusterTrustBundleAttest", validate: Some(validate), ..Plugin::NONE };

fn validate(
    attributes: &Attributes<'_>,
    bundle: &Value,
    old: Option<&Value>,
    _: &dyn Lookup,
) -> Result<(), Status> {
    if attributes.group != signer::GROUP || attributes.resource != "clustertrustbundles" {
        return Ok(());
    }
    let name = bundle.str_at(&["spec", "signerName"]).unwrap_or("");
    let bookkeeping = attributes.operation == Operation::Update
        && old.is_some_and(|old| only_collector_fields(bundle, old));
    if name.is_empty() || bookkeeping || signer::allows(attributes, "attest", name) {
        return Ok(());
    }
    Err(signer::refusal(attributes, "attest for", name))
}

/// Nothing but owners, finalizers and managed fields differs (`rbac.IsOnlyMutatingGCFields`).
fn only_collector_fields(new: &Value, old: &Value) -> bool {
    let bare = |object: &Value| {
        let mut object = object.clone();
        for field in ["ownerReferences", "finalizers", "managedFields"] {
            object.remove_at(&["metadata", field]);
        }
        object
    };
    bare(new) == bare(old)
}
