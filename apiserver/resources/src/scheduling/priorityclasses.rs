//! `priorityclasses.scheduling.k8s.io`: how important pods are.

use pintle_engine::{Context, Resource, Value, age, column, name};
use pintle_machinery::path::ValueExt;

use crate::print::{flag_or, number, text};

/// The row.
pub const PRIORITY_CLASSES: Resource = Resource {
    group: "scheduling.k8s.io",
    plural: "priorityclasses",
    prepare,
    columns: &[
        name(),
        column("Value", |class, _| number(class, &["value"])).of_type("integer"),
        column("Global-Default", |class, _| flag_or(class, &["globalDefault"], false))
            .of_type("boolean"),
        age(),
        column("PreemptionPolicy", |class, _| text(class, &["preemptionPolicy"])),
    ],
    validate: super::validation::priority_class,
    ..Resource::CLUSTER
};

/// The generation is set once and never moves (`priorityClassStrategy.PrepareForCreate`).
fn prepare(_: &Context<'_>, class: &mut Value, old: Option<&Value>) {
    if old.is_none() {
        class.set(&["metadata", "generation"], 1);
    }
}
