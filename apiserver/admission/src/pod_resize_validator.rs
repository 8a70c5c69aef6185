//! `PodResizeValidator`: a running pod does not grow beyond its node
//! (`plugin/pkg/admission/podresize`).

use pintle_engine::Lookup;
use pintle_engine::admission::{Attributes, Operation, Plugin};
use pintle_machinery::Value;
use pintle_machinery::json::quote;
use pintle_machinery::path::ValueExt as _;
use pintle_machinery::quantity::Quantity;
use pintle_machinery::resources::List;
use pintle_machinery::status::{Cause, Status};

use crate::forbidden;
use crate::resources;

/// The row.
pub(crate) const PLUGIN: Plugin = Plugin {
    name: "PodResizeValidator",
    operations: &[Operation::Update],
    validate: Some(validate),
    ..Plugin::NONE
};

fn validate(
    attributes: &Attributes<'_>,
    pod: &Value,
    old: Option<&Value>,
    lookup: &dyn Lookup,
) -> Result<(), Status> {
    let resize =
        (attributes.group, attributes.resource, attributes.subresource) == ("", "pods", "resize");
    let generation = |pod: &Value| pod.i64_at(&["metadata", "generation"]);
    let name = pod.str_at(&["spec", "nodeName"]).unwrap_or("");
    if !resize || name.is_empty() || old.is_none_or(|old| generation(old) == generation(pod)) {
        return Ok(());
    }
    let node = lookup.get("", "nodes", "", name).ok_or_else(|| {
        let name = quote(name);
        forbidden(attributes, format!("node {name} not found"))
    })?;
    let refused = |reason: String, cause: &'static str| {
        let cause = Cause { reason: cause.into(), ..Cause::default() };
        Err(forbidden(attributes, reason).with_cause(cause))
    };
    let system = node.str_at(&["metadata", "labels", "kubernetes.io/os"]);
    if let Some(system) = system.filter(|system| *system != "linux") {
        let (name, system) = (quote(name), quote(system));
        let reason =
            format!("pod resize is only supported on linux nodes, node {name} is {system}");
        return refused(reason, "UnsupportedPlatform");
    }
    let lacking = lacking(pod, &node);
    if lacking.is_empty() {
        return Ok(());
    }
    let reason = format!("node didn't have enough allocatable resources: {}", lacking.join("; "));
    refused(reason, "NodeCapacity")
}

/// `validateRequestsWithinAllocatable`.
fn lacking(pod: &Value, node: &Value) -> Vec<String> {
    let mut asked = resources::of_pod(pod, "requests");
    asked.add(&List::at(pod, &["spec", "overhead"]));
    let there = List::at(node, &["status", "allocatable"]);
    let lack = ["cpu", "memory"].into_iter().filter_map(|name| {
        let of = |list: &List| list.get(name).cloned().unwrap_or_default();
        let (asked, there) = (of(&asked), of(&there));
        let count = |amount: &Quantity| match name {
            "cpu" => amount.milli_value(),
            _ => amount.value(),
        };
        (asked > there).then(|| {
            format!("{name}, requested: {}, allocatable: {}", count(&asked), count(&there))
        })
    });
    lack.collect()
}
