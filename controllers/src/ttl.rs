//! `ttl-controller`: tells kubelets for how long they may keep secrets and config maps, by the
//! cluster's size (`pkg/controller/ttl`).

use serde_json::json;

use crate::controller::{Controller, Logic, Machine, Watch, itself};
use crate::kind::NODES;
use crate::object::Read;
use crate::plan::{Action, Form, Plan};
use crate::world::{Key, World};

const ANNOTATION: &str = "node.alpha.kubernetes.io/ttl";
/// Seconds for clusters from a size (exceeded on the way down) to a size (on the way up).
const STEPS: &[(usize, usize, u32)] =
    &[(0, 100, 0), (90, 500, 15), (450, 1000, 30), (900, 2000, 60), (1800, usize::MAX, 300)];

/// The row.
pub const TTL: Controller = Controller {
    name: "ttl-controller",
    alias: "ttl",
    account: "ttl-controller",
    component: "ttl-controller",
    watches: &[Watch { kind: NODES, keys: itself }],
    logic: Logic::Machine(|| Box::new(Ttl::default())),
    ..Controller::BASE
};

#[derive(Default)]
struct Ttl {
    step: usize,
}

impl Ttl {
    /// The steps overlap, so that a cluster at a border does not go to and fro.
    fn follow(&mut self, nodes: usize) -> u32 {
        while nodes > STEPS[self.step].1 {
            self.step += 1;
        }
        while nodes < STEPS[self.step].0 {
            self.step -= 1;
        }
        STEPS[self.step].2
    }
}

impl Machine for Ttl {
    fn reconcile(&mut self, world: &World<'_>, key: &Key) -> Plan {
        let nodes = world.of("nodes");
        let seconds = self.follow(nodes.len()).to_string();
        let Some(node) = nodes.get(key) else { return Plan::nothing() };
        if node.annotation(ANNOTATION) == Some(&seconds) {
            return Plan::nothing();
        }
        Action::Patch {
            kind: NODES,
            key: key.clone(),
            subresource: "",
            form: Form::Strategic,
            body: json!({"metadata": {"annotations": {ANNOTATION: seconds}}}),
        }
        .into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cluster_at_a_border_keeps_its_step() {
        let mut ttl = Ttl::default();
        let seconds: Vec<u32> = [100, 101, 95, 89, 5000].map(|nodes| ttl.follow(nodes)).into();
        assert_eq!(seconds, [0, 15, 15, 0, 300]);
    }
}
