//! PUT, and the compare-and-swap loop that PATCH shares with it.

use std::sync::Arc;

use http::Response;
use pintle_engine::admission::Operation;
use pintle_engine::options::{DeleteOptions, Write, WriteOptions, manager_or_user_agent};
use pintle_engine::{Status, Value, decode, meta, negotiate, object_meta, write};
use pintle_machinery::apply::keep_timestamps;

use super::commit::{Admission, Change, Loaded, Swap, finish};
use super::create::{Tree, insert, is_too_large, own};
use super::{Call, Failure, header};
use crate::body::Body;

/// What the loop asks for at every turn: the wanted state, given the present one.
pub(super) trait Wanted: Send + Sync {
    /// Makes the new object, in the storage version; `None` is an object that does not exist.
    fn make(&self, current: Option<&Value>) -> Result<Value, Status>;

    /// The UID that the stored object must have, if any.
    fn uid(&self) -> Option<&str> {
        None
    }
}

/// Answers a PUT (`handlers.UpdateResource`).
pub(super) async fn update(call: &Call<'_>) -> Result<Response<Body>, Failure> {
    let body = call.read_body().await?;
    let options = WriteOptions::parse(&call.info.query, Write::Update)?;
    let encoding = negotiate::input(header(&call.parts, "content-type"))?;
    let decoded = decode::body(&call.scope.target(), &body, encoding, options.field_validation)?;
    call.warnings.extend(decoded.warnings);
    let mut object = call.scope.complete(decoded.object, call.rest.now());
    write::ensure_namespace(&mut object, call.namespace())?;
    write::check_name(&object, &call.info.name)?;
    if let Some(warning) = object_meta::dedup_owners(&mut object, false) {
        call.warnings.push(warning);
    }
    let manager = manager_or_user_agent(&options.field_manager, header(&call.parts, "user-agent"));
    let put = Put { call, object, manager, track: true };
    let allowed = call.scope.row.create_on_update && call.scope.subresource.is_none();
    let outcome = match store(call, &options, &put, allowed).await {
        Err(status) if is_too_large(&status) => {
            let mut object = put.object;
            meta::set(&mut object, "managedFields", Value::Null);
            let put = Put { object, manager: String::new(), track: false, call };
            store(call, &options, &put, allowed).await
        }
        other => other,
    };
    let (object, created) = outcome?;
    Ok(call.written(if created { 201 } else { 200 }, object, options.dry_run)?)
}

struct Put<'a> {
    call: &'a Call<'a>,
    object: Value,
    manager: String,
    track: bool,
}

impl Wanted for Put<'_> {
    fn make(&self, current: Option<&Value>) -> Result<Value, Status> {
        let mut object = self.object.clone();
        if self.track {
            own(self.call, &self.manager, current, &mut object);
        }
        Ok(object)
    }

    fn uid(&self) -> Option<&str> {
        Some(meta::uid(&self.object)).filter(|uid| !uid.is_empty())
    }
}

/// Runs the write until it is committed or refused (`registry.Store.Update`). Returns the object
/// and whether it was made.
pub(super) async fn store(
    call: &Call<'_>,
    options: &WriteOptions,
    wanted: &dyn Wanted,
    may_create: bool,
) -> Result<(Value, bool), Status> {
    let name = call.info.name.as_str();
    let key = call.key(name);
    call.settle().await?;
    loop {
        let loaded = call.rest.load(&call.stored, &key).await?;
        if let Some(uid) = wanted.uid().filter(|_| loaded.is_some() || may_create) {
            let old = loaded.as_ref().map(|loaded| &loaded.object);
            write::check_uid(&call.scope, &String::from_utf8_lossy(&key), uid, old)?;
        }
        let Some(loaded) = loaded else {
            if !may_create {
                return Err(call.scope.not_found(name));
            }
            match create_instead(call, options, wanted).await {
                Err(status) if status.is_already_exists() => continue,
                other => return other.map(|object| (object, true)),
            }
        };
        if let Some(object) = attempt(call, options, wanted, &key, loaded).await? {
            return Ok((object, false));
        }
    }
}

