//! `ImageLocality`: prefers nodes that have the pod's images, the more so the larger they are.

use crate::node::NodeInfo;
use crate::plugin::{Cycle, MAX_SCORE, Plugin};

const MIB: i64 = 1024 * 1024;
/// Below this much nothing is gained.
const LEAST: i64 = 23 * MIB;
/// Above this much for each container nothing more is gained.
const MOST_PER_CONTAINER: i64 = 1000 * MIB;

/// The row.
pub(super) const PLUGIN: Plugin =
    Plugin { name: "ImageLocality", weight: 1, score: Some(score), ..Plugin::NONE };

fn score(cycle: &Cycle<'_>, node: &NodeInfo) -> i64 {
    let Some(spec) = &cycle.pod.pod.spec else { return 0 };
    let containers = spec.init_containers.iter().flatten().chain(&spec.containers);
    let volumes = spec.volumes.iter().flatten();
    let volumes = volumes.filter_map(|volume| volume.image.as_ref());
    let images: Vec<&str> = containers
        .map(|container| container.image.as_deref().unwrap_or_default())
        .chain(volumes.map(|image| image.reference.as_deref().unwrap_or_default()))
        .collect();
    let sum: i64 = images.iter().map(|image| weighed_size(cycle, node, image)).sum();
    let most = MOST_PER_CONTAINER * images.len() as i64;
    MAX_SCORE * (sum.clamp(LEAST, most.max(LEAST)) - LEAST) / (most - LEAST).max(1)
}

/// Size of an image on the node, by the share of nodes that have it: an image that few nodes have
/// must not draw every pod there.
fn weighed_size(cycle: &Cycle<'_>, node: &NodeInfo, image: &str) -> i64 {
    let tagged = image.rfind(':') > image.rfind('/');
    let name = if tagged { image.to_owned() } else { format!("{image}:latest") };
    let Some(size) = node.images.get(&name) else { return 0 };
    let nodes = cycle.image_nodes.get(&name).copied().unwrap_or(1);
    (*size as f64 * (nodes as f64 / cycle.node_count.max(1) as f64)) as i64
}
