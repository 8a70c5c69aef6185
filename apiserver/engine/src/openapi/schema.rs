//! Schemas of the catalog's messages, as OpenAPI v3 writes them.

use std::collections::BTreeSet;

use pintle_api::catalog::{Field, Form, Message, Omit, Scalar, Shape, Topology};
use pintle_api::{FieldType, catalog};
use pintle_machinery::{Map, Value};
use serde_json::json;

use super::Docs;

/// Where references point.
pub(super) const PREFIX: &str = "#/components/schemas/";

const META: &str = "io.k8s.apimachinery.pkg.apis.meta.v1.";

/// A reference to a definition.
pub(super) fn reference(name: &str) -> Value {
    json!({"$ref": format!("{PREFIX}{name}")})
}

/// The definitions that a tree refers to, and those that these refer to.
pub(super) fn definitions(tree: &Value, docs: Docs) -> Map<String, Value> {
    let mut pending = BTreeSet::new();
    collect(tree, &mut pending);
    let mut out = Map::new();
    while let Some(name) = pending.pop_first() {
        if out.contains_key(&name) {
            continue;
        }
        let schema = definition(&name, docs);
        collect(&schema, &mut pending);
        out.insert(name, schema);
    }
    out
}

fn collect(tree: &Value, names: &mut BTreeSet<String>) {
    match tree {
        Value::Array(items) => items.iter().for_each(|item| collect(item, names)),
        Value::Object(fields) => {
            for (key, value) in fields {
                match value.as_str().and_then(|text| text.strip_prefix(PREFIX)) {
                    Some(name) if key == "$ref" => {
                        names.insert(name.to_owned());
                    }
                    _ => collect(value, names),
                }
            }
        }
        _ => {}
    }
}

/// One definition: by the catalog, but for those without a structure of their own.
fn definition(name: &str, docs: Docs) -> Value {
    let mut schema = match catalog().message(name) {
        Some(message) => of_message(message, docs),
        None => json!({"type": "object"}),
    };
    if let Some(text) = docs(name, "") {
        schema["description"] = text.into();
    }
    schema
}

fn of_message(message: &Message, docs: Docs) -> Value {
    match message.form {
        Form::Quantity => json!({"oneOf": [{"type": "string"}, {"type": "number"}]}),
        Form::Time | Form::MicroTime => json!({"type": "string", "format": "date-time"}),
        Form::Duration => json!({"type": "string"}),
        Form::IntOrString => json!({
            "format": "int-or-string",
            "oneOf": [{"type": "integer"}, {"type": "string"}],
        }),
        Form::FieldsV1 => json!({"type": "object"}),
        Form::Raw if message.name.ends_with(".RawExtension") => json!({"type": "object"}),
        Form::Raw | Form::SchemaOrBool | Form::SchemaOrArray | Form::SchemaOrStringArray => {
            json!({})
        }
        Form::Items => json!({"type": "array", "items": {"type": "string"}}),
        Form::Object => of_object(message, docs),
    }
}

fn of_object(message: &Message, docs: Docs) -> Value {
    let mut properties = Map::new();
    let mut required = Vec::new();
    flatten(message, message, docs, &mut properties, &mut required);
    let mut schema = json!({"type": "object"});
    if !properties.is_empty() {
        schema["properties"] = properties.into();
    }
    if !required.is_empty() {
        schema["required"] = required.into();
    }
    if message.atomic {
        schema["x-kubernetes-map-type"] = "atomic".into();
    }
    let kinds = kinds_of(message);
    if !kinds.is_empty() {
        schema["x-kubernetes-group-version-kind"] = kinds.into();
    }
    schema
}

fn flatten(
    owner: &Message,
    message: &Message,
    docs: Docs,
    properties: &mut Map<String, Value>,
    required: &mut Vec<Value>,
) {
    for field in message.fields {
        match field.ty {
            FieldType::Message(inner) if field.json.is_empty() => {
                flatten(owner, inner, docs, properties, required);
            }
            _ => {
                let mut schema = of_field(field);
                if let Some(text) = docs(owner.name, field.json) {
                    schema["description"] = text.into();
                }
                if !field.optional {
                    required.push(field.json.into());
                }
                properties.insert(field.json.into(), schema);
            }
        }
    }
}

