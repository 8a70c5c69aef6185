use pintle_engine::User;
use serde_json::json;

use super::*;

fn user(name: &str, groups: &[&str]) -> User {
    User {
        name: name.into(),
        groups: groups.iter().map(|group| (*group).to_owned()).collect(),
        ..User::default()
    }
}

fn rules(rules: &Value) -> Value {
    json!({ "rules": rules })
}

fn binding(kind: &str, role: &str, subjects: &Value) -> Value {
    json!({
        "roleRef": {"apiGroup": rbac::GROUP, "kind": kind, "name": role},
        "subjects": subjects,
    })
}

fn authorizer() -> Authorizer {
    let authorizer = Authorizer::new(vec![Mode::Node, Mode::Rbac]);
    let see = |plural: &str, namespace: &str, name: &str, object: &Value| {
        authorizer.observe(rbac::GROUP, plural, namespace, name, Some(object));
    };
    let pods =
        json!([{"verbs": ["get", "list"], "apiGroups": [""], "resources": ["pods", "*/status"]}]);
    see("clusterroles", "", "reader", &rules(&pods));
    let named = json!([{"verbs": ["*"], "apiGroups": ["apps"], "resources": ["deployments"],
        "resourceNames": ["web"]}]);
    see("roles", "a", "web", &rules(&named));
    let paths = json!([{"verbs": ["get"], "nonResourceURLs": ["/metrics", "/logs/*"]}]);
    see("clusterroles", "", "paths", &rules(&paths));
    let alice = json!([{"kind": "User", "name": "alice"}]);
    see("clusterrolebindings", "", "all", &binding("ClusterRole", "paths", &alice));
    let mixed = json!([
        {"kind": "Group", "name": "devs"},
        {"kind": "ServiceAccount", "name": "bot"},
        {"kind": "ServiceAccount", "name": "bot", "namespace": "b"},
    ]);
    see("rolebindings", "a", "read", &binding("ClusterRole", "reader", &mixed));
    see("rolebindings", "a", "web", &binding("Role", "web", &alice));
    see("rolebindings", "b", "gone", &binding("Role", "gone", &alice));
    authorizer
}

/// `verb group/resource[/subresource] namespace[/name]`, or `verb /path`.
fn ask(user: &User, question: &str) -> (Decision, String) {
    let mut words = question.split(' ');
    let verb = words.next().unwrap();
    let what = words.next().unwrap();
    let authorizer = authorizer();
    if what.starts_with('/') {
        let attributes =
            Attributes { is_resource: false, path: what, ..Attributes::of(user, verb) };
        return authorizer.authorize(&attributes);
    }
    let mut parts = what.split('/');
    let group = parts.next().unwrap();
    let (namespace, name) =
        words.next().map_or(("", ""), |place| place.split_once('/').unwrap_or((place, "")));
    authorizer.authorize(&Attributes {
        group: if group == "core" { "" } else { group },
        resource: parts.next().unwrap(),
        subresource: parts.next().unwrap_or_default(),
        namespace,
        name,
        ..Attributes::of(user, verb)
    })
}

#[track_caller]
fn allowed(user: &User, question: &str, reason: &str) {
    assert_eq!(ask(user, question), (Decision::Allow, reason.to_owned()));
}

#[track_caller]
fn refused(user: &User, question: &str, reason: &str) {
    assert_eq!(ask(user, question), (Decision::NoOpinion, reason.to_owned()));
}

#[test]
fn a_role_binding_grants_in_its_namespace_only() {
    let dev = user("dave", &["devs"]);
    let reason =
        "RBAC: allowed by RoleBinding \"read/a\" of ClusterRole \"reader\" to Group \"devs\"";
    allowed(&dev, "get core/pods a/p", reason);
    refused(&dev, "get core/pods b/p", "");
    refused(&dev, "list core/pods", "");
    refused(&dev, "delete core/pods a/p", "");
}

#[test]
fn subresources_need_a_rule_of_their_own() {
    let dev = user("dave", &["devs"]);
    refused(&dev, "get core/pods/log a/p", "");
    let reason =
        "RBAC: allowed by RoleBinding \"read/a\" of ClusterRole \"reader\" to Group \"devs\"";
    allowed(&dev, "get core/nodes/status a/n", reason);
    refused(&dev, "get core/nodes a/n", "");
}

#[test]
fn service_accounts_default_to_the_bindings_namespace() {
    let own = user("system:serviceaccount:a:bot", &[]);
    let other = user("system:serviceaccount:b:bot", &[]);
    let stranger = user("system:serviceaccount:c:bot", &[]);
    for bot in [&own, &other] {
        assert_eq!(ask(bot, "get core/pods a/p").0, Decision::Allow);
    }
    refused(&stranger, "get core/pods a/p", "");
}

#[test]
fn resource_names_restrict_and_never_match_a_list() {
    let alice = user("alice", &[]);
    assert_eq!(ask(&alice, "patch apps/deployments a/web").0, Decision::Allow);
    refused(&alice, "patch apps/deployments a/other", "");
    refused(&alice, "list apps/deployments a", "");
}

