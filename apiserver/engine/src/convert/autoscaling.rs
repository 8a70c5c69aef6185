//! `autoscaling`: v1 keeps in annotations what only v2 has fields for.

use pintle_machinery::{Value, json};

use crate::meta;

const METRICS: &str = "autoscaling.alpha.kubernetes.io/metrics";
const CURRENT_METRICS: &str = "autoscaling.alpha.kubernetes.io/current-metrics";
const CONDITIONS: &str = "autoscaling.alpha.kubernetes.io/conditions";
const BEHAVIOR: &str = "autoscaling.alpha.kubernetes.io/behavior";

/// Sources that name a metric, and the name of their selector in v1.
const NAMED: [(&str, &str); 3] =
    [("object", "selector"), ("pods", "selector"), ("external", "metricSelector")];

/// `pkg/apis/autoscaling/v1.Convert_autoscaling_HorizontalPodAutoscaler_To_v1_…`.
pub(super) fn v2_to_v1(object: &mut Value) {
    drop_annotations(object);
    let spec = &mut object["spec"];
    let metrics = take_list(spec, "metrics");
    let behavior = take(spec, "behavior");
    let cpu = metrics.iter().find_map(|metric| cpu_target(metric).cloned());
    if let Some(cpu) = cpu {
        spec["targetCPUUtilizationPercentage"] = cpu;
    }
    let others: Vec<Value> = metrics
        .iter()
        .filter(|metric| cpu_target(metric).is_none())
        .map(|metric| metric_to_v1(metric, "target"))
        .collect();
    let status = &mut object["status"];
    let mut current = Vec::new();
    let mut conditions = Vec::new();
    if status.is_object() {
        current = take_list(status, "currentMetrics");
        conditions = take_list(status, "conditions");
        let cpu = current.iter().find(|metric| metric["resource"]["name"] == "cpu");
        let cpu = cpu.map(|metric| &metric["resource"]["current"]["averageUtilization"]);
        if let Some(cpu) = cpu.filter(|value| value.is_i64()).cloned() {
            status["currentCPUUtilizationPercentage"] = cpu;
        }
    }
    let current: Vec<Value> =
        current.iter().map(|metric| metric_to_v1(metric, "current")).collect();
    annotate(object, METRICS, list_text("MetricSpec", &others));
    annotate(object, CURRENT_METRICS, list_text("MetricStatus", &current));
    annotate(object, BEHAVIOR, behavior.map(|behavior| behavior_text(&behavior)));
    annotate(object, CONDITIONS, list_text("HorizontalPodAutoscalerCondition", &conditions));
}

/// `pkg/apis/autoscaling/v1.Convert_v1_HorizontalPodAutoscaler_To_autoscaling_…`.
pub(super) fn v1_to_v2(object: &mut Value) {
    let annotation = |key: &str| -> Option<Value> {
        let text = meta::map(object, "annotations")?.get(key)?.as_str()?;
        serde_json::from_str(text).ok()
    };
    let list = |key: &str| match annotation(key) {
        Some(Value::Array(items)) => Some(items),
        _ => None,
    };
    let (others, current) = (list(METRICS), list(CURRENT_METRICS));
    let (conditions, behavior) = (list(CONDITIONS), annotation(BEHAVIOR));
    drop_annotations(object);
    let spec = &mut object["spec"];
    let mut metrics: Vec<Value> =
        others.iter().flatten().map(|metric| metric_to_v2(metric, "target")).collect();
    if let Some(cpu) = take(spec, "targetCPUUtilizationPercentage") {
        metrics.push(serde_json::json!({"type": "Resource", "resource": {
            "name": "cpu", "target": {"type": "Utilization", "averageUtilization": cpu}}}));
    }
    if !metrics.is_empty() {
        spec["metrics"] = metrics.into();
    }
    if let Some(behavior) = behavior {
        spec["behavior"] = uncapitalize(&behavior);
    }
    let status = &mut object["status"];
    if !status.is_object() {
        *status = Value::Object(pintle_machinery::Map::new());
    }
    let cpu = take(status, "currentCPUUtilizationPercentage");
    status["currentMetrics"] = match (current, cpu) {
        (Some(current), _) => {
            current.iter().map(|metric| metric_to_v2(metric, "current")).collect::<Vec<_>>().into()
        }
        (None, Some(cpu)) => serde_json::json!([{"type": "Resource", "resource": {
            "name": "cpu", "current": {"averageUtilization": cpu}}}]),
        (None, None) => Value::Null,
    };
    if let Some(conditions) = conditions {
        status["conditions"] = conditions.into();
    }
}

fn cpu_target(metric: &Value) -> Option<&Value> {
    let resource = metric.get("resource").filter(|_| metric["type"] == "Resource")?;
    let value = &resource["target"]["averageUtilization"];
    (resource["name"] == "cpu" && value.is_i64()).then_some(value)
}

/// One metric with v1's flat names; `what` is `target` or `current`.
fn metric_to_v1(metric: &Value, what: &str) -> Value {
    let mut out = serde_json::json!({"type": metric["type"]});
    let prefixed = |field: &str| format!("{what}{field}");
    for source in ["resource", "containerResource"] {
        let Some(from) = metric.get(source).filter(|from| from.is_object()) else { continue };
        let mut to = serde_json::json!({"name": from["name"]});
        put(&mut to, &prefixed("AverageUtilization"), &from[what]["averageUtilization"]);
        put(&mut to, &prefixed("AverageValue"), &from[what]["averageValue"]);
        put(&mut to, "container", &from["container"]);
        out[source] = to;
    }
    for (source, selector) in NAMED {
        let Some(from) = metric.get(source).filter(|from| from.is_object()) else { continue };
        let mut to = serde_json::json!({"metricName": from["metric"]["name"]});
        put(&mut to, selector, &from["metric"]["selector"]);
        let average =
            if source == "object" { "averageValue".into() } else { prefixed("AverageValue") };
        put(&mut to, &average, &from[what]["averageValue"]);
        if source != "pods" {
            put(&mut to, &prefixed("Value"), &from[what]["value"]);
        }
        put(&mut to, "target", &from["describedObject"]);
        if source == "object" && to.get(prefixed("Value")).is_none() {
            to[prefixed("Value")] = "0".into();
        }
        out[source] = to;
    }
    out
}

