//! Writes recorded from the stock kube-apiserver, replayed through the entry points of apply.
//!
//! A step holds the request and what the server answered. Times are those of the step's number.
//! `types.json` are the definitions that the server publishes for the kinds.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;

use pintle_machinery::apply::{
    ApplyError, Filter, Request, Schema, Set, TypeId, Types, keep_timestamps, on_apply, on_update,
    openapi,
};
use pintle_machinery::{Map, Value};

struct Kind<'a> {
    definitions: &'a Map<String, Value>,
    schema: &'a Schema,
    name: &'a str,
    api_version: &'a str,
    subresource: bool,
    filters: BTreeMap<String, Filter>,
    /// What the server answered, for what apply leaves to others: defaults and canonical values.
    answer: Option<&'a Value>,
}

impl Kind<'_> {
    fn definition(&self, api_version: &str) -> Option<&str> {
        let (group, version) = api_version.rsplit_once('/').unwrap_or(("", api_version));
        self.definitions.iter().find_map(|(name, spec)| {
            let gvks = spec.get("x-kubernetes-group-version-kind")?.as_array()?;
            let found = gvks.iter().any(|gvk| {
                gvk["group"] == group && gvk["version"] == version && gvk["kind"] == self.name
            });
            found.then_some(name.as_str())
        })
    }

    /// A new Go structure: structures that are not pointers are there, and so are required lists.
    fn zero(&self, name: &str) -> Value {
        let spec = &self.definitions[name];
        let mut out = Map::new();
        for (field, member) in spec["properties"].as_object().into_iter().flatten() {
            let target = member.pointer("/allOf/0/$ref").and_then(Value::as_str);
            let is_struct = member.get("default").is_some_and(Value::is_object);
            let required = spec["required"]
                .as_array()
                .is_some_and(|names| names.iter().any(|name| name == field.as_str()));
            if let (Some(target), true) = (target, is_struct) {
                let name = target.rsplit('/').next().expect("a name");
                if self.definitions[name].get("properties").is_some() {
                    out.insert(field.clone(), self.zero(name));
                }
            } else if required {
                out.insert(field.clone(), member.get("default").cloned().unwrap_or(Value::Null));
            }
        }
        Value::Object(out)
    }
}

impl Types for Kind<'_> {
    fn schema(&self) -> &Schema {
        self.schema
    }

    fn root(&self, api_version: &str) -> Option<TypeId> {
        self.schema.find(self.definition(api_version)?)
    }

    /// The recorded autoscalers differ between versions by their CPU target only.
    fn convert(&self, object: &Value, api_version: &str) -> Result<Value, String> {
        let mut out = object.clone();
        out["apiVersion"] = api_version.into();
        if api_version.ends_with("v1") {
            if let Some(status) = out.get_mut("status").and_then(Value::as_object_mut) {
                status.remove("currentMetrics");
            }
            let spec = out.get_mut("spec").and_then(Value::as_object_mut);
            if let Some(spec) = spec
                && let Some(metrics) = spec.remove("metrics")
            {
                let target = &metrics[0]["resource"]["target"]["averageUtilization"];
                spec.insert("targetCPUUtilizationPercentage".into(), target.clone());
            }
            return Ok(out);
        }
        let spec = out.get_mut("spec").and_then(Value::as_object_mut);
        if let Some(spec) = spec
            && let Some(percent) = spec.remove("targetCPUUtilizationPercentage")
        {
            let metric = serde_json::json!([{"type": "Resource", "resource": {
                "name": "cpu",
                "target": {"type": "Utilization", "averageUtilization": percent},
            }}]);
            spec.insert("metrics".into(), metric);
        }
        Ok(out)
    }

    fn empty(&self) -> Cow<'_, Value> {
        let mut out = self.zero(self.definition(self.api_version).expect("a definition"));
        out["apiVersion"] = self.api_version.into();
        out["kind"] = self.name.into();
        Cow::Owned(out)
    }

    fn filter(&self, api_version: &str) -> Option<&Filter> {
        self.filters.get(api_version)
    }

    fn normalize(&self, object: Value) -> Result<Value, String> {
        let answer = self.answer.ok_or("the server refused this")?;
        // What a subresource does not write is reset only after the merge.
        if !self.subresource {
            check_lists(&object["spec"], &answer["spec"]);
        }
        if self.name == "ConfigMap" {
            // What is null in a request is zero in the object.
            let given = object.get("data").filter(|data| data != &&serde_json::json!({}));
            let given = given.filter(|data| !data.is_null() && data["x"] != Value::Null);
            if given.is_some() || answer["data"].get("x") != Some(&Value::from("")) {
                assert_eq!(given, answer.get("data"));
            }
        }
        let mut out = stored(answer);
        out["metadata"].as_object_mut().expect("metadata").remove("managedFields");
        Ok(out)
    }
}

