//! The admission table: one file per plugin.

mod default_storage_class;
mod default_toleration_seconds;
mod namespace_lifecycle;
mod priority;
mod service_account;
mod taint_nodes_by_condition;

use pintle_engine::admission::{Attributes, Plugin};
use pintle_machinery::status::GroupResource;
use pintle_machinery::status::Status;

/// The plugins, in the order in which upstream runs them (`options.AllOrderedPlugins`).
pub static PLUGINS: &[Plugin] = &[
    namespace_lifecycle::PLUGIN,
    service_account::PLUGIN,
    taint_nodes_by_condition::PLUGIN,
    priority::PLUGIN,
    default_toleration_seconds::PLUGIN,
    default_storage_class::PLUGIN,
];

/// A plugin's refusal (`admission.NewForbidden`).
fn forbidden(attributes: &Attributes<'_>, reason: impl std::fmt::Display) -> Status {
    let resource = GroupResource::new(attributes.group, attributes.resource);
    Status::forbidden(resource, attributes.name, reason)
}

/// Whether the write is to the object itself of this resource.
fn is(attributes: &Attributes<'_>, group: &str, resource: &str) -> bool {
    attributes.group == group
        && attributes.resource == resource
        && attributes.subresource.is_empty()
}

#[cfg(test)]
mod tests;
