//! The one document of OpenAPI v2, from the paths and definitions of those of v3.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE;
use pintle_machinery::{Map, Value, json};
use serde::Serialize;
use serde_json::json;
use serde_json::value::RawValue;

use super::schema::{self, PREFIX};
use super::{Docs, bearer_token, info};
use crate::negotiate::PATCH_TYPES;

/// Where references point.
const DEFINITIONS: &str = "#/definitions/";

/// Media types in the order in which routes produce them; v3 has them in a map.
const PRODUCED: &[&str] = &[
    "text/plain",
    "application/json",
    "application/yaml",
    "application/vnd.kubernetes.protobuf",
    "application/json;stream=watch",
    "application/vnd.kubernetes.protobuf;stream=watch",
];

/// The document while it is put together. What is done is kept as text, which is far smaller.
#[derive(Default)]
pub(super) struct Builder {
    paths: BTreeMap<String, Box<RawValue>>,
    definitions: BTreeMap<String, Box<RawValue>>,
    parameters: BTreeMap<String, Value>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Root {
    swagger: &'static str,
    info: Value,
    paths: BTreeMap<String, Box<RawValue>>,
    definitions: BTreeMap<String, Box<RawValue>>,
    parameters: BTreeMap<String, Value>,
    security_definitions: Value,
    security: Value,
}

impl Builder {
    /// Adds paths of a v3 document, and the definitions that they need.
    pub(super) fn add(&mut self, paths: Map<String, Value>, docs: Docs<'_>) {
        let paths = Value::Object(paths);
        let known = |name: &str| self.definitions.contains_key(name);
        let found = schema::definitions(&paths, None, docs, &known);
        for (name, mut schema) in found {
            convert(&mut schema);
            self.definitions.insert(name, raw(&schema));
        }
        let Value::Object(paths) = paths else { return };
        for (path, item) in paths {
            let item = self.path(item);
            self.paths.insert(path, raw(&item));
        }
    }

    /// The JSON text.
    pub(super) fn finish(self) -> String {
        json::to_string(&Root {
            swagger: "2.0",
            info: info(),
            paths: self.paths,
            definitions: self.definitions,
            parameters: self.parameters,
            security_definitions: bearer_token(),
            security: json!([{"BearerToken": []}]),
        })
    }

    fn path(&mut self, item: Value) -> Value {
        let Value::Object(fields) = item else { return item };
        let converted = fields.into_iter().map(|(key, value)| match value {
            Value::Array(parameters) => (key, self.parameters(parameters)),
            operation => (key, self.operation(operation)),
        });
        Value::Object(converted.collect())
    }

    fn operation(&mut self, mut operation: Value) -> Value {
        let Some(fields) = operation.as_object_mut() else { return operation };
        let mut parameters = Vec::new();
        let mut consumes = fields.contains_key("x-kubernetes-action").then(|| json!(["*/*"]));
        if let Some(body) = fields.remove("requestBody") {
            let (media, schema) = content(&body, &PATCH_TYPES);
            consumes = Some(media.into());
            parameters.push(body_parameter(&body, schema));
        }
        if let Some(Value::Array(rest)) = fields.remove("parameters") {
            parameters.extend(rest);
        }
        let mut produces = Value::Null;
        if let Some(Value::Object(answers)) = fields.get_mut("responses") {
            for answer in answers.values_mut().filter(|answer| answer["content"].is_object()) {
                let (media, schema) = content(answer, PRODUCED);
                produces = media.into();
                // A document says that it consumes what it produces, but for plain text.
                if consumes.is_none() && schema["$ref"].is_string() {
                    consumes = Some(produces.clone());
                }
                if let Some(answer) = answer.as_object_mut() {
                    answer.remove("content");
                    answer.insert("schema".into(), schema);
                }
            }
        }
        fields.insert("produces".into(), produces);
        if let Some(consumes) = consumes {
            fields.insert("consumes".into(), consumes);
        }
        fields.insert("schemes".into(), json!(["https"]));
        if !parameters.is_empty() {
            fields.insert("parameters".into(), self.parameters(parameters));
        }
        operation
    }

