//! Rules of admissionregistration, and of the other groups whose objects name a service to call
//! (`pkg/apis/admissionregistration/v1`, apiextensions, apiregistration).

use serde_json::json;

use super::{Fields, fill, fill_text, object, text};

/// `SetDefaults_ValidatingWebhook`.
pub(super) fn validating_webhook(hook: &mut Fields) {
    fill(hook, "failurePolicy", "Fail");
    match_resources(hook);
    fill(hook, "timeoutSeconds", 10);
}

/// `SetDefaults_MutatingWebhook`.
pub(super) fn mutating_webhook(hook: &mut Fields) {
    validating_webhook(hook);
    fill(hook, "reinvocationPolicy", "Never");
}

/// `SetDefaults_MatchResources`.
pub(super) fn match_resources(matched: &mut Fields) {
    fill(matched, "matchPolicy", "Equivalent");
    fill(matched, "namespaceSelector", json!({}));
    fill(matched, "objectSelector", json!({}));
}

/// `SetDefaults_Rule`.
pub(super) fn rule(rule: &mut Fields) {
    fill(rule, "scope", "*");
}

/// `SetDefaults_ServiceReference`.
pub(super) fn service_reference(service: &mut Fields) {
    fill(service, "port", 443);
}

/// `SetDefaults_ValidatingAdmissionPolicySpec`, `SetDefaults_MutatingAdmissionPolicySpec`.
pub(super) fn policy_spec(spec: &mut Fields) {
    fill(spec, "failurePolicy", "Fail");
}

/// `SetDefaults_CustomResourceDefinitionSpec`.
pub(super) fn definition_spec(spec: &mut Fields) {
    let names = object(spec, "names");
    let kind = text(names, "kind").to_owned();
    fill_text(names, "singular", &kind.to_lowercase());
    if !kind.is_empty() {
        fill_text(names, "listKind", &format!("{kind}List"));
    }
    fill(spec, "conversion", json!({"strategy": "None"}));
}
