//! `node-ipam-controller`: gives each node a part of the pods' address range
//! (`pkg/controller/nodeipam`, the range allocator).

use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use serde_json::{Value, json};

use crate::controller::{Controller, Logic, Machine, Watch, itself};
use crate::kind::NODES;
use crate::object::Read;
use crate::plan::{Action, Form, Plan};
use crate::settings::NodeRange;
use crate::world::{Key, World};

/// The row. It does nothing unless ranges are given.
pub const NODE_IPAM: Controller = Controller {
    name: "node-ipam-controller",
    alias: "nodeipam",
    account: "node-controller",
    component: "cidrAllocator",
    watches: &[Watch { kind: NODES, keys: itself }],
    logic: Logic::Machine(|| Box::new(Allocator::default())),
    workers: 1,
    ..Controller::BASE
};

#[derive(Default)]
struct Allocator {
    /// What has been given but may not be in the cache yet.
    given: BTreeMap<String, Vec<String>>,
    /// Where to look next, per range.
    next: Vec<u128>,
}

fn number(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(address) => u32::from(address).into(),
        IpAddr::V6(address) => u128::from(address),
    }
}

/// The part of a range with a number.
fn part(range: &NodeRange, at: u128) -> String {
    let bits: u32 = if range.base.is_ipv4() { 32 } else { 128 };
    let whole = number(range.base) >> (bits - u32::from(range.prefix)).min(127);
    let base = whole << (bits - u32::from(range.prefix)).min(127);
    let address = base + (at << (bits - u32::from(range.node_prefix)));
    let address: IpAddr = if range.base.is_ipv4() {
        Ipv4Addr::from(address as u32).into()
    } else {
        Ipv6Addr::from(address).into()
    };
    format!("{address}/{}", range.node_prefix)
}

fn held(node: &Value) -> impl Iterator<Item = &str> {
    node.list("spec.podCIDRs").iter().filter_map(Value::as_str)
}

impl Machine for Allocator {
    fn reconcile(&mut self, world: &World<'_>, key: &Key) -> Plan {
        let ranges = &world.settings.node_ranges;
        let Some(node) = world.tables.of("nodes").get(key) else {
            self.given.remove(&key.name);
            return Plan::nothing();
        };
        if ranges.is_empty() || node.is_terminating() {
            return Plan::nothing();
        }
        if held(node).next().is_some() {
            self.given.remove(&key.name);
            return Plan::nothing();
        }
        let given = self.given.get(&key.name).cloned();
        let Some(parts) = given.or_else(|| self.allocate(world, ranges)) else {
            let message = format!("Node {} status is now: CIDRNotAvailable", node.name());
            let mut plan = Plan::from(Action::event(node, "Normal", "CIDRNotAvailable", message));
            plan.error = Some("no CIDRs available".into());
            return plan;
        };
        self.given.insert(key.name.clone(), parts.clone());
        Action::Patch {
            kind: NODES,
            key: key.clone(),
            subresource: "",
            form: Form::Strategic,
            body: json!({"spec": {"podCIDR": parts[0], "podCIDRs": parts}}),
        }
        .into()
    }
}

impl Allocator {
    /// The next free part of each range, going round.
    fn allocate(&mut self, world: &World<'_>, ranges: &[NodeRange]) -> Option<Vec<String>> {
        let nodes = world.of("nodes");
        let mut taken: BTreeSet<&str> = nodes.all().flat_map(|node| held(node)).collect();
        taken.extend(self.given.values().flatten().map(String::as_str));
        self.next.resize(ranges.len(), 0);
        let mut parts = Vec::new();
        for (range, next) in ranges.iter().zip(&mut self.next) {
            let count = 1_u128 << u32::from(range.node_prefix - range.prefix).min(32);
            let at = (0..count)
                .map(|step| (*next + step) % count)
                .find(|at| !taken.contains(part(range, *at).as_str()))?;
            *next = at + 1;
            parts.push(part(range, at));
        }
        Some(parts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(base: &str, prefix: u8, node_prefix: u8, at: u128, want: &str) {
        let range = NodeRange { base: base.parse().unwrap(), prefix, node_prefix };
        assert_eq!(part(&range, at), want);
    }

    #[test]
    fn parts_follow_each_other() {
        check("10.244.0.0", 16, 24, 0, "10.244.0.0/24");
        check("10.244.0.0", 16, 24, 255, "10.244.255.0/24");
        check("10.244.7.9", 16, 25, 1, "10.244.0.128/25");
        check("fd00::", 48, 64, 2, "fd00:0:0:2::/64");
    }
}
