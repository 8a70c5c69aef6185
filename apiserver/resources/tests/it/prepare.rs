//! What writes change on their own.

use pintle_engine::{Context, Resource, User};
use pintle_machinery::Value;
use pintle_machinery::path::ValueExt;
use serde_json::json;

use crate::row;

fn prepared(row: &Resource, subresource: &str, mut object: Value, old: Option<&Value>) -> Value {
    let user = User { name: "jane".into(), groups: vec!["g".into()], ..User::default() };
    let ctx = Context {
        now: 0,
        user: &user,
        namespace: "",
        name: "",
        subresource,
        random: 0,
        dry_run: false,
    };
    (row.prepare)(&ctx, &mut object, old);
    object
}

#[track_caller]
fn check(row: &Resource, subresource: &str, object: Value, old: Option<&Value>, wanted: &Value) {
    assert_eq!(&prepared(row, subresource, object, old), wanted);
}

#[test]
fn signing_requests_say_who_asks() {
    let row = row("certificates.k8s.io", "certificatesigningrequests");
    let sent = json!({
        "spec": {"username": "root", "uid": "1", "extra": {"a": ["b"]}, "signerName": "s"},
        "status": {"certificate": "Yw=="},
    });
    let wanted =
        json!({"spec": {"username": "jane", "groups": ["g"], "signerName": "s"}, "status": {}});
    check(&row, "", sent, None, &wanted);
}

#[test]
fn approval_changes_conditions_alone() {
    let row = row("certificates.k8s.io", "certificatesigningrequests");
    let old = json!({"spec": {"signerName": "s"}, "status": {"certificate": "Yw=="}});
    let sent = json!({
        "spec": {"signerName": "t"},
        "status": {"certificate": "ZA==", "conditions": [{"type": "Approved", "status": "True"}]},
    });
    let time = "1970-01-01T00:00:00Z";
    let wanted = json!({
        "spec": {"signerName": "s"},
        "status": {"certificate": "Yw==", "conditions": [{
            "type": "Approved", "status": "True", "lastUpdateTime": time, "lastTransitionTime": time,
        }]},
    });
    check(&row, "approval", sent.clone(), Some(&old), &wanted);
    check(&row, "", sent, Some(&old), &old);
}

#[test]
fn status_keeps_verdicts_and_the_time_of_transitions() {
    let row = row("certificates.k8s.io", "certificatesigningrequests");
    let then = "1960-01-01T00:00:00Z";
    let approved = json!({
        "type": "Approved", "status": "True", "lastUpdateTime": then, "lastTransitionTime": then,
    });
    let failed = json!({"type": "Failed", "status": "True", "lastTransitionTime": then});
    let old = json!({"spec": {}, "status": {"conditions": [approved.clone(), failed]}});
    let sent = json!({"spec": {}, "status": {"conditions": [
        {"type": "Approved", "status": "True", "reason": "mine"},
        {"type": "Failed", "status": "True"},
    ]}});
    let wanted = json!({"spec": {}, "status": {"conditions": [approved, {
        "type": "Failed",
        "status": "True",
        "lastUpdateTime": "1970-01-01T00:00:00Z",
        "lastTransitionTime": then,
    }]}});
    check(&row, "status", sent, Some(&old), &wanted);
}

#[test]
fn labels_of_slices_count_as_content() {
    let row = row("discovery.k8s.io", "endpointslices");
    let old = json!({"metadata": {"generation": 3, "labels": {"a": "b"}}});
    let sent = json!({"metadata": {"generation": 3, "labels": {"a": "c"}}});
    let own = prepared(&row, "", sent, Some(&old));
    assert_eq!(own.i64_at(&["metadata", "generation"]), Some(4));
    check(&row, "", old.clone(), Some(&old), &old);
}

#[test]
fn leases_lose_the_fields_of_coordinated_election_unless_they_are_in_use() {
    let row = row("coordination.k8s.io", "leases");
    let lease = json!({"spec": {"strategy": "s", "preferredHolder": "h"}});
    check(&row, "", lease.clone(), None, &json!({"spec": {}}));
    check(&row, "", lease.clone(), Some(&lease), &lease);
}

#[test]
fn budgets_lose_the_marker_of_older_selectors_unless_it_is_all_there_is() {
    let row = row("policy", "poddisruptionbudgets");
    let marker = json!({
        "key": "pdb.kubernetes.io/deprecated-v1beta1-empty-selector-match",
        "operator": "Exists",
    });
    let none = json!({"spec": {"selector": {"matchExpressions": [marker.clone()]}}});
    check(&row, "", none.clone(), None, &none);
    let labels = json!({"a": "b"});
    let both = json!({
        "spec": {"selector": {"matchLabels": labels.clone(), "matchExpressions": [marker]}},
    });
    check(&row, "", both, None, &json!({"spec": {"selector": {"matchLabels": labels}}}));
}

#[test]
fn status_of_ranges_leaves_metadata_alone() {
    let row = row("networking.k8s.io", "servicecidrs");
    let old = json!({"metadata": {"labels": {"a": "b"}}});
    let sent = json!({"metadata": {"labels": {"a": "c"}, "finalizers": ["f"]}});
    check(&row, "status", sent.clone(), Some(&old), &old);
    check(&row, "", sent.clone(), Some(&old), &sent);
}

#[test]
fn generations_of_drivers_move_with_the_spec() {
    let row = row("storage.k8s.io", "csidrivers");
    let old = json!({"metadata": {}, "spec": {"attachRequired": true}});
    let sent = json!({"metadata": {}, "spec": {"attachRequired": false}});
    let own = prepared(&row, "", sent, Some(&old));
    assert_eq!(own.i64_at(&["metadata", "generation"]), Some(1));
    check(&row, "", old.clone(), Some(&old), &old);
}
