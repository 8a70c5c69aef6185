//! `poddisruptionbudgets.policy`: how many pods may be taken away at a time.

use pintle_engine::resource::text_of;
use pintle_engine::{Context, Resource, Value, age, column, name};
use pintle_machinery::Map;
use pintle_machinery::path::ValueExt;

use crate::print::number;

/// The label by which selectors of v1beta1 were told apart.
const V1BETA1: &str = "pdb.kubernetes.io/deprecated-v1beta1-empty-selector-match";

/// The row.
pub const POD_DISRUPTION_BUDGETS: Resource = Resource {
    group: "policy",
    plural: "poddisruptionbudgets",
    unconditional_update: false,
    has_status: true,
    has_generation: true,
    columns: &[
        name(),
        column("Min Available", |budget, _| limit(budget, "minAvailable")),
        column("Max Unavailable", |budget, _| limit(budget, "maxUnavailable")),
        column("Allowed Disruptions", |budget, _| {
            number(budget, &["status", "disruptionsAllowed"])
        })
        .of_type("integer"),
        age(),
    ],
    prepare,
    validate: super::validation::validate,
    ..Resource::NAMESPACED
};

fn limit(budget: &Value, field: &str) -> Value {
    budget.at(&["spec", field]).map_or("N/A".into(), |limit| text_of(limit).into())
}

/// Takes the marker of v1beta1 out of selectors, unless it is what makes the selector
/// (`podDisruptionBudgetStrategy.dropDisabledFields`).
fn prepare(_: &Context<'_>, budget: &mut Value, old: Option<&Value>) {
    let selector = ["spec", "selector"];
    if old.is_some_and(|old| old.at(&selector) == budget.at(&selector)) {
        return;
    }
    let Some(selector) = budget.at_mut(&selector) else { return };
    let expressions = selector.list_at(&["matchExpressions"]);
    let matches_none = selector.map_at(&["matchLabels"]).is_none_or(Map::is_empty)
        && expressions.len() == 1
        && expressions[0].str_at(&["key"]) == Some(V1BETA1)
        && expressions[0].str_at(&["operator"]) == Some("Exists")
        && expressions[0].list_at(&["values"]).is_empty();
    if matches_none {
        return;
    }
    let Some(list) = selector.at_mut(&["matchExpressions"]).and_then(Value::as_array_mut) else {
        return;
    };
    list.retain(|expression| expression.str_at(&["key"]) != Some(V1BETA1));
    if list.is_empty() {
        selector.remove_at(&["matchExpressions"]);
    }
}
