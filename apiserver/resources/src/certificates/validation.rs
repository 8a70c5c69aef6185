//! What requests for certificates must look like (`pkg/apis/certificates/validation`).

use pintle_engine::openapi::enums;
use pintle_engine::{Context, Errors, Value};
use pintle_machinery::field::Path;
use pintle_machinery::json::quote;
use pintle_machinery::name::{dns1123_label, dns1123_subdomain};
use pintle_machinery::path::ValueExt;

use super::certificatesigningrequests::indices;
use super::pem;

const MIN_SECONDS: i64 = 600;
const LEGACY_SIGNER: &str = "kubernetes.io/legacy-unknown";
const MAX_SUBDOMAIN: usize = 253;
const MAX_SIGNER: usize = MAX_SUBDOMAIN + 1 + MAX_SUBDOMAIN + 63 + 1;

/// `ValidateCertificateSigningRequestCreate` and the updates of the request and its subresources.
pub(super) fn request(
    ctx: &Context<'_>,
    request: &Value,
    old: Option<&Value>,
    errors: &mut Errors,
) {
    let path = Path::new("spec");
    if let Err(problem) = pem::request(request.str_at(&["spec", "request"]).unwrap_or_default()) {
        let value = request.str_at(&["spec", "request"]).unwrap_or_default();
        errors.invalid(path.child("request"), value, problem);
    }
    // The spec of a stored request cannot change, so that what was wrong with it is forgiven.
    if old.is_none() {
        usages(request, &path.child("usages"), errors);
    }
    let signer = request.str_at(&["spec", "signerName"]).unwrap_or_default();
    if signer == LEGACY_SIGNER && old.is_none() {
        let detail = "the legacy signerName is not allowed via this API version";
        errors.invalid(path.child("signerName"), signer, detail);
    } else {
        signer_name(signer, &path.child("signerName"), errors);
    }
    if let Some(seconds) = request.i64_at(&["spec", "expirationSeconds"])
        && seconds < MIN_SECONDS
    {
        let detail = "may not specify a duration less than 600 seconds (10 minutes)";
        errors.invalid(path.child("expirationSeconds"), seconds, detail);
    }
    conditions(request, old, errors);
    let certificate =
        |request: &Value| request.str_at(&["status", "certificate"]).unwrap_or_default().to_owned();
    let own = certificate(request);
    let unchanged = old.is_some_and(|old| certificate(old) == own);
    if !unchanged && let Err(problem) = pem::certificates(&own) {
        errors.invalid("status.certificate", "<certificate data>", problem);
    }
    if let Some(old) = old {
        verdicts(ctx, request, old, errors);
        if !unchanged && ctx.subresource != "status" {
            errors.forbidden("status.certificate", "updates may not set certificate content");
        } else if !unchanged && !certificate(old).is_empty() {
            let detail = "updates may not modify existing certificate content";
            errors.forbidden("status.certificate", detail);
        }
    }
}

fn usages(request: &Value, path: &Path<'_>, errors: &mut Errors) {
    let usages = request.list_at(&["spec", "usages"]);
    if usages.is_empty() {
        errors.required(path, "");
    }
    let known = enums::values("certificates.v1.CertificateSigningRequestSpec.usages");
    for (index, usage) in usages.iter().enumerate() {
        if !known.iter().any(|known| usage == *known) {
            errors.not_supported(path.index(index), usage, known);
        }
    }
    for (index, usage) in usages.iter().enumerate() {
        if usages[..index].contains(usage) {
            errors.duplicate(path.index(index), usage);
        }
    }
}

