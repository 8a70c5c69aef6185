//! What resources a server serves, in each group's preferred version.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use http::Method;
use serde_json::Value;

use crate::{Client, Error, Resource};

const AGGREGATED: &str = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

/// A served resource and what may be done with it.
#[derive(Clone, Debug)]
pub struct Served {
    /// Where it is.
    pub resource: Resource,
    /// Its verbs.
    pub verbs: BTreeSet<String>,
}

/// Everything found, and what could not be looked at.
#[derive(Clone, Debug, Default)]
pub struct Discovery {
    /// Resources in preferred versions, without subresources.
    pub served: Vec<Served>,
    /// All versions of all resources, by `apiVersion` and kind.
    pub kinds: BTreeMap<(String, String), Resource>,
    /// Groups and versions whose server does not answer.
    pub stale: Vec<String>,
}

impl Discovery {
    /// Asks the server (aggregated discovery, two requests).
    pub async fn fetch(client: &Client) -> Result<Self, Error> {
        let mut found = Self::default();
        for path in ["/api", "/apis"] {
            let bytes = client.bytes(Method::GET, path, AGGREGATED, None).await?;
            let list: Value = serde_json::from_slice(&bytes)
                .map_err(|error| Error::Malformed(error.to_string()))?;
            if list["kind"] != "APIGroupDiscoveryList" {
                return Err(Error::Malformed(format!("{path}: not an APIGroupDiscoveryList")));
            }
            for group in list["items"].as_array().into_iter().flatten() {
                found.add_group(group);
            }
        }
        Ok(found)
    }

    fn add_group(&mut self, group: &Value) {
        let name = group["metadata"]["name"].as_str().unwrap_or_default();
        let mut seen = BTreeSet::new();
        for version in group["versions"].as_array().into_iter().flatten() {
            let number = version["version"].as_str().unwrap_or_default();
            if version["freshness"] == "Stale" {
                let group_version =
                    if name.is_empty() { number.into() } else { format!("{name}/{number}") };
                self.stale.push(group_version);
            }
            for entry in version["resources"].as_array().into_iter().flatten() {
                let served = read(name, number, entry);
                let kind = served.resource.kind.to_string();
                let key = (served.resource.api_version(), kind);
                self.kinds.entry(key).or_insert_with(|| served.resource.clone());
                if seen.insert(served.resource.plural.to_string()) {
                    self.served.push(served);
                }
            }
        }
    }
}

fn read(group: &str, version: &str, entry: &Value) -> Served {
    let text = |field: &str| entry[field].as_str().unwrap_or_default().to_owned();
    let verbs = entry["verbs"].as_array().into_iter().flatten();
    Served {
        resource: Resource {
            group: Cow::Owned(group.into()),
            version: Cow::Owned(version.into()),
            kind: Cow::Owned(entry["responseKind"]["kind"].as_str().unwrap_or_default().into()),
            plural: Cow::Owned(text("resource")),
            namespaced: entry["scope"] == "Namespaced",
        },
        verbs: verbs.filter_map(|verb| verb.as_str().map(str::to_owned)).collect(),
    }
}
