//! OpenAPI documents, built from the catalog when they are first asked for.

mod enums;
mod operations;
mod parameters;
mod paths;
mod schema;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use bytes::Bytes;
use pintle_api::catalog::{Group, Resource};
use pintle_machinery::{Map, Value};
use serde_json::json;

use crate::discovery::etag;
use crate::meta::api_version;
use paths::Writer;

/// Describes a definition (with an empty field name) or one of its fields.
pub type Docs = fn(definition: &str, field: &str) -> Option<&'static str>;

const META: &str = "io.k8s.apimachinery.pkg.apis.meta.v1.";

/// A document and its hash.
#[derive(Clone, Debug)]
pub struct Document {
    /// The JSON text.
    pub json: Bytes,
    /// Upper-case hexadecimal SHA-512 of it, without quotes.
    pub etag: String,
}

/// What a path of the index stands for.
#[derive(Debug)]
enum Subject {
    Versions,
    Groups,
    Group(&'static str),
    Resources(&'static str, &'static str),
    Version,
    Issuer,
    Keys,
}

/// The documents of a set of resources, each built once.
#[derive(Debug)]
pub struct Documents {
    resources: &'static [Resource],
    docs: Docs,
    entries: BTreeMap<String, (Subject, OnceLock<Document>)>,
}

impl Documents {
    /// Prepares the documents of these groups and resources; builds none.
    pub fn new(groups: &'static [Group], resources: &'static [Resource], docs: Docs) -> Self {
        let mut subjects = vec![
            ("api".to_owned(), Subject::Versions),
            ("apis".to_owned(), Subject::Groups),
            (".well-known/openid-configuration".to_owned(), Subject::Issuer),
            ("openid/v1/jwks".to_owned(), Subject::Keys),
            ("version".to_owned(), Subject::Version),
        ];
        for group in groups {
            let prefix = if group.name.is_empty() { "api" } else { "apis" };
            if !group.name.is_empty() {
                subjects.push((format!("apis/{}", group.name), Subject::Group(group.name)));
            }
            for entry in group.versions {
                let key = format!("{prefix}/{}", api_version(group.name, entry.version));
                subjects.push((key, Subject::Resources(group.name, entry.version)));
            }
        }
        let entries =
            subjects.into_iter().map(|(key, value)| (key, (value, OnceLock::new()))).collect();
        Self { resources, docs, entries }
    }

    /// The document of a path such as `apis/apps/v1`.
    pub fn get(&self, path: &str) -> Option<&Document> {
        let (subject, slot) = self.entries.get(path)?;
        Some(slot.get_or_init(|| {
            let json = pintle_machinery::json::to_string(&self.build(path, subject));
            Document { etag: etag(json.as_bytes()), json: json.into() }
        }))
    }

    /// The index, `/openapi/v3`. It names every document's hash, so it builds those not yet built.
    pub fn index(&self) -> Bytes {
        let paths: Map<String, Value> = self
            .entries
            .keys()
            .filter_map(|key| {
                let url = format!("/openapi/v3/{key}?hash={}", self.get(key)?.etag);
                Some((key.clone(), json!({"serverRelativeURL": url})))
            })
            .collect();
        pintle_machinery::json::to_string(&json!({"paths": paths})).into()
    }

    /// The paths of a document.
    fn paths(&self, path: &str, subject: &Subject) -> Map<String, Value> {
        let mut found = Map::new();
        match subject {
            Subject::Versions => {
                let kind = format!("{META}APIVersions");
                let about = "get available API versions";
                let item = paths::document("getCoreAPIVersions", "core", about, &kind);
                found.insert("/api/".into(), item);
            }
            Subject::Groups => {
                let kind = format!("{META}APIGroupList");
                let about = "get available API versions";
                let item = paths::document("getAPIVersions", "apis", about, &kind);
                found.insert("/apis/".into(), item);
            }
            Subject::Group(group) => {
                let (words, tag) = paths::words(group, "");
                let kind = format!("{META}APIGroup");
                let (id, about) = (format!("get{words}APIGroup"), "get information of a group");
                found.insert(format!("/{path}/"), paths::document(&id, &tag, about, &kind));
            }
            Subject::Version => {
                let kind = schema::reference("io.k8s.apimachinery.pkg.version.Info");
                let about = "get the version information for this server";
                let media = &["application/json"];
                let item = paths::plain("getCodeVersion", "version", about, media, &kind);
                found.insert("/version/".into(), item);
            }
            Subject::Issuer => {
                let id = "getServiceAccountIssuerOpenIDConfiguration";
                let about = "get service account issuer OpenID configuration, \
                    also known as the 'OIDC discovery doc'";
                let text = json!({"type": "string"});
                let item = paths::plain(id, "WellKnown", about, &["application/json"], &text);
                found.insert("/.well-known/openid-configuration/".into(), item);
            }
            Subject::Keys => {
                let id = "getServiceAccountIssuerOpenIDKeyset";
                let about = "get service account issuer OpenID JSON Web Key Set \
                    (contains public token verification keys)";
                let text = json!({"type": "string"});
                let media = &["application/jwk-set+json"];
                let item = paths::plain(id, "openid", about, media, &text);
                found.insert("/openid/v1/jwks/".into(), item);
            }
            Subject::Resources(group, version) => {
                self.resources(path, group, version, &mut found);
            }
        }
        found
    }

    fn build(&self, path: &str, subject: &Subject) -> Value {
        let own = match subject {
            Subject::Resources(group, version) => (*group, *version),
            _ => ("", "v1"),
        };
        let paths = Value::Object(self.paths(path, subject));
        let schemas = schema::definitions(&paths, own, self.docs);
        let mut components = json!({"securitySchemes": {"BearerToken": {
            "description": "Bearer Token authentication",
            "type": "apiKey",
            "name": "authorization",
            "in": "header",
        }}});
        if !schemas.is_empty() {
            components["schemas"] = schemas.into();
        }
        json!({
            "openapi": "3.0.0",
            "info": {"title": "Kubernetes", "version": "1.37"},
            "paths": paths,
            "components": components,
        })
    }

    fn resources(&self, path: &str, group: &str, version: &str, found: &mut Map<String, Value>) {
        let words = paths::words(group, version);
        let kind = format!("{META}APIResourceList");
        let (id, about) = (format!("get{}APIResources", words.0), "get available resources");
        found.insert(format!("/{path}/"), paths::document(&id, &words.1, about, &kind));
        let mut writer =
            Writer { root: format!("/{path}"), words, docs: self.docs, paths: &mut *found };
        for resource in self.resources {
            if (resource.group, resource.version) == (group, version) {
                writer.resource(resource);
            }
        }
        found.values_mut().for_each(operations::hoist);
    }
}

#[cfg(test)]
mod tests;
