//! `csidrivers.storage.k8s.io`: what a volume driver can do.

use pintle_engine::{Context, Resource, ReturnsDeleted, Value, age, column, name};
use pintle_machinery::path::ValueExt;

use crate::print::{flag_or, strings};

/// The row.
pub const CSI_DRIVERS: Resource = Resource {
    group: "storage.k8s.io",
    plural: "csidrivers",
    unconditional_update: false,
    prepare,
    warnings,
    columns: &[
        name(),
        column("AttachRequired", |driver, _| flag_or(driver, &["spec", "attachRequired"], true))
            .of_type("boolean"),
        column("PodInfoOnMount", |driver, _| flag_or(driver, &["spec", "podInfoOnMount"], false))
            .of_type("boolean"),
        column("StorageCapacity", |driver, _| flag_or(driver, &["spec", "storageCapacity"], false))
            .of_type("boolean"),
        column("TokenRequests", |driver, _| tokens(driver).into()),
        column("RequiresRepublish", |driver, _| {
            flag_or(driver, &["spec", "requiresRepublish"], false)
        })
        .of_type("boolean"),
        column("Modes", |driver, _| modes(driver).into()),
        age(),
    ],
    validate: super::csi::driver,
    returns_deleted: ReturnsDeleted::Always,
    ..Resource::CLUSTER
};

/// The generation starts at none, and moves with the spec (`csiDriverStrategy.PrepareForUpdate`).
fn prepare(_: &Context<'_>, driver: &mut Value, old: Option<&Value>) {
    let Some(old) = old else { return };
    if pintle_engine::write::content_differs(driver, old) {
        let generation = old.i64_at(&["metadata", "generation"]).unwrap_or(0);
        driver.set(&["metadata", "generation"], generation + 1);
    }
}

fn tokens(driver: &Value) -> String {
    if driver.at(&["spec", "tokenRequests"]).is_none() {
        return "<unset>".into();
    }
    let requests = driver.list_at(&["spec", "tokenRequests"]).iter();
    let audiences = requests.map(|request| request.str_at(&["audience"]).unwrap_or_default());
    audiences.collect::<Vec<_>>().join(",")
}

fn modes(driver: &Value) -> String {
    match strings(driver, &["spec", "volumeLifecycleModes"]).join(",") {
        none if none.is_empty() => "<none>".into(),
        modes => modes,
    }
}

/// Warns of tokens that end up where more can read them (`csiDriverStrategy.WarningsOnCreate`,
/// `WarningsOnUpdate`).
fn warnings(driver: &Value, old: Option<&Value>) -> Vec<String> {
    let requests = ["spec", "tokenRequests"];
    let changed = old.is_none_or(|old| old.at(&requests) != driver.at(&requests));
    let unset = driver.at(&["spec", "serviceAccountTokenInSecrets"]).is_none();
    if driver.list_at(&requests).is_empty() || !changed || !unset {
        return Vec::new();
    }
    vec![
        "spec.serviceAccountTokenInSecrets is unset; if supported by this CSI driver, set to true to prevent possible logging of tokens in volume attributes".to_owned(),
    ]
}
