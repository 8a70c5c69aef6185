//! `TaintNodesByCondition`: a new node takes no pods until it is known to be ready
//! (`plugin/pkg/admission/nodetaint`).

use pintle_engine::Lookup;
use pintle_engine::admission::{Attributes, Operation, Plugin};
use pintle_machinery::Value;
use pintle_machinery::path::ValueExt as _;
use pintle_machinery::status::Status;
use serde_json::json;

use crate::is;

/// The row.
pub(crate) const PLUGIN: Plugin = Plugin {
    name: "TaintNodesByCondition",
    operations: &[Operation::Create],
    mutate: Some(mutate),
    ..Plugin::NONE
};

fn mutate(
    attributes: &Attributes<'_>,
    node: &mut Value,
    _: Option<&Value>,
    _: &dyn Lookup,
) -> Result<(), Status> {
    if !is(attributes, "", "nodes") {
        return Ok(());
    }
    let taint = json!({ "key": "node.kubernetes.io/not-ready", "effect": "NoSchedule" });
    let mut taints = node.list_at(&["spec", "taints"]).to_vec();
    let same = |known: &Value| known["key"] == taint["key"] && known["effect"] == taint["effect"];
    if !taints.iter().any(same) {
        taints.push(taint);
        node.set(&["spec", "taints"], taints);
    }
    Ok(())
}
