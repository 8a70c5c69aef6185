//! What a write does to `metadata.managedFields`: types from the catalog for the apply machinery.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, OnceLock, RwLock};

use pintle_api::catalog::{self, FieldType, Form, Message, Scalar, Shape};
use pintle_api::{Kind, codec};
use pintle_machinery::Value;
use pintle_machinery::apply::schema::{self, Atom, Field, List, Map, Schema, TypeId, UNTYPED};
use pintle_machinery::apply::{self, Filter, Pattern, Set, Types};

use crate::defaults::Defaulter;
use crate::resource::{Paths, Resource};
use crate::{convert, meta};

/// What apply knows about one kind: the types of all its versions.
#[derive(Debug)]
pub struct KindTypes {
    schema: Schema,
    roots: BTreeMap<String, Root>,
}

/// One version of a kind.
#[derive(Debug)]
struct Root {
    ty: TypeId,
    kind: &'static Kind,
    /// A new object of which nothing is set; made when it is first asked for.
    empty: OnceLock<Value>,
}

impl Root {
    fn new(ty: TypeId, kind: &'static Kind) -> Self {
        Self { ty, kind, empty: OnceLock::new() }
    }

    fn empty(&self) -> &Value {
        self.empty.get_or_init(|| empty_object(self.kind))
    }
}

fn empty_object(kind: &Kind) -> Value {
    let mut object = Value::Object(pintle_machinery::Map::new());
    meta::set_type(&mut object, kind.group, kind.version, kind.kind);
    let typed = codec::json::retype(kind.message, &object, false);
    typed.map(|(object, _)| object).unwrap_or(object)
}

impl KindTypes {
    /// The types of a kind, built at first use.
    pub fn of(group: &'static str, kind: &'static str) -> Arc<KindTypes> {
        type Known = RwLock<BTreeMap<(&'static str, &'static str), Arc<KindTypes>>>;
        static KNOWN: LazyLock<Known> = LazyLock::new(RwLock::default);
        let key = (group, kind);
        let read = KNOWN.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(known) = read.get(&key) {
            return Arc::clone(known);
        }
        drop(read);
        let built = Arc::new(Self::build(group, kind));
        let mut write = KNOWN.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        Arc::clone(write.entry(key).or_insert(built))
    }

    fn build(group: &str, kind: &str) -> Self {
        let mut schema = Schema::new();
        let mut roots = BTreeMap::new();
        let groups: &[&str] = match (group, kind) {
            ("" | "events.k8s.io", "Event") => &["", "events.k8s.io"],
            _ => &[group],
        };
        for found in pintle_api::catalog().kinds {
            if found.kind == kind && groups.contains(&found.group) {
                let id = add_message(&mut schema, found.message);
                let root = Root::new(id, found);
                roots.insert(meta::api_version(found.group, found.version), root);
            }
        }
        Self { schema, roots }
    }
}

/// The types, seen by one request.
pub struct RequestTypes<'a> {
    /// The kind's types.
    pub types: Arc<KindTypes>,
    /// The kind as the request names it.
    pub kind: &'static Kind,
    /// What this resource or subresource never owns.
    pub filter: Option<Filter>,
    /// Fills in what objects leave out.
    pub defaulter: &'static Defaulter,
    /// Defaults that are the row's own, for objects in the storage version.
    pub default: Option<&'a (dyn Fn(&mut Value) + Sync)>,
}

impl Types for RequestTypes<'_> {
    fn schema(&self) -> &Schema {
        &self.types.schema
    }

    fn root(&self, api_version: &str) -> Option<TypeId> {
        self.types.roots.get(api_version).map(|root| root.ty)
    }

    fn convert(&self, object: &Value, api_version: &str) -> Result<Value, String> {
        let root = self.types.roots.get(api_version);
        let root = root.ok_or_else(|| format!("no kind {} in {api_version}", self.kind.kind))?;
        Ok(convert::to_kind(object.clone(), root.kind))
    }

    fn empty(&self) -> Cow<'_, Value> {
        let known = self.types.roots.values().find(|root| std::ptr::eq(root.kind, self.kind));
        match known {
            Some(root) => Cow::Borrowed(root.empty()),
            None => Cow::Owned(empty_object(self.kind)),
        }
    }

    fn normalize(&self, object: Value) -> Result<Value, String> {
        let (mut object, _) = codec::json::retype(self.kind.message, &object, false)
            .map_err(|error| error.to_string())?;
        meta::set_type(&mut object, self.kind.group, self.kind.version, self.kind.kind);
        self.defaulter.apply(self.kind.message, &mut object);
        if let Some(default) = self.default {
            default(&mut object);
        }
        Ok(object)
    }

    fn filter(&self, _: &str) -> Option<&Filter> {
        self.filter.as_ref()
    }
}

/// Who writes, through what and when.
#[derive(Clone, Copy, Debug)]
pub struct Writer<'a> {
    /// Field manager.
    pub manager: &'a str,
    /// Subresource; empty for the resource itself.
    pub subresource: &'a str,
    /// Now, in RFC 3339.
    pub now: &'a str,
}

