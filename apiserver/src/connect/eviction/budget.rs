//! What a disruption budget allows.

use std::borrow::Cow;

use pintle_engine::{Status, Value, meta};
use pintle_machinery::status::{Cause, GroupResource};
use serde_json::json;

use crate::connect::conditions;

/// Most pods whose eviction the controller has not confirmed (`MaxDisruptedPodSize`).
const MAX_DISRUPTED: usize = 2000;
const ALLOWED: &str = "DisruptionAllowed";
const REFUSAL: &str = "Cannot evict pod as it would violate the pod's disruption budget.";

/// An unhealthy pod may go without a look at the budget: by policy, or since enough others are
/// healthy.
pub(super) fn ignores_unhealthy(budget: &Value, pod: &Value) -> bool {
    let ready = conditions::find(pod, "Ready").is_some_and(|ready| ready["status"] == "True");
    if ready {
        return false;
    }
    let always = budget["spec"]["unhealthyPodEvictionPolicy"] == "AlwaysAllow";
    let desired = count(budget, "desiredHealthy");
    always || (count(budget, "currentHealthy") >= desired && desired > 0)
}

fn count(budget: &Value, field: &str) -> i64 {
    budget["status"][field].as_i64().unwrap_or_default()
}

fn because(status: Status, message: String) -> Status {
    let reason = Cow::Borrowed("DisruptionBudget");
    status.with_cause(Cause { reason, message, field: String::new() })
}

/// The controller has not caught up; the client is to try again.
pub(super) fn being_processed(name: &str) -> Status {
    let message = format!("The disruption budget {name} is still being processed by the server.");
    because(Status::too_many_requests(REFUSAL, 10), message)
}

/// Takes one disruption, and notes the pod; or says why not (`checkAndDecrement`).
pub(super) fn spend(budget: &mut Value, pod: &str, now: i64) -> Result<(), Status> {
    let name = meta::name(budget).to_owned();
    if count(budget, "observedGeneration") < meta::generation(budget) {
        return Err(being_processed(&name));
    }
    let forbidden = |problem: &str, detail: &str| {
        let resource = GroupResource::new("policy", "poddisruptionbudget");
        let message = format!(
            "The disruption budget {name} does not allow evicting pods currently: {detail}"
        );
        Err(because(Status::forbidden(resource, &name, problem), message))
    };
    let allowed = count(budget, "disruptionsAllowed");
    if allowed < 0 {
        let problem = "pdb disruptions allowed is negative";
        return forbidden(problem, problem);
    }
    let disrupted = budget["status"]["disruptedPods"].as_object().map_or(0, serde_json::Map::len);
    if disrupted > MAX_DISRUPTED {
        return forbidden(
            "DisruptedPods map too big - too many evictions not confirmed by PDB controller",
            "too many pending evictions not confirmed by PDB controller",
        );
    }
    if allowed == 0 {
        return Err(because(Status::too_many_requests(REFUSAL, 0), exhausted(budget)));
    }
    budget["status"]["disruptionsAllowed"] = (allowed - 1).into();
    if allowed == 1 {
        deny(budget, now);
    }
    if !budget["status"]["disruptedPods"].is_object() {
        budget["status"]["disruptedPods"] = json!({});
    }
    budget["status"]["disruptedPods"][pod] = conditions::timestamp(now).into();
    Ok(())
}

/// Why nothing is left.
fn exhausted(budget: &Value) -> String {
    let name = meta::name(budget);
    let denial = conditions::find(budget, ALLOWED).filter(|condition| {
        condition["status"] == "False"
            && condition["message"].as_str().is_some_and(|m| !m.is_empty())
    });
    let text =
        |field: &str| denial.and_then(|condition| condition[field].as_str()).unwrap_or_default();
    let (current, desired) = (count(budget, "currentHealthy"), count(budget, "desiredHealthy"));
    if text("reason") == "SyncFailed" {
        return format!(
            "The disruption budget {name} does not allow evicting pods currently because it failed sync: {}",
            text("message")
        );
    }
    if current <= desired {
        return format!(
            "The disruption budget {name} needs {desired} healthy pods and has {current} currently"
        );
    }
    if denial.is_some() {
        return format!(
            "The disruption budget {name} does not allow evicting pods currently ({}): {}",
            text("reason"),
            text("message")
        );
    }
    format!("The disruption budget {name} does not allow evicting pods currently")
}

