//! The pure stages of create and update.

use pintle_machinery::field::Errors;
use pintle_machinery::name::{generate, name_is_path_segment};
use pintle_machinery::status::{GroupKind, Status};
use pintle_machinery::time::Time;
use pintle_machinery::{Map, Value};

use crate::context::Context;
use crate::scope::Scope;
use crate::{meta, object_meta};

/// What a stale resource version is told (`OptimisticLockErrorMsg`).
pub const OPTIMISTIC_LOCK: &str =
    "the object has been modified; please apply your changes to the latest version and try again";

/// Erases what only the system may set (`rest.WipeObjectMetaSystemFields`).
pub fn wipe(object: &mut Value) {
    for field in
        ["creationTimestamp", "uid", "deletionTimestamp", "deletionGracePeriodSeconds", "selfLink"]
    {
        meta::set(object, field, Value::Null);
    }
}

/// Sets uid, creation time and, from `generateName`, the name (`rest.FillObjectMetaSystemFields`).
pub fn fill(object: &mut Value, ctx: &Context<'_>) {
    meta::set(object, "creationTimestamp", timestamp(ctx.now));
    meta::set(object, "uid", uuid(ctx.random));
    let base = meta::text(object, "generateName");
    if !base.is_empty() && meta::name(object).is_empty() {
        let mut state = (ctx.random >> 64) as u64 ^ ctx.random as u64;
        let name = generate(base, &mut || splitmix(&mut state));
        meta::set(object, "name", name);
    }
}

/// Unix nanoseconds as metadata shows them.
pub fn timestamp(now: i64) -> String {
    Time::new(now.div_euclid(1_000_000_000), 0).rfc3339()
}

