//! What a pod asks for as a whole, by its spec alone.

use pintle_machinery::Value;
use pintle_machinery::path::ValueExt as _;
use pintle_machinery::resources::List;

/// What the containers of a pod need together; `which` is `requests` or `limits`
/// (`limitranger.podRequests`, `podLimits`).
pub(crate) fn of_pod(pod: &Value, which: &str) -> List {
    let of = |container: &Value| List::at(container, &["resources", which]);
    let mut total = List::default();
    for container in pod.list_at(&["spec", "containers"]) {
        total.add(&of(container));
    }
    let (mut sidecars, mut start) = (List::default(), List::default());
    for container in pod.list_at(&["spec", "initContainers"]) {
        let own = of(container);
        if container.str_at(&["restartPolicy"]) == Some("Always") {
            total.add(&own);
            sidecars.add(&own);
            start.max(&sidecars);
        } else {
            let mut at_once = own;
            at_once.add(&sidecars);
            start.max(&at_once);
        }
    }
    total.max(&start);
    for (name, amount) in List::at(pod, &["spec", "resources", which]).0 {
        if matches!(name.as_str(), "cpu" | "memory") {
            total.0.insert(name, amount);
        }
    }
    total
}
