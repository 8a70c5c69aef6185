//! `TaintToleration`: keeps pods off nodes whose taints they do not tolerate, and prefers nodes with
//! fewer soft ones.

use k8s_openapi::api::core::v1::Toleration;

use crate::node::NodeInfo;
use crate::plugin::{Cycle, Normalize, Plugin, now_passes};
use crate::toleration::{tolerates, tolerations_cover};

/// The row.
pub(super) const PLUGIN: Plugin = Plugin {
    name: "TaintToleration",
    weight: 3,
    filter: Some(filter),
    score: Some(score),
    normalize: Normalize::Reverse,
    requeue_on: |pod, change| now_passes(pod, change, filter),
};

fn filter(cycle: &Cycle<'_>, node: &NodeInfo) -> Vec<String> {
    let hard = |effect: &str| matches!(effect, "NoSchedule" | "NoExecute");
    let mut taints = node.taints().iter().filter(|taint| hard(&taint.effect));
    if taints.all(|taint| tolerates(&cycle.pod.pod, taint)) {
        return Vec::new();
    }
    vec!["node(s) had untolerated taint(s)".into()]
}

/// Number of soft taints that the pod does not tolerate.
fn score(cycle: &Cycle<'_>, node: &NodeInfo) -> i64 {
    let all = cycle.pod.pod.spec.as_ref().and_then(|spec| spec.tolerations.as_deref());
    let soft: Vec<&Toleration> = all
        .unwrap_or_default()
        .iter()
        .filter(|t| matches!(t.effect.as_deref(), None | Some("" | "PreferNoSchedule")))
        .collect();
    let taints = node.taints().iter().filter(|taint| taint.effect == "PreferNoSchedule");
    taints.filter(|taint| !tolerations_cover(soft.iter().copied(), taint)).count() as i64
}
