//! Our documents beside the published ones.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use pintle_api::catalog;

use super::*;

/// The folder of published documents in the Go module cache.
fn published() -> Option<PathBuf> {
    let cache = std::env::var_os("GOMODCACHE").map(PathBuf::from).or_else(|| {
        let home = std::env::var_os("GOPATH").map(PathBuf::from);
        let home = home.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join("go")));
        Some(home?.join("pkg/mod"))
    })?;
    let module = format!("k8s.io/kubernetes@{}/api/openapi-spec/v3", catalog().release);
    let folder = cache.join(module);
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: no documents in {}", folder.display());
    None
}

/// Leaves out descriptions; what the published files say or leave out because they are written with
/// other feature gates, which is CBOR and the values of enumerations; and the list that is only there to make room for one.
fn plain(tree: Value) -> Value {
    match tree {
        Value::Array(items) => items.into_iter().map(plain).collect(),
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

#[test]
fn documents_are_the_published_ones_but_for_descriptions() {
    let Some(folder) = published() else { return };
    let documents = Documents::new(catalog().groups, catalog().resources, |_, _| None);
    let mut lines = Vec::new();
    for key in documents.entries.keys().filter(|key| !key.starts_with('.')) {
        let path = folder.join(format!("{}_openapi.json", key.replace('/', "__")));
        let text = fs::read(path).expect("every served group version is published");
        let mut wanted: Value = serde_json::from_slice(&text).unwrap();
        // The files are written without a release.
        wanted["info"]["version"] = "1.37".into();
        let found = serde_json::from_slice(&documents.get(key).unwrap().json).unwrap();
        let mut differences = Differences::default();
        differences.compare(&mut Vec::new(), &plain(wanted), &plain(found));
        lines.extend(differences.0.iter().map(|(what, count)| format!("{key}: {count} {what}\n")));
    }
    let text = lines.concat();
    assert!(text.is_empty(), "{text}");
}
