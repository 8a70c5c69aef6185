//! `events`: what happened to an object.

use pintle_engine::resource::Dependents;
use pintle_engine::{Column, Context, Errors, Resource, Selectable, Value, column, name};
use pintle_machinery::name::qualified_name;
use pintle_machinery::path::ValueExt;

use crate::print::text;
use crate::workload::since;

/// The row.
pub const EVENTS: Resource = Resource {
    group: "",
    plural: "events",
    create_on_update: true,
    dependents: Dependents::Unsupported,
    own_selectors: true,
    selectable: SELECTABLE,
    validate,
    columns: COLUMNS,
    ttl_seconds: Some(3600),
    ..Resource::NAMESPACED
};

/// The row of `events.k8s.io`, which asks for more.
pub const NEW_EVENTS: Resource = Resource { group: "events.k8s.io", validate: strict, ..EVENTS };

const fn field(label: &'static str, value: fn(&Value) -> String) -> Selectable {
    Selectable { label, value }
}

/// `event.ToSelectableFields`, under core's names.
pub(crate) const SELECTABLE: &[Selectable] = &[
    field("involvedObject.kind", |event| involved(event, "kind")),
    field("involvedObject.namespace", |event| involved(event, "namespace")),
    field("involvedObject.name", |event| involved(event, "name")),
    field("involvedObject.uid", |event| involved(event, "uid")),
    field("involvedObject.apiVersion", |event| involved(event, "apiVersion")),
    field("involvedObject.resourceVersion", |event| involved(event, "resourceVersion")),
    field("involvedObject.fieldPath", |event| involved(event, "fieldPath")),
    field("reason", |event| own(event, &["reason"])),
    field("reportingComponent", |event| own(event, &["reportingComponent"])),
    field("source", |event| match own(event, &["source", "component"]) {
        empty if empty.is_empty() => own(event, &["reportingComponent"]),
        component => component,
    }),
    field("type", |event| own(event, &["type"])),
];

fn own(event: &Value, path: &[&str]) -> String {
    event.str_at(path).unwrap_or_default().to_owned()
}

fn involved(event: &Value, field: &str) -> String {
    own(event, &["involvedObject", field])
}

/// `printers.printEvent`.
pub(crate) const COLUMNS: &[Column] = &[
    column("Last Seen", |event, now| last_seen(event, now).into()),
    column("Type", |event, _| text(event, &["type"])),
    column("Reason", |event, _| text(event, &["reason"])),
    column("Object", |event, _| {
        let kind = involved(event, "kind").to_lowercase();
        match involved(event, "name") {
            name if name.is_empty() => kind.into(),
            name => format!("{kind}/{name}").into(),
        }
    }),
    column("Subobject", |event, _| text(event, &["involvedObject", "fieldPath"])).wide(),
    column("Source", |event, _| source(event).into()).wide(),
    column("Message", |event, _| own(event, &["message"]).trim().into()),
    column("First Seen", |event, now| first_seen(event, now).into()).wide(),
    column("Count", |event, _| count(event).into()).wide(),
    name().wide(),
];

fn first_seen(event: &Value, now: i64) -> String {
    match event.str_at(&["firstTimestamp"]) {
        Some(_) => since(event, &["firstTimestamp"], now),
        None => since(event, &["eventTime"], now),
    }
}

fn last_seen(event: &Value, now: i64) -> String {
    if event.map_at(&["series"]).is_some() {
        return since(event, &["series", "lastObservedTime"], now);
    }
    match event.str_at(&["lastTimestamp"]) {
        Some(_) => since(event, &["lastTimestamp"], now),
        None => first_seen(event, now),
    }
}

fn count(event: &Value) -> i64 {
    if event.map_at(&["series"]).is_some() {
        return event.i64_at(&["series", "count"]).unwrap_or(0);
    }
    event.i64_at(&["count"]).filter(|count| *count != 0).unwrap_or(1)
}

/// `printers.formatEventSource`.
fn source(event: &Value) -> String {
    let first = |path: &[&str], other: &str| match own(event, path) {
        empty if empty.is_empty() => own(event, &[other]),
        text => text,
    };
    let component = first(&["source", "component"], "reportingComponent");
    let instance = first(&["source", "host"], "reportingInstance");
    if instance.is_empty() { component } else { format!("{component}, {instance}") }
}

/// `core/validation.legacyValidateEvent`, which is all for core's events.
fn validate(_: &Context<'_>, event: &Value, _: Option<&Value>, errors: &mut Errors) {
    legacy(event, "reportingComponent", errors);
}

