//! Watches of etcd: one stream each, opened again where it broke off.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use bytes::Bytes;
use futures::stream::poll_fn;
use parking_lot::Mutex;
use tokio::sync::Notify;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tokio::task::AbortHandle;
use tokio::time::{Instant, sleep, sleep_until};
use tonic::Status;

use super::Inner;
use super::errors;
use super::members::{Opened, of_transport, silent};
use super::messages::{
    self, EVENT_DELETE, WatchCreateRequest, WatchProgressRequest, WatchRequest, WatchResponse,
    WatchUnion,
};
use crate::store::{Error, Event, Revision, Watch, WatchBatch, prefix_end};

/// More than this is left to wait in etcd.
const QUEUED_BYTES: usize = 64 << 20;
/// How soon a watcher learns of changes elsewhere.
const PROGRESS: Duration = Duration::from_secs(5);
/// How soon a member is asked again that has not come as far as the watcher wants to know: it may
/// be behind the one that told of it, and one that still reads old events does not answer
/// (`cacher/progress.progressRequestPeriod`).
const ASK_AGAIN: Duration = Duration::from_millis(100);
/// Pauses between attempts to open a broken stream again.
const PAUSES: (Duration, Duration) = (Duration::from_millis(25), Duration::from_secs(1));

#[derive(Default)]
struct State {
    pending: VecDeque<WatchBatch>,
    bytes: usize,
    ended: Option<Error>,
}

/// What a watch and the task that feeds it share.
#[derive(Default)]
struct Queue {
    state: Mutex<State>,
    arrival: Arc<Notify>,
    room: Notify,
    asked: Notify,
}

impl Queue {
    fn push(&self, batch: WatchBatch) {
        let mut state = self.state.lock();
        state.bytes += size(&batch);
        state.pending.push_back(batch);
        drop(state);
        self.arrival.notify_one();
    }

    fn end(&self, error: Error) {
        self.state.lock().ended = Some(error);
        self.arrival.notify_one();
    }

    fn is_full(&self) -> bool {
        self.state.lock().bytes > QUEUED_BYTES
    }
}

fn size(batch: &WatchBatch) -> usize {
    let of = |event: &Event| {
        let before = event.previous.as_ref().map_or(0, |kv| kv.key.len() + kv.value.len());
        event.kv.key.len() + event.kv.value.len() + before
    };
    batch.events.iter().map(of).sum()
}

/// One watch.
pub(super) struct EtcdWatch {
    queue: Arc<Queue>,
    task: AbortHandle,
}

impl EtcdWatch {
    /// Opens the stream; what breaks it later is the task's to mend.
    pub(super) async fn start(
        inner: Arc<Inner>,
        prefix: Bytes,
        after: Revision,
    ) -> Result<Self, Error> {
        // A member may be behind, so that its own now is too early.
        let delivered = if after == 0 { inner.revision().await? } else { after };
        let queue = Arc::default();
        let mut feeder = Feeder { inner, queue, prefix, delivered, confirmed: 0, wanted: 0 };
        let feed = feeder.open_first().await?;
        let queue = feeder.queue.clone();
        let task = tokio::spawn(feeder.run(feed)).abort_handle();
        Ok(Self { queue, task })
    }
}

impl Watch for EtcdWatch {
    fn try_next(&mut self) -> Result<Option<WatchBatch>, Error> {
        let mut state = self.queue.state.lock();
        let Some(batch) = state.pending.pop_front() else {
            return state.ended.clone().map_or(Ok(None), Err);
        };
        state.bytes -= size(&batch);
        if !state.pending.is_empty() || state.ended.is_some() {
            self.queue.arrival.notify_one();
        }
        if state.bytes <= QUEUED_BYTES {
            self.queue.room.notify_one();
        }
        Ok(Some(batch))
    }

    fn arrival(&self) -> Arc<Notify> {
        self.queue.arrival.clone()
    }

    fn request_progress(&self) {
        self.queue.asked.notify_one();
    }
}

impl Drop for EtcdWatch {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// An open stream.
struct Feed {
    requests: UnboundedSender<WatchRequest>,
    opened: Opened,
}

/// Why a stream ended.
enum End {
    /// It may be opened again.
    Broken(Status),
    /// The watch is over.
    Over(Error),
}

impl From<Status> for End {
    fn from(status: Status) -> Self {
        Self::Broken(status)
    }
}

struct Feeder {
    inner: Arc<Inner>,
    queue: Arc<Queue>,
    prefix: Bytes,
    /// Everything up to here has been queued.
    delivered: Revision,
    /// etcd has been seen at this revision.
    confirmed: Revision,
    /// The watcher has asked to be told when everything up to here has been queued.
    wanted: Revision,
}

impl Feeder {
    async fn run(mut self, mut feed: Feed) {
        loop {
            let end = self.follow(&mut feed).await;
            let reopened = match end {
                End::Over(error) => Err(error),
                End::Broken(status) => {
                    let prefix = String::from_utf8_lossy(&self.prefix).into_owned();
                    let error = errors::text(&status);
                    tracing::warn!(prefix, error, "a watch of etcd broke off, opening it again");
                    self.reopen().await
                }
            };
            match reopened {
                Ok(again) => feed = again,
                Err(error) => return self.queue.end(error),
            }
        }
    }

