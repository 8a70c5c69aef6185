//! Our documents beside the published ones.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use pintle_api::catalog;

use super::*;

/// A published file or folder in the Go module cache.
fn published(name: &str) -> Option<PathBuf> {
    let cache = std::env::var_os("GOMODCACHE").map(PathBuf::from).or_else(|| {
        let home = std::env::var_os("GOPATH").map(PathBuf::from);
        let home = home.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join("go")));
        Some(home?.join("pkg/mod"))
    })?;
    let module = format!("k8s.io/kubernetes@{}/api/openapi-spec", catalog().release);
    let found = cache.join(module).join(name);
    if found.exists() {
        return Some(found);
    }
    eprintln!("skipped: no {}", found.display());
    None
}

/// Leaves out descriptions; what the published files say or leave out because they are written with
/// other feature gates, which is CBOR and the values of enumerations; and the list that is only there to make room for one.
fn plain(tree: Value) -> Value {
    match tree {
        Value::Array(items) => {
            let known = |item: &Value| !item.as_str().is_some_and(|text| text.contains("cbor"));
            items.into_iter().filter(known).map(plain).collect()
        }
        Value::Object(mut fields) => {
            if fields.get("description").is_some_and(Value::is_string) {
                fields.remove("description");
            }
            if fields.get("enum").is_some_and(Value::is_array) {
                fields.remove("enum");
            }
            fields.retain(|key, _| !key.contains("cbor"));
            if let Some(all) = fields.remove("allOf") {
                fields.insert("$ref".into(), all[0]["$ref"].clone());
            }
            fields.into_iter().map(|(key, value)| (key, plain(value))).collect()
        }
        other => other,
    }
}

/// How often something is missing, extra or different, and where.
#[derive(Default)]
struct Differences(BTreeMap<String, usize>);

impl Differences {
    fn count(&mut self, path: &[&str], what: &str) {
        let part = path.iter().take(2).copied().collect::<Vec<_>>().join("/");
        let last = path.last().copied().unwrap_or_default();
        let part = if path[0] == "paths" { "paths" } else { &part };
        *self.0.entry(format!("{what} {part} {last}")).or_default() += 1;
    }

    fn compare<'a>(&mut self, path: &mut Vec<&'a str>, wanted: &'a Value, found: &'a Value) {
        match (wanted, found) {
            (Value::Object(wanted), Value::Object(found)) => {
                for (key, value) in wanted {
                    path.push(key);
                    match found.get(key) {
                        Some(own) => self.compare(path, value, own),
                        None => self.count(path, "missing"),
                    }
                    path.pop();
                }
                for key in found.keys().filter(|key| !wanted.contains_key(*key)) {
                    path.push(key);
                    self.count(path, "extra");
                    path.pop();
                }
            }
            (Value::Array(wanted), Value::Array(found)) if wanted.len() == found.len() => {
                for (wanted, found) in wanted.iter().zip(found) {
                    self.compare(path, wanted, found);
                }
            }
            _ if wanted != found => self.count(path, "different"),
            _ => {}
        }
    }
}

fn documents() -> Documents {
    let catalog = catalog();
    let texts = || -> Arc<dyn Texts> { Arc::new(Untold) };
    Documents::new(catalog.groups, catalog.resources, texts, pintle_resources::returns_deleted)
}

#[test]
fn documents_are_the_published_ones_but_for_descriptions() {
    let Some(folder) = published("v3") else { return };
    let documents = documents();
    let mut lines = Vec::new();
    for key in documents.entries.keys().filter(|key| !key.starts_with('.')) {
        let path = folder.join(format!("{}_openapi.json", key.replace('/', "__")));
        let text = fs::read(path).expect("every served group version is published");
        let mut wanted: Value = serde_json::from_slice(&text).unwrap();
        // The files are written without a release.
        wanted["info"]["version"] = "1.37".into();
        let found = serde_json::from_slice(&documents.get(key).unwrap().json()).unwrap();
        let mut differences = Differences::default();
        differences.compare(&mut Vec::new(), &plain(wanted), &plain(found));
        lines.extend(differences.0.iter().map(|(what, count)| format!("{key}: {count} {what}\n")));
    }
    let text = lines.concat();
    assert!(text.is_empty(), "{text}");
}

/// Puts shared parameters where they are referred to: their names hash their descriptions.
fn with_own_parameters(mut document: Value) -> Value {
    let shared = document.as_object_mut().unwrap().remove("parameters").unwrap();
    let resolve = |parameters: &mut Value| {
        for parameter in parameters.as_array_mut().into_iter().flatten() {
            if let Some(target) = parameter["$ref"].as_str() {
                let name = target.strip_prefix("#/parameters/").unwrap();
                *parameter = shared[name].clone();
            }
        }
    };
    for item in document["paths"].as_object_mut().unwrap().values_mut() {
        for (key, value) in item.as_object_mut().unwrap() {
            match key.as_str() {
                "parameters" => resolve(value),
                _ if value["parameters"].is_array() => resolve(&mut value["parameters"]),
                _ => {}
            }
        }
    }
    document
}

#[test]
fn the_v2_document_is_the_published_one_but_for_descriptions() {
    let Some(file) = published("swagger.json") else { return };
    let documents = documents();
    let mut wanted: Value = serde_json::from_slice(&fs::read(file).unwrap()).unwrap();
    wanted["info"]["version"] = "1.37".into();
    let mut found = serde_json::from_slice(&documents.v2().json()).unwrap();
    (wanted, found) = (with_own_parameters(wanted), with_own_parameters(found));
    // The file has all versions of all groups; what a server has beyond them would be extra.
    let is_served = |path: &str| {
        documents.entries.iter().any(|(key, (subject, _))| {
            let root = format!("/{key}/");
            path == root || matches!(subject, Subject::Resources(..)) && path.starts_with(&root)
        })
    };
    wanted["paths"].as_object_mut().unwrap().retain(|path, _| is_served(path));
    let defined = found["definitions"].as_object().unwrap();
    wanted["definitions"].as_object_mut().unwrap().retain(|name, _| defined.contains_key(name));
    let mut differences = Differences::default();
    differences.compare(&mut Vec::new(), &plain(wanted), &plain(found));
    let lines: Vec<_> =
        differences.0.iter().map(|(what, count)| format!("{count} {what}\n")).collect();
    let text = lines.concat();
    assert!(text.is_empty(), "{text}");
}

#[test]
fn shared_parameters_are_named_as_upstream_names_them() {
    let documents = documents();
    let document: Value = serde_json::from_slice(&documents.v2().json()).unwrap();
    let path = &document["parameters"]["path-z6Ciiujn"];
    assert_eq!(path["description"], "path to the resource");
    assert!(document["parameters"]["body-78PwaGsr"].is_object());
}
