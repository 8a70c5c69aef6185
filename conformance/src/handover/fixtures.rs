//! Upstream's own list of one small object for each stored resource
//! (`kubernetes/test/integration/etcd.GetEtcdStorageData`), read from the published module.

use std::path::PathBuf;
use std::process::Command;

use regex::Regex;
use serde_json::Value;

use super::client::failed;
use crate::Error;
use crate::stock::RELEASE;

/// Namespace of the objects.
pub(super) const NAMESPACE: &str = "handover";

/// An object to be made.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Fixture {
    pub(super) group: String,
    pub(super) version: String,
    pub(super) resource: String,
    pub(super) object: Value,
    /// Key in etcd.
    pub(super) key: String,
}

/// Reads all that can be read without running Go.
pub(super) fn fixtures() -> Result<Vec<Fixture>, Error> {
    let output = Command::new("go").args(["env", "GOMODCACHE"]).output();
    let output = output.map_err(|_| Error::Missing("Go is not installed".into()))?;
    let cache = PathBuf::from(String::from_utf8_lossy(&output.stdout).trim());
    let file = cache.join(format!("k8s.io/kubernetes@{RELEASE}/test/integration/etcd/data.go"));
    if !file.exists() {
        let name = file.display();
        return Err(Error::Missing(format!("no {name}: go mod download k8s.io/kubernetes")));
    }
    let text = std::fs::read_to_string(&file).map_err(|source| Error::file(&file, source))?;
    parse(&text)
}

fn parse(text: &str) -> Result<Vec<Fixture>, Error> {
    let head = Regex::new(r#"^\s*gvr\("([^"]*)", "([^"]*)", "([^"]*)"\): \{"#).map_err(failed)?;
    let mut found: Vec<Fixture> = Vec::new();
    for line in text.lines() {
        if let Some(names) = head.captures(line) {
            found.push(Fixture {
                group: names[1].to_owned(),
                version: names[2].to_owned(),
                resource: names[3].to_owned(),
                object: Value::Null,
                key: String::new(),
            });
            continue;
        }
        let Some(last) = found.last_mut() else { continue };
        let line = line.trim();
        if let Some(expression) = line.strip_prefix("Stub:") {
            let text = evaluate(expression);
            last.object =
                text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
        } else if let Some(expression) = line.strip_prefix("ExpectedEtcdPath:") {
            last.key = evaluate(expression).unwrap_or_default();
        }
    }
    found.retain(|fixture| fixture.object.is_object() && !fixture.key.is_empty());
    Ok(found)
}

/// A concatenation of Go's string literals and the list's variables.
fn evaluate(expression: &str) -> Option<String> {
    let mut rest = expression.trim().trim_end_matches(',').trim();
    let mut text = String::new();
    loop {
        if let Some(literal) = rest.strip_prefix('`') {
            let (inside, after) = literal.split_once('`')?;
            text.push_str(inside);
            rest = after;
        } else if let Some(literal) = rest.strip_prefix('"') {
            let (inside, after) = literal.split_once('"')?;
            text.push_str(inside);
            rest = after;
        } else {
            let end = rest.find([' ', '+']).unwrap_or(rest.len());
            text.push_str(match &rest[..end] {
                "namespace" => NAMESPACE,
                "image" => "registry.example/one:1",
                "alternateImage" => "registry.example/other:1",
                _ => return None,
            });
            rest = &rest[end..];
        }
        rest = rest.trim_start();
        if rest.is_empty() {
            return Some(text);
        }
        rest = rest.strip_prefix('+')?.trim_start();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stubs_are_read_with_their_variables() {
        let text = "\t\tgvr(\"\", \"v1\", \"pods\"): {\n\
            \t\t\tStub:             `{\"spec\": {\"image\": \"` + image + `\"}}`,\n\
            \t\t\tMutatedStub:      `{}`,\n\
            \t\t\tExpectedEtcdPath: \"/registry/pods/\" + namespace + \"/pod1\",\n\t\t},\n\
            \t\tgvr(\"x\", \"v1\", \"odd\"): {\n\t\t\tStub: made(),\n\t\t},\n";
        let found = parse(text).unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].resource, "pods");
        assert_eq!(found[0].object["spec"]["image"], "registry.example/one:1");
        assert_eq!(found[0].key, "/registry/pods/handover/pod1");
    }
}
