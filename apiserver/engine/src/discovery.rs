//! Discovery documents, legacy and aggregated, as trees.

use std::fmt::Write as _;

use pintle_api::catalog::{Group, Subresource};
use pintle_api::{Resource, catalog};
use pintle_machinery::{Map, Value};
use serde_json::json;
use sha2::{Digest, Sha512};

use crate::enabled::Enabled;
use crate::meta::api_version;

/// `/api`: the versions of the core group. The address is told to clients that ask where the
/// server is.
pub fn api_versions(enabled: &Enabled, server_address: &str) -> Value {
    let core = enabled.group("").map_or(&[][..], |group| group.versions);
    let versions: Vec<&str> = core.iter().map(|entry| entry.version).collect();
    json!({
        "kind": "APIVersions",
        "versions": versions,
        "serverAddressByClientCIDRs": [
            {"clientCIDR": "0.0.0.0/0", "serverAddress": server_address}
        ],
    })
}

/// `/apis`: every group but core.
pub fn group_list(enabled: &Enabled) -> Value {
    let groups: Vec<Value> = groups(enabled).map(group_entry).collect();
    json!({"kind": "APIGroupList", "apiVersion": "v1", "groups": groups})
}

/// `/apis/<group>`; `None` if there is no such group.
pub fn group(enabled: &Enabled, name: &str) -> Option<Value> {
    let mut document = group_entry(groups(enabled).find(|group| group.name == name)?);
    document["kind"] = "APIGroup".into();
    document["apiVersion"] = "v1".into();
    Some(document)
}

fn groups(enabled: &Enabled) -> impl Iterator<Item = &'static Group> {
    enabled.groups.iter().filter(|group| !group.name.is_empty())
}

fn group_entry(group: &Group) -> Value {
    let version = |version: &str| json!({"groupVersion": api_version(group.name, version), "version": version});
    let versions: Vec<Value> = group.versions.iter().map(|entry| version(entry.version)).collect();
    let preferred = versions.first().cloned().unwrap_or_default();
    json!({"name": group.name, "versions": versions, "preferredVersion": preferred})
}

/// `/api/v1` and `/apis/<group>/<version>`; `None` if it is not served.
pub fn resource_list(enabled: &Enabled, group: &str, version: &str) -> Option<Value> {
    if !enabled.has_version(group, version) {
        return None;
    }
    let mut entries: Vec<Value> = Vec::new();
    for resource in enabled.resources_of(group, version) {
        if !resource.verbs.is_empty() {
            entries.push(resource_entry(resource));
        }
        entries.extend(resource.subresources.iter().map(|sub| subresource_entry(resource, sub)));
    }
    let name = |entry: &Value| entry["name"].as_str().unwrap_or_default().to_owned();
    entries.sort_by_key(name);
    let mut document = json!({
        "kind": "APIResourceList",
        "groupVersion": api_version(group, version),
        "resources": entries,
    });
    if !group.is_empty() {
        document["apiVersion"] = "v1".into();
    }
    Some(document)
}

fn resource_entry(resource: &Resource) -> Value {
    let mut entry = Map::new();
    entry.insert("name".into(), resource.plural.into());
    entry.insert("singularName".into(), resource.singular.into());
    entry.insert("namespaced".into(), resource.namespaced.into());
    entry.insert("kind".into(), resource.kind.into());
    entry.insert("verbs".into(), resource.verbs.into());
    if !resource.short_names.is_empty() {
        entry.insert("shortNames".into(), resource.short_names.into());
    }
    if !resource.categories.is_empty() {
        entry.insert("categories".into(), resource.categories.into());
    }
    if !resource.storage_version_hash.is_empty() {
        entry.insert("storageVersionHash".into(), resource.storage_version_hash.into());
    }
    Value::Object(entry)
}

fn subresource_entry(resource: &Resource, sub: &Subresource) -> Value {
    let mut entry = Map::new();
    entry.insert("name".into(), format!("{}/{}", resource.plural, sub.name).into());
    entry.insert("singularName".into(), "".into());
    entry.insert("namespaced".into(), resource.namespaced.into());
    let (group, version, kind) = sub.gvk;
    if (group, version) != (resource.group, resource.version) {
        if !group.is_empty() {
            entry.insert("group".into(), group.into());
        }
        entry.insert("version".into(), version.into());
    }
    entry.insert("kind".into(), kind.into());
    entry.insert("verbs".into(), sub.verbs.into());
    Value::Object(entry)
}

/// Aggregated discovery: of the core group (`/api`), or of all others (`/apis`).
pub fn aggregated(enabled: &Enabled, core: bool) -> Value {
    let wanted = enabled.groups.iter().filter(|group| group.name.is_empty() == core);
    let items: Vec<Value> = wanted.map(|group| group_discovery(enabled, group)).collect();
    json!({
        "kind": "APIGroupDiscoveryList",
        "apiVersion": "apidiscovery.k8s.io/v2",
        "metadata": {},
        "items": items,
    })
}

fn group_discovery(enabled: &Enabled, group: &Group) -> Value {
    let versions: Vec<Value> = group
        .versions
        .iter()
        .map(|entry| {
            let resources: Vec<Value> =
                enabled.resources_of(group.name, entry.version).map(resource_discovery).collect();
            json!({"version": entry.version, "resources": resources, "freshness": "Current"})
        })
        .collect();
    let metadata = if group.name.is_empty() { json!({}) } else { json!({"name": group.name}) };
    json!({"metadata": metadata, "versions": versions})
}

