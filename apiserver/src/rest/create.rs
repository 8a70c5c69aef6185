//! POST, and the creates of PUT and apply.

use bytes::Bytes;
use http::Response;
use pintle_api::codec;
use pintle_engine::admission::Operation;
use pintle_engine::options::{Write, WriteOptions, manager_or_user_agent};
use pintle_engine::ownership::{self, KindTypes, RequestTypes, Writer, reset_filter};
use pintle_engine::{Status, Value, decode, meta, negotiate, object_meta, write};
use pintle_machinery::apply::managed;
use pintle_storage::Revision;

use super::answer::rfc3339;
use super::commit::{Admission, Change, Swap, finish};
use super::{Call, Failure, header};
use crate::body::Body;

/// Most attempts to find a free generated name (`maxNameGenerationCreateAttempts`).
const GENERATE_ATTEMPTS: usize = 8;

/// Answers a POST (`handlers.createHandler`).
pub(super) async fn create(call: &Call<'_>) -> Result<Response<Body>, Failure> {
    let encoding = negotiate::input(header(&call.parts, "content-type"))?;
    let body = call.read_body().await?;
    let options = WriteOptions::parse(&call.info.query, Write::Create)?;
    let decoded = decode::body(&call.scope.target(), &body, encoding, options.field_validation)?;
    call.warnings.extend(decoded.warnings);
    let mut object = call.scope.complete(decoded.object, call.rest.now());
    write::wipe(&mut object);
    write::ensure_namespace(&mut object, call.namespace())?;
    if let Some(warning) = object_meta::dedup_owners(&mut object, false) {
        call.warnings.push(warning);
    }
    let manager = manager_or_user_agent(&options.field_manager, header(&call.parts, "user-agent"));
    own(call, &manager, None, &mut object);
    let name = meta::name(&object).to_owned();
    let ctx = call.context(&name, options.dry_run);
    call.settle().await?;
    let admission = Admission { operation: Operation::Create, options: &options.tree, name: &name };
    call.mutate(&ctx, &admission, &mut object, None).await?;
    if let Some(warning) = object_meta::dedup_owners(&mut object, true) {
        call.warnings.push(warning);
    }
    Ok(match store_new(call, &options, object).await? {
        Created::Dry(object) => call.object(201, object)?,
        Created::Durable(durable) => call.durable(201, &durable)?,
    })
}

/// What became of a create.
enum Created {
    /// Nothing has been stored, but it would have been this.
    Dry(Value),
    Durable(Durable),
}

/// An object as it has been stored.
pub(super) struct Durable {
    pub(super) key: Bytes,
    pub(super) value: Bytes,
    pub(super) revision: Revision,
}

/// Stores a new object, with a fresh name for each attempt if it is generated, and without
/// managed fields if it is too large with them.
async fn store_new(
    call: &Call<'_>,
    options: &WriteOptions,
    mut object: Value,
) -> Result<Created, Status> {
    let generated =
        meta::name(&object).is_empty() && !meta::text(&object, "generateName").is_empty();
    let mut attempts = if generated { GENERATE_ATTEMPTS } else { 1 };
    loop {
        attempts -= 1;
        let again = (attempts > 0).then(|| object.clone());
        let stored = match insert(call, options, &mut object, &options.tree, Tree::Dropped).await {
            Err(status) if status.is_already_exists() => {
                object = again.ok_or(status)?;
                continue;
            }
            Err(status) if is_too_large(&status) && managed::entries(&object).is_some() => {
                meta::set(&mut object, "managedFields", Value::Null);
                insert(call, options, &mut object, &options.tree, Tree::Dropped).await
            }
            stored => stored,
        };
        return Ok(stored?.map_or(Created::Dry(object), Created::Durable));
    }
}

/// The store refused the value for its size.
pub(super) fn is_too_large(status: &Status) -> bool {
    status.code == 500
        && status.reason.is_empty()
        && status.message == "etcdserver: request is too large"
}

/// What becomes of an object's tree while its commit is waited for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Tree {
    Kept,
    /// Its bytes are all that is needed afterwards. Freed at once, its many small pieces are at hand
    /// still. What may turn out to be too large for the store is kept all the same.
    Dropped,
}

/// Smaller values are never too large for the store.
const LARGE_BYTES: usize = 1 << 20;

