//! Writes of `/status` that leave metadata alone.

use pintle_engine::{Context, Value};
use pintle_machinery::path::ValueExt;

/// Takes what the status subresource may not change from the stored metadata
/// (`meta/v1.ResetObjectMetaForStatus`).
pub(crate) fn metadata_for_status(ctx: &Context<'_>, object: &mut Value, old: Option<&Value>) {
    let Some(old) = old.filter(|_| ctx.subresource == "status") else { return };
    for field in [
        "deletionTimestamp",
        "generation",
        "selfLink",
        "labels",
        "annotations",
        "finalizers",
        "ownerReferences",
    ] {
        keep(object, old, field);
    }
}

/// Takes all metadata but the managed fields from the stored object.
pub(crate) fn all_metadata_for_status(ctx: &Context<'_>, object: &mut Value, old: Option<&Value>) {
    let Some(old) = old.filter(|_| ctx.subresource == "status") else { return };
    let managed = object.remove_at(&["metadata", "managedFields"]);
    if let Some(metadata) = old.at(&["metadata"]) {
        object.set(&["metadata"], metadata.clone());
    }
    object.remove_at(&["metadata", "managedFields"]);
    if let Some(managed) = managed {
        object.set(&["metadata", "managedFields"], managed);
    }
}

fn keep(object: &mut Value, old: &Value, field: &str) {
    match old.at(&["metadata", field]) {
        Some(value) => object.set(&["metadata", field], value.clone()),
        None => {
            object.remove_at(&["metadata", field]);
        }
    }
}
