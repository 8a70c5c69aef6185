//! The store in an etcd cluster.
//!
//! A thin client of our own over tonic: the store needs eight calls, values as shared bytes, a
//! watch that goes on by itself, files of certificates that may change, Unix sockets, and etcd's
//! own client's rules for repeating calls. The crate `etcd-client` compiles its messages with
//! `protoc` at every build, which no build step here may need.
//!
//! # Watches
//!
//! Each watch is a stream of its own, with etcd's requirement that the member has a leader. A
//! stream that breaks off is opened again at the next member after what has been delivered, so a
//! watcher notices nothing of a member's restart. It ends only if etcd has compacted what it needs
//! or has gone back in time.
//!
//! # Members
//!
//! Calls and watches take the members by turns, as upstream's do. Where one is halted, a third of
//! upstream's wait up to forty seconds for it. Here it is left out within three; reads and watches go on
//! at another, and a write that it has been sent fails some seconds later, its outcome unknown.
//!
//! # Consistent reads
//!
//! [`Store::revision`] is a linearizable read of one key that need not exist. Callers that arrive
//! while one is under way share the next.
//!
//! # Old members
//!
//! Before 3.4.31 and 3.5.13, etcd may tell a watcher that asks of progress before it tells of the events.
//! If any member is that old no watch asks, as in upstream: caches then learn of events alone, and
//! what has to be the newest is read from etcd itself.

mod compactor;
mod dial;
mod errors;
mod members;
mod messages;
mod watch;

use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use bytes::Bytes;
use futures::future::BoxFuture;
use futures::stream::{FuturesUnordered, StreamExt};
use parking_lot::Mutex;
use tokio::sync::oneshot;
use tokio::time::{Instant, sleep, timeout, timeout_at};
use tonic::Status;

pub use self::compactor::{COMPACT_KEY, Compactor};
pub use self::dial::TlsFiles;

use self::errors::{About, Refusal};
use self::members::{Members, Repeat};
use self::messages::{self as pb, path};
use self::watch::EtcdWatch;
use crate::planted::{Bug, planted};
use crate::store::{
    Error, KeyValue, LeaseId, Lineage, Op, Range, RangeResult, Revision, Store, Txn, TxnResult,
    Watch,
};

/// Between attempts to reach etcd at the start.
const KNOCK: Duration = Duration::from_millis(250);
/// How long one may take before all members are tried again.
const KNOCKING: Duration = Duration::from_secs(5);

/// How etcd is reached.
#[derive(Clone, Debug)]
pub struct Options {
    /// URLs of the members.
    pub endpoints: Vec<String>,
    /// Certificates.
    pub tls: TlsFiles,
    /// What the cluster's keys begin with (`--etcd-prefix`); names the key that probes read.
    pub prefix: String,
    /// How long to wait for etcd at the start.
    pub patience: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            endpoints: Vec::new(),
            tls: TlsFiles::default(),
            prefix: "/registry".to_owned(),
            patience: Duration::from_secs(20),
        }
    }
}

/// What the store, its watches and its probes share.
struct Inner {
    members: Arc<Members>,
    probe: Bytes,
    /// Newest revision that any answer spoke of, since etcd went back last.
    seen: AtomicI64,
    /// How often etcd was seen to have gone back.
    lineage: AtomicU64,
    probing: Mutex<Probing>,
    /// Which members have told their version.
    checked: Vec<OnceLock<()>>,
    /// A member is too old for watches to ask for progress.
    is_old: AtomicBool,
}

#[derive(Default)]
struct Probing {
    running: bool,
    waiting: Vec<oneshot::Sender<Result<Revision, Error>>>,
}

/// A store in etcd.
#[derive(Clone)]
pub struct EtcdStore {
    inner: Arc<Inner>,
}

impl std::fmt::Debug for EtcdStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("EtcdStore").finish_non_exhaustive()
    }
}

