//! Which container of a pod a request is about.

use pintle_engine::{Status, Value, meta};

/// Names of the init containers, containers and ephemeral containers, in this order.
fn names(pod: &Value) -> Vec<&str> {
    ["initContainers", "containers", "ephemeralContainers"]
        .into_iter()
        .filter_map(|field| pod["spec"][field].as_array())
        .flatten()
        .filter_map(|container| container["name"].as_str())
        .collect()
}

/// The container asked for, or the only one (`registry/core/pod.validateContainer`).
pub(super) fn choose(pod: &Value, wanted: &str) -> Result<String, Status> {
    let name = meta::name(pod);
    if !wanted.is_empty() {
        if names(pod).contains(&wanted) {
            return Ok(wanted.to_owned());
        }
        let message = format!("container {wanted} is not valid for pod {name}");
        return Err(Status::bad_request(message));
    }
    let containers = pod["spec"]["containers"].as_array().map_or(&[][..], Vec::as_slice);
    let message = format!("a container name must be specified for pod {name}");
    match containers {
        [] => Err(Status::bad_request(message)),
        [only] => Ok(only["name"].as_str().unwrap_or_default().to_owned()),
        _ => {
            let names = names(pod).join(" ");
            Err(Status::bad_request(format!("{message}, choose one of: [{names}]")))
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(containers: &[&str], init: &[&str], wanted: &str, expected: Result<&str, &str>) {
        let list = |names: &[&str]| -> Value {
            names.iter().map(|name| json!({"name": name})).collect::<Vec<_>>().into()
        };
        let pod = json!({"metadata": {"name": "p"},
            "spec": {"initContainers": list(init), "containers": list(containers)}});
        let found = choose(&pod, wanted).map_err(|status| status.message);
        assert_eq!(found, expected.map(str::to_owned).map_err(str::to_owned));
    }

    #[test]
    fn the_only_container_is_meant() {
        check(&["a"], &["i"], "", Ok("a"));
        check(&["a", "b"], &[], "b", Ok("b"));
        check(&["a"], &["i"], "i", Ok("i"));
    }

    #[test]
    fn several_containers_need_a_choice() {
        let message = "a container name must be specified for pod p, choose one of: [i a b]";
        check(&["a", "b"], &["i"], "", Err(message));
        check(&[], &[], "", Err("a container name must be specified for pod p"));
        check(&["a"], &[], "z", Err("container z is not valid for pod p"));
    }
}
