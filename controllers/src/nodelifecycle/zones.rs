//! Zones: how many of a zone's nodes are silent decides how fast they are tainted.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde_json::Value;

use crate::object::{Read, between};
use crate::settings::Settings;

/// How a zone is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Initial,
    Normal,
    PartialDisruption,
    FullDisruption,
}

/// A zone's nodes to taint, with a bucket of one token.
pub(super) struct Zone {
    pub(super) state: State,
    pub(super) queue: BTreeSet<String>,
    /// Nodes a second.
    pub(super) rate: f64,
    last: Option<Timestamp>,
}

impl Zone {
    pub(super) fn new(rate: f64) -> Self {
        Self { state: State::Initial, queue: BTreeSet::new(), rate, last: None }
    }

    /// Takes the token if it is there.
    pub(super) fn may_go(&mut self, now: Timestamp) -> bool {
        let ready = self.rate > 0.0
            && self.last.is_none_or(|last| between(last, now).as_secs_f64() >= 1.0 / self.rate);
        if ready {
            self.last = Some(now);
        }
        ready
    }
}

/// `nodetopology.GetZoneKey`.
pub(super) fn zone_of(node: &Value) -> String {
    let label = |stable: &str, old: &str| {
        node.label(stable).or_else(|| node.label(old)).unwrap_or_default().to_owned()
    };
    let zone = label("topology.kubernetes.io/zone", "failure-domain.beta.kubernetes.io/zone");
    let region = label("topology.kubernetes.io/region", "failure-domain.beta.kubernetes.io/region");
    if zone.is_empty() && region.is_empty() { String::new() } else { format!("{region}:\0:{zone}") }
}

/// `ComputeZoneState`, from whether each node is ready.
pub(super) fn state(ready: &[bool], settings: &Settings) -> State {
    let silent = ready.iter().filter(|ready| !**ready).count();
    if silent > 0 && silent == ready.len() {
        State::FullDisruption
    } else if silent > 2 && silent as f64 / ready.len() as f64 >= settings.unhealthy_zone_threshold
    {
        State::PartialDisruption
    } else {
        State::Normal
    }
}

/// How many nodes of a zone may be tainted a second.
pub(super) fn rate(state: State, size: usize, settings: &Settings) -> f64 {
    match state {
        State::PartialDisruption if size > settings.large_cluster_size => {
            settings.secondary_node_eviction_rate
        }
        State::PartialDisruption => 0.0,
        _ => settings.node_eviction_rate,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(ready: usize, silent: usize, want: State) {
        let nodes: Vec<bool> = (0..ready + silent).map(|at| at < ready).collect();
        assert_eq!(state(&nodes, &Settings::default()), want);
    }

    #[test]
    fn three_silent_nodes_and_most_of_a_zone_make_a_partial_disruption() {
        check(0, 0, State::Normal);
        check(0, 1, State::FullDisruption);
        check(1, 2, State::Normal);
        check(2, 3, State::PartialDisruption);
        check(9, 3, State::Normal);
    }
}
