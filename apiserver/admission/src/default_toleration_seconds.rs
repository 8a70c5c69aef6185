//! `DefaultTolerationSeconds`: pods stay five minutes on a node that is not ready or cannot be
//! reached (`plugin/pkg/admission/defaulttolerationseconds`).

use pintle_engine::Lookup;
use pintle_engine::admission::{Attributes, Plugin};
use pintle_machinery::Value;
use pintle_machinery::path::ValueExt as _;
use pintle_machinery::status::Status;
use serde_json::json;

use crate::is;

/// The row.
pub(crate) const PLUGIN: Plugin =
    Plugin { name: "DefaultTolerationSeconds", mutate: Some(mutate), ..Plugin::NONE };

const TAINTS: &[&str] = &["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"];

fn mutate(
    attributes: &Attributes<'_>,
    pod: &mut Value,
    _: Option<&Value>,
    _: &dyn Lookup,
) -> Result<(), Status> {
    if !is(attributes, "", "pods") {
        return Ok(());
    }
    let given = pod.list_at(&["spec", "tolerations"]).to_vec();
    let mut tolerations = given.clone();
    let (not_ready, unreachable) = attributes.toleration_seconds;
    for (taint, seconds) in TAINTS.iter().zip([not_ready, unreachable]) {
        let covers = |toleration: &Value| {
            let key = toleration.str_at(&["key"]).unwrap_or("");
            key.is_empty() || key == *taint
        };
        let executes = |toleration: &Value| {
            matches!(toleration.str_at(&["effect"]).unwrap_or(""), "" | "NoExecute")
        };
        if !given.iter().any(|toleration| covers(toleration) && executes(toleration)) {
            tolerations.push(json!({
                "key": taint, "operator": "Exists", "effect": "NoExecute",
                "tolerationSeconds": seconds,
            }));
        }
    }
    if tolerations.len() > given.len() {
        pod.set(&["spec", "tolerations"], tolerations);
    }
    Ok(())
}
