//! Calls to the members of an etcd cluster: one connection to each, failover between them.

use std::error::Error as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use futures::Stream;
use http::uri::PathAndQuery;
use prost::Message;
use tonic::client::Grpc;
use tonic::metadata::MetadataValue;
use tonic::transport::{Channel, Endpoint};
use tonic::{Code, Request, Status, Streaming};
use tonic_prost::ProstCodec;

use super::dial::{DialError, Target, TlsFiles};
use super::messages::{WatchRequest, WatchResponse, path};
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
    channel: Channel,
}

/// The members; one of them is used until it fails.
pub(super) struct Members {
    members: Vec<Member>,
    current: AtomicUsize,
}

impl Members {
    /// Nothing is connected until the first call.
    pub(super) fn new(endpoints: &[String], files: &TlsFiles) -> Result<Self, Error> {
        let unusable = |text: String| Error::Unavailable(text);
        if endpoints.is_empty() {
            return Err(unusable("no endpoints of etcd are given".to_owned()));
        }
        let members = endpoints.iter().map(|endpoint| {
            let target = Target::parse(endpoint, files).map_err(unusable)?;
            let origin = Endpoint::from_shared(format!("http://{}", target.authority()))
                .map_err(|error| unusable(format!("{endpoint}: {error}")))?;
            let channel = origin
                .connect_timeout(DIAL)
                .http2_keep_alive_interval(KEEPALIVE.0)
                .keep_alive_timeout(KEEPALIVE.1)
                .initial_stream_window_size(STREAM_WINDOW)
                .initial_connection_window_size(CONNECTION_WINDOW)
                .connect_with_connector_lazy(tower::service_fn(move |_: http::Uri| {
                    target.clone().dial()
                }));
            Ok(Member { endpoint: endpoint.clone(), channel })
        });
        Ok(Self { members: members.collect::<Result<_, _>>()?, current: AtomicUsize::new(0) })
    }

    /// Number of members.
    pub(super) fn len(&self) -> usize {
        self.members.len()
    }

    /// Endpoint of a member.
    pub(super) fn endpoint(&self, index: usize) -> &str {
        &self.members[index % self.members.len()].endpoint
    }

    /// Calls the current member; after a failure the next one, as often and as fast as etcd's own
    /// client does (`clientv3.unaryClientInterceptor`).
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
        let quorum = self.members.len() / 2 + 1;
        let mut attempt = 0;
        loop {
            let index = self.current.load(Ordering::Relaxed);
            let status = match self.call_one(index, path, request).await {
                Ok(answer) => return Ok(answer),
                Err(status) => status,
            };
            if status.code() == Code::Unavailable {
                self.leave(index);
            }
            attempt += 1;
            if attempt >= RETRIES || !may_repeat(&status, repeat) {
                return Err(status);
            }
            if attempt % quorum == 0 {
                tokio::time::sleep(PAUSE).await;
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
        let mut client = self.client(index);
        let call = async {
            client.ready().await.map_err(|error| Status::from_error(error.into()))?;
            let codec = ProstCodec::<Q, R>::default();
            client
                .unary(Request::new(request.clone()), PathAndQuery::from_static(path), codec)
                .await
        };
        call.await.map(tonic::Response::into_inner).map_err(of_transport)
    }

    /// Opens a stream of watches at the current member, which must have a leader. Answers which one
    /// it was.
    pub(super) async fn watch(
        &self,
        requests: impl Stream<Item = WatchRequest> + Send + 'static,
    ) -> Result<(usize, Streaming<WatchResponse>), Status> {
        let index = self.current.load(Ordering::Relaxed);
        let mut client = self.client(index);
        let opened = async {
            client.ready().await.map_err(|error| Status::from_error(error.into()))?;
            let mut request = Request::new(requests);
            request.metadata_mut().insert("hasleader", MetadataValue::from_static("true"));
            let codec = ProstCodec::<WatchRequest, WatchResponse>::default();
            client.streaming(request, PathAndQuery::from_static(path::WATCH), codec).await
        };
        match opened.await {
            Ok(stream) => Ok((index, stream.into_inner())),
            Err(status) => {
                self.leave(index);
                Err(of_transport(status))
            }
        }
    }

    /// Lets another member than this one be used from now on, unless that has happened already.
    pub(super) fn leave(&self, index: usize) {
        let next = (index + 1) % self.members.len();
        // Whoever comes second finds it done.
        self.current.compare_exchange(index, next, Ordering::Relaxed, Ordering::Relaxed).ok();
    }

    fn client(&self, index: usize) -> Grpc<Channel> {
        let channel = self.members[index % self.members.len()].channel.clone();
        Grpc::new(channel).max_decoding_message_size(usize::MAX)
    }
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
