//! What a connection is busy with, and how long a slow peer may hold it.

use std::pin::Pin;
use std::sync::{Arc, Weak};
use std::task::{Context, Poll, Waker};

use bytes::{Buf, Bytes};
use http_body::{Body, Frame, SizeHint};
use parking_lot::Mutex;
use tokio::time::Instant;

use super::{BoxError, Limits, WINDOW};

/// By when the peer must have taken a whole answer; it belongs into the answer's extensions.
#[derive(Clone, Copy, Debug)]
pub struct Deadline(pub Instant);

/// What is to be done about a connection.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Nothing until then.
    Wait(Instant),
    /// It takes no more requests.
    End,
    /// It is cut.
    Close,
}

/// What a connection is busy with.
pub(super) struct Activity {
    http2: bool,
    state: Mutex<State>,
}

struct State {
    /// Requests that are being answered.
    requests: usize,
    /// Requests that have ever been answered.
    begun: u64,
    /// Start of the connection, or the end of its last answer.
    since: Instant,
    /// Since when the head of a request is awaited that may not be late.
    head: Option<Instant>,
    /// Bytes of an answer may be on their way.
    answering: bool,
    /// The connection speaks another protocol.
    upgraded: bool,
    /// Since when no more requests are taken for lack of them.
    ended: Option<Instant>,
    answers: Vec<(Instant, Weak<dyn Release>)>,
}

/// An answer that can be given up.
trait Release: Send + Sync {
    fn release(&self);
}

impl Activity {
    pub(super) fn new(http2: bool) -> Arc<Self> {
        let now = Instant::now();
        let state = State {
            requests: 0,
            begun: 0,
            since: now,
            head: (!http2).then_some(now),
            answering: false,
            upgraded: false,
            ended: None,
            answers: Vec::new(),
        };
        Arc::new(Self { http2, state: Mutex::new(state) })
    }

    /// A request has arrived; it lasts until the guard is dropped.
    pub(super) fn begin(self: &Arc<Self>) -> Busy {
        let mut state = self.state.lock();
        state.requests += 1;
        state.begun += 1;
        state.head = None;
        state.answering = true;
        Busy(self.clone())
    }

    /// The first byte of a request's head is here.
    pub(super) fn begin_head(&self) {
        self.state.lock().head.get_or_insert_with(Instant::now);
    }

    /// How many requests there have been, if there is none now.
    pub(super) fn idle(&self) -> Option<u64> {
        let state = self.state.lock();
        (state.requests == 0 && !state.upgraded).then_some(state.begun)
    }

    /// Whether what is written belongs to an answer or to another protocol.
    pub(super) fn is_answering(&self) -> bool {
        let state = self.state.lock();
        state.answering || state.upgraded
    }

    /// All that was written is on its way.
    pub(super) fn flushed(&self) {
        let mut state = self.state.lock();
        state.answering &= state.requests > 0;
    }

    /// The connection speaks another protocol from now on.
    pub(super) fn upgrade(&self) {
        self.state.lock().upgraded = true;
    }

    /// What is to be done now about a peer that sends or takes too little.
    pub(super) fn verdict(&self, limits: &Limits, now: Instant) -> Verdict {
        let mut state = self.state.lock();
        let soon = now + limits.header_timeout / 4;
        state.answers.retain(|(_, answer)| answer.strong_count() > 0);
        let late: Vec<_> = state.answers.extract_if(.., |(until, _)| *until <= now).collect();
        if !late.is_empty() {
            if !self.http2 {
                return Verdict::Close;
            }
            // An answer takes the same lock when it goes.
            drop(state);
            late.iter().filter_map(|(_, answer)| answer.upgrade()).for_each(|held| held.release());
            return Verdict::Wait(now);
        }
        if state.requests > 0 || state.upgraded {
            let next = state.answers.iter().map(|(until, _)| *until).min();
            return Verdict::Wait(next.map_or(soon, |next| next.min(soon)));
        }
        let until = match (state.ended, state.head) {
            (Some(ended), _) => ended + limits.header_timeout,
            (None, Some(begun)) => begun + limits.header_timeout,
            (None, None) => state.since + limits.idle_timeout,
        };
        if now < until {
            return Verdict::Wait(until.min(soon));
        }
        if !self.http2 || state.ended.is_some() {
            return Verdict::Close;
        }
        state.ended = Some(now);
        Verdict::End
    }
}

