//! `NodeAffinity`: the pod's node selector and node affinity.

use k8s_openapi::api::core::v1::{NodeSelectorRequirement, NodeSelectorTerm};

use crate::node::NodeInfo;
use crate::plugin::{Cycle, Normalize, Plugin, now_passes};

/// The row.
pub(super) const PLUGIN: Plugin = Plugin {
    name: "NodeAffinity",
    weight: 2,
    filter: Some(filter),
    score: Some(score),
    normalize: Normalize::Scale,
    requeue_on: |pod, change| now_passes(pod, change, filter),
};

fn filter(cycle: &Cycle<'_>, node: &NodeInfo) -> Vec<String> {
    let Some(spec) = &cycle.pod.pod.spec else { return Vec::new() };
    let selected = spec
        .node_selector
        .iter()
        .flatten()
        .all(|(label, value)| node.label(label) == Some(value.as_str()));
    let affinity = spec.affinity.as_ref().and_then(|affinity| affinity.node_affinity.as_ref());
    let required = affinity
        .and_then(|affinity| affinity.required_during_scheduling_ignored_during_execution.as_ref());
    let matched = required.is_none_or(|selector| {
        selector.node_selector_terms.iter().any(|term| term_matches(term, node))
    });
    if selected && matched {
        return Vec::new();
    }
    vec!["node(s) didn't match Pod's node affinity/selector".into()]
}

/// Sum of the weights of the preferred terms that match.
fn score(cycle: &Cycle<'_>, node: &NodeInfo) -> i64 {
    let spec = cycle.pod.pod.spec.as_ref();
    let affinity = spec.and_then(|spec| spec.affinity.as_ref()?.node_affinity.as_ref());
    let preferred = affinity
        .and_then(|a| a.preferred_during_scheduling_ignored_during_execution.as_deref())
        .unwrap_or_default();
    let matching = preferred.iter().filter(|term| {
        let empty = expressions(&term.preference).next().is_none();
        empty || term_matches(&term.preference, node)
    });
    matching.map(|term| i64::from(term.weight)).sum()
}

fn expressions(term: &NodeSelectorTerm) -> impl Iterator<Item = &NodeSelectorRequirement> {
    term.match_expressions.iter().flatten().chain(term.match_fields.iter().flatten())
}

/// A term without any requirement matches nothing
/// (`component-helpers/scheduling/corev1/nodeaffinity`).
fn term_matches(term: &NodeSelectorTerm, node: &NodeInfo) -> bool {
    if expressions(term).next().is_none() {
        return false;
    }
    let labels = term.match_expressions.iter().flatten();
    let fields = term.match_fields.iter().flatten();
    labels.into_iter().all(|requirement| holds(requirement, node.label(&requirement.key)))
        && fields.into_iter().all(|requirement| {
            let value = (requirement.key == "metadata.name").then(|| node.name());
            holds(requirement, value)
        })
}

fn holds(requirement: &NodeSelectorRequirement, value: Option<&str>) -> bool {
    let values = requirement.values.as_deref().unwrap_or_default();
    let listed = || value.is_some_and(|value| values.iter().any(|v| v == value));
    let compared = |accept: fn(i64, i64) -> bool| {
        let bound = values.first().and_then(|bound| bound.parse().ok());
        let value = value.and_then(|value| value.parse().ok());
        value.zip(bound).is_some_and(|(value, bound)| accept(value, bound))
    };
    match requirement.operator.as_str() {
        "In" => listed(),
        "NotIn" => !listed(),
        "Exists" => value.is_some(),
        "DoesNotExist" => value.is_none(),
        "Gt" => compared(|value, bound| value > bound),
        "Lt" => compared(|value, bound| value < bound),
        _ => false,
    }
}
