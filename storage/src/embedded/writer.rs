//! The writer thread: groups requests, makes them durable with one fsync, then shows the result.

use std::collections::VecDeque;
use std::io::ErrorKind;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use tokio::sync::oneshot;

use super::disk::Disk;
use super::load::{Garbage, Loaded};
use super::machine::{Changes, Machine};
use super::quota::Quota;
use super::{Options, Shared};
use crate::planted::{Bug, planted};
use crate::store::{Error, LeaseId, Op, Revision, Txn, TxnResult};

/// A group ends when it holds this many requests or bytes.
const GROUP_REQUESTS: usize = 1024;
const GROUP_BYTES: usize = 4 << 20;

/// After a group of so many requests, the next one waits for more to join, as long as some come in
/// each step: a group costs about the same whatever its size.
const CROWD: usize = 4;
const GATHER_STEP: Duration = Duration::from_micros(250);
const GATHER_STEPS: usize = 4;

/// Least and most rows deleted along with one group, and how long that may take: no write is to wait
/// for a compaction.
const COMPACTION_STEPS: (usize, usize) = (8, 256);
const COMPACTION_TIME: Duration = Duration::from_millis(1);

/// Changes forgotten along with one group. Most may be the first of their keys and leave no row to
/// delete, so that the rows alone are no bound.
const FORGOTTEN_CHANGES: usize = 512;
/// Revisions that are looked at in one go for whether they are too old, so that nobody waits long when
/// many become so at once.
const LOOKED_AT: usize = 10_000;

type Reply<T> = oneshot::Sender<Result<T, Error>>;

/// What a caller asks of the writer.
pub(super) enum Request {
    Txn(Txn, Reply<TxnResult>),
    Compact(Revision, Reply<()>),
    Grant(i64, Reply<LeaseId>),
    Revoke(LeaseId, Reply<()>),
    Adopt,
    Stop,
}

impl Request {
    fn bytes(&self) -> usize {
        let Self::Txn(txn, _) = self else { return 0 };
        let size = |op: &Op| if let Op::Put { value, .. } = op { value.len() } else { 0 };
        txn.success.iter().chain(&txn.failure).map(size).sum()
    }

    /// Refuses it; false if it was the order to stop.
    fn refuse(self, error: &Error) -> bool {
        let answer = match self {
            Self::Txn(_, reply) => Answer::Txn(Err(error.clone()), reply),
            Self::Compact(_, reply) | Self::Revoke(_, reply) => {
                Answer::Done(Err(error.clone()), reply)
            }
            Self::Grant(_, reply) => Answer::Lease(Err(error.clone()), reply),
            Self::Adopt => return true,
            Self::Stop => return false,
        };
        answer.send();
        true
    }
}

/// An answer that waits for the fsync.
enum Answer {
    Txn(Result<TxnResult, Error>, Reply<TxnResult>),
    Done(Result<(), Error>, Reply<()>),
    Lease(Result<LeaseId, Error>, Reply<LeaseId>),
}

impl Answer {
    fn send(self) {
        // A caller that has gone away is no reason for concern: its write is durable all the same.
        let _gone = match self {
            Self::Txn(result, reply) => reply.send(result).is_err(),
            Self::Done(result, reply) => reply.send(result).is_err(),
            Self::Lease(result, reply) => reply.send(result).is_err(),
        };
    }

    /// Tells the caller that nothing came of it.
    fn fail(self, error: &Error) {
        let failed = match self {
            Self::Txn(_, reply) => Self::Txn(Err(error.clone()), reply),
            Self::Done(_, reply) => Self::Done(Err(error.clone()), reply),
            Self::Lease(_, reply) => Self::Lease(Err(error.clone()), reply),
        };
        failed.send();
    }
}

/// Opens the database anew after the disk was full, if there is room again.
pub(super) type Reopen = Box<dyn Fn(i64) -> Result<(Disk, Loaded), Error> + Send>;

/// State of the writer thread.
pub(super) struct Writer {
    shared: Arc<Shared>,
    /// None while the disk takes no writes.
    disk: Option<Disk>,
    machine: Machine,
    garbage: VecDeque<Garbage>,
    /// Rows to delete along with the next group.
    step: usize,
    reopen: Reopen,
    options: Options,
    announced: Revision,
    /// Requests of the last group.
    crowd: usize,
}

