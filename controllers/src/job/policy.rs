//! `spec.podFailurePolicy`: what a failed pod means for its job.

use serde_json::Value;

use crate::object::Read;

/// What follows from a pod's failure.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Verdict {
    /// The job fails, with this message.
    pub(super) fails_job: Option<String>,
    /// The pod's index fails at once.
    pub(super) fails_index: bool,
    /// The failure counts towards the limit.
    pub(super) counts: bool,
}

/// The first rule that matches decides (`matchPodFailurePolicy`).
pub(super) fn judge(policy: &Value, pod: &Value) -> Verdict {
    for (at, rule) in policy.list("rules").iter().enumerate() {
        let action = rule.text("action");
        let who = format!("{}/{}", pod.namespace(), pod.name());
        let what = if rule.has("onExitCodes") {
            exit_code(pod, rule.at("onExitCodes")).map(|(container, code)| {
                format!("Container {container} for pod {who} failed with exit code {code} matching {action} rule at index {at}")
            })
        } else {
            pod_condition(pod, rule.list("onPodConditions")).map(|kind| {
                format!("Pod {who} has condition {kind} matching {action} rule at index {at}")
            })
        };
        let Some(message) = what else { continue };
        return match action {
            "Ignore" => Verdict::default(),
            "FailIndex" => Verdict { fails_index: true, counts: true, ..Verdict::default() },
            "FailJob" => Verdict { fails_job: Some(message), counts: true, ..Verdict::default() },
            _ => Verdict { counts: true, ..Verdict::default() },
        };
    }
    Verdict { counts: true, ..Verdict::default() }
}

fn exit_code<'a>(pod: &'a Value, rule: &Value) -> Option<(&'a str, i64)> {
    let statuses = pod.list("status.containerStatuses").iter();
    statuses.chain(pod.list("status.initContainerStatuses")).find_map(|status| {
        let code = status.number("state.terminated.exitCode")?;
        let named = rule.text("containerName");
        let listed = rule.list("values").iter().any(|value| value.as_i64() == Some(code));
        let matches = match rule.text("operator") {
            "In" => listed,
            "NotIn" => !listed,
            _ => false,
        };
        let name = status.text("name");
        (code != 0 && matches && (named.is_empty() || named == name)).then_some((name, code))
    })
}

fn pod_condition<'a>(pod: &'a Value, patterns: &[Value]) -> Option<&'a str> {
    pod.list("status.conditions").iter().map(|c| (c.text("type"), c.text("status"))).find_map(
        |(kind, status)| {
            let matches =
                |pattern: &Value| pattern.text("type") == kind && pattern.text("status") == status;
            patterns.iter().any(matches).then_some(kind)
        },
    )
}