/// A request is being answered.
pub(super) struct Busy(Arc<Activity>);

impl Drop for Busy {
    fn drop(&mut self) {
        let mut state = self.0.state.lock();
        state.requests -= 1;
        state.since = Instant::now();
    }
}

/// The body of an answer, which keeps its connection busy.
pub(super) enum Answer<B> {
    /// It may stay until the connection ends.
    Free(Held<B>),
    /// It can be taken away when the peer is too slow.
    Timed(Arc<Mutex<Slot<B>>>),
}

pub(super) struct Held<B> {
    body: B,
    /// What is left of a piece that is too large to be handed over at once.
    rest: Bytes,
    busy: Busy,
}

pub(super) struct Slot<B> {
    held: Option<Held<B>>,
    waker: Option<Waker>,
}

impl<B: Body<Data = Bytes> + Unpin + Send + 'static> Answer<B> {
    pub(super) fn new(body: B, busy: Busy, deadline: Option<Deadline>) -> Self {
        let small = body.size_hint().exact().is_some_and(|size| size <= u64::from(WINDOW));
        let activity = busy.0.clone();
        let held = Held { body, rest: Bytes::new(), busy };
        match deadline {
            Some(Deadline(until)) if !small => {
                let slot = Arc::new(Mutex::new(Slot { held: Some(held), waker: None }));
                let answer: Arc<dyn Release> = slot.clone();
                activity.state.lock().answers.push((until, Arc::downgrade(&answer)));
                Answer::Timed(slot)
            }
            _ => Answer::Free(held),
        }
    }
}

impl<B: Send> Release for Mutex<Slot<B>> {
    fn release(&self) {
        let mut slot = self.lock();
        let (held, waker) = (slot.held.take(), slot.waker.take());
        drop(slot);
        drop(held);
        waker.into_iter().for_each(Waker::wake);
    }
}

/// The peer took too long to read an answer.
#[derive(Debug, thiserror::Error)]
#[error("answer was not read in time")]
struct Overdue;

type Piece = Option<Result<Frame<Bytes>, BoxError>>;

impl<B: Body<Data = Bytes, Error: Into<BoxError>> + Unpin> Held<B> {
    /// In HTTP/2 a piece that the peer has no window for is kept here and not there, where it
    /// could not be taken back.
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Piece> {
        let most = if self.busy.0.http2 { WINDOW as usize } else { usize::MAX };
        if self.rest.is_empty() {
            let frame = match std::task::ready!(Pin::new(&mut self.body).poll_frame(cx)) {
                Some(Ok(frame)) => frame,
                end => return Poll::Ready(end.map(|piece| piece.map_err(Into::into))),
            };
            match frame.into_data() {
                Ok(data) => self.rest = data,
                Err(other) => return Poll::Ready(Some(Ok(other))),
            }
        }
        let size = self.rest.remaining().min(most);
        Poll::Ready(Some(Ok(Frame::data(self.rest.split_to(size)))))
    }

    fn hint(&self) -> SizeHint {
        let (mut hint, rest) = (self.body.size_hint(), self.rest.len() as u64);
        if let Some(upper) = hint.upper() {
            hint.set_upper(upper + rest);
        }
        hint.set_lower(hint.lower() + rest);
        hint
    }

    fn is_end(&self) -> bool {
        self.rest.is_empty() && self.body.is_end_stream()
    }
}

impl<B: Body<Data = Bytes, Error: Into<BoxError>> + Unpin> Body for Answer<B> {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Piece> {
        match self.get_mut() {
            Answer::Free(held) => held.poll(cx),
            Answer::Timed(slot) => {
                let mut slot = slot.lock();
                let Some(held) = &mut slot.held else {
                    return Poll::Ready(Some(Err(Overdue.into())));
                };
                let piece = held.poll(cx);
                slot.waker = piece.is_pending().then(|| cx.waker().clone());
                piece
            }
        }
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Answer::Free(held) => held.hint(),
            Answer::Timed(slot) => slot.lock().held.as_ref().map(Held::hint).unwrap_or_default(),
        }
    }

    fn is_end_stream(&self) -> bool {
        match self {
            Answer::Free(held) => held.is_end(),
            Answer::Timed(slot) => slot.lock().held.as_ref().is_some_and(Held::is_end),
        }
    }
}
