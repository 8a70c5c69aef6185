use serde_json::json;

use super::*;
use crate::path::ValueExt;

/// One class of devices, and a pod.
struct Cluster;

impl Around for Cluster {
    fn now_seconds(&self) -> i64 {
        1000
    }
    fn device_classes(&self) -> Vec<Arc<Value>> {
        let spec = json!({"extendedResourceName": "example.com/gpu"});
        vec![Arc::new(json!({"metadata": {"name": "gpu"}, "spec": spec}))]
    }
    fn pod(&self, _: &str, name: &str) -> Option<Arc<Value>> {
        let container = json!({"name": "c", "resources": {
            "requests": {"example.com/gpu": "2"}, "limits": {"example.com/gpu": "2"},
        }});
        let pod = json!({
            "metadata": {"name": name, "uid": "u"}, "spec": {"containers": [container]},
        });
        (name == "p").then(|| Arc::new(pod))
    }
    fn resource_claims(&self, _: &str) -> Vec<Arc<Value>> {
        Vec::new()
    }
}

#[track_caller]
fn counts_for(group: &str, resource: &str, object: Value, usage: Value) {
    let evaluator = Evaluator::of(group, resource).unwrap();
    let found = evaluator.usage(&object, &Cluster);
    assert_eq!(found.to_value(), usage);
    for name in found.names().filter(|name| !name.starts_with("count/")) {
        assert!(evaluator.measures(name, &Cluster), "{name}");
    }
}

fn pod(resources: Value) -> Value {
    json!({"spec": {"containers": [{"name": "c", "resources": resources}]}})
}

#[test]
fn a_pod_counts_for_its_requests_and_limits() {
    let resources = json!({
        "requests": {"cpu": "500m", "memory": "1Gi", "hugepages-2Mi": "2Mi", "example.com/x": "3"},
        "limits": {"cpu": "1", "ephemeral-storage": "1Gi"},
    });
    let usage = json!({
        "count/pods": "1", "pods": "1", "cpu": "500m", "requests.cpu": "500m", "limits.cpu": "1",
        "memory": "1Gi", "requests.memory": "1Gi", "limits.ephemeral-storage": "1Gi",
        "hugepages-2Mi": "2Mi", "requests.hugepages-2Mi": "2Mi", "requests.example.com/x": "3",
    });
    counts_for("", "pods", pod(resources), usage);
}

#[test]
fn a_pod_that_has_ended_is_only_an_object() {
    let only = json!({"count/pods": "1"});
    let mut ended = pod(json!({"requests": {"cpu": "1"}}));
    ended.set(&["status", "phase"], "Succeeded");
    counts_for("", "pods", ended, only.clone());
    let mut stuck = pod(json!({"requests": {"cpu": "1"}}));
    stuck.set(&["metadata", "deletionTimestamp"], "1970-01-01T00:16:00Z");
    stuck.set(&["metadata", "deletionGracePeriodSeconds"], 39);
    counts_for("", "pods", stuck.clone(), only);
    stuck.set(&["metadata", "deletionGracePeriodSeconds"], 40);
    assert!(counts(&stuck, 1000));
}

#[test]
fn every_container_names_what_is_limited() {
    let pod = json!({"spec": {
        "containers": [{"name": "b"}, {"name": "a", "resources": {"requests": {"cpu": "1"}}}],
        "initContainers": [{"name": "i"}],
    }});
    let lacks = |names: &[&str]| Evaluator::Pods.lacks(names, &pod);
    let text = "must specify limits.memory for: a,b,i; requests.cpu for: b,i";
    assert_eq!(lacks(&["requests.cpu", "limits.memory", "pods"]).as_deref(), Some(text));
    assert_eq!(lacks(&["pods", "requests.example.com/x"]), None);
}

#[test]
fn a_service_counts_for_the_node_ports_that_it_will_get() {
    let of = |ty: &str, more: Value| {
        let mut spec = json!({"type": ty, "ports": [{"port": 1}, {"port": 2, "nodePort": 30000}]});
        spec.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        json!({"spec": spec})
    };
    let usage = |balancers: &str, ports: &str| {
        json!({
            "count/services": "1", "services": "1", "services.loadbalancers": balancers,
            "services.nodeports": ports,
        })
    };
    counts_for("", "services", of("ClusterIP", json!({})), usage("0", "0"));
    counts_for("", "services", of("NodePort", json!({})), usage("0", "2"));
    counts_for("", "services", of("LoadBalancer", json!({})), usage("1", "2"));
    let none = json!({"allocateLoadBalancerNodePorts": false});
    counts_for("", "services", of("LoadBalancer", none), usage("1", "1"));
}

