//! A watcher of the cache: a place in the shared ring.

use std::pin::pin;
use std::sync::Arc;

use tokio::sync::Notify;

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
    arrival: Arc<Notify>,
    complete: Revision,
}

impl CacheWatch {
    pub(super) fn new(
        inner: Arc<Inner>,
        interest: Interest,
        (cursor, arrival): (Cursor, Arc<Notify>),
        after: Revision,
    ) -> Self {
        Self { inner, interest, cursor, arrival, complete: after }
    }

    /// Takes up to `most` events that are there; none if there are none.
    pub fn try_next(&mut self, most: usize) -> Result<Vec<Arc<CacheEvent>>, CacheError> {
        let state = self.inner.state.read();
        let (events, complete) = state.take(&self.interest, &mut self.cursor, most)?;
        self.complete = complete;
        Ok(events)
    }

    /// Waits for events and takes up to `most`. May be dropped and called again.
    pub async fn next(&mut self, most: usize) -> Result<Vec<Arc<CacheEvent>>, CacheError> {
        let arrival = self.arrival.clone();
        loop {
            let mut arrived = pin!(arrival.notified());
            arrived.as_mut().enable();
            let events = self.try_next(most)?;
            if !events.is_empty() {
                return Ok(events);
            }
            arrived.await;
        }
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
