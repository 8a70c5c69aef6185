//! `NodeResourcesFit`: the node must have what the pod asks for; emptier nodes are better
//! (`LeastAllocated` over cpu and memory).

use crate::node::NodeInfo;
use crate::plugin::{Change, Cycle, MAX_SCORE, Plugin, now_passes};

/// The row.
pub(super) const PLUGIN: Plugin = Plugin {
    name: "NodeResourcesFit",
    weight: 1,
    filter: Some(filter),
    score: Some(score),
    requeue_on: |pod, change| match change {
        Change::PodGone(_) | Change::PodShrunk(_) => true,
        change => now_passes(pod, change, filter),
    },
    ..Plugin::NONE
};

fn filter(cycle: &Cycle<'_>, node: &NodeInfo) -> Vec<String> {
    let (asked, has, used) = (&cycle.pod.requests, &node.allocatable, &node.requested);
    let mut reasons = Vec::new();
    if node.pods.len() as i64 + 1 > has.pods {
        reasons.push("Too many pods".to_owned());
    }
    let mut need = |name: &str, asked: i64, has: i64, used: i64| {
        if asked > 0 && asked > has - used {
            reasons.push(format!("Insufficient {name}"));
        }
    };
    need("cpu", asked.milli_cpu, has.milli_cpu, used.milli_cpu);
    need("memory", asked.memory, has.memory, used.memory);
    need(
        "ephemeral-storage",
        asked.ephemeral_storage,
        has.ephemeral_storage,
        used.ephemeral_storage,
    );
    for (name, amount) in &asked.scalar {
        let of = |amounts: &crate::resources::Amounts| amounts.scalar.get(name).copied();
        need(name, *amount, of(has).unwrap_or_default(), of(used).unwrap_or_default());
    }
    reasons
}

fn score(cycle: &Cycle<'_>, node: &NodeInfo) -> i64 {
    let (pod, used, has) = (&cycle.pod.nonzero, &node.nonzero, &node.allocatable);
    let scores = [
        free_share(pod.milli_cpu + used.milli_cpu, has.milli_cpu),
        free_share(pod.memory + used.memory, has.memory),
    ];
    let known: Vec<i64> = scores.into_iter().flatten().collect();
    if known.is_empty() { 0 } else { known.iter().sum::<i64>() / known.len() as i64 }
}

/// The share that stays free; `None` if the node has nothing of the kind.
fn free_share(requested: i64, capacity: i64) -> Option<i64> {
    match capacity {
        0 => None,
        _ if requested > capacity => Some(0),
        _ => Some((capacity - requested) * MAX_SCORE / capacity),
    }
}
