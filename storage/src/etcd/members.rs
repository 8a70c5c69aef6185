//! Calls to the members of an etcd cluster: one connection to each, calls spread over those that
//! answer.
//!
//! A member whose connection fails is left out until it answers again. So is one that says nothing:
//! a halted process or a broken network leaves a connection that looks fine. A call that changes
//! nothing, and a watch, then goes on at another member; a write waits for its answer a little longer, for
//! it may have been done, and is never sent again. While no member answers, calls wait for one, as etcd's own client's do.

use std::error::Error as _;
use std::sync::atomic::{AtomicU32, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Weak};
use std::time::Duration;

use futures::Stream;
use futures::future::join_all;
use http::uri::PathAndQuery;
use parking_lot::RwLock;
use prost::Message;
use tokio::sync::watch;
use tokio::time::{Instant, sleep, timeout, timeout_at};
use tonic::client::Grpc;
use tonic::metadata::MetadataValue;
use tonic::transport::{Channel, Endpoint};
use tonic::{Code, Request, Status, Streaming};
use tonic_prost::ProstCodec;

use super::dial::{DialError, Target, TlsFiles};
use super::messages::{StatusRequest, StatusResponse, WatchRequest, WatchResponse, path};
use crate::store::Error;

/// How long connecting may take (`storagebackend/factory.dialTimeout`).
const DIAL: Duration = Duration::from_secs(20);
/// `storagebackend/factory.keepaliveTime` and `keepaliveTimeout`.
const KEEPALIVE: (Duration, Duration) = (Duration::from_secs(30), Duration::from_secs(10));
/// Largest request that etcd's client sends (`clientv3.defaultClientMaxCallSendMsgSize`).
const MOST_SENT: usize = 2 << 20;
/// `clientv3.defaultUnaryMaxRetries` and `defaultBackoffWaitBetween`.
const RETRIES: usize = 100;
const PAUSE: Duration = Duration::from_millis(25);
/// How long a call waits for a member that answers; no request waits longer for it.
const PATIENCE: Duration = Duration::from_mins(1);
/// How often members are looked after, and how long one may say nothing at all.
const LOOK: Duration = Duration::from_millis(500);
const SILENCE: Duration = Duration::from_secs(2);
/// So many questions in a row without an answer, and writes wait no more.
const LOST: u32 = 4;
/// So many, which take longer than connecting may, and another connection is tried.
const UNANSWERED: u32 = 12;
const STREAM_WINDOW: u32 = 8 << 20;
const CONNECTION_WINDOW: u32 = 64 << 20;

/// When a call is made again after a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Repeat {
    /// It changes nothing, so always.
    Always,
    /// Only if the server cannot have seen it.
    Unsent,
}

struct Member {
    endpoint: String,
    origin: Endpoint,
    target: Target,
    channel: RwLock<Channel>,
    /// Calls and watches under way.
    visits: AtomicUsize,
    /// Rises with everything that comes from it.
    heard: AtomicU64,
    /// Questions in a row whether it is there that it has not answered.
    unanswered: AtomicU32,
}

impl Member {
    fn new(endpoint: &str, files: &TlsFiles) -> Result<Self, Error> {
        let target = Target::parse(endpoint, files).map_err(Error::Unavailable)?;
        let origin = Endpoint::from_shared(format!("http://{}", target.authority()))
            .map_err(|error| Error::Unavailable(format!("{endpoint}: {error}")))?
            .connect_timeout(DIAL)
            .http2_keep_alive_interval(KEEPALIVE.0)
            .keep_alive_timeout(KEEPALIVE.1)
            .initial_stream_window_size(STREAM_WINDOW)
            .initial_connection_window_size(CONNECTION_WINDOW);
        Ok(Self {
            endpoint: endpoint.to_owned(),
            channel: RwLock::new(connection(&origin, &target)),
            origin,
            target,
            visits: AtomicUsize::new(0),
            heard: AtomicU64::new(0),
            unanswered: AtomicU32::new(0),
        })
    }

    fn client(&self) -> Grpc<Channel> {
        Grpc::new(self.channel.read().clone()).max_decoding_message_size(usize::MAX)
    }

    /// Lets what comes now have a connection of its own. What waits on the old one may still be
    /// answered.
    fn connect_anew(&self) {
        *self.channel.write() = connection(&self.origin, &self.target);
    }
}

/// Nothing is connected until the first call.
fn connection(origin: &Endpoint, target: &Target) -> Channel {
    let target = target.clone();
    let dial = move |_: http::Uri| target.clone().dial();
    origin.connect_with_connector_lazy(tower::service_fn(dial))
}

/// What is known of a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum State {
    Answers,
    /// It does not answer.
    Silent,
    /// It has not answered for long.
    Lost,
}

/// A call or watch at a member, while it lasts.
pub(super) struct Visit(Arc<Member>);

impl Visit {
    fn begin(member: &Arc<Member>) -> Self {
        member.visits.fetch_add(1, Ordering::Relaxed);
        Self(Arc::clone(member))
    }

