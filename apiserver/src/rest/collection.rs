//! DELETE of a collection.

use std::sync::atomic::{AtomicUsize, Ordering};

use futures::future::join_all;
use http::Response;
use pintle_engine::Status;
use pintle_engine::options::{DeleteOptions, ListOptions};

use super::delete::{read_options, run};
use super::list::{Item, name_of, page, respond, selection, tree_namespace};
use super::{Call, Failure};
use crate::body::Body;

/// Deletes what a list gives, some at a time, and answers with the list
/// (`registry.Store.DeleteCollection`).
pub(super) async fn delete(call: &Call<'_>) -> Result<Response<Body>, Failure> {
    let list_options = ListOptions::parse(&call.info.query)?;
    let selection = selection(call, &list_options)?;
    let options = read_options(call).await?;
    let page = page(call, &list_options, &selection).await?;
    let (items, next) = (page.items.list(), AtomicUsize::new(0));
    // One that fails ends; the others go on.
    let work = || async {
        while let Some(item) = items.get(next.fetch_add(1, Ordering::Relaxed)) {
            remove(call, item, &options).await?;
        }
        Ok(())
    };
    let workers = call.rest.delete_collection_workers.clamp(1, items.len().max(1));
    let ended = join_all((0..workers).map(|_| work())).await;
    ended.into_iter().collect::<Result<(), Status>>()?;
    Ok(respond(call, page)?)
}

async fn remove(call: &Call<'_>, item: &Item, options: &DeleteOptions) -> Result<(), Status> {
    let (key, value, revision) = item.parts();
    let tree = call.stored.decode(key, value, revision).map_err(super::answer::undecodable)?;
    match run(call, &name_of(item), tree_namespace(&tree), options).await {
        Err(status) if !status.is_not_found() => Err(status),
        _ => Ok(()),
    }
}
