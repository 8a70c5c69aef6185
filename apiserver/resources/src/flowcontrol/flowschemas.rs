//! `flowschemas.flowcontrol.apiserver.k8s.io`: which requests belong together.

use pintle_engine::{Resource, Value, age, column, name};
use pintle_machinery::path::ValueExt;

use crate::print::{number, text, text_or};
use crate::status::all_metadata_for_status;

/// The row.
pub const FLOW_SCHEMAS: Resource = Resource {
    group: "flowcontrol.apiserver.k8s.io",
    plural: "flowschemas",
    has_status: true,
    resets: &[("status", &[&["metadata"]])],
    has_generation: true,
    prepare: |ctx, schema, old| all_metadata_for_status(ctx, schema, old),
    columns: &[
        name(),
        column("PriorityLevel", |schema, _| {
            text(schema, &["spec", "priorityLevelConfiguration", "name"])
        }),
        column("MatchingPrecedence", |schema, _| number(schema, &["spec", "matchingPrecedence"])),
        column("DistinguisherMethod", |schema, _| {
            text_or(schema, &["spec", "distinguisherMethod", "type"], "<none>")
        }),
        age(),
        column("MissingPL", |schema, _| dangling(schema).into()),
    ],
    validate: super::validation::flow_schema,
    ..Resource::CLUSTER
};

fn dangling(schema: &Value) -> String {
    let mut conditions = schema.list_at(&["status", "conditions"]).iter();
    let dangling = conditions.find(|condition| condition.str_at(&["type"]) == Some("Dangling"));
    dangling.map_or("?", |condition| condition.str_at(&["status"]).unwrap_or_default()).to_owned()
}
