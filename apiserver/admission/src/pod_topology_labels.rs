//! `PodTopologyLabels`: a pod bears the zone and region of its node
//! (`plugin/pkg/admission/podtopologylabels`).

use pintle_engine::Lookup;
use pintle_engine::admission::{Attributes, Operation, Plugin};
use pintle_machinery::Value;
use pintle_machinery::path::ValueExt as _;
use pintle_machinery::status::Status;

/// The row.
pub(crate) const PLUGIN: Plugin = Plugin {
    name: "PodTopologyLabels",
    operations: &[Operation::Create],
    mutate: Some(mutate),
    ..Plugin::NONE
};

const LABELS: &[&str] = &["topology.kubernetes.io/region", "topology.kubernetes.io/zone"];

fn mutate(
    attributes: &Attributes<'_>,
    object: &mut Value,
    _: Option<&Value>,
    lookup: &dyn Lookup,
) -> Result<(), Status> {
    let node = match (attributes.group, attributes.resource, attributes.subresource) {
        ("", "pods", "") => object.str_at(&["spec", "nodeName"]),
        ("", "pods", "binding") if object.str_at(&["target", "kind"]) == Some("Node") => {
            object.str_at(&["target", "name"])
        }
        _ => None,
    };
    let Some(node) = node.filter(|name| !name.is_empty()) else { return Ok(()) };
    let Some(node) = lookup.get("", "nodes", "", node) else { return Ok(()) };
    for label in LABELS {
        if let Some(value) = node.at(&["metadata", "labels", label]) {
            object.set(&["metadata", "labels", label], value.clone());
        }
    }
    Ok(())
}
