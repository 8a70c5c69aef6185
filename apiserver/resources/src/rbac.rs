//! Roles and who has them.

use pintle_engine::{Column, Value, age, column, name};
use pintle_machinery::path::ValueExt;

pub mod clusterrolebindings;
pub mod clusterroles;
pub mod rolebindings;
pub mod roles;
mod validation;

/// The columns of both kinds of bindings.
const BINDING_COLUMNS: &[Column] = &[
    name(),
    column("Role", |binding, _| role(binding).into()),
    age(),
    column("Users", |binding, _| of_kind(binding, "User")).wide(),
    column("Groups", |binding, _| of_kind(binding, "Group")).wide(),
    column("ServiceAccounts", |binding, _| of_kind(binding, "ServiceAccount")).wide(),
];

fn role(binding: &Value) -> String {
    let field = |name: &str| binding.str_at(&["roleRef", name]).unwrap_or_default();
    format!("{}/{}", field("kind"), field("name"))
}

/// The subjects of one kind (`rbac.SubjectsStrings`).
fn of_kind(binding: &Value, kind: &str) -> Value {
    let subjects = binding.list_at(&["subjects"]).iter();
    let names = subjects.filter(|subject| subject.str_at(&["kind"]) == Some(kind)).map(|subject| {
        let field = |name: &str| subject.str_at(&[name]).unwrap_or_default();
        match kind {
            "ServiceAccount" => format!("{}/{}", field("namespace"), field("name")),
            _ => field("name").to_owned(),
        }
    });
    names.collect::<Vec<_>>().join(", ").into()
}
