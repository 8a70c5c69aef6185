//! Labels of nodes that went out of use (`pkg/api/node.GetNodeLabelDeprecatedMessage`).

use pintle_engine::Value;
use pintle_machinery::path::ValueExt;

/// Old labels, and what is said of them.
const DEPRECATED: [(&str, &str); 8] = [
    ("beta.kubernetes.io/arch", "deprecated since v1.14; use \"kubernetes.io/arch\" instead"),
    ("beta.kubernetes.io/os", "deprecated since v1.14; use \"kubernetes.io/os\" instead"),
    (
        "failure-domain.beta.kubernetes.io/region",
        "deprecated since v1.17; use \"topology.kubernetes.io/region\" instead",
    ),
    (
        "failure-domain.beta.kubernetes.io/zone",
        "deprecated since v1.17; use \"topology.kubernetes.io/zone\" instead",
    ),
    (
        "beta.kubernetes.io/instance-type",
        "deprecated since v1.17; use \"node.kubernetes.io/instance-type\" instead",
    ),
    ("app.kubernetes.io/created-by", "deprecated since v1.9"),
    (
        "scheduler.alpha.kubernetes.io/preferAvoidPods",
        "deprecated since v1.22; use Taints and Tolerations instead",
    ),
    ("node-role.kubernetes.io/master", "use \"node-role.kubernetes.io/control-plane\" instead"),
];

/// What is said of an old label.
pub(crate) fn deprecated(label: &str) -> Option<&'static str> {
    DEPRECATED.iter().find(|(old, _)| *old == label).map(|(_, message)| *message)
}

/// Warnings of the labels that a map names, all at one path.
pub(crate) fn in_map(object: &Value, field: &[&str]) -> Vec<String> {
    let labels = object.map_at(field).into_iter().flatten();
    let warning = |message: &str| format!("{}: {message}", field.join("."));
    labels.filter_map(|(label, _)| deprecated(label)).map(warning).collect()
}

/// Warnings of the labels that a selector names (`GetWarningsForNodeSelector`).
pub(crate) fn in_selector(selector: &Value, path: &str) -> Vec<String> {
    let mut warnings = Vec::new();
    for (index, expression) in selector.list_at(&["matchExpressions"]).iter().enumerate() {
        let key = expression.str_at(&["key"]).unwrap_or_default();
        if let Some(message) = deprecated(key) {
            warnings.push(format!("{path}.matchExpressions[{index}].key: {key} is {message}"));
        }
    }
    for label in selector.map_at(&["matchLabels"]).into_iter().flatten().map(|(label, _)| label) {
        if let Some(message) = deprecated(label) {
            warnings.push(format!("{path}.matchLabels.{label}: {message}"));
        }
    }
    warnings
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn warns_of_old_labels_alone() {
        let object = json!({"a": {"b": {"beta.kubernetes.io/os": "x", "kubernetes.io/os": "x"}}});
        let warnings = in_map(&object, &["a", "b"]);
        let message = "a.b: deprecated since v1.14; use \"kubernetes.io/os\" instead";
        assert_eq!(warnings, [message]);
    }

    #[test]
    fn names_the_place_in_a_selector() {
        let selector = json!({
            "matchLabels": {"app.kubernetes.io/created-by": "x"},
            "matchExpressions": [{"key": "a"}, {"key": "app.kubernetes.io/created-by"}],
        });
        let wanted = [
            "p.matchExpressions[1].key: app.kubernetes.io/created-by is deprecated since v1.9",
            "p.matchLabels.app.kubernetes.io/created-by: deprecated since v1.9",
        ];
        assert_eq!(in_selector(&selector, "p"), wanted);
    }
}