#[test]
fn paths_match_exactly_or_by_a_trailing_star() {
    let alice = user("alice", &[]);
    for path in ["get /metrics", "get /logs/", "get /logs/a/b"] {
        assert_eq!(ask(&alice, path).0, Decision::Allow, "{path}");
    }
    for path in ["get /metrics/", "get /log", "post /metrics"] {
        assert_eq!(ask(&alice, path).0, Decision::NoOpinion, "{path}");
    }
}

#[test]
fn a_missing_role_is_named_in_the_reason() {
    let reason = "RBAC: role.rbac.authorization.k8s.io \"gone\" not found";
    refused(&user("alice", &[]), "get core/pods b/p", reason);
}

#[test]
fn masters_may_do_anything() {
    allowed(&user("root", &[MASTERS]), "delete any/thing z/z", "");
}

#[test]
fn a_binding_that_is_gone_grants_nothing() {
    let authorizer = authorizer();
    let dev = user("dave", &["devs"]);
    let attributes = Attributes { resource: "pods", namespace: "a", ..Attributes::of(&dev, "get") };
    assert_eq!(authorizer.authorize(&attributes).0, Decision::Allow);
    authorizer.observe(rbac::GROUP, "rolebindings", "a", "read", None);
    assert_eq!(authorizer.authorize(&attributes).0, Decision::NoOpinion);
}

#[test]
fn denials_are_worded_as_upstream_words_them() {
    let mallory = user("<m>", &[]);
    let attributes = Attributes {
        group: "apps",
        resource: "deployments",
        subresource: "scale",
        namespace: "a",
        name: "web",
        ..Attributes::of(&mallory, "update")
    };
    let status = authorizer().check(&attributes).unwrap_err();
    assert_eq!(
        status.message,
        "deployments.apps \"web\" is forbidden: User \"&lt;m&gt;\" cannot update resource \
         \"deployments/scale\" in API group \"apps\" in the namespace \"a\""
    );
    let path = Attributes { is_resource: false, path: "/x", ..Attributes::of(&mallory, "get") };
    let status = authorizer().check(&path).unwrap_err();
    assert_eq!(status.message, "forbidden: User \"&lt;m&gt;\" cannot get path \"/x\"");
}

mod nodes {
    use super::*;

    fn with_pod(mirror: bool) -> Authorizer {
        let authorizer = Authorizer::new(vec![Mode::Node]);
        let mut pod = json!({
            "metadata": {"namespace": "a", "name": "p"},
            "spec": {
                "nodeName": "n1",
                "serviceAccountName": "default",
                "volumes": [
                    {"name": "s", "secret": {"secretName": "mounted"}},
                    {"name": "c", "persistentVolumeClaim": {"claimName": "claim"}},
                ],
                "containers": [{"envFrom": [{"configMapRef": {"name": "env"}}]}],
            },
        });
        if mirror {
            pod["metadata"]["annotations"] = json!({"kubernetes.io/config.mirror": "x"});
        }
        authorizer.observe("", "pods", "a", "p", Some(&pod));
        let volume = json!({
            "metadata": {"name": "pv"},
            "spec": {
                "claimRef": {"namespace": "a", "name": "claim"},
                "csi": {"nodeStageSecretRef": {"namespace": "k", "name": "stage"}},
            },
        });
        authorizer.observe("", "persistentvolumes", "", "pv", Some(&volume));
        authorizer
    }

    #[track_caller]
    fn check(authorizer: &Authorizer, node: &str, question: &str, expected: Result<(), &str>) {
        let kubelet = user(&format!("system:node:{node}"), &[node::NODES]);
        let words: Vec<&str> = question.split(' ').collect();
        let (resource, subresource) = words[1].split_once('/').unwrap_or((words[1], ""));
        let (namespace, name) = words[2].split_once('/').unwrap();
        let attributes = Attributes {
            resource,
            subresource,
            namespace,
            name,
            field_selector: words.get(3).copied().unwrap_or_default(),
            group: match resource {
                "leases" => "coordination.k8s.io",
                _ => "",
            },
            ..Attributes::of(&kubelet, words[0])
        };
        let (decision, reason) = authorizer.authorize(&attributes);
        let found = if decision == Decision::Allow { Ok(()) } else { Err(reason.as_str()) };
        assert_eq!(found, expected, "{question}");
    }

    #[test]
    fn a_kubelet_sees_what_its_pods_refer_to() {
        let authorizer = with_pod(false);
        for question in [
            "get secrets a/mounted",
            "watch configmaps a/env",
            "get persistentvolumeclaims a/claim",
            "get persistentvolumes /pv",
            "get secrets k/stage",
            "create serviceaccounts/token a/default",
            "get pods a/p",
        ] {
            check(&authorizer, "n1", question, Ok(()));
        }
        let none = Err("no relationship found between node 'n2' and this object");
        check(&authorizer, "n2", "get secrets a/mounted", none);
        let none = Err("no relationship found between node 'n1' and this object");
        check(&authorizer, "n1", "get secrets a/other", none);
    }

