//! Authorization: the modes in their order, and the words of a denial.

pub mod attributes;
pub mod escalation;
mod graph;
pub mod node;
pub mod rbac;
pub mod reviews;
pub mod rule;

use pintle_engine::admission::{Access, Authorize};
use pintle_engine::{RequestInfo, User};
use pintle_machinery::Value;
use pintle_machinery::status::Status;

pub use attributes::Attributes;
pub use node::NodeAuthorizer;
pub use rbac::Rbac;

/// Group whose members may do anything, whatever the modes say.
pub const MASTERS: &str = "system:masters";

/// What an authorizer says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Allowed; nobody else is asked.
    Allow,
    /// Denied; nobody else is asked.
    Deny,
    /// The next one is asked.
    NoOpinion,
}

/// `--authorization-mode`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Everything is allowed.
    AlwaysAllow,
    /// Everything is denied.
    AlwaysDeny,
    /// Kubelets, by what runs on them.
    Node,
    /// Roles and bindings.
    Rbac,
}

/// All modes of a server; fed with the objects that they judge by.
#[derive(Debug)]
pub struct Authorizer {
    modes: Vec<Mode>,
    /// Roles and bindings; kept whether or not the mode is on, escalation checks need them.
    pub rbac: Rbac,
    /// What runs where.
    pub node: NodeAuthorizer,
}

impl Authorizer {
    /// An authorizer that knows no objects yet.
    pub fn new(modes: Vec<Mode>) -> Self {
        Self { modes, rbac: Rbac::default(), node: NodeAuthorizer::default() }
    }

    /// The mode is on.
    pub fn has(&self, mode: Mode) -> bool {
        self.modes.contains(&mode)
    }

    /// Decides; the text is the reason (`authorization/union`).
    pub fn authorize(&self, attributes: &Attributes<'_>) -> (Decision, String) {
        if attributes.user.groups.iter().any(|group| group == MASTERS) {
            return (Decision::Allow, String::new());
        }
        let mut reasons: Vec<String> = Vec::new();
        for mode in &self.modes {
            let (decision, reason) = match mode {
                Mode::AlwaysAllow => (Decision::Allow, String::new()),
                Mode::AlwaysDeny => (Decision::NoOpinion, "Everything is forbidden.".into()),
                Mode::Node => self.node.authorize(attributes),
                Mode::Rbac => self.rbac.authorize(attributes),
            };
            if decision != Decision::NoOpinion {
                return (decision, reason);
            }
            if !reason.is_empty() {
                reasons.push(reason);
            }
        }
        (Decision::NoOpinion, reasons.join("\n"))
    }

    /// Allowed, or the status that says why not.
    pub fn check(&self, attributes: &Attributes<'_>) -> Result<(), Status> {
        match self.authorize(attributes) {
            (Decision::Allow, _) => Ok(()),
            (_, reason) => Err(forbidden(attributes, &reason)),
        }
    }

    /// Takes note of an object of one of [`WATCHED`], or of its end.
    pub fn observe(
        &self,
        group: &str,
        plural: &str,
        namespace: &str,
        name: &str,
        object: Option<&Value>,
    ) {
        match group {
            rbac::GROUP => self.rbac.observe(plural, namespace, name, object),
            _ => self.node.observe(plural, namespace, name, object),
        }
    }
}

impl Authorize for Authorizer {
    fn allows(&self, user: &User, access: &Access<'_>) -> bool {
        let attributes = Attributes {
            namespace: access.namespace,
            group: access.group,
            version: access.version,
            resource: access.resource,
            subresource: access.subresource,
            name: access.name,
            ..Attributes::of(user, access.verb)
        };
        self.authorize(&attributes).0 == Decision::Allow
    }
}

/// Group and plural of every resource that decisions depend on.
pub const WATCHED: &[(&str, &str)] = &[
    (rbac::GROUP, "clusterroles"),
    (rbac::GROUP, "clusterrolebindings"),
    (rbac::GROUP, "roles"),
    (rbac::GROUP, "rolebindings"),
    ("", "pods"),
    ("", "persistentvolumes"),
    ("storage.k8s.io", "volumeattachments"),
    ("resource.k8s.io", "resourceslices"),
    ("certificates.k8s.io", "podcertificaterequests"),
];

/// Attributes of a request (`endpoints/filters.GetAuthorizerAttributes`).
pub fn attributes_of<'a>(user: &'a User, info: &'a RequestInfo) -> Attributes<'a> {
    Attributes {
        user,
        verb: &info.verb,
        namespace: &info.namespace,
        group: &info.api_group,
        version: &info.api_version,
        resource: &info.resource,
        subresource: &info.subresource,
        name: &info.name,
        is_resource: info.is_resource,
        path: &info.path,
        field_selector: &info.field_selector,
    }
}

/// `responsewriters.ForbiddenStatusError`.
pub fn forbidden(attributes: &Attributes<'_>, reason: &str) -> Status {
    let mut message = attributes.denial();
    for (character, entity) in [('&', "&amp;"), ('<', "&lt;"), ('>', "&gt;")] {
        message = message.replace(character, entity);
    }
    if !reason.is_empty() {
        message = format!("{message}: {reason}");
    }
    let resource =
        pintle_machinery::status::GroupResource::new(attributes.group, attributes.resource);
    Status::forbidden(resource, attributes.name, message)
}

#[cfg(test)]
mod tests;
