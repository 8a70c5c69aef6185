//! `storageversionmigrations.storagemigration.k8s.io`: stored objects that are rewritten.

use pintle_engine::{Column, Resource, Value, column, name};
use pintle_machinery::path::ValueExt;

use crate::status::metadata_for_status;

/// The row.
pub const STORAGE_VERSION_MIGRATIONS: Resource = Resource {
    group: "storagemigration.k8s.io",
    plural: "storageversionmigrations",
    unconditional_update: false,
    has_status: true,
    resets: &[("status", &[&["metadata"]])],
    prepare: |ctx, migration, old| metadata_for_status(ctx, migration, old),
    columns: &[
        Column { format: "", ..name() },
        column("Resource", |migration, _| resource(migration).into()),
        column("Status", |migration, _| status(migration).into()),
    ],
    ..Resource::CLUSTER
};

fn resource(migration: &Value) -> String {
    let field = |name: &str| migration.str_at(&["spec", "resource", name]).unwrap_or_default();
    match field("group") {
        "" => field("resource").to_owned(),
        group => format!("{}.{group}", field("resource")),
    }
}

fn status(migration: &Value) -> String {
    let conditions = migration.list_at(&["status", "conditions"]).iter();
    let current = conditions.filter(|condition| condition.str_at(&["status"]) == Some("True"));
    let types = current.filter_map(|condition| condition.str_at(&["type"]));
    let mut known = types.filter(|ty| matches!(*ty, "Running" | "Failed" | "Succeeded"));
    known.next_back().unwrap_or("Unknown").to_owned()
}
