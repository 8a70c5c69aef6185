//! `resourceclaims.resource.k8s.io`: devices that are wanted, and those given.

use pintle_engine::{Resource, ReturnsDeleted, Value, age, column, name};
use pintle_machinery::path::ValueExt;

use crate::status::metadata_for_status;

/// The row.
pub const RESOURCE_CLAIMS: Resource = Resource {
    group: "resource.k8s.io",
    plural: "resourceclaims",
    has_status: true,
    resets: &[("status", &[&["metadata"]])],
    prepare: |ctx, claim, old| metadata_for_status(ctx, claim, old),
    columns: &[name(), column("State", |claim, _| state(claim).into()), age()],
    validate: super::validation::claim,
    returns_deleted: ReturnsDeleted::Always,
    ..Resource::NAMESPACED
};

/// `printers/internalversion.resourceClaimState`.
fn state(claim: &Value) -> String {
    let deleted = claim.at(&["metadata", "deletionTimestamp"]).is_some_and(|time| !time.is_null());
    let allocated = claim.at(&["status", "allocation"]).is_some();
    let reserved = !claim.list_at(&["status", "reservedFor"]).is_empty();
    let mut states = Vec::new();
    if deleted {
        states.push("deleted");
    }
    match (allocated, deleted) {
        (true, _) => states.push("allocated"),
        (false, false) => states.push("pending"),
        (false, true) => {}
    }
    if allocated && reserved {
        states.push("reserved");
    }
    states.join(",")
}
