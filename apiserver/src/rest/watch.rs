//! WATCH: events of the cache, filtered and framed.

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures::Stream;
use http::Response;
use http::header::{CONTENT_TYPE, HeaderValue};
use pintle_api::codec::protobuf::watch_frame;
use pintle_component::serving::Follows;
use pintle_engine::negotiate::{Encoding, Transform};
use pintle_engine::options::{IncludeObject, ListOptions};
use pintle_engine::selection::Selection;
use pintle_engine::{Status, Value, encode, table};
use pintle_storage::cache::{CacheError, CacheEvent, CacheWatch, Entry, EventKind, Interest};
use pintle_storage::{Clock, Error};
use tokio::time::{Instant, Sleep, sleep_until, timeout_at};

use super::answer::{self, Change, Form, empty_object};
use super::list::{CallForms, matches, namespace_of, selection};
use super::read::{cache_error, parse_version, strip};
use super::{Call, Failure, unreadable};
use crate::body::{self, Body, BoxError};
use crate::compression;
use crate::registry::SYNC_LIMIT;

/// Events taken at a time.
const BATCH: usize = 256;
/// Time between bookmarks.
const BOOKMARK_EVERY: Duration = Duration::from_mins(1);
/// The last bookmark comes so long before the end.
const BOOKMARK_BEFORE_END: Duration = Duration::from_secs(2);

/// Answers a WATCH.
pub(super) async fn watch(call: &Call<'_>) -> Result<Response<Body>, Failure> {
    let mut options = ListOptions::parse(&call.info.query)?;
    options.watch = true;
    let selection = selection(call, &options)?;
    let frames = Frames::new(call)?;
    let version = options.resource_version.as_str();
    let after = match version {
        "" => 0,
        text => parse_version(text)
            .map_err(|status| Status::failure(500, "", strip(&status.message)))?,
    };
    let interest = interest(call, &selection);
    let seconds = match options.timeout_seconds {
        Some(seconds) if seconds > 0 => seconds as u64,
        _ => {
            let least = call.rest.min_request_timeout_seconds;
            least + (least as f64 * rand::random::<f64>()) as u64
        }
    };
    let end = Instant::now() + Duration::from_secs(seconds);
    // Without a version, and without a word about it, a watch begins with what is there, too.
    let asked = options.send_initial_events == Some(true);
    let initial = asked || (after == 0 && options.send_initial_events.is_none());
    let started = match options.timeout_seconds {
        Some(seconds) if seconds < 0 => None,
        _ => timeout_at(end, start(call, &options, after, interest, initial)).await.ok(),
    };
    let started = started.unwrap_or_else(|| Err(failed("context deadline exceeded")));
    let follows = frames.form().is_some();
    let mut watcher = Watcher {
        frames,
        selection,
        watch: None,
        ready: VecDeque::new(),
        end,
        bookmarks: options.allow_watch_bookmarks,
        next_bookmark: Instant::now() + BOOKMARK_EVERY,
        last_bookmark: false,
        timer: Box::pin(sleep_until(end)),
        after,
    };
    watcher.set_timer();
    match started {
        Ok(Started { watch, snapshot }) => {
            if let Some((entries, revision)) = snapshot {
                watcher.initial(&entries, revision, asked);
            }
            watcher.watch = Some(watch);
        }
        Err(Refusal::Event(status)) => watcher.error(&status),
        Err(Refusal::Request(status)) => return Err(status.into()),
    }
    let encoding = call.accepted.encoding;
    let media_type = match encoding {
        Encoding::Protobuf => "application/vnd.kubernetes.protobuf;stream=watch",
        _ => encoding.media_type(),
    };
    let mut response = Response::new(body::stream(watcher));
    if follows {
        response.extensions_mut().insert(Follows);
    }
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    if asked && options.allow_watch_bookmarks {
        compression::mark_watch_list(&mut response);
    }
    Ok(call.finish(response))
}

