//! `cronjobs.batch`: jobs by the clock.

use pintle_engine::{Column, Resource, Value, age, column, name};
use pintle_machinery::path::ValueExt;

use crate::print::{count, label_selector, text};
use crate::workload::{joined, since};

/// The row.
pub const CRON_JOBS: Resource = Resource {
    group: "batch",
    plural: "cronjobs",
    has_status: true,
    has_generation: true,
    validate: super::validation::cron_job,
    columns: COLUMNS,
    ..Resource::NAMESPACED
};

const CONTAINERS: &[&str] = &["spec", "jobTemplate", "spec", "template", "spec", "containers"];

const COLUMNS: &[Column] = &[
    name(),
    column("Schedule", |object, _| text(object, &["spec", "schedule"])),
    column("Timezone", |object, _| object.str_at(&["spec", "timeZone"]).unwrap_or("<none>").into()),
    column("Suspend", |object, _| match object.bool_at(&["spec", "suspend"]) {
        Some(true) => "True".into(),
        Some(false) => "False".into(),
        None => "<unset>".into(),
    })
    .of_type("boolean"),
    column("Active", |object, _| count(object, &["status", "active"])).of_type("integer"),
    column("Last Schedule", |object, now| match object.str_at(&["status", "lastScheduleTime"]) {
        Some(_) => since(object, &["status", "lastScheduleTime"], now).into(),
        None => "<none>".into(),
    }),
    age(),
    column("Containers", |object, _| joined(object.list_at(CONTAINERS), "name")).wide(),
    column("Images", |object, _| joined(object.list_at(CONTAINERS), "image")).wide(),
    column("Selector", |object, _| selector(object)).wide(),
];

fn selector(object: &Value) -> Value {
    label_selector(object.at(&["spec", "jobTemplate", "spec", "selector"])).into()
}
