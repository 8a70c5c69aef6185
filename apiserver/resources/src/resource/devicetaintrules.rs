//! `devicetaintrules.resource.k8s.io`: devices that are to be avoided.

use pintle_engine::resource::age_of;
use pintle_engine::{Resource, ReturnsDeleted, Value, age, column, name, write};
use pintle_machinery::path::ValueExt;

use crate::print::text;
use crate::status::metadata_for_status;

/// The row.
pub const DEVICE_TAINT_RULES: Resource = Resource {
    group: "resource.k8s.io",
    plural: "devicetaintrules",
    unconditional_update: false,
    has_status: true,
    resets: &[("status", &[&["metadata"]])],
    has_generation: true,
    returns_deleted: ReturnsDeleted::Except { version: "v1" },
    default,
    prepare: metadata_for_status,
    columns: &[
        name(),
        column("Key", |rule, _| text(rule, &["spec", "taint", "key"])),
        column("Value", |rule, _| text(rule, &["spec", "taint", "value"])),
        column("Effect", |rule, _| text(rule, &["spec", "taint", "effect"])),
        column("TimeAdded", |rule, now| {
            rule.at(&["spec", "taint", "timeAdded"]).map_or("".into(), |at| age_of(at, now).into())
        }),
        age(),
    ],
    ..Resource::CLUSTER
};

/// A taint is as old as its first write (`SetDefaults_DeviceTaint`).
fn default(rule: &mut Value, now: i64) {
    let added = ["spec", "taint", "timeAdded"];
    if rule.str_at(&added).is_none_or(str::is_empty) {
        rule.set(&added, write::timestamp(now));
    }
}