/// What was merged must be part of the answer, list items in the same places.
#[track_caller]
fn check_lists(merged: &Value, answer: &Value) {
    match (merged, answer) {
        (Value::Object(merged), Value::Object(answer)) => {
            for (name, value) in merged {
                check_lists(value, answer.get(name).unwrap_or(&Value::Null));
            }
        }
        (Value::Array(merged), Value::Array(answer)) => {
            assert_eq!(merged.len(), answer.len(), "{merged:?} {answer:?}");
            merged.iter().zip(answer).for_each(|(merged, answer)| check_lists(merged, answer));
        }
        (Value::String(merged), Value::String(answer)) if merged.ends_with(['m', 'i']) => {
            assert!(!answer.is_empty(), "quantities are printed in another form");
        }
        _ => assert_eq!(merged, answer),
    }
}

/// What the strategies of the recorded kinds reset.
fn filters(kind: &str, subresource: &str) -> BTreeMap<String, Filter> {
    let paths: &[&[&str]] = match (kind, subresource) {
        ("Deployment", "status") => &[&["spec"], &["metadata", "labels"]],
        ("Pod", "status") => {
            &[&["spec"], &["metadata", "deletionTimestamp"], &["metadata", "ownerReferences"]]
        }
        ("Deployment" | "Service" | "StatefulSet" | "HorizontalPodAutoscaler" | "Pod", "") => {
            &[&["status"]]
        }
        ("NetworkPolicy", "") => &[&["status"]],
        _ => return BTreeMap::new(),
    };
    ["v1", "apps/v1", "autoscaling/v1", "autoscaling/v2", "networking.k8s.io/v1"]
        .into_iter()
        .map(|version| (version.to_owned(), Filter::Exclude(Set::of_fields(paths))))
        .collect()
}

fn text<'a>(step: &'a Value, name: &str) -> &'a str {
    step.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// The bookkeeping alone, with text in place of trees so that differences read well.
fn managed(object: &Value) -> String {
    let mut entries = object.pointer("/metadata/managedFields").cloned().unwrap_or_default();
    for entry in entries.as_array_mut().into_iter().flatten() {
        // A create's fields are text, in the order in which the set is written.
        if let Some(text) = entry["fieldsV1"].as_str() {
            let set = Set::from_value(&entry["fieldsV1"]).expect("a set");
            assert_eq!(set.to_json(), text);
            entry["fieldsV1"] = serde_json::from_str(text).expect("JSON");
        }
    }
    serde_json::to_string_pretty(&entries).expect("JSON")
}

/// An object as it was stored: with the uid that the recording leaves out.
fn stored(answer: &Value) -> Value {
    let mut live = answer.clone();
    live["metadata"]["uid"] = "u".into();
    live
}

/// The version in which a step's request was made.
fn version_of<'a>(case: &Value, step: &'a Value) -> &'a str {
    match (step.get("object"), step.get("body")) {
        (Some(answer), _) => text(answer, "apiVersion"),
        (None, Some(_)) if case["kind"] == "HorizontalPodAutoscaler" => "autoscaling/v2",
        (None, Some(body)) if text(body, "apiVersion") == "v2" => "v1",
        (None, body) => text(body.expect("a body"), "apiVersion"),
    }
}

fn replay(definitions: &Map<String, Value>, schema: &Schema, case: &Value) {
    let mut live: Option<Value> = None;
    for (index, step) in case["steps"].as_array().expect("steps").iter().enumerate() {
        let place = format!("{} step {index}", case["name"]);
        let answer = step.get("object");
        let api_version = version_of(case, step);
        let (kind, subresource) = (text(step, "kind"), text(step, "subresource"));
        let types = Kind {
            definitions,
            schema,
            name: kind,
            api_version,
            subresource: !subresource.is_empty(),
            filters: filters(kind, subresource),
            answer,
        };
        let agent = text(step, "userAgent").split('/').next().unwrap_or_default();
        let manager = step.get("manager").and_then(Value::as_str).unwrap_or(agent);
        let now = format!("2020-01-01T00:00:{index:02}Z");
        let request = Request { types: &types, api_version, kind, subresource, manager, now: &now };
        let in_version = live.as_ref().map(|live| {
            if text(live, "apiVersion") == api_version {
                live.clone()
            } else {
                types.convert(live, api_version).expect("a conversion")
            }
        });
        // A create of another name ends the story of the first.
        let old = in_version.as_ref().filter(|_| text(step, "verb") != "create");
        if text(step, "verb") == "apply" {
            replay_apply(&request, old, step, &place);
        } else {
            replay_update(&request, old, step, &place);
        }
        if let Some(answer) = answer {
            live = Some(stored(answer));
        }
    }
}

