//! A row of the resource table: what only that resource knows.

use pintle_machinery::Value;
use pintle_machinery::field::Errors;

use crate::context::Context;

/// A resource's row. Everything that a schema or discovery can say is in the catalog; the row
/// holds the rest. A catalog resource without a row behaves as [`Resource::DEFAULT`].
///
/// `prepare` and `validate` take the old object as an `Option`, so one function serves create,
/// update, patch and apply. Objects are trees in the resource's storage version.
#[derive(Clone, Copy)]
pub struct Resource {
    /// API group; empty for core.
    pub group: &'static str,
    /// Plural name, such as `leases`.
    pub plural: &'static str,
    /// PUT and apply may create the object (`AllowCreateOnUpdate`).
    pub create_on_update: bool,
    /// PUT without a resourceVersion is accepted (`AllowUnconditionalUpdate`).
    pub unconditional_update: bool,
    /// The status is reset on create and kept on update; `/status` writes it alone.
    pub has_status: bool,
    /// `metadata.generation` is kept: 1 on create, +1 whenever something outside metadata and
    /// status changes.
    pub has_generation: bool,
    /// Seconds of grace that a DELETE without its own asks for; `None` deletes at once.
    pub grace_seconds: Option<fn(&Value) -> i64>,
    /// Finalizer-like spec list (namespaces): deletion waits until it is empty.
    pub orphan_by_default: bool,
    /// Checks `metadata.name`, and `generateName` as a prefix; returns messages.
    pub validate_name: fn(name: &str, prefix: bool) -> Vec<String>,
    /// Fills in defaults that are not constants of the schema.
    pub default: fn(&mut Value),
    /// Resets what clients may not set and derives what the server sets.
    pub prepare: fn(&Context<'_>, object: &mut Value, old: Option<&Value>),
    /// Collects every violated rule.
    pub validate: fn(&Context<'_>, object: &Value, old: Option<&Value>, errors: &mut Errors),
    /// Warnings for the client.
    pub warnings: fn(object: &Value, old: Option<&Value>) -> Vec<String>,
    /// Field selector labels beyond `metadata.name` and `metadata.namespace`.
    pub selectable: &'static [Selectable],
    /// Table columns; empty for Name and Age.
    pub columns: &'static [Column],
    /// Where `/scale` finds replicas.
    pub scale: Option<Scale>,
}

/// A field that field selectors may name.
#[derive(Clone, Copy)]
pub struct Selectable {
    /// Label, such as `spec.nodeName`.
    pub label: &'static str,
    /// The field's value, in the selector's form.
    pub value: fn(&Value) -> String,
}

/// A column of the server-side table.
#[derive(Clone, Copy)]
pub struct Column {
    /// Heading, such as `Ready`.
    pub name: &'static str,
    /// OpenAPI type: `string`, `integer`, `boolean`, `date`, `number`.
    pub ty: &'static str,
    /// OpenAPI format: `name` for the first column.
    pub format: &'static str,
    /// 0 is shown always, 1 only with `-o wide`.
    pub priority: i32,
    /// Description shown by clients.
    pub description: &'static str,
    /// The cell. `now` is RFC 3339's clock in Unix seconds, for ages.
    pub cell: fn(object: &Value, now: i64) -> Value,
}

/// JSON paths of the scale subresource.
#[derive(Clone, Copy)]
pub struct Scale {
    /// Path of the desired count.
    pub spec_replicas: &'static str,
    /// Path of the observed count.
    pub status_replicas: &'static str,
    /// Path of the label selector.
    pub selector: &'static str,
}
