//! `NodeResourcesBalancedAllocation`: prefers nodes whose cpu and memory are used evenly.

use crate::node::NodeInfo;
use crate::plugin::{Cycle, MAX_SCORE, Plugin};

/// The row.
pub(super) const PLUGIN: Plugin = Plugin {
    name: "NodeResourcesBalancedAllocation",
    weight: 1,
    score: Some(score),
    ..Plugin::NONE
};

/// How far the pod brings the node towards balance: half the scale is no change.
fn score(cycle: &Cycle<'_>, node: &NodeInfo) -> i64 {
    let (pod, used, has) = (&cycle.pod.requests, &node.requested, &node.allocatable);
    if pod.milli_cpu == 0 && pod.memory == 0 {
        return 0;
    }
    let balance = |cpu: i64, memory: i64| {
        let mut shares = [(cpu, has.milli_cpu), (memory, has.memory)]
            .into_iter()
            .filter(|(_, capacity)| *capacity != 0)
            .map(|(amount, capacity)| (amount as f64 / capacity as f64).min(1.0));
        let spread = match (shares.next(), shares.next()) {
            (Some(cpu), Some(memory)) => ((cpu - memory) / 2.0).abs(),
            _ => 0.0,
        };
        ((1.0 - spread) * MAX_SCORE as f64) as i64
    };
    let with = balance(used.milli_cpu + pod.milli_cpu, used.memory + pod.memory);
    let without = balance(used.milli_cpu, used.memory);
    MAX_SCORE / 2 + (MAX_SCORE / 2 + with - without) / 2
}
