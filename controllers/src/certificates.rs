//! Certificate requests: approving those of kubelets, signing what is approved, and cleaning up
//! (`pkg/controller/certificates`).

use std::collections::BTreeSet;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::controller::{Controller, Logic, Watch, itself};
use crate::kind::CSRS;
use crate::object::{Read, between, time_text};
use crate::plan::{Action, Ask, Plan};
use crate::settings::{Parsed, Request};
use crate::world::{Key, World};

const KUBELET_CLIENT: &str = "kubernetes.io/kube-apiserver-client-kubelet";
const KUBELET_SERVING: &str = "kubernetes.io/kubelet-serving";
const API_CLIENT: &str = "kubernetes.io/kube-apiserver-client";
const LEGACY: &str = "kubernetes.io/legacy-unknown";
const HOUR: Duration = Duration::from_hours(1);
const DAY: Duration = Duration::from_hours(24);
const SHORTEST: Duration = Duration::from_mins(10);
const BACKOFF: (Duration, Duration) = (Duration::from_millis(200), Duration::from_secs(1000));

/// The row that approves.
pub const CSR_APPROVING: Controller = Controller {
    name: "certificatesigningrequest-approving-controller",
    alias: "csrapproving",
    account: "certificate-controller",
    component: "certificate-controller",
    watches: &[Watch { kind: CSRS, keys: itself }],
    logic: Logic::Reconcile(approve),
    backoff: BACKOFF,
    ..Controller::BASE
};

/// The row that signs.
pub const CSR_SIGNING: Controller = Controller {
    name: "certificatesigningrequest-signing-controller",
    alias: "csrsigning",
    account: "certificate-controller",
    component: "certificate-controller",
    watches: &[Watch { kind: CSRS, keys: itself }],
    logic: Logic::Reconcile(sign),
    backoff: BACKOFF,
    ..Controller::BASE
};

/// The row that cleans up.
pub const CSR_CLEANER: Controller = Controller {
    name: "certificatesigningrequest-cleaner-controller",
    alias: "csrcleaner",
    account: "certificate-controller",
    component: "certificate-controller",
    watches: &[Watch { kind: CSRS, keys: |_, _| {} }],
    logic: Logic::Reconcile(clean),
    workers: 1,
    tick: Some(HOUR),
    ..Controller::BASE
};

fn decode(csr: &Value, path: &str) -> Option<String> {
    String::from_utf8(STANDARD.decode(csr.text(path)).ok()?).ok()
}

fn held<'a>(csr: &'a Value, kind: &str) -> Option<&'a Value> {
    csr.list("status.conditions").iter().find(|condition| condition.text("type") == kind)
}

fn parse(world: &World<'_>, csr: &Value) -> Result<Parsed, Plan> {
    let fail = |error: &str| Plan::fail(format!("unable to parse csr \"{}\": {error}", csr.name()));
    let Some(parse) = &world.settings.parse_request else { return Err(Plan::nothing()) };
    let Some(pem) = decode(csr, "spec.request") else {
        return Err(fail("PEM block type must be CERTIFICATE REQUEST"));
    };
    parse(&pem).map_err(|error| fail(&error))
}

fn usages(csr: &Value) -> BTreeSet<&str> {
    csr.list("spec.usages").iter().filter_map(Value::as_str).collect()
}

/// Whether the usages are those, with or without `key encipherment`, which only RSA keys need.
fn usages_are(csr: &Value, purpose: &str) -> Result<(), String> {
    let mut found = usages(csr);
    found.remove("key encipherment");
    if found == BTreeSet::from(["digital signature", purpose]) {
        Ok(())
    } else {
        let all = BTreeSet::from(["digital signature", "key encipherment", purpose]);
        let all: Vec<&str> = all.into_iter().collect();
        Err(format!("usages did not match [{}]", all.join(" ")))
    }
}

/// `ValidateKubeletClientCSR`.
fn check_kubelet_client(csr: &Value, request: &Parsed) -> Result<(), String> {
    if request.organizations != ["system:nodes"] {
        return Err("subject organization is not system:nodes".into());
    }
    let kinds = [
        ("DNS", &request.dns_names),
        ("Email", &request.emails),
        ("IP", &request.ip_addresses),
        ("URI", &request.uris),
    ];
    if let Some((kind, _)) = kinds.iter().find(|(_, names)| !names.is_empty()) {
        return Err(format!("{kind} subjectAltNames are not allowed"));
    }
    if !request.common_name.starts_with("system:node:") {
        return Err("subject common name does not begin with system:node:".into());
    }
    usages_are(csr, "client auth")
}

