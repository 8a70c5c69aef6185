//! What is asked of an authorizer.

use pintle_engine::User;
use pintle_machinery::json::quote;
use pintle_machinery::selector::FieldSelector;

/// Who wants to do what to what (`authorizer.Attributes`).
#[derive(Clone, Copy, Debug)]
pub struct Attributes<'a> {
    /// Who.
    pub user: &'a User,
    /// Verb.
    pub verb: &'a str,
    /// Namespace; empty for cluster scope, or for all.
    pub namespace: &'a str,
    /// API group.
    pub group: &'a str,
    /// API version.
    pub version: &'a str,
    /// Plural name.
    pub resource: &'a str,
    /// Subresource.
    pub subresource: &'a str,
    /// Name; empty for all.
    pub name: &'a str,
    /// A resource is asked for, not a path.
    pub is_resource: bool,
    /// Path, if no resource is asked for.
    pub path: &'a str,
    /// Field selector, as text.
    pub field_selector: &'a str,
}

impl<'a> Attributes<'a> {
    /// Asks for nothing yet; the base of the others.
    pub fn of(user: &'a User, verb: &'a str) -> Self {
        Self {
            user,
            verb,
            namespace: "",
            group: "",
            version: "",
            resource: "",
            subresource: "",
            name: "",
            is_resource: true,
            path: "",
            field_selector: "",
        }
    }

    /// The field selector pins `field` to `value`.
    pub(super) fn selects(&self, field: &str, value: &str) -> bool {
        FieldSelector::parse(self.field_selector)
            .is_ok_and(|selector| selector.requires_exact_match(field) == Some(value))
    }

    /// `responsewriters.forbiddenMessage`.
    pub(super) fn denial(&self) -> String {
        let user = quote(&self.user.name);
        let verb = self.verb;
        if !self.is_resource {
            return format!("User {user} cannot {verb} path {}", quote(self.path));
        }
        let resource = if self.subresource.is_empty() {
            quote(self.resource)
        } else {
            quote(&format!("{}/{}", self.resource, self.subresource))
        };
        let group = quote(self.group);
        let what = format!("User {user} cannot {verb} resource {resource} in API group {group}");
        if self.namespace.is_empty() {
            format!("{what} at the cluster scope")
        } else {
            format!("{what} in the namespace {}", quote(self.namespace))
        }
    }
}
