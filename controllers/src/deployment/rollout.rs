//! How sizes move between sets: proportional scaling, rolling and recreating rollouts.

use std::sync::Arc;

use serde_json::Value;

use super::{DESIRED_REPLICAS, MAX_REPLICAS, Sync, Wait};
use crate::object::Read;
use crate::pods::is_finished;

fn size(set: &Value) -> i64 {
    set.int("spec.replicas")
}

fn total<'a>(sets: impl IntoIterator<Item = &'a Arc<Value>>) -> i64 {
    sets.into_iter().map(|set| size(set)).sum()
}

fn available<'a>(sets: impl IntoIterator<Item = &'a Arc<Value>>) -> i64 {
    sets.into_iter().map(|set| set.int("status.availableReplicas")).sum()
}

impl Sync<'_> {
    /// Spreads a new size over the sets without rolling out anything.
    pub(super) fn scale(&mut self, new: Option<&Arc<Value>>, old: &mut [Arc<Value>]) {
        old.sort_by(|a, b| (b.created(), b.name()).cmp(&(a.created(), a.name())));
        let wanted = self.replicas();
        let active: Vec<Arc<Value>> =
            old.iter().chain(new).filter(|set| size(set) > 0).cloned().collect();
        let single = match active.as_slice() {
            [] => new.or(old.first()).cloned(),
            [only] => Some(only.clone()),
            _ => None,
        };
        if new.is_none() && old.is_empty() {
            return;
        }
        if let Some(set) = single {
            if size(&set) != wanted {
                self.resize(&set, wanted, false);
            }
            return;
        }
        if new.is_some_and(|set| self.is_saturated(set)) {
            for set in active.iter().filter(|set| Some(*set) != new) {
                self.resize(set, 0, false);
            }
            return;
        }
        if self.is_rolling() {
            self.scale_in_proportion(active);
        }
    }

    fn is_saturated(&self, set: &Value) -> bool {
        let wanted = self.replicas();
        let desired = set.annotation(DESIRED_REPLICAS).and_then(|text| text.parse::<i64>().ok());
        size(set) == wanted
            && desired == Some(wanted)
            && set.int("status.availableReplicas") == wanted
    }

    fn scale_in_proportion(&mut self, mut active: Vec<Arc<Value>>) {
        let wanted = self.replicas();
        let allowed = if wanted > 0 { wanted + self.max_surge() } else { 0 };
        let to_add = allowed - total(&active);
        let age = |set: &Value| (set.created(), set.name().to_owned());
        if to_add > 0 {
            active.sort_by_key(|set| std::cmp::Reverse((size(set), age(set))));
        } else if to_add < 0 {
            active.sort_by_key(|set| (std::cmp::Reverse(size(set)), age(set)));
        }
        let mut added = 0;
        let mut sizes: Vec<i64> = Vec::new();
        for set in &active {
            let share = if to_add == 0 { 0 } else { self.share(set, to_add, added) };
            sizes.push(size(set) + share);
            added += share;
        }
        if to_add != 0
            && let Some(first) = sizes.first_mut()
        {
            *first = (*first + to_add - added).max(0);
        }
        for (set, size) in active.iter().zip(sizes) {
            self.resize(set, size, true);
        }
    }

    /// `GetReplicaSetProportion`.
    fn share(&self, set: &Value, to_add: i64, added: i64) -> i64 {
        if size(set) == 0 || to_add == added {
            return 0;
        }
        let fraction = self.fraction(set);
        let left = to_add - added;
        if to_add > 0 { fraction.min(left) } else { fraction.max(left) }
    }

    fn fraction(&self, set: &Value) -> i64 {
        let wanted = self.replicas();
        if wanted == 0 {
            return -size(set);
        }
        let before = set.annotation(MAX_REPLICAS).and_then(|text| text.parse::<u32>().ok());
        let before = match before.map(i64::from).filter(|before| *before != 0) {
            Some(before) => before,
            None => self.deployment.int("status.replicas"),
        };
        if before == 0 {
            return 0;
        }
        let scaled = (size(set) * (wanted + self.max_surge())) as f64 / before as f64;
        scaled.round() as i64 - size(set)
    }

    /// A rolling rollout: grow the new set, then shrink the old ones, within the bounds.
    pub(super) fn rolling(&mut self) -> Result<(), Wait> {
        let (new, old) = self.sync_revision(true)?;
        let Some(new) = new else { return Ok(()) };
        let all: Vec<Arc<Value>> = old.iter().chain([&new]).cloned().collect();
        let wanted = self.replicas();
        let size_of_new =
            if size(&new) > wanted { wanted } else { self.new_size(size(&new), total(&all)) };
        if size(&new) != wanted && self.resize(&new, size_of_new, false) {
            self.sync_rollout_status(&old, Some(&new));
            return Ok(());
        }
        if !self.shrink_old(&all, &old, &new) && self.is_complete(self.deployment.at("status")) {
            self.clean_up(&old);
        }
        self.sync_rollout_status(&old, Some(&new));
        Ok(())
    }

    fn shrink_old(&mut self, all: &[Arc<Value>], old: &[Arc<Value>], new: &Arc<Value>) -> bool {
        let mut active: Vec<Arc<Value>> = old.iter().filter(|set| size(set) > 0).cloned().collect();
        if active.is_empty() {
            return false;
        }
        let least = self.replicas() - self.max_unavailable();
        let unavailable_new = size(new) - new.int("status.availableReplicas");
        let most = total(all) - least - unavailable_new;
        if most <= 0 {
            return false;
        }
        active.sort_by(|a, b| (a.created(), a.name()).cmp(&(b.created(), b.name())));
        // Unhealthy replicas of old sets go first: that costs no availability.
        let mut sizes: Vec<i64> = active.iter().map(|set| size(set)).collect();
        let mut down = 0;
        for (set, left) in active.iter().zip(&mut sizes) {
            let unhealthy = *left - set.int("status.availableReplicas");
            let step = (most - down).min(unhealthy).max(0);
            *left -= step;
            down += step;
        }
        let mut spare = available(&active) + new.int("status.availableReplicas") - least;
        for left in &mut sizes {
            let step = (*left).min(spare).max(0);
            *left -= step;
            spare -= step;
            down += step;
        }
        for (set, left) in active.iter().zip(sizes) {
            self.resize(set, left, false);
        }
        down > 0
    }

    /// A recreating rollout: everything old ends before anything new starts.
    pub(super) fn recreate(&mut self) -> Result<(), Wait> {
        let (new, old) = self.sync_revision(false)?;
        let mut shrunk = false;
        for set in old.iter().filter(|set| size(set) > 0) {
            shrunk |= self.resize(set, 0, false);
        }
        if shrunk || self.old_pods_run(new.as_ref(), &old) {
            self.sync_rollout_status(&old, new.as_ref());
            return Ok(());
        }
        let (new, old) = if new.is_some() { (new, old) } else { self.sync_revision(true)? };
        if let Some(set) = &new {
            self.resize(set, self.replicas(), false);
        }
        if self.is_complete(self.deployment.at("status")) {
            self.clean_up(&old);
        }
        self.sync_rollout_status(&old, new.as_ref());
        Ok(())
    }

    fn old_pods_run(&self, new: Option<&Arc<Value>>, old: &[Arc<Value>]) -> bool {
        if old.iter().any(|set| set.int("status.replicas") > 0) {
            return true;
        }
        let pods = self.world.of("pods");
        let others = self.sets.iter().filter(|set| Some(set.uid()) != new.map(|new| new.uid()));
        others
            .flat_map(|set| pods.controlled(set.namespace(), set.uid()))
            .any(|pod| !is_finished(pod))
    }
}
