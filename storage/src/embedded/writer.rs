//! The writer thread: groups requests, makes them durable with one fsync, then shows the result.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use tokio::sync::oneshot;

use super::disk::Disk;
use super::machine::{Changes, Machine};
use super::{Options, Shared};
use crate::store::{Error, LeaseId, Op, Revision, Txn, TxnResult};

/// A group ends when it holds this many requests or bytes.
const GROUP_REQUESTS: usize = 1024;
const GROUP_BYTES: usize = 4 << 20;

/// Revisions forgotten, and rows deleted, along with one group: small, so that no write waits for
/// a compaction.
const COMPACTION_STEP: usize = 256;

type Reply<T> = oneshot::Sender<Result<T, Error>>;

/// What a caller asks of the writer.
pub(super) enum Request {
    Txn(Txn, Reply<TxnResult>),
    Compact(Revision, Reply<()>),
    Grant(i64, Reply<LeaseId>),
    Revoke(LeaseId, Reply<()>),
    Stop,
}

impl Request {
    fn bytes(&self) -> usize {
        let Self::Txn(txn, _) = self else { return 0 };
        let size = |op: &Op| if let Op::Put { value, .. } = op { value.len() } else { 0 };
        txn.success.iter().chain(&txn.failure).map(size).sum()
    }
}

/// An answer that waits for the fsync.
enum Answer {
    Txn(Result<TxnResult, Error>, Reply<TxnResult>),
    Done(Result<(), Error>, Reply<()>),
    Lease(LeaseId, Reply<LeaseId>),
}

impl Answer {
    fn send(self) {
        // A caller that has gone away is no reason for concern: its write is durable all the same.
        let _gone = match self {
            Self::Txn(result, reply) => reply.send(result).is_err(),
            Self::Done(result, reply) => reply.send(result).is_err(),
            Self::Lease(id, reply) => reply.send(Ok(id)).is_err(),
        };
    }
}

/// State of the writer thread.
pub(super) struct Writer {
    shared: Arc<Shared>,
    disk: Disk,
    machine: Machine,
    garbage: VecDeque<(u64, u32)>,
    options: Options,
    announced: Revision,
}

impl Writer {
    pub(super) fn new(
        shared: Arc<Shared>,
        disk: Disk,
        machine: Machine,
        garbage: Vec<(u64, u32)>,
        options: Options,
    ) -> Self {
        let announced = machine.view.revision;
        Self { shared, disk, machine, garbage: garbage.into(), options, announced }
    }

    /// Serves until told to stop, until all senders are gone, or until the disk fails.
    pub(super) fn run(mut self, inbox: &Receiver<Request>) {
        let mut next_housekeeping = Instant::now();
        let mut open = true;
        while open {
            let mut wait = next_housekeeping.saturating_duration_since(Instant::now());
            if !self.garbage.is_empty() || self.compaction_left() {
                wait = Duration::ZERO;
            }
            let mut answers = Vec::new();
            match inbox.recv_timeout(wait) {
                Ok(first) => open = self.group(first, inbox, &mut answers),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => open = false,
            }
            let due = Instant::now() >= next_housekeeping;
            if due {
                self.housekeeping();
                next_housekeeping = Instant::now() + self.options.housekeeping;
            }
            if let Err(error) = self.commit() {
                self.close();
                drop(answers);
                let why = self.disk.refused().map(|kind| format!(" ({kind})")).unwrap_or_default();
                (self.options.on_fatal)(&format!(
                    "the store could not write to disk{why}, what is on disk is unknown: {error}"
                ));
                return;
            }
            answers.into_iter().for_each(Answer::send);
            if due {
                self.announce();
            }
        }
        self.close();
    }

    /// Evaluates `first` and all that is waiting behind it; false when told to stop.
    fn group(
        &mut self,
        first: Request,
        inbox: &Receiver<Request>,
        answers: &mut Vec<Answer>,
    ) -> bool {
        let now = self.options.clock.now_milliseconds();
        let mut bytes = 0;
        let mut next = Some(first);
        while let Some(request) = next {
            bytes += request.bytes();
            match self.evaluate(request, now) {
                Some(answer) => answers.push(answer),
                None => return false,
            }
            if answers.len() >= GROUP_REQUESTS || bytes >= GROUP_BYTES {
                break;
            }
            next = inbox.try_recv().ok();
        }
        true
    }

