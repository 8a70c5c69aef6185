//! Paths and operations of a group version, from its resources.

use pintle_api::catalog::Resource;
use pintle_machinery::{Map, Value};
use serde_json::json;

use super::Docs;
use super::operations::is_connect;
use super::parameters::{self, DELETE, LIST, SELECT, WRITE};
use super::schema::reference;

pub(super) const META: &str = "io.k8s.apimachinery.pkg.apis.meta.v1.";

const PLAIN: &[&str] =
    &["application/json", "application/vnd.kubernetes.protobuf", "application/yaml"];

const STREAMED: &[&str] = &[
    "application/json",
    "application/json;stream=watch",
    "application/vnd.kubernetes.protobuf",
    "application/vnd.kubernetes.protobuf;stream=watch",
    "application/yaml",
];

/// Words for a group version in operation ids and tags, such as `AppsV1` and `apps_v1`.
pub(super) fn words(group: &str, version: &str) -> (String, String) {
    let first = group.split('.').next().unwrap_or_default();
    let short = if first.is_empty() { "core" } else { group.trim_end_matches(".k8s.io") };
    let mut camel = String::new();
    for part in short.split(['.', '-']) {
        camel.push_str(&capital(part));
    }
    let lower: String = camel.chars().enumerate().map(lower_first).collect();
    let tag = if version.is_empty() { lower } else { format!("{lower}_{version}") };
    (format!("{camel}{}", capital(version)), tag)
}

fn lower_first((at, letter): (usize, char)) -> char {
    if at == 0 { letter.to_ascii_lowercase() } else { letter }
}

pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + letters.as_str())
}

/// A GET of a document that is no resource's.
pub(super) fn document(id: &str, tag: &str, about: &str, kind: &str) -> Value {
    plain(id, tag, about, PLAIN, &reference(kind))
}

/// A GET of anything.
pub(super) fn plain(id: &str, tag: &str, about: &str, media: &[&str], schema: &Value) -> Value {
    let content: Map<String, Value> =
        media.iter().map(|media| ((*media).to_owned(), json!({"schema": schema}))).collect();
    json!({"get": {
        "tags": [tag],
        "description": about,
        "operationId": id,
        "responses": {
            "200": {"description": "OK", "content": content},
            "401": {"description": "Unauthorized"},
        },
    }})
}

/// One operation being written.
pub(super) struct Operation {
    pub(super) path: String,
    pub(super) method: &'static str,
    pub(super) action: &'static str,
    pub(super) id: String,
    pub(super) about: String,
    pub(super) parameters: Vec<Value>,
    pub(super) body: Option<Value>,
    pub(super) answers: Vec<(&'static str, &'static str)>,
    pub(super) produces: &'static [&'static str],
    pub(super) schema: Value,
    pub(super) gvk: (String, String, String),
}

fn article(kind: &str) -> &'static str {
    let vowel = |letter: char| "AEIOU".contains(letter);
    if kind.starts_with(vowel) { "an" } else { "a" }
}

/// A body of any encoding that must be there.
pub(super) fn body(schema: &Value) -> Value {
    json!({"content": {"*/*": {"schema": schema}}, "required": true})
}

/// The options of a deletion, which may be left out.
pub(super) fn optional_body() -> Value {
    json!({"content": {"*/*": {"schema": reference(&format!("{META}DeleteOptions"))}}})
}

/// Writes the paths of one group version.
pub(super) struct Writer<'a> {
    pub(super) root: String,
    pub(super) words: (String, String),
    pub(super) docs: Docs<'a>,
    pub(super) returns_deleted: fn(&Resource) -> bool,
    pub(super) paths: &'a mut Map<String, Value>,
}

pub(super) const OK: (&str, &str) = ("200", "OK");
pub(super) const CREATED: (&str, &str) = ("201", "Created");
pub(super) const ACCEPTED: (&str, &str) = ("202", "Accepted");

