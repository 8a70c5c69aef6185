//! The built-in types as apply sees them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use pintle_machinery::Value;
use pintle_machinery::apply::openapi::any;
use pintle_machinery::apply::schema::{
    Atom, DEDUCED, Field as ApplyField, List, Map, Scalar as ApplyScalar, Schema, Text,
    Topology as ApplyTopology, TypeId, UNTYPED,
};

use crate::catalog::{Field, FieldType, Form, Kind, Message, Omit, Scalar, Shape, Topology};
use crate::{catalog, codec};

static SCHEMA: LazyLock<Schema> = LazyLock::new(|| {
    let mut schema = Schema::new();
    for kind in catalog().kinds {
        message_type(&mut schema, kind.message, false);
    }
    schema
});

/// The types of all built-in kinds, by OpenAPI definition name.
pub fn schema() -> &'static Schema {
    &SCHEMA
}

/// The type of a kind's objects.
pub fn root(kind: &Kind) -> Option<TypeId> {
    SCHEMA.find(kind.message.name)
}

/// A new object of a kind: what Go makes of the zero structure, with `apiVersion` and `kind`.
pub fn empty_object(kind: &Kind) -> Value {
    let mut out = codec::zero_of_message(kind.message);
    if let Value::Object(fields) = &mut out {
        let api_version = match kind.group {
            "" => kind.version.to_owned(),
            group => format!("{group}/{}", kind.version),
        };
        fields.insert("apiVersion".into(), api_version.into());
        fields.insert("kind".into(), kind.kind.into());
    }
    out
}

/// The type of a message; `atomic` if the field that holds it says so.
fn message_type(schema: &mut Schema, message: &'static Message, atomic: bool) -> TypeId {
    match message.form {
        Form::Raw if message.name.ends_with(".RawExtension") => return UNTYPED,
        Form::Quantity | Form::Time | Form::MicroTime | Form::IntOrString => {
            return scalar(schema, ApplyScalar::Untyped);
        }
        Form::Duration => return scalar(schema, ApplyScalar::String),
        _ => {}
    }
    // The same message may be whole in one field and granular in another.
    let name = if atomic && !message.atomic {
        Text::Owned(format!("{} (atomic)", message.name))
    } else {
        Text::Borrowed(message.name)
    };
    let (id, is_new) = schema.named(name);
    if is_new {
        let atom = match message.form {
            Form::Object | Form::FieldsV1 => {
                let mut fields = BTreeMap::new();
                if message.form == Form::Object {
                    collect_fields(schema, message, &mut fields);
                }
                let element = fields.is_empty().then_some(DEDUCED);
                let atomic = atomic || message.atomic;
                Atom { map: Some(Map { fields, element, atomic }), ..Atom::default() }
            }
            Form::Items => {
                let element = items_element(schema, message);
                let topology = ApplyTopology::Atomic;
                Atom { list: Some(List { element, topology }), ..Atom::default() }
            }
            _ => any(),
        };
        schema.define(id, atom);
    }
    id
}

fn scalar(schema: &mut Schema, scalar: ApplyScalar) -> TypeId {
    schema.add(Atom { scalar: Some(scalar), ..Atom::default() })
}

fn items_element(schema: &mut Schema, message: &'static Message) -> TypeId {
    match message.fields.first() {
        Some(field) => value_type(schema, field.ty, false),
        None => UNTYPED,
    }
}

/// The fields of a message with those of the messages that it inlines.
fn collect_fields(
    schema: &mut Schema,
    message: &'static Message,
    out: &mut BTreeMap<Text, ApplyField>,
) {
    for field in message.fields {
        if let ("", FieldType::Message(inlined)) = (field.json, field.ty) {
            collect_fields(schema, inlined, out);
            continue;
        }
        let ty = field_type(schema, field);
        out.insert(Text::Borrowed(field.json), ApplyField { ty, default: default_of(field) });
    }
}

fn field_type(schema: &mut Schema, field: &'static Field) -> TypeId {
    let atomic = field.declared.merge.topology == Topology::Atomic;
    match field.shape {
        Shape::Single => value_type(schema, field.ty, atomic),
        Shape::List => {
            let element = value_type(schema, field.ty, false);
            let list = List { element, topology: topology_of(field) };
            schema.add(Atom { list: Some(list), ..Atom::default() })
        }
        Shape::Map => {
            let element = Some(value_type(schema, field.ty, false));
            let map = Map { fields: BTreeMap::new(), element, atomic };
            schema.add(Atom { map: Some(map), ..Atom::default() })
        }
    }
}

