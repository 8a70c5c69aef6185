//! Who else has a say in writes.

use pintle_engine::{Column, Value, age, column, name};
use pintle_machinery::path::ValueExt;

use crate::print::{count, text};

pub mod mutatingadmissionpolicies;
pub mod mutatingadmissionpolicybindings;
pub mod mutatingwebhookconfigurations;
mod policies;
mod rules;
pub mod validatingadmissionpolicies;
pub mod validatingadmissionpolicybindings;
pub mod validatingwebhookconfigurations;
mod webhooks;

/// The columns of both kinds of web hooks.
const WEBHOOK_COLUMNS: &[Column] =
    &[name(), column("Webhooks", |hooks, _| count(hooks, &["webhooks"])).of_type("integer"), age()];

/// The columns of both kinds of bindings.
const BINDING_COLUMNS: &[Column] = &[
    name(),
    column("PolicyName", |binding, _| text(binding, &["spec", "policyName"])),
    column("ParamRef", |binding, _| param_ref(binding).into()),
    age(),
];

fn param_kind(policy: &Value) -> String {
    let Some(kind) = policy.at(&["spec", "paramKind"]) else { return "<unset>".into() };
    let field = |name: &str| kind.str_at(&[name]).unwrap_or_default();
    format!("{}/{}", field("apiVersion"), field("kind"))
}

/// `printers/internalversion.printValidatingAdmissionPolicyBinding`.
fn param_ref(binding: &Value) -> String {
    let Some(reference) = binding.at(&["spec", "paramRef"]) else { return "<unset>".into() };
    let field = |name: &str| reference.str_at(&[name]).unwrap_or_default();
    match (field("name"), field("namespace"), reference.at(&["selector"])) {
        ("", _, Some(selector)) => selector_struct(selector),
        ("", _, None) => "<unset>".into(),
        (name, "", _) => format!("*/{name}"),
        (name, namespace, _) => format!("{namespace}/{name}"),
    }
}

/// A selector as Go prints the struct.
fn selector_struct(selector: &Value) -> String {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let labels = selector.map_at(&["matchLabels"]).into_iter().flatten();
    let labels: Vec<String> =
        labels.map(|(key, value)| format!("{key}: {},", text(value))).collect();
    let labels = labels.concat();
    let expressions = selector.list_at(&["matchExpressions"]).iter().map(|expression| {
        let field = |name: &str| expression.str_at(&[name]).unwrap_or_default();
        let values: Vec<String> = expression.list_at(&["values"]).iter().map(text).collect();
        format!(
            "LabelSelectorRequirement{{Key:{},Operator:{},Values:[{}],}},",
            field("key"),
            field("operator"),
            values.join(" ")
        )
    });
    format!(
        "&LabelSelector{{MatchLabels:map[string]string{{{labels}}},MatchExpressions:[]LabelSelectorRequirement{{{}}},}}",
        expressions.collect::<Vec<_>>().concat()
    )
}
