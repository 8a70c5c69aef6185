//! `Priority`: a pod's class becomes its number; one class at most is the default
//! (`plugin/pkg/admission/priority`).

use std::sync::Arc;

use pintle_engine::Lookup;
use pintle_engine::admission::{Attributes, Operation, Plugin};
use pintle_machinery::Value;
use pintle_machinery::path::ValueExt as _;
use pintle_machinery::status::Status;

use crate::{forbidden, is};

/// The row.
pub(crate) const PLUGIN: Plugin =
    Plugin { name: "Priority", mutate: Some(mutate), validate: Some(validate), ..Plugin::NONE };

const GROUP: &str = "scheduling.k8s.io";

fn mutate(
    attributes: &Attributes<'_>,
    pod: &mut Value,
    old: Option<&Value>,
    lookup: &dyn Lookup,
) -> Result<(), Status> {
    if !is(attributes, "", "pods") {
        return Ok(());
    }
    if attributes.operation == Operation::Update {
        for field in ["priority", "preemptionPolicy"] {
            let kept = old.and_then(|old| old.at(&["spec", field]));
            if let (None, Some(kept)) = (pod.at(&["spec", field]), kept) {
                pod.set(&["spec", field], kept.clone());
            }
        }
        return Ok(());
    }
    let class = class_of(attributes, pod, lookup)?;
    let name = class.as_ref().and_then(|class| class.str_at(&["metadata", "name"]));
    let computed = class.as_ref().and_then(|class| class.i64_at(&["value"])).unwrap_or(0);
    if let Some(given) = pod.i64_at(&["spec", "priority"])
        && given != computed
    {
        let reason = format!(
            "the integer value of priority ({given}) must not be provided in pod spec; \
             priority admission controller computed {computed} from the given PriorityClass name"
        );
        return Err(forbidden(attributes, reason));
    }
    let policy = class.as_ref().and_then(|class| class.str_at(&["preemptionPolicy"]));
    let policy = if class.is_none() { Some("PreemptLowerPriority") } else { policy };
    if let (Some(policy), Some(given)) = (policy, pod.str_at(&["spec", "preemptionPolicy"]))
        && given != policy
    {
        let reason = format!(
            "the string value of PreemptionPolicy ({given}) must not be provided in pod spec; \
             priority admission controller computed {policy} from the given PriorityClass name"
        );
        return Err(forbidden(attributes, reason));
    }
    if let Some(name) = name {
        pod.set(&["spec", "priorityClassName"], name);
    }
    pod.set(&["spec", "priority"], computed);
    if let Some(policy) = policy {
        pod.set(&["spec", "preemptionPolicy"], policy);
    }
    Ok(())
}

/// The class that a pod names, or else the default one if there is one.
fn class_of(
    attributes: &Attributes<'_>,
    pod: &Value,
    lookup: &dyn Lookup,
) -> Result<Option<Arc<Value>>, Status> {
    let name = pod.str_at(&["spec", "priorityClassName"]).unwrap_or("");
    if name.is_empty() {
        return Ok(default_class(lookup));
    }
    let class = lookup.get(GROUP, "priorityclasses", "", name);
    let missing = || forbidden(attributes, format!("no PriorityClass with name {name} was found"));
    class.map(Some).ok_or_else(missing)
}

/// The default class; the lowest should there be several.
fn default_class(lookup: &dyn Lookup) -> Option<Arc<Value>> {
    let mut classes = lookup.list(GROUP, "priorityclasses", "");
    classes.retain(|class| class.bool_at(&["globalDefault"]) == Some(true));
    classes.into_iter().min_by_key(|class| class.i64_at(&["value"]).unwrap_or(0))
}

fn validate(
    attributes: &Attributes<'_>,
    class: &Value,
    _: Option<&Value>,
    lookup: &dyn Lookup,
) -> Result<(), Status> {
    if !is(attributes, GROUP, "priorityclasses") || class.bool_at(&["globalDefault"]) != Some(true)
    {
        return Ok(());
    }
    let Some(known) = default_class(lookup) else { return Ok(()) };
    let known = known.str_at(&["metadata", "name"]).unwrap_or("");
    let own = class.str_at(&["metadata", "name"]).unwrap_or("");
    if attributes.operation == Operation::Create || known != own {
        let reason = format!(
            "PriorityClass {known} is already marked as default. Only one default can exist"
        );
        return Err(forbidden(attributes, reason));
    }
    Ok(())
}