impl EtcdStore {
    /// Waits until a member answers, and tells its version. The others are asked for theirs when the
    /// first watch is opened there.
    pub async fn connect(options: Options) -> Result<Self, Error> {
        let members = Members::start(&options.endpoints, &options.tls)?;
        let probe = format!("/{}/health", options.prefix.trim_matches('/'));
        let inner = Inner {
            members,
            probe: probe.into(),
            seen: AtomicI64::new(0),
            lineage: AtomicU64::new(0),
            probing: Mutex::default(),
            checked: options.endpoints.iter().map(|_| OnceLock::new()).collect(),
            is_old: AtomicBool::new(false),
        };
        let store = Self { inner: Arc::new(inner) };
        let deadline = Instant::now() + options.patience;
        let mut reason = "context deadline exceeded".to_owned();
        loop {
            match timeout_at(deadline, store.inner.first_checked()).await {
                Ok(Ok(())) => return Ok(store),
                Ok(Err(status)) => reason = errors::text(&status),
                Err(_) => return Err(Error::Refused(reason)),
            }
            if Instant::now() >= deadline {
                return Err(Error::Refused(reason));
            }
            sleep(KNOCK).await;
        }
    }

    /// Size of a member's database in bytes; `turn` chooses the member.
    pub async fn database_bytes(&self, turn: usize) -> Result<i64, Error> {
        let status = self.inner.status(turn).await;
        let status = status.map_err(|status| errors::error(&status, About::default()))?;
        Ok(status.db_size)
    }