fn uuid(random: u128) -> String {
    let bits = (random & !(0xf << 76) & !(0x3 << 62)) | (0x4 << 76) | (0x2 << 62);
    let hex = format!("{bits:032x}");
    format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

fn splitmix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// Gives the object the request's namespace, or refuses another one
/// (`rest.EnsureObjectNamespaceMatchesRequestNamespace`).
pub fn ensure_namespace(object: &mut Value, expected: &str) -> Result<(), Status> {
    let own = meta::namespace(object);
    if own == expected {
        return Ok(());
    }
    if own.is_empty() || expected.is_empty() {
        meta::set(object, "namespace", expected);
        return Ok(());
    }
    Err(Status::bad_request(
        "the namespace of the provided object does not match the namespace sent on the request",
    ))
}

/// Refuses another name than the URL's (`handlers.checkName`).
pub fn check_name(object: &Value, name: &str) -> Result<(), Status> {
    let own = meta::name(object);
    if own.is_empty() {
        return Err(Status::bad_request(format!(
            "the name of the object ({name} based on URL) was undeterminable: name must be provided"
        )));
    }
    if own != name {
        return Err(Status::bad_request(format!(
            "the name of the object ({own}) does not match the name on the URL ({name})"
        )));
    }
    Ok(())
}

/// Prepares and validates a new object (`rest.BeforeCreate`); returns warnings.
pub fn before_create(
    scope: &Scope,
    ctx: &Context<'_>,
    object: &mut Value,
) -> Result<Vec<String>, Status> {
    ensure_namespace(object, scope.namespace(ctx.namespace))?;
    if scope.row.has_status {
        reset_status(scope, object);
    }
    if scope.row.has_generation {
        meta::set(object, "generation", 1);
    }
    (scope.row.prepare)(ctx, object, None);
    let mut errors = Errors::new();
    let namespaced = scope.resource.namespaced;
    object_meta::validate(object, namespaced, scope.row.validate_name, &mut errors);
    object_meta::validate_kube_finalizers(object, &mut errors);
    (scope.row.validate)(ctx, object, None, &mut errors);
    if errors.is_empty() {
        // All other rules of metadata have been kept.
        object_meta::validate_name(object, name_is_path_segment, &mut errors);
    }
    if !errors.is_empty() {
        return Err(Status::invalid(scope.group_kind(), meta::name(object), &errors));
    }
    Ok((scope.row.warnings)(object, None))
}

/// Makes the status what an object without one has: the zero value of its type.
fn reset_status(scope: &Scope, object: &mut Value) {
    let Some(fields) = object.as_object_mut() else { return };
    fields.remove("status");
    if let Some(zero) = pintle_api::codec::zero_of_field(scope.storage.message, "status") {
        fields.insert("status".into(), zero);
    }
}

/// Why a text is no unsigned number (`strconv.ParseUint`).
pub fn parse_uint_problem(text: &str) -> String {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let why = if digits { "value out of range" } else { "invalid syntax" };
    format!("strconv.ParseUint: parsing {}: {why}", pintle_machinery::json::quote(text))
}

/// Checks the resource version that a write carries, and brings it up to date where the write is
/// unconditional (part of `registry.Store.Update`).
pub fn check_version(scope: &Scope, object: &mut Value, old: &Value) -> Result<(), Status> {
    let current = meta::resource_version(old).to_owned();
    let sent = meta::resource_version(object);
    let sent_number = if sent.is_empty() { Ok(0) } else { sent.parse::<u64>() };
    let Ok(number) = sent_number else {
        let mut status = Status::internal_error("");
        status.reason = "".into();
        status.message = parse_uint_problem(sent);
        status.details = None;
        return Err(status);
    };
    if number == 0 && scope.row.unconditional_update {
        meta::set(object, "resourceVersion", current);
        return Ok(());
    }
    let name = meta::name(old);
    if number == 0 {
        let mut errors = Errors::new();
        errors.invalid("metadata.resourceVersion", 0, "must be specified for an update");
        let kind = GroupKind::new(scope.resource.group, scope.resource.plural);
        return Err(Status::invalid(kind, name, &errors));
    }
    if number.to_string() != current {
        return Err(Status::conflict(scope.group_resource(), name, OPTIMISTIC_LOCK));
    }
    Ok(())
}

/// Prepares and validates a change (`rest.BeforeUpdate`); returns warnings.
pub fn before_update(
    scope: &Scope,
    ctx: &Context<'_>,
    object: &mut Value,
    old: &Value,
) -> Result<Vec<String>, Status> {
    ensure_namespace(object, scope.namespace(ctx.namespace))?;
    meta::copy(object, old, "generation");
    prepare_update(scope, ctx, object, old);
    if meta::uid(object).is_empty() {
        meta::copy(object, old, "uid");
    }
    if !meta::text(old, "creationTimestamp").is_empty() {
        meta::copy(object, old, "creationTimestamp");
    }
    if meta::deletion_timestamp(old).is_some() {
        meta::copy(object, old, "deletionTimestamp");
    }
    if meta::deletion_grace(old).is_some() && meta::deletion_grace(object).is_none() {
        meta::copy(object, old, "deletionGracePeriodSeconds");
    }
    let mut errors = Errors::new();
    object_meta::validate(object, scope.resource.namespaced, name_is_path_segment, &mut errors);
    object_meta::validate_update(object, old, &mut errors);
    object_meta::validate_kube_finalizers(object, &mut errors);
    (scope.row.validate)(ctx, object, Some(old), &mut errors);
    dedup(&mut errors);
    if !errors.is_empty() {
        return Err(Status::invalid(scope.group_kind(), meta::name(object), &errors));
    }
    Ok((scope.row.warnings)(object, Some(old)))
}

/// Generic and own rules find the same things twice; each is told once.
fn dedup(errors: &mut Errors) {
    let mut seen: Vec<(String, String)> = Vec::new();
    errors.retain(|error| {
        let told = (error.field.clone(), error.body());
        let new = !seen.contains(&told);
        if new {
            seen.push(told);
        }
        new
    });
}

/// What all strategies' `PrepareForUpdate` have in common, then the row's own.
fn prepare_update(scope: &Scope, ctx: &Context<'_>, object: &mut Value, old: &Value) {
    if ctx.subresource == "status" {
        keep_fields(object, old, |field| !matches!(field, "metadata" | "status"));
    } else if scope.row.has_status {
        keep_fields(object, old, |field| field == "status");
    }
    (scope.row.prepare)(ctx, object, Some(old));
    if scope.row.has_generation && ctx.subresource != "status" && content_differs(object, old) {
        meta::set(object, "generation", meta::generation(old) + 1);
    }
}

/// Takes the top-level fields that `keep` names from the old object.
fn keep_fields(object: &mut Value, old: &Value, keep: impl Fn(&str) -> bool) {
    let empty = Map::new();
    let old = old.as_object().unwrap_or(&empty);
    let Some(fields) = object.as_object_mut() else { return };
    fields.retain(|field, _| !keep(field));
    for (field, value) in old.iter().filter(|(field, _)| keep(field)) {
        fields.insert(field.clone(), value.clone());
    }
}

/// Something outside metadata and status is another.
pub fn content_differs(object: &Value, old: &Value) -> bool {
    let (Some(new), Some(old)) = (object.as_object(), old.as_object()) else { return true };
    let skipped = |field: &str| matches!(field, "metadata" | "status" | "apiVersion" | "kind");
    let names = new.keys().chain(old.keys()).filter(|field| !skipped(field));
    let null = Value::Null;
    names.into_iter().any(|field| {
        let (new, old) = (new.get(field).unwrap_or(&null), old.get(field).unwrap_or(&null));
        !meta::semantic_equal(new, old)
    })
}

/// The write takes the last finalizer of an object whose deletion is due
/// (`registry.ShouldDeleteDuringUpdate`).
pub fn completes_deletion(scope: &Scope, object: &Value, old: &Value) -> bool {
    let spec_finalizers = !meta::strings(object.pointer("/spec/finalizers")).is_empty();
    meta::finalizers(object).is_empty()
        && meta::deletion_timestamp(old).is_some()
        && meta::deletion_grace(old).unwrap_or(0) == 0
        && !(scope.row.spec_finalizers && spec_finalizers)
}

/// A UID that the write demands and the stored object does not have.
pub fn check_uid(
    scope: &Scope,
    key: &str,
    wanted: &str,
    old: Option<&Value>,
) -> Result<(), Status> {
    let found = old.map(meta::uid).unwrap_or_default();
    if wanted.is_empty() || wanted == found {
        return Ok(());
    }
    let name = key.rsplit('/').next().unwrap_or_default();
    let problem =
        format!("Precondition failed: UID in precondition: {wanted}, UID in object meta: {found}");
    Err(Status::conflict(scope.group_resource(), name, invalid_object(key, &problem)))
}

/// `storage.NewInvalidObjError`.
pub fn invalid_object(key: &str, problem: &str) -> String {
    format!(
        "StorageError: invalid object, Code: 4, Key: {key}, ResourceVersion: 0, AdditionalErrorMsg: {problem}"
    )
}
