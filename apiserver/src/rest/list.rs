//! LIST: a snapshot, filtered, in pages, streamed.

use std::sync::Arc;
use std::time::Instant;

use bytes::Bytes;
use http::Response;
use pintle_api::codec::list::ListMeta;
use pintle_engine::negotiate::Transform;
use pintle_engine::options::ListOptions;
use pintle_engine::paging::Continue;
use pintle_engine::selection::{Selection, convert_fields};
use pintle_engine::{Status, encode, meta};
use pintle_storage::cache::{Cache, CacheError, Entry, Snapshot};
use pintle_storage::{KeyValue, Range, key_after, prefix_end};

use super::answer::{self, Form, undecodable};
use super::read::{cache_error, catch_up, parse_version, store_error};
use super::{Call, Failure, items, unreadable};
use crate::body::Body;
use crate::registry::SYNC_LIMIT;
use crate::storage_metrics::Source;

/// An object of a list: cached, or read from the store's past.
#[derive(Clone)]
pub(super) enum Item {
    Cached(Arc<Entry>),
    Past(KeyValue),
}

impl Item {
    pub(super) fn parts(&self) -> (&[u8], &[u8], i64) {
        match self {
            Self::Cached(entry) => (&entry.key, &entry.value, entry.mod_revision),
            Self::Past(kv) => (&kv.key, &kv.value, kv.mod_revision),
        }
    }

    /// Its bytes in a form, of which nothing is kept.
    pub(super) fn passing(&self, call: &CallForms, form: Form) -> Option<Bytes> {
        let made = match self {
            Self::Cached(entry) => answer::passing(&call.served, &call.stored, entry, form),
            Self::Past(_) => answer::make(&call.served, &call.stored, self.parts(), form),
        };
        made.inspect_err(|error| tracing::error!("{error}")).ok()
    }
}

/// What encoding an item needs, apart from the request.
#[derive(Clone)]
pub(super) struct CallForms {
    pub(super) served: Arc<crate::registry::Served>,
    pub(super) stored: Arc<crate::registry::Stored>,
}

/// A page of a list.
pub(super) struct Page {
    pub(super) items: Items,
    pub(super) meta: ListMeta,
}

/// The objects of a page.
pub(super) enum Items {
    /// All of a snapshot from some place on.
    Span(Span),
    /// Some that were picked.
    Picked(Vec<Item>),
}

impl Items {
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Span(span) => span.count,
            Self::Picked(items) => items.len(),
        }
    }

    pub(super) fn list(&self) -> Vec<Item> {
        match self {
            Self::Span(span) => span.entries().cloned().map(Item::Cached).collect(),
            Self::Picked(items) => items.clone(),
        }
    }
}

/// Objects of a snapshot that stand side by side.
#[derive(Clone)]
pub(super) struct Span {
    pub(super) snapshot: Snapshot,
    /// What their keys begin with.
    pub(super) prefix: Bytes,
    /// Where they begin.
    pub(super) start: Bytes,
    /// How many there are.
    pub(super) count: usize,
}

impl Span {
    pub(super) fn entries(&self) -> impl Iterator<Item = &Arc<Entry>> {
        self.snapshot.range(&self.prefix, &self.start).take(self.count)
    }
}

/// Answers a LIST.
pub(super) async fn list(call: &Call<'_>) -> Result<Response<Body>, Failure> {
    let options = ListOptions::parse(&call.info.query)?;
    let selection = selection(call, &options)?;
    let page = page(call, &options, &selection).await?;
    Ok(respond(call, page)?)
}

/// The predicate of a list or watch, with the name of a single object's path in it.
pub(super) fn selection(call: &Call<'_>, options: &ListOptions) -> Result<Selection, Status> {
    let row = &call.scope.row;
    let version = (call.scope.resource.group, call.scope.resource.version);
    let mut fields = match options.field_selector.clone() {
        Some(selector) => {
            Some(convert_fields(row, call.scope.resource.namespaced, version, selector)?)
        }
        None => None,
    };
    let name = &call.info.name;
    if !name.is_empty() {
        match fields.as_ref().filter(|fields| !fields.is_empty()) {
            Some(fields) if fields.requires_exact_match("metadata.name") != Some(name) => {
                return Err(Status::bad_request(
                    "fieldSelector metadata.name doesn't match requested name",
                ));
            }
            Some(_) => {}
            None => {
                fields = pintle_machinery::selector::FieldSelector::parse(&format!(
                    "metadata.name={}",
                    pintle_machinery::selector::escape_value(name)
                ))
                .ok();
            }
        }
    }
    Ok(Selection { labels: options.label_selector.clone(), fields })
}

