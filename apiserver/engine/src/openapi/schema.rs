//! Schemas of the catalog's messages, as OpenAPI v3 writes them.

use std::collections::BTreeSet;

use pintle_api::catalog::{Field, Form, Message, Omit, Scalar, Shape, Topology};
use pintle_api::{FieldType, catalog};
use pintle_machinery::{Map, Value};
use serde_json::json;

use super::paths::capital;
use super::{Docs, enums};

/// Where references point.
pub(super) const PREFIX: &str = "#/components/schemas/";

const META: &str = "io.k8s.apimachinery.pkg.apis.meta.v1.";

/// A reference to a definition.
pub(super) fn reference(name: &str) -> Value {
    json!({"$ref": format!("{PREFIX}{name}")})
}

/// The definitions that a tree refers to, and those that these refer to, but for those `known`; in
/// the document of one group and version, or in that of all.
pub(super) fn definitions(
    tree: &Value,
    own: Option<(&str, &str)>,
    docs: Docs<'_>,
    known: &dyn Fn(&str) -> bool,
) -> Map<String, Value> {
    let mut pending = BTreeSet::new();
    collect(tree, &mut pending);
    let mut out = Map::new();
    while let Some(name) = pending.pop_first() {
        if known(&name) || out.contains_key(&name) {
            continue;
        }
        let schema = definition(&name, own, docs);
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
fn definition(name: &str, own: Option<(&str, &str)>, docs: Docs<'_>) -> Value {
    let mut schema = match catalog().message(name) {
        Some(message) => of_message(message, own, docs),
        None => json!({"type": "object"}),
    };
    if let Some(text) = docs.describe(name, "") {
        schema["description"] = text.into();
    }
    schema
}

fn of_message(message: &Message, own: Option<(&str, &str)>, docs: Docs<'_>) -> Value {
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
        Form::Items => items(),
        Form::Object => of_object(message, own, docs),
    }
}

fn of_object(message: &Message, own: Option<(&str, &str)>, docs: Docs<'_>) -> Value {
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
    if let Some(union) = union_of(message.name) {
        schema["x-kubernetes-unions"] = union;
    }
    let kinds = kinds_of(message, own);
    if !kinds.is_empty() {
        schema["x-kubernetes-group-version-kind"] = kinds.into();
    }
    schema
}

fn flatten(
    owner: &Message,
    message: &Message,
    docs: Docs<'_>,
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
                enums::extend(&mut schema, owner.name, field.json);
                if let Some(text) = docs.describe(owner.name, field.json) {
                    schema["description"] = format!("{text}{}", enums::sentence(&schema)).into();
                }
                if !field.optional {
                    required.push(field.json.into());
                }
                properties.insert(field.json.into(), wrapped(schema));
            }
        }
    }
}

/// The structures of which one field at most is set, with the field that says which (`+union`).
const UNIONS: &[(&str, &str, &[&str])] = &[
    ("io.k8s.api.core.v1.AppArmorProfile", "type", &["localhostProfile"]),
    ("io.k8s.api.core.v1.PodSchedulingGroup", "", &["podGroupName"]),
    ("io.k8s.api.core.v1.SeccompProfile", "type", &["localhostProfile"]),
    ("io.k8s.api.flowcontrol.v1.LimitResponse", "type", &["queuing"]),
    ("io.k8s.api.flowcontrol.v1.PriorityLevelConfigurationSpec", "type", &["exempt", "limited"]),
    ("io.k8s.api.flowcontrol.v1.Subject", "kind", &["group", "serviceAccount", "user"]),
    ("io.k8s.api.scheduling.v1alpha3.WorkloadPodGroupDisruptionMode", "", &["all", "single"]),
    ("io.k8s.api.scheduling.v1alpha3.WorkloadPodGroupSchedulingPolicy", "", &["basic", "gang"]),
];

fn union_of(name: &str) -> Option<Value> {
    let (_, discriminator, fields) = UNIONS.iter().find(|(known, ..)| *known == name)?;
    let fields: Map<String, Value> =
        fields.iter().map(|field| ((*field).to_owned(), capital(field).into())).collect();
    let mut union = json!({"fields-to-discriminateBy": fields});
    if !discriminator.is_empty() {
        union["discriminator"] = (*discriminator).into();
    }
    Some(json!([union]))
}

/// The kinds that have this structure. The options of deletion and the events of a watch belong to
/// every group version, of which a document of one names core's and its own.
fn kinds_of(message: &Message, own: Option<(&str, &str)>) -> Vec<Value> {
    let everywhere = ["DeleteOptions", "WatchEvent"]
        .into_iter()
        .find(|kind| message.name.strip_prefix(META) == Some(kind));
    let mut kinds: Vec<(&str, &str, &str)> = match everywhere.zip(own) {
        Some((kind, own)) => vec![("", "v1", kind), (own.0, own.1, kind)],
        None => catalog()
            .kinds
            .iter()
            .filter(|kind| kind.message.name == message.name)
            // Discovery has a scheme of its own, of which documents say nothing.
            .filter(|kind| kind.group != "apidiscovery.k8s.io")
            .map(|kind| {
                let group = if kind.group == "meta.k8s.io" { "" } else { kind.group };
                (group, kind.version, kind.kind)
            })
            .collect(),
    };
    kinds.sort_unstable();
    kinds.dedup();
    let entry = |(group, version, kind): (&str, &str, &str)| json!({"group": group, "version": version, "kind": kind});
    kinds.into_iter().map(entry).collect()
}

fn items() -> Value {
    json!({"type": "array", "items": {"type": "string"}})
}

/// A reference can have nothing beside it, and is put into a list then.
fn wrapped(mut schema: Value) -> Value {
    if let Some(fields) = schema.as_object_mut().filter(|fields| fields.len() > 1)
        && let Some(target) = fields.remove("$ref")
    {
        fields.insert("allOf".into(), json!([{"$ref": target}]));
    }
    schema
}

fn of_field(field: &Field) -> Value {
    let mut schema = match (field.shape, field.ty) {
        (Shape::List, ty) => json!({"type": "array", "items": of_element(ty)}),
        (Shape::Map, ty) => json!({"type": "object", "additionalProperties": of_element(ty)}),
        (Shape::Single, FieldType::Scalar(scalar)) => of_scalar(scalar),
        (Shape::Single, FieldType::Message(message)) => match message.form {
            Form::Items => items(),
            _ => reference(message.name),
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
        FieldType::Scalar(scalar) => of_scalar(scalar),
        FieldType::Message(message) if message.form == Form::Items => items(),
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
    if let Some(declared) = field.declared.default {
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
    let merge = &field.declared.merge;
    let topology = match merge.topology {
        Topology::Default => None,
        Topology::Atomic => Some("atomic"),
        Topology::Set => Some("set"),
        Topology::Map => Some("map"),
        Topology::Granular => Some("granular"),
    };
    if let Some(topology) = topology {
        let list = match field.ty {
            FieldType::Message(message) if message.form == Form::Items => true,
            FieldType::Scalar(Scalar::Bytes) => true,
            _ => field.shape == Shape::List,
        };
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
