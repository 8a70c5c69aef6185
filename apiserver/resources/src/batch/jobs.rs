//! `jobs.batch`: pods that run to an end.

use pintle_engine::resource::Dependents;
use pintle_engine::{Column, Context, Resource, Selectable, Value, age, column, meta, name};
use pintle_machinery::Map;
use pintle_machinery::path::ValueExt;
use pintle_machinery::time::{Time, human_duration};

use crate::workload::{CONTAINERS, IMAGES, SELECTOR, since};

/// The row.
pub const JOBS: Resource = Resource {
    group: "batch",
    plural: "jobs",
    has_status: true,
    has_generation: true,
    dependents: Dependents::Orphan { version: "v1" },
    own_selectors: true,
    selectable: &[Selectable {
        label: "status.successful",
        value: |object| object.i64_at(&["status", "succeeded"]).unwrap_or(0).to_string(),
    }],
    prepare,
    validate: super::validation::job,
    columns: COLUMNS,
    ..Resource::NAMESPACED
};

const COLUMNS: &[Column] = &[
    name(),
    column("Status", |job, _| status(job).into()),
    column("Completions", |job, _| completions(job).into()),
    column("Duration", |job, now| duration(job, now).into()),
    age(),
    CONTAINERS,
    IMAGES,
    SELECTOR,
];

fn status(job: &Value) -> &'static str {
    let has = |kind: &str| {
        let mut conditions = job.list_at(&["status", "conditions"]).iter();
        conditions
            .find(|one| one.str_at(&["type"]) == Some(kind))
            .is_some_and(|one| one.str_at(&["status"]) == Some("True"))
    };
    if let Some(end) = ["Complete", "Failed"].into_iter().find(|kind| has(kind)) {
        return end;
    }
    if job.str_at(&["metadata", "deletionTimestamp"]).is_some() {
        return "Terminating";
    }
    let kinds = ["Suspended", "FailureTarget", "SuccessCriteriaMet"];
    kinds.into_iter().find(|kind| has(kind)).unwrap_or("Running")
}

fn completions(job: &Value) -> String {
    let succeeded = job.i64_at(&["status", "succeeded"]).unwrap_or(0);
    match (job.i64_at(&["spec", "completions"]), job.i64_at(&["spec", "parallelism"])) {
        (Some(completions), _) => format!("{succeeded}/{completions}"),
        (None, Some(parallelism)) if parallelism > 1 => format!("{succeeded}/1 of {parallelism}"),
        (None, _) => format!("{succeeded}/1"),
    }
}

fn duration(job: &Value, now: i64) -> String {
    let time = |field: &str| Time::parse(job.str_at(&["status", field])?).ok();
    match (time("startTime"), time("completionTime")) {
        (None, _) => String::new(),
        (Some(start), Some(end)) => human_duration(end.since(start)),
        (Some(_), None) => since(job, &["status", "startTime"], now),
    }
}

/// A job without labels has those of its template, with what the server adds to them
/// (`SetDefaults_Job`).
fn prepare(_: &Context<'_>, job: &mut Value, old: Option<&Value>) {
    if old.is_none() && job.bool_at(&["spec", "manualSelector"]) != Some(true) {
        generate_selector(job);
    }
    if job.map_at(&["metadata", "labels"]).is_none_or(Map::is_empty)
        && let Some(labels) = job.at(&["spec", "template", "metadata", "labels"]).cloned()
    {
        job.set(&["metadata", "labels"], labels);
    }
}

/// A job without a selector of its own finds its pods by its UID (`job.generateSelector`).
fn generate_selector(job: &mut Value) {
    let (name, uid) = (meta::name(job).to_owned(), meta::uid(job).to_owned());
    let labels = [
        ("job-name", &name),
        ("batch.kubernetes.io/job-name", &name),
        ("controller-uid", &uid),
        ("batch.kubernetes.io/controller-uid", &uid),
    ];
    for (key, value) in labels {
        let path = ["spec", "template", "metadata", "labels", key];
        if job.at(&path).is_none() {
            job.set(&path, value.as_str());
        }
    }
    let path = ["spec", "selector", "matchLabels", "batch.kubernetes.io/controller-uid"];
    if job.at(&path).is_none() {
        job.set(&path, uid);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn cells_follow_the_status() {
        let job = json!({"spec": {"parallelism": 3}, "status": {"succeeded": 1,
            "startTime": "2023-11-14T22:13:20Z", "completionTime": "2023-11-14T22:15:20Z",
            "conditions": [{"type": "Failed", "status": "False"}, {"type": "Complete", "status": "True"}]}});
        assert_eq!(status(&job), "Complete");
        assert_eq!(completions(&job), "1/1 of 3");
        assert_eq!(duration(&job, 0), "2m");
        assert_eq!(status(&json!({})), "Running");
    }
}
