//! `NodeDeclaredFeatureValidator`: a change of a running pod needs a node that can carry it out
//! (`plugin/pkg/admission/nodedeclaredfeatures`).

use pintle_engine::Lookup;
use pintle_engine::admission::{Attributes, Operation, Plugin};
use pintle_machinery::Value;
use pintle_machinery::json::quote;
use pintle_machinery::path::ValueExt as _;
use pintle_machinery::quantity::Quantity;
use pintle_machinery::status::Status;

use crate::forbidden;

/// The row.
pub(crate) const PLUGIN: Plugin = Plugin {
    name: "NodeDeclaredFeatureValidator",
    operations: &[Operation::Update],
    validate: Some(validate),
    ..Plugin::NONE
};

/// Whether a change of a pod needs a feature (`nodedeclaredfeatures.Feature.InferForUpdate`).
type Needed = fn(pod: &Value, old: &Value) -> bool;

/// The features that changes can need.
const FEATURES: &[(&str, Needed)] = &[
    ("InPlacePodLevelResourcesVerticalScaling", resizes_pod),
    ("InPlacePodVerticalScalingInitContainers", resizes_start),
    ("InPlacePodVerticalScalingMemoryBackedVolumes", resizes_volumes),
];

fn validate(
    attributes: &Attributes<'_>,
    pod: &Value,
    old: Option<&Value>,
    lookup: &dyn Lookup,
) -> Result<(), Status> {
    let pods = attributes.group.is_empty() && attributes.resource == "pods";
    let generation = |pod: &Value| pod.i64_at(&["metadata", "generation"]);
    let name = pod.str_at(&["spec", "nodeName"]).unwrap_or("");
    let Some(old) = old.filter(|old| generation(old) != generation(pod)) else { return Ok(()) };
    if !pods || !matches!(attributes.subresource, "" | "resize") || name.is_empty() {
        return Ok(());
    }
    let needed = FEATURES.iter().filter(|(_, needed)| needed(pod, old)).map(|(name, _)| *name);
    let needed: Vec<&str> = needed.collect();
    if needed.is_empty() {
        return Ok(());
    }
    let quoted = quote(name);
    let Some(node) = lookup.get("", "nodes", "", name) else {
        return Err(forbidden(attributes, format!("node {quoted} not found")));
    };
    let declared = node.list_at(&["status", "declaredFeatures"]);
    let lacking = needed.into_iter().filter(|name| !declared.iter().any(|one| one == name));
    let lacking: Vec<&str> = lacking.collect();
    if lacking.is_empty() {
        return Ok(());
    }
    let lacking = lacking.join(", ");
    let reason =
        format!("pod update requires features {lacking} which are not available on node {quoted}");
    Err(forbidden(attributes, reason))
}

fn resizes_pod(pod: &Value, old: &Value) -> bool {
    let of = |pod: &Value| pod.at(&["spec", "resources"]).cloned().unwrap_or_default();
    of(pod) != of(old)
}

/// An init container that does not stay gets other resources.
fn resizes_start(pod: &Value, old: &Value) -> bool {
    let list = ["spec", "initContainers"];
    let pairs = old.list_at(&list).iter().zip(pod.list_at(&list));
    let passing = |old: &Value| old.str_at(&["restartPolicy"]) != Some("Always");
    pairs.into_iter().any(|(old, new)| passing(old) && old.get("resources") != new.get("resources"))
}

/// A volume in memory gets another size.
fn resizes_volumes(pod: &Value, old: &Value) -> bool {
    let list = ["spec", "volumes"];
    let (new, old) = (pod.list_at(&list), old.list_at(&list));
    let limit = |volume: &Value| -> Option<Quantity> {
        volume.str_at(&["emptyDir", "sizeLimit"])?.parse().ok()
    };
    new.len() == old.len()
        && new.iter().zip(old).any(|(new, old)| {
            new.get("name") == old.get("name")
                && new.str_at(&["emptyDir", "medium"]) == Some("Memory")
                && matches!((limit(new), limit(old)), (Some(new), Some(old)) if new != old)
        })
}
