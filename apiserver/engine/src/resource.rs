//! A row of the resource table: what only that resource knows.

use pintle_api::Resource as Served;
use pintle_machinery::field::Errors;
use pintle_machinery::name::name_is_dns_subdomain;
use pintle_machinery::time::{Time, human_duration};
use pintle_machinery::{Value, json};

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
    /// Seconds of grace of a DELETE, given what the client asked for; `None` deletes at once.
    pub grace_seconds: Option<fn(&Value, requested: Option<i64>) -> i64>,
    /// What happens to dependents when the client does not say.
    pub dependents: Dependents,
    /// Whether a DELETE that removes at once answers with the object.
    pub returns_deleted: ReturnsDeleted,
    /// Finalizers live in `spec.finalizers` too (namespaces): deletion waits until both are empty.
    pub spec_finalizers: bool,
    /// Checks `metadata.name`, and `generateName` as a prefix; returns messages.
    pub validate_name: fn(name: &str, prefix: bool) -> Vec<String>,
    /// Fills in defaults that are not constants of the schema; `now` is in Unix nanoseconds.
    pub default: fn(&mut Value, now: i64),
    /// Resets what clients may not set and derives what the server sets.
    pub prepare: fn(&Context<'_>, object: &mut Value, old: Option<&Value>),
    /// Collects every violated rule.
    pub validate: fn(&Context<'_>, object: &Value, old: Option<&Value>, errors: &mut Errors),
    /// Warnings for the client.
    pub warnings: fn(object: &Value, old: Option<&Value>) -> Vec<String>,
    /// What a write resets besides the status, or through `/status` besides all else, by
    /// subresource (`GetResetFields`).
    pub resets: &'static [(&'static str, Paths)],
    /// The only fields that a write through a subresource can own; `*` is any element
    /// (`GetResetFieldsFilter`).
    pub owns: &'static [(&'static str, Paths)],
    /// Field selector labels beyond `metadata.name` and `metadata.namespace`.
    pub selectable: &'static [Selectable],
    /// The resource has its own label conversion: other labels are refused in its words, and
    /// `metadata.namespace` only belongs if it is namespaced.
    pub own_selectors: bool,
    /// Table columns; empty for Name and Age.
    pub columns: &'static [Column],
    /// Where `/scale` finds replicas.
    pub scale: Option<Scale>,
    /// Seconds that objects live (events); they are deleted by a lease of the store.
    pub ttl_seconds: Option<i64>,
}

/// Paths of fields, each as its names.
pub type Paths = &'static [&'static [&'static str]];

/// What happens to dependents when a DELETE does not say (`rest.GarbageCollectionPolicy`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dependents {
    /// The garbage collector deletes them.
    Delete,
    /// They stay, with a warning, when the request's version is the given one.
    Orphan {
        /// Version of the request that keeps the old behaviour.
        version: &'static str,
    },
    /// The resource takes no part in garbage collection.
    Unsupported,
}

/// Whether a DELETE that removes at once answers with the object, not with a status
/// (`registry.Store.ReturnDeletedObject`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReturnsDeleted {
    /// It does not.
    Never,
    /// It does.
    Always,
    /// It does, unless the request's version is this one.
    Except {
        /// The version.
        version: &'static str,
    },
    /// It does, but OpenAPI does not say so: upstream's storage is wrapped.
    Untold,
}

impl ReturnsDeleted {
    /// The answer is the object.
    pub fn answers(self, version: &str) -> bool {
        match self {
            Self::Never => false,
            Self::Always | Self::Untold => true,
            Self::Except { version: other } => version != other,
        }
    }

    /// OpenAPI says that the answer is the object.
    pub fn is_told(self, version: &str) -> bool {
        self != Self::Untold && self.answers(version)
    }
}

impl Resource {
    /// A resource of which nothing but the catalog is known; scope comes from the catalog.
    pub const DEFAULT: Resource = Resource {
        group: "",
        plural: "",
        create_on_update: false,
        unconditional_update: true,
        has_status: false,
        has_generation: false,
        grace_seconds: None,
        dependents: Dependents::Delete,
        returns_deleted: ReturnsDeleted::Never,
        spec_finalizers: false,
        validate_name: name_is_dns_subdomain,
        default: |_, _| {},
        prepare: |_, _, _| {},
        validate: |_, _, _, _| {},
        warnings: |_, _| Vec::new(),
        resets: &[],
        owns: &[],
        selectable: &[],
        own_selectors: false,
        columns: &[],
        scale: None,
        ttl_seconds: None,
    };

    /// Base of a namespaced resource's row.
    pub const NAMESPACED: Resource = Resource::DEFAULT;

    /// Base of a cluster-scoped resource's row.
    pub const CLUSTER: Resource = Resource::DEFAULT;

    /// The row of a catalog resource, if there is one. A resource that is stored in another group
    /// has that one's row.
    pub fn find(rows: &[&'static Resource], served: &Served) -> Option<&'static Resource> {
        let of = |group: &str| {
            rows.iter().find(|row| row.group == group && row.plural == served.plural).copied()
        };
        of(served.group).or_else(|| of(served.storage.0))
    }
}

/// The Name column.
pub const fn name() -> Column {
    Column {
        name: "Name",
        ty: "string",
        format: "name",
        priority: 0,
        description: "Name must be unique within a namespace. Is required when creating resources, although some resources may allow a client to request the generation of an appropriate name automatically. Name is primarily intended for creation idempotence and configuration definition. Cannot be updated. More info: https://kubernetes.io/docs/concepts/overview/working-with-objects/names#names",
        cell: |object, _| object["metadata"]["name"].clone(),
    }
}

/// The Age column.
pub const fn age() -> Column {
    Column {
        name: "Age",
        ty: "string",
        format: "",
        priority: 0,
        description: CREATION_TIMESTAMP,
        cell: |object, now| Value::from(age_of(&object["metadata"]["creationTimestamp"], now)),
    }
}

/// A string column that is always shown, described in the table of columns.
pub const fn column(name: &'static str, cell: fn(&Value, i64) -> Value) -> Column {
    Column { name, ty: "string", format: "", priority: 0, description: "", cell }
}

impl Column {
    /// The same column, shown only with `-o wide`.
    pub const fn wide(mut self) -> Column {
        self.priority = 1;
        self
    }

    /// The same column with another type, such as `integer`.
    pub const fn of_type(mut self, ty: &'static str) -> Column {
        self.ty = ty;
        self
    }
}

/// How long ago a timestamp was, as tables show it (`printers.translateTimestampSince`).
pub fn age_of(timestamp: &Value, now: i64) -> String {
    match timestamp.as_str().and_then(|text| Time::parse(text).ok()) {
        Some(time) => human_duration(Time::new(now, 0).since(time)),
        None => "<unknown>".into(),
    }
}

/// A value as text, for cells made of numbers and flags.
pub fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => json::to_string(other),
    }
}

/// What the published schema says about `metadata.creationTimestamp`.
pub const CREATION_TIMESTAMP: &str = "CreationTimestamp is a timestamp representing the server time when this object was created. It is not guaranteed to be set in happens-before order across separate operations. Clients may not set this value. It is represented in RFC3339 form and is in UTC.\n\nPopulated by the system. Read-only. Null for lists. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata";

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
    /// Description shown by clients; empty if it stands in the table of columns.
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
