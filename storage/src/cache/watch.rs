//! A watcher of the cache: a place in the shared ring.

use std::future::poll_fn;
use std::sync::Arc;
use std::task::{Context, Poll};

use super::call::Place;
use super::entry::CacheEvent;
use super::state::{Cursor, Interest};
use super::{CacheError, Inner};
use crate::store::Revision;

/// Ordered, gap-free events after a revision. It holds no events of its own: one that is so slow
/// that the ring has dropped what it needs ends with [`CacheError::Expired`].
pub struct CacheWatch {
    inner: Arc<Inner>,
    interest: Interest,
    cursor: Cursor,
    place: Place,
    complete: Revision,
}

impl CacheWatch {
    pub(super) fn new(
        inner: Arc<Inner>,
        interest: Interest,
        (cursor, place): (Cursor, Place),
        after: Revision,
    ) -> Self {
        Self { inner, interest, cursor, place, complete: after }
    }

    /// Takes up to `most` events that are there; none if there are none.
    pub fn try_next(&mut self, most: usize) -> Result<Vec<Arc<CacheEvent>>, CacheError> {
        let state = self.inner.state.read();
        let taken = state.take(&self.interest, &mut self.cursor, most);
        let (events, complete) = taken.inspect_err(|_| {
            if self.cursor.is_in(&state) {
                self.inner.counts.slow_watchers.add(1);
            }
        })?;
        self.complete = complete;
        Ok(events)
    }

    /// Takes up to `most` events; if there are none, the caller is woken once there may be some.
    pub fn poll_next(
        &mut self,
        cx: &mut Context<'_>,
        most: usize,
    ) -> Poll<Result<Vec<Arc<CacheEvent>>, CacheError>> {
        loop {
            if self.place.answer() {
                let events = self.try_next(most)?;
                if events.len() >= most {
                    self.place.remember();
                }
                if !events.is_empty() {
                    return Poll::Ready(Ok(events));
                }
            }
            if self.place.wait(cx.waker()) {
                return Poll::Pending;
            }
        }
    }

    /// Waits for events and takes up to `most`. May be dropped and called again.
    pub async fn next(&mut self, most: usize) -> Result<Vec<Arc<CacheEvent>>, CacheError> {
        poll_fn(|cx| self.poll_next(cx, most)).await
    }

    /// Everything up to here has been taken, as of the last `next` or `try_next`: what a bookmark
    /// may say.
    pub fn complete(&self) -> Revision {
        self.complete
    }
}

impl Drop for CacheWatch {
    fn drop(&mut self) {
        self.inner.state.write().unsubscribe(&self.interest, &self.cursor);
    }
}
