//! Custom resource definitions between v1, which is served, and v1beta1, which is stored
//! (`apiextensions-apiserver/pkg/apis/apiextensions/v1`: `conversion.go`).

use pintle_machinery::{Map, Value};
use serde_json::json;

/// What versions have in v1, and v1beta1's specification if all of them have the same: the name in
/// one and in the other.
const SHARED: [(&str, &str); 4] = [
    ("subresources", "subresources"),
    ("schema", "validation"),
    ("additionalPrinterColumns", "additionalPrinterColumns"),
    ("selectableFields", "selectableFields"),
];

/// To the stored form.
pub(super) fn v1_to_v1beta1(definition: &mut Value) {
    let Some(spec) = definition.get_mut("spec").and_then(Value::as_object_mut) else { return };
    rename_paths(spec, "jsonPath", "JSONPath");
    if let Some(conversion) = spec.get_mut("conversion").and_then(Value::as_object_mut)
        && let Some(Value::Object(mut webhook)) = conversion.remove("webhook")
    {
        for (from, to) in [
            ("clientConfig", "webhookClientConfig"),
            ("conversionReviewVersions", "conversionReviewVersions"),
        ] {
            if let Some(value) = webhook.remove(from) {
                conversion.insert(to.into(), value);
            }
        }
    }
    let kept = spec.get("preserveUnknownFields").and_then(Value::as_bool).unwrap_or(false);
    spec.insert("preserveUnknownFields".into(), kept.into());
    let mut versions = spec.remove("versions").unwrap_or_default();
    let mut all: Vec<&mut Map<String, Value>> = objects(&mut versions).collect();
    if let Some(name) = all.first().and_then(|first| first.get("name")) {
        spec.insert("version".into(), name.clone());
    }
    for (own, shared) in SHARED {
        let of = |version: &Map<String, Value>| version.get(own).cloned().unwrap_or_default();
        let first = all.first().map(|version| of(version)).unwrap_or_default();
        if all.iter().any(|version| of(version) != first) {
            continue;
        }
        for version in &mut all {
            version.remove(own);
        }
        if !first.is_null() {
            spec.insert(shared.into(), first);
        }
    }
    spec.insert("versions".into(), versions);
}

/// To the served form.
pub(super) fn v1beta1_to_v1(definition: &mut Value) {
    let Some(spec) = definition.get_mut("spec").and_then(Value::as_object_mut) else { return };
    let name = spec.remove("version").filter(|name| name.as_str().is_some_and(|it| !it.is_empty()));
    let none = |value: &Value| value.as_array().is_none_or(Vec::is_empty);
    if spec.get("versions").is_none_or(none)
        && let Some(name) = name
    {
        spec.insert("versions".into(), json!([{"name": name, "served": true, "storage": true}]));
    }
    for (own, shared) in SHARED {
        let Some(value) = spec.remove(shared).filter(|value| !value.is_null()) else { continue };
        for version in spec.get_mut("versions").into_iter().flat_map(objects) {
            version.insert(own.into(), value.clone());
        }
    }
    if let Some(conversion) = spec.get_mut("conversion").and_then(Value::as_object_mut) {
        let mut webhook = Map::new();
        for (to, from) in [
            ("clientConfig", "webhookClientConfig"),
            ("conversionReviewVersions", "conversionReviewVersions"),
        ] {
            if let Some(value) = conversion.remove(from).filter(|value| !value.is_null()) {
                webhook.insert(to.into(), value);
            }
        }
        if !webhook.is_empty() {
            conversion.insert("webhook".into(), webhook.into());
        }
    }
    // The stored version keeps unknown fields unless it says otherwise (v1beta1's defaults).
    spec.entry("preserveUnknownFields").or_insert(true.into());
    rename_paths(spec, "JSONPath", "jsonPath");
}

/// Renames the paths of columns, wherever they are.
fn rename_paths(spec: &mut Map<String, Value>, from: &str, to: &str) {
    let columns = "additionalPrinterColumns";
    let mut found: Vec<&mut Value> = Vec::new();
    for (name, value) in spec {
        match name.as_str() {
            "versions" => found.extend(objects(value).filter_map(|it| it.get_mut(columns))),
            _ if name == columns => found.push(value),
            _ => {}
        }
    }
    for column in found.into_iter().flat_map(objects) {
        if let Some(path) = column.remove(from) {
            column.insert(to.into(), path);
        }
    }
}

fn objects(list: &mut Value) -> impl Iterator<Item = &mut Map<String, Value>> {
    list.as_array_mut().into_iter().flatten().filter_map(Value::as_object_mut)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(served: &Value, stored: &Value) {
        let mut found = json!({ "spec": served });
        v1_to_v1beta1(&mut found);
        assert_eq!(found["spec"], *stored);
        v1beta1_to_v1(&mut found);
        let mut served = served.clone();
        served["preserveUnknownFields"] = false.into();
        assert_eq!(found["spec"], served);
    }

    #[test]
    fn what_all_versions_share_is_stored_once() {
        let schema = json!({"openAPIV3Schema": {"type": "object"}});
        let column = |path: &str| json!([{"name": "C", path: ".spec.c"}]);
        check(
            &json!({"versions": [
                {"name": "v1", "schema": schema, "additionalPrinterColumns": column("jsonPath")},
                {"name": "v2", "schema": schema},
            ]}),
            &json!({"version": "v1", "validation": schema, "preserveUnknownFields": false,
            "versions": [
                {"name": "v1", "additionalPrinterColumns": column("JSONPath")},
                {"name": "v2"},
            ]}),
        );
        check(
            &json!({"versions": [{"name": "v1", "additionalPrinterColumns": column("jsonPath")}]}),
            &json!({"version": "v1", "additionalPrinterColumns": column("JSONPath"),
                "preserveUnknownFields": false, "versions": [{"name": "v1"}]}),
        );
    }

    #[test]
    fn a_conversion_by_webhook_is_stored_flat() {
        let client = json!({"url": "https://converter.example"});
        check(
            &json!({"conversion": {"strategy": "Webhook",
                "webhook": {"clientConfig": client, "conversionReviewVersions": ["v1"]}},
                "versions": [{"name": "v1"}]}),
            &json!({"conversion": {"strategy": "Webhook", "webhookClientConfig": client,
                "conversionReviewVersions": ["v1"]}, "version": "v1",
                "preserveUnknownFields": false, "versions": [{"name": "v1"}]}),
        );
    }

    #[test]
    fn one_that_was_stored_long_ago_has_its_version_listed() {
        let mut old = json!({"spec": {"version": "v1", "validation": {}}});
        v1beta1_to_v1(&mut old);
        let versions = json!([{"name": "v1", "served": true, "storage": true, "schema": {}}]);
        assert_eq!(old["spec"], json!({"versions": versions, "preserveUnknownFields": true}));
    }
}
