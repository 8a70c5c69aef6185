//! `apiservices.apiregistration.k8s.io`: which server serves a version.

use pintle_engine::{Resource, Value, age, column, name};
use pintle_machinery::name::name_is_path_segment;
use pintle_machinery::path::ValueExt;

use crate::status::metadata_for_status;

/// The row.
pub const API_SERVICES: Resource = Resource {
    group: "apiregistration.k8s.io",
    plural: "apiservices",
    unconditional_update: false,
    has_status: true,
    prepare: |ctx, service, old| metadata_for_status(ctx, service, old),
    validate_name: name_is_path_segment,
    columns: &[
        name(),
        column("Service", |api, _| server(api).into()),
        column("Available", |api, _| available(api).into()),
        age(),
    ],
    validate: super::validation::validate,
    ..Resource::CLUSTER
};

fn server(api: &Value) -> String {
    let Some(service) = api.at(&["spec", "service"]) else { return "Local".into() };
    let field = |name: &str| service.str_at(&[name]).unwrap_or_default();
    format!("{}/{}", field("namespace"), field("name"))
}

fn available(api: &Value) -> String {
    let mut conditions = api.list_at(&["status", "conditions"]).iter();
    let is_available = |condition: &&Value| condition.str_at(&["type"]) == Some("Available");
    let Some(condition) = conditions.find(is_available) else { return "Unknown".into() };
    let field = |name: &str| condition.str_at(&[name]).unwrap_or_default();
    match (field("status"), field("reason")) {
        (status @ "True", _) | (status, "") => status.to_owned(),
        (status, reason) => format!("{status} ({reason})"),
    }
}