#[test]
fn a_claim_counts_for_its_class_and_for_what_it_has_been_granted() {
    let claim = json!({
        "spec": {"storageClassName": "gold", "resources": {"requests": {"storage": "1500m"}}},
        "status": {"allocatedResources": {"storage": "1"}},
    });
    let usage = json!({
        "count/persistentvolumeclaims": "1", "persistentvolumeclaims": "1",
        "requests.storage": "2", "gold.storageclass.storage.k8s.io/requests.storage": "2",
        "gold.storageclass.storage.k8s.io/persistentvolumeclaims": "1",
    });
    counts_for("", "persistentvolumeclaims", claim.clone(), usage);
    let mut granted = claim;
    granted.set(&["status", "allocatedResources", "storage"], "5");
    let used = Evaluator::VolumeClaims.usage(&granted, &Cluster);
    assert_eq!(used.get("requests.storage").unwrap().to_string(), "5");
}

#[test]
fn devices_count_by_class_and_by_the_resource_that_the_class_stands_for() {
    let exactly = json!({"exactly": {
        "deviceClassName": "gpu", "allocationMode": "ExactCount", "count": 1,
    }});
    let either = json!({"firstAvailable": [
        {"deviceClassName": "gpu", "allocationMode": "ExactCount", "count": 2},
        {"deviceClassName": "gpu", "allocationMode": "All"},
        {"deviceClassName": "other", "allocationMode": "ExactCount", "count": 4},
    ]});
    let mut claim = json!({"spec": {"devices": {"requests": [exactly, either]}}});
    let usage = |left: &str| {
        json!({
            "count/resourceclaims.resource.k8s.io": "1",
            "gpu.deviceclass.resource.k8s.io/devices": "33",
            "other.deviceclass.resource.k8s.io/devices": "4",
            "requests.deviceclass.resource.kubernetes.io/gpu": "33",
            "requests.deviceclass.resource.kubernetes.io/other": "4",
            "requests.example.com/gpu": left,
        })
    };
    let of = |claim: &Value| Evaluator::ResourceClaims.usage(claim, &Cluster).to_value();
    assert_eq!(of(&claim), usage("33"));
    let mark = ["metadata", "annotations", "resource.kubernetes.io/extended-resource-claim"];
    claim.set(&mark, "true");
    claim.set(&["metadata", "namespace"], "n");
    let owner = json!({
        "apiVersion": "v1", "kind": "Pod", "name": "p", "uid": "u", "controller": true,
    });
    claim.set(&["metadata", "ownerReferences"], json!([owner]));
    assert_eq!(of(&claim), usage("31"));
}

#[test]
fn other_objects_count_one() {
    counts_for("", "secrets", json!({}), json!({"count/secrets": "1", "secrets": "1"}));
    counts_for("apps", "deployments", json!({}), json!({"count/deployments.apps": "1"}));
    assert_eq!(Evaluator::of("events.k8s.io", "events"), None);
}

#[test]
fn scopes_choose_pods() {
    let in_scope = |pod: &Value, scope: Value| Evaluator::Pods.is_in_scope(&scope, pod);
    let exists = |scope: &str| json!({"scopeName": scope, "operator": "Exists"});
    let class = |operator: &str, names: &[&str]| json!({"scopeName": "PriorityClass", "operator": operator, "values": names});
    let term = json!({"namespaceSelector": {}, "topologyKey": "k"});
    let list = "requiredDuringSchedulingIgnoredDuringExecution";
    let affinity = json!({"podAntiAffinity": {list: [term]}});
    let high = json!({
        "spec": {"priorityClassName": "high", "activeDeadlineSeconds": 0, "affinity": affinity},
        "status": {"qosClass": "BestEffort"},
    });
    let low = json!({"spec": {}, "status": {"qosClass": "Burstable"}});
    for (scope, is_high, is_low) in [
        (exists("Terminating"), true, false),
        (exists("NotTerminating"), false, true),
        (exists("BestEffort"), true, false),
        (exists("NotBestEffort"), false, true),
        (exists("CrossNamespacePodAffinity"), true, false),
        (exists("VolumeAttributesClass"), false, false),
        (exists("PriorityClass"), true, false),
        (class("In", &["high"]), true, false),
        (class("NotIn", &["high"]), false, true),
        (class("DoesNotExist", &[]), false, true),
    ] {
        assert_eq!(in_scope(&high, scope.clone()), is_high, "{scope}");
        assert_eq!(in_scope(&low, scope.clone()), is_low, "{scope}");
    }
}

#[test]
fn scopes_choose_claims_by_any_of_their_classes() {
    let scope = |names: &[&str]| json!({"scopeName": "VolumeAttributesClass", "operator": "In", "values": names});
    let claim = json!({
        "spec": {"volumeAttributesClassName": "new"},
        "status": {"currentVolumeAttributesClassName": "old"},
    });
    for (names, chosen) in [(["old"], true), (["new"], true), (["other"], false)] {
        assert_eq!(Evaluator::VolumeClaims.is_in_scope(&scope(&names), &claim), chosen);
    }
}