/// The create of a PUT or apply: needs the right to create, too.
async fn create_instead(
    call: &Call<'_>,
    options: &WriteOptions,
    wanted: &dyn Wanted,
) -> Result<Value, Status> {
    let mut object = wanted.make(None)?;
    let create_options = options.as_kind("CreateOptions");
    let name = call.info.name.as_str();
    let ctx = call.context(name, options.dry_run);
    let admission = Admission { operation: Operation::Create, options: &create_options, name };
    call.mutate(&ctx, &admission, &mut object, None).await?;
    if let Some(warning) = object_meta::dedup_owners(&mut object, true) {
        call.warnings.push(warning);
    }
    write::wipe(&mut object);
    meta::set(&mut object, "resourceVersion", Value::Null);
    let mut info = call.info.clone();
    info.verb = "create".into();
    let Some(authorizer) = &call.rest.may_create else {
        let problem = "no authorizer provided, unable to authorize a create on update";
        return Err(Status::internal_error(problem));
    };
    Arc::clone(authorizer).check(&call.user, &info).await?;
    insert(call, options, &mut object, &create_options, Tree::Kept).await?;
    Ok(object)
}

/// One turn of the loop; `None` if the object changed under it.
async fn attempt(
    call: &Call<'_>,
    options: &WriteOptions,
    wanted: &dyn Wanted,
    key: &bytes::Bytes,
    loaded: Loaded,
) -> Result<Option<Value>, Status> {
    let name = call.info.name.as_str();
    let ctx = call.context(name, options.dry_run);
    let old = &loaded.object;
    let mut object = wanted.make(Some(old))?;
    let update_options = options.as_kind("UpdateOptions");
    let admission = Admission { operation: Operation::Update, options: &update_options, name };
    call.mutate(&ctx, &admission, &mut object, Some(old)).await?;
    if let Some(warning) = object_meta::dedup_owners(&mut object, true) {
        call.warnings.push(warning);
    }
    write::check_version(&call.scope, &mut object, old)?;
    let reservation = call.reserve(&ctx, &mut object, Some(old)).await?;
    let outcome = commit(call, options, (&ctx, &admission), key, &loaded, &mut object).await;
    finish(reservation, matches!(outcome, Ok(true)) && !options.dry_run).await;
    Ok(outcome?.then_some(object))
}

/// From preparation to the commit; false if the object changed under it.
async fn commit(
    call: &Call<'_>,
    options: &WriteOptions,
    (ctx, admission): (&pintle_engine::Context<'_>, &Admission<'_>),
    key: &bytes::Bytes,
    loaded: &Loaded,
    object: &mut Value,
) -> Result<bool, Status> {
    let old = &loaded.object;
    let warnings = write::before_update(&call.scope, ctx, object, old)?;
    call.warnings.extend(warnings);
    keep_timestamps(old, object);
    call.admit(ctx, admission, object, Some(old)).await?;
    if write::completes_deletion(&call.scope, object, old) {
        if options.dry_run {
            return Ok(true);
        }
        let done = call.rest.swap(&call.stored, key, loaded.revision, Change::Delete).await?;
        if matches!(done, Swap::Done(_)) {
            call.after_delete(object, &DeleteOptions::default()).await;
            return Ok(true);
        }
        return Ok(false);
    }
    let bytes = call.stored.encode(object);
    if options.dry_run {
        return Ok(true);
    }
    if loaded.holds(&bytes) {
        meta::set(object, "resourceVersion", loaded.revision.to_string());
        return Ok(true);
    }
    let lease = match call.stored.row.ttl_seconds {
        Some(_) => call.rest.lease(&call.stored, call.scope.resource.group).await?,
        None => loaded.lease,
    };
    match call.rest.swap(&call.stored, key, loaded.revision, Change::Put(bytes, lease)).await? {
        Swap::Done(revision) => {
            meta::set(object, "resourceVersion", revision.to_string());
            Ok(true)
        }
        Swap::Raced => Ok(false),
    }
}
