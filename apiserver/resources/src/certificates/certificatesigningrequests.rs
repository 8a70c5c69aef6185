//! `certificatesigningrequests.certificates.k8s.io`: certificates that someone asks for.

use pintle_engine::{Context, Resource, Selectable, Value, age, column, name};
use pintle_machinery::Map;
use pintle_machinery::path::ValueExt;
use pintle_machinery::time::{Duration, Time, human_duration};

use crate::print::{text, text_or};

/// The row.
pub const CERTIFICATE_SIGNING_REQUESTS: Resource = Resource {
    group: "certificates.k8s.io",
    plural: "certificatesigningrequests",
    own_selectors: true,
    selectable: &[Selectable {
        label: "spec.signerName",
        value: |request| request.str_at(&["spec", "signerName"]).unwrap_or_default().to_owned(),
    }],
    columns: &[
        name(),
        age(),
        column("SignerName", |request, _| text_or(request, &["spec", "signerName"], "<none>")),
        column("Requestor", |request, _| text(request, &["spec", "username"])),
        column("RequestedDuration", |request, _| duration(request).into()),
        column("Condition", |request, _| condition(request).into()),
    ],
    // Upstream takes any name (`ValidateCertificateRequestName`).
    validate_name: |_, _| Vec::new(),
    prepare,
    // `csrStrategy`, `csrStatusStrategy`, `csrApprovalStrategy`: `GetResetFields`.
    resets: &[
        ("", &[&["spec"], &["status"]]),
        ("status", &[&["spec"], &["status", "conditions"]]),
        ("approval", &[&["spec"], &["status", "certificate"]]),
    ],
    validate: super::validation::request,
    ..Resource::CLUSTER
};

fn duration(request: &Value) -> String {
    match request.i64_at(&["spec", "expirationSeconds"]) {
        Some(seconds) => human_duration(Duration(seconds.saturating_mul(1_000_000_000))),
        None => "<none>".into(),
    }
}

/// `printers/internalversion.extractCSRStatus`.
fn condition(request: &Value) -> String {
    let has = |ty: &str| indices(request, ty).next().is_some();
    let mut state = match (has("Denied"), has("Approved")) {
        (true, _) => "Denied",
        (_, true) => "Approved",
        _ => "Pending",
    }
    .to_owned();
    if has("Failed") {
        state.push_str(",Failed");
    }
    if request.str_at(&["status", "certificate"]).is_some_and(|bytes| !bytes.is_empty()) {
        state.push_str(",Issued");
    }
    state
}

/// The status is kept here, because `/approval` writes a part of it. The caller signs the request; only subresources change it later, each its own part
/// (`csrStrategy`, `csrStatusStrategy`, `csrApprovalStrategy`).
fn prepare(ctx: &Context<'_>, request: &mut Value, old: Option<&Value>) {
    let Some(old) = old else {
        request.set(&["status"], Map::new());
        return sign(ctx, request);
    };
    let spec = old.at(&["spec"]).cloned().unwrap_or_default();
    request.set(&["spec"], spec);
    match ctx.subresource {
        "status" => {
            keep_conditions(request, old, "Approved");
            keep_conditions(request, old, "Denied");
            fill_times(ctx, request, old);
        }
        "approval" => {
            fill_times(ctx, request, old);
            let conditions = request.remove_at(&["status", "conditions"]);
            keep_status(request, old);
            match conditions {
                Some(conditions) => request.set(&["status", "conditions"], conditions),
                None => {
                    request.remove_at(&["status", "conditions"]);
                }
            }
        }
        _ => keep_status(request, old),
    }
}

fn keep_status(request: &mut Value, old: &Value) {
    match old.at(&["status"]) {
        Some(status) => request.set(&["status"], status.clone()),
        None => {
            request.remove_at(&["status"]);
        }
    }
}

fn sign(ctx: &Context<'_>, request: &mut Value) {
    for field in ["username", "uid", "groups", "extra"] {
        request.remove_at(&["spec", field]);
    }
    let user = ctx.user;
    if !user.name.is_empty() {
        request.set(&["spec", "username"], user.name.as_str());
    }
    if !user.uid.is_empty() {
        request.set(&["spec", "uid"], user.uid.as_str());
    }
    if !user.groups.is_empty() {
        request.set(&["spec", "groups"], user.groups.clone());
    }
    for (key, values) in &user.extra {
        request.set(&["spec", "extra", key], values.clone());
    }
}

/// Where conditions of a type are.
pub(super) fn indices<'a>(request: &'a Value, ty: &'a str) -> impl Iterator<Item = usize> + 'a {
    let conditions = request.list_at(&["status", "conditions"]).iter().enumerate();
    conditions.filter(move |(_, item)| item.str_at(&["type"]) == Some(ty)).map(|(index, _)| index)
}

/// `/status` does not touch verdicts, unless it adds or removes some, which validation refuses
/// (`preserveConditionInstances`).
fn keep_conditions(request: &mut Value, old: &Value, ty: &str) {
    let new: Vec<usize> = indices(request, ty).collect();
    let before: Vec<usize> = indices(old, ty).collect();
    if new.len() != before.len() {
        return;
    }
    let stored = old.list_at(&["status", "conditions"]);
    let list = request.at_mut(&["status", "conditions"]).and_then(Value::as_array_mut);
    let Some(list) = list else { return };
    for (at, from) in new.into_iter().zip(before) {
        list[at] = stored[from].clone();
    }
}

/// `populateConditionTimestamps`.
fn fill_times(ctx: &Context<'_>, request: &mut Value, old: &Value) {
    let now = Time::new(ctx.now.div_euclid(1_000_000_000), 0).rfc3339();
    let list = request.at_mut(&["status", "conditions"]).and_then(Value::as_array_mut);
    for condition in list.into_iter().flatten() {
        let absent = |field: &str| condition.str_at(&[field]).is_none_or(str::is_empty);
        let (no_update, no_transition) = (absent("lastUpdateTime"), absent("lastTransitionTime"));
        if no_update {
            condition.set(&["lastUpdateTime"], now.as_str());
        }
        if no_transition {
            let since = since(condition, old).unwrap_or(&now).to_owned();
            condition.set(&["lastTransitionTime"], since);
        }
    }
}

fn since<'a>(condition: &Value, old: &'a Value) -> Option<&'a String> {
    let same = |other: &&Value| {
        ["type", "status"].iter().all(|field| other.at(&[field]) == condition.at(&[field]))
    };
    let known = |other: &'a Value| match other.at(&["lastTransitionTime"]) {
        Some(Value::String(time)) if !time.is_empty() => Some(time),
        _ => None,
    };
    old.list_at(&["status", "conditions"]).iter().filter(same).find_map(known)
}