/// Records in an object of the request's version who owns what after a write other than apply
/// (`fieldmanager.FieldManager.Update`).
pub fn record(
    types: &RequestTypes<'_>,
    writer: Writer<'_>,
    live: Option<&Value>,
    object: &mut Value,
) -> Result<(), String> {
    let kind = types.kind;
    let api_version = meta::api_version(kind.group, kind.version);
    let request = apply::Request {
        types,
        api_version: &api_version,
        kind: kind.kind,
        subresource: writer.subresource,
        manager: writer.manager,
        now: writer.now,
    };
    apply::on_update(&request, live, object)
}

/// What a write resets: the status, but through `/status` all other fields than metadata and
/// status; and what else the row says.
pub fn reset_filter(
    message: &'static Message,
    subresource: &str,
    row: &Resource,
) -> Option<Filter> {
    let of = |list: &[(&str, Paths)]| {
        let found = list.iter().find(|(name, _)| *name == subresource);
        found.map(|(_, paths)| *paths)
    };
    if let Some(owned) = of(row.owns) {
        return Some(Filter::Include(Pattern::prefixes(owned)));
    }
    let mut reset: Vec<Vec<&str>> = Vec::new();
    if subresource == "status" {
        let names = message.fields.iter().map(|field| field.json);
        let names = names
            .filter(|name| !matches!(*name, "" | "status" | "metadata" | "apiVersion" | "kind"));
        reset.extend(names.map(|name| vec![name]));
    } else if row.has_status {
        reset.push(vec!["status"]);
    }
    reset.extend(of(row.resets).into_iter().flatten().map(|path| path.to_vec()));
    if reset.is_empty() && subresource != "status" {
        return None;
    }
    let reset: Vec<&[&str]> = reset.iter().map(Vec::as_slice).collect();
    Some(Filter::Exclude(Set::of_fields(&reset)))
}

fn add_message(schema: &mut Schema, message: &'static Message) -> TypeId {
    let (id, new) = schema.named(message.name);
    if !new {
        return id;
    }
    let atom = match message.form {
        Form::Object => Atom { map: Some(struct_of(schema, message)), ..Atom::default() },
        Form::Time | Form::MicroTime | Form::Duration => scalar(schema::Scalar::String),
        Form::Quantity | Form::IntOrString => scalar(schema::Scalar::Untyped),
        Form::Items => {
            let element = message.fields.first().map_or(UNTYPED, |field| value_of(schema, field));
            let list = List { element, topology: schema::Topology::Atomic };
            Atom { list: Some(list), ..Atom::default() }
        }
        _ => schema.atom(UNTYPED).clone(),
    };
    schema.define(id, atom);
    id
}

fn scalar(scalar: schema::Scalar) -> Atom {
    Atom { scalar: Some(scalar), ..Atom::default() }
}

fn struct_of(schema: &mut Schema, message: &'static Message) -> Map {
    let mut fields = BTreeMap::new();
    collect_fields(schema, message, &mut fields);
    let element = None;
    Map { fields, element, atomic: message.atomic }
}

fn collect_fields(
    schema: &mut Schema,
    message: &'static Message,
    fields: &mut BTreeMap<schema::Text, Field>,
) {
    for field in message.fields {
        match field.ty {
            FieldType::Message(inlined) if field.json.is_empty() => {
                collect_fields(schema, inlined, fields);
            }
            _ if field.json.is_empty() => {}
            _ => {
                let ty = field_type(schema, field);
                let default =
                    field.declared.default.and_then(|text| serde_json::from_str(text).ok());
                fields.insert(field.json.into(), Field { ty, default });
            }
        }
    }
}

fn field_type(schema: &mut Schema, field: &'static catalog::Field) -> TypeId {
    let atomic = field.declared.merge.topology == catalog::Topology::Atomic;
    let element = value_of(schema, field);
    match field.shape {
        // What a field declares goes before what its type does.
        Shape::Single if atomic || field.declared.merge.topology == catalog::Topology::Granular => {
            let mut atom = schema.atom(element).clone();
            if let Some(map) = &mut atom.map {
                map.atomic = atomic;
            }
            schema.add(atom)
        }
        Shape::Single => element,
        Shape::List => {
            let topology = match field.declared.merge.topology {
                catalog::Topology::Set => schema::Topology::Set,
                catalog::Topology::Map => schema::Topology::Map(
                    field.declared.merge.keys.iter().map(|&key| key.into()).collect(),
                ),
                _ => schema::Topology::Atomic,
            };
            schema.add(Atom { list: Some(List { element, topology }), ..Atom::default() })
        }
        Shape::Map => {
            let map = Map { fields: BTreeMap::new(), element: Some(element), atomic };
            schema.add(Atom { map: Some(map), ..Atom::default() })
        }
    }
}

fn value_of(schema: &mut Schema, field: &'static catalog::Field) -> TypeId {
    match field.ty {
        FieldType::Message(message) => add_message(schema, message),
        FieldType::Scalar(kind) => {
            let atom = match kind {
                Scalar::Bool => schema::Scalar::Boolean,
                Scalar::String | Scalar::Bytes => schema::Scalar::String,
                _ => schema::Scalar::Numeric,
            };
            schema.add(scalar(atom))
        }
    }
}