/// The namespace that a list is confined to, by its path or its field selector.
pub(super) fn namespace_of<'b>(call: &'b Call<'_>, selection: &'b Selection) -> &'b str {
    let own = call.namespace();
    if !own.is_empty() || !call.scope.resource.namespaced {
        return own;
    }
    selection.single_namespace().unwrap_or_default()
}

/// Judges an entry by its facts; a tree is made only for fields that are not indexed.
pub(super) fn matches(call: &CallForms, selection: &Selection, entry: &Arc<Entry>) -> bool {
    if selection.is_empty() {
        return true;
    }
    let row = &call.served.scope.row;
    selection.matches(
        |label| entry.facts.label(label),
        |field| match field {
            "metadata.name" => entry.name().to_owned(),
            "metadata.namespace" => entry.namespace().to_owned(),
            _ => match call.stored.cache.field_index(field) {
                Some(index) => entry.facts.field(index).to_owned(),
                None => call.stored.tree(entry).map_or_else(
                    |_| String::new(),
                    |tree| pintle_engine::selection::field_value(row, &tree, field),
                ),
            },
        },
    )
}

/// The revision of a list that is read from the store as it is.
const NEWEST: i64 = 0;

/// Finds the objects of a list (`cacher.GetList`, `etcd3.store.GetList`).
pub(super) async fn page(
    call: &Call<'_>,
    options: &ListOptions,
    selection: &Selection,
) -> Result<Page, Status> {
    let forms = CallForms { served: call.served.clone(), stored: call.stored.clone() };
    let prefix = call.stored.prefix(namespace_of(call, selection));
    let version = options.resource_version.as_str();
    let mut start = Vec::new();
    let mut limit = usize::try_from(options.limit).unwrap_or(0);
    let mut exact = None;
    if options.continue_token.is_empty() {
        let number = if version.is_empty() { 0 } else { parse_version(version)? };
        let matched = options.resource_version_match.as_str();
        let legacy_exact = matched.is_empty() && limit > 0 && number > 0;
        if matched == "Exact" || legacy_exact {
            let waited = call.stored.cache.wait_for(number, SYNC_LIMIT).await;
            waited.map_err(|error| cache_error(&error))?;
            exact = Some(number);
        } else if !catch_up_list(call, version).await? {
            exact = Some(NEWEST);
        }
        if number == 0 && !version.is_empty() {
            limit = 0;
        }
    } else {
        let token = Continue::decode(&options.continue_token)?;
        if !matches!(version, "" | "0") {
            return Err(Status::bad_request(
                "specifying resource version is not allowed when using continue",
            ));
        }
        start = [prefix.as_bytes(), token.start.as_bytes()].concat();
        if token.revision > 0 {
            exact = Some(token.revision);
        } else if !catch_up_list(call, "").await? {
            exact = Some(NEWEST);
        }
    }
    let place = Place { prefix: &prefix, start: &start, limit };
    let found = if let Some(revision) = exact {
        at_revision(call, &forms, revision, place, selection).await?
    } else {
        unreadable::refuse_list(call, &prefix)?;
        let snapshot = call.stored.cache.snapshot();
        match selection.single_name() {
            Some(name) if prefix_is_whole(call, selection) => {
                let within = format!("{prefix}{name}");
                let place = Place { prefix: &within, ..place };
                in_snapshot(&call.stored.cache, snapshot, &forms, selection, place)
            }
            _ => in_snapshot(&call.stored.cache, snapshot, &forms, selection, place),
        }
    };
    if let Some(metrics) = &call.stored.metrics {
        metrics.note_list(found.source, found.looked_at, found.items.len());
    }
    Ok(finish_page(found, &prefix, selection))
}

/// The same as [`catch_up`], and counts a read of the newest that the cache can answer.
async fn catch_up_list(call: &Call<'_>, version: &str) -> Result<bool, Status> {
    let start = Instant::now();
    let fresh = catch_up(call, version).await?;
    if let Some(metrics) = call.stored.metrics.as_ref().filter(|_| version != "0") {
        metrics.note_read_wait(start.elapsed());
        if fresh && version.is_empty() {
            metrics.note_consistent_read(true, false);
        }
    }
    Ok(fresh)
}