    /// Queues what arrives until the stream ends.
    async fn follow(&mut self, feed: &mut Feed) -> End {
        let mut look = Instant::now() + self.patience();
        loop {
            while self.queue.is_full() {
                self.queue.room.notified().await;
            }
            let ask = tokio::select! {
                () = self.inner.members.left(feed.opened.member) => return silent().into(),
                message = feed.opened.responses.message() => {
                    feed.opened.visit.heard();
                    match message {
                        Ok(Some(response)) => {
                            if let Err(error) = self.take(response) {
                                return End::Over(error);
                            }
                        }
                        Ok(None) => return Status::unavailable("EOF").into(),
                        Err(status) => return of_transport(status).into(),
                    }
                    false
                }
                () = self.queue.asked.notified() => {
                    self.wanted = self.inner.seen.load(Ordering::Relaxed);
                    look = look.min(Instant::now() + self.patience());
                    true
                }
                () = sleep_until(look) => {
                    look = Instant::now() + self.patience();
                    self.inner.seen.load(Ordering::Relaxed) > self.delivered
                }
            };
            let progress = WatchUnion::Progress(WatchProgressRequest {});
            let ask = ask && !self.inner.is_old();
            // A stream that takes no more requests ends with the next response.
            if ask && feed.requests.send(WatchRequest { request: Some(progress) }).is_err() {
                return Status::unavailable("EOF").into();
            }
        }
    }

    /// How long to wait for progress before it is asked for again.
    fn patience(&self) -> Duration {
        if self.wanted > self.delivered { ASK_AGAIN } else { PROGRESS }
    }

    fn take(&mut self, response: WatchResponse) -> Result<(), Error> {
        let header = self.inner.note(response.header.as_ref());
        self.confirmed = self.confirmed.max(header);
        if response.canceled {
            return Err(self.canceled(response));
        }
        let events: Vec<Event> = response.events.into_iter().filter_map(event).collect();
        // The header of events may be ahead of what else is on its way.
        let reached = events.last().map_or(header, |event| event.kv.mod_revision);
        if response.created || (events.is_empty() && reached < self.delivered) {
            return Ok(());
        }
        self.delivered = self.delivered.max(reached);
        self.queue.push(WatchBatch { revision: self.delivered, events });
        Ok(())
    }

    fn canceled(&self, response: WatchResponse) -> Error {
        if response.compact_revision > 0 {
            let compacted = response.compact_revision;
            return Error::Compacted { requested: self.delivered, compacted };
        }
        Error::Refused(response.cancel_reason)
    }

    /// Opens a stream after what has been delivered and waits until etcd has taken note of it.
    async fn open(&mut self) -> Result<Feed, End> {
        let (requests, mut queued) = unbounded_channel();
        let (key, range_end) = bounds(&self.prefix);
        let create = WatchCreateRequest {
            key,
            range_end,
            start_revision: self.delivered + 1,
            progress_notify: true,
            prev_kv: true,
        };
        let create = WatchRequest { request: Some(WatchUnion::Create(create)) };
        // The receiver is in the next line, so this cannot fail.
        requests.send(create).ok();
        let queued = poll_fn(move |cx| queued.poll_recv(cx));
        let mut opened = self.inner.members.watch(queued).await?;
        let member = opened.member;
        let first = async {
            self.inner.check(member).await?;
            let first = opened.responses.message().await.map_err(of_transport)?;
            first.ok_or_else(|| Status::unavailable("EOF"))
        };
        let first = tokio::select! {
            first = first => first?,
            () = self.inner.members.left(member) => return Err(silent().into()),
        };
        opened.visit.heard();
        self.take(first).map_err(End::Over)?;
        Ok(Feed { requests, opened })
    }

    /// Any member will do for the first time.
    async fn open_first(&mut self) -> Result<Feed, Error> {
        let mut tries = self.inner.members.len();
        loop {
            tries -= 1;
            match self.open().await {
                Ok(feed) => return Ok(feed),
                Err(End::Over(error)) => return Err(error),
                Err(End::Broken(status)) if tries == 0 => {
                    return Err(errors::error(&status, errors::About::default()));
                }
                Err(End::Broken(_)) => {}
            }
        }
    }

    /// Tries until a member answers. One that has lost revisions cannot go on where it broke off.
    async fn reopen(&mut self) -> Result<Feed, Error> {
        let mut pause = PAUSES.0;
        loop {
            sleep(pause).await;
            pause = (pause * 2).min(PAUSES.1);
            let Ok(newest) = self.inner.newest().await else { continue };
            if newest < self.confirmed {
                return Err(Error::Refused(format!(
                    "etcd went back from revision {} to {newest}",
                    self.confirmed
                )));
            }
            match self.open().await {
                Ok(feed) => return Ok(feed),
                Err(End::Over(error)) => return Err(error),
                Err(End::Broken(status)) => {
                    tracing::debug!(error = errors::text(&status), "etcd does not watch yet");
                }
            }
        }
    }
}

/// Key and range end of all keys with a prefix.
fn bounds(prefix: &Bytes) -> (Bytes, Bytes) {
    const ALL: Bytes = Bytes::from_static(b"\0");
    let key = if prefix.is_empty() { ALL } else { prefix.clone() };
    let end = prefix_end(prefix);
    (key, if end.is_empty() { ALL } else { end })
}

fn event(event: messages::Event) -> Option<Event> {
    Some(Event {
        kv: super::key_value(event.kv?),
        previous: event.prev_kv.map(super::key_value),
        deleted: event.kind == EVENT_DELETE,
    })
}
