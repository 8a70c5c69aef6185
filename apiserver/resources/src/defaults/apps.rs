//! Deployments, DaemonSets and StatefulSets (`k8s.io/kubernetes/pkg/apis/apps/v1`).

use serde_json::json;

use super::{Fields, fill, fill_text, object, object_if, text};

/// `SetDefaults_Deployment`; ReplicaSets have their one default in the schema.
pub(super) fn deployment(deployment: &mut Fields) {
    let spec = object(deployment, "spec");
    fill(spec, "replicas", 1);
    let strategy = object(spec, "strategy");
    fill_text(strategy, "type", "RollingUpdate");
    if text(strategy, "type") == "RollingUpdate" {
        let rolling = object(strategy, "rollingUpdate");
        fill(rolling, "maxUnavailable", "25%");
        fill(rolling, "maxSurge", "25%");
    }
    fill(spec, "revisionHistoryLimit", 10);
    fill(spec, "progressDeadlineSeconds", 600);
}

/// `SetDefaults_ReplicaSet`.
pub(super) fn replica_set(set: &mut Fields) {
    fill(object(set, "spec"), "replicas", 1);
}

/// `SetDefaults_DaemonSet`.
pub(super) fn daemon_set(set: &mut Fields) {
    let spec = object(set, "spec");
    let strategy = object(spec, "updateStrategy");
    fill_text(strategy, "type", "RollingUpdate");
    if text(strategy, "type") == "RollingUpdate" {
        let rolling = object(strategy, "rollingUpdate");
        fill(rolling, "maxUnavailable", 1);
        fill(rolling, "maxSurge", 0);
    }
    fill(spec, "revisionHistoryLimit", 10);
}

/// `SetDefaults_StatefulSet`.
pub(super) fn stateful_set(set: &mut Fields) {
    let spec = object(set, "spec");
    fill_text(spec, "podManagementPolicy", "OrderedReady");
    let strategy = object(spec, "updateStrategy");
    if text(strategy, "type").is_empty() {
        strategy.insert("type".into(), "RollingUpdate".into());
        fill(strategy, "rollingUpdate", json!({}));
    }
    if text(strategy, "type") == "RollingUpdate"
        && let Some(rolling) = object_if(strategy, "rollingUpdate")
    {
        fill(rolling, "partition", 0);
        fill(rolling, "maxUnavailable", 1);
    }
    let retention = object(spec, "persistentVolumeClaimRetentionPolicy");
    fill_text(retention, "whenDeleted", "Retain");
    fill_text(retention, "whenScaled", "Retain");
    fill(spec, "replicas", 1);
    fill(spec, "revisionHistoryLimit", 10);
}