/// One metric with v2's nested names.
fn metric_to_v2(metric: &Value, what: &str) -> Value {
    let mut out = serde_json::json!({"type": metric["type"]});
    let prefixed = |field: &str| format!("{what}{field}");
    for source in ["resource", "containerResource"] {
        let Some(from) = metric.get(source).filter(|from| from.is_object()) else { continue };
        let mut to = serde_json::json!({"name": from["name"], what: {}});
        put(&mut to, "container", &from["container"]);
        put(&mut to[what], "averageUtilization", &from[prefixed("AverageUtilization")]);
        put(&mut to[what], "averageValue", &from[prefixed("AverageValue")]);
        if what == "target" {
            let utilization = to[what].get("averageUtilization").is_some();
            to[what]["type"] = if utilization { "Utilization" } else { "AverageValue" }.into();
        }
        out[source] = to;
    }
    for (source, selector) in NAMED {
        let Some(from) = metric.get(source).filter(|from| from.is_object()) else { continue };
        let mut to = serde_json::json!({"metric": {"name": from["metricName"]}, what: {}});
        put(&mut to["metric"], "selector", &from[selector]);
        let average =
            if source == "object" { "averageValue".into() } else { prefixed("AverageValue") };
        put(&mut to[what], "averageValue", &from[&average]);
        let value = &from[prefixed("Value")];
        let averaged = to[what].get("averageValue").is_some();
        if !(averaged && source == "object" && value == "0") {
            put(&mut to[what], "value", value);
        }
        put(&mut to, "describedObject", &from["target"]);
        if what == "target" {
            let by_value = match source {
                "object" => !averaged,
                "external" => value.is_string(),
                _ => false,
            };
            to[what]["type"] = if by_value { "Value" } else { "AverageValue" }.into();
        }
        out[source] = to;
    }
    out
}

fn put(to: &mut Value, field: &str, value: &Value) {
    if !value.is_null() {
        to[field] = value.clone();
    }
}

fn take(object: &mut Value, field: &str) -> Option<Value> {
    object.as_object_mut()?.remove(field).filter(|value| !value.is_null())
}

fn take_list(object: &mut Value, field: &str) -> Vec<Value> {
    match take(object, field) {
        Some(Value::Array(items)) => items,
        _ => Vec::new(),
    }
}

fn drop_annotations(object: &mut Value) {
    let annotations = object["metadata"].get_mut("annotations").and_then(Value::as_object_mut);
    if let Some(annotations) = annotations {
        for key in [METRICS, CURRENT_METRICS, CONDITIONS, BEHAVIOR] {
            annotations.remove(key);
        }
        if annotations.is_empty() {
            meta::set(object, "annotations", Value::Null);
        }
    }
}

fn annotate(object: &mut Value, key: &str, text: Option<String>) {
    if let Some(text) = text {
        object["metadata"]["annotations"][key] = text.into();
    }
}

/// A list of v1 structures as Go prints it; nothing if it is empty.
fn list_text(message: &str, items: &[Value]) -> Option<String> {
    let message = pintle_api::catalog().message(&format!("io.k8s.api.autoscaling.v1.{message}"))?;
    let mut out = Vec::new();
    for item in items {
        out.push(if out.is_empty() { b'[' } else { b',' });
        pintle_api::codec::json::encode(message, item, &mut out);
        if out.last() == Some(&b'\n') {
            out.pop();
        }
    }
    out.push(b']');
    (!items.is_empty()).then(|| String::from_utf8_lossy(&out).into_owned())
}

/// The annotation holds upstream's internal type, whose fields have no JSON names and are all
/// printed.
fn behavior_text(behavior: &Value) -> String {
    let rules = |rules: &Value| {
        if !rules.is_object() {
            return "null".to_owned();
        }
        let policy = |policy: &Value| {
            format!(
                "{{\"Type\":{},\"Value\":{},\"PeriodSeconds\":{}}}",
                json::to_string(&policy["type"]),
                policy["value"],
                policy["periodSeconds"]
            )
        };
        let policies = match rules["policies"].as_array() {
            Some(list) => format!("[{}]", list.iter().map(policy).collect::<Vec<_>>().join(",")),
            None => "null".to_owned(),
        };
        format!(
            "{{\"StabilizationWindowSeconds\":{},\"SelectPolicy\":{},\"Policies\":{policies},\"Tolerance\":{}}}",
            rules["stabilizationWindowSeconds"],
            json::to_string(&rules["selectPolicy"]),
            json::to_string(&rules["tolerance"])
        )
    };
    format!(
        "{{\"ScaleUp\":{},\"ScaleDown\":{}}}",
        rules(&behavior["scaleUp"]),
        rules(&behavior["scaleDown"])
    )
}

fn uncapitalize(value: &Value) -> Value {
    rekey(value, |key| {
        let mut chars = key.chars();
        chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
    })
}

fn rekey(value: &Value, change: fn(&str) -> String) -> Value {
    match value {
        Value::Object(fields) => fields
            .iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(key, value)| (change(key), rekey(value, change)))
            .collect(),
        Value::Array(items) => items.iter().map(|item| rekey(item, change)).collect(),
        other => other.clone(),
    }
}