/// `pdbhelper.UpdateDisruptionAllowedCondition`, for a budget that is used up.
fn deny(budget: &mut Value, now: i64) {
    let old = conditions::find(budget, ALLOWED).filter(|old| old["status"] == "False");
    let since = old
        .map_or_else(|| conditions::timestamp(now).into(), |old| old["lastTransitionTime"].clone());
    let mut condition = json!({
        "type": ALLOWED,
        "status": "False",
        "reason": "InsufficientPods",
        "message": "",
        "lastTransitionTime": since,
    });
    let observed = count(budget, "observedGeneration");
    if observed != 0 {
        condition["observedGeneration"] = observed.into();
    }
    conditions::put(budget, ALLOWED, condition);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn refused(status: Value, code: u16, cause: &str) {
        let mut budget =
            json!({"metadata": {"name": "b", "generation": 2}, "spec": {}, "status": status});
        let status = spend(&mut budget, "p", 0).expect_err("the budget refuses");
        assert_eq!(status.code, code);
        let details = status.details.expect("a refusal has details");
        assert_eq!(details.causes[0].reason, "DisruptionBudget");
        assert_eq!(details.causes[0].message, format!("The disruption budget b {cause}"));
    }

    #[test]
    fn refusals_say_why() {
        let healthy = |current: i64, desired: i64| {
            json!({"observedGeneration": 2, "disruptionsAllowed": 0,
                "currentHealthy": current, "desiredHealthy": desired})
        };
        refused(json!({"observedGeneration": 1}), 429, "is still being processed by the server.");
        refused(healthy(1, 2), 429, "needs 2 healthy pods and has 1 currently");
        refused(healthy(3, 2), 429, "does not allow evicting pods currently");
        let mut failed = healthy(1, 2);
        failed["conditions"] = json!([{"type": "DisruptionAllowed", "status": "False",
            "reason": "SyncFailed", "message": "oops"}]);
        refused(failed, 429, "does not allow evicting pods currently because it failed sync: oops");
        refused(
            json!({"observedGeneration": 2, "disruptionsAllowed": -1}),
            403,
            "does not allow evicting pods currently: pdb disruptions allowed is negative",
        );
    }

    #[test]
    fn the_last_disruption_turns_the_condition() {
        let mut budget = json!({"metadata": {"name": "b", "generation": 1},
            "status": {"observedGeneration": 1, "disruptionsAllowed": 1}});
        assert_eq!(spend(&mut budget, "p", 0), Ok(()));
        assert_eq!(budget["status"]["disruptionsAllowed"], 0);
        assert_eq!(budget["status"]["disruptedPods"]["p"], "1970-01-01T00:00:00Z");
        assert_eq!(budget["status"]["conditions"][0]["reason"], "InsufficientPods");
    }

    #[test]
    fn unready_pods_go_if_enough_others_are_healthy() {
        let pod = json!({"status": {"conditions": [{"type": "Ready", "status": "False"}]}});
        let budget = |current: i64, policy: Value| {
            json!({"spec": {"unhealthyPodEvictionPolicy": policy},
                "status": {"currentHealthy": current, "desiredHealthy": 2}})
        };
        assert!(ignores_unhealthy(&budget(2, Value::Null), &pod));
        assert!(!ignores_unhealthy(&budget(1, Value::Null), &pod));
        assert!(ignores_unhealthy(&budget(1, "AlwaysAllow".into()), &pod));
        let ready = json!({"status": {"conditions": [{"type": "Ready", "status": "True"}]}});
        assert!(!ignores_unhealthy(&budget(2, "AlwaysAllow".into()), &ready));
    }
}
