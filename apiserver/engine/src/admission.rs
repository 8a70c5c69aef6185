//! A row of the admission table, and what a plugin is told about the write.

use std::sync::Arc;

use pintle_machinery::Value;
use pintle_machinery::status::Status;

use crate::context::{Context, User};
use crate::lookup::Lookup;

/// What is being done to the object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operation {
    /// A new object, by POST, PUT or apply.
    Create,
    /// A change, by PUT or PATCH, of the object or a subresource.
    Update,
    /// A deletion, alone or as part of a collection.
    Delete,
    /// A streaming subresource such as exec.
    Connect,
}

impl Operation {
    /// Name on the wire of admission reviews.
    pub fn name(self) -> &'static str {
        match self {
            Self::Create => "CREATE",
            Self::Update => "UPDATE",
            Self::Delete => "DELETE",
            Self::Connect => "CONNECT",
        }
    }
}

/// A right that a plugin wants the caller to have, beyond that to the write itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Access<'a> {
    /// Verb.
    pub verb: &'a str,
    /// API group.
    pub group: &'a str,
    /// API version.
    pub version: &'a str,
    /// Plural name, real or not.
    pub resource: &'a str,
    /// Subresource.
    pub subresource: &'a str,
    /// Namespace; empty for cluster scope.
    pub namespace: &'a str,
    /// Name.
    pub name: &'a str,
}

/// The server's authorizer, as plugins see it.
pub trait Authorize: std::fmt::Debug + Send + Sync {
    /// Whether the user has this right.
    fn allows(&self, user: &User, access: &Access<'_>) -> bool;
}

/// Grants nothing: where there is no authorizer.
#[derive(Clone, Copy, Debug)]
pub struct AllowNone;

impl Authorize for AllowNone {
    fn allows(&self, _: &User, _: &Access<'_>) -> bool {
        false
    }
}

/// Facts about the write (`k8s.io/apiserver/pkg/admission.Attributes`).
#[derive(Clone, Copy, Debug)]
pub struct Attributes<'a> {
    /// API group of the request; empty for core.
    pub group: &'a str,
    /// API version of the request.
    pub version: &'a str,
    /// Plural name.
    pub resource: &'a str,
    /// Subresource; empty for the object itself.
    pub subresource: &'a str,
    /// Group, version and kind of the object that the plugin sees.
    pub kind: (&'a str, &'a str, &'a str),
    /// Namespace; empty for cluster scope. For namespaces themselves, their own name.
    pub namespace: &'a str,
    /// Name; empty on create with generateName.
    pub name: &'a str,
    /// Name for error texts: [`Self::name`], or else what the object's name is made from
    /// (`admission.extractResourceName`).
    pub shown_name: &'a str,
    /// Operation.
    pub operation: Operation,
    /// Create-, Update-, Patch- or DeleteOptions as a tree.
    pub options: &'a Value,
    /// Caller, moment, chance, dry run.
    pub context: Context<'a>,
    /// Asked about rights beyond the write itself.
    pub authorizer: &'a dyn Authorize,
    /// Warnings that the client is to see are pushed here.
    pub warnings: &'a Warnings,
    /// How long pods tolerate that their node is not ready or cannot be reached, unless they say.
    pub toleration_seconds: (i64, i64),
}

/// Five minutes for either, unless flags say otherwise.
pub const TOLERATION_SECONDS: (i64, i64) = (300, 300);

/// Warnings gathered during one request.
#[derive(Debug, Default)]
pub struct Warnings(std::sync::Mutex<Vec<String>>);

impl Warnings {
    /// Adds a warning.
    pub fn push(&self, text: impl Into<String>) {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(text.into());
    }

    /// Adds several.
    pub fn extend(&self, texts: impl IntoIterator<Item = String>) {
        for text in texts {
            self.push(text);
        }
    }

    /// Takes what was gathered, in order.
    pub fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner))
    }
}

/// Changes the object; `old` is the stored one on update.
pub type Mutate =
    fn(&Attributes<'_>, &mut Value, old: Option<&Value>, &dyn Lookup) -> Result<(), Status>;

/// Accepts or refuses. On delete the object is `Null` and `old` is what is to go.
pub type Validate =
    fn(&Attributes<'_>, &Value, old: Option<&Value>, &dyn Lookup) -> Result<(), Status>;

/// A write as what is left to pay for: it may wait for others, and so owns what it says.
#[derive(Clone, Debug)]
pub struct Write {
    /// API group.
    pub group: String,
    /// Plural name.
    pub resource: String,
    /// Subresource; empty for the object itself.
    pub subresource: String,
    /// Namespace.
    pub namespace: String,
    /// Name, for error texts.
    pub name: String,
    /// Operation.
    pub operation: Operation,
    /// The object as it is to be stored.
    pub object: Value,
    /// The stored one, on update.
    pub old: Option<Value>,
    /// Nothing will be stored.
    pub dry_run: bool,
}

/// Charges a write to quotas of its namespace, at a moment in Unix nanoseconds, or refuses it.
/// Quotas that do not change come back as the same `Arc`.
pub type Charge =
    fn(&Write, quotas: &[Arc<Value>], now: i64, &dyn Lookup) -> Result<Vec<Arc<Value>>, Status>;

/// A row of the admission table. A plugin takes part only in the stages that it has.
#[derive(Clone, Copy)]
pub struct Plugin {
    /// Upstream's name, such as `NamespaceLifecycle`.
    pub name: &'static str,
    /// Operations the plugin is asked about.
    pub operations: &'static [Operation],
    /// Mutating stage.
    pub mutate: Option<Mutate>,
    /// Validating stage.
    pub validate: Option<Validate>,
    /// What is done once all plugins have agreed.
    pub charge: Option<Charge>,
    /// Active unless disabled by flag.
    pub default_on: bool,
}

impl Plugin {
    /// Takes part in nothing; the base of every row.
    pub const NONE: Plugin = Plugin {
        name: "",
        operations: &[Operation::Create, Operation::Update],
        mutate: None,
        validate: None,
        charge: None,
        default_on: true,
    };
}
