//! Watchers of the embedded store: one bounded queue each, filled by the writer.

use std::collections::VecDeque;
use std::sync::Arc;

use bytes::Bytes;
use parking_lot::Mutex;
use tokio::sync::Notify;

use super::Shared;
use super::versions::{Change, Revised};
use crate::store::{Error, Revision, Watch, WatchBatch};

/// A batch ends with the revision in which it reaches this many events.
const BATCH_EVENTS: usize = 1024;

/// What the writer and one watcher share.
#[derive(Debug)]
pub(super) struct Queue {
    prefix: Bytes,
    after: Revision,
    state: Mutex<State>,
    arrival: Arc<Notify>,
}

#[derive(Debug, Default)]
struct State {
    pending: VecDeque<Arc<Revised>>,
    /// Size of what was queued since the watcher caught up; what it asked for by starting in the
    /// past does not count against it.
    bytes: usize,
    delivered: Revision,
    asked: bool,
    cut_off: bool,
}

impl Queue {
    /// Queues a revision if it concerns the watcher; cuts off one that has fallen behind.
    pub(super) fn push(&self, revised: &Arc<Revised>, limit_bytes: usize) {
        if revised.revision <= self.after || !revised.touches(&self.prefix) {
            return;
        }
        let mut state = self.state.lock();
        if state.cut_off {
            return;
        }
        state.bytes += revised.bytes();
        if state.bytes > limit_bytes {
            state.pending.clear();
            state.cut_off = true;
        } else {
            state.pending.push_back(revised.clone());
        }
        drop(state);
        self.arrival.notify_one();
    }

    /// Wakes the watcher so that it learns how far the store has come.
    pub(super) fn wake(&self) {
        self.arrival.notify_one();
    }
}

/// One watch.
pub(super) struct QueueWatch {
    shared: Arc<Shared>,
    queue: Arc<Queue>,
}

impl QueueWatch {
    /// Registers a watch; the past it asks for is read first, in steps, without the writer's lock.
    pub(super) fn start(
        shared: &Arc<Shared>,
        prefix: Bytes,
        after: Revision,
    ) -> Result<Self, Error> {
        const STEP: usize = 1024;
        let mut state = State::default();
        let mut cursor = after;
        if after != 0 {
            while let Some(stopped) =
                shared.history.read().after(cursor, STEP, &prefix, &mut state.pending)
            {
                cursor = stopped;
            }
            if let Some(last) = state.pending.back() {
                cursor = cursor.max(last.revision);
            }
        }
        let mut queues = shared.queues.lock();
        let current = shared.view.read().revision;
        let after = if after == 0 { current } else { after };
        if after < shared.compacted() {
            return Err(Error::Compacted { requested: after, compacted: shared.compacted() });
        }
        shared.history.read().after(cursor.max(after), usize::MAX, &prefix, &mut state.pending);
        state.delivered = after;
        let arrival = Arc::new(Notify::new());
        arrival.notify_one();
        let queue = Arc::new(Queue { prefix, after, state: Mutex::new(state), arrival });
        queues.push(queue.clone());
        drop(queues);
        Ok(Self { shared: shared.clone(), queue })
    }
}

impl Watch for QueueWatch {
    fn try_next(&mut self) -> Result<Option<WatchBatch>, Error> {
        // Read before the queue: what was published by now has been queued by now.
        let published = self.shared.view.read().revision;
        let closed = self.shared.is_closed();
        let mut state = self.queue.state.lock();
        if state.cut_off {
            return Err(Error::CutOff);
        }
        let mut events = Vec::new();
        let mut revision = state.delivered;
        while events.len() < BATCH_EVENTS
            && let Some(revised) = state.pending.pop_front()
        {
            revision = revised.revision;
            let ours = |key: &[u8]| key.starts_with(&self.queue.prefix);
            let changes = revised.changes.iter().filter(|change| ours(change.key()));
            events.extend(changes.map(Change::event));
        }
        if state.pending.is_empty() {
            state.bytes = 0;
            revision = revision.max(published);
        } else {
            self.queue.arrival.notify_one();
        }
        let asked = std::mem::take(&mut state.asked) && published >= state.delivered;
        if events.is_empty() && revision == state.delivered && !asked {
            return if closed { Err(Shared::closed_error()) } else { Ok(None) };
        }
        state.delivered = revision;
        Ok(Some(WatchBatch { revision, events }))
    }

    fn arrival(&self) -> Arc<Notify> {
        self.queue.arrival.clone()
    }

    fn request_progress(&self) {
        self.queue.state.lock().asked = true;
        self.queue.wake();
    }
}

impl Drop for QueueWatch {
    fn drop(&mut self) {
        self.shared.queues.lock().retain(|queue| !Arc::ptr_eq(queue, &self.queue));
    }
}
