//! What is served by default: upstream's recorded discovery, cut down to the default versions.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::kinds::group_version;
use super::model::{Facts, Group, Gvk, Resource};
use super::modules::Sources;
use super::read_text;
use super::resolve::Universe;

/// Group versions that other parts of the server than `pkg/controlplane` enable.
const DELEGATES: &[(&str, &str)] =
    &[("apiextensions.k8s.io", "v1"), ("apiregistration.k8s.io", "v1")];

/// What `pkg/kubeapiserver.SpecialDefaultResourcePrefixes` says.
type Prefixes = BTreeMap<(String, String), String>;

/// Priorities of group and version by group and version.
type Priorities = BTreeMap<(String, String), (u32, u32)>;

/// Fills in the groups and resources.
pub(crate) fn read(
    sources: &Sources,
    universe: &Universe,
    facts: &mut Facts,
) -> Result<(), String> {
    let kubernetes = sources.folder("k8s.io/kubernetes");
    let enabled = enabled(kubernetes, universe)?;
    let priorities = priorities(kubernetes)?;
    let prefixes = prefixes(kubernetes)?;
    let priority = |group: &str, version: &str| {
        let key = (group.to_owned(), version.to_owned());
        priorities.get(&key).copied().unwrap_or_default()
    };
    let mut groups = vec![(String::new(), vec!["v1".to_owned()])];
    let apis = read_json(&kubernetes.join("api/discovery/apis.json"))?;
    for group in list(&apis, "groups") {
        let versions = list(group, "versions").iter().map(|v| text(v, "version")).collect();
        groups.push((text(group, "name"), versions));
    }
    for (name, versions) in groups {
        let served = versions
            .into_iter()
            .filter(|version| enabled.contains(&(name.clone(), version.clone())));
        let served: Vec<(String, u32)> =
            served.map(|version| (version.clone(), priority(&name, &version).1)).collect();
        let Some((preferred, _)) = served.first() else { continue };
        let priority = priority(&name, preferred).0;
        for (version, _) in &served {
            let file = match name.as_str() {
                "" => format!("api/discovery/api__{version}.json"),
                name => format!("api/discovery/apis__{name}__{version}.json"),
            };
            let document = read_json(&kubernetes.join(file))?;
            resources(&document, (&name, version), &prefixes, facts)?;
        }
        facts.groups.push(Group { name, versions: served, priority });
    }
    let served = facts.groups.iter().map(|group| group.versions.len()).sum::<usize>();
    if served == enabled.len() {
        Ok(())
    } else {
        Err(format!("{served} group versions in discovery, {} enabled", enabled.len()))
    }
}

/// Group versions of the lists of `pkg/controlplane` whose names end in `EnabledByDefault`.
fn enabled(kubernetes: &Path, universe: &Universe) -> Result<BTreeSet<(String, String)>, String> {
    let source = read_text(&kubernetes.join("pkg/controlplane/instance.go"))?;
    let mut imports = BTreeMap::new();
    let mut within = false;
    let mut enabled: BTreeSet<(String, String)> =
        DELEGATES.iter().map(|(g, v)| ((*g).to_owned(), (*v).to_owned())).collect();
    for line in source.lines().map(str::trim) {
        if let Some((alias, path)) = line.split_once(" \"k8s.io/") {
            // Internal packages repeat the group version of the published one.
            let path = path.trim_end_matches('"').replace("kubernetes/pkg/apis/", "api/");
            imports.insert(alias, format!("k8s.io/{path}"));
        } else if line.ends_with("EnabledByDefault = []schema.GroupVersion{") {
            within = true;
        } else if line == "}" {
            within = false;
        } else if let Some(alias) = line.strip_suffix(".SchemeGroupVersion,")
            && within
        {
            let path = imports.get(alias).ok_or_else(|| format!("import {alias} unknown"))?;
            let package = universe.packages().find(|package| package.path == *path);
            let group_version = package.and_then(group_version);
            enabled.insert(group_version.ok_or_else(|| format!("no group version in {path}"))?);
        }
    }
    Ok(enabled)
}

