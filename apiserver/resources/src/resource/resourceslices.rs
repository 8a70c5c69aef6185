//! `resourceslices.resource.k8s.io`: devices that a driver offers.

use pintle_engine::{Resource, ReturnsDeleted, Selectable, Value, age, column, name, write};
use pintle_machinery::path::ValueExt;

use crate::print::text;

/// The row.
pub const RESOURCE_SLICES: Resource = Resource {
    group: "resource.k8s.io",
    plural: "resourceslices",
    has_generation: true,
    default,
    validate: super::slices::validate,
    own_selectors: true,
    selectable: &[
        Selectable { label: "spec.nodeName", value: |slice| spec(slice, &["spec", "nodeName"]) },
        Selectable { label: "spec.driver", value: |slice| spec(slice, &["spec", "driver"]) },
        Selectable {
            label: "spec.pool.name",
            value: |slice| spec(slice, &["spec", "pool", "name"]),
        },
    ],
    columns: &[
        name(),
        column("Node", |slice, _| text(slice, &["spec", "nodeName"])),
        column("Driver", |slice, _| text(slice, &["spec", "driver"])),
        column("Pool", |slice, _| text(slice, &["spec", "pool", "name"])),
        age(),
    ],
    returns_deleted: ReturnsDeleted::Always,
    ..Resource::CLUSTER
};

/// A device's taints are as old as their first write (`SetDefaults_DeviceTaint`).
fn default(slice: &mut Value, now: i64) {
    let devices = slice.pointer_mut("/spec/devices").and_then(Value::as_array_mut);
    for device in devices.into_iter().flatten() {
        let taints = device.pointer_mut("/taints").and_then(Value::as_array_mut);
        for taint in taints.into_iter().flatten() {
            if taint.str_at(&["timeAdded"]).is_none_or(str::is_empty) {
                taint.set(&["timeAdded"], write::timestamp(now));
            }
        }
    }
}

fn spec(slice: &Value, path: &[&str]) -> String {
    slice.str_at(path).unwrap_or_default().to_owned()
}
