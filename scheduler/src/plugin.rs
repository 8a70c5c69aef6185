//! A row of the plugin table, and what a plugin is told.

use std::collections::BTreeMap;

use crate::node::{NodeInfo, PodInfo};

/// Highest score of a node.
pub const MAX_SCORE: i64 = 100;

/// A scheduler plugin: facts and pure functions.
#[derive(Clone, Copy)]
pub struct Plugin {
    /// Upstream's name.
    pub name: &'static str,
    /// Weight of its scores in the sum.
    pub weight: i64,
    /// Whether the pod may run on the node; reasons in upstream's words if not.
    pub filter: Option<fn(&Cycle<'_>, &NodeInfo) -> Vec<String>>,
    /// How good the node is for the pod, before normalization.
    pub score: Option<fn(&Cycle<'_>, &NodeInfo) -> i64>,
    /// How scores become 0 to [`MAX_SCORE`].
    pub normalize: Normalize,
    /// Whether this change can make a pod schedulable that the filter rejected.
    pub requeue_on: fn(&PodInfo, &Change<'_>) -> bool,
}

impl Plugin {
    /// Takes part in nothing; the base of every row.
    pub const NONE: Plugin = Plugin {
        name: "",
        weight: 0,
        filter: None,
        score: None,
        normalize: Normalize::AsIs,
        requeue_on: |_, _| false,
    };
}

/// How raw scores become final ones (`plugins/helper.DefaultNormalizeScore`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Normalize {
    /// The scores are final.
    AsIs,
    /// The largest becomes [`MAX_SCORE`].
    Scale,
    /// The largest becomes 0, zero becomes [`MAX_SCORE`].
    Reverse,
}

impl Normalize {
    /// Normalizes the scores of all feasible nodes.
    pub fn apply(self, scores: &mut [i64]) {
        if self == Self::AsIs {
            return;
        }
        let largest = scores.iter().copied().max().unwrap_or_default();
        for score in scores {
            let scaled = if largest == 0 { 0 } else { *score * MAX_SCORE / largest };
            *score = if self == Self::Reverse { MAX_SCORE - scaled } else { scaled };
        }
    }
}

/// One attempt to place one pod.
pub struct Cycle<'a> {
    /// The pod.
    pub pod: &'a PodInfo,
    /// Nodes in the snapshot.
    pub node_count: usize,
    /// Nodes that have an image, by the image's name.
    pub image_nodes: &'a BTreeMap<String, usize>,
}

/// A change in the cluster that may let rejected pods run.
pub enum Change<'a> {
    /// A node is new.
    NodeAdded(&'a NodeInfo),
    /// A node changed in something that plugins look at.
    NodeUpdated {
        /// Before.
        old: &'a NodeInfo,
        /// After.
        new: &'a NodeInfo,
    },
    /// A pod has left its node, or has ended there.
    PodGone(&'a PodInfo),
    /// A pod on a node asks for less than before.
    PodShrunk(&'a PodInfo),
}

impl<'a> Change<'a> {
    /// The node as it is now, if the change is one of a node.
    pub fn node(&self) -> Option<&'a NodeInfo> {
        match self {
            Self::NodeAdded(node) | Self::NodeUpdated { new: node, .. } => Some(node),
            Self::PodGone(_) | Self::PodShrunk(_) => None,
        }
    }

    /// The node as it was, if it was there before.
    pub fn old_node(&self) -> Option<&'a NodeInfo> {
        match self {
            Self::NodeUpdated { old, .. } => Some(old),
            _ => None,
        }
    }
}

/// A change of a node lets a pod run if the filter passes now and did not before.
pub fn now_passes(
    pod: &PodInfo,
    change: &Change<'_>,
    filter: fn(&Cycle<'_>, &NodeInfo) -> Vec<String>,
) -> bool {
    let image_nodes = BTreeMap::new();
    let cycle = Cycle { pod, node_count: 0, image_nodes: &image_nodes };
    let passes = |node: &NodeInfo| filter(&cycle, node).is_empty();
    change.node().is_some_and(passes) && !change.old_node().is_some_and(passes)
}
