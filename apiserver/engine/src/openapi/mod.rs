//! OpenAPI documents, built from the catalog when they are first asked for. Those of v3 come first;
//! v2's is made of their parts, and protobuf of the JSON.

pub mod enums;
mod operations;
mod parameters;
mod paths;
mod protobuf;
mod schema;
mod v2;

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};

use bytes::Bytes;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use pintle_api::catalog::{Group, Resource};
use pintle_machinery::{Map, Value, json};
use serde_json::json;

use crate::discovery::etag;
use crate::meta::api_version;
use paths::Writer;
use protobuf::Message;

/// Describes definitions and their fields.
pub trait Texts: Send + Sync {
    /// What a definition (with an empty field name) or one of its fields is for.
    fn describe(&self, definition: &str, field: &str) -> Option<&str>;
}

type Docs<'a> = &'a dyn Texts;

const META: &str = "io.k8s.apimachinery.pkg.apis.meta.v1.";

/// A document and its hash. It is kept compressed: most are hardly ever asked for.
#[derive(Debug)]
pub struct Document {
    /// The JSON text in gzip's format.
    pub packed: Bytes,
    /// Upper-case hexadecimal SHA-512 of the JSON text, without quotes.
    pub etag: String,
    structure: &'static Message,
}

impl Document {
    fn new(json: &[u8], structure: &'static Message) -> Self {
        Self { packed: pack(json), etag: etag(json), structure }
    }

    /// The JSON text.
    pub fn json(&self) -> Bytes {
        let mut out = Vec::new();
        let read = GzDecoder::new(&*self.packed).read_to_end(&mut out);
        read.expect("what was packed can be unpacked");
        out.into()
    }

    /// The protobuf that gnostic makes of the JSON text.
    pub fn protobuf(&self) -> Bytes {
        let tree: Value = serde_json::from_slice(&self.json()).expect("the document is JSON");
        protobuf::encode(self.structure, &tree).into()
    }
}

/// Bytes in gzip's format.
pub fn pack(bytes: &[u8]) -> Bytes {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    let packed = encoder.write_all(bytes).and_then(|()| encoder.finish());
    packed.expect("writing to memory does not fail").into()
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

/// The documents of a set of resources, each built once, when it is first asked for.
pub struct Documents {
    resources: &'static [Resource],
    read_texts: fn() -> Arc<dyn Texts>,
    returns_deleted: fn(&Resource) -> bool,
    /// The texts while documents are being built; they are large.
    texts: Mutex<Weak<dyn Texts>>,
    entries: BTreeMap<String, (Subject, OnceLock<Document>)>,
    v2: OnceLock<Document>,
}

impl Documents {
    /// Prepares the documents of these groups and resources; builds none. The last argument says
    /// whether a deletion is said to answer with the object.
    pub fn new(
        groups: &'static [Group],
        resources: &'static [Resource],
        read_texts: fn() -> Arc<dyn Texts>,
        returns_deleted: fn(&Resource) -> bool,
    ) -> Self {
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
        let none: Weak<dyn Texts> = Weak::<Untold>::new();
        let texts = Mutex::new(none);
        Self { resources, read_texts, returns_deleted, texts, entries, v2: OnceLock::new() }
    }

    /// The v3 document of a path such as `apis/apps/v1`.
    pub fn get(&self, path: &str) -> Option<&Document> {
        let (subject, slot) = self.entries.get(path)?;
        Some(slot.get_or_init(|| {
            let json = json::to_string(&self.build(path, subject, &*self.texts()));
            Document::new(json.as_bytes(), &protobuf::v3::DOCUMENT)
        }))
    }

    /// The v2 document, of everything.
    pub fn v2(&self) -> &Document {
        self.v2.get_or_init(|| {
            let texts = self.texts();
            let mut builder = v2::Builder::default();
            for (path, (subject, _)) in &self.entries {
                builder.add(self.paths(path, subject, &*texts), &*texts);
            }
            Document::new(builder.finish().as_bytes(), &protobuf::v2::DOCUMENT)
        })
    }

    /// The index, `/openapi/v3`. It names every document's hash, so it builds those not yet built.
    pub fn index(&self) -> Bytes {
        let is_built = |(_, slot): &(Subject, OnceLock<Document>)| slot.get().is_some();
        let _texts = (!self.entries.values().all(is_built)).then(|| self.texts());
        let paths: Map<String, Value> = self
            .entries
            .keys()
            .filter_map(|key| {
                let url = format!("/openapi/v3/{key}?hash={}", self.get(key)?.etag);
                Some((key.clone(), json!({"serverRelativeURL": url})))
            })
            .collect();
        json::to_string(&json!({"paths": paths})).into()
    }

    /// The texts, for as long as the caller holds them.
    fn texts(&self) -> Arc<dyn Texts> {
        let mut known = self.texts.lock().unwrap_or_else(PoisonError::into_inner);
        known.upgrade().unwrap_or_else(|| {
            let texts = (self.read_texts)();
            *known = Arc::downgrade(&texts);
            texts
        })
    }

    /// The paths of a document.
    fn paths(&self, path: &str, subject: &Subject, docs: Docs<'_>) -> Map<String, Value> {
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
                self.resources(path, (group, version), docs, &mut found);
            }
        }
        found
    }

    fn build(&self, path: &str, subject: &Subject, docs: Docs<'_>) -> Value {
        let own = match subject {
            Subject::Resources(group, version) => (*group, *version),
            _ => ("", "v1"),
        };
        let paths = Value::Object(self.paths(path, subject, docs));
        let schemas = schema::definitions(&paths, Some(own), docs, &|_| false);
        let mut components = json!({"securitySchemes": bearer_token()});
        if !schemas.is_empty() {
            components["schemas"] = schemas.into();
        }
        json!({"openapi": "3.0.0", "info": info(), "paths": paths, "components": components})
    }

    fn resources(
        &self,
        path: &str,
        (group, version): (&str, &str),
        docs: Docs<'_>,
        found: &mut Map<String, Value>,
    ) {
        let words = paths::words(group, version);
        let kind = format!("{META}APIResourceList");
        let (id, about) = (format!("get{}APIResources", words.0), "get available resources");
        found.insert(format!("/{path}/"), paths::document(&id, &words.1, about, &kind));
        let mut writer = Writer {
            root: format!("/{path}"),
            words,
            docs,
            returns_deleted: self.returns_deleted,
            paths: &mut *found,
        };
        for resource in self.resources {
            if (resource.group, resource.version) == (group, version) {
                writer.resource(resource);
            }
        }
        found.values_mut().for_each(operations::hoist);
    }
}

fn info() -> Value {
    json!({"title": "Kubernetes", "version": "1.37"})
}

/// How clients say who they are.
fn bearer_token() -> Value {
    json!({"BearerToken": {
        "description": "Bearer Token authentication",
        "type": "apiKey",
        "name": "authorization",
        "in": "header",
    }})
}

/// No texts at all.
struct Untold;

impl Texts for Untold {
    fn describe(&self, _: &str, _: &str) -> Option<&str> {
        None
    }
}

#[cfg(test)]
mod tests;
