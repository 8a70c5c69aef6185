//! Turns Go declarations into messages and checks them against the published protobuf files.

use std::collections::{BTreeMap, BTreeSet};

use super::go::{self, Body, GoField, Package, TypeDecl, TypeExpr};
use super::model::{Field, Id, Message, Type};
use super::proto::{self, ProtoField};

const META: &str = "k8s.io/apimachinery/pkg/apis/meta/v1";
const APIEXTENSIONS: &str = "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/";

/// Types that have protobuf forms but occur in no object: the command line's quantity and the
/// envelope of encoded objects.
const INTERNAL: &[&str] = &["QuantityValue", "Unknown"];

/// Packages by import path with the messages of their protobuf files.
pub(crate) struct Universe {
    packages: BTreeMap<String, (Package, proto::Messages)>,
}

/// What a type expression comes to as the type of a field.
struct Resolved<'a> {
    ty: Type,
    shape: &'static str,
    pointer: bool,
    /// Markers of the named list or map type.
    markers: &'a [String],
    values: Vec<String>,
    /// The Go type as `reflect` prints it, without the outermost pointer.
    go: String,
}

impl Universe {
    pub(crate) fn new(packages: Vec<(Package, proto::Messages)>) -> Self {
        let packages = packages.into_iter().map(|(p, m)| (p.path.clone(), (p, m))).collect();
        Self { packages }
    }

    /// The messages of the packages whose Go types are structures with an OpenAPI name. Of packages
    /// with protobuf files, only what these hold is part of the API.
    pub(crate) fn models(&self) -> impl Iterator<Item = Id> {
        self.packages.values().flat_map(|(package, messages)| {
            let names = package.models.keys().filter(|name| {
                let declaration = package.types.get(*name);
                declaration.is_some_and(|declaration| self.struct_fields(declaration).is_ok())
                    && (messages.is_empty() || messages.contains_key(*name))
                    && !INTERNAL.contains(&name.as_str())
            });
            names.map(|name| (package.path.clone(), name.clone()))
        })
    }

    /// All packages, by path.
    pub(crate) fn packages(&self) -> impl Iterator<Item = &Package> {
        self.packages.values().map(|(package, _)| package)
    }

    /// Follows aliases to the type that they stand for.
    pub(crate) fn canonical(&self, id: Id) -> Result<Id, String> {
        match &self.declaration(&id)?.body {
            Body::Alias(TypeExpr::Named(path, name)) => {
                self.canonical((path.clone(), name.clone()))
            }
            _ => Ok(id),
        }
    }

    /// Every message that can be reached from the roots; all problems if there are any.
    pub(crate) fn messages(&self, roots: BTreeSet<Id>) -> Result<BTreeMap<Id, Message>, String> {
        let mut messages = BTreeMap::new();
        let mut problems = Vec::new();
        let mut queue: Vec<Id> = roots.into_iter().collect();
        while let Some(id) = queue.pop() {
            if messages.contains_key(&id) {
                continue;
            }
            match self.message(&id) {
                Ok(message) => {
                    let types = message.fields.iter().filter_map(|field| field.ty.as_ref());
                    queue.extend(types.filter_map(|ty| match ty {
                        Type::Message(id) => Some(id.clone()),
                        Type::Scalar(_) => None,
                    }));
                    self.check(&id, &message, &mut problems);
                    messages.insert(id, message);
                }
                Err(problem) => problems.push(format!("{}.{}: {problem}", id.0, id.1)),
            }
        }
        if problems.is_empty() { Ok(messages) } else { Err(problems.join("\n")) }
    }

    fn declaration(&self, id: &Id) -> Result<&TypeDecl, String> {
        let package =
            self.packages.get(&id.0).ok_or_else(|| format!("package {} unknown", id.0))?;
        let declaration = package.0.types.get(&id.1);
        declaration.ok_or_else(|| format!("type {}.{} unknown", id.0, id.1))
    }

    fn proto(&self, id: &Id) -> Option<&[ProtoField]> {
        Some(self.packages.get(&id.0)?.1.get(&id.1)?.as_slice())
    }

    fn message(&self, id: &Id) -> Result<Message, String> {
        let declaration = self.declaration(id)?;
        let form = form(id).unwrap_or(match declaration.body {
            Body::Named(TypeExpr::Slice(_)) => "Items",
            _ => "Object",
        });
        let fields = if form == "Object" {
            let fields = self.struct_fields(declaration)?;
            fields
                .iter()
                .filter_map(|field| self.field(field).transpose())
                .collect::<Result<_, _>>()?
        } else {
            self.proto_fields(id)?
        };
        let markers = &declaration.markers;
        let atomic = ["structType", "listType", "mapType"]
            .iter()
            .any(|name| go::marker(markers, name) == Some("atomic"));
        Ok(Message { name: self.model_name(id), form, fields, atomic })
    }

