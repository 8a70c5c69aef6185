//! Types from OpenAPI schemas, as custom resources declare them.

use std::collections::BTreeMap;

use super::schema::{
    Atom, DEDUCED, Field, List, Map, Scalar, Schema, Text, Topology, TypeId, UNTYPED,
};
use crate::Value;

/// Adds the type that an OpenAPI schema describes (kube-openapi
/// `schemaconv.ToSchemaFromOpenAPI`). References are to names that `schema` has.
pub fn add(schema: &mut Schema, spec: &Value, preserve_unknown: bool) -> Result<TypeId, String> {
    let atom = Reader { schema, preserve_unknown }.atom(spec)?;
    Ok(schema.add(atom))
}

/// The type of a schema that says nothing: anything, with granular maps.
pub fn any() -> Atom {
    Atom {
        scalar: Some(Scalar::Untyped),
        list: Some(List { element: UNTYPED, topology: Topology::Atomic }),
        map: Some(Map { fields: BTreeMap::new(), element: Some(DEDUCED), atomic: false }),
    }
}

/// Adds the types that OpenAPI definitions describe, under their names; they may refer to each
/// other and to names that `schema` has.
pub fn add_named(
    schema: &mut Schema,
    definitions: &serde_json::Map<String, Value>,
) -> Result<(), String> {
    let ids: Vec<TypeId> = definitions.keys().map(|name| schema.named(name.clone()).0).collect();
    for ((name, spec), id) in definitions.iter().zip(ids) {
        let atom = match name.as_str() {
            "io.k8s.apimachinery.pkg.api.resource.Quantity" => {
                Atom { scalar: Some(Scalar::Untyped), ..Atom::default() }
            }
            "io.k8s.apimachinery.pkg.runtime.RawExtension" => schema.atom(UNTYPED).clone(),
            _ => Reader { schema, preserve_unknown: false }.atom(spec)?,
        };
        schema.define(id, atom);
    }
    Ok(())
}

struct Reader<'a> {
    schema: &'a mut Schema,
    preserve_unknown: bool,
}

fn text<'a>(spec: &'a Value, name: &str) -> &'a str {
    spec.get(name).and_then(Value::as_str).unwrap_or_default()
}

impl Reader<'_> {
    fn atom(&mut self, spec: &Value) -> Result<Atom, String> {
        if spec.get("x-kubernetes-preserve-unknown-fields") == Some(&Value::Bool(true)) {
            self.preserve_unknown = true;
        }
        Ok(match text(spec, "type") {
            "" => Atom {
                scalar: Some(Scalar::Untyped),
                list: Some(self.list(spec, true)?),
                map: Some(self.map(spec)?),
            },
            "object" => Atom { map: Some(self.map(spec)?), ..Atom::default() },
            "array" => Atom { list: Some(self.list(spec, false)?), ..Atom::default() },
            other => Atom { scalar: Some(scalar(other, text(spec, "format"))?), ..Atom::default() },
        })
    }

    fn reference(&mut self, spec: &Value) -> Result<TypeId, String> {
        let target = match (text(spec, "$ref"), spec.get("allOf").and_then(Value::as_array)) {
            ("", Some(all)) if all.len() == 1 => text(&all[0], "$ref"),
            (target, _) => target,
        };
        if !target.is_empty() {
            let name = target.rsplit('/').next().unwrap_or(target);
            return self
                .schema
                .find(name)
                .ok_or_else(|| format!("schema error: no type found matching: {name}"));
        }
        let preserve_unknown = self.preserve_unknown;
        let atom = Reader { schema: self.schema, preserve_unknown }.atom(spec)?;
        Ok(self.schema.add(atom))
    }

    fn map(&mut self, spec: &Value) -> Result<Map, String> {
        let mut fields: BTreeMap<Text, Field> = BTreeMap::new();
        for (name, member) in
            spec.get("properties").and_then(Value::as_object).into_iter().flatten()
        {
            let ty = self.reference(member)?;
            let default = member.get("default").filter(|value| !value.is_null()).cloned();
            fields.insert(name.clone().into(), Field { ty, default });
        }
        let element = match spec.get("additionalProperties") {
            None => (self.preserve_unknown || fields.is_empty()).then_some(DEDUCED),
            Some(Value::Bool(allowed)) => allowed.then_some(DEDUCED),
            Some(element) => Some(self.reference(element)?),
        };
        let atomic = match text(spec, "x-kubernetes-map-type") {
            "" | "granular" => false,
            "atomic" => true,
            other => return Err(format!("unknown map type {other}")),
        };
        Ok(Map { fields, element, atomic })
    }

    fn list(&mut self, spec: &Value, any: bool) -> Result<List, String> {
        let element = match spec.get("items") {
            Some(items) => self.reference(items)?,
            None if any => UNTYPED,
            None => return Err("`items` must be specified on arrays".into()),
        };
        let topology = match text(spec, "x-kubernetes-list-type") {
            "" => patch_topology(spec),
            "atomic" => Topology::Atomic,
            "set" => Topology::Set,
            "map" => {
                let keys = spec.get("x-kubernetes-list-map-keys").and_then(Value::as_array);
                let keys = keys.ok_or("missing map keys")?;
                let keys = keys.iter().filter_map(Value::as_str);
                Topology::Map(keys.map(|key| key.to_owned().into()).collect())
            }
            other => return Err(format!("unknown list type {other}")),
        };
        Ok(List { element, topology })
    }
}

/// How elements are told apart by a list that only strategic merge patch knows how to merge.
fn patch_topology(spec: &Value) -> Topology {
    match (text(spec, "x-kubernetes-patch-strategy"), text(spec, "x-kubernetes-patch-merge-key")) {
        ("merge" | "merge,retainKeys", "") => Topology::Set,
        ("merge" | "merge,retainKeys", key) => Topology::Map(vec![key.to_owned().into()]),
        _ => Topology::Atomic,
    }
}

fn scalar(kind: &str, format: &str) -> Result<Scalar, String> {
    Ok(match (kind, format) {
        ("integer" | "number", _) => Scalar::Numeric,
        ("string", "" | "byte") => Scalar::String,
        ("string", _) => Scalar::Untyped,
        ("boolean", _) => Scalar::Boolean,
        (other, _) => return Err(format!("unrecognized type: '{other}'")),
    })
}
