//! The facts on their way from Go to Rust.

use std::collections::BTreeMap;

/// Identity of a message: import path and name of its Go type.
pub(crate) type Id = (String, String);

/// Everything that the catalog will hold.
#[derive(Debug, Default)]
pub(crate) struct Facts {
    /// Messages by identity.
    pub(crate) messages: BTreeMap<Id, Message>,
    /// Messages of the kinds, by group, version and kind.
    pub(crate) kinds: BTreeMap<(String, String, String), Id>,
    /// Groups served by default, in discovery order.
    pub(crate) groups: Vec<Group>,
    /// Resources served by default, in discovery order.
    pub(crate) resources: Vec<Resource>,
}

/// A message.
#[derive(Debug)]
pub(crate) struct Message {
    /// OpenAPI definition name.
    pub(crate) name: String,
    /// Variant of the catalog's `Form`.
    pub(crate) form: &'static str,
    /// Fields in Go's order.
    pub(crate) fields: Vec<Field>,
    /// Replaced as a whole by apply.
    pub(crate) atomic: bool,
}

/// Type of a value, list element or map value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Type {
    /// Variant of the catalog's `Scalar`.
    Scalar(&'static str),
    /// A message.
    Message(Id),
}

/// A field.
#[derive(Debug, Default)]
pub(crate) struct Field {
    /// JSON name; empty if inlined.
    pub(crate) json: String,
    /// Protobuf number; 0 if none.
    pub(crate) number: u32,
    /// Protobuf name.
    pub(crate) proto: String,
    /// Type.
    pub(crate) ty: Option<Type>,
    /// Variant of the catalog's `Shape`.
    pub(crate) shape: &'static str,
    /// A pointer or interface in Go.
    pub(crate) pointer: bool,
    /// Variant of the catalog's `Omit`.
    pub(crate) omit: &'static str,
    /// Optional by the published schema.
    pub(crate) optional: bool,
    /// Variant of the catalog's `Topology`.
    pub(crate) topology: &'static str,
    /// `+listMapKey`s.
    pub(crate) keys: Vec<String>,
    /// `patchStrategy`.
    pub(crate) patch_strategy: Vec<String>,
    /// `patchMergeKey`.
    pub(crate) patch_merge_key: String,
    /// `+default`.
    pub(crate) default: Option<String>,
    /// `+enum` values.
    pub(crate) values: Vec<String>,
    /// The Go type, if the others do not tell it.
    pub(crate) go_type: String,
}

/// A served group.
#[derive(Debug)]
pub(crate) struct Group {
    /// Its name.
    pub(crate) name: String,
    /// Versions with their priorities.
    pub(crate) versions: Vec<(String, u32)>,
    /// Priority of the group.
    pub(crate) priority: u32,
}

/// Group, version and kind.
pub(crate) type Gvk = (String, String, String);

/// A served resource.
#[derive(Debug)]
pub(crate) struct Resource {
    /// Group, version and kind that it is served as.
    pub(crate) gvk: Gvk,
    /// Plural name.
    pub(crate) plural: String,
    /// Singular name.
    pub(crate) singular: String,
    /// Objects live in namespaces.
    pub(crate) namespaced: bool,
    /// Short names.
    pub(crate) short_names: Vec<String>,
    /// Categories.
    pub(crate) categories: Vec<String>,
    /// Verbs.
    pub(crate) verbs: Vec<String>,
    /// What it is stored as.
    pub(crate) storage: Gvk,
    /// Key prefix; empty if not stored.
    pub(crate) storage_prefix: String,
    /// Stored as JSON.
    pub(crate) storage_json: bool,
    /// Hash of `storage`.
    pub(crate) hash: String,
    /// Name, body kind and verbs of each subresource.
    pub(crate) subresources: Vec<(String, Gvk, Vec<String>)>,
}
