//! Nobody hands out rights that they do not have: checks on writes of roles and bindings.

use pintle_engine::User;
use pintle_machinery::Value;
use pintle_machinery::json::quote;
use pintle_machinery::status::GroupResource;
use pintle_machinery::status::Status;

use super::rbac::{GROUP, MissingRole, RoleRef};
use super::rule::{self, Rule};
use super::{Attributes, Authorizer, Decision, MASTERS};

/// Where a role or binding is written.
#[derive(Clone, Copy, Debug)]
pub struct Target<'a> {
    /// Plural name.
    pub plural: &'a str,
    /// Namespace; empty for cluster roles and their bindings.
    pub namespace: &'a str,
    /// Name in the URL; empty on create.
    pub name: &'a str,
}

/// Refuses a write of a role or binding that would widen the rights of its author
/// (`registry/rbac/.../policybased.Storage`). `old` is the stored object on update.
pub fn check(
    authorizer: &Authorizer,
    user: &User,
    target: &Target<'_>,
    new: &Value,
    old: Option<&Value>,
) -> Result<(), Status> {
    if user.groups.iter().any(|group| group == MASTERS) {
        return Ok(());
    }
    let only_bookkeeping = old.is_some_and(|old| only_collector_fields(new, old));
    match target.plural {
        "roles" | "clusterroles" => {
            if escalate_allowed(authorizer, user, target) || only_bookkeeping {
                return Ok(());
            }
            check_role(authorizer, user, target, new, old)
        }
        "rolebindings" | "clusterrolebindings" => {
            let role = RoleRef::of_binding(new);
            if only_bookkeeping || bind_allowed(authorizer, user, target, &role) {
                return Ok(());
            }
            let rules = authorizer.rbac.rules_of(&role, target.namespace).map_err(missing)?;
            confirm(authorizer, user, target, &rules).map_err(|why| refused(target, new, why))
        }
        _ => Ok(()),
    }
}

fn check_role(
    authorizer: &Authorizer,
    user: &User,
    target: &Target<'_>,
    new: &Value,
    old: Option<&Value>,
) -> Result<(), Status> {
    let rules = Rule::of_role(new);
    confirm(authorizer, user, target, &rules).map_err(|why| refused(target, new, why))?;
    if !aggregates(new) && !old.is_some_and(aggregates) {
        return Ok(());
    }
    let star = || vec!["*".to_owned()];
    let everything = [
        Rule { verbs: star(), groups: star(), resources: star(), ..Rule::default() },
        Rule { verbs: star(), urls: star(), ..Rule::default() },
    ];
    confirm(authorizer, user, target, &everything).map_err(|_| {
        refused(target, new, "must have cluster-admin privileges to use the aggregationRule".into())
    })
}

fn aggregates(role: &Value) -> bool {
    let selectors = &role["aggregationRule"]["clusterRoleSelectors"];
    selectors.as_array().is_some_and(|selectors| !selectors.is_empty())
}

fn refused(target: &Target<'_>, object: &Value, why: String) -> Status {
    let name = object["metadata"]["name"].as_str().unwrap_or_default();
    Status::forbidden(GroupResource::new(GROUP, target.plural), name, why)
}

fn missing(error: MissingRole) -> Status {
    match error {
        MissingRole::NotFound { plural, name } => {
            Status::not_found(GroupResource::new(GROUP, plural.trim_end_matches('s')), &name)
        }
        MissingRole::Unsupported(_) => Status::internal_error(error),
    }
}

/// `validation.ConfirmNoEscalation`.
fn confirm(
    authorizer: &Authorizer,
    user: &User,
    target: &Target<'_>,
    wanted: &[Rule],
) -> Result<(), String> {
    let (held, errors) = authorizer.rbac.rules_for(user, target.namespace);
    let lacking = rule::uncovered(&held, wanted);
    if lacking.is_empty() {
        return Ok(());
    }
    let mut message = format!(
        "user {} (groups={}) is attempting to grant RBAC permissions not currently held:\n{}",
        quote(&user.name),
        rule::quoted(&user.groups),
        rule::describe(lacking)
    );
    if let Some(errors) = errors {
        message = format!("{message}; resolution errors: [{errors}]");
    }
    Err(message)
}

/// `rbac.RoleEscalationAuthorized`.
fn escalate_allowed(authorizer: &Authorizer, user: &User, target: &Target<'_>) -> bool {
    let attributes = Attributes {
        group: GROUP,
        version: "*",
        resource: target.plural,
        name: target.name,
        namespace: target.namespace,
        ..Attributes::of(user, "escalate")
    };
    authorizer.authorize(&attributes).0 == Decision::Allow
}

/// `rbac.BindingAuthorized`.
fn bind_allowed(authorizer: &Authorizer, user: &User, target: &Target<'_>, role: &RoleRef) -> bool {
    let resource = match role.kind.as_str() {
        "ClusterRole" => "clusterroles",
        "Role" => "roles",
        _ => return false,
    };
    let attributes = Attributes {
        group: &role.group,
        version: "*",
        resource,
        name: &role.name,
        namespace: target.namespace,
        ..Attributes::of(user, "bind")
    };
    authorizer.authorize(&attributes).0 == Decision::Allow
}

/// Nothing but owners, finalizers and managed fields differs (`rbac.IsOnlyMutatingGCFields`).
fn only_collector_fields(new: &Value, old: &Value) -> bool {
    let bare = |object: &Value| {
        let mut object = object.clone();
        if let Some(metadata) = object.get_mut("metadata").and_then(Value::as_object_mut) {
            for field in ["ownerReferences", "finalizers", "managedFields"] {
                metadata.remove(field);
            }
        }
        object
    };
    bare(new) == bare(old)
}
