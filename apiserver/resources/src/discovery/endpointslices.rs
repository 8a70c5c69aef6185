//! `endpointslices.discovery.k8s.io`: the addresses behind a service, in pieces.

use pintle_engine::{Context, Resource, Value, age, column, name};
use pintle_machinery::path::ValueExt;

use crate::print::{first, strings, text};

/// The row.
pub const ENDPOINT_SLICES: Resource = Resource {
    group: "discovery.k8s.io",
    plural: "endpointslices",
    has_generation: true,
    columns: &[
        name(),
        column("AddressType", |slice, _| text(slice, &["addressType"])),
        column("Ports", |slice, _| ports(slice).into()),
        column("Endpoints", |slice, _| endpoints(slice).into()),
        age(),
    ],
    prepare,
    validate: super::validation::validate,
    warnings: super::validation::warnings,
    ..Resource::NAMESPACED
};

/// A change of labels counts as one of content (`endpointSliceStrategy.PrepareForUpdate`).
fn prepare(_: &Context<'_>, slice: &mut Value, old: Option<&Value>) {
    drop_topology(slice, old);
    let Some(old) = old else { return };
    let generation = |object: &Value| object.i64_at(&["metadata", "generation"]).unwrap_or(0);
    let labels = ["metadata", "labels"];
    let same = pintle_engine::meta::semantic_equal(
        slice.at(&labels).unwrap_or(&Value::Null),
        old.at(&labels).unwrap_or(&Value::Null),
    );
    if !same {
        slice.set(&["metadata", "generation"], generation(old) + 1);
    }
}

/// The topology map of older versions is not written any more (`dropTopologyOnV1`).
fn drop_topology(slice: &mut Value, old: Option<&Value>) {
    if old.is_some_and(|old| old.at(&["endpoints"]) == slice.at(&["endpoints"])) {
        return;
    }
    let endpoints = slice.at_mut(&["endpoints"]).and_then(Value::as_array_mut);
    for endpoint in endpoints.into_iter().flatten() {
        endpoint.remove_at(&["deprecatedTopology"]);
    }
}

/// `printers/internalversion.formatDiscoveryPorts`.
fn ports(slice: &Value) -> String {
    let port = |port: &Value| match (port.i64_at(&["port"]), port.str_at(&["name"])) {
        (Some(number), _) => number.to_string(),
        (None, Some(name)) => name.to_owned(),
        (None, None) => "*".to_owned(),
    };
    first(slice.list_at(&["ports"]).iter().map(port), 3)
}

/// `printers/internalversion.formatDiscoveryEndpoints`.
fn endpoints(slice: &Value) -> String {
    let endpoints = slice.list_at(&["endpoints"]).iter();
    first(endpoints.flat_map(|endpoint| strings(endpoint, &["addresses"])).map(str::to_owned), 3)
}