    /// How long a lease has left; nothing if it is not there.
    pub async fn lease_seconds_left(&self, lease: LeaseId) -> Result<Option<i64>, Error> {
        let request = pb::LeaseTimeToLiveRequest { id: lease };
        let about = About { lease, ..About::default() };
        let answer: Result<pb::LeaseTimeToLiveResponse, _> =
            self.inner.call(path::LEASE_TIME_TO_LIVE, request, Repeat::Always, about).await;
        match answer {
            Ok(answer) => Ok(Some(answer.ttl).filter(|seconds| *seconds >= 0)),
            Err(Error::LeaseNotFound(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

/// Whether watchers of this version can rely on the progress that they ask for
/// (`storage/feature.FeatureSupportChecker`).
fn tells_progress(version: &str) -> bool {
    let mut numbers = version.split(['.', '-', '+']).map(|part| part.parse::<u32>().unwrap_or(0));
    let mut next = || numbers.next().unwrap_or(0);
    let found = (next(), next(), next());
    found >= (3, 5, 13) || ((3, 4, 31)..(3, 5, 0)).contains(&found)
}

impl Inner {
    async fn status(&self, index: usize) -> Result<pb::StatusResponse, Status> {
        self.members.call_one(index, path::STATUS, &pb::StatusRequest {}).await
    }

    /// Asks a member for its version, once.
    async fn check(&self, index: usize) -> Result<(), Status> {
        let checked = &self.checked[index];
        if checked.get().is_none() {
            let version = self.status(index).await?.version;
            if !tells_progress(&version) {
                let endpoint = self.members.endpoint(index);
                tracing::warn!(endpoint, version, "etcd is too old to tell watches of progress");
                self.is_old.store(true, Ordering::SeqCst);
            }
            checked.get_or_init(|| ());
        }
        Ok(())
    }

    /// Whether a member is too old for watches to ask for progress.
    fn is_old(&self) -> bool {
        self.is_old.load(Ordering::SeqCst)
    }

    /// Waits for the member that is first to answer; if none does, says why not.
    async fn first_checked(&self) -> Result<(), Status> {
        let late = |_| Status::deadline_exceeded("context deadline exceeded");
        let check = |index| async move {
            timeout(KNOCKING, self.check(index)).await.map_err(late).flatten()
        };
        let mut checks: FuturesUnordered<_> = (0..self.members.len()).map(check).collect();
        let mut refused = Status::unavailable("there is no address available");
        while let Some(check) = checks.next().await {
            match check {
                Ok(()) => return Ok(()),
                Err(status) => refused = status,
            }
        }
        Err(refused)
    }

    /// Takes note of the revision of an answer.
    fn note(&self, header: Option<&pb::Header>) -> Revision {
        let revision = header.map_or(0, |header| header.revision);
        self.seen.fetch_max(revision, Ordering::SeqCst);
        revision
    }

    /// A linearizable read of nothing. No revision that was seen before it is newer than its answer,
    /// unless etcd has gone back in the meantime.
    async fn newest(&self) -> Result<Revision, Status> {
        let lineage = self.lineage.load(Ordering::SeqCst);
        let before = self.seen.load(Ordering::SeqCst);
        let request = pb::RangeRequest { key: self.probe.clone(), limit: 1, ..Default::default() };
        let answer: pb::RangeResponse =
            self.members.call(path::RANGE, &request, Repeat::Always).await?;
        let newest = self.note(answer.header.as_ref());
        if newest < before {
            self.go_back(lineage, before, newest);
        }
        Ok(newest)
    }

    /// etcd was at a newer revision in this lineage. Who asked before another noticed has nothing new
    /// to say.
    fn go_back(&self, lineage: Lineage, before: Revision, newest: Revision) {
        let _alone = self.probing.lock();
        if self.lineage.load(Ordering::SeqCst) == lineage {
            // What was seen before is not to be waited for.
            self.seen.store(newest, Ordering::SeqCst);
            self.lineage.store(lineage + 1, Ordering::SeqCst);
            tracing::warn!(before, newest, "etcd went back in time, all is read anew");
        }
    }

    /// Answers everyone who waits, those who came in the meantime with another read.
    async fn answer_probes(self: Arc<Self>) {
        loop {
            let waiting = {
                let mut probing = self.probing.lock();
                if probing.waiting.is_empty() {
                    probing.running = false;
                    return;
                }
                std::mem::take(&mut probing.waiting)
            };
            let answer = self.newest().await;
            let answer = answer.map_err(|status| errors::error(&status, About::default()));
            for one in waiting {
                // Whoever went away needs no answer.
                one.send(answer.clone()).ok();
            }
        }
    }

    async fn revision(self: &Arc<Self>) -> Result<Revision, Error> {
        let (sender, receiver) = oneshot::channel();
        let start = {
            let mut probing = self.probing.lock();
            probing.waiting.push(sender);
            !std::mem::replace(&mut probing.running, true)
        };
        if start {
            tokio::spawn(self.clone().answer_probes());
        }
        receiver.await.map_err(|_| Error::Unavailable("the process is stopping".to_owned()))?
    }

    /// Turns a status into an error and finds out the bound that etcd leaves unsaid.
    async fn error(self: &Arc<Self>, status: Status, about: About) -> Error {
        let requested = about.revision;
        match errors::refusal(&status) {
            Some(Refusal::Compacted) => {
                Error::Compacted { requested, compacted: self.compacted().await }
            }
            Some(Refusal::Future) => {
                let current = self.revision().await.unwrap_or(0);
                Error::FutureRevision { requested, current }
            }
            _ => errors::error(&status, about),
        }
    }

    /// The oldest revision that can be read: only a watch that begins too early is told. If it
    /// cannot be found out, no revision is.
    async fn compacted(self: &Arc<Self>) -> Revision {
        let watch = EtcdWatch::start(self.clone(), self.probe.clone(), 1).await;
        let error = match watch {
            Err(error) => error,
            Ok(mut watch) => loop {
                match watch.next().await {
                    Ok(_) => {}
                    Err(error) => break error,
                }
            },
        };
        match error {
            Error::Compacted { compacted, .. } => compacted,
            _ => Revision::MAX,
        }
    }

    async fn call<Q, R>(
        self: &Arc<Self>,
        path: &'static str,
        request: Q,
        repeat: Repeat,
        about: About,
    ) -> Result<R, Error>
    where
        Q: prost::Message + Clone + 'static,
        R: prost::Message + Default + 'static,
    {
        match self.members.call(path, &request, repeat).await {
            Ok(answer) => Ok(answer),
            Err(status) => Err(self.error(status, about).await),
        }
    }
}

impl Store for EtcdStore {
    fn range(&self, range: Range) -> BoxFuture<'_, Result<RangeResult, Error>> {
        Box::pin(async move {
            let request = pb::RangeRequest {
                key: range.start,
                range_end: range.end,
                limit: range.limit as i64,
                revision: range.revision,
                count_only: range.count_only,
            };
            let about = About { revision: range.revision, ..About::default() };
            let answer: pb::RangeResponse =
                self.inner.call(path::RANGE, request, Repeat::Always, about).await?;
            Ok(RangeResult {
                revision: self.inner.note(answer.header.as_ref()),
                kvs: answer.kvs.into_iter().map(key_value).collect(),
                count: usize::try_from(answer.count).unwrap_or(0),
                more: answer.more,
            })
        })
    }

    fn txn(&self, txn: Txn) -> BoxFuture<'_, Result<TxnResult, Error>> {
        Box::pin(async move {
            let about = About { lease: first_lease(&txn), ..About::default() };
            let mut request = txn_request(txn);
            if planted(Bug::BlindSwap) {
                request.compare.clear();
            }
            let bold = planted(Bug::RepeatedWrite);
            let repeat = if bold { Repeat::Always } else { Repeat::Unsent };
            let answer: pb::TxnResponse =
                self.inner.call(path::TXN, request, repeat, about).await?;
            Ok(TxnResult {
                succeeded: answer.succeeded,
                revision: self.inner.note(answer.header.as_ref()),
                responses: answer.responses.into_iter().map(found).collect(),
            })
        })
    }

    fn watch(
        &self,
        prefix: Bytes,
        after: Revision,
    ) -> BoxFuture<'_, Result<Box<dyn Watch>, Error>> {
        Box::pin(async move {
            let watch = EtcdWatch::start(self.inner.clone(), prefix, after).await?;
            Ok(Box::new(watch) as Box<dyn Watch>)
        })
    }

    fn revision(&self) -> BoxFuture<'_, Result<Revision, Error>> {
        Box::pin(self.inner.revision())
    }

    fn lineage(&self) -> Lineage {
        self.inner.lineage.load(Ordering::SeqCst)
    }

    fn tells_progress(&self) -> bool {
        !self.inner.is_old()
    }

    fn compact(&self, revision: Revision) -> BoxFuture<'_, Result<(), Error>> {
        Box::pin(async move {
            let request = pb::CompactionRequest { revision };
            let about = About { revision, ..About::default() };
            let _: pb::HeaderOnly =
                self.inner.call(path::COMPACT, request, Repeat::Unsent, about).await?;
            Ok(())
        })
    }

