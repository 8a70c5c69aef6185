//! `--runtime-config`: groups, versions and resources turned on and off
//! (`apiserver/pkg/server/resourceconfig`).

use std::collections::{BTreeMap, BTreeSet};

use pintle_api::catalog;
use pintle_engine::Enabled;
use pintle_machinery::flags::parse_bool;
use pintle_machinery::json::quote;

/// Keys that speak of versions by their stability, in the order in which they count.
const MATCHERS: &[&str] = &["api/all", "api/ga", "api/beta", "api/alpha"];
/// Versions whose absence priority and fairness does not bear, in the order in which they are
/// looked for.
const FLOW_CONTROL: &[&str] = &["flowcontrol.apiserver.k8s.io/v1", "api/ga", "api/all"];

/// The flag's pairs.
type Given = BTreeMap<String, String>;

/// The core group is spelled in several ways (`options.Complete`).
fn normalized(given: &Given) -> Given {
    let core = |key: &str| {
        ["v1", "api/v1"]
            .iter()
            .any(|name| key.strip_prefix(name).is_some_and(|r| r.is_empty() || r.starts_with('/')))
    };
    given
        .iter()
        .filter(|(key, _)| *key != "api/legacy")
        .map(|(key, value)| {
            let key = if core(key) { "/v1" } else { key };
            (key.to_owned(), value.clone())
        })
        .collect()
}

/// What is wrong with the flag by itself (`APIEnablementOptions.Validate`).
pub(super) fn problems(given: &Given, flow_control: bool) -> Vec<String> {
    let mut found = Vec::new();
    if flow_control {
        let conflict = FLOW_CONTROL
            .iter()
            .find_map(|key| Some((key, given.get(*key)?)).filter(|(_, v)| is_bool(v)))
            .filter(|(_, value)| *value == "false");
        if let Some((key, _)) = conflict {
            found.push(format!(
                "--runtime-config={key}=false conflicts with --enable-priority-and-fairness=true"
            ));
        }
    }
    let given = normalized(given);
    if given.len() == 1 && given.get("api/all").is_some_and(|value| value == "false") {
        found.push("invalid runtime-config with only api/all=false".into());
        return found;
    }
    let mut unknown = BTreeSet::new();
    for key in given.keys().filter(|key| !MATCHERS.contains(&key.as_str())) {
        let tokens: Vec<&str> = key.split('/').collect();
        if !(2..=3).contains(&tokens.len()) {
            found.push(format!("runtime-config invalid key {key}"));
            return found;
        }
        if !catalog().kinds.iter().any(|kind| kind.group == tokens[0]) {
            unknown.insert(format!("{}/{}", tokens[0], tokens[1]));
        }
    }
    if !unknown.is_empty() {
        let unknown: Vec<String> = unknown.into_iter().collect();
        found.push(format!("unknown api groups {}", unknown.join(",")));
    }
    found
}

fn is_bool(value: &str) -> bool {
    matches!(value, "true" | "false")
}

/// What is served then (`resourceconfig.MergeAPIResourceConfigs`). Versions that are not part of
/// the release's defaults are not here, so they stay off.
pub(super) fn enabled(given: &Given) -> Result<Enabled, String> {
    let given = normalized(given);
    let mut versions: BTreeMap<(&str, &str), bool> = BTreeMap::new();
    for group in catalog().groups {
        versions.extend(group.versions.iter().map(|entry| ((group.name, entry.version), true)));
    }
    for matcher in MATCHERS {
        let Some(value) = given.get(*matcher) else { continue };
        if !is_bool(value) {
            return Err(format!("invalid value {matcher}={value}"));
        }
        for ((_, version), on) in &mut versions {
            if matches(matcher, version) {
                *on = value == "true";
            }
        }
    }
    let mut resources = BTreeMap::new();
    for (key, value) in given.iter().filter(|(key, _)| !MATCHERS.contains(&key.as_str())) {
        let mut tokens = key.split('/');
        let (group, version) = (tokens.next().unwrap_or(""), tokens.next().unwrap_or(""));
        let known = |kind: &&pintle_api::Kind| (kind.group, kind.version) == (group, version);
        if !catalog().kinds.iter().any(|kind| known(&kind)) {
            return Err(format!("group version {} that has not been registered", shown(key)));
        }
        let on = match value.as_str() {
            "" => true,
            value => parse_bool(value)
                .map_err(|error| format!("invalid value of {key}: {value}, err: {error}"))?,
        };
        match tokens.next() {
            None => {
                if let Some(entry) = versions.get_mut(&(group, version)) {
                    *entry = on;
                }
            }
            Some(plural) if plural.to_lowercase() != plural => {
                return Err(format!(
                    "invalid key {key}: group/version/resource and resource is always lowercase \
                     plural, not {}",
                    quote(plural)
                ));
            }
            Some(plural) => {
                resources.insert((group, version, plural), on);
            }
        }
    }
    Ok(Enabled::keep(|resource| {
        let own = resources.get(&(resource.group, resource.version, resource.plural));
        let version = versions.get(&(resource.group, resource.version));
        *own.or(version).unwrap_or(&true)
    }))
}

/// Group and version of a key, as `schema.GroupVersion` prints them.
fn shown(key: &str) -> String {
    let version: Vec<&str> = key.split('/').take(2).collect();
    version.join("/").trim_start_matches('/').to_owned()
}

fn matches(matcher: &str, version: &str) -> bool {
    match matcher {
        "api/ga" => !version.contains("alpha") && !version.contains("beta"),
        "api/beta" => version.contains("beta"),
        "api/alpha" => version.contains("alpha"),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(text: &str) -> Given {
        let pair = |pair: &str| {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            (key.to_owned(), value.to_owned())
        };
        text.split(',').filter(|text| !text.is_empty()).map(pair).collect()
    }

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let given = given(text);
        let mut found = problems(&given, true);
        if found.is_empty() {
            found.extend(enabled(&given).err());
        }
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn problems_are_named_as_stock_names_them() {
        check("nope/v1=true", &["unknown api groups nope/v1"]);
        check("nope=true", &["runtime-config invalid key nope"]);
        check("apps/v9=true", &["group version apps/v9 that has not been registered"]);
        check("api/all=maybe", &["invalid value api/all=maybe"]);
        let maybe = "err: strconv.ParseBool: parsing \"maybe\": invalid syntax";
        check("v1=maybe", &[&format!("invalid value of /v1: maybe, {maybe}")]);
        check(
            "apps/v1/deployments=maybe",
            &[&format!("invalid value of apps/v1/deployments: maybe, {maybe}")],
        );
        check(
            "api/all=false",
            &[
                "--runtime-config=api/all=false conflicts with --enable-priority-and-fairness=true",
                "invalid runtime-config with only api/all=false",
            ],
        );
        check("apps/v1/nope=true", &[]);
    }

    #[test]
    fn versions_and_resources_go_and_come_back() {
        let enabled =
            enabled(&given("api/all=false,v1=true,apps/v1=true,apps/v1/daemonsets=false"));
        let enabled = enabled.expect("the keys are known");
        let names: Vec<&str> = enabled.groups.iter().map(|group| group.name).collect();
        assert_eq!(names, ["", "apps"]);
        assert!(!enabled.resources_of("apps", "v1").any(|found| found.plural == "daemonsets"));
        assert!(enabled.resources_of("apps", "v1").any(|found| found.plural == "deployments"));
    }
}
