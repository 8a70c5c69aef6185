use pintle_engine::lookup::Nothing;
use serde_json::json;

use super::*;

fn quota(name: &str, spec: Value, hard: Value, used: Value) -> Arc<Value> {
    let status = json!({"hard": hard, "used": used});
    Arc::new(json!({"metadata": {"name": name}, "spec": spec, "status": status}))
}

fn write(resource: &str, operation: Operation, object: Value, old: Option<Value>) -> Write {
    let (resource, subresource) = resource.split_once('/').unwrap_or((resource, ""));
    Write {
        group: String::new(),
        resource: resource.into(),
        subresource: subresource.into(),
        namespace: "n".into(),
        name: "x".into(),
        operation,
        object,
        old,
        dry_run: false,
    }
}

/// What the quotas say is used after a write.
fn used(write: &Write, quotas: &[Arc<Value>]) -> Result<Vec<Value>, String> {
    let charged = charge(write, quotas, 0, &Nothing).map_err(|status| {
        assert_eq!(status.code, 403);
        status.message
    })?;
    Ok(charged.iter().map(|quota| quota["status"]["used"].clone()).collect())
}

fn pod(cpu: &str) -> Value {
    let resources = json!({"requests": {"cpu": cpu}, "limits": {"cpu": "2"}});
    json!({"spec": {"containers": [{"name": "c", "resources": resources}]}})
}

#[test]
fn a_write_is_charged_to_each_quota_that_limits_it() {
    let hard = json!({"pods": "2", "requests.cpu": "1"});
    let full = quota("q", json!({}), hard, json!({"pods": "1", "requests.cpu": "500m"}));
    let other = quota("r", json!({}), json!({"services": "0"}), json!({"services": "0"}));
    let scoped = json!({"scopes": ["Terminating"]});
    let scoped = quota("s", scoped, json!({"pods": "0"}), json!({"pods": "0"}));
    let quotas = [full, other, scoped];
    let create = |cpu| write("pods", Operation::Create, pod(cpu), None);
    let after = used(&create("250m"), &quotas).unwrap();
    assert_eq!(after[0], json!({"pods": "2", "requests.cpu": "750m"}));
    assert_eq!(after[1..], [json!({"services": "0"}), json!({"pods": "0"})]);
    let refusal = "pods \"x\" is forbidden: exceeded quota: q, requested: requests.cpu=600m, \
                   used: requests.cpu=500m, limited: requests.cpu=1";
    assert_eq!(used(&create("600m"), &quotas).unwrap_err(), refusal);
}

#[test]
fn a_change_is_charged_for_what_it_adds() {
    let hard = json!({"services.nodeports": "2", "services": "1"});
    let quotas = [quota("q", json!({}), hard, json!({"services.nodeports": "1", "services": "1"}))];
    let service = |count: usize| {
        let ports: Vec<Value> = (0..count).map(|port| json!({"port": port})).collect();
        json!({"spec": {"type": "NodePort", "ports": ports}})
    };
    let update = |count| write("services", Operation::Update, service(count), Some(service(1)));
    let after = used(&update(2), &quotas).unwrap();
    assert_eq!(after[0], json!({"services.nodeports": "2", "services": "1"}));
    assert_eq!(used(&update(1), &quotas).unwrap()[0]["services.nodeports"], "1");
    let refusal = "services \"x\" is forbidden: exceeded quota: q, requested: \
                   services.nodeports=2, used: services.nodeports=1, limited: services.nodeports=2";
    assert_eq!(used(&update(3), &quotas).unwrap_err(), refusal);
}

#[test]
fn a_pod_says_what_is_limited() {
    let hard = json!({"limits.memory": "1Gi", "requests.cpu": "1"});
    let quotas = [quota("q", json!({}), hard.clone(), hard)];
    let create = write("pods", Operation::Create, pod("1"), None);
    let refusal = "pods \"x\" is forbidden: failed quota: q: must specify limits.memory for: c";
    assert_eq!(used(&create, &quotas).unwrap_err(), refusal);
}

#[test]
fn nothing_is_made_while_it_is_unknown_what_is_used() {
    let quotas = [quota("q", json!({}), json!({"pods": "1", "count/pods": "1"}), json!({}))];
    let create = write("pods", Operation::Create, pod("1"), None);
    let refusal =
        "pods \"x\" is forbidden: status unknown for quota: q, resources: count/pods,pods";
    assert_eq!(used(&create, &quotas).unwrap_err(), refusal);
}

#[test]
fn a_status_is_charged_beyond_the_limit() {
    let hard = json!({"requests.storage": "1Gi"});
    let quotas = [quota("q", json!({}), hard.clone(), hard)];
    let claim = |granted: &str| {
        json!({
            "spec": {"resources": {"requests": {"storage": "1Gi"}}},
            "status": {"allocatedResources": {"storage": granted}},
        })
    };
    let change = |what: &str| write(what, Operation::Update, claim("3Gi"), Some(claim("1Gi")));
    let after = used(&change("persistentvolumeclaims/status"), &quotas).unwrap();
    assert_eq!(after[0], json!({"requests.storage": "3Gi"}));
    used(&change("persistentvolumeclaims"), &quotas).unwrap_err();
}

#[test]
fn only_some_writes_of_pods_cost() {
    let hard = json!({"requests.cpu": "1"});
    let quotas = [quota("q", json!({}), hard.clone(), hard)];
    for what in ["pods", "pods/status", "pods/ephemeralcontainers"] {
        let change = write(what, Operation::Update, pod("1"), Some(pod("500m")));
        used(&change, &quotas).unwrap();
    }
    let resize = write("pods/resize", Operation::Update, pod("1"), Some(pod("500m")));
    used(&resize, &quotas).unwrap_err();
}