    /// The member has said something.
    pub(super) fn heard(&self) {
        self.0.heard.fetch_add(1, Ordering::Relaxed);
    }
}

impl Drop for Visit {
    fn drop(&mut self) {
        self.0.visits.fetch_sub(1, Ordering::Relaxed);
    }
}

/// A stream of watches.
pub(super) struct Opened {
    /// The member that it is at.
    pub(super) member: usize,
    pub(super) visit: Visit,
    pub(super) responses: Streaming<WatchResponse>,
}

/// The members, those that answer by turns.
pub(super) struct Members {
    all: Vec<Arc<Member>>,
    states: watch::Sender<Vec<State>>,
    turn: AtomicUsize,
}

impl Members {
    /// Looks after the members for as long as it is kept. Needs a tokio runtime.
    pub(super) fn start(endpoints: &[String], files: &TlsFiles) -> Result<Arc<Self>, Error> {
        if endpoints.is_empty() {
            return Err(Error::Unavailable("no endpoints of etcd are given".to_owned()));
        }
        let members = endpoints.iter().map(|endpoint| Member::new(endpoint, files).map(Arc::new));
        let members = Arc::new(Self {
            all: members.collect::<Result<_, _>>()?,
            states: watch::Sender::new(vec![State::Answers; endpoints.len()]),
            turn: AtomicUsize::new(0),
        });
        tokio::spawn(look_after(Arc::downgrade(&members)));
        Ok(members)
    }

    /// Number of members.
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// Endpoint of a member.
    pub(super) fn endpoint(&self, index: usize) -> &str {
        &self.all[index % self.all.len()].endpoint
    }

    /// Calls a member; after a failure the next one, as often as etcd's own client does
    /// (`clientv3.unaryClientInterceptor`).
    pub(super) async fn call<Q, R>(
        &self,
        path: &'static str,
        request: &Q,
        repeat: Repeat,
    ) -> Result<R, Status>
    where
        Q: Message + Clone + 'static,
        R: Message + Default + 'static,
    {
        let quorum = self.all.len() / 2 + 1;
        let deadline = Instant::now() + PATIENCE;
        let mut attempt = 0;
        loop {
            let index = self.pick();
            let called = self.call_one(index, path, request);
            let patience = match repeat {
                Repeat::Always => State::Silent,
                Repeat::Unsent => State::Lost,
            };
            let called = tokio::select! {
                biased;
                answer = called => answer,
                () = self.until(index, patience) => Err(silent()),
            };
            let status = match called {
                Ok(answer) => return Ok(answer),
                Err(status) => status,
            };
            if !may_repeat(&status, repeat) {
                return Err(status);
            }
            attempt += 1;
            let enough = attempt >= RETRIES && !is_unsent(&status);
            if enough || timeout_at(deadline, self.some_answer()).await.is_err() {
                return Err(status);
            }
            if Instant::now() >= deadline {
                return Err(status);
            }
            if attempt % quorum == 0 {
                sleep(PAUSE).await;
            }
        }
    }

    /// Calls a certain member, once.
    pub(super) async fn call_one<Q, R>(
        &self,
        index: usize,
        path: &'static str,
        request: &Q,
    ) -> Result<R, Status>
    where
        Q: Message + Clone + 'static,
        R: Message + Default + 'static,
    {
        let length = request.encoded_len();
        if length > MOST_SENT {
            return Err(Status::resource_exhausted(format!(
                "trying to send message larger than max ({length} vs. {MOST_SENT})"
            )));
        }
        let visit = self.visit(index);
        let mut client = visit.0.client();
        let call = async {
            client.ready().await.map_err(|error| Status::from_error(error.into()))?;
            let codec = ProstCodec::<Q, R>::default();
            client
                .unary(Request::new(request.clone()), PathAndQuery::from_static(path), codec)
                .await
        };
        let answer = call.await;
        self.note(index, &visit, answer.as_ref().err());
        answer.map(tonic::Response::into_inner).map_err(of_transport)
    }

    /// Opens a stream of watches at a member, which must have a leader.
    pub(super) async fn watch(
        &self,
        requests: impl Stream<Item = WatchRequest> + Send + 'static,
    ) -> Result<Opened, Status> {
        let member = self.pick();
        let visit = self.visit(member);
        let mut client = visit.0.client();
        let opening = async {
            client.ready().await.map_err(|error| Status::from_error(error.into()))?;
            let mut request = Request::new(requests);
            request.metadata_mut().insert("hasleader", MetadataValue::from_static("true"));
            let codec = ProstCodec::<WatchRequest, WatchResponse>::default();
            client.streaming(request, PathAndQuery::from_static(path::WATCH), codec).await
        };
        let opened = tokio::select! {
            opened = opening => opened,
            () = self.left(member) => return Err(silent()),
        };
        self.note(member, &visit, opened.as_ref().err());
        let responses = opened.map_err(of_transport)?.into_inner();
        Ok(Opened { member, visit, responses })
    }

    fn visit(&self, index: usize) -> Visit {
        Visit::begin(&self.all[index % self.all.len()])
    }