/// `ValidateKubeletServingCSR`.
fn check_kubelet_serving(csr: &Value, request: &Parsed) -> Result<(), String> {
    if request.organizations != ["system:nodes"] {
        return Err("subject organization is not system:nodes".into());
    }
    if request.dns_names.is_empty() && request.ip_addresses.is_empty() {
        return Err("DNS or IP subjectAltName is required".into());
    }
    for (kind, names) in [("Email", &request.emails), ("URI", &request.uris)] {
        if !names.is_empty() {
            return Err(format!("{kind} subjectAltNames are not allowed"));
        }
    }
    usages_are(csr, "server auth")?;
    if request.common_name.starts_with("system:node:") {
        Ok(())
    } else {
        Err("subject common name does not begin with system:node:".into())
    }
}

fn check_api_client(csr: &Value) -> Result<(), String> {
    let allowed = ["digital signature", "key encipherment", "client auth"];
    let listed = csr.list("spec.usages").iter().filter_map(Value::as_str);
    for usage in listed {
        if !allowed.contains(&usage) {
            return Err(format!("invalid usage for client certificate: {usage}"));
        }
    }
    if usages(csr).contains("client auth") {
        Ok(())
    } else {
        Err("missing required usage for client certificate: client auth".into())
    }
}

fn approve(world: &World<'_>, key: &Key) -> Plan {
    let Some(csr) = world.tables.of(CSRS.plural).get(key) else { return Plan::nothing() };
    let decided = held(csr, "Approved").is_some() || held(csr, "Denied").is_some();
    if decided || csr.has("status.certificate") || csr.text("spec.signerName") != KUBELET_CLIENT {
        return Plan::nothing();
    }
    let request = match parse(world, csr) {
        Ok(request) => request,
        Err(plan) => return plan,
    };
    if check_kubelet_client(csr, &request).is_err() {
        return Plan::nothing();
    }
    let itself = csr.text("spec.username") == request.common_name;
    let mut tried = Vec::new();
    for (subresource, whose) in [("selfnodeclient", "self kubelet"), ("nodeclient", "kubelet")] {
        if subresource == "selfnodeclient" && !itself {
            continue;
        }
        tried.push(subresource);
        let ask = review(csr, subresource);
        match world.answer(&ask) {
            None => return Plan::ask(vec![ask]),
            Some(Err(failure)) => return Plan::fail(failure.message.clone()),
            Some(Ok(answer)) if answer.flag("status.allowed") => {
                let message =
                    format!("Auto approving {whose} client certificate after SubjectAccessReview.");
                return with_condition(
                    csr,
                    world.now,
                    ("Approved", "AutoApproved"),
                    &message,
                    "approval",
                );
            }
            Some(Ok(_)) => {}
        }
    }
    Plan::fail(format!(
        "recognized csr \"{}\" as [{}] but subject access review was not approved",
        csr.name(),
        tried.join(" ")
    ))
}

fn review(csr: &Value, subresource: &str) -> Ask {
    let mut spec = json!({
        "user": csr.text("spec.username"),
        "resourceAttributes": {
            "group": "certificates.k8s.io", "resource": "certificatesigningrequests",
            "verb": "create", "subresource": subresource, "version": "*",
        },
    });
    for field in ["uid", "groups", "extra"] {
        let value = csr.at("spec").at(field);
        if !value.is_null() {
            spec[field] = value.clone();
        }
    }
    let review = json!({
        "kind": "SubjectAccessReview", "apiVersion": "authorization.k8s.io/v1", "spec": spec,
    });
    Ask::Review(review.to_string())
}

fn with_condition(
    csr: &Value,
    now: Timestamp,
    (kind, reason): (&str, &str),
    message: &str,
    subresource: &'static str,
) -> Plan {
    let mut object = csr.clone();
    let mut conditions = csr.list("status.conditions").to_vec();
    let now = time_text(now);
    conditions.push(json!({
        "type": kind, "status": "True", "reason": reason, "message": message,
        "lastUpdateTime": now, "lastTransitionTime": now,
    }));
    object["status"]["conditions"] = conditions.into();
    Action::Update { kind: CSRS, object, subresource }.into()
}

