//! Priority classes, flow control and API services that every cluster starts with.

use pintle_machinery::Value;
use serde_json::value::RawValue;

use super::{Error, Loopback};

/// Facts recorded from the release, one object a line.
fn objects() -> impl Iterator<Item = Value> + Send {
    each_of(include_str!("objects.json"))
}

/// The objects of a list, each made when its turn comes. They are of use only once, and the trees of all of
/// them would be more than an empty server ever holds again.
pub(super) fn each_of(list: &'static str) -> impl Iterator<Item = Value> + Send {
    let texts: Vec<&RawValue> = serde_json::from_str(list).expect("the data is valid JSON");
    let object = |text: &RawValue| serde_json::from_str(text.get());
    texts.into_iter().map(move |text| object(text).expect("the data is valid JSON"))
}

/// Hook, kinds that it makes, and where they live.
pub(super) const BY_HOOK: &[(&str, Kinds)] = &[
    (
        "scheduling/bootstrap-system-priority-classes",
        &[("PriorityClass", "/apis/scheduling.k8s.io/v1/priorityclasses")],
    ),
    (
        "priority-and-fairness-config-producer",
        &[
            (
                "PriorityLevelConfiguration",
                "/apis/flowcontrol.apiserver.k8s.io/v1/prioritylevelconfigurations",
            ),
            ("FlowSchema", "/apis/flowcontrol.apiserver.k8s.io/v1/flowschemas"),
        ],
    ),
    (
        "kube-apiserver-autoregistration",
        &[("APIService", "/apis/apiregistration.k8s.io/v1/apiservices")],
    ),
];

/// Kinds and their collections.
pub(super) type Kinds = &'static [(&'static str, &'static str)];

/// Makes what is missing; brings back what the server keeps current.
pub(super) async fn ensure(server: &Loopback, kinds: Kinds) -> Result<(), Error> {
    for (kind, collection) in kinds {
        for wanted in objects().filter(|object| object["kind"] == *kind) {
            let name = wanted["metadata"]["name"].as_str().unwrap_or_default();
            let path = format!("{collection}/{name}");
            match server.get(&path).await? {
                None => server.ensure(collection, &wanted).await?,
                Some(found) if outdated(&found, &wanted) => {
                    let mut next = found;
                    next["spec"] = wanted["spec"].clone();
                    server.put(&path, &next).await?;
                }
                Some(_) => {}
            }
            if *kind == "APIService" {
                mark_available(server, &path).await?;
            }
        }
    }
    Ok(())
}

/// The server owns the spec, and it is not as it should be.
fn outdated(found: &Value, wanted: &Value) -> bool {
    let annotations = &found["metadata"]["annotations"];
    annotations["apf.kubernetes.io/autoupdate-spec"] == "true" && found["spec"] != wanted["spec"]
}

/// Local APIs are always available (`kube-aggregator/controllers/status/local`).
async fn mark_available(server: &Loopback, path: &str) -> Result<(), Error> {
    let Some(mut service) = server.get(path).await? else { return Ok(()) };
    let known = service["status"]["conditions"].as_array().into_iter().flatten();
    if known.into_iter().any(|condition| condition["reason"] == "Local") {
        return Ok(());
    }
    let now = service["metadata"]["creationTimestamp"].clone();
    service["status"] = serde_json::json!({"conditions": [{
        "type": "Available",
        "status": "True",
        "lastTransitionTime": now,
        "reason": "Local",
        "message": "Local APIServices are always available",
    }]});
    server.put(&format!("{path}/status"), &service).await.map(|_| ())
}
