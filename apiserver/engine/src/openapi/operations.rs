//! Operations on one object, connections, and how operations are put into paths.

use pintle_api::catalog;
use pintle_api::catalog::{Resource, Subresource};
use pintle_machinery::{Map, Value};
use serde_json::json;

use super::parameters::{self, DELETE, PATCH, WRITE};
use super::paths::{ACCEPTED, CREATED, META, OK, Operation, Writer, body, capital, optional_body};
use super::schema::reference;
use crate::negotiate::PATCH_TYPES;

const LOG: &[&str] =
    &["application/json", "application/vnd.kubernetes.protobuf", "application/yaml", "text/plain"];

const PROXIED: [&str; 7] = ["delete", "get", "head", "options", "patch", "post", "put"];

/// The subresource is a stream to a node rather than an object.
pub(super) fn is_connect(sub: &Subresource) -> bool {
    matches!(sub.name, "attach" | "exec" | "portforward" | "proxy")
}

impl Writer<'_> {
    /// An object, or a subresource of it.
    pub(super) fn item(&mut self, resource: &Resource, path: &str, sub: Option<&Subresource>) {
        for verb in sub.map_or(resource.verbs, |sub| sub.verbs) {
            let (id, method, action) = match *verb {
                "get" => ("read", "get", "get"),
                "update" => ("replace", "put", "put"),
                "patch" => ("patch", "patch", "patch"),
                "delete" if sub.is_none() => ("delete", "delete", "delete"),
                "create" if sub.is_some() => ("create", "post", "post"),
                _ => continue,
            };
            let tail = sub.map_or_else(String::new, |sub| capital(sub.name));
            let mut operation = self.operation(resource, path, id, &tail);
            operation.method = method;
            operation.action = action;
            if let Some(sub) = sub {
                let (group, version, kind) = sub.gvk;
                operation.gvk = (group.into(), version.into(), kind.into());
                let message = catalog().kind(group, version, kind).map(|kind| kind.message.name);
                operation.schema = reference(message.unwrap_or(resource.message.name));
                if sub.name == "log" {
                    operation.gvk = (group.into(), version.into(), resource.kind.into());
                    operation.schema = json!({"type": "string"});
                    operation.produces = LOG;
                    let options = "io.k8s.api.core.v1.PodLogOptions";
                    operation.parameters.extend(parameters::of_message(options, self.docs));
                }
            }
            self.shape(&mut operation, resource);
            self.push(operation);
        }
    }

    /// Parameters, body and answers by the method.
    fn shape(&self, operation: &mut Operation, resource: &Resource) {
        let kind = resource.kind;
        match operation.method {
            "put" => {
                operation.about = format!("replace the specified {kind}");
                operation.parameters.extend(WRITE.parameters(self.docs));
                operation.body = Some(body(&operation.schema));
                operation.answers = vec![OK, CREATED];
            }
            "post" => {
                operation.about = format!("create a {kind}");
                operation.parameters.extend(WRITE.parameters(self.docs));
                operation.body = Some(body(&operation.schema));
                operation.answers = vec![OK, CREATED, ACCEPTED];
            }
            "patch" => {
                operation.about = format!("partially update the specified {kind}");
                operation.parameters.extend(PATCH.parameters(self.docs));
                let patch = reference(&format!("{META}Patch"));
                let content: Map<String, Value> = PATCH_TYPES
                    .iter()
                    .map(|media| ((*media).to_owned(), json!({"schema": patch})))
                    .collect();
                operation.body = Some(json!({"content": content, "required": true}));
                operation.answers = vec![OK, CREATED];
            }
            "delete" => {
                operation.about = format!("delete a {kind}");
                operation.parameters.extend(DELETE.parameters(self.docs));
                operation.body = Some(optional_body());
                operation.answers = vec![OK, ACCEPTED];
                if !(self.returns_deleted)(resource) {
                    operation.schema = reference(&format!("{META}Status"));
                }
            }
            _ => operation.about = format!("read the specified {kind}"),
        }
    }

    /// A stream to a node, by each method that it takes.
    pub(super) fn connect(&mut self, resource: &Resource, sub: &Subresource, path: &str) {
        let options = catalog().kind(sub.gvk.0, sub.gvk.1, sub.gvk.2);
        let methods = if sub.name == "proxy" { &PROXIED[..] } else { &["get", "post"][..] };
        let more = if sub.name == "proxy" { &["", "/{path}"][..] } else { &[""][..] };
        for tail in more {
            let path = format!("{path}{tail}");
            for method in methods {
                let suffix = if tail.is_empty() { "" } else { "WithPath" };
                let name = format!("{}{suffix}", capital(sub.name));
                let mut operation = self.operation(resource, &path, "connect", &name);
                let scope = if resource.namespaced { "Namespaced" } else { "" };
                let words = format!("{}{}{scope}", self.words.0, capital(method));
                operation.id = format!("connect{words}{}{name}", resource.kind);
                operation.method = method;
                operation.action = "connect";
                let upper = method.to_ascii_uppercase();
                let target = format!("{} of {}", sub.name, resource.kind);
                operation.about = format!("connect {upper} requests to {target}");
                operation.parameters.retain(|parameter| parameter["name"] != "pretty");
                if let Some(kind) = options {
                    let found = parameters::of_message(kind.message.name, self.docs);
                    operation.parameters.extend(found);
                }
                if !tail.is_empty() {
                    let about = "path to the resource";
                    operation.parameters.push(parameters::segment("path", about));
                }
                let (group, version, kind) = sub.gvk;
                operation.gvk = (group.into(), version.into(), kind.into());
                operation.produces = &["*/*"];
                operation.schema = json!({"type": "string"});
                self.push(operation);
            }
        }
    }

    /// Puts an operation into its path.
    pub(super) fn push(&mut self, mut operation: Operation) {
        parameters::sort(&mut operation.parameters);
        let content: Map<String, Value> = operation
            .produces
            .iter()
            .map(|media| ((*media).to_owned(), json!({"schema": operation.schema})))
            .collect();
        let mut responses = Map::new();
        for (code, about) in &operation.answers {
            let answer = json!({"description": about, "content": content});
            responses.insert((*code).into(), answer);
        }
        responses.insert("401".into(), json!({"description": "Unauthorized"}));
        let (group, version, kind) = &operation.gvk;
        let mut entry = json!({
            "tags": [self.words.1],
            "description": operation.about,
            "operationId": operation.id,
            "parameters": operation.parameters,
            "responses": responses,
            "x-kubernetes-action": operation.action,
            "x-kubernetes-group-version-kind":
                {"group": group, "version": version, "kind": kind},
        });
        if let Some(body) = operation.body {
            entry["requestBody"] = body;
        }
        let path = self.paths.entry(operation.path).or_insert_with(|| json!({}));
        path[operation.method] = entry;
    }
}

/// Moves the parameters that all operations of a path share to the path
/// (kube-openapi `builder3.openAPI.buildPaths`).
pub(super) fn hoist(path: &mut Value) {
    let Some(operations) = path.as_object_mut() else { return };
    let of = |operation: &Value| operation["parameters"].as_array().cloned().unwrap_or_default();
    let mut all = operations.values().map(of);
    let mut shared = all.next().unwrap_or_default();
    for parameters in all {
        shared.retain(|parameter| parameters.contains(parameter));
    }
    for operation in operations.values_mut() {
        let rest: Vec<Value> =
            of(operation).into_iter().filter(|parameter| !shared.contains(parameter)).collect();
        if rest.is_empty() {
            if let Some(fields) = operation.as_object_mut() {
                fields.remove("parameters");
            }
        } else {
            operation["parameters"] = rest.into();
        }
    }
    if !shared.is_empty() {
        operations.insert("parameters".into(), shared.into());
    }
}
