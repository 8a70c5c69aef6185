//! Families by what the client says, on single- and dual-stack clusters.

use serde_json::json;

use super::*;

#[track_caller]
fn check(
    spec: Value,
    old: Option<Value>,
    configured: &[&'static str],
    expected: Result<Value, &str>,
) {
    let object = |spec: Value| json!({"metadata": {"name": "s"}, "spec": spec});
    let mut service = object(spec);
    let old = old.map(object);
    let result = settle(&mut service, old.as_ref(), configured);
    match expected {
        Ok(expected) => {
            assert_eq!(result.err().map(|status| status.message), None);
            assert_eq!(service["spec"], expected);
        }
        Err(message) => {
            let status = result.expect_err("the service is refused");
            assert_eq!(status.message, format!("Service \"s\" is invalid: {message}"));
        }
    }
}

#[test]
fn the_default_is_one_family() {
    check(
        json!({"type": "ClusterIP", "selector": {"a": "b"}}),
        None,
        &["IPv4"],
        Ok(json!({"type": "ClusterIP", "selector": {"a": "b"}, "ipFamilies": ["IPv4"],
            "ipFamilyPolicy": "SingleStack"})),
    );
}

#[test]
fn headless_without_selector_has_both_families_everywhere() {
    check(
        json!({"type": "ClusterIP", "clusterIP": "None", "clusterIPs": ["None"]}),
        None,
        &["IPv4"],
        Ok(json!({"type": "ClusterIP", "clusterIP": "None", "clusterIPs": ["None"],
            "ipFamilies": ["IPv4", "IPv6"], "ipFamilyPolicy": "RequireDualStack"})),
    );
}

#[test]
fn external_names_have_no_family() {
    let spec = json!({"type": "ExternalName", "externalName": "e.x"});
    check(spec.clone(), None, &["IPv4"], Ok(spec));
}

#[test]
fn preference_takes_what_there_is() {
    let spec = json!({"type": "ClusterIP", "ipFamilyPolicy": "PreferDualStack"});
    let mut one = spec.clone();
    one["ipFamilies"] = json!(["IPv4"]);
    check(spec.clone(), None, &["IPv4"], Ok(one));
    let mut two = spec.clone();
    two["ipFamilies"] = json!(["IPv6", "IPv4"]);
    check(spec, None, &["IPv6", "IPv4"], Ok(two));
}

#[test]
fn what_the_cluster_lacks_is_refused() {
    check(
        json!({"type": "ClusterIP", "ipFamilyPolicy": "RequireDualStack"}),
        None,
        &["IPv4"],
        Err(
            "spec.ipFamilyPolicy: Invalid value: \"RequireDualStack\": this cluster is not configured for dual-stack services",
        ),
    );
    check(
        json!({"type": "ClusterIP", "ipFamilies": ["IPv6"]}),
        None,
        &["IPv4"],
        Err("spec.ipFamilies[0]: Invalid value: \"IPv6\": not configured on this cluster"),
    );
    check(
        json!({"type": "ClusterIP", "clusterIP": "fd00::1", "clusterIPs": ["fd00::1"]}),
        None,
        &["IPv4"],
        Err(
            "spec.clusterIPs[0]: Invalid value: [\"fd00::1\"]: IPv6 is not configured on this cluster",
        ),
    );
}

#[test]
fn addresses_must_agree_with_each_other_and_with_the_families() {
    check(
        json!({"type": "ClusterIP", "clusterIP": "10.0.0.1", "clusterIPs": ["10.0.0.2"]}),
        None,
        &["IPv4"],
        Err("spec.clusterIPs: Invalid value: [\"10.0.0.2\"]: first value must match `clusterIP`"),
    );
    check(
        json!({"type": "ClusterIP", "clusterIP": "10.0.0.1", "clusterIPs": ["10.0.0.1"],
            "ipFamilies": ["IPv6"]}),
        None,
        &["IPv4", "IPv6"],
        Err(
            "spec.clusterIPs[0]: Invalid value: \"10.0.0.1\": expected an IPv6 value as indicated by `ipFamilies[0]`",
        ),
    );
    check(
        json!({"type": "ClusterIP", "clusterIP": "10.0.0.1", "clusterIPs": ["10.0.0.1", "fd00::1"]}),
        None,
        &["IPv4", "IPv6"],
        Err(
            "spec.ipFamilyPolicy: Invalid value: \"SingleStack\": must be 'RequireDualStack' or 'PreferDualStack' when multiple cluster IPs are specified",
        ),
    );
}

#[test]
fn single_stack_drops_the_second_family_on_update() {
    let two = json!({"type": "ClusterIP", "clusterIP": "10.0.0.1",
        "clusterIPs": ["10.0.0.1", "fd00::1"], "ipFamilies": ["IPv4", "IPv6"],
        "ipFamilyPolicy": "PreferDualStack"});
    let mut single = two.clone();
    single["ipFamilyPolicy"] = json!("SingleStack");
    check(
        single,
        Some(two.clone()),
        &["IPv4", "IPv6"],
        Ok(json!({"type": "ClusterIP", "clusterIP": "10.0.0.1", "clusterIPs": ["10.0.0.1"],
            "ipFamilies": ["IPv4"], "ipFamilyPolicy": "SingleStack"})),
    );
    let mut reduced = two.clone();
    reduced["clusterIPs"] = json!(["10.0.0.1"]);
    check(
        reduced,
        Some(two),
        &["IPv4", "IPv6"],
        Err(
            "spec.ipFamilyPolicy: Invalid value: \"PreferDualStack\": must be 'SingleStack' to release the secondary cluster IP",
        ),
    );
}
