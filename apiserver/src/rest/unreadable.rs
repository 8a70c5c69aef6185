//! Stored values that cannot be read: how lists tell of them, and the deletion of one.

use http::Response;
use pintle_engine::admission::Access;
use pintle_engine::options::DeleteOptions;
use pintle_engine::{Status, Value, meta};
use pintle_machinery::status::{Cause, Details};
use pintle_storage::cache::Unreadable;

use super::commit::{Change, Found, Swap};
use super::{Call, Failure};
use crate::body::Body;
use crate::registry::Undecodable;

/// Most that a list names (`etcd3.maxCorruptObjErrsToAggregate`).
const MOST: usize = 100;
const VERB: &str = "unsafe-delete-ignore-read-errors";

/// Refuses a list of the keys with a prefix if it would leave some out: who reads it would take them
/// for deleted.
pub(super) fn refuse_list(call: &Call<'_>, prefix: &str) -> Result<(), Status> {
    match call.stored.cache.unreadable(prefix.as_bytes(), MOST) {
        found if found.is_empty() => Ok(()),
        found => Err(list_failure(call, &found)),
    }
}

/// What a list says that meets such values (`etcd3.aggregatedStorageError`).
pub(super) fn list_failure(call: &Call<'_>, found: &[Unreadable]) -> Status {
    let resource = call.scope.group_resource();
    let cause = |bad: &Unreadable| {
        let error = Undecodable::new(&bad.key, bad.revision, &bad.problem);
        Cause {
            reason: "UnexpectedServerResponse".into(),
            message: error.to_string(),
            field: error.key,
        }
    };
    let mut causes: Vec<Cause> = found.iter().map(cause).collect();
    let first = causes.first().map(|cause| cause.message.clone()).unwrap_or_default();
    let mut message = format!("failed to read one or more {resource} from the storage: {first}");
    if found.len() > 1 {
        message = format!("{message} (and {} more)", found.len() - 1);
    }
    if found.len() >= MOST {
        let message = "too many errors, the list is truncated".to_owned();
        causes.push(Cause { reason: "FieldValueTooMany".into(), message, ..Cause::default() });
    }
    Status::failure(500, "StorageReadError", message).with_details(Details {
        name: "list".to_owned(),
        group: call.scope.resource.group.to_owned(),
        kind: call.scope.resource.plural.to_owned(),
        causes,
        ..Details::default()
    })
}

/// Refuses a watch that begins with such a list (`cacher.Cacher`'s reflector cannot begin either).
pub(super) fn refuse_watch(call: &Call<'_>, prefix: &str) -> Result<(), Status> {
    refuse_list(call, prefix).map_err(|status| {
        let message = status.message;
        let text = format!("storage is (re)initializing: failed to list <unspecified>: {message}");
        Status::too_many_requests(text, 1)
    })
}

/// What a write says that finds one (`etcd3.store.getState`).
pub(super) fn write_failure(bad: Undecodable) -> Status {
    if bad.encrypted {
        return Status::internal_error(bad.problem);
    }
    Status::failure(500, "", bad.problem)
}

/// What is shown of an object that is gone and cannot be read: its name, from its key.
pub(super) fn remains(namespace: &str, name: &str, revision: i64) -> Value {
    let mut object = serde_json::json!({"metadata": {"name": name}});
    if !namespace.is_empty() {
        meta::set(&mut object, "namespace", namespace);
    }
    meta::set(&mut object, "resourceVersion", revision.to_string());
    object
}

/// Whether a deletion is meant for such a value.
pub(super) fn is_meant(options: &DeleteOptions) -> bool {
    options.tree["ignoreStoreReadErrorWithClusterBreakingPotential"] == true
}

/// Deletes a value that cannot be read, without regard to finalizers or admission
/// (`registry.corruptObjectDeleter`).
pub(super) async fn delete(
    call: &Call<'_>,
    options: &DeleteOptions,
) -> Result<Response<Body>, Failure> {
    let name = call.info.name.as_str();
    let resource = call.scope.group_resource();
    let access = Access {
        verb: VERB,
        version: call.scope.resource.version,
        group: call.scope.resource.group,
        resource: call.scope.resource.plural,
        subresource: "",
        namespace: call.namespace(),
        name,
    };
    if !call.rest.authorizer.allows(&call.user, &access) {
        let problem = format!("not permitted to do {VERB:?}, reason: ");
        return Err(Status::forbidden(resource, name, problem).into());
    }
    let key = call.key(name);
    loop {
        let found = call.rest.find(&call.stored, &key).await?;
        let Found { kv, object, .. } = found.ok_or_else(|| call.scope.not_found(name))?;
        if object.is_ok() {
            let problem = format!(
                "StorageError: invalid object, Code: 4, Key: {}, ResourceVersion: 0, \
                 AdditionalErrorMsg: unsafe deletion is not allowed because the object is \
                 decodable from storage",
                String::from_utf8_lossy(&key)
            );
            return Err(Status::conflict(resource, name, problem).into());
        }
        tracing::warn!(%resource, name, "Going to perform unsafe object deletion");
        let swap = || call.rest.swap(&call.stored, &key, kv.mod_revision, Change::Delete);
        if options.dry_run || matches!(swap().await?, Swap::Done(_)) {
            let kind = call.scope.kind.kind.to_owned();
            let details = Details { name: name.to_owned(), kind, ..Details::default() };
            return Ok(call.status(200, &Status::success(Some(details))));
        }
    }
}