    fn model_name(&self, id: &Id) -> String {
        if let Some(name) = self.packages.get(&id.0).and_then(|(p, _)| p.models.get(&id.1)) {
            return name.clone();
        }
        let (host, rest) = id.0.split_once('/').unwrap_or((&id.0, ""));
        let host: Vec<&str> = host.rsplit('.').collect();
        format!("{}.{}.{}", host.join("."), rest.replace('/', "."), id.1)
    }

    /// The fields of a structure, also if it is declared as a copy of another one.
    fn struct_fields<'a>(&'a self, declaration: &'a TypeDecl) -> Result<&'a [GoField], String> {
        match &declaration.body {
            Body::Struct(fields) => Ok(fields),
            Body::Named(TypeExpr::Named(path, name)) => {
                self.struct_fields(self.declaration(&(path.clone(), name.clone()))?)
            }
            other => Err(format!("not a structure: {other:?}")),
        }
    }

    fn field(&self, go: &GoField) -> Result<Option<Field>, String> {
        let json_tag = go::tag(&go.tag, "json");
        let mut options = json_tag.unwrap_or_default().split(',');
        let name = options.next().unwrap_or_default();
        if name == "-" {
            return Ok(None);
        }
        let options: Vec<&str> = options.collect();
        let inlined = name.is_empty() && go.embedded;
        let json = if name.is_empty() && !inlined { &go.name } else { name };
        let resolved = self.resolve(&go.ty).map_err(|e| format!("field {}: {e}", go.name))?;
        let (number, proto) = proto_tag(go).unwrap_or_default();
        let omit_empty = options.contains(&"omitempty");
        let required = go::marker(&go.markers, "required").is_some();
        let strategy = go::tag(&go.tag, "patchStrategy").unwrap_or_default();
        Ok(Some(Field {
            json: json.to_owned(),
            number,
            proto,
            shape: resolved.shape,
            pointer: resolved.pointer,
            omit: match (options.contains(&"omitzero"), omit_empty) {
                (true, _) => "Zero",
                (false, true) => "Empty",
                (false, false) => "Never",
            },
            optional: !required && (omit_empty || go::marker(&go.markers, "optional").is_some()),
            topology: topology(&go.markers)
                .or_else(|| topology(resolved.markers))
                .unwrap_or("Default"),
            keys: go::marker_values(&go.markers, "listMapKey"),
            patch_strategy: strategy
                .split(',')
                .filter(|s| !s.is_empty())
                .map(str::to_owned)
                .collect(),
            patch_merge_key: go::tag(&go.tag, "patchMergeKey").unwrap_or_default().to_owned(),
            default: self.default(go)?,
            values: resolved.values,
            go_type: named(&resolved.ty, resolved.shape, resolved.go)
                .map_err(|e| format!("field {}: {e}", go.name))?,
            ty: Some(resolved.ty),
        }))
    }

    /// JSON text of the declared default; `ref(X)` names a constant.
    fn default(&self, go: &GoField) -> Result<Option<String>, String> {
        let Some(text) = go::marker(&go.markers, "default") else { return Ok(None) };
        let Some(name) = text.strip_prefix("ref(").and_then(|rest| rest.strip_suffix(')')) else {
            let value: serde_json::Value =
                serde_json::from_str(text).map_err(|e| format!("default {text}: {e}"))?;
            return Ok(Some(value.to_string()));
        };
        let name = name.rsplit('.').next().unwrap_or(name);
        let mut constants = self.packages().flat_map(|package| &package.constants);
        let constant = constants.find(|constant| constant.name == name);
        let constant = constant.ok_or_else(|| format!("constant {name} unknown"))?;
        Ok(Some(serde_json::Value::from(constant.value.as_str()).to_string()))
    }