fn value_type(schema: &mut Schema, ty: FieldType, atomic: bool) -> TypeId {
    match ty {
        FieldType::Message(message) => message_type(schema, message, atomic),
        FieldType::Scalar(Scalar::Bool) => scalar(schema, ApplyScalar::Boolean),
        FieldType::Scalar(Scalar::String | Scalar::Bytes) => scalar(schema, ApplyScalar::String),
        FieldType::Scalar(_) => scalar(schema, ApplyScalar::Numeric),
    }
}

/// How a list's elements are told apart (kube-openapi `schemaconv.getListElementRelationship`).
fn topology_of(field: &Field) -> ApplyTopology {
    let merge = &field.declared.merge;
    let keys = |keys: &[&'static str]| {
        ApplyTopology::Map(keys.iter().map(|key| Text::Borrowed(*key)).collect())
    };
    match merge.topology {
        Topology::Set => ApplyTopology::Set,
        Topology::Map => keys(merge.keys),
        Topology::Default if merge.patch_strategy.contains(&"merge") => {
            match merge.patch_merge_key {
                "" => ApplyTopology::Set,
                key => keys(&[key]),
            }
        }
        Topology::Atomic | Topology::Granular | Topology::Default => ApplyTopology::Atomic,
    }
}

/// The default that the published schema shows: the declared one, else the zero of a plain field
/// that JSON always writes.
fn default_of(field: &Field) -> Option<Value> {
    if let Some(text) = field.declared.default {
        return serde_json::from_str(text).ok();
    }
    if field.pointer || field.omit != Omit::Never || field.shape != Shape::Single {
        return None;
    }
    match field.ty {
        FieldType::Scalar(Scalar::Bool) => Some(Value::Bool(false)),
        FieldType::Scalar(Scalar::String) => Some(Value::String(String::new())),
        FieldType::Scalar(Scalar::Bytes) | FieldType::Message(_) => None,
        FieldType::Scalar(_) => Some(Value::from(0)),
    }
}

#[cfg(test)]
mod tests {
    use pintle_machinery::apply::fieldset::field_set;

    use super::*;

    #[track_caller]
    fn check(kind: (&str, &str, &str), object: &Value, expected: &str) {
        let kind = catalog().kind(kind.0, kind.1, kind.2).expect("a kind");
        let root = root(kind).expect("a type");
        assert_eq!(field_set(schema(), root, object).to_string(), expected);
    }

    #[test]
    fn list_maps_take_their_keys_defaults() {
        check(
            ("", "v1", "Pod"),
            &serde_json::json!({"spec": {"containers": [
                {"name": "a", "ports": [{"containerPort": 80}]},
            ]}}),
            ".spec.containers[name=\"a\"]\n\
             .spec.containers[name=\"a\"].name\n\
             .spec.containers[name=\"a\"].ports[containerPort=80,protocol=\"TCP\"]\n\
             .spec.containers[name=\"a\"].ports[containerPort=80,protocol=\"TCP\"].containerPort",
        );
    }

    #[test]
    fn metadata_has_sets_maps_and_whole_values() {
        check(
            ("", "v1", "ConfigMap"),
            &serde_json::json!({"metadata": {
                "finalizers": ["x"],
                "labels": {"a": "b"},
                "ownerReferences": [{"uid": "u", "name": "n"}],
                "creationTimestamp": "2020-01-01T00:00:00Z",
            }}),
            ".metadata.creationTimestamp\n\
             .metadata.finalizers[=\"x\"]\n\
             .metadata.labels.a\n\
             .metadata.ownerReferences[uid=\"u\"]",
        );
    }

    #[test]
    fn quantities_selectors_and_any_json_are_leaves() {
        check(
            ("apps", "v1", "ControllerRevision"),
            &serde_json::json!({"data": {"spec": {"a": 1}}, "revision": 1}),
            ".data\n.revision",
        );
        check(
            ("apps", "v1", "Deployment"),
            &serde_json::json!({"spec": {"selector": {"matchLabels": {"a": "b"}}}}),
            ".spec.selector",
        );
        check(
            ("", "v1", "Pod"),
            &serde_json::json!({"spec": {"overhead": {"cpu": "1"}, "nodeSelector": {"a": "b"}}}),
            ".spec.nodeSelector\n.spec.overhead.cpu",
        );
    }

    #[test]
    fn a_new_object_holds_the_structures_that_are_not_pointers() {
        let kind = catalog().kind("apps", "v1", "Deployment").expect("a kind");
        let expected = serde_json::json!({
            "apiVersion": "apps/v1", "kind": "Deployment", "metadata": {}, "status": {},
            "spec": {
                "selector": null, "strategy": {},
                "template": {"metadata": {}, "spec": {"containers": null}},
            },
        });
        assert_eq!(empty_object(kind), expected);
    }
}
