//! `namespaces`: rooms that names live in.

use pintle_engine::{
    Context, Errors, Resource, ReturnsDeleted, Selectable, Value, age, column, name,
};
use pintle_machinery::name::{name_is_dns_label, qualified_name};
use pintle_machinery::path::ValueExt;
use serde_json::json;

use crate::print::text;

/// The row. A namespace's own status is not among those that a create merely drops: it starts out
/// as active.
pub const NAMESPACES: Resource = Resource {
    group: "",
    plural: "namespaces",
    has_status: true,
    returns_deleted: ReturnsDeleted::Untold,
    spec_finalizers: true,
    own_selectors: true,
    validate_name: name_is_dns_label,
    prepare,
    validate,
    selectable: &[
        Selectable {
            label: "status.phase",
            value: |object| object.str_at(&["status", "phase"]).unwrap_or_default().to_owned(),
        },
        Selectable {
            label: "name",
            value: |object| object.str_at(&["metadata", "name"]).unwrap_or_default().to_owned(),
        },
    ],
    columns: &[name(), column("Status", |object, _| text(object, &["status", "phase"])), age()],
    ..Resource::CLUSTER
};

/// `namespaceStrategy`, `namespaceFinalizeStrategy`.
fn prepare(ctx: &Context<'_>, object: &mut Value, old: Option<&Value>) {
    let path: &[&str] = &["spec", "finalizers"];
    match old {
        None => {
            object.set(&["status"], json!({"phase": "Active"}));
            let mut finalizers = object.list_at(path).to_vec();
            if !finalizers.iter().any(|finalizer| finalizer == "kubernetes") {
                finalizers.push("kubernetes".into());
                object.set(path, finalizers);
            }
        }
        Some(old) if ctx.subresource.is_empty() => match old.at(path) {
            Some(finalizers) => object.set(path, finalizers.clone()),
            None => {
                object.remove_at(path);
            }
        },
        Some(_) => {}
    }
}

/// `core/validation.ValidateNamespace`, `ValidateNamespaceStatusUpdate`,
/// `ValidateNamespaceFinalizeUpdate`.
fn validate(ctx: &Context<'_>, object: &Value, old: Option<&Value>, errors: &mut Errors) {
    if old.is_none() || ctx.subresource == "finalize" {
        for finalizer in object.list_at(&["spec", "finalizers"]) {
            let path = "spec.finalizers";
            let finalizer = finalizer.as_str().unwrap_or_default();
            let messages = qualified_name(finalizer);
            if !messages.is_empty() {
                errors.invalid_each(path, finalizer, messages);
            }
            if !finalizer.contains('/')
                && !matches!(finalizer, "kubernetes" | "orphan" | "foregroundDeletion")
            {
                let detail = "name is neither a standard finalizer name nor is it fully qualified";
                errors.invalid(path, finalizer, detail);
            }
        }
    }
    if ctx.subresource == "status" {
        let phase = object.str_at(&["status", "phase"]).unwrap_or_default();
        let deleted = object.str_at(&["metadata", "deletionTimestamp"]).is_some();
        if !deleted && phase != "Active" {
            let detail = "may only be 'Active' if `deletionTimestamp` is empty";
            errors.invalid("status.Phase", phase, detail);
        }
        if deleted && phase != "Terminating" {
            let detail = "may only be 'Terminating' if `deletionTimestamp` is not empty";
            errors.invalid("status.Phase", phase, detail);
        }
    }
}

#[cfg(test)]
mod tests {
    use pintle_engine::User;

    use super::*;

    #[test]
    fn a_new_namespace_is_active_and_kept() {
        let user = User::default();
        let ctx = Context {
            now: 0,
            user: &user,
            namespace: "",
            name: "",
            subresource: "",
            random: 0,
            dry_run: false,
        };
        let mut object = json!({"spec": {"finalizers": ["a.b/c"]}});
        prepare(&ctx, &mut object, None);
        assert_eq!(object["spec"]["finalizers"], json!(["a.b/c", "kubernetes"]));
        assert_eq!(object["status"], json!({"phase": "Active"}));
        let mut changed = json!({"spec": {}});
        prepare(&ctx, &mut changed, Some(&object));
        assert_eq!(changed["spec"]["finalizers"], json!(["a.b/c", "kubernetes"]));
    }
}