    fn resolve(&self, ty: &TypeExpr) -> Result<Resolved<'_>, String> {
        match ty {
            TypeExpr::Builtin(name) => Ok(single(Type::Scalar(scalar(name)?), name.clone())),
            TypeExpr::Pointer(inner) => {
                let inner = self.resolve(inner)?;
                if inner.shape != "Single" {
                    return Err(format!("pointer to a list or map: {ty:?}"));
                }
                Ok(Resolved { pointer: true, ..inner })
            }
            TypeExpr::Slice(inner) if **inner == TypeExpr::Builtin("byte".to_owned()) => {
                Ok(single(Type::Scalar("Bytes"), "[]uint8".to_owned()))
            }
            TypeExpr::Slice(inner) => self.collection("List", "[]", inner),
            TypeExpr::Map(key, value) => match self.resolve(key)? {
                Resolved { ty: Type::Scalar("String"), go, .. } => {
                    self.collection("Map", &format!("map[{go}]"), value)
                }
                other => Err(format!("map from {:?}", other.ty)),
            },
            // Only cells of tables: any JSON.
            TypeExpr::Any => {
                let raw = ("k8s.io/apimachinery/pkg/runtime".to_owned(), "RawExtension".to_owned());
                let go = "interface {}".to_owned();
                Ok(Resolved { pointer: true, ..single(Type::Message(raw), go) })
            }
            TypeExpr::Named(path, name) => self.resolve_named((path.clone(), name.clone())),
            TypeExpr::Other(text) => Err(format!("type {text} not understood")),
        }
    }

    fn collection(
        &self,
        shape: &'static str,
        prefix: &str,
        element: &TypeExpr,
    ) -> Result<Resolved<'_>, String> {
        let element = self.resolve(element)?;
        let any = matches!(&element.ty, Type::Message((_, name)) if name == "RawExtension");
        if element.shape != "Single" || (element.pointer && !any) {
            return Err("list or map of pointers, lists or maps".to_owned());
        }
        let go = format!("{prefix}{}", element.go);
        Ok(Resolved { shape, pointer: false, go, ..element })
    }

    fn resolve_named(&self, id: Id) -> Result<Resolved<'_>, String> {
        let id = self.canonical(id)?;
        let declaration = self.declaration(&id)?;
        let go = go_name(&id);
        let message = |id| {
            let go = go_name(&id);
            single(Type::Message(id), go)
        };
        if form(&id).is_some() {
            return Ok(message(id));
        }
        let inner = match &declaration.body {
            Body::Struct(_) => return Ok(message(id)),
            Body::Named(inner) | Body::Alias(inner) => inner,
        };
        match inner {
            TypeExpr::Slice(_) if self.proto(&id).is_some() => Ok(message(id)),
            TypeExpr::Slice(_) | TypeExpr::Map(..) => {
                let resolved = self.resolve(inner)?;
                if scalar_name(&resolved.ty).is_some_and(|name| !resolved.go.ends_with(name)) {
                    return Err(format!("{go} holds a named scalar type"));
                }
                Ok(Resolved { markers: &declaration.markers, go, ..resolved })
            }
            TypeExpr::Named(..) if self.struct_fields(declaration).is_ok() => Ok(message(id)),
            _ => {
                let mut resolved = Resolved { go, ..self.resolve(inner)? };
                if go::marker(&declaration.markers, "enum").is_some() {
                    resolved.values = self.values(&id);
                }
                Ok(resolved)
            }
        }
    }

    /// Values of the constants of a type, sorted.
    fn values(&self, id: &Id) -> Vec<String> {
        let constants = self.packages.get(&id.0).map(|(package, _)| &package.constants);
        let constants = constants.into_iter().flatten().filter(|constant| constant.ty == id.1);
        let values: BTreeSet<String> = constants.map(|constant| constant.value.clone()).collect();
        values.into_iter().collect()
    }

    /// The fields of a message whose JSON is not an object: those of its protobuf form.
    fn proto_fields(&self, id: &Id) -> Result<Vec<Field>, String> {
        let fields = self.proto(id).ok_or("no protobuf message")?;
        let field = |proto: &ProtoField| {
            let ty = match proto.ty.as_str() {
                "bool" => Type::Scalar("Bool"),
                "bytes" => Type::Scalar("Bytes"),
                "int32" => Type::Scalar("Int32"),
                "int64" => Type::Scalar("Int64"),
                "string" => Type::Scalar("String"),
                name if !name.starts_with('.') => Type::Message((id.0.clone(), name.to_owned())),
                name => return Err(format!("type {name} not understood")),
            };
            Ok(Field {
                json: proto.name.clone(),
                number: proto.number,
                proto: proto.name.clone(),
                shape: if proto.label == "repeated" { "List" } else { "Single" },
                pointer: matches!(ty, Type::Message(_)) && proto.label == "optional",
                omit: "Never",
                topology: "Default",
                ty: Some(ty),
                ..Field::default()
            })
        };
        fields.iter().map(field).collect()
    }

    /// Compares a message with the published protobuf file.
    fn check(&self, id: &Id, message: &Message, problems: &mut Vec<String>) {
        let mut ours: Vec<ProtoField> = Vec::new();
        for field in message.fields.iter().filter(|field| field.number != 0) {
            ours.push(ProtoField {
                name: field.proto.clone(),
                number: field.number,
                label: match field.shape {
                    "List" => "repeated",
                    "Map" => "map",
                    _ => "optional",
                },
                ty: match &field.ty {
                    Some(Type::Message((path, name))) if *path == id.0 => name.clone(),
                    Some(Type::Message((path, name))) => {
                        format!(".{}.{name}", path.replace('/', "."))
                    }
                    Some(Type::Scalar(scalar)) => scalar.to_lowercase(),
                    None => String::new(),
                },
            });
        }
        let mut theirs = self.proto(id).unwrap_or_default().to_vec();
        ours.sort_by_key(|field| field.number);
        theirs.sort_by_key(|field| field.number);
        if ours != theirs {
            let only = |a: &[ProtoField], b: &[ProtoField]| {
                let only = a.iter().filter(|field| !b.contains(field));
                only.map(|field| format!("{field:?}")).collect::<Vec<_>>().join(", ")
            };
            problems.push(format!(
                "{}.{}: Go and protobuf differ\n  Go: {}\n  protobuf: {}",
                id.0,
                id.1,
                only(&ours, &theirs),
                only(&theirs, &ours)
            ));
        }
    }
}

