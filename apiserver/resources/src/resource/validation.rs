//! What of devices and claims may change (`pkg/apis/resource/validation`).

use pintle_engine::{Context, Errors, Value};
use pintle_machinery::path::ValueExt;

/// `ValidateResourceClaimUpdate`, `ValidateResourceClaimTemplateUpdate`: the spec stays.
pub(super) fn fixed_spec(
    ctx: &Context<'_>,
    object: &Value,
    old: Option<&Value>,
    errors: &mut Errors,
) {
    if ctx.subresource.is_empty()
        && old.is_some_and(|old| old.at(&["spec"]) != object.at(&["spec"]))
    {
        errors.invalid("spec", Value::Null, "field is immutable");
    }
}
