//! The roles and bindings that every cluster starts with, reconciled at each start.

use futures::stream::{self, StreamExt as _, TryStreamExt as _};
use pintle_machinery::Value;
use serde_json::json;

use super::{Error, Loopback, objects};
use crate::authz::rule::{Rule, uncovered};

/// Writes under way at once: the store takes many with one sync, but each holds memory that an empty
/// server has no other use for.
const AT_ONCE: usize = 16;

const AUTOUPDATE: &str = "rbac.authorization.kubernetes.io/autoupdate";

/// Every role and binding of the policy, by kind, those that others name first: facts of upstream's
/// `bootstrappolicy` (its golden test data), one object a line.
pub fn objects() -> impl Iterator<Item = Value> + Send {
    objects::each_of(include_str!("rbac.json"))
}

/// Writes what is missing: roles before the bindings that name them.
pub async fn reconcile(server: &Loopback) -> Result<(), Error> {
    let mut objects = objects().peekable();
    while let Some(kind) = objects.peek().map(|object| object["kind"].clone()) {
        let alike = std::iter::from_fn(|| objects.next_if(|object| object["kind"] == kind));
        let writes = stream::iter(alike.map(|object| ensure(server, object)));
        writes.buffer_unordered(AT_ONCE).try_collect::<()>().await?;
    }
    Ok(())
}

fn path_of(object: &Value) -> (String, String) {
    let plural = match object["kind"].as_str() {
        Some("ClusterRole") => "clusterroles",
        Some("ClusterRoleBinding") => "clusterrolebindings",
        Some("Role") => "roles",
        _ => "rolebindings",
    };
    let collection = match object["metadata"]["namespace"].as_str() {
        Some(namespace) => {
            format!("/apis/rbac.authorization.k8s.io/v1/namespaces/{namespace}/{plural}")
        }
        None => format!("/apis/rbac.authorization.k8s.io/v1/{plural}"),
    };
    let name = object["metadata"]["name"].as_str().unwrap_or_default();
    let path = format!("{collection}/{name}");
    (collection, path)
}

/// `component-helpers/auth/rbac/reconciliation`, with conflicts tried again.
async fn ensure(server: &Loopback, wanted: Value) -> Result<(), Error> {
    let (collection, path) = path_of(&wanted);
    for _ in 0..5 {
        let found = server.get(&path).await?;
        let outcome = match found {
            None => server.post(&collection, &wanted).await,
            Some(found) => {
                let Some(next) = reconciled(&found, &wanted) else { return Ok(()) };
                if next["roleRef"] == found["roleRef"] {
                    server.put(&path, &next).await
                } else {
                    // A binding cannot change the role it names.
                    server.delete(&path).await?;
                    server.post(&collection, &wanted).await
                }
            }
        };
        match outcome {
            Err(Error::Refused { code: 409, .. }) => {}
            other => return other.map(|_| ()),
        }
    }
    Err(Error::Contended(path))
}

/// The object as it should be; `None` if it is already, or is kept as it is on request.
fn reconciled(found: &Value, wanted: &Value) -> Option<Value> {
    if found["metadata"]["annotations"][AUTOUPDATE] == "false" {
        return None;
    }
    let mut next = found.clone();
    for field in ["labels", "annotations"] {
        let Some(entries) = wanted["metadata"][field].as_object() else { continue };
        for (key, value) in entries {
            if found["metadata"][field].get(key).is_none() {
                next["metadata"][field][key] = value.clone();
            }
        }
    }
    if wanted.get("roleRef").is_some() {
        next["roleRef"] = wanted["roleRef"].clone();
        next["subjects"] = with_missing(&found["subjects"], &wanted["subjects"]);
    } else if let Some(aggregation) = wanted.get("aggregationRule") {
        let (held, asked) = (
            &found["aggregationRule"]["clusterRoleSelectors"],
            &aggregation["clusterRoleSelectors"],
        );
        next["aggregationRule"] = json!({"clusterRoleSelectors": with_missing(held, asked)});
    } else {
        let lacking = uncovered(&Rule::of_role(found), &Rule::of_role(wanted));
        let mut rules = found["rules"].as_array().cloned().unwrap_or_default();
        rules.extend(lacking.iter().map(Rule::to_value));
        if !lacking.is_empty() {
            next["rules"] = rules.into();
        }
    }
    if next["subjects"].as_array().is_some_and(Vec::is_empty)
        && let Some(fields) = next.as_object_mut()
    {
        fields.remove("subjects");
    }
    (next != *found).then_some(next)
}

fn with_missing(found: &Value, wanted: &Value) -> Value {
    let mut list = found.as_array().cloned().unwrap_or_default();
    for item in wanted.as_array().into_iter().flatten() {
        if !list.contains(item) {
            list.push(item.clone());
        }
    }
    list.into()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    #[test]
    fn roles_come_before_the_bindings_that_name_them() {
        let mut seen = BTreeSet::new();
        for object in super::objects() {
            let role = &object["roleRef"];
            let name = (role["kind"].to_string(), role["name"].to_string());
            assert!(role.is_null() || seen.contains(&name), "{object}");
            seen.insert((object["kind"].to_string(), object["metadata"]["name"].to_string()));
        }
        assert!(!seen.is_empty());
    }
}