/// The form of messages that JSON shows otherwise than as an object of their fields.
fn form(id: &Id) -> Option<&'static str> {
    let (path, name) = (id.0.as_str(), id.1.as_str());
    Some(match (path, name) {
        ("k8s.io/apimachinery/pkg/api/resource", "Quantity") => "Quantity",
        ("k8s.io/apimachinery/pkg/util/intstr", "IntOrString") => "IntOrString",
        ("k8s.io/apimachinery/pkg/runtime", "RawExtension") => "Raw",
        (META, "Time") => "Time",
        (META, "MicroTime") => "MicroTime",
        (META, "Duration") => "Duration",
        (META, "FieldsV1") => "FieldsV1",
        _ if path.starts_with(APIEXTENSIONS) => match name {
            "JSON" => "Raw",
            "JSONSchemaPropsOrArray" => "SchemaOrArray",
            "JSONSchemaPropsOrBool" => "SchemaOrBool",
            "JSONSchemaPropsOrStringArray" => "SchemaOrStringArray",
            _ => return None,
        },
        _ => return None,
    })
}

/// What a field's type is if nothing but the type's own name is known.
fn single(ty: Type, go: String) -> Resolved<'static> {
    Resolved { ty, shape: "Single", pointer: false, markers: &[], values: Vec::new(), go }
}

/// A declared type as `reflect` prints it, such as `v1.Pod`.
fn go_name(id: &Id) -> String {
    format!("{}.{}", id.0.rsplit('/').next().unwrap_or_default(), id.1)
}

/// The Go type, if it is another one than the catalog's type and shape say by themselves.
fn named(ty: &Type, shape: &str, go: String) -> Result<String, String> {
    let element = match ty {
        Type::Scalar(_) => scalar_name(ty).ok_or("scalar without a Go name")?.to_owned(),
        Type::Message(id) => go_name(id),
    };
    let plain = match shape {
        "List" => format!("[]{element}"),
        "Map" => format!("map[string]{element}"),
        _ => element,
    };
    Ok(if go == plain || go.ends_with("interface {}") { String::new() } else { go })
}

/// The predeclared Go type that a scalar has unless its field says otherwise.
fn scalar_name(ty: &Type) -> Option<&'static str> {
    let Type::Scalar(scalar) = ty else { return None };
    Some(match *scalar {
        "Bool" => "bool",
        "Bytes" => "[]uint8",
        "Double" => "float64",
        "Int32" => "int32",
        "Int64" => "int64",
        "String" => "string",
        "Uint32" => "uint32",
        "Uint64" => "uint64",
        _ => return None,
    })
}

fn scalar(name: &str) -> Result<&'static str, String> {
    Ok(match name {
        "bool" => "Bool",
        "float64" => "Double",
        "int32" => "Int32",
        "int" | "int64" => "Int64",
        "string" => "String",
        "uint32" => "Uint32",
        "uint64" => "Uint64",
        _ => return Err(format!("scalar {name} not understood")),
    })
}

fn topology(markers: &[String]) -> Option<&'static str> {
    let value =
        ["listType", "mapType", "structType"].iter().find_map(|n| go::marker(markers, n))?;
    match value {
        "atomic" => Some("Atomic"),
        "granular" => Some("Granular"),
        "map" => Some("Map"),
        "set" => Some("Set"),
        _ => None,
    }
}

/// Number and name of `protobuf:"bytes,1,opt,name=x"`; without a name, it is the Go name's.
fn proto_tag(field: &GoField) -> Option<(u32, String)> {
    let mut parts = go::tag(&field.tag, "protobuf")?.split(',');
    let number = parts.nth(1)?.parse().ok()?;
    let name = parts
        .find_map(|part| part.strip_prefix("name="))
        .map_or_else(|| field.name[..1].to_lowercase() + &field.name[1..], str::to_owned);
    Some((number, name))
}
