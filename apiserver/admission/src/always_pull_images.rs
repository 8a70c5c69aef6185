//! `AlwaysPullImages`: who may not pull an image may not use it from a node that has it
//! (`plugin/pkg/admission/alwayspullimages`).

use std::collections::BTreeSet;

use pintle_engine::Lookup;
use pintle_engine::admission::{Attributes, Plugin};
use pintle_machinery::Value;
use pintle_machinery::field::{Errors, aggregate};
use pintle_machinery::path::ValueExt as _;
use pintle_machinery::status::Status;

use crate::{forbidden, is};

/// The row. Webhooks may undo what the first stage set; the second sees that.
pub(crate) const PLUGIN: Plugin = Plugin {
    name: "AlwaysPullImages",
    mutate: Some(mutate),
    validate: Some(validate),
    default_on: false,
    ..Plugin::NONE
};

const LISTS: [&str; 3] = ["initContainers", "containers", "ephemeralContainers"];

fn mutate(
    attributes: &Attributes<'_>,
    pod: &mut Value,
    old: Option<&Value>,
    _: &dyn Lookup,
) -> Result<(), Status> {
    if !concerns(attributes, pod, old) {
        return Ok(());
    }
    for list in LISTS {
        for container in items(pod, list) {
            container.set(&["imagePullPolicy"], "Always");
        }
    }
    for volume in items(pod, "volumes") {
        if volume.at(&["image"]).is_some() {
            volume.set(&["image", "pullPolicy"], "Always");
        }
    }
    Ok(())
}

fn items<'a>(pod: &'a mut Value, list: &str) -> impl Iterator<Item = &'a mut Value> {
    pod.at_mut(&["spec", list]).and_then(Value::as_array_mut).into_iter().flatten()
}

fn validate(
    attributes: &Attributes<'_>,
    pod: &Value,
    old: Option<&Value>,
    _: &dyn Lookup,
) -> Result<(), Status> {
    if !concerns(attributes, pod, old) {
        return Ok(());
    }
    let of = |value: &Value, path: &[&str]| value.str_at(path).unwrap_or("").to_owned();
    let containers = LISTS.into_iter().flat_map(|list| {
        let containers = pod.list_at(&["spec", list]).iter().enumerate();
        containers.map(move |(index, container)| {
            let path = format!("spec.{list}[{index}].imagePullPolicy");
            (path, of(container, &["imagePullPolicy"]))
        })
    });
    let volumes = pod.list_at(&["spec", "volumes"]).iter().enumerate();
    let volumes = volumes.filter(|(_, volume)| volume.at(&["image"]).is_some());
    let volumes = volumes.map(|(index, volume)| {
        let path = format!("spec.volumes[{index}].image.pullPolicy");
        (path, of(volume, &["image", "pullPolicy"]))
    });
    let mut refusals = Vec::new();
    for (path, policy) in containers.chain(volumes).filter(|(_, policy)| policy != "Always") {
        let mut errors = Errors::new();
        errors.not_supported(path, policy, &["Always"]);
        let reason = errors.aggregate().unwrap_or_default();
        refusals.push(forbidden(attributes, reason).message);
    }
    // Upstream's list of refusals has no status of its own.
    aggregate(refusals).map_or(Ok(()), |message| Err(Status::failure(500, "", message)))
}

/// A pod of its own, and on update one with new images (`shouldIgnore`).
fn concerns(attributes: &Attributes<'_>, pod: &Value, old: Option<&Value>) -> bool {
    let images = |pod: &Value| -> BTreeSet<String> {
        let containers = LISTS.iter().flat_map(|list| pod.list_at(&["spec", list]));
        containers.filter_map(|c| c.str_at(&["image"]).map(str::to_owned)).collect()
    };
    is(attributes, "", "pods") && old.is_none_or(|old| !images(pod).is_subset(&images(old)))
}