/// Which objects a page is made of, before they are selected.
#[derive(Clone, Copy)]
struct Place<'a> {
    prefix: &'a str,
    start: &'a [u8],
    limit: usize,
}

/// Keys below the list's prefix are names, so that a name gives the key.
fn prefix_is_whole(call: &Call<'_>, selection: &Selection) -> bool {
    !call.scope.resource.namespaced || !namespace_of(call, selection).is_empty()
}

struct Found {
    items: Items,
    /// How many are left over; of a selection no more than whether any are.
    more: usize,
    /// Key of the last one.
    last: Option<Bytes>,
    revision: i64,
    /// How many were looked at, and where.
    looked_at: usize,
    source: Source,
}

fn in_snapshot(
    cache: &Cache,
    snapshot: Snapshot,
    forms: &CallForms,
    selection: &Selection,
    Place { prefix, start, limit }: Place<'_>,
) -> Found {
    let revision = snapshot.revision;
    if !selection.is_empty() {
        let entries = snapshot.range(prefix.as_bytes(), start).cloned().map(Item::Cached);
        return collect(entries, forms, selection, limit, revision);
    }
    let (prefix, start) =
        (Bytes::copy_from_slice(prefix.as_bytes()), Bytes::copy_from_slice(start));
    let all = cache.count(&snapshot, &prefix, &start);
    let count = if limit > 0 { all.min(limit) } else { all };
    let last = count.checked_sub(1).filter(|_| all > count);
    let last = last.and_then(|last| snapshot.range(&prefix, &start).nth(last));
    let last = last.map(|entry| entry.key.clone());
    if let Some(last) = &last {
        cache.note_left(&snapshot, &prefix, key_after(last), all - count);
    }
    let items = Items::Span(Span { snapshot, prefix, start, count });
    let source = Source::Cache;
    Found { items, more: all - count, last, revision, looked_at: count, source }
}

fn collect(
    mut all: impl Iterator<Item = Item>,
    forms: &CallForms,
    selection: &Selection,
    limit: usize,
    revision: i64,
) -> Found {
    let (mut items, mut looked_at) = (Vec::new(), 0);
    let single = selection.single_name();
    for item in all.by_ref() {
        looked_at += 1;
        let wanted = match &item {
            Item::Cached(entry) => {
                single.is_none_or(|name| entry.name() == name) && matches(forms, selection, entry)
            }
            Item::Past(kv) => match forms.stored.decode(&kv.key, &kv.value, kv.mod_revision) {
                Ok(tree) => selection.matches_tree(&forms.served.scope.row, &tree),
                Err(_) => false,
            },
        };
        if wanted {
            items.push(item);
        }
        if limit > 0 && items.len() == limit {
            break;
        }
    }
    let more = match limit {
        0 => 0,
        _ if selection.is_empty() => all.count(),
        _ => usize::from(all.next().is_some()),
    };
    let last = items.last().map(|item| Bytes::copy_from_slice(item.parts().0));
    let (items, source) = (Items::Picked(items), Source::Cache);
    Found { items, more, last, revision, looked_at, source }
}

/// A list in the past: from a snapshot while the cache reaches back, else from the store. That of
/// [`NEWEST`] is always from the store.
async fn at_revision(
    call: &Call<'_>,
    forms: &CallForms,
    revision: i64,
    place: Place<'_>,
    selection: &Selection,
) -> Result<Found, Status> {
    let Place { prefix, start, limit } = place;
    let snapshot = match revision {
        NEWEST => Err(CacheError::NotReady),
        _ => call.stored.cache.snapshot_at(revision),
    };
    match snapshot {
        Ok(snapshot) => {
            unreadable::refuse_list(call, prefix)?;
            return Ok(in_snapshot(&call.stored.cache, snapshot, forms, selection, place));
        }
        Err(CacheError::TooOld { .. } | CacheError::NotReady) => {}
        Err(error) => return Err(cache_error(&error)),
    }
    let from = if start.is_empty() { prefix.as_bytes() } else { start };
    let range = Range {
        start: Bytes::copy_from_slice(from),
        end: prefix_end(prefix.as_bytes()),
        revision,
        ..Range::default()
    };
    let start_time = Instant::now();
    let result = call.stored.store.range(range).await;
    if let Some(metrics) = &call.stored.metrics {
        metrics.note_list_time(start_time);
        if revision == NEWEST {
            metrics.note_consistent_read(result.is_ok(), true);
        }
    }
    match result {
        Ok(result) => {
            let looked_at = result.kvs.len();
            let (mut items, mut bad) = (Vec::new(), Vec::new());
            for kv in result.kvs {
                match call.stored.completed(kv) {
                    Ok(kv) => items.push(Item::Past(kv)),
                    Err(one) => bad.push(one),
                }
            }
            if !bad.is_empty() {
                return Err(unreadable::list_failure(call, &bad));
            }
            let revision = if revision == NEWEST { result.revision } else { revision };
            let found = collect(items.into_iter(), forms, selection, limit, revision);
            Ok(Found { looked_at, source: Source::Store, ..found })
        }
        Err(pintle_storage::Error::Compacted { .. }) if !start.is_empty() => {
            Err(expired_continue(prefix, start))
        }
        Err(error) => Err(store_error(&error)),
    }
}

