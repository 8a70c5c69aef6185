//! `pods/binding` and `bindings`: a pod gets its node.

use futures::future::BoxFuture;
use http::Response;
use pintle_engine::{Errors, Status, Value, meta, write};
use pintle_machinery::json::quote;
use pintle_machinery::name::name_is_dns_subdomain;
use pintle_machinery::status::GroupResource;

use super::conditions;
use super::exchange::Exchange;
use crate::body::Body;
use crate::rest::{ApiRequest, Connect, Rest, status_response};

/// Annotations that pods no longer have (`podutil.DropInitContainerAnnotations`).
const DROPPED: &[&str] = &[
    "pod.beta.kubernetes.io/init-containers",
    "pod.alpha.kubernetes.io/init-containers",
    "pod.beta.kubernetes.io/init-container-statuses",
    "pod.alpha.kubernetes.io/init-container-statuses",
];

/// Assigns pods to nodes (`registry/core/pod/storage.BindingREST`).
pub struct Bindings;

impl Connect for Bindings {
    fn connect<'a>(&'a self, rest: &'a Rest, request: ApiRequest) -> BoxFuture<'a, Response<Body>> {
        Box::pin(async move {
            match Exchange::read(request, ("", "v1", "Binding")).await {
                Ok(exchange) => {
                    let outcome = bind(rest, &exchange).await;
                    exchange.answer_status(outcome)
                }
                Err((form, status)) => status_response(status, &form),
            }
        })
    }
}

async fn bind(rest: &Rest, exchange: &Exchange) -> Result<Status, Status> {
    let mut binding = exchange.object.clone();
    let namespace = &exchange.info.namespace;
    let legacy = exchange.info.subresource.is_empty();
    if legacy {
        write::wipe(&mut binding);
    }
    write::ensure_namespace(&mut binding, namespace)?;
    exchange.admit(rest, &mut binding)?;
    let name = meta::name(&binding).to_owned();
    if !legacy && name != exchange.info.name {
        let message = "name in URL does not match name in Binding object";
        return Err(Status::bad_request(message));
    }
    validate(&binding)?;
    let key = rest.registry.stored("", "pods").map(|stored| stored.key(namespace, &name));
    let key = String::from_utf8_lossy(&key.unwrap_or_default()).into_owned();
    let now = rest.now();
    if exchange.dry_run() {
        let mut pod = rest.fetch("", "pods", namespace, &name).await?;
        assign(&mut pod, &binding, &key, now)?;
    } else {
        let pods = ("", "pods");
        rest.modify(pods, (namespace, &name), |pod| assign(pod, &binding, &key, now)).await?;
    }
    Ok(Status::success(None))
}

/// `ValidatePodBinding`.
fn validate(binding: &Value) -> Result<(), Status> {
    let kind = binding["target"]["kind"].as_str().unwrap_or_default();
    let name = binding["target"]["name"].as_str().unwrap_or_default();
    let mut errors = Errors::new();
    if !matches!(kind, "" | "Node") {
        errors.not_supported("target.kind", kind, &["Node", "<empty>"]);
    }
    if name.is_empty() {
        errors.required("target.name", "");
    } else if matches!(kind, "" | "Node") {
        errors.invalid_each("target.name", name, name_is_dns_subdomain(name, false));
    }
    match errors.aggregate() {
        None => Ok(()),
        Some(text) => Err(Status::failure(500, "", text)),
    }
}

/// `BindingREST.setPodNodeAndMetadata`.
fn assign(pod: &mut Value, binding: &Value, key: &str, now: i64) -> Result<(), Status> {
    check_preconditions(pod, binding, key)?;
    let name = meta::name(pod).to_owned();
    let refuse = |message: String| {
        Err(Status::conflict(GroupResource::new("", "pods/binding"), &name, message))
    };
    if meta::deletion_timestamp(pod).is_some() {
        return refuse(format!("pod {name} is being deleted, cannot be assigned to a host"));
    }
    let node = pod["spec"]["nodeName"].as_str().unwrap_or_default();
    if !node.is_empty() {
        return refuse(format!("pod {name} is already assigned to node {}", quote(node)));
    }
    if pod["spec"]["schedulingGates"].as_array().is_some_and(|gates| !gates.is_empty()) {
        return refuse(format!("pod {name} has non-empty .spec.schedulingGates"));
    }
    pod["spec"]["nodeName"] = binding["target"]["name"].clone();
    if let Some(status) = pod["status"].as_object_mut() {
        status.remove("nominatedNodeName");
    }
    for field in ["annotations", "labels"] {
        let mut merged = meta::map(pod, field).cloned().unwrap_or_default();
        let added = meta::map(binding, field).cloned().unwrap_or_default();
        merged.extend(added);
        if field == "annotations" {
            merged.retain(|annotation, _| !DROPPED.contains(&annotation.as_str()));
        }
        let merged = if merged.is_empty() { Value::Null } else { Value::Object(merged) };
        meta::set(pod, field, merged);
    }
    conditions::set_on_pod(pod, "PodScheduled", "", "", now);
    Ok(())
}

