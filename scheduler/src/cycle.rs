//! One attempt to place one pod on a snapshot of the nodes: pure.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::node::{NodeInfo, PodInfo};
use crate::plugin::{Cycle, Plugin};

/// Fewer nodes than this are always all looked at.
const FEW_NODES: usize = 100;
/// The least share of nodes that is looked at, in percent.
const LEAST_PERCENT: usize = 5;

/// The nodes at one moment.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    /// Nodes by name.
    pub nodes: Arc<Vec<Arc<NodeInfo>>>,
    /// Nodes that have an image, by the image's name.
    pub image_nodes: Arc<BTreeMap<String, usize>>,
}

/// Why no node takes the pod.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unschedulable {
    /// The reason in upstream's words (`framework.FitError`).
    pub message: String,
    /// The plugins that rejected nodes.
    pub plugins: BTreeSet<&'static str>,
}

/// Chooses the node for a pod. `start` is where the search begins, so that large clusters are used
/// evenly; `random` decides between equals. Returns the node's name and where to begin next.
pub fn place(
    snapshot: &Snapshot,
    pod: &PodInfo,
    plugins: &[Plugin],
    start: usize,
    random: u64,
) -> Result<(String, usize), Unschedulable> {
    let nodes = &snapshot.nodes;
    if nodes.is_empty() {
        let message = "no nodes available to schedule pods".to_owned();
        return Err(Unschedulable { message, plugins: BTreeSet::new() });
    }
    let image_nodes = &snapshot.image_nodes;
    let cycle = Cycle { pod, node_count: nodes.len(), image_nodes };
    let enough = enough_nodes(nodes.len());
    let mut feasible: Vec<&NodeInfo> = Vec::new();
    let mut rejections = Rejections::default();
    let mut looked_at = 0;
    while looked_at < nodes.len() && feasible.len() < enough {
        let node = &nodes[(start + looked_at) % nodes.len()];
        looked_at += 1;
        if rejections.accept(&cycle, node, plugins) {
            feasible.push(node);
        }
    }
    let next = (start + looked_at) % nodes.len();
    if feasible.is_empty() {
        return Err(rejections.error(nodes.len()));
    }
    let scores = total_scores(&cycle, &feasible, plugins);
    let chosen = best(&scores, random);
    Ok((feasible[chosen].name().to_owned(), next))
}

/// How many feasible nodes are enough: all of a small cluster, a falling share of a large one
/// (`Scheduler.numFeasibleNodesToFind`).
fn enough_nodes(nodes: usize) -> usize {
    if nodes < FEW_NODES {
        return nodes;
    }
    let percent = 50_usize.saturating_sub(nodes / 125).max(LEAST_PERCENT);
    (nodes * percent / 100).max(FEW_NODES)
}

#[derive(Default)]
struct Rejections {
    reasons: BTreeMap<String, usize>,
    plugins: BTreeSet<&'static str>,
}

impl Rejections {
    /// Runs the filters up to the first that rejects the node.
    fn accept(&mut self, cycle: &Cycle<'_>, node: &NodeInfo, plugins: &[Plugin]) -> bool {
        for plugin in plugins {
            let Some(filter) = plugin.filter else { continue };
            let reasons = filter(cycle, node);
            if reasons.is_empty() {
                continue;
            }
            for reason in reasons {
                *self.reasons.entry(reason).or_default() += 1;
            }
            self.plugins.insert(plugin.name);
            return false;
        }
        true
    }

    fn error(self, nodes: usize) -> Unschedulable {
        let counted = self.reasons.iter().map(|(reason, count)| format!("{count} {reason}"));
        let mut counted: Vec<String> = counted.collect();
        counted.sort();
        let message = format!("0/{nodes} nodes are available: {}.", counted.join(", "));
        Unschedulable { message, plugins: self.plugins }
    }
}

fn total_scores(cycle: &Cycle<'_>, nodes: &[&NodeInfo], plugins: &[Plugin]) -> Vec<i64> {
    let mut total = vec![0; nodes.len()];
    if nodes.len() == 1 {
        return total;
    }
    for plugin in plugins {
        let Some(score) = plugin.score else { continue };
        let mut scores: Vec<i64> = nodes.iter().map(|node| score(cycle, node)).collect();
        plugin.normalize.apply(&mut scores);
        for (sum, score) in total.iter_mut().zip(scores) {
            *sum += score * plugin.weight;
        }
    }
    total
}

/// One of the nodes with the highest score.
fn best(scores: &[i64], random: u64) -> usize {
    let highest = scores.iter().max().copied().unwrap_or_default();
    let equals: Vec<usize> = (0..scores.len()).filter(|index| scores[*index] == highest).collect();
    equals[(random % equals.len().max(1) as u64) as usize]
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::plugins::PLUGINS;

    /// Nodes are `name cpu`, a trailing `!` cordons.
    fn snapshot(nodes: &[&str]) -> Snapshot {
        let nodes = nodes.iter().map(|line| {
            let (name, cpu) = line.trim_end_matches('!').split_once(' ').unwrap();
            let node = json!({
                "metadata": { "name": name }, "spec": { "unschedulable": line.ends_with('!') },
                "status": { "allocatable": { "cpu": cpu, "memory": "8Gi", "pods": "110" } },
            });
            Arc::new(NodeInfo::new(Arc::new(serde_json::from_value(node).unwrap())))
        });
        Snapshot { nodes: Arc::new(nodes.collect()), image_nodes: Arc::default() }
    }

    fn pod(cpu: &str) -> PodInfo {
        let requests = json!({ "requests": { "cpu": cpu } });
        let object = json!({
            "metadata": { "name": "p" },
            "spec": { "containers": [{ "name": "c", "resources": requests }] },
        });
        PodInfo::new(Arc::new(serde_json::from_value(object).unwrap()))
    }

    #[track_caller]
    fn check(nodes: &[&str], cpu: &str, then: Result<&str, &str>) {
        let placed = place(&snapshot(nodes), &pod(cpu), PLUGINS, 0, 0);
        let placed = placed.map(|(node, _)| node).map_err(|error| error.message);
        assert_eq!(placed, then.map(str::to_owned).map_err(str::to_owned));
    }

    #[test]
    fn the_emptier_node_wins() {
        check(&["a 2", "b 8", "c 4"], "1", Ok("b"));
    }

    #[test]
    fn reasons_are_counted_and_sorted() {
        let message = "0/3 nodes are available: 1 node(s) were unschedulable, 2 Insufficient cpu.";
        check(&["a 1", "b 1", "c 8!"], "2", Err(message));
    }

    #[test]
    fn without_nodes_there_is_nothing_to_count() {
        check(&[], "1", Err("no nodes available to schedule pods"));
    }

    #[test]
    fn large_clusters_are_searched_in_part() {
        let counts = [10, 99, 100, 1000, 5000, 10_000].map(enough_nodes);
        assert_eq!(counts, [10, 99, 100, 420, 500, 500]);
    }

    #[test]
    fn equals_are_drawn_by_chance() {
        assert_eq!([0, 1, 2].map(|random| best(&[5, 9, 9], random)), [1, 2, 1]);
    }
}