/// `ValidateEventCreate`, `ValidateEventUpdate` for `events.k8s.io/v1`.
fn strict(_: &Context<'_>, event: &Value, old: Option<&Value>, errors: &mut Errors) {
    legacy(event, "reportingController", errors);
    if old.is_none_or(|old| old.at(&["series"]) != event.at(&["series"])) {
        series(event, errors);
    }
    if let Some(old) = old {
        unchanged(event, old, errors);
        return;
    }
    if event.str_at(&["eventTime"]).is_none() {
        errors.required("eventTime", "");
    }
    let kind = own(event, &["type"]);
    if !matches!(kind.as_str(), "Normal" | "Warning") {
        errors.invalid("type", "", format!("has invalid value: {kind}"));
    }
    let set = |path: &[&str]| !own(event, path).is_empty();
    let old_fields = [
        ("firstTimestamp", set(&["firstTimestamp"])),
        ("lastTimestamp", set(&["lastTimestamp"])),
        ("count", event.i64_at(&["count"]).unwrap_or(0) != 0),
        ("source", set(&["source", "component"]) || set(&["source", "host"])),
    ];
    for (field, _) in old_fields.into_iter().filter(|(_, set)| *set) {
        errors.invalid(field, "", "needs to be unset");
    }
}

/// `validateV1EventSeries`.
fn series(event: &Value, errors: &mut Errors) {
    let Some(series) = event.at(&["series"]).filter(|series| series.is_object()) else { return };
    if series.i64_at(&["count"]).unwrap_or(0) < 2 {
        errors.invalid("series.count", "", "should be at least 2");
    }
    if series.str_at(&["lastObservedTime"]).is_none() {
        errors.required("series.lastObservedTime", "");
    }
}

/// What of an event stays, by the names that upstream gives it.
const FIXED: &[(&str, &str)] = &[
    ("involvedObject", "involvedObject"),
    ("reason", "reason"),
    ("message", "message"),
    ("source", "source"),
    ("firstTimestamp", "firstTimestamp"),
    ("lastTimestamp", "lastTimestamp"),
    ("count", "count"),
    ("type", "type"),
    ("eventTime", "eventTime"),
    ("action", "action"),
    ("related", "related"),
    ("reportingComponent", "reportingController"),
    ("reportingInstance", "reportingInstance"),
];

fn unchanged(event: &Value, old: &Value, errors: &mut Errors) {
    for (field, shown) in FIXED.iter().filter(|(field, _)| event.get(*field) != old.get(*field)) {
        let value = event.at(&[field]).cloned().unwrap_or_default();
        errors.invalid(shown, value, "field is immutable");
    }
}

/// `legacyValidateEvent`; the reporter's field has two names.
fn legacy(event: &Value, reporter: &str, errors: &mut Errors) {
    let involved = involved(event, "namespace");
    let namespace = own(event, &["metadata", "namespace"]);
    let detail = "does not match event.namespace";
    if event.str_at(&["eventTime"]).is_none() {
        let agrees = match involved.as_str() {
            "" => matches!(namespace.as_str(), "" | "default"),
            other => other == namespace,
        };
        if !agrees {
            errors.invalid("involvedObject.namespace", involved, detail);
        }
        return;
    }
    if involved.is_empty() && !matches!(namespace.as_str(), "default" | "kube-system") {
        errors.invalid("involvedObject.namespace", involved, detail);
    }
    let controller = own(event, &["reportingComponent"]);
    if controller.is_empty() {
        errors.required(reporter, "");
    }
    errors.invalid_each(reporter, controller.as_str(), qualified_name(&controller));
    for (field, limit) in [("reportingInstance", 128), ("action", 128), ("reason", 128)] {
        let length = own(event, &[field]).len();
        if length == 0 {
            errors.required(field, "");
        } else if length > limit {
            errors.invalid(field, "", format!("can have at most {limit} characters"));
        }
    }
    if own(event, &["message"]).len() > 1024 {
        errors.invalid("message", "", "can have at most 1024 characters");
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(event: &Value, expected: &[&str]) {
        let cells: Vec<String> = COLUMNS
            .iter()
            .map(|column| match (column.cell)(event, 1_700_000_100) {
                Value::String(text) => text,
                other => other.to_string(),
            })
            .collect();
        assert_eq!(cells, expected);
    }

    #[test]
    fn a_series_says_when_and_how_often() {
        let event = json!({
            "metadata": {"name": "e"}, "type": "Normal", "reason": "Pulled",
            "eventTime": "2023-11-14T22:13:20.000000Z", "firstTimestamp": null, "lastTimestamp": null,
            "series": {"count": 4, "lastObservedTime": "2023-11-14T22:14:20.000000Z"},
            "involvedObject": {"kind": "Pod", "name": "p", "fieldPath": "spec.x"},
            "reportingComponent": "kubelet", "reportingInstance": "n", "message": " m ",
        });
        let expected =
            ["40s", "Normal", "Pulled", "pod/p", "spec.x", "kubelet, n", "m", "100s", "4", "e"];
        check(&event, &expected);
    }
}
