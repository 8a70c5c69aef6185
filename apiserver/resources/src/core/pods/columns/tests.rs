use serde_json::json;

use super::*;

/// Ready, Status and Restarts at 2023-11-14T22:15:00Z.
#[track_caller]
fn check(spec: &Value, status: &Value, expected: [&str; 3]) {
    let pod = json!({"metadata": {"name": "p"}, "spec": spec, "status": status});
    let cell = |at: usize| (COLUMNS[at].cell)(&pod, 1_700_000_100);
    assert_eq!([cell(1), cell(2), cell(3)].map(|cell| cell.as_str().unwrap().to_owned()), expected);
}

#[test]
fn a_running_pod_counts_ready_containers() {
    let spec = json!({"containers": [{"name": "a"}, {"name": "b"}]});
    let status = json!({"phase": "Running", "containerStatuses": [
        {"name": "a", "ready": true, "restartCount": 2, "state": {"running": {}},
         "lastState": {"terminated": {"finishedAt": "2023-11-14T22:14:00Z"}}},
        {"name": "b", "ready": false, "restartCount": 0, "state": {"running": {}}},
    ]});
    check(&spec, &status, ["1/2", "Running", "2 (60s ago)"]);
}

#[test]
fn init_containers_come_first() {
    let spec =
        json!({"containers": [{"name": "a"}], "initContainers": [{"name": "i"}, {"name": "j"}]});
    let status = json!({"phase": "Pending", "initContainerStatuses": [
        {"name": "i", "state": {"terminated": {"exitCode": 0}}},
        {"name": "j", "state": {"waiting": {"reason": "PodInitializing"}}},
    ], "containerStatuses": [{"name": "a", "state": {"waiting": {"reason": "PodInitializing"}}}]});
    check(&spec, &status, ["0/1", "Init:1/2", "0"]);
    let failed = json!({"phase": "Pending", "initContainerStatuses": [
        {"name": "i", "restartCount": 1, "state": {"terminated": {"exitCode": 3}}},
    ]});
    check(&spec, &failed, ["0/1", "Init:ExitCode:3", "1"]);
}

#[test]
fn sidecars_count_as_containers() {
    let spec = json!({"containers": [{"name": "a"}],
        "initContainers": [{"name": "s", "restartPolicy": "Always"}]});
    let status = json!({"phase": "Running", "initContainerStatuses": [
        {"name": "s", "started": true, "ready": true, "restartCount": 1, "state": {"running": {}}},
    ], "containerStatuses": [{"name": "a", "ready": true, "state": {"running": {}}}]});
    check(&spec, &status, ["2/2", "Running", "1"]);
}

#[test]
fn completed_containers_do_not_hide_running_ones() {
    let spec = json!({"containers": [{"name": "a"}, {"name": "b"}]});
    let status = json!({"phase": "Running", "containerStatuses": [
        {"name": "a", "state": {"terminated": {"exitCode": 0, "reason": "Completed"}}},
        {"name": "b", "ready": true, "state": {"running": {}}},
    ]});
    check(&spec, &status, ["1/2", "NotReady", "0"]);
}
