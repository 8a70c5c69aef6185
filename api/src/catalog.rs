//! What the catalog's data looks like: messages, fields, kinds and the resources that are served.
//!
//! The tables are generated as `static` Rust data with references between them, so that they cost
//! neither start-up time nor heap.

/// Everything that a release knows about its built-in API.
#[derive(Debug)]
pub struct Catalog {
    /// The release these facts were read from, such as `v1.37.1`.
    pub release: &'static str,
    /// Every message, sorted by `name`.
    pub messages: &'static [&'static Message],
    /// Every top-level kind of every group version, sorted by group, version, kind.
    pub kinds: &'static [Kind],
    /// Every API group served by default: core first, then in the order of `/apis`.
    pub groups: &'static [Group],
    /// Every resource served by default, in discovery order: by group, version, plural.
    pub resources: &'static [Resource],
}

/// One structure of the API: its JSON form, its protobuf form and its merge rules.
#[derive(Debug)]
pub struct Message {
    /// OpenAPI definition name, such as `io.k8s.api.core.v1.Pod`.
    pub name: &'static str,
    /// How values of this message look in JSON.
    pub form: Form,
    /// The fields in the order of the Go struct, which is the order of its JSON encoding.
    pub fields: &'static [Field],
    /// Indices into `fields` of those with a protobuf form, by ascending number, which is the order
    /// of the protobuf encoding.
    pub by_number: &'static [u16],
    /// The value is replaced as a whole by apply (`+structType=atomic`, `+listType=atomic`).
    pub atomic: bool,
}

/// How a message's value looks in JSON. The fields of a message whose form is not `Object` are those
/// of its protobuf form, by their protobuf names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A JSON object of the message's fields.
    Object,
    /// `resource.Quantity`: a string, a number on input; protobuf `{string=1}`.
    Quantity,
    /// `meta/v1.Time`: RFC 3339 in seconds, or null; protobuf `{seconds=1, nanos=2}`.
    Time,
    /// `meta/v1.MicroTime`: RFC 3339 with six decimals, or null.
    MicroTime,
    /// `meta/v1.Duration`: a Go duration string; protobuf `{duration=1}` in nanoseconds.
    Duration,
    /// `intstr.IntOrString`; protobuf `{type=1, intVal=2, strVal=3}`.
    IntOrString,
    /// `runtime.RawExtension`, `apiextensions JSON`: any JSON; protobuf `{raw=1}` holds its text.
    Raw,
    /// `meta/v1.FieldsV1`: a JSON object kept as its text; protobuf `{Raw=1}`.
    FieldsV1,
    /// `apiextensions JSONSchemaPropsOrBool`: schema or boolean; protobuf `{allows=1, schema=2}`.
    SchemaOrBool,
    /// `JSONSchemaPropsOrArray`: schema or list; protobuf `{schema=1, jSONSchemas=2}`.
    SchemaOrArray,
    /// `JSONSchemaPropsOrStringArray`; protobuf `{schema=1, property=2}`.
    SchemaOrStringArray,
    /// A named list such as `ExtraValue` or `Verbs`: a JSON list; protobuf `{items=1}`. In Go it is
    /// a slice: `omitempty` leaves it out when empty, protobuf only when nil.
    Items,
}

/// One field of a message.
#[derive(Debug)]
pub struct Field {
    /// JSON name; empty if the field's message is inlined into this one's JSON object.
    pub json: &'static str,
    /// Protobuf field number; 0 if the field has no protobuf form (inlined `TypeMeta`, `Table`).
    pub number: u32,
    /// Type of the value, of the elements of a list, or of the values of a map.
    pub ty: FieldType,
    /// Single value, list or map.
    pub shape: Shape,
    /// The Go field is a pointer (or an interface): absent and zero differ. Without it, protobuf
    /// always carries the field, zero or not, unless it is a list, a map or bytes.
    pub pointer: bool,
    /// When JSON leaves the field out.
    pub omit: Omit,
    /// Marked `+optional`; without that and `+required`, left out by JSON when empty. The others are
    /// what the published schema calls required.
    pub optional: bool,
    /// What few fields declare besides.
    pub declared: &'static Declared,
}

/// What few fields declare. It stands apart from `Field`, as fields are many, and their tables hold
/// references: all of their pages are written when the program is loaded.
#[derive(Debug)]
pub struct Declared {
    /// How apply and strategic merge treat a list or map field.
    pub merge: Merge,
    /// JSON text of the value declared by `+default`.
    pub default: Option<&'static str>,
    /// Values that the type declares (`+enum`), sorted; empty if any string will do.
    pub values: &'static [&'static str],
    /// The Go type as `reflect` prints it, such as `v1.RestartPolicy`, without the outermost
    /// pointer; empty if it is what the type and the shape say by themselves.
    pub go_type: &'static str,
}

impl Declared {
    /// What most fields declare.
    pub const NOTHING: Declared =
        Declared { merge: Merge::NONE, default: None, values: &[], go_type: "" };
}

