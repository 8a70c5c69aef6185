use std::sync::Arc;

use pintle_engine::admission::{AllowNone, Attributes, Operation, Plugin, Warnings};
use pintle_engine::{Context, Lookup, User};
use pintle_machinery::Value;
use pintle_machinery::status::Status;
use serde_json::json;

use crate::PLUGINS;

/// Objects by plural name.
struct Objects(Vec<(&'static str, Value)>);

impl Lookup for Objects {
    fn get(&self, _: &str, plural: &str, namespace: &str, name: &str) -> Option<Arc<Value>> {
        let named = |value: &&Arc<Value>| value["metadata"]["name"] == name;
        self.list("", plural, namespace).iter().find(named).cloned()
    }

    fn list(&self, _: &str, plural: &str, _: &str) -> Vec<Arc<Value>> {
        let of = self.0.iter().filter(|(of, _)| *of == plural);
        of.map(|(_, value)| Arc::new(value.clone())).collect()
    }
}

fn plugin(name: &str) -> &'static Plugin {
    PLUGINS.iter().find(|plugin| plugin.name == name).expect("a plugin of that name")
}

/// Runs both stages of a plugin over a write to `group/resource`.
fn run(
    name: &str,
    (operation, resource): (Operation, &str),
    mut object: Value,
    objects: &Objects,
) -> Result<Value, Status> {
    let (group, resource) = resource.split_once('/').unwrap_or(("", resource));
    let (user, warnings) = (User::default(), Warnings::default());
    let context = Context {
        now: 0,
        user: &user,
        namespace: "n",
        name: "x",
        subresource: "",
        random: 7,
        dry_run: false,
    };
    let name_of = object["metadata"]["name"].as_str().unwrap_or("x").to_owned();
    let attributes = Attributes {
        group,
        version: "v1",
        resource,
        subresource: "",
        kind: (group, "v1", "X"),
        namespace: if resource == "priorityclasses" { "" } else { "n" },
        name: &name_of,
        shown_name: &name_of,
        operation,
        options: &Value::Null,
        context,
        authorizer: &AllowNone,
        warnings: &warnings,
    };
    let plugin = plugin(name);
    if !plugin.operations.contains(&operation) {
        return Ok(object);
    }
    if let Some(mutate) = plugin.mutate {
        mutate(&attributes, &mut object, None, objects)?;
    }
    if let Some(validate) = plugin.validate {
        validate(&attributes, &object, None, objects)?;
    }
    Ok(object)
}

#[track_caller]
fn refuses(result: Result<Value, Status>, code: u16, message: &str) {
    let status = result.expect_err("a refusal");
    assert_eq!((status.code, status.message.as_str()), (code, message));
}

const CREATE_POD: (Operation, &str) = (Operation::Create, "pods");

#[test]
fn nothing_is_made_in_a_namespace_that_goes_away() {
    let name = "NamespaceLifecycle";
    refuses(run(name, CREATE_POD, json!({}), &Objects(vec![])), 404, "namespaces \"n\" not found");
    let going = json!({ "metadata": { "name": "n" }, "status": { "phase": "Terminating" } });
    let refused = run(name, CREATE_POD, json!({}), &Objects(vec![("namespaces", going)]));
    let causes = refused.clone().unwrap_err().details.unwrap().causes;
    assert_eq!(causes[0].reason, "NamespaceTerminating");
    let message = "pods \"x\" is forbidden: unable to create new content in namespace n because it \
                   is being terminated";
    refuses(refused, 403, message);
}

#[test]
fn some_namespaces_stay() {
    let delete = (Operation::Delete, "namespaces");
    let namespace = |name: &str| json!({ "metadata": { "name": name } });
    let result = run("NamespaceLifecycle", delete, namespace("default"), &Objects(vec![]));
    refuses(result, 403, "namespaces \"default\" is forbidden: this namespace may not be deleted");
    run("NamespaceLifecycle", delete, namespace("mine"), &Objects(vec![])).unwrap();
}

#[test]
fn a_pod_gets_its_account_and_its_token() {
    let account =
        json!({ "metadata": { "name": "default" }, "imagePullSecrets": [{ "name": "s" }] });
    let objects = Objects(vec![("serviceaccounts", account)]);
    let pod = json!({ "spec": { "containers": [{ "name": "c" }] } });
    let pod = run("ServiceAccount", CREATE_POD, pod, &objects).unwrap();
    assert_eq!(pod["spec"]["serviceAccountName"], "default");
    assert_eq!(pod["spec"]["imagePullSecrets"], json!([{ "name": "s" }]));
    let volume = &pod["spec"]["volumes"][0];
    let mount = &pod["spec"]["containers"][0]["volumeMounts"][0];
    assert_eq!(volume["name"], mount["name"]);
    assert_eq!(volume["name"].as_str().unwrap().len(), "kube-api-access-".len() + 5);
    assert_eq!(volume["projected"]["sources"][0]["serviceAccountToken"]["path"], "token");
}

#[test]
fn a_missing_account_is_named() {
    let pod = json!({ "spec": { "serviceAccountName": "a" } });
    let message = "pods \"x\" is forbidden: error looking up service account n/a: serviceaccount \
                   \"a\" not found";
    refuses(run("ServiceAccount", CREATE_POD, pod, &Objects(vec![])), 403, message);
}

#[test]
fn a_mirror_pod_takes_no_secrets() {
    let mirror = json!({ "annotations": { "kubernetes.io/config.mirror": "h" } });
    let env = json!([{ "name": "e", "valueFrom": { "secretKeyRef": { "name": "s" } } }]);
    let pod = json!({ "metadata": mirror, "spec": { "containers": [{ "env": env }] } });
    let message = "pods \"x\" is forbidden: a mirror pod may not reference secrets";
    refuses(run("ServiceAccount", CREATE_POD, pod, &Objects(vec![])), 403, message);
}

#[test]
fn accounts_may_limit_the_secrets_of_their_pods() {
    let account = json!({ "metadata": {
        "name": "default",
        "annotations": { "kubernetes.io/enforce-mountable-secrets": "true" },
    } });
    let objects = Objects(vec![("serviceaccounts", account)]);
    let pod = json!({ "spec": { "volumes": [{ "name": "v", "secret": { "secretName": "s" } }] } });
    let message = "pods \"x\" is forbidden: volume with secret.secretName=\"s\" is not allowed \
                   because service account default does not reference that secret";
    refuses(run("ServiceAccount", CREATE_POD, pod, &objects), 403, message);
}

#[test]
fn classes_become_numbers() {
    let class = |name: &str, value: i64, default: bool| {
        let meta = json!({ "name": name });
        ("priorityclasses", json!({ "metadata": meta, "value": value, "globalDefault": default }))
    };
    let objects = Objects(vec![class("high", 100, false), class("usual", 5, true)]);
    let named = |name: &str| json!({ "spec": { "priorityClassName": name } });
    for (pod, priority) in [(named("high"), 100), (json!({ "spec": {} }), 5)] {
        let pod = run("Priority", CREATE_POD, pod, &objects).unwrap();
        assert_eq!(pod["spec"]["priority"], priority);
    }
    let message = "pods \"x\" is forbidden: no PriorityClass with name low was found";
    refuses(run("Priority", CREATE_POD, named("low"), &objects), 403, message);
    let second = json!({ "metadata": { "name": "other" }, "globalDefault": true });
    let create = (Operation::Create, "scheduling.k8s.io/priorityclasses");
    let message = "priorityclasses.scheduling.k8s.io \"other\" is forbidden: PriorityClass usual is \
                   already marked as default. Only one default can exist";
    refuses(run("Priority", create, second, &objects), 403, message);
}

#[test]
fn pods_leave_dead_nodes_after_five_minutes() {
    let given = json!([{ "key": "node.kubernetes.io/not-ready", "operator": "Exists" }]);
    let pod = json!({ "spec": { "tolerations": given } });
    let pod = run("DefaultTolerationSeconds", CREATE_POD, pod, &Objects(vec![])).unwrap();
    let tolerations = pod["spec"]["tolerations"].as_array().unwrap();
    assert_eq!(tolerations.len(), 2);
    assert_eq!(tolerations[1]["key"], "node.kubernetes.io/unreachable");
    assert_eq!(tolerations[1]["tolerationSeconds"], 300);
}

#[test]
fn the_newest_default_class_is_the_default() {
    let class = |name: &str, made: &str| {
        let mark = json!({ "storageclass.kubernetes.io/is-default-class": "true" });
        let meta = json!({ "name": name, "creationTimestamp": made, "annotations": mark });
        ("storageclasses", json!({ "metadata": meta }))
    };
    let objects =
        Objects(vec![class("old", "2026-01-01T00:00:00Z"), class("new", "2026-02-01T00:00:00Z")]);
    let create = (Operation::Create, "persistentvolumeclaims");
    let claim = run("DefaultStorageClass", create, json!({ "spec": {} }), &objects).unwrap();
    assert_eq!(claim["spec"]["storageClassName"], "new");
}

#[test]
fn a_new_node_is_not_ready() {
    let create = (Operation::Create, "nodes");
    let node = run("TaintNodesByCondition", create, json!({}), &Objects(vec![])).unwrap();
    assert_eq!(node["spec"]["taints"][0]["key"], "node.kubernetes.io/not-ready");
}
