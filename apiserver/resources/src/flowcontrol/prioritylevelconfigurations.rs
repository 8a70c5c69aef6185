//! `prioritylevelconfigurations.flowcontrol.apiserver.k8s.io`: how many requests run at once.

use pintle_engine::{Resource, Value, age, column, name};
use pintle_machinery::path::ValueExt;

use crate::print::text;
use crate::status::all_metadata_for_status;

/// The row.
pub const PRIORITY_LEVEL_CONFIGURATIONS: Resource = Resource {
    group: "flowcontrol.apiserver.k8s.io",
    plural: "prioritylevelconfigurations",
    has_status: true,
    resets: &[("status", &[&["metadata"]])],
    has_generation: true,
    prepare: |ctx, level, old| all_metadata_for_status(ctx, level, old),
    columns: &[
        name(),
        column("Type", |level, _| text(level, &["spec", "type"])),
        column("NominalConcurrencyShares", |level, _| {
            limit(level, &["spec", "limited", "nominalConcurrencyShares"])
        }),
        column("Queues", |level, _| queuing(level, "queues")),
        column("HandSize", |level, _| queuing(level, "handSize")),
        column("QueueLengthLimit", |level, _| queuing(level, "queueLengthLimit")),
        age(),
    ],
    validate: super::validation::priority_level,
    ..Resource::CLUSTER
};

fn limit(level: &Value, path: &[&str]) -> Value {
    level.at(path).cloned().unwrap_or_else(|| "<none>".into())
}

fn queuing(level: &Value, field: &str) -> Value {
    limit(level, &["spec", "limited", "limitResponse", "queuing", field])
}