fn interest(call: &Call<'_>, selection: &Selection) -> Interest {
    let namespace = namespace_of(call, selection);
    let placed = !call.scope.resource.namespaced || !namespace.is_empty();
    if let Some(name) = selection.single_name().filter(|_| placed) {
        return Interest::Object(call.stored.key(namespace, name));
    }
    if let Some(value) =
        selection.fields.as_ref().and_then(|fields| fields.requires_exact_match("spec.nodeName"))
        && namespace.is_empty()
        && let Some(interest) = call.stored.cache.field_interest("spec.nodeName", value)
    {
        return interest;
    }
    if call.scope.resource.namespaced && !namespace.is_empty() {
        return call.stored.cache.namespace_interest(namespace);
    }
    Interest::All
}

struct Started {
    watch: CacheWatch,
    snapshot: Option<(Vec<Arc<Entry>>, i64)>,
}

enum Refusal {
    /// The stream opens and says why it ends.
    Event(Status),
    /// The request is refused.
    Request(Status),
}

/// What the stream says when the store cannot be asked (`cacher.newErrWatcher`).
fn failed(why: &str) -> Refusal {
    Refusal::Event(Status::failure(500, "InternalError", why))
}

/// What is said where watches cannot tell how far they have come (`cacher.Cacher.Watch`).
const NO_PROGRESS: &str = "a watch stream was requested by the client but the required storage \
                           feature RequestWatchProgress is disabled";

async fn start(
    call: &Call<'_>,
    options: &ListOptions,
    after: i64,
    interest: Interest,
    initial: bool,
) -> Result<Started, Refusal> {
    let cache = &call.stored.cache;
    let refuse = |error: &CacheError| match error {
        CacheError::TooOld { requested, oldest } => Refusal::Event(too_old(*requested, *oldest)),
        CacheError::TooNew { .. } => Refusal::Event(cache_error(error)),
        CacheError::Store(Error::Refused(why)) => failed(why),
        other => Refusal::Request(cache_error(other)),
    };
    let streams = options.send_initial_events == Some(true) && options.allow_watch_bookmarks;
    if streams && !call.stored.store.tells_progress() {
        return Err(failed(NO_PROGRESS));
    }
    if initial {
        let waited = match options.resource_version.as_str() {
            "" => call.stored.settle().await,
            _ => cache.wait_for(after, SYNC_LIMIT).await,
        };
        waited.map_err(|error| refuse(&error))?;
        let (snapshot, watch) = cache.watch_from_now(interest).map_err(|error| refuse(&error))?;
        let prefix = call.stored.prefix(call.namespace());
        unreadable::refuse_watch(call, &prefix).map_err(Refusal::Request)?;
        let entries = snapshot.range(prefix.as_bytes(), b"").cloned().collect();
        return Ok(Started { watch, snapshot: Some((entries, snapshot.revision)) });
    }
    if after == 0 {
        call.stored.settle().await.map_err(|error| refuse(&error))?;
        let (_, watch) = cache.watch_from_now(interest).map_err(|error| refuse(&error))?;
        return Ok(Started { watch, snapshot: None });
    }
    let watch = cache.watch(after, interest).map_err(|error| refuse(&error))?;
    Ok(Started { watch, snapshot: None })
}

/// `too old resource version: 1 (7)`.
fn too_old(requested: i64, oldest: i64) -> Status {
    Status::resource_expired(format!("too old resource version: {requested} ({oldest})"))
}

struct Watcher {
    frames: Frames,
    selection: Selection,
    watch: Option<CacheWatch>,
    ready: VecDeque<Bytes>,
    end: Instant,
    bookmarks: bool,
    next_bookmark: Instant,
    last_bookmark: bool,
    /// For the next bookmark, or the end.
    timer: Pin<Box<Sleep>>,
    after: i64,
}

impl Watcher {
    /// The present objects, and the bookmark that ends them.
    fn initial(&mut self, entries: &[Arc<Entry>], revision: i64, asked: bool) {
        for entry in entries {
            if matches(&self.frames.forms, &self.selection, entry)
                && let Some(frame) = self.frames.initial(entry)
            {
                self.ready.push_back(frame);
            }
        }
        self.after = revision;
        if asked && self.bookmarks {
            let object = empty_object(&self.frames.forms.served, revision, true);
            self.ready.push_back(self.frames.tree("BOOKMARK", &object));
        }
    }

    fn error(&mut self, status: &Status) {
        self.ready.push_back(self.frames.status(status));
    }