/// `core/validation.ValidateSignerName`.
pub(crate) fn signer_name(signer: &str, path: &Path<'_>, errors: &mut Errors) {
    if signer.is_empty() {
        return errors.required(path, "");
    }
    let Some((domain, name)) = signer.split_once('/').filter(|(_, name)| !name.contains('/'))
    else {
        let detail =
            "must be a fully qualified domain and path of the form 'example.com/signer-name'";
        return errors.invalid(path, signer, detail);
    };
    if domain.len() > MAX_SUBDOMAIN {
        errors.too_long(path, MAX_SUBDOMAIN);
    }
    first_label(domain, dns1123_label, path, errors);
    if !domain.contains('.') {
        let detail = "should be a domain with at least two segments separated by dots";
        errors.invalid(path, domain, detail);
    }
    first_label(name, dns1123_subdomain, path, errors);
    if signer.len() > MAX_SIGNER {
        errors.too_long(path, MAX_SIGNER);
    }
}

/// The first wrong label between dots speaks for all.
fn first_label(text: &str, check: fn(&str) -> Vec<String>, path: &Path<'_>, errors: &mut Errors) {
    let wrong = |label: &str| {
        let messages = check(label);
        (!messages.is_empty()).then(|| (label.to_owned(), messages))
    };
    if let Some((label, messages)) = text.split('.').find_map(wrong) {
        for message in messages {
            errors.invalid(path, text, format!("validating label {}: {message}", quote(&label)));
        }
    }
}

/// `validateConditions`.
fn conditions(request: &Value, old: Option<&Value>, errors: &mut Errors) {
    let path = Path::new("status.conditions");
    let list = request.list_at(&["status", "conditions"]);
    let ty = |condition: &Value| condition.str_at(&["type"]).unwrap_or_default().to_owned();
    let stored = old.map_or(&[][..], |old| old.list_at(&["status", "conditions"]));
    let repeats = |list: &[Value], index: usize| {
        list[..index].iter().any(|other| ty(other) == ty(&list[index]))
    };
    let any_repeats = (0..stored.len()).any(|index| repeats(stored, index));
    let any_empty = stored.iter().any(|condition| ty(condition).is_empty());
    for (index, condition) in list.iter().enumerate() {
        let path = path.index(index);
        if ty(condition).is_empty() && !any_empty {
            errors.required(path.child("type"), "");
        }
        let statuses: &[&str] = match ty(condition).as_str() {
            "Approved" | "Denied" | "Failed" => &["True"],
            _ => &["False", "True", "Unknown"],
        };
        match condition.str_at(&["status"]).unwrap_or_default() {
            "" => errors.required(path.child("status"), ""),
            status if !statuses.contains(&status) => {
                errors.not_supported(path.child("status"), status, statuses);
            }
            _ => {}
        }
        if repeats(list, index) && !any_repeats {
            errors.duplicate(path.child("type"), ty(condition));
        }
    }
    let both = |request: &Value| {
        ["Approved", "Denied"].iter().all(|ty| indices(request, ty).next().is_some())
    };
    if both(request) && !old.is_some_and(both) {
        let mut types: Vec<String> = Vec::new();
        for ty in list.iter().map(ty).filter(|ty| matches!(ty.as_str(), "Approved" | "Denied")) {
            if !types.contains(&ty) {
                types.push(ty);
            }
        }
        types.sort();
        let members: Vec<String> =
            types.iter().map(|ty| format!("conditions[{{\"type\": {}}}]", quote(ty))).collect();
        let detail = format!("must specify at most one of: `{}`", members.join("`, `"));
        errors.invalid(path, format!("{{{}}}", members.join(", ")), detail);
    }
}

/// Verdicts stay, and only `/approval` gives them.
fn verdicts(ctx: &Context<'_>, request: &Value, old: &Value, errors: &mut Errors) {
    let path = Path::new("status.conditions");
    let count = |request: &Value, ty: &str| indices(request, ty).count();
    for ty in ["Approved", "Denied", "Failed"] {
        if count(request, ty) < count(old, ty) {
            let ty = quote(ty);
            errors.forbidden(path, format!("updates may not remove a condition of type {ty}"));
        }
    }
    if ctx.subresource == "approval" {
        return;
    }
    for ty in ["Approved", "Denied"] {
        if count(request, ty) > count(old, ty) {
            let ty = quote(ty);
            errors.forbidden(path, format!("updates may not add a condition of type {ty}"));
        }
    }
}
