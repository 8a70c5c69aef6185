use pintle_engine::User;
use serde_json::json;

use super::*;

fn sound() -> Value {
    json!({"metadata": {"name": "d"}, "spec": {
        "replicas": 1, "selector": {"matchLabels": {"a": "b"}},
        "strategy": {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": 1, "maxUnavailable": "25%"}},
        "template": {"metadata": {"labels": {"a": "b"}}, "spec": {
            "restartPolicy": "Always", "dnsPolicy": "ClusterFirst", "terminationGracePeriodSeconds": 30,
            "containers": [{"name": "c", "image": "i", "imagePullPolicy": "Always",
                "terminationMessagePolicy": "File", "resources": {}}]}},
    }})
}

#[track_caller]
fn check(change: impl Fn(&mut Value), old: Option<&Value>, expected: &[&str]) {
    let mut object = sound();
    change(&mut object);
    let user = User::default();
    let ctx = Context {
        now: 0,
        user: &user,
        namespace: "default",
        name: "d",
        subresource: "",
        random: 0,
        dry_run: false,
    };
    let mut errors = Errors::new();
    deployment(&ctx, &object, old, &mut errors);
    let found: Vec<String> = errors.iter().map(ToString::to_string).collect();
    assert_eq!(found, expected);
}

#[test]
fn a_sound_deployment_passes() {
    check(|_| {}, Some(&sound()), &[]);
}

#[test]
fn the_selector_stays_and_matches() {
    check(
        |object| object.set(&["spec", "selector", "matchLabels", "a"], "c"),
        Some(&sound()),
        &[
            r#"spec.template.metadata.labels: Invalid value: {"a":"b"}: `selector` does not match template `labels`"#,
            r#"spec.selector: Invalid value: {"matchLabels":{"a":"c"}}: field is immutable"#,
        ],
    );
}

#[test]
fn pods_and_rollouts_are_checked() {
    check(
        |object| {
            object["spec"]["template"]["spec"]["containers"][0]["name"] = "A_b".into();
            object["spec"]["strategy"]["rollingUpdate"] =
                json!({"maxSurge": 0, "maxUnavailable": 0});
            object["spec"]["template"]["spec"]["restartPolicy"] = "Never".into();
        },
        None,
        &[
            r#"spec.template.spec.containers[0].name: Invalid value: "A_b": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')"#,
            r#"spec.template.spec.restartPolicy: Unsupported value: "Never": supported values: "Always""#,
            "spec.strategy.rollingUpdate.maxUnavailable: Invalid value: 0: may not be 0 when `maxSurge` is 0",
        ],
    );
}
