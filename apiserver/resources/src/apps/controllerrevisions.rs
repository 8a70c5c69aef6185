//! `controllerrevisions.apps`: a state that a controller may return to.

use pintle_engine::{Column, Context, Errors, Resource, Value, age, column, meta, name};
use pintle_machinery::path::ValueExt;

/// The row.
pub const CONTROLLER_REVISIONS: Resource = Resource {
    group: "apps",
    plural: "controllerrevisions",
    validate,
    columns: &[
        name(),
        CONTROLLER,
        column("Revision", |object, _| object.i64_at(&["revision"]).unwrap_or(0).into()),
        age(),
    ],
    ..Resource::NAMESPACED
};

const CONTROLLER: Column = column("Controller", |object, _| {
    let owners = object.list_at(&["metadata", "ownerReferences"]).iter();
    let Some(owner) = owners.into_iter().find(|o| o.bool_at(&["controller"]) == Some(true)) else {
        return "<none>".into();
    };
    let text = |field: &str| owner.str_at(&[field]).unwrap_or_default();
    let (group, _) = meta::split_api_version(text("apiVersion"));
    let dot = if group.is_empty() { "" } else { "." };
    let kind = format!("{}{dot}{group}", text("kind")).to_lowercase();
    format!("{kind}/{}", text("name")).into()
});

/// `apps/validation.ValidateControllerRevisionCreate`, `ValidateControllerRevisionUpdate`.
fn validate(_: &Context<'_>, object: &Value, old: Option<&Value>, errors: &mut Errors) {
    let revision = object.i64_at(&["revision"]).unwrap_or(0);
    if revision < 0 {
        errors.invalid("revision", revision, "must be greater than or equal to 0");
    }
    let data = object.at(&["data"]).filter(|data| !data.is_null());
    match old {
        None => match data {
            None => errors.required("data", "data is mandatory"),
            Some(data) if !data.is_object() => {
                errors.required("data", "data must be a valid JSON object");
            }
            Some(_) => {}
        },
        Some(old) if data != old.at(&["data"]).filter(|data| !data.is_null()) => {
            errors.invalid("data", data.cloned().unwrap_or_default(), "field is immutable");
        }
        Some(_) => {}
    }
}