impl Writer<'_> {
    /// All paths of a resource.
    pub(super) fn resource(&mut self, resource: &Resource) {
        let base = self.base(resource);
        let has = |verb: &str| resource.verbs.contains(&verb);
        let list = has("list") || has("deletecollection") || has("create");
        if list {
            self.collection(resource, &base);
        }
        if has("get") || has("delete") {
            self.item(resource, &format!("{base}/{{name}}"), None);
        }
        if has("list") && resource.namespaced {
            self.list(resource, format!("{}/{}", self.root, resource.plural), true);
        }
        if has("watch") {
            self.watches(resource, &base);
        }
        for sub in resource.subresources {
            let path = format!("{base}/{{name}}/{}", sub.name);
            if is_connect(sub) {
                self.connect(resource, sub, &path);
            } else {
                self.item(resource, &path, Some(sub));
            }
        }
    }

    fn base(&self, resource: &Resource) -> String {
        let within = if resource.namespaced { "/namespaces/{namespace}" } else { "" };
        format!("{}{within}/{}", self.root, resource.plural)
    }

    /// An operation with what all of a resource's share.
    pub(super) fn operation(
        &self,
        resource: &Resource,
        path: &str,
        verb: &str,
        tail: &str,
    ) -> Operation {
        let scope = if resource.namespaced { "Namespaced" } else { "" };
        let pretty = "If 'true', then the output is pretty printed.";
        let mut parameters = vec![parameters::query("pretty", "string", Some(pretty))];
        if path.contains("{namespace}") {
            let about = "object name and auth scope, such as for teams and projects";
            parameters.push(parameters::segment("namespace", about));
        }
        if path.contains("{name}") {
            parameters.push(parameters::segment("name", &format!("name of the {}", resource.kind)));
        }
        Operation {
            path: path.to_owned(),
            method: "get",
            action: "get",
            id: format!("{verb}{}{scope}{}{tail}", self.words.0, resource.kind),
            about: String::new(),
            parameters,
            body: None,
            answers: vec![OK],
            produces: PLAIN,
            schema: reference(resource.message.name),
            gvk: (resource.group.into(), resource.version.into(), resource.kind.into()),
        }
    }

    fn collection(&mut self, resource: &Resource, base: &str) {
        let has = |verb: &str| resource.verbs.contains(&verb);
        let kind = resource.kind;
        if has("list") {
            self.list(resource, base.to_owned(), false);
        }
        if has("create") {
            let mut operation = self.operation(resource, base, "create", "");
            operation.method = "post";
            operation.action = "post";
            operation.about = format!("create {} {kind}", article(kind));
            operation.parameters.extend(WRITE.parameters(self.docs));
            operation.body = Some(body(&operation.schema));
            operation.answers = vec![OK, CREATED, ACCEPTED];
            self.push(operation);
        }
        if has("deletecollection") {
            let mut operation = self.operation(resource, base, "delete", "");
            let scope = if resource.namespaced { "Namespaced" } else { "" };
            operation.id = format!("delete{}Collection{scope}{kind}", self.words.0);
            operation.method = "delete";
            operation.action = "deletecollection";
            operation.about = format!("delete collection of {kind}");
            operation.parameters.extend(SELECT.parameters(self.docs));
            operation.parameters.extend(DELETE.parameters(self.docs));
            operation.body = Some(optional_body());
            operation.schema = reference(&format!("{META}Status"));
            self.push(operation);
        }
    }

    fn list(&mut self, resource: &Resource, path: String, everywhere: bool) {
        let mut operation = self.operation(resource, &path, "list", "");
        if everywhere {
            operation.id = format!("list{}{}ForAllNamespaces", self.words.0, resource.kind);
        }
        operation.action = "list";
        operation.about = format!("list or watch objects of kind {}", resource.kind);
        operation.parameters.extend(LIST.parameters(self.docs));
        operation.produces = STREAMED;
        operation.schema = reference(&format!("{}List", resource.message.name));
        self.push(operation);
    }

    fn watches(&mut self, resource: &Resource, base: &str) {
        let rest = base.strip_prefix(&self.root).unwrap_or(base);
        let mut forms = vec![
            (format!("{}/watch{rest}", self.root), "watchlist", "List"),
            (format!("{}/watch{rest}/{{name}}", self.root), "watch", ""),
        ];
        if resource.namespaced {
            let path = format!("{}/watch/{}", self.root, resource.plural);
            forms.push((path, "watchlist", "ListForAllNamespaces"));
        }
        for (path, action, tail) in forms {
            let mut operation = self.operation(resource, &path, "watch", tail);
            if tail == "ListForAllNamespaces" {
                operation.id = format!("watch{}{}{tail}", self.words.0, resource.kind);
            }
            operation.action = action;
            operation.about = format!("watch changes to objects of kind {}", resource.kind);
            operation.parameters.extend(LIST.parameters(self.docs));
            operation.produces = STREAMED;
            operation.schema = reference(&format!("{META}WatchEvent"));
            self.push(operation);
        }
    }
}