/// The binding is for this very pod, if it says so (`storage.Preconditions.Check`).
fn check_preconditions(pod: &Value, binding: &Value, key: &str) -> Result<(), Status> {
    let facts = [
        ("UID", meta::uid(binding), meta::uid(pod)),
        ("ResourceVersion", meta::resource_version(binding), meta::resource_version(pod)),
    ];
    for (what, wanted, found) in facts {
        if !wanted.is_empty() && wanted != found {
            let problem = format!(
                "Precondition failed: {what} in precondition: {wanted}, {what} in object meta: {found}"
            );
            let problem = write::invalid_object(key, &problem);
            return Err(Status::conflict(GroupResource::new("", "pods"), meta::name(pod), problem));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(mut pod: Value, binding: Value, expected: Result<Value, &str>) {
        let result = assign(&mut pod, &binding, "/registry/pods/d/p", 0);
        match expected {
            Ok(expected) => {
                assert_eq!(result, Ok(()));
                assert_eq!(pod, expected);
            }
            Err(message) => {
                assert_eq!(
                    result.map_err(|status| (status.code, status.message)),
                    Err((409, message.into()))
                );
            }
        }
    }

    fn binding() -> Value {
        json!({"metadata": {"name": "p"}, "target": {"kind": "Node", "name": "n"}})
    }

    #[test]
    fn a_pod_gets_node_condition_and_metadata() {
        let mut binding = binding();
        binding["metadata"]["annotations"] =
            json!({"a": "new", "pod.alpha.kubernetes.io/init-containers": "x"});
        binding["metadata"]["labels"] = json!({"zone": "z"});
        check(
            json!({"metadata": {"name": "p", "annotations": {"a": "old", "b": "kept"}},
                "spec": {}, "status": {"nominatedNodeName": "m"}}),
            binding,
            Ok(json!({"metadata": {"name": "p", "annotations": {"a": "new", "b": "kept"},
                    "labels": {"zone": "z"}},
                "spec": {"nodeName": "n"},
                "status": {"conditions": [{"type": "PodScheduled", "status": "True",
                    "lastProbeTime": null, "lastTransitionTime": "1970-01-01T00:00:00Z"}]}})),
        );
    }

    #[test]
    fn only_a_free_pod_is_assigned() {
        let conflict = "Operation cannot be fulfilled on pods/binding \"p\": pod p";
        check(
            json!({"metadata": {"name": "p"}, "spec": {"nodeName": "m"}}),
            binding(),
            Err(&format!("{conflict} is already assigned to node \"m\"")),
        );
        check(
            json!({"metadata": {"name": "p"}, "spec": {"schedulingGates": [{"name": "g"}]}}),
            binding(),
            Err(&format!("{conflict} has non-empty .spec.schedulingGates")),
        );
        check(
            json!({"metadata": {"name": "p", "deletionTimestamp": "1970-01-01T00:00:00Z"}, "spec": {}}),
            binding(),
            Err(&format!("{conflict} is being deleted, cannot be assigned to a host")),
        );
    }

    #[test]
    fn another_uid_is_another_pod() {
        let mut binding = binding();
        binding["metadata"]["uid"] = "other".into();
        check(
            json!({"metadata": {"name": "p", "uid": "this"}, "spec": {}}),
            binding,
            Err(
                "Operation cannot be fulfilled on pods \"p\": StorageError: invalid object, Code: 4, Key: /registry/pods/d/p, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: other, UID in object meta: this",
            ),
        );
    }
}
