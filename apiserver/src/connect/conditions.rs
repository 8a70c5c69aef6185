//! Conditions that subresources set.

use pintle_engine::Value;
use pintle_machinery::time::Time;
use serde_json::json;

/// Now, as objects have it.
pub(super) fn timestamp(now: i64) -> String {
    Time::new(now.div_euclid(1_000_000_000), 0).rfc3339()
}

/// The condition of a type.
pub(super) fn find<'a>(object: &'a Value, ty: &str) -> Option<&'a Value> {
    object["status"]["conditions"].as_array()?.iter().find(|condition| condition["type"] == ty)
}

/// Sets a pod's condition; the time of transition stays unless the status changes
/// (`podutil.UpdatePodCondition`).
pub(super) fn set_on_pod(pod: &mut Value, ty: &str, reason: &str, message: &str, now: i64) {
    let old = find(pod, ty).filter(|old| old["status"] == "True");
    let since = old.map_or_else(|| timestamp(now).into(), |old| old["lastTransitionTime"].clone());
    let mut condition = json!({
        "type": ty,
        "status": "True",
        "lastProbeTime": null,
        "lastTransitionTime": since,
    });
    for (field, text) in [("reason", reason), ("message", message)] {
        if !text.is_empty() {
            condition[field] = text.into();
        }
    }
    put(pod, ty, condition);
}

/// Replaces the condition of a type, or adds it.
pub(super) fn put(object: &mut Value, ty: &str, condition: Value) {
    let conditions = &mut object["status"]["conditions"];
    if !conditions.is_array() {
        *conditions = json!([]);
    }
    let Some(conditions) = conditions.as_array_mut() else { return };
    match conditions.iter_mut().find(|known| known["type"] == ty) {
        Some(known) => *known = condition,
        None => conditions.push(condition),
    }
}