/// When JSON leaves a field out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Omit {
    /// Always written, as zero or null if need be.
    Never,
    /// Go's `omitempty`: false, 0, "", nil, and empty lists and maps are left out.
    Empty,
    /// Go's `omitzero` (with or without `omitempty`): the zero struct is left out too.
    Zero,
}

/// Single value, list or map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One value.
    Single,
    /// A list.
    List,
    /// A map from strings.
    Map,
}

/// Type of a value, list element or map value.
#[derive(Clone, Copy, Debug)]
pub enum FieldType {
    /// A number, string, bool or bytes.
    Scalar(Scalar),
    /// A message.
    Message(&'static Message),
}

/// Scalar types, by their protobuf encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scalar {
    /// `bool`.
    Bool,
    /// `int32` (Go int32).
    Int32,
    /// `int64` (Go int64).
    Int64,
    /// `uint32`.
    Uint32,
    /// `uint64`.
    Uint64,
    /// `double`; 8 bytes, wire type 1.
    Double,
    /// `string`.
    String,
    /// `bytes`; base64 in JSON.
    Bytes,
}

/// How apply and strategic merge treat a list or map field.
#[derive(Clone, Copy, Debug)]
pub struct Merge {
    /// `+listType`, `+mapType` or `+structType` of the field, else of its named list or map type.
    pub topology: Topology,
    /// `+listMapKey`s, in order.
    pub keys: &'static [&'static str],
    /// `patchStrategy`: any of `merge`, `replace`, `retainKeys`, as declared.
    pub patch_strategy: &'static [&'static str],
    /// `patchMergeKey`; empty if none.
    pub patch_merge_key: &'static str,
}

impl Merge {
    /// Nothing declared.
    pub const NONE: Merge =
        Merge { topology: Topology::Default, keys: &[], patch_strategy: &[], patch_merge_key: "" };
}

/// Declared topology of a list or map field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topology {
    /// Nothing declared: lists are atomic, maps and structs granular.
    Default,
    /// Replaced as a whole.
    Atomic,
    /// A set of scalars.
    Set,
    /// A list keyed by `Merge::keys`.
    Map,
    /// Explicitly granular.
    Granular,
}

/// A top-level kind.
#[derive(Debug)]
pub struct Kind {
    /// API group; empty for core.
    pub group: &'static str,
    /// API version, such as `v1`.
    pub version: &'static str,
    /// Kind, such as `Pod`.
    pub kind: &'static str,
    /// Its structure.
    pub message: &'static Message,
}

/// An API group with the versions served by default.
#[derive(Clone, Debug)]
pub struct Group {
    /// Name; empty for core.
    pub name: &'static str,
    /// Its versions, the preferred one first.
    pub versions: &'static [GroupVersion],
    /// `groupPriorityMinimum` of its APIServices; 0 if it has none (`apiregistration.k8s.io`).
    pub group_priority_minimum: u32,
}

/// A version of an API group that is served by default.
#[derive(Clone, Debug)]
pub struct GroupVersion {
    /// API version, such as `v1`.
    pub version: &'static str,
    /// `versionPriority` of its APIService; 0 if it has none.
    pub version_priority: u32,
}

/// A resource as it is served in one group version.
#[derive(Clone, Debug)]
pub struct Resource {
    /// API group; empty for core.
    pub group: &'static str,
    /// API version.
    pub version: &'static str,
    /// Plural name, such as `pods`.
    pub plural: &'static str,
    /// Singular name, such as `pod`.
    pub singular: &'static str,
    /// Kind, such as `Pod`.
    pub kind: &'static str,
    /// Objects live in namespaces.
    pub namespaced: bool,
    /// Short names, such as `po`.
    pub short_names: &'static [&'static str],
    /// Categories, such as `all`.
    pub categories: &'static [&'static str],
    /// Verbs in discovery's order; empty if the resource has subresources only.
    pub verbs: &'static [&'static str],
    /// Group, version and kind the object is stored as.
    pub storage: (&'static str, &'static str, &'static str),
    /// Storage key prefix below `/registry`, such as `pods` or `services/specs`; empty if the
    /// resource is not stored (reviews).
    pub storage_prefix: &'static str,
    /// The object is stored as JSON rather than protobuf.
    pub storage_json: bool,
    /// Hash of `storage` that legacy discovery shows; empty if none.
    pub storage_version_hash: &'static str,
    /// Subresources.
    pub subresources: &'static [Subresource],
    /// Structure of the kind.
    pub message: &'static Message,
}

/// A subresource of a served resource.
#[derive(Debug)]
pub struct Subresource {
    /// Name, such as `status`.
    pub name: &'static str,
    /// Group, version and kind of its bodies.
    pub gvk: (&'static str, &'static str, &'static str),
    /// Verbs in discovery's order.
    pub verbs: &'static [&'static str],
}
