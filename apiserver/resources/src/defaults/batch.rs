//! Jobs and CronJobs (`k8s.io/kubernetes/pkg/apis/batch/v1`).

use super::{Fields, fill, fill_text, object};

/// `SetDefaults_Job`.
pub(super) fn job(job: &mut Fields) {
    let has = |fields: &Fields, name: &str| fields.get(name).is_some_and(|v| !v.is_null());
    let labels =
        job.get("spec").and_then(|spec| spec.pointer("/template/metadata/labels")).cloned();
    let spec = object(job, "spec");
    if !has(spec, "completions") && !has(spec, "parallelism") {
        fill(spec, "completions", 1);
    }
    fill(spec, "parallelism", 1);
    let limit = if has(spec, "backoffLimitPerIndex") { i32::MAX } else { 6 };
    fill(spec, "backoffLimit", limit);
    fill(spec, "completionMode", "NonIndexed");
    fill(spec, "suspend", false);
    let replacement = if has(spec, "podFailurePolicy") { "Failed" } else { "TerminatingOrFailed" };
    fill(spec, "podReplacementPolicy", replacement);
    fill(spec, "manualSelector", false);
    // A new job takes them when they are whole: the server adds to the template's.
    let uid = job.get("metadata").and_then(|metadata| metadata.get("uid"));
    if let Some(labels) = labels.filter(|_| uid.is_some()) {
        super::fill_labels(job, &labels);
    }
}

/// `SetDefaults_CronJob`.
pub(super) fn cron_job(job: &mut Fields) {
    let spec = object(job, "spec");
    fill_text(spec, "concurrencyPolicy", "Allow");
    fill(spec, "suspend", false);
    fill(spec, "successfulJobsHistoryLimit", 3);
    fill(spec, "failedJobsHistoryLimit", 1);
}

/// `SetDefaults_PodFailurePolicyOnPodConditionsPattern`.
pub(super) fn pod_condition_pattern(pattern: &mut Fields) {
    fill_text(pattern, "status", "True");
}
