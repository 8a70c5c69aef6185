//! The pure stages of a deletion: preconditions, grace, finalizers.

use pintle_machinery::Value;
use pintle_machinery::status::{Details, GroupResource, Status};
use pintle_machinery::time::{Duration, Time};

use crate::context::Context;
use crate::meta;
use crate::options::DeleteOptions;
use crate::resource::{Dependents, Resource};
use crate::scope::Scope;
use crate::write::timestamp;

/// Finalizer of `propagationPolicy=Orphan`.
pub const ORPHAN: &str = "orphan";

/// Finalizer of `propagationPolicy=Foreground`.
pub const FOREGROUND: &str = "foregroundDeletion";

/// What is to be done with the object.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// It is to be removed.
    Remove,
    /// This is to be stored in its place; then it is removed if `then_remove`.
    Store {
        /// The object, marked.
        object: Value,
        /// Neither grace nor finalizers are left.
        then_remove: bool,
    },
    /// It is being deleted already, and nothing changes.
    Pending,
}

/// Decides about a deletion (`registry.Store.Delete`, `rest.BeforeDelete`); nothing waits for a
/// garbage collector if none `collects`.
pub fn decide(
    scope: &Scope,
    ctx: &Context<'_>,
    options: &DeleteOptions,
    object: &Value,
    collects: bool,
) -> Result<Step, Status> {
    check_preconditions(scope, options, object)?;
    if scope.row.spec_finalizers
        && let Some(step) = namespace_step(ctx, options, object)
    {
        return Ok(step);
    }
    let mut object = object.clone();
    let requested =
        options.grace_period_seconds.map(|seconds| if seconds < 0 { 1 } else { seconds });
    let graceful = match grace(scope, ctx, requested, &mut object) {
        Grace::Pending => return Ok(Step::Pending),
        Grace::None => None,
        Grace::Set(seconds) => Some(seconds),
    };
    if collects
        && let Some(finalizers) =
            collect_finalizers(&scope.row, scope.resource.version, options, &object)
    {
        meta::set(&mut object, "finalizers", finalizers);
    }
    let pending = !meta::finalizers(&object).is_empty();
    match graceful {
        Some(seconds) => Ok(Step::Store { object, then_remove: !pending && seconds == 0 }),
        None if pending => {
            mark(&mut object, ctx.now);
            Ok(Step::Store { object, then_remove: false })
        }
        None => Ok(Step::Remove),
    }
}

fn check_preconditions(
    scope: &Scope,
    options: &DeleteOptions,
    object: &Value,
) -> Result<(), Status> {
    let resource = GroupResource::new(scope.storage.group, scope.storage.kind);
    if let Some(wanted) = &options.precondition_uid
        && wanted != meta::uid(object)
    {
        let problem = format!(
            "the UID in the precondition ({wanted}) does not match the UID in record ({}). The object might have been deleted and then recreated",
            meta::uid(object)
        );
        return Err(Status::conflict(resource, meta::name(object), problem));
    }
    if let Some(wanted) = &options.precondition_resource_version
        && wanted != meta::resource_version(object)
    {
        let problem = format!(
            "the ResourceVersion in the precondition ({wanted}) does not match the ResourceVersion in record ({}). The object might have been modified",
            meta::resource_version(object)
        );
        return Err(Status::conflict(resource, meta::name(object), problem));
    }
    Ok(())
}

/// Namespaces first become Terminating and stay until `spec.finalizers` is empty
/// (`pkg/registry/core/namespace/storage.REST.Delete`).
fn namespace_step(ctx: &Context<'_>, options: &DeleteOptions, object: &Value) -> Option<Step> {
    if meta::deletion_timestamp(object).is_some() {
        let waits = !meta::strings(object.pointer("/spec/finalizers")).is_empty();
        return waits.then_some(Step::Pending);
    }
    let mut object = object.clone();
    meta::set(&mut object, "deletionTimestamp", timestamp(ctx.now));
    object["status"]["phase"] = "Terminating".into();
    let own = meta::finalizers(&object).into_iter().map(str::to_owned).collect::<Vec<_>>();
    let has = |name: &str| own.iter().any(|finalizer| finalizer == name);
    let policy = options.propagation_policy.as_deref();
    let orphan = match (options.orphan_dependents, policy) {
        (Some(orphan), _) => orphan,
        (None, Some(policy)) => policy == "Orphan",
        (None, None) => has(ORPHAN),
    };
    let foreground = match (options.orphan_dependents, policy) {
        (Some(_), _) => false,
        (None, Some(policy)) => policy == "Foreground",
        (None, None) => has(FOREGROUND),
    };
    let mut finalizers: Vec<String> =
        own.iter().filter(|name| *name != ORPHAN && *name != FOREGROUND).cloned().collect();
    finalizers.extend(orphan.then(|| ORPHAN.to_owned()));
    finalizers.extend(foreground.then(|| FOREGROUND.to_owned()));
    meta::set(&mut object, "finalizers", finalizers);
    Some(Step::Store { object, then_remove: false })
}

