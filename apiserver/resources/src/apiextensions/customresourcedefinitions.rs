//! `customresourcedefinitions.apiextensions.k8s.io`: kinds that users add.

use pintle_engine::{Context, Resource, Value, column, name};
use pintle_machinery::path::ValueExt;

use crate::print::{created_at, strings, text};

/// The row.
pub const CUSTOM_RESOURCE_DEFINITIONS: Resource = Resource {
    group: "apiextensions.k8s.io",
    plural: "customresourcedefinitions",
    unconditional_update: false,
    has_status: true,
    has_generation: true,
    prepare,
    columns: &[
        name(),
        column("Scope", |definition, _| text(definition, &["spec", "scope"])),
        column("Versions", |definition, _| versions(definition).into()),
        created_at(),
        column("Group", |definition, _| text(definition, &["spec", "group"])).wide(),
        column("Kind", |definition, _| text(definition, &["spec", "names", "kind"])).wide(),
        column("ShortNames", |definition, _| {
            strings(definition, &["spec", "names", "shortNames"]).join(",").into()
        })
        .wide(),
        column("Established", |definition, _| established(definition).into())
            .of_type("boolean")
            .wide(),
    ],
    ..Resource::CLUSTER
};

/// The version of storage is among those that objects may be stored in (`strategy`).
fn prepare(ctx: &Context<'_>, definition: &mut Value, _: Option<&Value>) {
    if ctx.subresource == "status" {
        return;
    }
    let versions = definition.list_at(&["spec", "versions"]).iter();
    let mut stored = versions.filter(|version| version.bool_at(&["storage"]) == Some(true));
    let Some(name) = stored.next().and_then(|version| version.str_at(&["name"])) else { return };
    let name = Value::from(name);
    let mut known = definition.list_at(&["status", "storedVersions"]).to_vec();
    if !known.contains(&name) {
        known.push(name);
        definition.set(&["status", "storedVersions"], known);
    }
}

fn versions(definition: &Value) -> String {
    let versions = definition.list_at(&["spec", "versions"]).iter();
    let served = versions.filter(|version| version.bool_at(&["served"]) == Some(true));
    let mut names: Vec<String> = served
        .map(|version| {
            let name = version.str_at(&["name"]).unwrap_or_default();
            let stored = version.bool_at(&["storage"]) == Some(true);
            format!("{name}{}", if stored { "(storage)" } else { "" })
        })
        .collect();
    names.sort();
    names.join(",")
}

fn established(definition: &Value) -> bool {
    definition.list_at(&["status", "conditions"]).iter().any(|condition| {
        condition.str_at(&["type"]) == Some("Established")
            && condition.str_at(&["status"]) == Some("True")
    })
}
