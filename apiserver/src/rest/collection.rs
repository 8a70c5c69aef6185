//! DELETE of a collection.

use http::Response;
use pintle_engine::options::ListOptions;

use super::delete::{read_options, run};
use super::list::{name_of, page, respond, selection, tree_namespace};
use super::{Call, Failure};
use crate::body::Body;

/// Deletes what a list gives, one by one, and answers with the list
/// (`registry.Store.DeleteCollection`).
pub(super) async fn delete(call: &Call<'_>) -> Result<Response<Body>, Failure> {
    let list_options = ListOptions::parse(&call.info.query)?;
    let selection = selection(call, &list_options)?;
    let options = read_options(call).await?;
    let page = page(call, &list_options, &selection).await?;
    for item in &page.items {
        let (key, value, revision) = item.parts();
        let tree = call.stored.decode(key, value, revision).map_err(super::answer::undecodable)?;
        match run(call, &name_of(item), tree_namespace(&tree), &options).await {
            Err(status) if !status.is_not_found() => return Err(status.into()),
            _ => {}
        }
    }
    Ok(respond(call, page)?)
}
