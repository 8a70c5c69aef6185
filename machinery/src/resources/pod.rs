//! What a pod needs in sum, with what its kubelet says about it.

use super::List;
use crate::Value;
use crate::path::ValueExt;

/// Amounts for the pod as a whole are given (`IsPodLevelResourcesSet`).
pub fn has_own_resources(pod: &Value) -> bool {
    has_own(pod, "requests") || has_own(pod, "limits")
}

fn has_own(pod: &Value, which: &str) -> bool {
    let names = pod.map_at(&["spec", "resources", which]).into_iter().flat_map(|map| map.keys());
    names.into_iter().any(|name| is_for_pods(name))
}

/// `IsSupportedPodLevelResource`.
fn is_for_pods(name: &str) -> bool {
    matches!(name, "cpu" | "memory") || name.starts_with("hugepages-")
}

/// What the pod asks for: the most of what is wanted, granted and in force, and its overhead
/// (`PodRequests` with `UseStatusResources`).
pub fn pod_requests(pod: &Value) -> List {
    let infeasible = is_infeasible(pod);
    let mut total = List::default();
    if !infeasible {
        total = sum(pod, |container, _| List::at(container, &["resources", "requests"]));
    }
    let wanted = |container: &Value| {
        if infeasible { List::default() } else { List::at(container, &["resources", "requests"]) }
    };
    let granted = |container: &Value, status: &Value| match status.at(&["allocatedResources"]) {
        Some(_) => List::at(status, &["allocatedResources"]),
        None => wanted(container),
    };
    total.max(&sum(pod, |container, status| match status.at(&["resources", "requests"]) {
        Some(_) => List::at(status, &["resources", "requests"]),
        None => granted(container, status),
    }));
    total.max(&sum(pod, granted));
    if has_own(pod, "requests") {
        total.0.extend(List::at(pod, &["spec", "resources", "requests"]).only(is_for_pods).0);
    }
    total.add(&List::at(pod, &["spec", "overhead"]));
    total
}

/// What the pod may use at most (`PodLimits` with `UseStatusResources`).
pub fn pod_limits(pod: &Value) -> List {
    let infeasible = is_infeasible(pod);
    let wanted = |container: &Value| List::at(container, &["resources", "limits"]);
    let mut total = List::default();
    if !infeasible {
        total = sum(pod, |container, _| wanted(container));
    }
    total.max(&sum(pod, |container, status| match status.at(&["resources", "limits"]) {
        Some(_) => List::at(status, &["resources", "limits"]),
        None if infeasible => List::default(),
        None => wanted(container),
    }));
    if has_own_resources(pod) {
        total.0.extend(List::at(pod, &["spec", "resources", "limits"]).only(is_for_pods).0);
    }
    for (name, amount) in List::at(pod, &["spec", "overhead"]).iter() {
        if let Some(limit) = total.0.get_mut(name).filter(|limit| !limit.is_zero()) {
            limit.add(amount);
        }
    }
    total
}

/// The kubelet has said that a resize will not be (`IsPodResizeInfeasible`).
fn is_infeasible(pod: &Value) -> bool {
    let conditions = pod.list_at(&["status", "conditions"]);
    let pending =
        conditions.iter().find(|condition| condition.str_at(&["type"]) == Some("PodResizePending"));
    pending.is_some_and(|pending| pending.str_at(&["reason"]) == Some("Infeasible"))
}

/// Containers run together; init containers one after the other beside those that stay
/// (`aggregateContainerResourcesByFn`).
fn sum(pod: &Value, of: impl Fn(&Value, &Value) -> List) -> List {
    let of = |container: &Value| {
        let name = container.str_at(&["name"]);
        let lists = ["containerStatuses", "initContainerStatuses"];
        let mut statuses = lists.into_iter().flat_map(|list| pod.list_at(&["status", list]));
        let status = statuses.find(|status| status.str_at(&["name"]) == name);
        of(container, status.unwrap_or(&Value::Null))
    };
    let mut total = List::default();
    for container in pod.list_at(&["spec", "containers"]) {
        total.add(&of(container));
    }
    let (mut staying, mut start) = (List::default(), List::default());
    for container in pod.list_at(&["spec", "initContainers"]) {
        let mut own = of(container);
        if container.str_at(&["restartPolicy"]) == Some("Always") {
            total.add(&own);
            staying.add(&own);
            start.max(&staying);
        } else {
            own.add(&staying);
            start.max(&own);
        }
    }
    total.max(&start);
    total
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(pod: Value, requests: Value, limits: Value) {
        assert_eq!(pod_requests(&pod).to_value(), requests);
        assert_eq!(pod_limits(&pod).to_value(), limits);
    }

    fn container(name: &str, cpu: &str) -> Value {
        json!({"name": name, "resources": {"requests": {"cpu": cpu}, "limits": {"cpu": cpu}}})
    }

    #[test]
    fn the_start_may_need_more_than_the_run() {
        let mut sidecar = container("s", "1");
        sidecar["restartPolicy"] = "Always".into();
        let init = json!([container("i", "2"), sidecar, container("j", "4")]);
        let containers = json!([container("a", "1"), container("b", "1")]);
        let pod = json!({"spec": {"containers": containers, "initContainers": init}});
        check(pod, json!({"cpu": "5"}), json!({"cpu": "5"}));
    }

    #[test]
    fn what_is_in_force_counts_until_it_is_less() {
        let status = json!({"name": "a", "resources": {
            "requests": {"cpu": "3"}, "limits": {"cpu": "3"},
        }});
        let mut pod = json!({
            "spec": {"containers": [container("a", "1")]},
            "status": {"containerStatuses": [status]},
        });
        check(pod.clone(), json!({"cpu": "3"}), json!({"cpu": "3"}));
        pod["spec"]["containers"] = json!([container("a", "9")]);
        pod["status"]["conditions"] = json!([{"type": "PodResizePending", "reason": "Infeasible"}]);
        check(pod, json!({"cpu": "3"}), json!({"cpu": "3"}));
    }

    #[test]
    fn amounts_of_the_pod_replace_those_of_its_containers() {
        let resources = json!({"requests": {"cpu": "2"}, "limits": {"cpu": "3"}});
        let overhead = json!({"cpu": "250m", "memory": "1Mi"});
        let spec = json!({"containers": [container("a", "1")], "resources": resources, "overhead": overhead});
        let requests = json!({"cpu": "2250m", "memory": "1Mi"});
        check(json!({"spec": spec}), requests, json!({"cpu": "3250m"}));
    }
}
