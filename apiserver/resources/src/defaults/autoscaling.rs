//! HorizontalPodAutoscalers (`k8s.io/kubernetes/pkg/apis/autoscaling/v2`).

use pintle_machinery::Value;
use serde_json::json;

use super::{Fields, fill, object, object_if};

/// `SetDefaults_HorizontalPodAutoscaler`: one replica, 80 % CPU, and complete scaling rules as soon
/// as there is a `behavior`.
pub(super) fn horizontal_pod_autoscaler(autoscaler: &mut Fields) {
    let spec = object(autoscaler, "spec");
    fill(spec, "minReplicas", 1);
    if spec.get("metrics").and_then(Value::as_array).is_none_or(Vec::is_empty) {
        let target = json!({ "type": "Utilization", "averageUtilization": 80 });
        let metric = json!({ "type": "Resource", "resource": { "name": "cpu", "target": target } });
        spec.insert("metrics".into(), json!([metric]));
    }
    let Some(behavior) = object_if(spec, "behavior") else { return };
    let percent = json!({ "type": "Percent", "value": 100, "periodSeconds": 15 });
    let pods = json!({ "type": "Pods", "value": 4, "periodSeconds": 15 });
    let up = object(behavior, "scaleUp");
    fill(up, "stabilizationWindowSeconds", 0);
    fill(up, "selectPolicy", "Max");
    fill(up, "policies", json!([pods, percent]));
    let down = object(behavior, "scaleDown");
    fill(down, "selectPolicy", "Max");
    fill(down, "policies", json!([percent]));
}
