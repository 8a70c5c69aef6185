use std::sync::Arc;

use pintle_engine::admission::{Access, Attributes, Authorize, Operation, Plugin, Warnings};
use pintle_engine::{Context, Lookup, User};
use pintle_machinery::Value;
use pintle_machinery::status::Status;
use serde_json::json;

use crate::{NAMES, PLUGINS};

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

/// Grants all that one domain's signers do.
#[derive(Debug)]
struct OneSigner;

impl Authorize for OneSigner {
    fn allows(&self, _: &User, access: &Access<'_>) -> bool {
        matches!(
            (access.group, access.resource, access.subresource, access.name),
            ("certificates.k8s.io", "signers", "", "mine.io/*")
                | ("apps", "replicasets", "finalizers", "mine")
                | ("", "pods", "", "x")
        )
    }
}

fn plugin(name: &str) -> &'static Plugin {
    PLUGINS.iter().find(|plugin| plugin.name == name).expect("a plugin of that name")
}

/// Runs both stages of a plugin over a write to `group/resource`.
fn run(
    name: &str,
    what: (Operation, &str),
    object: Value,
    objects: &Objects,
) -> Result<Value, Status> {
    change(name, what, (object, None), objects)
}

/// As [`run`], with the stored object.
fn change(
    name: &str,
    (operation, resource): (Operation, &str),
    (mut object, old): (Value, Option<Value>),
    objects: &Objects,
) -> Result<Value, Status> {
    let (group, resource) = resource.split_once('/').unwrap_or(("", resource));
    let (resource, subresource) = resource.split_once('.').unwrap_or((resource, ""));
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
    let kind = match resource {
        "pods" => "Pod",
        "persistentvolumeclaims" => "PersistentVolumeClaim",
        _ => "X",
    };
    let name_of = object["metadata"]["name"].as_str().unwrap_or("x").to_owned();
    let attributes = Attributes {
        group,
        version: "v1",
        resource,
        subresource,
        kind: (group, "v1", kind),
        namespace: if resource == "priorityclasses" { "" } else { "n" },
        name: &name_of,
        shown_name: &name_of,
        operation,
        options: &Value::Null,
        context,
        authorizer: &OneSigner,
        warnings: &warnings,
        toleration_seconds: pintle_engine::admission::TOLERATION_SECONDS,
    };
    let plugin = plugin(name);
    if !plugin.operations.contains(&operation) {
        return Ok(object);
    }
    if let Some(mutate) = plugin.mutate {
        mutate(&attributes, &mut object, old.as_ref(), objects)?;
    }
    if let Some(validate) = plugin.validate {
        validate(&attributes, &object, old.as_ref(), objects)?;
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

#[test]
fn the_table_is_in_upstreams_order() {
    let names: Vec<&str> = PLUGINS.iter().map(|plugin| plugin.name).collect();
    let at = |name: &&str| NAMES.iter().position(|known| known == name).unwrap();
    assert!(names.is_sorted_by_key(at), "{names:?}");
    assert!(!plugin("NodeRestriction").default_on);
}

fn range(limits: Value) -> Objects {
    Objects(vec![("limitranges", json!({ "spec": { "limits": limits } }))])
}

#[test]
fn containers_get_what_the_range_gives() {
    let limits = json!([{
        "type": "Container",
        "default": { "cpu": "2", "memory": "1Gi" },
        "defaultRequest": { "cpu": "1" },
    }]);
    let given = json!({ "limits": { "cpu": "3" } });
    let containers = json!([{ "name": "a" }, { "name": "b", "resources": given }]);
    let pod = json!({ "spec": { "containers": containers, "initContainers": [{ "name": "i" }] } });
    let pod = run("LimitRanger", CREATE_POD, pod, &range(limits)).unwrap();
    let all = json!({ "requests": { "cpu": "1" }, "limits": { "cpu": "2", "memory": "1Gi" } });
    assert_eq!(pod["spec"]["containers"][0]["resources"], all);
    let rest = json!({ "requests": { "cpu": "1" }, "limits": { "cpu": "3", "memory": "1Gi" } });
    assert_eq!(pod["spec"]["containers"][1]["resources"], rest);
    let note = "LimitRanger plugin set: cpu request for container a; cpu, memory limit for \
                container a; cpu request for container b; memory limit for container b; cpu \
                request for init container i; cpu, memory limit for init container i";
    assert_eq!(pod["metadata"]["annotations"]["kubernetes.io/limit-ranger"], note);
}

#[test]
fn a_range_bounds_containers_and_pods() {
    let of = |cpu: &str| json!({ "requests": { "cpu": cpu }, "limits": { "cpu": cpu } });
    let check = |limit: Value, pod: Value, reason: &str| {
        let message = format!("pods \"x\" is forbidden: {reason}");
        refuses(run("LimitRanger", CREATE_POD, pod, &range(json!([limit]))), 403, &message);
    };
    let small = json!({ "spec": { "containers": [{ "name": "a", "resources": of("100m") }] } });
    let min = json!({ "type": "Container", "min": { "cpu": "200m" } });
    check(min, small.clone(), "minimum cpu usage per Container is 200m, but request is 100m");
    let min = json!({ "type": "Container", "min": { "memory": "1Mi" } });
    let reason = "minimum memory usage per Container is 1Mi.  No request is specified";
    check(min, small.clone(), reason);
    let max = json!({ "type": "Pod", "max": { "cpu": "150m" } });
    let twice = json!({ "spec": { "containers": [
        { "name": "a", "resources": of("100m") }, { "name": "b", "resources": of("100m") },
    ] } });
    check(max, twice, "maximum cpu usage per Pod is 150m, but limit is 200m");
    let loose = json!({ "requests": { "cpu": "100m" }, "limits": { "cpu": "250m" } });
    let loose = json!({ "spec": { "containers": [{ "name": "a", "resources": loose }] } });
    let ratio = json!({ "type": "Container", "maxLimitRequestRatio": { "cpu": "2" } });
    let reason =
        "cpu max limit to request ratio per Container is 2, but provided ratio is 2.500000";
    check(ratio, loose, reason);
    let claim = json!({ "spec": { "resources": { "requests": { "storage": "2Gi" } } } });
    let max = json!([{ "type": "PersistentVolumeClaim", "max": { "storage": "1Gi" } }]);
    let message = "persistentvolumeclaims \"x\" is forbidden: maximum storage usage per \
                   PersistentVolumeClaim is 1Gi, but request is 2Gi";
    let create = (Operation::Create, "persistentvolumeclaims");
    refuses(run("LimitRanger", create, claim, &range(max)), 403, message);
}

#[test]
fn a_runtime_has_its_price_and_its_place() {
    let class = json!({
        "metadata": { "name": "vm" },
        "overhead": { "podFixed": { "cpu": "250m" } },
        "scheduling": {
            "nodeSelector": { "vm": "yes" },
            "tolerations": [{ "key": "vm", "operator": "Exists" }],
        },
    });
    let objects = Objects(vec![("runtimeclasses", class)]);
    let narrow = json!({ "key": "vm", "operator": "Equal", "value": "v" });
    let pod = json!({ "spec": { "runtimeClassName": "vm", "tolerations": [narrow] } });
    let pod = run("RuntimeClass", CREATE_POD, pod, &objects).unwrap();
    assert_eq!(pod["spec"]["overhead"], json!({ "cpu": "250m" }));
    assert_eq!(pod["spec"]["nodeSelector"], json!({ "vm": "yes" }));
    assert_eq!(pod["spec"]["tolerations"], json!([{ "key": "vm", "operator": "Exists" }]));
    let check = |spec: Value, reason: &str| {
        let message = format!("pods \"x\" is forbidden: {reason}");
        let result = run("RuntimeClass", CREATE_POD, json!({ "spec": spec }), &objects);
        refuses(result, 403, &message);
    };
    check(json!({ "runtimeClassName": "none" }), "pod rejected: RuntimeClass \"none\" not found");
    check(
        json!({ "runtimeClassName": "vm", "nodeSelector": { "vm": "no" } }),
        "conflict: runtimeClass.scheduling.nodeSelector[vm] = yes; pod.spec.nodeSelector[vm] = no",
    );
    check(
        json!({ "overhead": { "cpu": "1" } }),
        "pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead",
    );
}

#[test]
fn storage_is_protected_while_in_use() {
    let create = (Operation::Create, "persistentvolumeclaims");
    let claim = run("StorageObjectInUseProtection", create, json!({}), &Objects(vec![])).unwrap();
    assert_eq!(claim["metadata"]["finalizers"], json!(["kubernetes.io/pvc-protection"]));
}

#[test]
fn only_bound_claims_of_growing_classes_grow() {
    let claim = |size: &str, phase: &str, class: &str| {
        let requests = json!({ "requests": { "storage": size } });
        let spec = json!({ "storageClassName": class, "resources": requests });
        json!({ "spec": spec, "status": { "phase": phase } })
    };
    let class = |name: &str, grows: bool| {
        let class = json!({ "metadata": { "name": name }, "allowVolumeExpansion": grows });
        ("storageclasses", class)
    };
    let objects = Objects(vec![class("grows", true), class("fixed", false)]);
    let grow = |class: &str, phase: &str| {
        let pair = (claim("2Gi", phase, class), Some(claim("1Gi", phase, class)));
        let update = (Operation::Update, "persistentvolumeclaims");
        change("PersistentVolumeClaimResize", update, pair, &objects)
    };
    grow("grows", "Bound").unwrap();
    let message = "persistentvolumeclaims \"x\" is forbidden: Only bound persistent volume claims \
                   can be expanded";
    refuses(grow("grows", "Pending"), 403, message);
    let message = "persistentvolumeclaims \"x\" is forbidden: only dynamically provisioned pvc can \
                   be resized and the storageclass that provisions the pvc must support resize";
    refuses(grow("fixed", "Bound"), 403, message);
}

#[test]
fn signers_have_their_approvers() {
    let request = |signer: &str, certificate: &str| {
        let status = json!({ "certificate": certificate });
        json!({ "spec": { "signerName": signer }, "status": status })
    };
    let write = |plugin: &str, subresource: &str, signer: &str| {
        let what = format!("certificates.k8s.io/certificatesigningrequests.{subresource}");
        let pair = (request(signer, "bmV3"), Some(request(signer, "")));
        change(plugin, (Operation::Update, &what), pair, &Objects(vec![]))
    };
    for (plugin, subresource, verb) in
        [("CertificateApproval", "approval", "approve"), ("CertificateSigning", "status", "sign")]
    {
        write(plugin, subresource, "mine.io/a").unwrap();
        let message = format!(
            "certificatesigningrequests.certificates.k8s.io \"x\" is forbidden: user not permitted \
             to {verb} requests with signerName \"yours.io/a\""
        );
        refuses(write(plugin, subresource, "yours.io/a"), 403, &message);
    }
}

#[test]
fn an_ingress_gets_the_default_class() {
    let mark = json!({ "ingressclass.kubernetes.io/is-default-class": "true" });
    let class = json!({ "metadata": { "name": "c", "annotations": mark } });
    let create = (Operation::Create, "networking.k8s.io/ingresses");
    let objects = Objects(vec![("ingressclasses", class)]);
    let ingress = run("DefaultIngressClass", create, json!({}), &objects).unwrap();
    assert_eq!(ingress["spec"]["ingressClassName"], "c");
}

#[test]
fn a_pod_bears_the_topology_of_its_node() {
    let zone = "topology.kubernetes.io/zone";
    let node = json!({ "metadata": { "name": "m", "labels": { (zone): "z", "other": "o" } } });
    let objects = Objects(vec![("nodes", node)]);
    let target = json!({ "target": { "kind": "Node", "name": "m" } });
    let bind = (Operation::Create, "pods.binding");
    let binding = run("PodTopologyLabels", bind, target, &objects).unwrap();
    assert_eq!(binding["metadata"]["labels"], json!({ (zone): "z" }));
}

#[test]
fn a_pod_grows_within_its_node() {
    let node = json!({
        "metadata": { "name": "m" },
        "status": { "allocatable": { "cpu": "2", "memory": "1Gi" } },
    });
    let objects = Objects(vec![("nodes", node)]);
    let pod = |generation: i64, cpu: &str| {
        let container = json!({ "name": "c", "resources": { "requests": { "cpu": cpu } } });
        let spec = json!({ "nodeName": "m", "containers": [container] });
        json!({ "metadata": { "generation": generation }, "spec": spec })
    };
    let resize = |cpu: &str| {
        let what = (Operation::Update, "pods.resize");
        change("PodResizeValidator", what, (pod(2, cpu), Some(pod(1, "1"))), &objects)
    };
    resize("2").unwrap();
    let refused = resize("2500m");
    let causes = refused.clone().unwrap_err().details.unwrap().causes;
    assert_eq!(causes[0].reason, "NodeCapacity");
    let message = "pods \"x\" is forbidden: node didn't have enough allocatable resources: cpu, \
                   requested: 2500, allocatable: 2000";
    refuses(refused, 403, message);
}

#[test]
fn a_pod_changes_only_as_its_node_can_change_it() {
    let node = json!({ "metadata": { "name": "m" }, "status": {} });
    let objects = Objects(vec![("nodes", node)]);
    let pod = |generation: i64, cpu: &str| {
        let spec = json!({ "nodeName": "m", "resources": { "requests": { "cpu": cpu } } });
        json!({ "metadata": { "generation": generation }, "spec": spec })
    };
    let resize = |pod: Value, old: Value, objects: &Objects| {
        let what = (Operation::Update, "pods.resize");
        change("NodeDeclaredFeatureValidator", what, (pod, Some(old)), objects)
    };
    resize(pod(2, "1"), pod(1, "1"), &objects).unwrap();
    let message = "pods \"x\" is forbidden: pod update requires features \
                   InPlacePodLevelResourcesVerticalScaling which are not available on node \"m\"";
    refuses(resize(pod(2, "2"), pod(1, "1"), &objects), 403, message);
    let features = json!(["InPlacePodLevelResourcesVerticalScaling"]);
    let node = json!({ "metadata": { "name": "m" }, "status": { "declaredFeatures": features } });
    resize(pod(2, "2"), pod(1, "1"), &Objects(vec![("nodes", node)])).unwrap();
}

#[test]
fn services_take_no_new_external_addresses() {
    let service = |ips: Value| json!({ "spec": { "externalIPs": ips } });
    let write = |new: Value, old: Value| {
        let pair = (service(new), Some(service(old)));
        change("DenyServiceExternalIPs", (Operation::Update, "services"), pair, &Objects(vec![]))
    };
    write(json!(["192.0.2.1"]), json!(["192.0.2.1", "192.0.2.2"])).unwrap();
    let message = "services \"x\" is forbidden: Use of external IPs is denied by admission control";
    refuses(write(json!(["192.0.2.3"]), json!(["192.0.2.1"])), 403, message);
}

#[test]
fn nobody_asks_for_a_master() {
    let request = |signer: &str| json!({ "spec": { "signerName": signer, "request": crate::csr::tests::REQUEST } });
    let create = (Operation::Create, "certificates.k8s.io/certificatesigningrequests");
    let ask =
        |signer| run("CertificateSubjectRestriction", create, request(signer), &Objects(vec![]));
    ask("mine.io/a").unwrap();
    let message = "certificatesigningrequests.certificates.k8s.io \"x\" is forbidden: use of \
                   kubernetes.io/kube-apiserver-client signer with system:masters group is not \
                   allowed";
    refuses(ask("kubernetes.io/kube-apiserver-client"), 403, message);
}

#[test]
fn trust_is_attested_by_who_may() {
    let bundle = |signer: &str, label: &str| {
        let meta = json!({ "labels": { "l": label }, "finalizers": [label] });
        json!({ "metadata": meta, "spec": { "signerName": signer } })
    };
    let write = |new: Value, old: Value| {
        let update = (Operation::Update, "certificates.k8s.io/clustertrustbundles");
        change("ClusterTrustBundleAttest", update, (new, Some(old)), &Objects(vec![]))
    };
    write(bundle("mine.io/a", "1"), bundle("mine.io/a", "2")).unwrap();
    let mut finalized = bundle("yours.io/a", "1");
    finalized["metadata"]["finalizers"] = json!([]);
    write(finalized, bundle("yours.io/a", "1")).unwrap();
    let message = "clustertrustbundles.certificates.k8s.io \"x\" is forbidden: user not permitted \
                   to attest for signerName \"yours.io/a\"";
    refuses(write(bundle("yours.io/a", "1"), bundle("yours.io/a", "2")), 403, message);
}

#[test]
fn images_are_always_pulled_if_so_wanted() {
    let spec = json!({
        "containers": [{ "name": "c", "imagePullPolicy": "IfNotPresent" }],
        "volumes": [{ "name": "v", "image": { "reference": "r" } }],
    });
    let pod = run("AlwaysPullImages", CREATE_POD, json!({ "spec": spec }), &Objects(vec![]));
    let pod = pod.unwrap();
    assert_eq!(pod["spec"]["containers"][0]["imagePullPolicy"], "Always");
    assert_eq!(pod["spec"]["volumes"][0]["image"]["pullPolicy"], "Always");
}

#[test]
fn owners_are_held_up_by_who_may() {
    let own = |resource: &'static str, kind: &str, name: &str, blocks: bool| {
        let owner = json!({
            "apiVersion": "apps/v1", "kind": kind, "name": name, "blockOwnerDeletion": blocks,
        });
        let new = json!({ "metadata": { "ownerReferences": [owner] } });
        let plugin = "OwnerReferencesPermissionEnforcement";
        change(plugin, (Operation::Update, resource), (new, Some(json!({}))), &Objects(vec![]))
    };
    own("pods", "ReplicaSet", "yours", false).unwrap();
    own("pods", "ReplicaSet", "mine", true).unwrap();
    let message = "configmaps \"x\" is forbidden: cannot set an ownerRef on a resource you can't \
                   delete: , <nil>";
    refuses(own("configmaps", "ReplicaSet", "mine", false), 403, message);
    let message = "pods \"x\" is forbidden: cannot set blockOwnerDeletion if an ownerReference \
                   refers to a resource you can't set finalizers on: , <nil>";
    refuses(own("pods", "ReplicaSet", "yours", true), 403, message);
    let message = "pods \"x\" is forbidden: cannot set blockOwnerDeletion in this case because \
                   cannot find RESTMapping for APIVersion apps/v1 Kind Novel: no matches for kind \
                   \"Novel\" in version \"apps/v1\"";
    refuses(own("pods", "Novel", "mine", true), 403, message);
}