/// A token whose revision is gone comes back as one that goes on with the newest
/// (`etcd3.handleCompactedErrorForContinue`).
fn expired_continue(prefix: &str, start: &[u8]) -> Status {
    let mut status = Status::resource_expired(
        "The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.",
    );
    let relative = String::from_utf8_lossy(start.get(prefix.len()..).unwrap_or_default());
    status.metadata.continue_token =
        Continue { revision: -1, start: relative.into_owned() }.encode();
    status
}

fn finish_page(found: Found, prefix: &str, selection: &Selection) -> Page {
    let mut meta = ListMeta { resource_version: found.revision.to_string(), ..ListMeta::default() };
    if found.more > 0
        && let Some(last) = &found.last
    {
        let key = String::from_utf8_lossy(last);
        let start = format!("{}\0", key.strip_prefix(prefix).unwrap_or(&key));
        meta.continue_token = Continue { revision: found.revision, start }.encode();
        if selection.is_empty() {
            meta.remaining_item_count = Some(found.more as i64);
        }
    }
    Page { items: found.items, meta }
}

/// Writes a page in the negotiated form.
pub(super) fn respond(call: &Call<'_>, page: Page) -> Result<Response<Body>, Status> {
    let kind = format!("{}List", call.scope.kind.kind);
    match &call.accepted.transform {
        None => Ok(items::objects(call, page, &kind)),
        Some(Transform::MetadataList(version)) => {
            let api_version = format!("meta.k8s.io/{version}");
            Ok(items::metadata(call, page, ("PartialObjectMetadataList", &api_version)))
        }
        Some(Transform::Metadata(_)) => {
            let package = answer::package(call.scope.storage.group);
            let message = format!(
                "you requested PartialObjectMetadata, but the requested object is a list (*{package}.{kind})"
            );
            Err(Status::failure(406, "NotAcceptable", message))
        }
        Some(Transform::Table(version)) => table_list(call, &page, version),
    }
}

fn table_list(call: &Call<'_>, page: &Page, version: &str) -> Result<Response<Body>, Status> {
    let encoding = call.accepted.encoding;
    let mut metadata = serde_json::json!({"resourceVersion": page.meta.resource_version});
    if !page.meta.continue_token.is_empty() {
        metadata["continue"] = page.meta.continue_token.clone().into();
    }
    if let Some(count) = page.meta.remaining_item_count {
        metadata["remainingItemCount"] = count.into();
    }
    let mut trees = Vec::with_capacity(page.items.len());
    for item in page.items.list() {
        let (key, value, revision) = item.parts();
        let tree = call.stored.decode(key, value, revision).map_err(undecodable)?;
        trees.push(call.scope.to_request(tree));
    }
    let bytes = call.table_of(trees.iter(), version, &metadata)?;
    let bytes = encode::from_json(&bytes, encoding, call.accepted.pretty);
    Ok(call.finish(answer::respond(200, encoding.media_type(), bytes)))
}

/// The name of an item, from its key.
pub(super) fn name_of(item: &Item) -> String {
    let key = String::from_utf8_lossy(item.parts().0);
    key.rsplit('/').next().unwrap_or_default().to_owned()
}

/// The namespace of a decoded item.
pub(super) fn tree_namespace(tree: &pintle_engine::Value) -> &str {
    meta::namespace(tree)
}
