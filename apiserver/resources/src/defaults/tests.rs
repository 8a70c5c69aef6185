use serde_json::{Value, json};

use super::{RULES, rule};

#[track_caller]
fn check(message: &str, given: Value, then: &Value) {
    let Value::Object(mut fields) = given else { panic!("given must be an object") };
    rule(message).expect("a rule of that name")(&mut fields);
    assert_eq!(&Value::Object(fields), then);
}

#[test]
fn the_rules_are_sorted_and_unique() {
    assert!(RULES.windows(2).all(|pair| pair[0].0 < pair[1].0));
}

#[test]
fn images_without_a_tag_are_pulled_always() {
    for (image, policy) in [
        ("nginx", "Always"),
        ("nginx:latest", "Always"),
        ("nginx:1.27", "IfNotPresent"),
        ("localhost:5000/nginx", "Always"),
        ("localhost:5000/nginx:1", "IfNotPresent"),
        ("nginx@sha256:00", "IfNotPresent"),
    ] {
        let then = json!({
            "image": image, "imagePullPolicy": policy,
            "terminationMessagePath": "/dev/termination-log", "terminationMessagePolicy": "File",
        });
        check("io.k8s.api.core.v1.Container", json!({ "image": image }), &then);
    }
}

#[test]
fn service_target_ports_follow_ports() {
    check(
        "io.k8s.api.core.v1.Service",
        json!({ "spec": { "ports": [{ "port": 80 }] } }),
        &json!({ "spec": {
            "ports": [{ "port": 80, "protocol": "TCP", "targetPort": 80 }],
            "sessionAffinity": "None", "type": "ClusterIP", "internalTrafficPolicy": "Cluster",
        } }),
    );
}

#[test]
fn requests_follow_limits_in_pods() {
    check(
        "io.k8s.api.core.v1.Pod",
        json!({ "spec": { "hostNetwork": true, "containers": [{
            "ports": [{ "containerPort": 80 }], "resources": { "limits": { "cpu": "1" } },
        }] } }),
        &json!({ "spec": { "enableServiceLinks": true, "hostNetwork": true, "containers": [{
            "ports": [{ "containerPort": 80, "hostPort": 80 }],
            "resources": { "limits": { "cpu": "1" }, "requests": { "cpu": "1" } },
        }] } }),
    );
}

#[test]
fn one_pod_ip_stands_in_both_places() {
    let message = "io.k8s.api.core.v1.PodStatus";
    let both = json!({ "podIP": "10.0.0.1", "podIPs": [{ "ip": "10.0.0.1" }] });
    check(message, json!({ "podIP": "10.0.0.1" }), &both);
    check(message, json!({ "podIPs": [{ "ip": "10.0.0.1" }] }), &both);
    check(message, json!({ "podIP": "10.0.0.1", "podIPs": [{ "ip": "10.0.0.2" }] }), &both);
    check(message, json!({}), &json!({}));
}

#[test]
fn jobs_run_once_unless_told_otherwise() {
    let common = json!({
        "backoffLimit": 6, "completionMode": "NonIndexed", "suspend": false,
        "podReplacementPolicy": "TerminatingOrFailed", "manualSelector": false, "parallelism": 1,
    });
    let mut once = common.clone();
    once["completions"] = json!(1);
    check("io.k8s.api.batch.v1.Job", json!({}), &json!({ "spec": once }));
    let given = json!({ "spec": { "parallelism": 1 } });
    check("io.k8s.api.batch.v1.Job", given, &json!({ "spec": common }));
}