/// The kinds that have this structure. The options of deletion and the events of a watch belong to
/// every group version.
fn kinds_of(message: &Message) -> Vec<Value> {
    let kinds = catalog().kinds;
    let entry = |group: &str, version: &str, kind: &str| json!({"group": group, "version": version, "kind": kind});
    let everywhere = ["DeleteOptions", "WatchEvent"]
        .into_iter()
        .find(|kind| message.name.strip_prefix(META) == Some(kind));
    if let Some(kind) = everywhere {
        let mut versions: Vec<(&str, &str)> =
            kinds.iter().map(|entry| (entry.group, entry.version)).collect();
        versions.dedup();
        return versions.iter().map(|(group, version)| entry(group, version, kind)).collect();
    }
    kinds
        .iter()
        .filter(|kind| kind.message.name == message.name)
        .map(|kind| {
            let group = if kind.group == "meta.k8s.io" { "" } else { kind.group };
            entry(group, kind.version, kind.kind)
        })
        .collect()
}

fn of_field(field: &Field) -> Value {
    let mut schema = match (field.shape, field.ty) {
        (Shape::List, ty) => json!({"type": "array", "items": of_element(ty)}),
        (Shape::Map, ty) => json!({"type": "object", "additionalProperties": of_element(ty)}),
        (Shape::Single, FieldType::Scalar(scalar)) => of_scalar(scalar),
        (Shape::Single, FieldType::Message(message)) => match message.form {
            Form::Items => of_message(message, |_, _| None),
            _ => json!({"allOf": [reference(message.name)]}),
        },
    };
    if let Some(default) = default_of(field) {
        schema["default"] = default;
    }
    extend(&mut schema, field);
    schema
}

fn of_element(ty: FieldType) -> Value {
    match ty {
        FieldType::Scalar(Scalar::String) => json!({"type": "string", "default": ""}),
        FieldType::Scalar(scalar) => of_scalar(scalar),
        FieldType::Message(message) if message.form == Form::Items => {
            of_message(message, |_, _| None)
        }
        FieldType::Message(message) if message.form == Form::Object => {
            json!({"allOf": [reference(message.name)], "default": {}})
        }
        FieldType::Message(message) => reference(message.name),
    }
}

fn of_scalar(scalar: Scalar) -> Value {
    match scalar {
        Scalar::Bool => json!({"type": "boolean"}),
        Scalar::Int32 => json!({"type": "integer", "format": "int32"}),
        Scalar::Int64 | Scalar::Uint32 | Scalar::Uint64 => {
            json!({"type": "integer", "format": "int64"})
        }
        Scalar::Double => json!({"type": "number", "format": "double"}),
        Scalar::String => json!({"type": "string"}),
        Scalar::Bytes => json!({"type": "string", "format": "byte"}),
    }
}

/// The declared default, or the zero of what is never absent
/// (kube-openapi `generators.mustEnforceDefault`).
fn default_of(field: &Field) -> Option<Value> {
    if let Some(declared) = field.default {
        return serde_json::from_str(declared).ok();
    }
    if field.pointer || field.shape != Shape::Single {
        return None;
    }
    match field.ty {
        FieldType::Message(message) => (message.form == Form::Object).then(|| json!({})),
        FieldType::Scalar(_) if field.omit != Omit::Never => None,
        FieldType::Scalar(Scalar::String) => Some("".into()),
        FieldType::Scalar(Scalar::Bool) => Some(false.into()),
        FieldType::Scalar(Scalar::Bytes) => None,
        FieldType::Scalar(_) => Some(0.into()),
    }
}

fn extend(schema: &mut Value, field: &Field) {
    let merge = &field.merge;
    let topology = match merge.topology {
        Topology::Default => None,
        Topology::Atomic => Some("atomic"),
        Topology::Set => Some("set"),
        Topology::Map => Some("map"),
        Topology::Granular => Some("granular"),
    };
    if let Some(topology) = topology {
        let list = matches!(field.ty, FieldType::Message(message) if message.form == Form::Items)
            || field.shape == Shape::List;
        let key = if list { "x-kubernetes-list-type" } else { "x-kubernetes-map-type" };
        schema[key] = topology.into();
    }
    if !merge.keys.is_empty() {
        schema["x-kubernetes-list-map-keys"] = merge.keys.into();
    }
    if !merge.patch_strategy.is_empty() {
        schema["x-kubernetes-patch-strategy"] = merge.patch_strategy.join(",").into();
    }
    if !merge.patch_merge_key.is_empty() {
        schema["x-kubernetes-patch-merge-key"] = merge.patch_merge_key.into();
    }
}