fn response_kind(own: (&str, &str), kind: (&str, &str, &str)) -> Value {
    let same = (kind.0, kind.1) == own;
    let (group, version) = if same { ("", "") } else { (kind.0, kind.1) };
    json!({"group": group, "version": version, "kind": kind.2})
}

fn resource_discovery(resource: &Resource) -> Value {
    let own = (resource.group, resource.version);
    let mut entry = json!({
        "resource": resource.plural,
        "scope": if resource.namespaced { "Namespaced" } else { "Cluster" },
        "singularResource": resource.singular,
        "verbs": sorted(resource.verbs),
        "responseKind": response_kind(own, (own.0, own.1, resource.kind)),
    });
    if !resource.short_names.is_empty() {
        entry["shortNames"] = resource.short_names.into();
    }
    if !resource.categories.is_empty() {
        entry["categories"] = resource.categories.into();
    }
    let subresources: Vec<Value> = resource
        .subresources
        .iter()
        .map(|sub| {
            json!({
                "subresource": sub.name,
                "responseKind": response_kind(own, sub.gvk),
                "verbs": sorted(sub.verbs),
            })
        })
        .collect();
    if !subresources.is_empty() {
        entry["subresources"] = subresources.into();
    }
    entry
}

fn sorted(verbs: &[&str]) -> Value {
    let mut verbs = verbs.to_vec();
    verbs.sort_unstable();
    verbs.into()
}

/// A document as JSON text, fields in the order of its kind.
pub fn text(document: &Value) -> String {
    let kind = document["kind"].as_str().unwrap_or_default();
    let found = catalog().kinds.iter().find(|known| {
        known.kind == kind && matches!(known.group, "" | "meta.k8s.io" | "apidiscovery.k8s.io")
    });
    let name = format!("io.k8s.apimachinery.pkg.apis.meta.v1.{kind}");
    let Some(message) = found.map(|found| found.message).or_else(|| catalog().message(&name))
    else {
        return pintle_machinery::json::to_string(document);
    };
    let mut out = Vec::new();
    pintle_api::codec::json::encode(message, document, &mut out);
    String::from_utf8_lossy(&out).trim_end().to_owned()
}

/// The ETag of a document: the hash of its JSON without the line end.
pub fn etag(json: &[u8]) -> String {
    let mut out = String::with_capacity(130);
    for byte in Sha512::digest(json) {
        // Writing to a string cannot fail.
        let written = write!(out, "{byte:02X}");
        debug_assert!(written.is_ok());
    }
    out
}

/// `/version`.
#[derive(Clone, Debug)]
pub struct Version {
    /// What the server says it is, such as `v1.37.1`.
    pub git_version: String,
    /// Commit of the sources.
    pub git_commit: String,
    /// `clean` or `dirty`.
    pub git_tree_state: String,
    /// RFC 3339.
    pub build_date: String,
    /// Version of the compiler.
    pub go_version: String,
    /// Name of the compiler.
    pub compiler: String,
    /// Such as `linux/amd64`.
    pub platform: String,
}

impl Version {
    /// The document, indented, in upstream's field order.
    pub fn to_json(&self) -> String {
        let mut numbers = self.git_version.trim_start_matches('v').split('.');
        let major = numbers.next().unwrap_or_default();
        let minor = numbers.next().unwrap_or_default();
        let before = minor.parse::<u32>().unwrap_or_default().saturating_sub(1).to_string();
        let fields = [
            ("major", major),
            ("minor", minor),
            ("emulationMajor", major),
            ("emulationMinor", minor),
            ("minCompatibilityMajor", major),
            ("minCompatibilityMinor", &before),
            ("gitVersion", &self.git_version),
            ("gitCommit", &self.git_commit),
            ("gitTreeState", &self.git_tree_state),
            ("buildDate", &self.build_date),
            ("goVersion", &self.go_version),
            ("compiler", &self.compiler),
            ("platform", &self.platform),
        ];
        let lines: Vec<String> = fields
            .iter()
            .map(|(key, value)| {
                format!("  \"{key}\": {}", pintle_machinery::json::to_string(value))
            })
            .collect();
        format!("{{\n{}\n}}", lines.join(",\n"))
    }
}

#[cfg(test)]
mod tests {
    use pintle_machinery::Value;

    use super::*;

    /// What the pinned release answers, one path and document a line.
    const GOLDEN: &str = include_str!("../golden/discovery.txt");

    fn ours(path: &str) -> Option<Value> {
        let parts: Vec<&str> = path.trim_start_matches('/').split('/').collect();
        let all = &Enabled::default();
        match parts.as_slice() {
            ["api"] => Some(api_versions(all, "192.0.2.9:64430")),
            ["apis"] => Some(group_list(all)),
            ["api", version] => resource_list(all, "", version),
            ["apis", name] => group(all, name),
            ["apis", group, version] => resource_list(all, group, version),
            ["aggregated", what] => Some(aggregated(all, *what == "api")),
            _ => None,
        }
    }

    #[test]
    fn documents_are_those_of_the_release() {
        for line in GOLDEN.lines() {
            let (path, wanted) = line.split_once(' ').expect("a path and a document");
            let document = ours(path).unwrap_or_else(|| panic!("{path} is not served"));
            let found = text(&document);
            let at = found.bytes().zip(wanted.bytes()).take_while(|(a, b)| a == b).count();
            let from = at.saturating_sub(80);
            assert_eq!(
                &found[from..found.len().min(at + 200)],
                &wanted[from..wanted.len().min(at + 200)],
                "{path}"
            );
        }
    }

    #[test]
    fn an_etag_is_upper_case_hex() {
        assert_eq!(etag(b"").len(), 128);
        assert!(etag(b"").starts_with("CF83E1357EEFB8BD"));
    }
}