    /// Takes note of an answer, or of a connection that failed.
    fn note(&self, index: usize, visit: &Visit, failure: Option<&Status>) {
        if failure.is_some_and(|status| status.source().is_some()) {
            self.leave(index);
        } else {
            visit.heard();
        }
    }

    /// The next member that answers; if none does, the next.
    fn pick(&self) -> usize {
        let (turn, count) = (self.turn.fetch_add(1, Ordering::Relaxed), self.all.len());
        let states = self.states.borrow();
        let mut turns = (0..count).map(|n| turn.wrapping_add(n) % count);
        turns.find(|index| states[*index] == State::Answers).unwrap_or(turn % count)
    }

    /// Leaves a member out until it answers again.
    pub(super) fn leave(&self, index: usize) {
        let index = index % self.all.len();
        let now = self.states.borrow()[index];
        self.set(index, now.max(State::Silent));
    }

    fn set(&self, index: usize, state: State) {
        let mut before = state;
        self.states.send_if_modified(|states| {
            before = std::mem::replace(&mut states[index], state);
            before != state
        });
        let endpoint = self.endpoint(index);
        match (before, state) {
            (State::Silent | State::Lost, State::Answers) => {
                tracing::info!(endpoint, "A member of etcd answers again");
            }
            (State::Answers, State::Silent | State::Lost) => {
                tracing::warn!(endpoint, "A member of etcd does not answer");
            }
            _ => {}
        }
    }

    /// Waits until a member answers.
    async fn some_answer(&self) {
        let mut states = self.states.subscribe();
        // It cannot be closed: the sender is here.
        states.wait_for(|states| states.contains(&State::Answers)).await.ok();
    }

    /// Waits until a member does not answer while another does.
    pub(super) async fn left(&self, index: usize) {
        self.until(index, State::Silent).await;
    }

    /// Waits until a member is in such a state, or a worse one, while another answers.
    async fn until(&self, index: usize, least: State) {
        let index = index % self.all.len();
        let mut states = self.states.subscribe();
        let elsewhere =
            |states: &Vec<State>| states[index] >= least && states.contains(&State::Answers);
        // It cannot be closed: the sender is here.
        states.wait_for(elsewhere).await.ok();
    }

    /// Asks a member whether it is there. Any answer will do.
    async fn ask(&self, index: usize) {
        let asked = self.call_one::<_, StatusResponse>(index, path::STATUS, &StatusRequest {});
        let member = &self.all[index];
        let state = match timeout(SILENCE, asked).await {
            Ok(Err(status)) if status.code() == Code::Unavailable => State::Silent,
            Ok(_) => State::Answers,
            Err(_) => {
                let unanswered = member.unanswered.fetch_add(1, Ordering::Relaxed) + 1;
                if unanswered.is_multiple_of(UNANSWERED) {
                    member.connect_anew();
                }
                if unanswered < LOST { State::Silent } else { State::Lost }
            }
        };
        if state == State::Answers {
            member.unanswered.store(0, Ordering::Relaxed);
        }
        self.set(index, state);
    }
}

/// Asks those that were left, and those that are waited for and say nothing, whether they are there.
async fn look_after(members: Weak<Members>) {
    let mut heard: Vec<u64> = Vec::new();
    loop {
        sleep(LOOK).await;
        let Some(members) = members.upgrade() else { return };
        heard.resize(members.all.len(), 0);
        let states = members.states.borrow().clone();
        let due = |index: &usize| {
            let member = &members.all[*index];
            let now = member.heard.load(Ordering::Relaxed);
            let quiet = std::mem::replace(&mut heard[*index], now) == now;
            states[*index] != State::Answers || quiet && member.visits.load(Ordering::Relaxed) > 0
        };
        let due: Vec<usize> = (0..states.len()).filter(due).collect();
        join_all(due.into_iter().map(|index| members.ask(index))).await;
    }
}

/// What is said of a member that is left while it is waited for.
pub(super) fn silent() -> Status {
    Status::unavailable("keepalive ping failed to receive ACK within timeout")
}

/// `clientv3.isSafeRetryImmutableRPC` and `isSafeRetryMutableRPC`.
fn may_repeat(status: &Status, repeat: Repeat) -> bool {
    status.code() == Code::Unavailable && (repeat == Repeat::Always || is_unsent(status))
}

fn is_unsent(status: &Status) -> bool {
    dialing(status).is_some()
}

fn dialing(status: &Status) -> Option<&DialError> {
    let mut source = status.source();
    while let Some(error) = source {
        if let Some(dialing) = error.downcast_ref::<DialError>() {
            return Some(dialing);
        }
        source = error.source();
    }
    None
}

/// What broke on this side of the wire has a source; it is said in the words of Go's client.
pub(super) fn of_transport(status: Status) -> Status {
    if status.source().is_none() {
        return status;
    }
    let Some(error) = dialing(&status) else {
        tracing::debug!(error = %status, "a connection to etcd broke");
        return Status::unavailable("error reading from server: EOF");
    };
    let mut unavailable = Status::unavailable(error.to_string());
    unavailable.set_source(Arc::new(error.clone()));
    unavailable
}
