//! `RuntimeClass`: a pod pays the overhead of its runtime and goes where it is to be had
//! (`plugin/pkg/admission/runtimeclass`).

use std::sync::Arc;

use pintle_engine::Lookup;
use pintle_engine::admission::{Attributes, Operation, Plugin};
use pintle_machinery::json::quote;
use pintle_machinery::path::ValueExt as _;
use pintle_machinery::resources::List;
use pintle_machinery::status::Status;
use pintle_machinery::{Map, Value};

use crate::{forbidden, is};

/// The row.
pub(crate) const PLUGIN: Plugin = Plugin {
    name: "RuntimeClass",
    operations: &[Operation::Create],
    mutate: Some(mutate),
    validate: Some(validate),
    ..Plugin::NONE
};

const MISMATCH: &str = "pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead";

fn mutate(
    attributes: &Attributes<'_>,
    pod: &mut Value,
    _: Option<&Value>,
    lookup: &dyn Lookup,
) -> Result<(), Status> {
    if !is(attributes, "", "pods") {
        return Ok(());
    }
    let Some(class) = class_of(attributes, pod, lookup)? else { return Ok(()) };
    if let Some(overhead) = class.at(&["overhead"]) {
        let given = List::at(pod, &["spec", "overhead"]);
        if !given.is_empty() && given != List::at(overhead, &["podFixed"]) {
            return Err(forbidden(attributes, MISMATCH));
        }
        match overhead.at(&["podFixed"]) {
            Some(fixed) => pod.set(&["spec", "overhead"], fixed.clone()),
            None => drop(pod.remove_at(&["spec", "overhead"])),
        }
    }
    match class.at(&["scheduling"]) {
        Some(scheduling) => set_scheduling(attributes, pod, scheduling),
        None => Ok(()),
    }
}

fn validate(
    attributes: &Attributes<'_>,
    pod: &Value,
    _: Option<&Value>,
    lookup: &dyn Lookup,
) -> Result<(), Status> {
    if !is(attributes, "", "pods") {
        return Ok(());
    }
    let class = class_of(attributes, pod, lookup)?;
    let given = pod.at(&["spec", "overhead"]);
    match class.as_ref().and_then(|class| class.at(&["overhead"])) {
        Some(overhead) => {
            let fixed = List::at(overhead, &["podFixed"]);
            if fixed == List::at(pod, &["spec", "overhead"]) {
                return Ok(());
            }
            Err(forbidden(attributes, MISMATCH))
        }
        None if given.is_some() => {
            let reason = "pod rejected: Pod Overhead set without corresponding RuntimeClass \
                          defined Overhead";
            Err(forbidden(attributes, reason))
        }
        None => Ok(()),
    }
}

fn class_of(
    attributes: &Attributes<'_>,
    pod: &Value,
    lookup: &dyn Lookup,
) -> Result<Option<Arc<Value>>, Status> {
    let Some(name) = pod.str_at(&["spec", "runtimeClassName"]) else { return Ok(None) };
    let class = lookup.get("node.k8s.io", "runtimeclasses", "", name);
    class.map(Some).ok_or_else(|| {
        let reason = format!("pod rejected: RuntimeClass {} not found", quote(name));
        forbidden(attributes, reason)
    })
}

fn set_scheduling(
    attributes: &Attributes<'_>,
    pod: &mut Value,
    scheduling: &Value,
) -> Result<(), Status> {
    if let Some(wanted) = scheduling.map_at(&["nodeSelector"]) {
        let mut selector = pod.map_at(&["spec", "nodeSelector"]).cloned().unwrap_or_default();
        merge_selector(&mut selector, wanted).map_err(|reason| forbidden(attributes, reason))?;
        if !selector.is_empty() {
            pod.set(&["spec", "nodeSelector"], Value::Object(selector));
        }
    }
    let own = pod.list_at(&["spec", "tolerations"]);
    let tolerations = merge_tolerations(own, scheduling.list_at(&["tolerations"]));
    if !tolerations.is_empty() {
        pod.set(&["spec", "tolerations"], tolerations);
    }
    Ok(())
}

fn merge_selector(own: &mut Map<String, Value>, wanted: &Map<String, Value>) -> Result<(), String> {
    for (key, value) in wanted {
        if let Some(given) = own.get(key)
            && given != value
        {
            let (value, given) = (value.as_str().unwrap_or(""), given.as_str().unwrap_or(""));
            return Err(format!(
                "conflict: runtimeClass.scheduling.nodeSelector[{key}] = {value}; \
                 pod.spec.nodeSelector[{key}] = {given}"
            ));
        }
        own.insert(key.clone(), value.clone());
    }
    Ok(())
}

/// Joins tolerations and drops those that others cover (`util/tolerations.MergeTolerations`).
fn merge_tolerations(first: &[Value], second: &[Value]) -> Vec<Value> {
    let all: Vec<&Value> = first.iter().chain(second).collect();
    let mut merged: Vec<Value> = Vec::new();
    for (index, toleration) in all.iter().enumerate() {
        let covered_before = merged.iter().any(|kept| covers(kept, toleration));
        let covered_later =
            all[index + 1..].iter().any(|later| later != toleration && covers(later, toleration));
        if !covered_before && !covered_later {
            merged.push((*toleration).clone());
        }
    }
    merged
}

/// Whether all that `narrow` tolerates is tolerated by `wide` (`isSuperset`).
fn covers(wide: &Value, narrow: &Value) -> bool {
    if wide == narrow {
        return true;
    }
    let text = |value: &Value, field: &str| value.str_at(&[field]).unwrap_or("").to_owned();
    let [key, effect, operator] = ["key", "effect", "operator"].map(|field| text(wide, field));
    if text(narrow, "key") != key && !(key.is_empty() && operator == "Exists") {
        return false;
    }
    if text(narrow, "effect") != effect && !effect.is_empty() {
        return false;
    }
    if effect == "NoExecute"
        && let Some(limit) = wide.i64_at(&["tolerationSeconds"])
        && narrow.i64_at(&["tolerationSeconds"]).is_none_or(|seconds| seconds > limit)
    {
        return false;
    }
    match operator.as_str() {
        "Equal" | "" => {
            text(narrow, "operator") == "Equal" && text(narrow, "value") == text(wide, "value")
        }
        "Exists" => true,
        _ => false,
    }
}