fn sign(world: &World<'_>, key: &Key) -> Plan {
    let Some(csr) = world.tables.of(CSRS.plural).get(key) else { return Plan::nothing() };
    let is_true =
        |kind: &str| held(csr, kind).is_some_and(|condition| condition.text("status") == "True");
    let approved = is_true("Approved") && held(csr, "Denied").is_none();
    let signer = csr.text("spec.signerName");
    let ours = [KUBELET_CLIENT, KUBELET_SERVING, API_CLIENT, LEGACY].contains(&signer);
    if !approved || !ours || is_true("Failed") || csr.has("status.certificate") {
        return Plan::nothing();
    }
    let Some(sign) = &world.settings.sign else { return Plan::nothing() };
    let request = match parse(world, csr) {
        Ok(request) => request,
        Err(plan) => return plan,
    };
    let checked = match signer {
        KUBELET_CLIENT => check_kubelet_client(csr, &request),
        KUBELET_SERVING => check_kubelet_serving(csr, &request),
        API_CLIENT => check_api_client(csr),
        _ => Ok(()),
    };
    if let Err(message) = checked {
        let reason = ("Failed", "SignerValidationFailure");
        return with_condition(csr, world.now, reason, &message, "status");
    }
    let most = world.settings.signing_duration;
    let asked = csr.number("spec.expirationSeconds").map(i64::unsigned_abs);
    let request = Request {
        pem: &decode(csr, "spec.request").unwrap_or_default(),
        signer,
        usages: csr.list("spec.usages").iter().filter_map(Value::as_str).collect(),
        lifetime: asked.map_or(most, |seconds| {
            if Duration::from_secs(seconds) > most {
                most
            } else {
                Duration::from_secs(seconds).max(SHORTEST)
            }
        }),
        now: world.now,
    };
    match sign(&request) {
        Ok(None) => Plan::nothing(),
        Err(error) => Plan::fail(format!("error auto signing csr: {error}")),
        Ok(Some(certificate)) => {
            let mut object = (**csr).clone();
            object["status"]["certificate"] = STANDARD.encode(certificate).into();
            Action::Update { kind: CSRS, object, subresource: "status" }.into()
        }
    }
}

fn clean(world: &World<'_>, _: &Key) -> Plan {
    let mut plan = Plan::nothing();
    let old = world.of(CSRS.plural).all().filter(|csr| is_old(world, csr));
    plan.together(old.map(|csr| Action::delete(CSRS, csr)).collect());
    plan
}

fn is_old(world: &World<'_>, csr: &Value) -> bool {
    let older = |time: Option<Timestamp>, limit: Duration| {
        time.is_some_and(|time| between(time, world.now) > limit)
    };
    let since = |kind: &str, limit: Duration| {
        csr.list("status.conditions")
            .iter()
            .filter(|condition| condition.text("type") == kind)
            .any(|condition| older(condition.time("lastUpdateTime"), limit))
    };
    let issued = csr.has("status.certificate");
    let expired = || {
        let end = decode(csr, "status.certificate")
            .and_then(|pem| (world.settings.certificate_end)(&pem));
        end.is_some_and(|end| world.now.as_second() > end)
    };
    since("Denied", HOUR)
        || since("Failed", HOUR)
        || (csr.list("status.conditions").is_empty() && older(csr.created(), DAY))
        || (issued && since("Approved", HOUR))
        || (!issued && since("Approved", DAY))
        || (issued && held(csr, "Approved").is_some() && expired())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(usages: &[&str], change: impl Fn(&mut Parsed), want: Result<(), &str>) {
        let csr = json!({"spec": {"usages": usages}});
        let mut request = Parsed {
            common_name: "system:node:a".into(),
            organizations: vec!["system:nodes".into()],
            ..Parsed::default()
        };
        change(&mut request);
        assert_eq!(check_kubelet_client(&csr, &request), want.map_err(str::to_owned));
    }

    #[test]
    fn a_kubelets_request_asks_for_nothing_more() {
        const USAGES: &[&str] = &["digital signature", "client auth"];
        check(USAGES, |_| {}, Ok(()));
        check(&["digital signature", "key encipherment", "client auth"], |_| {}, Ok(()));
        check(
            &["client auth"],
            |_| {},
            Err("usages did not match [client auth digital signature key encipherment]"),
        );
        check(
            USAGES,
            |request| request.dns_names.push("a".into()),
            Err("DNS subjectAltNames are not allowed"),
        );
        check(
            USAGES,
            |request| request.organizations.push("system:masters".into()),
            Err("subject organization is not system:nodes"),
        );
        check(
            USAGES,
            |request| request.common_name = "admin".into(),
            Err("subject common name does not begin with system:node:"),
        );
    }
}
