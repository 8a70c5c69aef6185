//! Taints, tolerations and node affinity (`component-helpers/scheduling/corev1`).

use serde_json::{Map, Value};

use crate::object::Read;

/// Whether a toleration tolerates a taint.
pub(crate) fn tolerates(toleration: &Value, taint: &Value) -> bool {
    let (key, effect) = (toleration.text("key"), toleration.text("effect"));
    if !effect.is_empty() && effect != taint.text("effect") {
        return false;
    }
    if !key.is_empty() && key != taint.text("key") {
        return false;
    }
    match toleration.text("operator") {
        "Exists" => true,
        "" | "Equal" => toleration.text("value") == taint.text("value"),
        _ => false,
    }
}

/// Whether one of these effects comes from a taint that nothing tolerates.
pub(crate) fn is_repelled(taints: &[Value], tolerations: &[Value], effects: &[&str]) -> bool {
    taints
        .iter()
        .filter(|taint| effects.contains(&taint.text("effect")))
        .any(|taint| !tolerations.iter().any(|toleration| tolerates(toleration, taint)))
}

/// Whether a node has what a pod's `nodeSelector` and required node affinity ask for.
pub(crate) fn fits_node(spec: &Value, node: &Value) -> bool {
    let labels = node.entries("metadata.labels");
    let label = |key: &str| labels.and_then(|labels| labels.get(key)).and_then(Value::as_str);
    let selected = spec.entries("nodeSelector").into_iter().flatten();
    for (key, value) in selected {
        if label(key) != value.as_str() {
            return false;
        }
    }
    let required = spec.at("affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution");
    if required.is_null() {
        return true;
    }
    required.list("nodeSelectorTerms").iter().any(|term| matches_term(term, node, labels))
}

fn matches_term(term: &Value, node: &Value, labels: Option<&Map<String, Value>>) -> bool {
    let (fields, expressions) = (term.list("matchFields"), term.list("matchExpressions"));
    if fields.is_empty() && expressions.is_empty() {
        return false;
    }
    let by_label = |requirement: &Value| {
        let held = labels.and_then(|labels| labels.get(requirement.text("key")));
        matches(requirement, held.and_then(Value::as_str))
    };
    let by_field = |requirement: &Value| {
        requirement.text("key") == "metadata.name" && matches(requirement, Some(node.name()))
    };
    expressions.iter().all(by_label) && fields.iter().all(by_field)
}

fn matches(requirement: &Value, held: Option<&str>) -> bool {
    let values = requirement.list("values");
    let listed = || values.iter().any(|value| value.as_str() == held);
    let compared = |test: fn(&i64, &i64) -> bool| {
        let number = |text: Option<&str>| text?.parse::<i64>().ok();
        match (number(held), number(values.first().and_then(Value::as_str))) {
            (Some(held), Some(limit)) => test(&held, &limit),
            _ => false,
        }
    };
    match requirement.text("operator") {
        "In" => held.is_some() && listed(),
        "NotIn" => held.is_none() || !listed(),
        "Exists" => held.is_some(),
        "DoesNotExist" => held.is_none(),
        "Gt" => compared(i64::gt),
        "Lt" => compared(i64::lt),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(toleration: Value, want: bool) {
        let taint = json!({"key": "k", "value": "v", "effect": "NoExecute"});
        assert_eq!(tolerates(&toleration, &taint), want, "{toleration}");
    }

    #[test]
    fn an_empty_key_that_exists_tolerates_everything() {
        check(json!({"operator": "Exists"}), true);
        check(json!({"key": "k", "operator": "Exists"}), true);
        check(json!({"key": "k", "value": "v"}), true);
        check(json!({"key": "k", "value": "w"}), false);
        check(json!({"key": "k", "operator": "Exists", "effect": "NoSchedule"}), false);
    }
}