/// What became of a group.
enum Outcome {
    Durable,
    /// Nothing is known to be damaged: the disk takes no writes for this reason.
    Refused(ErrorKind),
    Unknown(String),
}

impl Writer {
    pub(super) fn new(
        shared: Arc<Shared>,
        (disk, loaded): (Disk, Loaded),
        reopen: Reopen,
        options: Options,
    ) -> Self {
        let Loaded { mut machine, garbage, .. } = loaded;
        machine.quota = Quota::new(options.quota_bytes);
        let announced = machine.view.revision;
        let (disk, garbage) = (Some(disk), garbage.into());
        let step = COMPACTION_STEPS.0;
        Self { shared, disk, machine, garbage, step, reopen, options, announced, crowd: 0 }
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
                Ok(first) => {
                    open =
                        self.group(first, inbox, &mut answers) && self.gather(inbox, &mut answers);
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => open = false,
            }
            let due = Instant::now() >= next_housekeeping;
            if due {
                self.housekeeping();
                next_housekeeping = Instant::now() + self.options.housekeeping;
            }
            match self.commit() {
                Outcome::Durable => answers.into_iter().for_each(Answer::send),
                Outcome::Refused(kind) => open &= self.wait_for_room(kind, answers, inbox),
                Outcome::Unknown(why) => {
                    self.end(&format!(
                        "the store could not write to disk, what is on disk is unknown: {why}"
                    ));
                    return;
                }
            }
            if self.shared.is_closed() {
                return;
            }
            if due {
                self.announce();
            }
        }
        self.close();
    }

    fn end(&mut self, why: &str) {
        self.close();
        (self.options.on_fatal)(why);
    }

    /// Refuses all writes until the database can be opened and written again. False when told to
    /// stop, or if what is found then is not what readers have been shown.
    fn wait_for_room(
        &mut self,
        kind: ErrorKind,
        answers: Vec<Answer>,
        inbox: &Receiver<Request>,
    ) -> bool {
        let why = format!("the disk of the store takes no writes: {kind}");
        tracing::error!("{why}; they are refused until it does");
        let error = Error::Unavailable(why.clone());
        *self.shared.fault.lock() = Some(why);
        self.shared.source.replace(None);
        self.disk = None;
        for answer in answers {
            answer.fail(&error);
        }
        loop {
            let deadline = Instant::now() + self.options.housekeeping;
            while let Some(wait) = deadline.checked_duration_since(Instant::now()) {
                let told_to_stop = match inbox.recv_timeout(wait) {
                    Ok(request) => !request.refuse(&error),
                    Err(end) => end == RecvTimeoutError::Disconnected,
                };
                if told_to_stop {
                    return false;
                }
            }
            match (self.reopen)(self.options.clock.now_milliseconds()) {
                Ok((disk, loaded)) => return self.resume(disk, loaded),
                Err(Error::Corrupted(what)) => {
                    self.end(&format!("the store was damaged when its disk was full: {what}"));
                    return false;
                }
                Err(error) => tracing::debug!(%error, "the disk still takes no writes"),
            }
        }
    }

    /// Goes on with what the disk holds: what was shown before, and perhaps the group that could
    /// not be acknowledged.
    fn resume(&mut self, disk: Disk, loaded: Loaded) -> bool {
        let Loaded { machine, history, garbage, .. } = loaded;
        let shown = self.shared.view.read().revision;
        if machine.view.revision < shown {
            let found = machine.view.revision;
            self.end(&format!("revision {shown} was acknowledged, {found} is on disk"));
            return false;
        }
        let before = std::mem::replace(&mut self.machine, machine);
        self.machine.quota = before.quota;
        self.machine.originate(before.origin);
        self.garbage = garbage.into();
        self.shared.source.replace(Some(disk.database()));
        self.disk = Some(disk);
        let queues = self.shared.queues.lock();
        let mut view = self.shared.view.write();
        for revised in history.revisions.iter().filter(|revised| revised.revision > shown) {
            queues.iter().for_each(|queue| queue.push(revised, self.options.watch_queue_bytes));
        }
        *self.shared.history.write() = history;
        self.shared.compacted.store(self.machine.compacted, Ordering::SeqCst);
        *view = self.machine.view.clone();
        drop((view, queues));
        *self.shared.fault.lock() = None;
        tracing::info!("the disk of the store takes writes again");
        true
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
            match request {
                Request::Stop => return false,
                Request::Adopt => self.machine.adopt(),
                Request::Txn(txn, reply) => {
                    answers.push(Answer::Txn(self.machine.txn(&txn, now), reply));
                }
                Request::Compact(revision, reply) => {
                    answers.push(Answer::Done(self.machine.compact(revision), reply));
                }
                Request::Grant(ttl, reply) => {
                    answers.push(Answer::Lease(self.machine.grant(ttl, now), reply));
                }
                Request::Revoke(lease, reply) => {
                    answers.push(Answer::Done(self.machine.revoke(lease, now), reply));
                }
            }
            if answers.len() >= GROUP_REQUESTS || bytes >= GROUP_BYTES {
                break;
            }
            next = inbox.try_recv().ok();
        }
        true
    }

    /// Evaluates what joins the group while requests come in crowds; false when told to stop.
    fn gather(&mut self, inbox: &Receiver<Request>, answers: &mut Vec<Answer>) -> bool {
        let steps = if self.crowd >= CROWD { GATHER_STEPS } else { 0 };
        for _ in 0..steps {
            (self.options.pause)(GATHER_STEP);
            let Ok(next) = inbox.try_recv() else { break };
            if !self.group(next, inbox, answers) {
                return false;
            }
        }
        self.crowd = answers.len();
        true
    }

    /// Makes what has changed durable and shows it.
    fn commit(&mut self) -> Outcome {
        self.forget();
        let step = self.garbage.len().min(self.step);
        if self.disk.is_none() || self.machine.changes.is_empty() && step == 0 {
            return Outcome::Durable;
        }
        let garbage: Vec<_> = self.garbage.drain(..step).collect();
        if planted(Bug::EarlyWatch) {
            let early = std::mem::take(&mut self.machine.changes);
            self.machine.changes = early.clone();
            self.publish(early);
        }
        let Some(disk) = &mut self.disk else { return Outcome::Durable };
        // redb asserts on what it reads: a block that went bad under it must not go unnoticed.
        let start = Instant::now();
        let attempt = catch_unwind(AssertUnwindSafe(|| disk.commit(&self.machine, &garbage)));
        match attempt {
            Ok(Ok(())) => {}
            Ok(Err(error)) => {
                let refused = disk.refused().map(Outcome::Refused);
                return refused.unwrap_or_else(|| Outcome::Unknown(error.to_string()));
            }
            Err(_) => return Outcome::Unknown("its pages do not fit together".into()),
        }
        self.pace(step, start.elapsed());
        self.machine.size -= garbage.iter().map(|garbage| garbage.bytes).sum::<u64>();
        let changes = std::mem::take(&mut self.machine.changes);
        if !planted(Bug::EarlyWatch) {
            self.publish(changes);
        }
        Outcome::Durable
    }

    /// Deletes fewer rows along with the next group if this one took long.
    fn pace(&mut self, deleted: usize, took: Duration) {
        if took > COMPACTION_TIME {
            self.step = (self.step / 2).max(COMPACTION_STEPS.0);
        } else if deleted == self.step && took < COMPACTION_TIME / 2 {
            self.step = (self.step * 2).min(COMPACTION_STEPS.1);
        }
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
        let rows = self.step.saturating_sub(self.garbage.len());
        let forgotten = self.shared.history.write().pop(compacted, rows, FORGOTTEN_CHANGES);
        for revised in forgotten {
            for change in &revised.changes {
                let record = &change.record;
                // A deletion before it was compacted, and its row deleted, in its own turn.
                let previous = record.forget_previous().filter(|previous| !previous.deleted);
                self.garbage.extend(previous.as_deref().map(Garbage::of));
                if !record.deleted {
                    continue;
                }
                self.garbage.push_back(Garbage::of(record));
                let keys = &mut self.machine.view.keys;
                let newest = keys.get(record.key());
                if newest.is_some_and(|slot| Arc::ptr_eq(&slot.0, record)) {
                    keys.remove(record.key());
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
        self.machine.quota.relax(self.machine.size);
        if self.compaction_left() {
            return;
        }
        let oldest_allowed = now.saturating_sub(self.options.history_milliseconds);
        let history = self.shared.history.read();
        let mut bytes = history.bytes;
        let mut target = self.machine.compacted;
        for revised in history.revisions.iter().take(LOOKED_AT) {
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
