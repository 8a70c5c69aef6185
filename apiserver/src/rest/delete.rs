//! DELETE of one object.

use http::Response;
use pintle_engine::admission::Operation;
use pintle_engine::delete::{self, Step};
use pintle_engine::options::DeleteOptions;
use pintle_engine::{Status, Value, decode, meta, negotiate};

use super::answer::undecodable;
use super::commit::{Admission, Change, Loaded, Swap};
use super::{Call, Failure, header, unreadable};
use crate::body::Body;

/// What a deletion leaves to tell.
pub(super) struct Deleted {
    /// The object, as it was last.
    pub(super) object: Value,
    /// It is gone, not only marked.
    pub(super) gone: bool,
    /// The object itself is the answer.
    pub(super) shown: bool,
}

/// Answers a DELETE (`handlers.DeleteResource`).
pub(super) async fn delete(call: &Call<'_>) -> Result<Response<Body>, Failure> {
    let options = read_options(call).await?;
    if unreadable::is_meant(&options) {
        return unreadable::delete(call, &options).await;
    }
    let deleted = run(call, &call.info.name, call.namespace(), &options).await?;
    let code = if !deleted.gone && options.orphan_dependents == Some(false) { 202 } else { 200 };
    if deleted.shown {
        return Ok(call.object(code, deleted.object)?);
    }
    Ok(call.status(code, &delete::success(&call.scope, &deleted.object)))
}

/// Options from the body, or from the query if there is none.
pub(super) async fn read_options(call: &Call<'_>) -> Result<DeleteOptions, Status> {
    let body = call.read_body().await?;
    let options = if body.is_empty() {
        DeleteOptions::from_query(&call.info.query)?
    } else {
        let encoding = negotiate::input(header(&call.parts, "content-type"))?;
        DeleteOptions::from_tree(decode::delete_options(&body, encoding)?)?
    };
    let silent = options.orphan_dependents.is_none() && options.propagation_policy.is_none();
    if silent && delete::orphans_by_default(&call.scope.row, call.scope.resource.version) {
        call.warnings.push(
            "child pods are preserved by default when jobs are deleted; set propagationPolicy=Background to remove them or set propagationPolicy=Orphan to suppress this warning",
        );
    }
    Ok(options)
}

/// Runs a deletion until it is committed or refused (`registry.Store.Delete`).
pub(super) async fn run(
    call: &Call<'_>,
    name: &str,
    namespace: &str,
    options: &DeleteOptions,
) -> Result<Deleted, Status> {
    let key = call.stored.key(namespace, name);
    let returns = call.scope.row.returns_deleted.answers(call.scope.resource.version);
    let mut options = options.clone();
    let mut marked: Option<Value> = None;
    call.settle().await?;
    loop {
        let found = call.rest.find(&call.stored, &key).await?;
        let loaded = found.map(|found| found.loaded(undecodable)).transpose()?;
        // Another object of the same name is none of this request's once it has marked one.
        let same = |loaded: &Loaded| {
            marked.as_ref().is_none_or(|marked| meta::uid(marked) == meta::uid(&loaded.object))
        };
        let Some(loaded) = loaded.filter(same) else {
            // Somebody else removed what this request marked: it is gone, as was asked.
            let object = marked.ok_or_else(|| call.scope.not_found(name))?;
            return Ok(Deleted { object, gone: true, shown: returns });
        };
        let ctx = call.context(name, options.dry_run);
        let collects = call.rest.garbage_collection;
        let step = delete::decide(&call.scope, &ctx, &options, &loaded.object, collects)?;
        let admission = Admission { operation: Operation::Delete, options: &options.tree, name };
        if step == Step::Pending {
            let shown = returns || call.scope.row.spec_finalizers;
            return Ok(Deleted { object: loaded.object, gone: false, shown });
        }
        call.mutate(&ctx, &admission, &mut Value::Null, Some(&loaded.object)).await?;
        call.admit(&ctx, &admission, &Value::Null, Some(&loaded.object)).await?;
        match step {
            Step::Remove => {
                if let Some(object) = remove(call, &key, &loaded, &options).await? {
                    return Ok(Deleted { object, gone: true, shown: returns });
                }
            }
            Step::Store { object, then_remove } => {
                let stored = mark(call, &key, &loaded, object, options.dry_run).await?;
                let Some((object, revision)) = stored else { continue };
                if !then_remove {
                    return Ok(Deleted { object, gone: false, shown: true });
                }
                if options.dry_run {
                    return Ok(Deleted { object, gone: true, shown: true });
                }
                options.precondition_resource_version =
                    options.precondition_resource_version.map(|_| revision.to_string());
                let stored = Loaded { object, revision, ..loaded };
                if let Some(object) = remove(call, &key, &stored, &options).await? {
                    return Ok(Deleted { object, gone: true, shown: returns });
                }
                marked = Some(stored.object);
            }
            Step::Pending => {}
        }
    }
}

/// Stores the marked object; `None` if it changed under us.
async fn mark(
    call: &Call<'_>,
    key: &bytes::Bytes,
    loaded: &Loaded,
    mut object: Value,
    dry_run: bool,
) -> Result<Option<(Value, i64)>, Status> {
    let bytes = call.stored.encode(&mut object);
    if dry_run || loaded.holds(&bytes) {
        return Ok(Some((object, loaded.revision)));
    }
    let put = Change::Put(bytes, loaded.lease);
    match call.rest.swap(&call.stored, key, loaded.revision, put).await? {
        Swap::Done(revision) => {
            meta::set(&mut object, "resourceVersion", revision.to_string());
            Ok(Some((object, revision)))
        }
        Swap::Raced => Ok(None),
    }
}

/// Removes the object; `None` if it changed under us. The object's last state has the revision of
/// the deletion.
async fn remove(
    call: &Call<'_>,
    key: &bytes::Bytes,
    loaded: &Loaded,
    options: &DeleteOptions,
) -> Result<Option<Value>, Status> {
    let mut object = loaded.object.clone();
    if options.dry_run {
        return Ok(Some(object));
    }
    match call.rest.swap(&call.stored, key, loaded.revision, Change::Delete).await? {
        Swap::Done(revision) => {
            meta::set(&mut object, "resourceVersion", revision.to_string());
            call.after_delete(&object, options).await;
            Ok(Some(object))
        }
        Swap::Raced => Ok(None),
    }
}

#[cfg(test)]
mod tests;