    fn events(&mut self, events: &[Arc<CacheEvent>]) {
        for event in events {
            self.event(event);
        }
    }

    /// A change as this watcher sees it: objects enter and leave the selection.
    fn event(&mut self, event: &CacheEvent) {
        let forms = &self.frames.forms;
        let now = event.kind != EventKind::Deleted && matches(forms, &self.selection, &event.entry);
        let before = match &event.previous {
            Some(previous) => matches(forms, &self.selection, previous),
            None => {
                event.kind == EventKind::Deleted && matches(forms, &self.selection, &event.entry)
            }
        };
        let frame = match (before, now) {
            (false, true) => self.frames.of(Change::Added, &event.entry),
            (true, true) => self.frames.of(Change::Modified, &event.entry),
            (true, false) => self.frames.of(Change::Deleted, event.departed()),
            (false, false) => None,
        };
        self.ready.extend(frame);
    }

    fn bookmark(&mut self) {
        let Some(watch) = &self.watch else { return };
        let revision = watch.complete().max(self.after);
        if revision > 0 {
            let object = empty_object(&self.frames.forms.served, revision, false);
            self.ready.push_back(self.frames.tree("BOOKMARK", &object));
        }
    }

    /// Takes what is ready, many frames at a time.
    fn take(&mut self) -> Option<Bytes> {
        const MOST: usize = 64 * 1024;
        let first = self.ready.pop_front()?;
        if self.ready.is_empty() {
            return Some(first);
        }
        let mut out = first.to_vec();
        while out.len() < MOST
            && let Some(frame) = self.ready.pop_front()
        {
            out.extend_from_slice(&frame);
        }
        Some(out.into())
    }

    /// When the last bookmark is due.
    fn last(&self) -> Instant {
        self.end.checked_sub(BOOKMARK_BEFORE_END).unwrap_or(self.end)
    }

    fn set_timer(&mut self) {
        let mut until = self.end;
        if self.bookmarks {
            until = until.min(self.next_bookmark);
            if !self.last_bookmark && self.last() > Instant::now() {
                until = until.min(self.last());
            }
        }
        self.timer.as_mut().reset(until);
    }

    /// The timer has run out: a bookmark, unless this is the end.
    fn on_time(&mut self) -> bool {
        let now = Instant::now();
        if now >= self.end {
            return false;
        }
        if self.bookmarks {
            self.next_bookmark = now + BOOKMARK_EVERY;
            self.last_bookmark |= now >= self.last();
            // What has arrived in the meantime goes before the bookmark.
            if let Some(Ok(events)) = self.watch.as_mut().map(|watch| watch.try_next(BATCH)) {
                self.events(&events);
                if events.len() < BATCH {
                    self.bookmark();
                }
            }
        }
        self.set_timer();
        true
    }
}

impl Stream for Watcher {
    type Item = Result<Bytes, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(bytes) = self.take() {
                return Poll::Ready(Some(Ok(bytes)));
            }
            if self.watch.is_none() {
                return Poll::Ready(None);
            }
            if self.timer.as_mut().poll(cx).is_ready() {
                if !self.on_time() {
                    return Poll::Ready(None);
                }
                continue;
            }
            let Some(watch) = &mut self.watch else { return Poll::Ready(None) };
            match ready!(watch.poll_next(cx, BATCH)) {
                Ok(events) => self.events(&events),
                Err(error) => {
                    self.watch = None;
                    if let CacheError::Expired { current } = error {
                        let status = too_old(self.after, current);
                        self.error(&status);
                    }
                }
            }
        }
    }
}

/// Makes the frames of one watch.
struct Frames {
    forms: CallForms,
    encoding: Encoding,
    transform: Option<Transform>,
    include: IncludeObject,
    headers: bool,
    clock: Arc<dyn Clock>,
    _watching: Arc<()>,
}

impl Frames {
    fn new(call: &Call<'_>) -> Result<Self, Status> {
        let include = match &call.accepted.transform {
            Some(Transform::Table(_)) => IncludeObject::parse(&call.info.query)?,
            _ => IncludeObject::Metadata,
        };
        Ok(Self {
            forms: CallForms { served: call.served.clone(), stored: call.stored.clone() },
            encoding: call.accepted.encoding,
            transform: call.accepted.transform.clone(),
            include,
            headers: true,
            clock: Arc::clone(&call.rest.clock),
            _watching: call.served.watching.clone(),
        })
    }

