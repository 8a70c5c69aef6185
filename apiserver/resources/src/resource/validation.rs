//! What of claims and their templates may change (`pkg/apis/resource/validation`).

use pintle_engine::{Context, Errors, Value};
use pintle_machinery::name::qualified_name;
use pintle_machinery::path::ValueExt;
use pintle_machinery::resources::{REQUESTS, is_native};

use super::claims;
use crate::core::pods::volumes::template_meta;

/// `ValidateResourceClaim`, `ValidateResourceClaimUpdate`.
pub(super) fn claim(ctx: &Context<'_>, claim: &Value, old: Option<&Value>, errors: &mut Errors) {
    match old {
        Some(old) => fixed_spec(ctx, claim, old, errors),
        None => claims::spec(&claim["spec"], "spec", errors),
    }
}

/// `ValidateResourceClaimTemplate`, `ValidateResourceClaimTemplateUpdate`.
pub(super) fn template(
    ctx: &Context<'_>,
    template: &Value,
    old: Option<&Value>,
    errors: &mut Errors,
) {
    if let Some(old) = old {
        return fixed_spec(ctx, template, old, errors);
    }
    let spec = &template["spec"];
    template_meta(spec, "spec", errors);
    claims::spec(&spec["spec"], "spec.spec", errors);
}

/// `ValidateDeviceClass`, `ValidateDeviceClassUpdate`.
pub(super) fn class(_: &Context<'_>, class: &Value, _: Option<&Value>, errors: &mut Errors) {
    claims::class(class, errors);
    if let Some(name) = class.str_at(&["spec", "extendedResourceName"]) {
        extended_name(name, "spec.extendedResourceName", errors);
    }
}

/// `validate.ExtendedResourceName`.
fn extended_name(name: &str, path: &str, errors: &mut Errors) {
    if !name.contains('/') {
        let detail = "a name must be a domain-prefixed path, such as 'example.com/my-prop'";
        errors.invalid(path, name, detail);
    } else if is_native(name) {
        errors.invalid(path, name, "must not have \"kubernetes.io/\" domain");
    }
    if name.starts_with(REQUESTS) {
        errors.invalid(path, name, "must not have \"requests.\" prefix");
    }
    errors.invalid_each(path, name, qualified_name(&format!("{REQUESTS}{name}")));
}

fn fixed_spec(ctx: &Context<'_>, object: &Value, old: &Value, errors: &mut Errors) {
    if ctx.subresource.is_empty() && old.at(&["spec"]) != object.at(&["spec"]) {
        errors.invalid("spec", Value::Null, "field is immutable");
    }
}
