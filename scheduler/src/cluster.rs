//! The nodes and the pods on them, kept up to date by events, with placements taken for granted
//! until the API confirms them (upstream's `backend/cache`).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use k8s_openapi::api::core::v1::Node;

use crate::cycle::Snapshot;
use crate::node::{NodeInfo, PodInfo};

/// What the scheduler knows of the cluster.
#[derive(Default)]
pub(crate) struct Cluster {
    /// Known nodes, and nodes that are known only by the pods on them.
    nodes: BTreeMap<String, Arc<NodeInfo>>,
    /// Names of the nodes that exist.
    existing: BTreeSet<String>,
    /// Node of each pod, by the pod's UID.
    placed: BTreeMap<String, String>,
    /// UIDs of pods whose placement the API has not confirmed.
    assumed: BTreeSet<String>,
    image_nodes: BTreeMap<String, usize>,
    snapshot: Option<Snapshot>,
}

impl Cluster {
    /// Takes a node in; returns it as it was and as it is.
    pub(crate) fn set_node(&mut self, node: Arc<Node>) -> (Option<Arc<NodeInfo>>, Arc<NodeInfo>) {
        let name = node.metadata.name.clone().unwrap_or_default();
        let known = !self.existing.insert(name.clone());
        let entry = self.nodes.entry(name);
        let info = entry.or_insert_with(|| Arc::new(NodeInfo::new(node.clone())));
        let old = known.then(|| info.clone());
        count_images(&mut self.image_nodes, old.as_deref(), false);
        Arc::make_mut(info).set_node(node);
        count_images(&mut self.image_nodes, Some(info), true);
        let new = info.clone();
        self.snapshot = None;
        (old, new)
    }

    /// Forgets a node; pods that are still on it stay known.
    pub(crate) fn remove_node(&mut self, name: &str) {
        self.existing.remove(name);
        self.snapshot = None;
        let Some(info) = self.nodes.get_mut(name) else { return };
        count_images(&mut self.image_nodes, Some(info), false);
        if info.pods.is_empty() {
            self.nodes.remove(name);
        } else {
            Arc::make_mut(info).set_node(Arc::default());
        }
    }

    /// Takes a placement for granted until [`Cluster::set_pod`] or [`Cluster::forget`].
    pub(crate) fn assume(&mut self, pod: Arc<PodInfo>, node: &str) {
        let uid = pod.uid().to_owned();
        self.set_pod(pod, node);
        self.assumed.insert(uid);
    }

    /// Takes an assumed placement back. Returns false if the API has confirmed it meanwhile.
    pub(crate) fn forget(&mut self, uid: &str) -> bool {
        let assumed = self.assumed.contains(uid);
        if assumed {
            self.remove_pod(uid);
        }
        assumed
    }

    /// Whether the pod's placement is taken for granted.
    pub(crate) fn is_assumed(&self, uid: &str) -> bool {
        self.assumed.contains(uid)
    }

    /// Takes in a pod that is on a node; returns what was known of it there.
    pub(crate) fn set_pod(&mut self, pod: Arc<PodInfo>, node: &str) -> Option<Arc<PodInfo>> {
        let old = self.remove_pod(pod.uid());
        self.placed.insert(pod.uid().to_owned(), node.to_owned());
        let entry = self.nodes.entry(node.to_owned());
        let info = entry.or_insert_with(|| Arc::new(NodeInfo::new(Arc::default())));
        Arc::make_mut(info).add(pod);
        self.refresh(node);
        old
    }

    /// Takes a pod off its node.
    pub(crate) fn remove_pod(&mut self, uid: &str) -> Option<Arc<PodInfo>> {
        self.assumed.remove(uid);
        let node = self.placed.remove(uid)?;
        let info = self.nodes.get_mut(&node)?;
        let pod = Arc::make_mut(info).remove(uid);
        if info.pods.is_empty() && !self.existing.contains(&node) {
            self.nodes.remove(&node);
        }
        self.refresh(&node);
        pod
    }

    /// The nodes as they are now.
    pub(crate) fn snapshot(&mut self) -> Snapshot {
        if let Some(snapshot) = &self.snapshot {
            return snapshot.clone();
        }
        let existing = self.nodes.iter().filter(|(name, _)| self.existing.contains(*name));
        let nodes = existing.map(|(_, info)| info.clone()).collect();
        let snapshot =
            Snapshot { nodes: Arc::new(nodes), image_nodes: Arc::new(self.image_nodes.clone()) };
        self.snapshot.insert(snapshot).clone()
    }

    /// Brings one node of the snapshot up to date, in place when nobody else reads it.
    fn refresh(&mut self, name: &str) {
        let Some(snapshot) = &mut self.snapshot else { return };
        let at = snapshot.nodes.binary_search_by(|node| node.name().cmp(name));
        let (Ok(at), Some(info)) = (at, self.nodes.get(name)) else { return };
        Arc::make_mut(&mut snapshot.nodes)[at] = info.clone();
    }
}

fn count_images(counts: &mut BTreeMap<String, usize>, node: Option<&NodeInfo>, add: bool) {
    for image in node.into_iter().flat_map(|node| node.images.keys()) {
        let count = counts.entry(image.clone()).or_default();
        *count = if add { *count + 1 } else { count.saturating_sub(1) };
        if *count == 0 {
            counts.remove(image);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn node(name: &str) -> Arc<Node> {
        Arc::new(serde_json::from_value(json!({ "metadata": { "name": name } })).unwrap())
    }

    fn pod(uid: &str) -> Arc<PodInfo> {
        let requests = json!({ "requests": { "cpu": "1" } });
        let object = json!({
            "metadata": { "name": uid, "uid": uid },
            "spec": { "containers": [{ "name": "c", "resources": requests }] },
        });
        Arc::new(PodInfo::new(Arc::new(serde_json::from_value(object).unwrap())))
    }

    #[track_caller]
    fn check(cluster: &mut Cluster, then: &[(&str, i64)]) {
        let snapshot = cluster.snapshot();
        let nodes = snapshot.nodes.iter();
        let found: Vec<_> = nodes.map(|node| (node.name(), node.requested.milli_cpu)).collect();
        assert_eq!(found, then);
    }

    #[test]
    fn pods_wait_for_a_node_that_is_not_there_yet() {
        let mut cluster = Cluster::default();
        cluster.set_pod(pod("a"), "n");
        check(&mut cluster, &[]);
        cluster.set_node(node("n"));
        check(&mut cluster, &[("n", 1000)]);
        cluster.remove_node("n");
        check(&mut cluster, &[]);
        cluster.remove_pod("a");
        cluster.set_node(node("n"));
        check(&mut cluster, &[("n", 0)]);
    }

    #[test]
    fn an_assumed_pod_counts_until_it_is_forgotten() {
        let mut cluster = Cluster::default();
        cluster.set_node(node("n"));
        check(&mut cluster, &[("n", 0)]);
        cluster.assume(pod("a"), "n");
        check(&mut cluster, &[("n", 1000)]);
        assert!(cluster.forget("a"));
        check(&mut cluster, &[("n", 0)]);
    }

    #[test]
    fn a_confirmed_pod_cannot_be_forgotten() {
        let mut cluster = Cluster::default();
        cluster.set_node(node("n"));
        cluster.assume(pod("a"), "n");
        cluster.set_pod(pod("a"), "n");
        assert!(!cluster.forget("a"));
        check(&mut cluster, &[("n", 1000)]);
    }
}