/// One attempt to store a new object: from the system's fields to the commit
/// (`registry.Store.create`). Nothing is returned if it is only tried.
pub(super) async fn insert(
    call: &Call<'_>,
    options: &WriteOptions,
    object: &mut Value,
    admission_options: &Value,
    tree: Tree,
) -> Result<Option<Durable>, Status> {
    let ctx = call.context(&call.info.name, options.dry_run);
    write::fill(object, &ctx);
    let reservation = call.reserve(&ctx, object, None).await?;
    let stored = commit_new(call, options, object, admission_options, tree).await;
    finish(reservation, stored.is_ok() && !options.dry_run).await;
    stored
}

async fn commit_new(
    call: &Call<'_>,
    options: &WriteOptions,
    object: &mut Value,
    admission_options: &Value,
    tree: Tree,
) -> Result<Option<Durable>, Status> {
    let ctx = call.context(&call.info.name, options.dry_run);
    let warnings = write::before_create(&call.scope, &ctx, object)?;
    call.warnings.extend(warnings);
    let name = meta::name(object).to_owned();
    let admission =
        Admission { operation: Operation::Create, options: admission_options, name: &name };
    call.admit(&ctx, &admission, object, None).await?;
    let version = meta::resource_version(object);
    if !version.is_empty() && version.parse::<u64>().is_ok_and(|version| version != 0) {
        let message = "resourceVersion should not be set on objects to be created";
        return Err(Status::failure(500, "", message));
    }
    meta::set(object, "resourceVersion", Value::Null);
    let key = call.key(&name);
    let generated = !meta::text(object, "generateName").is_empty();
    let value = call.stored.encode(object);
    if options.dry_run {
        if call.rest.load(&call.stored, &key).await?.is_some() {
            return Err(exists(call, (&name, generated), &key).await);
        }
        return Ok(None);
    }
    if tree == Tree::Dropped && value.len() < LARGE_BYTES {
        *object = Value::Null;
    }
    let lease = call.rest.lease(&call.stored, call.scope.resource.group).await?;
    let put = Change::Put(value.clone(), lease);
    match call.rest.swap(&call.stored, &key, 0, put).await? {
        Swap::Done(revision) => {
            if tree == Tree::Kept {
                meta::set(object, "resourceVersion", revision.to_string());
            }
            Ok(Some(Durable { key, value, revision }))
        }
        Swap::Raced => Err(exists(call, (&name, generated), &key).await),
    }
}

/// The name is taken: by an object that may be on its way out, or by chance.
async fn exists(call: &Call<'_>, (name, generated): (&str, bool), key: &Bytes) -> Status {
    let resource = call.scope.group_resource();
    let mut status = if generated {
        Status::generate_name_conflict(resource, name, 1)
    } else {
        Status::already_exists(resource, name)
    };
    if let Ok(Some(loaded)) = call.rest.load(&call.stored, key).await
        && meta::deletion_timestamp(&loaded.object).is_some()
    {
        status.message = format!("object is being deleted: {}", status.message);
    }
    status
}

/// Records in the object who owns what after a write other than apply.
pub(super) fn own(call: &Call<'_>, manager: &str, live: Option<&Value>, object: &mut Value) {
    let scope = &call.scope;
    let moment = call.rest.now();
    let default = |object: &mut Value| (scope.row.default)(object, moment);
    let types = RequestTypes {
        types: KindTypes::of(scope.kind.group, scope.kind.kind),
        kind: scope.kind,
        filter: reset_filter(scope.kind.message, scope.subresource_name(), &scope.row),
        defaulter: scope.defaulter,
        default: Some(&default),
    };
    let now = rfc3339(moment);
    let writer = Writer { manager, subresource: scope.subresource_name(), now: &now };
    let outcome = if scope.converts() {
        // What one version leaves out the other may show as zero: both are brought in form.
        let in_form = |object: &Value| {
            let object = scope.to_request(object.clone());
            codec::json::retype(scope.kind.message, &object, false)
                .map_or(object, |(typed, _)| typed)
        };
        let mut versioned = in_form(object);
        let live = live.map(in_form);
        let outcome = ownership::record(&types, writer, live.as_ref(), &mut versioned);
        meta::copy(object, &versioned, "managedFields");
        outcome
    } else {
        ownership::record(&types, writer, live, object)
    };
    if let Err(problem) = outcome {
        tracing::error!(kind = scope.kind.kind, "managed fields could not be updated: {problem}");
    }
}
