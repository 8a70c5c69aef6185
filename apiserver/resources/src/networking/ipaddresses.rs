//! `ipaddresses.networking.k8s.io`: addresses of services that are taken.

use pintle_engine::{Column, Resource, Value, age, column, name};
use pintle_machinery::path::ValueExt;

/// The row.
pub const IP_ADDRESSES: Resource = Resource {
    group: "networking.k8s.io",
    plural: "ipaddresses",
    columns: &[
        name(),
        column("ParentRef", |address, _| parent(address).into()),
        // Upstream's rows have an age that its headings do not announce.
        Column { name: "", ..age() },
    ],
    validate_name: super::validation::ip_address_name,
    validate: super::validation::ip_address,
    ..Resource::CLUSTER
};

fn parent(address: &Value) -> String {
    let Some(parent) = address.at(&["spec", "parentRef"]) else { return "<none>".into() };
    let field = |name: &str| parent.str_at(&[name]).unwrap_or_default();
    let mut text = field("resource").to_lowercase();
    if !field("group").is_empty() {
        text = format!("{text}.{}", field("group").to_lowercase());
    }
    if !field("namespace").is_empty() {
        text = format!("{text}/{}", field("namespace"));
    }
    format!("{text}/{}", field("name"))
}