/// Group and version priorities of the local APIServices; the later file wins.
fn priorities(kubernetes: &Path) -> Result<Priorities, String> {
    let mut priorities = Priorities::new();
    for file in ["pkg/controlplane/apiserver/aggregator.go", "cmd/kube-apiserver/app/aggregator.go"]
    {
        let source = read_text(&kubernetes.join(file))?;
        for line in source.lines().filter(|line| line.trim().starts_with("{Group: \"")) {
            let quoted: Vec<&str> = line.split('"').collect();
            let numbers: Vec<u32> = line
                .rsplit('{')
                .next()
                .unwrap_or_default()
                .split(|c: char| !c.is_ascii_digit())
                .filter_map(|number| number.parse().ok())
                .collect();
            if let ([_, group, _, version, ..], [of_group, of_version]) =
                (&quoted[..], &numbers[..])
            {
                let key = ((*group).to_owned(), (*version).to_owned());
                priorities.insert(key, (*of_group, *of_version));
            }
        }
    }
    Ok(priorities)
}

fn prefixes(kubernetes: &Path) -> Result<Prefixes, String> {
    let file = kubernetes.join("pkg/kubeapiserver/default_storage_factory_builder.go");
    let source = read_text(&file)?;
    let mut prefixes = Prefixes::new();
    let lines = source.lines().skip_while(|l| !l.starts_with("var SpecialDefaultResourcePrefixes"));
    for line in lines.skip(1).take_while(|line| *line != "}") {
        if let [_, group, _, plural, _, prefix, ..] = line.split('"').collect::<Vec<_>>()[..] {
            prefixes.insert((group.to_owned(), plural.to_owned()), prefix.to_owned());
        }
    }
    if prefixes.is_empty() { Err(format!("{}: no prefixes", file.display())) } else { Ok(prefixes) }
}

fn resources(
    document: &Value,
    (group, version): (&str, &str),
    prefixes: &Prefixes,
    facts: &mut Facts,
) -> Result<(), String> {
    for item in list(document, "resources") {
        let or = |key: &str, otherwise: &str| match item.get(key).and_then(Value::as_str) {
            Some(value) => value.to_owned(),
            None => otherwise.to_owned(),
        };
        let own = !item.as_object().is_some_and(|item| item.contains_key("group"));
        let gvk = (
            if own { group.to_owned() } else { or("group", "") },
            or("version", version),
            text(item, "kind"),
        );
        let name = text(item, "name");
        if let Some((plural, subresource)) = name.split_once('/') {
            let last = facts.resources.last_mut().filter(|last| last.plural == plural);
            let last = last.ok_or_else(|| format!("{name} without its resource"))?;
            last.subresources.push((subresource.to_owned(), gvk, texts(item, "verbs")));
            continue;
        }
        let verbs = texts(item, "verbs");
        let hash = or("storageVersionHash", "");
        let stored = verbs.iter().any(|verb| verb == "watch");
        let storage = if stored { storage(&hash, &gvk, facts)? } else { gvk.clone() };
        let delegate = DELEGATES.iter().any(|(delegate, _)| *delegate == group);
        let key = (group.to_owned(), name.clone());
        facts.resources.push(Resource {
            gvk,
            singular: text(item, "singularName"),
            namespaced: item.get("namespaced") == Some(&Value::Bool(true)),
            short_names: texts(item, "shortNames"),
            categories: texts(item, "categories"),
            verbs,
            storage,
            storage_prefix: match prefixes.get(&key) {
                _ if !stored => String::new(),
                Some(prefix) => prefix.clone(),
                None if delegate => format!("{group}/{name}"),
                None => name.clone(),
            },
            // Upstream gives these servers the `LegacyCodec`, which writes JSON.
            storage_json: delegate,
            hash,
            plural: name,
            subresources: Vec::new(),
        });
    }
    Ok(())
}

/// The kind that a storage version hash stands for, among all kinds of that name.
fn storage(hash: &str, gvk: &Gvk, facts: &Facts) -> Result<Gvk, String> {
    let candidates = facts.kinds.keys().filter(|candidate| candidate.2 == gvk.2);
    let mut matching = candidates.filter(|candidate| storage_version_hash(candidate) == hash);
    matching.next().cloned().ok_or_else(|| format!("{gvk:?}: no kind has the hash {hash:?}"))
}

/// Upstream's `discovery.StorageVersionHash`.
fn storage_version_hash((group, version, kind): &Gvk) -> String {
    let digest = Sha256::digest(format!("{group}/{version}/{kind}"));
    STANDARD.encode(&digest[..8])
}

fn read_json(file: &Path) -> Result<Value, String> {
    let value = serde_json::from_str(&read_text(file)?);
    value.map_err(|error| format!("{}: {error}", file.display()))
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn text(value: &Value, key: &str) -> String {
    value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn texts(value: &Value, key: &str) -> Vec<String> {
    list(value, key).iter().filter_map(Value::as_str).map(str::to_owned).collect()
}