#[track_caller]
fn replay_apply(request: &Request<'_>, old: Option<&Value>, step: &Value, place: &str) {
    let force = step.get("force").is_some();
    match (on_apply(request, old, &step["body"], force), step.get("object")) {
        (Ok(mut new), Some(answer)) => {
            if let Some(old) = old {
                keep_timestamps(old, &mut new);
            }
            assert_eq!(managed(&new), managed(answer), "{place}");
        }
        // Validation comes after the merge.
        (Err(_), None) if step["status"] == 422 => {}
        (Err(error), None) => check_error(&error, step, place),
        (outcome, _) => panic!("{place}: {outcome:?}"),
    }
}

#[track_caller]
fn replay_update(request: &Request<'_>, old: Option<&Value>, step: &Value, place: &str) {
    let answer = step.get("object").expect("updates succeed");
    let mut new = stored(answer);
    if request.kind == "Pod" && old.is_none() {
        // Admission comes after the bookkeeping.
        let spec = new["spec"].as_object_mut().expect("a spec");
        spec.remove("priority");
        spec.remove("preemptionPolicy");
    }
    let meta = new["metadata"].as_object_mut().expect("metadata");
    meta.remove("managedFields");
    let given = match (step.get("body"), old) {
        (Some(body), _) => body.pointer("/metadata/managedFields"),
        (None, Some(old)) => old.pointer("/metadata/managedFields"),
        (None, None) => None,
    };
    if let Some(given) = given {
        meta.insert("managedFields".into(), given.clone());
    }
    on_update(request, old, &mut new).expect("an update");
    if let Some(old) = old {
        keep_timestamps(old, &mut new);
    }
    assert_eq!(managed(&new), managed(answer), "{place}");
}

#[track_caller]
fn check_error(error: &ApplyError, step: &Value, place: &str) {
    assert_eq!(error.to_string(), text(step, "message"), "{place}");
    let status = match error {
        ApplyError::BadRequest(_) => 400,
        ApplyError::Conflicts(_) => 409,
        ApplyError::Other(_) => 500,
    };
    assert_eq!(step["status"], status, "{place}");
    if let ApplyError::Conflicts(conflicts) = error {
        let causes: Vec<_> = conflicts.0.iter().map(|one| (one.message(), one.field())).collect();
        let mut recorded: Vec<_> = step["causes"]
            .as_array()
            .expect("causes")
            .iter()
            .map(|cause| (text(cause, "message").to_owned(), text(cause, "field").to_owned()))
            .collect();
        // The server walks a Go map of owners.
        recorded.sort_by(|a, b| a.0.cmp(&b.0));
        assert_eq!(causes, recorded, "{place}");
    }
}

#[track_caller]
fn check(file: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/apply");
    let read = |file: &str| -> Value {
        let text = std::fs::read_to_string(folder.join(file)).expect("a recording");
        serde_json::from_str(&text).expect("JSON")
    };
    let definitions = read("types.json");
    let definitions = definitions.as_object().expect("definitions");
    let mut schema = Schema::new();
    openapi::add_named(&mut schema, definitions).expect("a schema");
    for case in read(file).as_array().expect("cases") {
        replay(definitions, &schema, case);
    }
}

#[test]
fn config_maps_are_owned_as_recorded() {
    check("configmap.json");
}

#[test]
fn deployments_are_owned_as_recorded() {
    check("deployment.json");
}

#[test]
fn services_are_owned_as_recorded() {
    check("service.json");
}

#[test]
fn pods_are_owned_as_recorded() {
    check("pod.json");
}

#[test]
fn autoscalers_are_owned_in_two_versions_as_recorded() {
    check("hpa.json");
}

#[test]
fn other_kinds_are_owned_as_recorded() {
    check("misc.json");
}
