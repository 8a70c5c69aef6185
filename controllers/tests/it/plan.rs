//! Plans as lines that a case can state.

use pintle_controllers::object::{Read, time_text};
use pintle_controllers::{Action, Plan};
use serde_json::Value;

pub(crate) fn lines(plan: &Plan) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in plan.actions().map(line) {
        // Equal actions are told once, with their number.
        match lines.last_mut() {
            Some(last) if *last == line => *last = format!("{line} x2"),
            Some(last) if last.strip_suffix(char::is_numeric) == Some(&format!("{line} x")) => {
                let count: u32 = last.rsplit('x').next().unwrap().parse().unwrap();
                *last = format!("{line} x{}", count + 1);
            }
            _ => lines.push(line),
        }
    }
    if let Some(delay) = plan.requeue {
        lines.push(format!("requeue {}", delay.as_secs()));
    }
    if let Some(error) = &plan.error {
        lines.push(format!("error {error}"));
    }
    lines
}

fn line(action: &Action) -> String {
    match action {
        Action::Create { kind, object, .. } => {
            let name = match object.name() {
                "" => object.text("metadata.generateName"),
                name => name,
            };
            format!("create {} {name}{}", kind.plural, endpoints(object))
        }
        Action::Update { kind, object, subresource: "status" } => {
            format!("status {} {} {}", kind.plural, object.name(), status(object.at("status")))
        }
        Action::Update { kind, object, .. } => {
            let size = object.number("spec.replicas");
            let size = size.map_or(String::new(), |size| format!(" replicas={size}"));
            format!("update {} {}{size}{}", kind.plural, object.name(), endpoints(object))
        }
        Action::Patch { kind, key, subresource, body, .. } => {
            let mut body = body.clone();
            if let Some(meta) = body.get_mut("metadata").and_then(Value::as_object_mut) {
                meta.remove("uid");
                meta.remove("resourceVersion");
            }
            if body["metadata"].as_object().is_some_and(serde_json::Map::is_empty) {
                body.as_object_mut().unwrap().remove("metadata");
            }
            let place =
                if subresource.is_empty() { String::new() } else { format!("/{subresource}") };
            let text = body.to_string().replace(&time_text(super::now()), "now");
            format!("patch {}{place} {} {text}", kind.plural, key.name)
        }
        Action::Adopt { kind, object, .. } => format!("adopt {} {}", kind.plural, object.name()),
        Action::Delete { kind, key, .. } => format!("delete {} {}", kind.plural, key.name),
        Action::Raw { method, path, .. } => format!("{method} {path}"),
        Action::Event { kind, reason, message, .. } => format!("event {kind} {reason} {message}"),
    }
}

fn endpoints(object: &Value) -> String {
    let addresses = object.list("endpoints").iter().flat_map(|it| it.list("addresses"));
    let addresses: Vec<&str> = addresses.filter_map(Value::as_str).collect();
    if addresses.is_empty() { String::new() } else { format!(" {}", addresses.join(",")) }
}

/// Numbers as they are, conditions as `Type=Status/Reason`.
fn status(status: &Value) -> String {
    let mut parts = Vec::new();
    for (field, value) in status.as_object().into_iter().flatten() {
        if field == "conditions" {
            parts.extend(status.list("conditions").iter().map(|condition| {
                format!(
                    "{}={}/{}",
                    condition.text("type"),
                    condition.text("status"),
                    condition.text("reason")
                )
            }));
        } else if let Some(number) = value.as_i64() {
            parts.push(format!("{field}={number}"));
        }
    }
    parts.join(" ")
}
