//! The objects of a run: made through one server, read and changed through another.

use std::collections::BTreeMap;

use serde_json::json;

use super::client::{Answer, Client, failed};
use super::fixtures::{Fixture, NAMESPACE};
use crate::Error;

/// Media types in which lists are compared.
const FORMS: &[&str] = &["application/json", "application/vnd.kubernetes.protobuf"];
/// Label that a change sets.
const LABEL: &str = "handover.example/by";

/// A resource as discovery tells of it.
#[derive(Clone, Debug)]
pub(super) struct Resource {
    kind: String,
    group_version: String,
    plural: String,
    namespaced: bool,
    verbs: Vec<String>,
}

impl Resource {
    fn root(&self) -> String {
        let prefix = if self.group_version.contains('/') { "apis" } else { "api" };
        format!("/{prefix}/{}", self.group_version)
    }

    /// Path of all objects.
    pub(super) fn everywhere(&self) -> String {
        format!("{}/{}", self.root(), self.plural)
    }

    fn collection(&self, namespace: &str) -> String {
        if self.namespaced {
            format!("{}/namespaces/{namespace}/{}", self.root(), self.plural)
        } else {
            self.everywhere()
        }
    }

    fn can(&self, verbs: &[&str]) -> bool {
        verbs.iter().all(|verb| self.verbs.iter().any(|known| known == verb))
    }
}

/// Everything that a server serves.
pub(super) async fn resources(client: &Client) -> Result<Vec<Resource>, Error> {
    let mut versions = vec!["v1".to_owned()];
    let groups = client.get("/apis").await?;
    for group in groups["groups"].as_array().into_iter().flatten() {
        for version in group["versions"].as_array().into_iter().flatten() {
            versions.extend(version["groupVersion"].as_str().map(str::to_owned));
        }
    }
    let mut found = Vec::new();
    for group_version in versions {
        let prefix = if group_version.contains('/') { "apis" } else { "api" };
        let list = client.get(&format!("/{prefix}/{group_version}")).await?;
        for entry in list["resources"].as_array().into_iter().flatten() {
            let text = |field: &str| entry[field].as_str().unwrap_or_default().to_owned();
            let verbs = entry["verbs"].as_array().into_iter().flatten();
            let verbs = verbs.filter_map(|verb| verb.as_str().map(str::to_owned)).collect();
            // What is not stored is what the server sees at the moment.
            if text("name").contains('/') || text("name") == "componentstatuses" {
                continue;
            }
            found.push(Resource {
                kind: text("kind"),
                group_version: group_version.clone(),
                plural: text("name"),
                namespaced: entry["namespaced"] == true,
                verbs,
            });
        }
    }
    Ok(found)
}

/// What became of the fixtures.
#[derive(Debug, Default)]
pub(super) struct Made {
    /// Keys that must be in etcd.
    pub(super) keys: Vec<String>,
    /// Resources that the server does not serve in that version.
    pub(super) unserved: Vec<String>,
    /// What was refused, with the reason.
    pub(super) refused: Vec<String>,
}

/// Makes the fixtures' objects.
pub(super) async fn make(
    client: &Client,
    resources: &[Resource],
    fixtures: &[Fixture],
) -> Result<Made, Error> {
    let namespace =
        json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": NAMESPACE}});
    client.call("POST", "/api/v1/namespaces", Some(&namespace)).await?.object("namespace")?;
    let account = json!({"apiVersion": "v1", "kind": "ServiceAccount",
        "metadata": {"name": "default"}});
    let accounts = format!("/api/v1/namespaces/{NAMESPACE}/serviceaccounts");
    client.call("POST", &accounts, Some(&account)).await?.object("service account")?;
    let mut made = Made::default();
    for fixture in fixtures {
        let Fixture { group, version, resource, object, key } = fixture;
        let group_version =
            if group.is_empty() { version.clone() } else { format!("{group}/{version}") };
        let name = format!("{resource}.{group_version}");
        let served = resources
            .iter()
            .find(|known| known.group_version == group_version && known.plural == *resource);
        let Some(served) = served.filter(|known| known.can(&["create"])) else {
            made.unserved.push(name);
            continue;
        };
        let mut object = object.clone();
        object["apiVersion"] = group_version.into();
        object["kind"] = served.kind.clone().into();
        let answer = client.call("POST", &served.collection(NAMESPACE), Some(&object)).await?;
        match answer.code {
            201 => made.keys.push(key.clone()),
            // Several versions of the list are the same object.
            409 => {}
            code => {
                let message = answer.json()["message"].as_str().unwrap_or_default().to_owned();
                made.refused.push(format!("{name}: {code}: {message}"));
            }
        }
    }
    Ok(made)
}