    /// Parameters, those that several operations may have as references
    /// (kube-openapi `builder.deduplicateParameters`).
    fn parameters(&mut self, parameters: Vec<Value>) -> Value {
        let mut shared = |mut parameter: Value| {
            if let Some(fields) = parameter.as_object_mut()
                && fields["in"] != "body"
                && let Some(Value::Object(schema)) = fields.remove("schema")
            {
                fields.extend(schema);
            }
            if !is_shared(&parameter) {
                return parameter;
            }
            let name = shared_name(&parameter);
            let reference = json!({"$ref": format!("#/parameters/{name}")});
            self.parameters.insert(name, parameter);
            reference
        };
        parameters.into_iter().map(&mut shared).collect()
    }
}

fn raw(tree: &Value) -> Box<RawValue> {
    RawValue::from_string(json::to_string(tree)).expect("what the encoder writes is JSON")
}

/// The media types of a body, in their right order, and its schema, which is the same for all.
fn content(holder: &Value, order: &[&str]) -> (Vec<String>, Value) {
    let Some(content) = holder["content"].as_object() else { return (Vec::new(), Value::Null) };
    let mut media: Vec<String> = content.keys().cloned().collect();
    media.sort_by_key(|media| order.iter().position(|known| known == media));
    let mut schema = content.values().next().map_or(Value::Null, |first| first["schema"].clone());
    convert(&mut schema);
    (media, schema)
}

fn body_parameter(body: &Value, schema: Value) -> Value {
    let mut parameter = json!({"name": "body", "in": "body", "schema": schema});
    if body["required"] == true {
        parameter["required"] = true.into();
    }
    parameter
}

/// Names belong to kinds; `fieldValidation` and `dryRun` are what old clients look for; bodies are
/// mostly of a kind (kube-openapi `builder.collectSharedParameters`).
fn is_shared(parameter: &Value) -> bool {
    match (parameter["in"].as_str(), parameter["name"].as_str()) {
        (Some("body"), _) => parameter["schema"]["$ref"]
            .as_str()
            .is_some_and(|target| target.starts_with("#/definitions/io.k8s.apimachinery")),
        (_, Some("name")) | (Some("query"), Some("fieldValidation" | "dryRun")) => false,
        _ => true,
    }
}

/// A name with the hash of the parameter's JSON, whose fields stand in the order of Go's structure
/// (kube-openapi `builder.base64Hash`, FNV-1).
fn shared_name(parameter: &Value) -> String {
    let order = ["uniqueItems", "type", "description", "name", "in", "required", "schema"];
    let fields = order.iter().filter_map(|key| {
        let value = parameter.get(*key)?;
        Some(format!("\"{key}\":{}", json::to_string(value)))
    });
    let text = format!("{{{}}}", fields.collect::<Vec<_>>().join(","));
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        hash.wrapping_mul(0x0000_0100_0000_01b3) ^ u64::from(byte)
    });
    let name = parameter["name"].as_str().unwrap_or("param");
    format!("{name}-{}", URL_SAFE.encode(&hash.to_be_bytes()[..6]))
}

/// Makes a v3 schema one of v2, which has references with neighbours, no defaults
/// (apiserver `openapi/handler`'s pruning) and no choice of types.
fn convert(schema: &mut Value) {
    let Some(fields) = schema.as_object_mut() else { return };
    fields.remove("default");
    if fields.remove("oneOf").is_some() {
        fields.insert("type".into(), "string".into());
    }
    if let Some(Value::Array(mut all)) = fields.remove("allOf")
        && let Some(Value::Object(only)) = all.pop()
    {
        fields.extend(only);
    }
    if let Some(Value::String(target)) = fields.get_mut("$ref")
        && let Some(name) = target.strip_prefix(PREFIX)
    {
        *target = format!("{DEFINITIONS}{name}");
    }
    for key in ["items", "additionalProperties"] {
        if let Some(inner) = fields.get_mut(key) {
            convert(inner);
        }
    }
    if let Some(Value::Object(properties)) = fields.get_mut("properties") {
        properties.values_mut().for_each(convert);
    }
}
