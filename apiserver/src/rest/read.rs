//! GET of one object.

use http::Response;
use pintle_engine::{Status, Value};
use pintle_machinery::status::Details;
use pintle_storage::cache::CacheError;

use super::answer::undecodable;
use super::{Call, Failure};
use crate::body::Body;
use crate::registry::SYNC_LIMIT;

/// Answers from the cache, after it has caught up as far as the client asks.
pub(super) async fn get(call: &Call<'_>) -> Result<Response<Body>, Failure> {
    let version = call.info.query.get("resourceVersion").unwrap_or_default();
    let fresh = catch_up(call, version).await.map_err(|status| match status.code {
        400 => Status::failure(500, "", strip(&status.message)),
        _ => status,
    })?;
    let name = &call.info.name;
    if !fresh {
        return Ok(call.object(200, from_store(call).await?)?);
    }
    let entry = call.stored.cache.get(&call.key(name));
    let entry = entry.ok_or_else(|| call.scope.not_found(name))?;
    Ok(call.entry(&entry)?)
}

/// The object as it is in the store.
pub(super) async fn from_store(call: &Call<'_>) -> Result<Value, Status> {
    let name = &call.info.name;
    let found = call.rest.find(&call.stored, &call.key(name)).await?;
    let found = found.ok_or_else(|| call.scope.not_found(name))?;
    Ok(found.loaded(undecodable)?.object)
}

/// The text of a malformed version where upstream does not say what it is about.
pub(super) fn strip(message: &str) -> &str {
    message.strip_prefix("invalid resource version: ").unwrap_or(message)
}

/// Waits until the cache is at least at a resource version: the newest if it is empty. False if the
/// cache does not come to the newest, whose objects are then to be read from the store
/// (`cacher.CacheDelegator.GetList`).
pub(super) async fn catch_up(call: &Call<'_>, version: &str) -> Result<bool, Status> {
    let cache = &call.stored.cache;
    let done = match version {
        "" => match call.stored.sync().await {
            Err(CacheError::TooNew { .. } | CacheError::NotReady) => return Ok(false),
            other => other.map(|_| ()),
        },
        "0" => cache.wait_for(0, SYNC_LIMIT).await,
        _ => cache.wait_for(parse_version(version)?, SYNC_LIMIT).await,
    };
    done.map(|()| true).map_err(|error| cache_error(&error))
}

/// A resource version of a read.
pub(super) fn parse_version(text: &str) -> Result<i64, Status> {
    text.parse::<u64>().ok().and_then(|number| i64::try_from(number).ok()).ok_or_else(|| {
        let mut errors = pintle_engine::Errors::new();
        errors.invalid("resourceVersion", text, pintle_engine::write::parse_uint_problem(text));
        let text = errors.iter().map(ToString::to_string).collect::<String>();
        Status::bad_request(format!("invalid resource version: {text}"))
    })
}

/// What the cache cannot do, on the wire.
pub(super) fn cache_error(error: &CacheError) -> Status {
    match error {
        CacheError::TooNew { requested, current } => {
            Status::too_large_resource_version(*requested as u64, *current as u64, 1)
        }
        CacheError::TooOld { .. } => {
            Status::resource_expired("The resourceVersion for the provided list is too old.")
        }
        CacheError::Expired { .. } | CacheError::NotReady => {
            Status::too_many_requests("storage is (re)initializing", 1)
        }
        CacheError::Store(error) => store_error(error),
    }
}

/// What the store cannot do, on the wire.
pub(super) fn store_error(error: &pintle_storage::Error) -> Status {
    match error {
        pintle_storage::Error::TooLarge => {
            Status::failure(500, "", "etcdserver: request is too large")
        }
        pintle_storage::Error::Compacted { .. } => {
            Status::resource_expired("The resourceVersion for the provided list is too old.")
        }
        // A store that cannot be reached is one that can be asked again.
        pintle_storage::Error::Unavailable(why) => Status::service_unavailable(why.clone())
            .with_details(Details { retry_after_seconds: 1, ..Details::default() }),
        other => Status::failure(500, "", other.to_string()),
    }
}

#[cfg(test)]
mod tests;