enum Grace {
    /// Not a graceful kind, or its time is over.
    None,
    /// Being deleted already, and not later than asked for.
    Pending,
    /// Set to so many seconds.
    Set(i64),
}

/// The part of `rest.BeforeDelete` about grace.
fn grace(scope: &Scope, ctx: &Context<'_>, requested: Option<i64>, object: &mut Value) -> Grace {
    if meta::deletion_grace(object).is_some_and(|seconds| seconds < 0) {
        meta::set(object, "deletionGracePeriodSeconds", 1);
    }
    let Some(seconds_of) = scope.row.grace_seconds else { return Grace::None };
    if let Some(deletion) = meta::deletion_timestamp(object) {
        let before = meta::deletion_grace(object).unwrap_or(0);
        if before == 0 {
            return Grace::None;
        }
        let Some(mut period) = requested else { return Grace::Pending };
        if period >= before {
            return Grace::Pending;
        }
        let now = Time::new(ctx.now.div_euclid(1_000_000_000), 0);
        let deletion = Time::parse(deletion).unwrap_or(now);
        let mut due = deletion.plus(Duration::from_secs(period - before));
        if due < now {
            due = now;
            period = period.min(1);
        }
        meta::set(object, "deletionTimestamp", due.rfc3339());
        meta::set(object, "deletionGracePeriodSeconds", period);
        return Grace::Set(period);
    }
    let seconds = seconds_of(object, requested);
    let due = ctx.now.saturating_add(seconds.saturating_mul(1_000_000_000));
    meta::set(object, "deletionTimestamp", timestamp(due));
    meta::set(object, "deletionGracePeriodSeconds", seconds);
    bump_generation(object);
    Grace::Set(seconds)
}

fn bump_generation(object: &mut Value) {
    let generation = meta::generation(object);
    if generation > 0 {
        meta::set(object, "generation", generation + 1);
    }
}

/// Marks an object that waits for finalizers only (`registry.markAsDeleting`).
fn mark(object: &mut Value, now: i64) {
    if meta::deletion_timestamp(object).is_none() {
        bump_generation(object);
    }
    let due = meta::deletion_timestamp(object).and_then(|text| Time::parse(text).ok());
    if due.is_none_or(|due| due > Time::new(now.div_euclid(1_000_000_000), 0)) {
        meta::set(object, "deletionTimestamp", timestamp(now));
    }
    meta::set(object, "deletionGracePeriodSeconds", 0);
}

/// The finalizers that the garbage collector needs, if they are not those of the object
/// (`registry.deletionFinalizersForGarbageCollection`).
fn collect_finalizers(
    row: &Resource,
    version: &str,
    options: &DeleteOptions,
    object: &Value,
) -> Option<Vec<String>> {
    let own = meta::finalizers(object);
    let (orphan, foreground) = wanted(row, version, options, &own);
    let mut finalizers: Vec<&str> =
        own.iter().copied().filter(|name| *name != ORPHAN && *name != FOREGROUND).collect();
    finalizers.extend(orphan.then_some(ORPHAN));
    finalizers.extend(foreground.then_some(FOREGROUND));
    let same = finalizers.len() == own.len() && finalizers.iter().all(|name| own.contains(name));
    (!same).then(|| finalizers.into_iter().map(str::to_owned).collect())
}

/// Whether dependents are orphaned, or deleted first.
fn wanted(row: &Resource, version: &str, options: &DeleteOptions, own: &[&str]) -> (bool, bool) {
    if row.dependents == Dependents::Unsupported {
        return (false, false);
    }
    if let Some(orphan) = options.orphan_dependents {
        return (orphan, false);
    }
    if let Some(policy) = options.propagation_policy.as_deref() {
        return (policy == "Orphan", policy == "Foreground");
    }
    match own.iter().find(|name| **name == ORPHAN || **name == FOREGROUND) {
        Some(name) => (*name == ORPHAN, *name == FOREGROUND),
        None => (orphans_by_default(row, version), false),
    }
}

/// The client said nothing and the kind's dependents stay.
pub fn orphans_by_default(row: &Resource, version: &str) -> bool {
    matches!(row.dependents, Dependents::Orphan { version: old } if old == version)
}

/// What a finished deletion answers where the object is not returned
/// (`registry.Store.finalizeDelete`).
pub fn success(scope: &Scope, object: &Value) -> Status {
    Status::success(Some(Details {
        name: meta::name(object).to_owned(),
        group: scope.resource.group.to_owned(),
        kind: scope.resource.plural.to_owned(),
        uid: meta::uid(object).to_owned(),
        ..Details::default()
    }))
}