/// The newest revision, from a list that is always there.
pub(super) async fn newest(client: &Client) -> Result<i64, Error> {
    let list = client.get("/api/v1/namespaces?limit=1").await?;
    let text = list["metadata"]["resourceVersion"].as_str().unwrap_or_default();
    text.parse().map_err(failed)
}

/// Answers by path and media type.
pub(super) type Answers = BTreeMap<String, Answer>;

/// All lists as they were at a revision, in each form.
pub(super) async fn lists(
    client: &Client,
    resources: &[Resource],
    revision: i64,
) -> Result<Answers, Error> {
    let mut answers = Answers::new();
    for resource in resources.iter().filter(|resource| resource.can(&["list", "get"])) {
        for form in FORMS {
            let path = format!(
                "{}?resourceVersion={revision}&resourceVersionMatch=Exact",
                resource.everywhere()
            );
            let answer = client.accepting(form, "GET", &path, None).await?;
            answers.insert(format!("{} as {form}", resource.everywhere()), answer);
        }
    }
    Ok(answers)
}

/// Paths whose answers are not the same.
pub(super) fn unequal(one: &Answers, other: &Answers) -> Vec<String> {
    let differs = |path: &&String| one.get(*path) != other.get(*path);
    let mut paths: Vec<String> = one.keys().filter(differs).cloned().collect();
    paths.extend(other.keys().filter(|path| !one.contains_key(*path)).cloned());
    paths
}

/// What one pass of changes did.
#[derive(Debug, Default)]
pub(super) struct Written {
    /// Objects written.
    pub(super) count: usize,
    /// What was refused, with the reason.
    pub(super) refused: Vec<String>,
}

/// Reads each object and writes it back: with a label, or just as it is.
pub(super) async fn rewrite(
    client: &Client,
    resources: &[Resource],
    label: Option<&str>,
) -> Result<Written, Error> {
    let mut written = Written::default();
    for resource in resources.iter().filter(|resource| resource.can(&["list", "get", "update"])) {
        let list = client.get(&resource.everywhere()).await?;
        for item in list["items"].as_array().into_iter().flatten() {
            let metadata = &item["metadata"];
            let (Some(name), namespace) = (metadata["name"].as_str(), &metadata["namespace"])
            else {
                continue;
            };
            if is_servers_own(resource, name) {
                continue;
            }
            let collection = resource.collection(namespace.as_str().unwrap_or_default());
            let path = format!("{collection}/{name}").replace(':', "%3A");
            let mut object = client.get(&path).await?;
            if let Some(label) = label {
                object["metadata"]["labels"][LABEL] = label.into();
            }
            let answer = client.call("PUT", &path, Some(&object)).await?;
            if answer.code == 200 {
                written.count += 1;
            } else {
                let message = answer.json()["message"].as_str().unwrap_or_default().to_owned();
                written.refused.push(format!("{path}: {}: {message}", answer.code));
            }
        }
    }
    Ok(written)
}

/// Objects that a running server writes itself, at times of its own.
fn is_servers_own(resource: &Resource, name: &str) -> bool {
    match resource.plural.as_str() {
        "leases" => name.starts_with("apiserver-"),
        "endpoints" | "endpointslices" => name == "kubernetes",
        // Written again they would be on another lease.
        "events" => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_differ_if_one_is_missing_or_other() {
        let answer = |text: &str| Answer { code: 200, body: text.as_bytes().to_vec() };
        let one = Answers::from([("/a".into(), answer("1")), ("/b".into(), answer("1"))]);
        let other = Answers::from([("/b".into(), answer("2")), ("/c".into(), answer("1"))]);
        assert_eq!(unequal(&one, &other), ["/a", "/b", "/c"]);
        assert_eq!(unequal(&one, &one), [""; 0]);
    }
}
