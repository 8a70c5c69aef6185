//! A pod's quality of service (`qos.ComputePodQOS`).

use pintle_machinery::Value;
use pintle_machinery::path::ValueExt;
use pintle_machinery::quantity::{Format, Quantity};

const BEST_EFFORT: &str = "BestEffort";
const BURSTABLE: &str = "Burstable";
const GUARANTEED: &str = "Guaranteed";

/// The class of a pod.
pub(crate) fn class(pod: &Value) -> &'static str {
    if let Some(resources) = pod.at(&["spec", "resources"])
        && ["requests", "limits"].iter().any(|map| {
            let mut names = resources.map_at(&[map]).into_iter().flat_map(|map| map.keys());
            names.any(|name| {
                matches!(name.as_str(), "cpu" | "memory") || name.starts_with("hugepages-")
            })
        })
    {
        return of_resources(resources);
    }
    let lists = ["initContainers", "containers"].map(|list| pod.list_at(&["spec", list]));
    merge(lists.into_iter().flatten().map(|container| of_resources(&container["resources"])))
}

fn of_resources(resources: &Value) -> &'static str {
    merge(["cpu", "memory"].into_iter().map(|name| {
        let amount = |map: &str| {
            let quantity =
                resources.str_at(&[map, name]).and_then(|text| Quantity::parse(text).ok());
            quantity.unwrap_or(Quantity::new(0, Format::DecimalSi))
        };
        let (request, limit) = (amount("requests"), amount("limits"));
        if request != limit {
            BURSTABLE
        } else if request.is_zero() {
            BEST_EFFORT
        } else {
            GUARANTEED
        }
    }))
}

fn merge(mut classes: impl Iterator<Item = &'static str>) -> &'static str {
    let first = classes.next().unwrap_or(BEST_EFFORT);
    if classes.all(|class| class == first) { first } else { BURSTABLE }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(resources: &[Value], expected: &str) {
        let containers: Vec<Value> =
            resources.iter().map(|resources| json!({"resources": resources})).collect();
        assert_eq!(class(&json!({"spec": {"containers": containers}})), expected);
    }

    #[test]
    fn classes_follow_requests_and_limits() {
        let full = json!({"cpu": "1", "memory": "1Gi"});
        check(&[json!({})], BEST_EFFORT);
        check(
            &[json!({"requests": full, "limits": {"cpu": "1000m", "memory": "1Gi"}})],
            GUARANTEED,
        );
        check(&[json!({"requests": full})], BURSTABLE);
        check(&[json!({"requests": full, "limits": full}), json!({})], BURSTABLE);
    }
}
