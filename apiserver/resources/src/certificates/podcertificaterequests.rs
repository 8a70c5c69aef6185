//! `podcertificaterequests.certificates.k8s.io`: certificates that pods wait for.

use pintle_engine::{Resource, Selectable, Value, column, name};
use pintle_machinery::path::ValueExt;

use crate::status::metadata_for_status;

/// The row.
pub const POD_CERTIFICATE_REQUESTS: Resource = Resource {
    group: "certificates.k8s.io",
    plural: "podcertificaterequests",
    unconditional_update: false,
    has_status: true,
    resets: &[("status", &[&["metadata"]])],
    prepare: |ctx, request, old| metadata_for_status(ctx, request, old),
    own_selectors: true,
    selectable: &[
        Selectable { label: "spec.signerName", value: |request| spec(request, "signerName") },
        Selectable { label: "spec.podName", value: |request| spec(request, "podName") },
        Selectable { label: "spec.nodeName", value: |request| spec(request, "nodeName") },
    ],
    columns: &[
        name(),
        column("PodName", |request, _| spec(request, "podName").into()),
        column("ServiceAccountName", |request, _| spec(request, "serviceAccountName").into()),
        column("NodeName", |request, _| spec(request, "nodeName").into()),
        column("SignerName", |request, _| spec(request, "signerName").into()),
        column("State", |request, _| state(request).into()),
        column("UnverifiedUserAnnotations", |request, _| annotations(request).into()),
    ],
    ..Resource::NAMESPACED
};

fn spec(request: &Value, field: &str) -> String {
    request.str_at(&["spec", field]).unwrap_or_default().to_owned()
}

/// The last condition that ends the request, if any.
fn state(request: &Value) -> String {
    let conditions = request.list_at(&["status", "conditions"]).iter();
    let types = conditions.filter_map(|condition| condition.str_at(&["type"]));
    let mut ends = types.filter(|ty| matches!(*ty, "Issued" | "Denied" | "Failed"));
    ends.next_back().unwrap_or("Pending").to_owned()
}

/// `labels.FormatLabels`.
fn annotations(request: &Value) -> String {
    let map = request.map_at(&["spec", "unverifiedUserAnnotations"]).into_iter().flatten();
    let pairs = map.map(|(key, value)| format!("{key}={}", value.as_str().unwrap_or_default()));
    match pairs.collect::<Vec<_>>().join(",") {
        none if none.is_empty() => "<none>".into(),
        pairs => pairs,
    }
}