    /// The form that the objects of events have; none if each is made for this watch alone.
    fn form(&self) -> Option<Form> {
        Form::of(self.transform.as_ref(), self.encoding)
    }

    /// What all watchers of a change are sent is made once.
    fn of(&mut self, change: Change, entry: &Arc<Entry>) -> Option<Bytes> {
        let Some(form) = self.form() else { return self.own(change, entry) };
        let CallForms { served, stored } = &self.forms;
        let encoding = self.encoding;
        let frame = |bytes: &[u8]| frame(encoding, change.name(), bytes);
        match answer::event(served, stored, entry, (form, change), frame) {
            Ok(frame) => Some(frame),
            Err(_) => self.of_unreadable(change, entry),
        }
    }

    /// Of what is there, the object's bytes alone are kept: reads use them, too.
    fn initial(&mut self, entry: &Arc<Entry>) -> Option<Bytes> {
        let Some(form) = self.form() else { return self.own(Change::Added, entry) };
        let bytes = answer::encoded(&self.forms.served, &self.forms.stored, entry, form).ok()?;
        Some(frame(self.encoding, Change::Added.name(), &bytes))
    }

    fn own(&mut self, change: Change, entry: &Arc<Entry>) -> Option<Bytes> {
        let Ok(tree) = self.forms.stored.tree(entry) else {
            return self.of_unreadable(change, entry);
        };
        let tree = self.forms.served.scope.to_request((*tree).clone());
        Some(self.tree(change.name(), &tree))
    }

    /// Of what cannot be read only its end can be told: who knew it before must learn of that.
    fn of_unreadable(&mut self, change: Change, entry: &Arc<Entry>) -> Option<Bytes> {
        let remains = unreadable::remains(entry.namespace(), entry.name(), entry.mod_revision);
        let tree = answer::typed(&self.forms.served, remains);
        matches!(change, Change::Deleted).then(|| self.tree(change.name(), &tree))
    }

    /// A tree in the request's version.
    fn tree(&mut self, kind: &str, tree: &Value) -> Bytes {
        let served = &self.forms.served;
        let bytes = match &self.transform {
            None if self.encoding == Encoding::Protobuf => {
                answer::from_tree(served, tree, Form::Protobuf)
            }
            None => answer::from_tree(served, tree, Form::Json),
            Some(Transform::Table(version)) => {
                let options = table::Options {
                    version,
                    include: if is_initial_end(tree) {
                        IncludeObject::Metadata
                    } else {
                        self.include
                    },
                    now: self.clock.now_milliseconds().div_euclid(1000),
                    headers: std::mem::take(&mut self.headers),
                };
                let full = (options.include == IncludeObject::Object)
                    .then(|| answer::from_tree(served, tree, Form::Json).to_vec());
                let rows = std::iter::once((tree, full));
                table::write(&served.scope.row, &answer::own_meta(tree), rows, options).into()
            }
            Some(_) if self.encoding == Encoding::Protobuf => {
                answer::from_tree(served, tree, Form::PartialProtobuf)
            }
            Some(Transform::Metadata(version) | Transform::MetadataList(version)) => {
                table::partial_json(&table::partial(tree, version)).into()
            }
        };
        frame(self.encoding, kind, &bytes)
    }

    fn status(&self, status: &Status) -> Bytes {
        let bytes = encode::status(status, self.encoding, false);
        let bytes = bytes.strip_suffix(b"\n").unwrap_or(&bytes);
        frame(self.encoding, "ERROR", bytes)
    }
}

fn is_initial_end(tree: &Value) -> bool {
    tree.pointer("/metadata/annotations/k8s.io~1initial-events-end").is_some()
}

fn frame(encoding: Encoding, kind: &str, object: &[u8]) -> Bytes {
    if encoding == Encoding::Protobuf {
        return watch_frame(kind, object).into();
    }
    let pieces: [&[u8]; 5] = [b"{\"type\":\"", kind.as_bytes(), b"\",\"object\":", object, b"}\n"];
    pieces.concat().into()
}
