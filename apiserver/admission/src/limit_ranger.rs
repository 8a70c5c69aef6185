//! `LimitRanger`: containers get default resources, and nobody asks for too much or too little
//! (`plugin/pkg/admission/limitranger`).

use pintle_engine::Lookup;
use pintle_engine::admission::{Attributes, Operation, Plugin};
use pintle_machinery::field::aggregate;
use pintle_machinery::path::ValueExt as _;
use pintle_machinery::resources::List;
use pintle_machinery::status::Status;
use pintle_machinery::{Map, Value};

use crate::forbidden;
use crate::resources;

mod constraint;

use constraint::Asked;

/// The row.
pub(crate) const PLUGIN: Plugin =
    Plugin { name: "LimitRanger", mutate: Some(mutate), validate: Some(validate), ..Plugin::NONE };

/// Says what was set.
const ANNOTATION: &str = "kubernetes.io/limit-ranger";

fn mutate(
    attributes: &Attributes<'_>,
    object: &mut Value,
    old: Option<&Value>,
    lookup: &dyn Lookup,
) -> Result<(), Status> {
    if concerns(attributes, old) && attributes.resource == "pods" {
        for range in lookup.list("", "limitranges", attributes.namespace) {
            set_defaults(object, &range);
        }
    }
    Ok(())
}

fn validate(
    attributes: &Attributes<'_>,
    object: &Value,
    old: Option<&Value>,
    lookup: &dyn Lookup,
) -> Result<(), Status> {
    if !concerns(attributes, old) {
        return Ok(());
    }
    for range in lookup.list("", "limitranges", attributes.namespace) {
        let mut errors = Vec::new();
        for limit in range.list_at(&["spec", "limits"]) {
            match attributes.resource {
                "pods" => check_pod(object, limit, &mut errors),
                "persistentvolumeclaims" => check_claim(object, limit, &mut errors),
                _ => {}
            }
        }
        if let Some(reason) = aggregate(errors) {
            return Err(forbidden(attributes, reason));
        }
    }
    Ok(())
}

/// `SupportsAttributes`, and the object is not on its way out.
fn concerns(attributes: &Attributes<'_>, old: Option<&Value>) -> bool {
    let (kind_group, _, kind) = attributes.kind;
    let pod = kind_group.is_empty() && kind == "Pod";
    let claim = kind_group.is_empty() && kind == "PersistentVolumeClaim";
    let update = attributes.operation == Operation::Update;
    let supported = match attributes.subresource {
        "resize" => pod && update,
        "" => pod && !update || claim,
        _ => false,
    };
    supported && old.is_none_or(|old| old.at(&["metadata", "deletionTimestamp"]).is_none())
}

/// `PodMutateLimitFunc`.
fn set_defaults(pod: &mut Value, range: &Value) {
    let limits = range.list_at(&["spec", "limits"]);
    let defaults_of = |field: &str| {
        let mut defaults = Map::new();
        for limit in limits.iter().filter(|limit| limit.str_at(&["type"]) == Some("Container")) {
            let entries = limit.map_at(&[field]).into_iter().flatten();
            defaults.extend(entries.map(|(name, amount)| (name.clone(), amount.clone())));
        }
        defaults
    };
    let defaults = [
        ("requests", "request", defaults_of("defaultRequest")),
        ("limits", "limit", defaults_of("default")),
    ];
    let mut notes = Vec::new();
    for (list, what) in [("containers", "container"), ("initContainers", "init container")] {
        let containers = pod.at_mut(&["spec", list]).and_then(Value::as_array_mut);
        for container in containers.into_iter().flatten() {
            for (field, word, defaults) in &defaults {
                let set = fill(container, field, defaults);
                if !set.is_empty() {
                    let name = container.str_at(&["name"]).unwrap_or("");
                    notes.push(format!("{} {word} for {what} {name}", set.join(", ")));
                }
            }
        }
    }
    if !notes.is_empty() {
        let note = format!("LimitRanger plugin set: {}", notes.join("; "));
        pod.set(&["metadata", "annotations", ANNOTATION], note);
    }
}

/// Adds the defaults that are missing; their names in order.
fn fill(container: &mut Value, field: &str, defaults: &Map<String, Value>) -> Vec<String> {
    let given = container.map_at(&["resources", field]);
    let missing: Vec<_> = defaults
        .iter()
        .filter(|(name, _)| !given.is_some_and(|given| given.contains_key(*name)))
        .collect();
    for (name, amount) in &missing {
        container.set(&["resources", field, name], (*amount).clone());
    }
    missing.into_iter().map(|(name, _)| name.clone()).collect()
}

/// `PodValidateLimitFunc`.
fn check_pod(pod: &Value, limit: &Value, errors: &mut Vec<String>) {
    match limit.str_at(&["type"]) {
        Some("Container") => {
            for list in ["containers", "initContainers"] {
                for container in pod.list_at(&["spec", list]) {
                    let of = |which: &str| List::at(container, &["resources", which]);
                    let asked =
                        Asked { kind: "Container", requests: of("requests"), limits: of("limits") };
                    asked.check(limit, errors);
                }
            }
        }
        Some("Pod") => {
            let [requests, limits] =
                ["requests", "limits"].map(|which| resources::of_pod(pod, which));
            Asked { kind: "Pod", requests, limits }.check(limit, errors);
        }
        _ => {}
    }
}

/// `PersistentVolumeClaimValidateLimitFunc`.
fn check_claim(claim: &Value, limit: &Value, errors: &mut Vec<String>) {
    let kind = "PersistentVolumeClaim";
    if limit.str_at(&["type"]) == Some(kind) {
        let requests = List::at(claim, &["spec", "resources", "requests"]);
        Asked { kind, requests, limits: List::default() }.check_requests(limit, errors);
    }
}
