//! Which objects a list or watch wants: labels, fields, and the names that fields go by.

use pintle_machinery::Value;
use pintle_machinery::json::quote;
use pintle_machinery::selector::{FieldOperator, FieldSelector, LabelSelector};
use pintle_machinery::status::Status;

use crate::meta;
use crate::resource::Resource;

/// A predicate over objects.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Labels; none selects all.
    pub labels: Option<LabelSelector>,
    /// Fields, under the labels of the storage version.
    pub fields: Option<FieldSelector>,
}

impl Selection {
    /// Every object is wanted.
    pub fn is_empty(&self) -> bool {
        self.labels.as_ref().is_none_or(LabelSelector::is_empty)
            && self.fields.as_ref().is_none_or(FieldSelector::is_empty)
    }

    /// The name that the field selector pins (`SelectionPredicate.MatchesSingle`).
    pub fn single_name(&self) -> Option<&str> {
        self.fields.as_ref()?.requires_exact_match("metadata.name")
    }

    /// The namespace that the field selector pins.
    pub fn single_namespace(&self) -> Option<&str> {
        self.fields.as_ref()?.requires_exact_match("metadata.namespace")
    }

    /// Fields other than name and namespace are asked for, so that a tree is needed.
    pub fn needs_tree(&self) -> bool {
        let own = |field: &str| matches!(field, "metadata.name" | "metadata.namespace");
        let requirements = self.fields.iter().flat_map(|fields| &fields.requirements);
        requirements.into_iter().any(|requirement| !own(&requirement.field))
    }

    /// Judges by indexed facts; `field` answers for the fields of the row.
    pub fn matches<'a>(
        &self,
        label: impl FnMut(&str) -> Option<&'a str>,
        mut field: impl FnMut(&str) -> String,
    ) -> bool {
        if let Some(labels) = &self.labels
            && !labels.matches_with(label)
        {
            return false;
        }
        let requirements = self.fields.iter().flat_map(|fields| &fields.requirements);
        requirements.into_iter().all(|requirement| {
            let equal = field(&requirement.field) == requirement.value;
            equal == matches!(requirement.operator, FieldOperator::Equals)
        })
    }

    /// Judges a tree in the storage version.
    pub fn matches_tree(&self, row: &Resource, object: &Value) -> bool {
        let labels = meta::map(object, "labels");
        self.matches(
            |key| labels.and_then(|labels| labels.get(key)?.as_str()),
            |label| field_value(row, object, label),
        )
    }
}

/// The value of a selectable field.
pub fn field_value(row: &Resource, object: &Value, label: &str) -> String {
    match label {
        "metadata.name" => meta::name(object).to_owned(),
        "metadata.namespace" => meta::namespace(object).to_owned(),
        _ => row
            .selectable
            .iter()
            .find(|field| field.label == label)
            .map(|field| (field.value)(object))
            .unwrap_or_default(),
    }
}

/// Checks the labels of a field selector and renames those of other versions
/// (`runtime.Scheme.ConvertFieldLabel`).
pub fn convert_fields(
    row: &Resource,
    namespaced: bool,
    version: (&str, &str),
    selector: FieldSelector,
) -> Result<FieldSelector, Status> {
    let mut selector = selector;
    for requirement in &mut selector.requirements {
        let label = convert_label(row, namespaced, version, &requirement.field)?;
        requirement.field = label;
    }
    Ok(selector)
}

fn convert_label(
    row: &Resource,
    namespaced: bool,
    version: (&str, &str),
    label: &str,
) -> Result<String, Status> {
    let own = row.own_selectors || !row.selectable.is_empty();
    if label == "metadata.name" || (label == "metadata.namespace" && (!own || namespaced)) {
        return Ok(label.to_owned());
    }
    let renamed = rename(row, version, label);
    let known = |label: &str| row.selectable.iter().any(|field| field.label == label);
    if let Some(renamed) = renamed.filter(|renamed| known(renamed)) {
        return Ok(renamed);
    }
    Err(Status::bad_request(if own {
        format!("field label not supported: {label}")
    } else {
        format!(
            "{} is not a known field selector: only \"metadata.name\", \"metadata.namespace\"",
            quote(label)
        )
    }))
}

/// Labels that differ between versions: events in `events.k8s.io`, and `spec.host` of pods.
fn rename(row: &Resource, version: (&str, &str), label: &str) -> Option<String> {
    if row.plural == "events" && version.0 == "events.k8s.io" {
        if let Some(field) = label.strip_prefix("regarding.") {
            return Some(format!("involvedObject.{field}"));
        }
        return match label {
            "reportingController" => Some("reportingComponent".into()),
            "reason" | "type" => Some(label.into()),
            _ => None,
        };
    }
    if row.plural == "pods" && label == "spec.host" {
        return Some("spec.nodeName".into());
    }
    Some(label.to_owned())
}