    fn evaluate(&mut self, request: Request, now: i64) -> Option<Answer> {
        Some(match request {
            Request::Txn(txn, reply) => Answer::Txn(self.machine.txn(&txn, now), reply),
            Request::Compact(revision, reply) => {
                Answer::Done(self.machine.compact(revision), reply)
            }
            Request::Grant(ttl, reply) => Answer::Lease(self.machine.grant(ttl, now), reply),
            Request::Revoke(lease, reply) => Answer::Done(self.machine.revoke(lease, now), reply),
            Request::Stop => return None,
        })
    }

    /// Makes what has changed durable and shows it.
    fn commit(&mut self) -> Result<(), redb::Error> {
        self.forget();
        let step = self.garbage.len().min(COMPACTION_STEP);
        if self.machine.changes.is_empty() && step == 0 {
            return Ok(());
        }
        let garbage: Vec<_> = self.garbage.drain(..step).collect();
        self.disk.commit(&self.machine, &garbage)?;
        let changes = std::mem::take(&mut self.machine.changes);
        self.publish(changes);
        Ok(())
    }

    fn publish(&mut self, changes: Changes) {
        if let Some(compacted) = changes.compacted {
            self.shared.compacted.store(compacted, Ordering::SeqCst);
        }
        if changes.revised.is_empty() {
            return;
        }
        let queues = self.shared.queues.lock();
        // Held throughout: who has seen an event must also read what it says.
        let mut view = self.shared.view.write();
        for revised in &changes.revised {
            for queue in queues.iter() {
                queue.push(revised, self.options.watch_queue_bytes);
            }
        }
        let mut history = self.shared.history.write();
        changes.revised.into_iter().for_each(|revised| history.push(revised));
        drop(history);
        *view = self.machine.view.clone();
    }

    /// Forgets some of what has been compacted: first in memory, then its rows with the next group.
    fn forget(&mut self) {
        let compacted = self.shared.compacted();
        for _ in 0..COMPACTION_STEP {
            let Some(revised) = self.shared.history.write().pop(compacted) else { return };
            for change in &revised.changes {
                let record = &change.record;
                if let Some(previous) = record.forget_previous() {
                    // A deletion that was compacted before has had its row deleted already;
                    // deleting it once more does nothing.
                    self.garbage.push_back(previous.row());
                }
                if !record.deleted {
                    continue;
                }
                self.garbage.push_back(record.row());
                let keys = &mut self.machine.view.keys;
                let newest = keys.get(record.kv.key.as_ref());
                if newest.is_some_and(|slot| Arc::ptr_eq(&slot.0, record)) {
                    keys.remove(record.kv.key.as_ref());
                }
            }
        }
    }

    fn compaction_left(&self) -> bool {
        let history = self.shared.history.read();
        let compacted = self.shared.compacted();
        history.revisions.front().is_some_and(|oldest| oldest.revision <= compacted)
    }

    fn housekeeping(&mut self) {
        let now = self.options.clock.now_milliseconds();
        self.machine.expire(now);
        if self.compaction_left() {
            return;
        }
        let oldest_allowed = now.saturating_sub(self.options.history_milliseconds);
        let history = self.shared.history.read();
        let mut bytes = history.bytes;
        let mut target = self.machine.compacted;
        for revised in &history.revisions {
            let old = revised.at_milliseconds < oldest_allowed;
            if !old && bytes <= self.options.history_bytes {
                break;
            }
            bytes -= revised.bytes();
            target = target.max(revised.revision);
        }
        drop(history);
        if target > self.machine.compacted {
            self.machine.compact(target).expect("the target lies within the history");
        }
    }

    /// Lets idle watchers know how far the store has come.
    fn announce(&mut self) {
        if self.announced != self.machine.view.revision {
            self.announced = self.machine.view.revision;
            self.shared.queues.lock().iter().for_each(|queue| queue.wake());
        }
    }

    fn close(&self) {
        self.shared.closed.store(true, Ordering::SeqCst);
        self.shared.queues.lock().iter().for_each(|queue| queue.wake());
    }
}