    #[test]
    fn a_mirror_pod_opens_nothing() {
        let none = Err("no relationship found between node 'n1' and this object");
        check(&with_pod(true), "n1", "get secrets a/mounted", none);
    }

    #[test]
    fn a_pod_that_is_gone_opens_nothing() {
        let authorizer = with_pod(false);
        authorizer.observe("", "pods", "a", "p", None);
        let none = Err("no relationship found between node 'n1' and this object");
        check(&authorizer, "n1", "get secrets a/mounted", none);
        check(&authorizer, "n1", "get secrets k/stage", none);
    }

    #[test]
    fn lists_need_the_nodes_own_selector() {
        let authorizer = with_pod(false);
        check(&authorizer, "n1", "list pods / spec.nodeName=n1", Ok(()));
        let refused = Err("can only list/watch pods with spec.nodeName field selector");
        check(&authorizer, "n1", "list pods / spec.nodeName=n2", refused);
        check(&authorizer, "n1", "list pods / spec.nodeName!=n1", refused);
        let all = Err("node 'n1' cannot read all nodes, only its own Node object");
        check(&authorizer, "n1", "list nodes /", all);
        check(&authorizer, "n1", "get nodes /n1", Ok(()));
    }

    #[test]
    fn leases_are_ones_own_in_one_namespace() {
        let authorizer = with_pod(false);
        check(&authorizer, "n1", "update leases kube-node-lease/n1", Ok(()));
        let other = Err("can only access node lease with the same name as the requesting node");
        check(&authorizer, "n1", "update leases kube-node-lease/n2", other);
        let place = Err("can only access leases in the \"kube-node-lease\" system namespace");
        check(&authorizer, "n1", "update leases a/n1", place);
    }
}

mod escalations {
    use super::escalation::{Target, check};
    use super::*;

    fn create_role(user: &User, namespace: &str, role: &Value) -> Result<(), String> {
        let target = Target { plural: "roles", namespace, name: "" };
        check(&authorizer(), user, &target, role, None).map_err(|status| status.message)
    }

    #[test]
    fn a_role_may_hold_what_its_author_holds() {
        let dev = user("dave", &["devs"]);
        let role = json!({"metadata": {"name": "r"}, "rules": [
            {"verbs": ["get"], "apiGroups": [""], "resources": ["pods"]}]});
        assert_eq!(create_role(&dev, "a", &role), Ok(()));
    }

    #[test]
    fn what_is_lacking_is_listed() {
        let dev = user("dave", &["devs"]);
        let role = json!({"metadata": {"name": "r"}, "rules": [
            {"verbs": ["get", "delete", "create"], "apiGroups": [""], "resources": ["pods"]}]});
        assert_eq!(
            create_role(&dev, "a", &role),
            Err("roles.rbac.authorization.k8s.io \"r\" is forbidden: user \"dave\" \
                 (groups=[\"devs\"]) is attempting to grant RBAC permissions not currently \
                 held:\n{APIGroups:[\"\"], Resources:[\"pods\"], Verbs:[\"delete\" \"create\"]}"
                .into())
        );
    }

    #[test]
    fn a_binding_needs_the_rules_of_its_role() {
        let dev = user("dave", &["devs"]);
        let target = Target { plural: "rolebindings", namespace: "a", name: "" };
        let bind = |role: &str| {
            let mut object = binding("ClusterRole", role, &json!([]));
            object["metadata"] = json!({"name": "b"});
            check(&authorizer(), &dev, &target, &object, None)
        };
        assert!(bind("reader").is_ok());
        assert_eq!(bind("paths").unwrap_err().code, 403);
        assert_eq!(bind("gone").unwrap_err().code, 404);
    }

    #[test]
    fn bookkeeping_of_the_collector_is_free() {
        let dev = user("dave", &["devs"]);
        let old = json!({"metadata": {"name": "r", "finalizers": ["x"]}, "rules": [
            {"verbs": ["*"], "apiGroups": ["*"], "resources": ["*"]}]});
        let mut new = old.clone();
        new["metadata"] = json!({"name": "r"});
        let target = Target { plural: "roles", namespace: "a", name: "r" };
        assert!(check(&authorizer(), &dev, &target, &new, Some(&old)).is_ok());
    }

    #[test]
    fn the_aggregation_rule_takes_everything() {
        let dev = user("dave", &["devs"]);
        let role = json!({"metadata": {"name": "r"}, "aggregationRule":
            {"clusterRoleSelectors": [{"matchLabels": {"a": "b"}}]}});
        let target = Target { plural: "clusterroles", namespace: "", name: "" };
        let status = check(&authorizer(), &dev, &target, &role, None).unwrap_err();
        assert_eq!(
            status.message,
            "clusterroles.rbac.authorization.k8s.io \"r\" is forbidden: must have cluster-admin \
             privileges to use the aggregationRule"
        );
    }
}
