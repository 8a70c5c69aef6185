//! Replaces a DaemonSet's pods by those of a new template, a few at a time.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;

use super::Sync;
use crate::object::{Read, scaled};
use crate::plan::Plan;
use crate::world::Key;

impl<'a> Sync<'a> {
    pub(super) fn roll(&self, plan: &mut Plan) {
        if self.set.text("spec.updateStrategy.type") != "RollingUpdate" {
            return;
        }
        let mut on_node = self.on_node.clone();
        let mut desired = 0;
        for node in self.nodes().filter(|node| self.fits(node).0) {
            desired += 1;
            on_node.entry(node.name().to_owned()).or_default();
        }
        let unavailable = self.set.at("spec.updateStrategy.rollingUpdate.maxUnavailable");
        let mut unavailable = scaled(unavailable, desired, true).unwrap_or(0);
        let surge = self.surge(desired);
        if desired > 0 && unavailable == 0 && surge == 0 {
            unavailable = 1;
        }
        if surge == 0 {
            self.roll_in_place(&on_node, unavailable, plan);
        } else {
            self.roll_with_surge(&on_node, desired, surge, plan);
        }
    }

    /// The new and the old pod of a node, if there is no more than one of each.
    #[expect(clippy::type_complexity, reason = "a pair of pods is the plainest answer")]
    fn pair(
        &self,
        pods: &[&'a Arc<Value>],
    ) -> Option<(Option<&'a Arc<Value>>, Option<&'a Arc<Value>>)> {
        let (mut new, mut old) = (None, None);
        for pod in pods.iter().filter(|pod| !pod.is_terminating()) {
            let place = if self.is_updated(pod) { &mut new } else { &mut old };
            if place.replace(*pod).is_some() {
                return None;
            }
        }
        Some((new, old))
    }

    fn roll_in_place(
        &self,
        on_node: &BTreeMap<String, Vec<&'a Arc<Value>>>,
        most: i64,
        plan: &mut Plan,
    ) {
        let mut unavailable = 0;
        let (mut doomed, mut candidates) = (Vec::new(), Vec::new());
        for pods in on_node.values() {
            match self.pair(pods) {
                None | Some((None, None) | (Some(_), Some(_))) => unavailable += 1,
                Some((Some(new), None)) => unavailable += i64::from(!self.is_available(new)),
                Some((None, Some(old))) if !self.is_available(old) => {
                    doomed.push(old);
                    unavailable += 1;
                }
                Some((None, Some(old))) => candidates.push(old),
            }
        }
        let left = usize::try_from(most - unavailable).unwrap_or(0);
        doomed.extend(candidates.into_iter().take(left));
        self.sync_nodes(&[], doomed, plan);
    }

    fn roll_with_surge(
        &self,
        on_node: &BTreeMap<String, Vec<&'a Arc<Value>>>,
        desired: i64,
        most: i64,
        plan: &mut Plan,
    ) {
        let (mut surging, mut available) = (0, 0);
        let (mut doomed, mut misplaced) = (Vec::new(), Vec::new());
        let (mut allowed, mut candidates) = (Vec::new(), Vec::new());
        for (name, pods) in on_node {
            let Some((new, old)) = self.pair(pods) else {
                surging += 1;
                continue;
            };
            if old.or(new).is_some_and(|pod| self.is_available(pod)) {
                available += 1;
            }
            let Some(old) = old else { continue };
            if let Some(new) = new {
                if self.is_available(new) {
                    doomed.push(old);
                } else {
                    surging += 1;
                }
                continue;
            }
            let node = self.world.of("nodes").get(&Key::new("", name));
            let runs = node.is_some_and(|node| self.fits(node).0);
            match (self.is_available(old), runs) {
                (false, false) => doomed.push(old),
                (true, false) => misplaced.push(old),
                (false, true) => allowed.push(name.clone()),
                (true, true) => candidates.push(name.clone()),
            }
        }
        let spare = usize::try_from(available - desired).unwrap_or(0);
        doomed.extend(misplaced.into_iter().take(spare));
        let left = usize::try_from(most - surging).unwrap_or(0);
        allowed.extend(candidates.into_iter().take(left));
        self.sync_nodes(&allowed, doomed, plan);
    }
}