    fn grant_lease(&self, ttl_seconds: i64) -> BoxFuture<'_, Result<LeaseId, Error>> {
        Box::pin(async move {
            let request = pb::LeaseGrantRequest { ttl: ttl_seconds };
            let answer: pb::LeaseGrantResponse = self
                .inner
                .call(path::LEASE_GRANT, request, Repeat::Always, About::default())
                .await?;
            Ok(answer.id)
        })
    }

    fn revoke_lease(&self, lease: LeaseId) -> BoxFuture<'_, Result<(), Error>> {
        Box::pin(async move {
            let about = About { lease, ..About::default() };
            let request = pb::LeaseRevokeRequest { id: lease };
            let _: pb::HeaderOnly =
                self.inner.call(path::LEASE_REVOKE, request, Repeat::Unsent, about).await?;
            Ok(())
        })
    }
}

fn key_value(kv: pb::KeyValue) -> KeyValue {
    KeyValue {
        key: kv.key.into(),
        value: kv.value.into(),
        create_revision: kv.create_revision,
        mod_revision: kv.mod_revision,
        version: kv.version,
        lease: kv.lease,
    }
}

fn first_lease(txn: &Txn) -> LeaseId {
    let lease = |op: &Op| match op {
        Op::Put { lease, .. } if *lease != 0 => Some(*lease),
        _ => None,
    };
    txn.success.iter().chain(&txn.failure).find_map(lease).unwrap_or(0)
}

fn txn_request(txn: Txn) -> pb::TxnRequest {
    let compare = |compare: crate::store::Compare| pb::Compare {
        target: pb::TARGET_MOD,
        key: compare.key,
        mod_revision: Some(compare.mod_revision),
    };
    pb::TxnRequest {
        compare: txn.compare.into_iter().map(compare).collect(),
        success: txn.success.into_iter().map(request_op).collect(),
        failure: txn.failure.into_iter().map(request_op).collect(),
    }
}

fn request_op(op: Op) -> pb::RequestOp {
    let request = match op {
        Op::Put { key, value, lease } => pb::Request::Put(pb::PutRequest { key, value, lease }),
        Op::Delete { key } => {
            pb::Request::DeleteRange(pb::DeleteRangeRequest { key, prev_kv: true })
        }
        Op::Get { key } => pb::Request::Range(pb::RangeRequest { key, ..Default::default() }),
    };
    pb::RequestOp { request: Some(request) }
}

fn found(answer: pb::ResponseOp) -> Option<KeyValue> {
    match answer.response? {
        pb::Response::Range(mut range) => range.kvs.pop().map(key_value),
        pb::Response::DeleteRange(mut deleted) => deleted.prev_kvs.pop().map(key_value),
        pb::Response::Put(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_versions_are_not_asked_for_progress() {
        for (version, good) in [
            ("3.7.0", true),
            ("3.6.0-rc.1", true),
            ("3.5.13", true),
            ("3.5.12", false),
            ("3.4.31", true),
            ("3.4.30", false),
            ("3.10.1", true),
        ] {
            assert_eq!(tells_progress(version), good, "{version}");
        }
    }
}
