//! Policy rules: what they allow, and which rules cover which.

use std::collections::{BTreeMap, BTreeSet};

use pintle_machinery::Value;
use pintle_machinery::json::quote;
use serde_json::json;

use super::Attributes;

/// `rbac/v1.PolicyRule`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rule {
    /// Verbs.
    pub verbs: Vec<String>,
    /// API groups.
    pub groups: Vec<String>,
    /// Resources.
    pub resources: Vec<String>,
    /// Names; none for all.
    pub names: Vec<String>,
    /// Paths that are not resources'.
    pub urls: Vec<String>,
}

impl Rule {
    /// Reads a rule.
    pub fn from_value(rule: &Value) -> Self {
        let strings = |field: &str| -> Vec<String> {
            let list = rule[field].as_array().into_iter().flatten();
            list.filter_map(|item| item.as_str().map(str::to_owned)).collect()
        };
        Self {
            verbs: strings("verbs"),
            groups: strings("apiGroups"),
            resources: strings("resources"),
            names: strings("resourceNames"),
            urls: strings("nonResourceURLs"),
        }
    }

    /// All rules of a role.
    pub fn of_role(role: &Value) -> Vec<Self> {
        role["rules"].as_array().into_iter().flatten().map(Self::from_value).collect()
    }

    /// The rule in canonical form.
    pub fn to_value(&self) -> Value {
        let mut out = json!({ "verbs": self.verbs });
        let fields = [
            ("apiGroups", &self.groups),
            ("resources", &self.resources),
            ("resourceNames", &self.names),
            ("nonResourceURLs", &self.urls),
        ];
        for (field, values) in fields {
            if !values.is_empty() {
                out[field] = json!(values);
            }
        }
        out
    }

    /// The rule allows the request (`rbac.RuleAllows`).
    pub fn allows(&self, attributes: &Attributes<'_>) -> bool {
        if !attributes.is_resource {
            return listed(&self.verbs, attributes.verb) && self.allows_url(attributes.path);
        }
        listed(&self.verbs, attributes.verb)
            && listed(&self.groups, attributes.group)
            && self.allows_resource(attributes.resource, attributes.subresource)
            && (self.names.is_empty() || self.names.iter().any(|name| name == attributes.name))
    }

    fn allows_url(&self, path: &str) -> bool {
        self.urls.iter().any(|url| {
            url == "*"
                || url == path
                || url.ends_with('*') && path.starts_with(url.trim_end_matches('*'))
        })
    }

    fn allows_resource(&self, resource: &str, subresource: &str) -> bool {
        self.resources.iter().any(|known| {
            if known == "*" {
                return true;
            }
            if subresource.is_empty() {
                return known == resource;
            }
            known
                .strip_suffix(subresource)
                .and_then(|rest| rest.strip_suffix('/'))
                .is_some_and(|start| start == resource || start == "*")
        })
    }

    /// As written in escalation errors (`rbac/v1.CompactString`).
    pub fn compact(&self) -> String {
        let fields = [
            ("APIGroups", &self.groups),
            ("Resources", &self.resources),
            ("NonResourceURLs", &self.urls),
            ("ResourceNames", &self.names),
            ("Verbs", &self.verbs),
        ];
        let parts: Vec<_> = fields
            .iter()
            .filter(|(_, values)| !values.is_empty())
            .map(|(name, values)| format!("{name}:{}", quoted(values)))
            .collect();
        format!("{{{}}}", parts.join(", "))
    }

    /// One rule for each verb, group, resource and name (`validation.BreakdownRule`).
    pub fn broken_down(&self) -> Vec<Self> {
        let one = |text: &String| vec![text.clone()];
        let mut out = Vec::new();
        for group in &self.groups {
            for resource in &self.resources {
                for verb in &self.verbs {
                    let base = Self {
                        verbs: one(verb),
                        groups: one(group),
                        resources: one(resource),
                        ..Self::default()
                    };
                    if self.names.is_empty() {
                        out.push(base);
                    } else {
                        let named =
                            self.names.iter().map(|name| Self { names: one(name), ..base.clone() });
                        out.extend(named);
                    }
                }
            }
        }
        for url in &self.urls {
            for verb in &self.verbs {
                out.push(Self { verbs: one(verb), urls: one(url), ..Self::default() });
            }
        }
        out
    }

    /// Grants all that a broken-down rule grants (`validation.ruleCovers`).
    fn covers(&self, part: &Self) -> bool {
        let all = |own: &[String], other: &[String]| other.iter().all(|item| own.contains(item));
        let star =
            |own: &[String], other: &[String]| own.iter().any(|i| i == "*") || all(own, other);
        let resource = |path: &String| {
            self.resources.contains(path)
                || path.split_once('/').is_some_and(|(_, subresource)| {
                    self.resources.contains(&format!("*/{subresource}"))
                })
        };
        let url = |path: &String| {
            self.urls.iter().any(|own| {
                own == path || own.ends_with('*') && path.starts_with(own.trim_end_matches('*'))
            })
        };
        star(&self.verbs, &part.verbs)
            && star(&self.groups, &part.groups)
            && (self.resources.iter().any(|own| own == "*") || part.resources.iter().all(resource))
            && part.urls.iter().all(url)
            && (self.names.is_empty() || !part.names.is_empty() && all(&self.names, &part.names))
    }
}

fn listed(list: &[String], wanted: &str) -> bool {
    list.iter().any(|item| item == "*" || item == wanted)
}

/// A list as `%q` prints it.
pub(super) fn quoted(values: &[String]) -> String {
    let values: Vec<_> = values.iter().map(|value| quote(value)).collect();
    format!("[{}]", values.join(" "))
}

/// The parts of `wanted` that `held` does not cover (`validation.Covers`).
pub fn uncovered(held: &[Rule], wanted: &[Rule]) -> Vec<Rule> {
    let parts = wanted.iter().flat_map(Rule::broken_down);
    parts.filter(|part| !held.iter().any(|rule| rule.covers(part))).collect()
}

/// Joins rules that differ in their verbs only (`validation.CompactRules`).
pub fn compacted(rules: Vec<Rule>) -> Vec<Rule> {
    let mut simple: BTreeMap<(String, String, Option<String>), Rule> = BTreeMap::new();
    let mut out: Vec<Rule> = Vec::new();
    for rule in rules {
        let is_simple = rule.urls.is_empty()
            && rule.groups.len() == 1
            && rule.resources.len() == 1
            && rule.names.len() <= 1;
        if !is_simple {
            out.push(rule);
            continue;
        }
        let key = (rule.groups[0].clone(), rule.resources[0].clone(), rule.names.first().cloned());
        if let Some(known) = simple.get_mut(&key) {
            known.verbs.extend(rule.verbs);
        } else {
            simple.insert(key, rule);
        }
    }
    out.extend(simple.into_values());
    out
}

/// Descriptions of rules, sorted, each once.
pub fn describe(rules: Vec<Rule>) -> String {
    let texts: BTreeSet<_> = compacted(rules).iter().map(Rule::compact).collect();
    texts.into_iter().collect::<Vec<_>>().join("\n")
}
