//! Secure serving: a TLS listener that speaks HTTP/1.1 and HTTP/2, with stock's limits.

mod activity;
mod gather;
mod preflight;
mod refusal;
pub mod tls;
mod turn;
mod wire;

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures::StreamExt as _;
use futures::stream::FuturesUnordered;
use http::header::{CONNECTION, CONTENT_LENGTH};
use http::{HeaderValue, Method, Request, Response, StatusCode, Version};
use http_body::Body;
use http_body_util::{Either, Full};
use hyper::body::Incoming;
use hyper::ext::ReasonPhrase;
use hyper::server::conn::{http1, http2};
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use rustls::server::Acceptor;
use rustls_pki_types::CertificateDer;
use socket2::{SockRef, TcpKeepalive};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::task::JoinSet;
use tokio::time::Instant;
use tokio_rustls::LazyConfigAcceptor;
use tokio_rustls::server::TlsStream;

use crate::signals::Stop;
use activity::{Activity, Answer, Busy, Verdict};
use gather::gather;
use turn::{Eager, Hall, Stay, Turn};
use wire::Wire;

pub use activity::Deadline;
pub use turn::Follows;

/// Any error of a body.
type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// Who is at the other end of a request.
#[derive(Clone, Debug)]
pub struct Connection {
    /// Address of the peer.
    pub peer: SocketAddr,
    /// Address that the peer reached.
    pub local: SocketAddr,
    /// Certificates that the peer presented, leaf first; the holder has the leaf's key, nothing
    /// else about them has been checked.
    pub client_certificates: Arc<[CertificateDer<'static>]>,
}

/// Limits of a listener; the default is stock's (`server.SecureServingInfo.Serve`).
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// HTTP/2 streams per connection.
    pub max_streams: u32,
    /// Size of a request's headers.
    pub header_bytes: u32,
    /// Time for the TLS handshake and for the headers of a request.
    pub header_timeout: Duration,
    /// Time that a connection may be without a request.
    pub idle_timeout: Duration,
    /// HTTP/2 is offered.
    pub http2: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_streams: 100,
            header_bytes: (1 << 20) + 320,
            header_timeout: Duration::from_secs(32),
            idle_timeout: Duration::from_secs(90),
            http2: true,
        }
    }
}

/// Answers requests.
pub trait Handler: Send + Sync + 'static {
    /// Body of the answers.
    type Body: Body<Data = Bytes, Error: Into<BoxError>> + Unpin + Send + 'static;

    /// Answers one request.
    fn handle(
        &self,
        connection: &Connection,
        request: Request<Incoming>,
    ) -> impl Future<Output = Response<Self::Body>> + Send;
}

/// Binds a listener; `share_port` sets `SO_REUSEPORT`.
pub fn bind(address: SocketAddr, share_port: bool) -> io::Result<TcpListener> {
    let domain = socket2::Domain::for_address(address);
    let socket = socket2::Socket::new(domain, socket2::Type::STREAM, None)?;
    socket.set_reuse_address(true)?;
    if share_port {
        socket.set_reuse_port(true)?;
    }
    if let SocketAddr::V6(v6) = address
        && v6.ip().is_unspecified()
    {
        socket.set_only_v6(false)?;
    }
    socket.set_nonblocking(true)?;
    socket.bind(&address.into())?;
    socket.listen(4096)?;
    TcpListener::from_std(socket.into())
}

/// Serves until `stop`, then lets requests in flight end: at most for `grace`.
pub async fn serve<H: Handler>(
    listener: TcpListener,
    tls: Arc<tls::Reloading>,
    limits: Limits,
    handler: Arc<H>,
    mut stop: Stop,
    grace: Duration,
) {
    let mut connections = JoinSet::new();
    loop {
        let accepted = tokio::select! {
            () = stop.wait() => break,
            Some(_) = connections.join_next(), if !connections.is_empty() => continue,
            accepted = listener.accept() => accepted,
        };
        let (stream, peer) = match accepted {
            Ok(pair) => pair,
            Err(error) => {
                // Out of descriptors, or the peer is gone already: neither ends the listener.
                tracing::warn!(err = %error, "Failed to accept a connection");
                tokio::time::sleep(Duration::from_millis(20)).await;
                continue;
            }
        };
        let (settings, handler) = (tls.current(), handler.clone());
        connections.spawn(connect(stream, peer, settings, limits, handler, stop.clone()));
    }
    drop(listener);
    let drained = async { while connections.join_next().await.is_some() {} };
    if tokio::time::timeout(grace, drained).await.is_err() {
        tracing::info!("Cut the connections that outlasted the grace period");
    }
}

/// Time after which a silent peer is asked whether it is there
/// (`server.tcpKeepAliveListener`).
const KEEPALIVE: Duration = Duration::from_mins(3);

async fn connect<H: Handler>(
    stream: TcpStream,
    peer: SocketAddr,
    settings: tls::Settings,
    limits: Limits,
    handler: Arc<H>,
    stop: Stop,
) {
    stream.set_nodelay(true).ok();
    let keepalive = TcpKeepalive::new().with_time(KEEPALIVE).with_interval(KEEPALIVE);
    SockRef::from(&stream).set_tcp_keepalive(&keepalive).ok();
    let Ok(local) = stream.local_addr() else { return };
    let secured = tokio::time::timeout(limits.header_timeout, secure(stream, &settings)).await;
    let stream = match secured {
        Ok(Ok(stream)) => stream,
        Ok(Err(error)) => {
            tracing::debug!(%peer, err = %error, "TLS handshake error");
            return;
        }
        Err(_) => return,
    };
    let certificates = stream.get_ref().1.peer_certificates().unwrap_or_default();
    let client_certificates = certificates.iter().cloned().map(CertificateDer::into_owned);
    let connection =
        Arc::new(Connection { peer, local, client_certificates: client_certificates.collect() });
    let http2 = stream.get_ref().1.alpn_protocol() == Some(b"h2");
    if let Err(error) = converse(stream, http2, connection, limits, handler, stop).await {
        tracing::trace!(%peer, err = %error, "Connection ended");
    }
}

/// The TLS handshake.
async fn secure(stream: TcpStream, settings: &tls::Settings) -> io::Result<TlsStream<TcpStream>> {
    let greeted = LazyConfigAcceptor::new(Acceptor::default(), stream).await?;
    let config = settings.of(&greeted.client_hello());
    greeted.into_stream(config).await
}

/// Serves a connection whose protocol is known.
async fn converse<S, H: Handler>(
    stream: S,
    http2: bool,
    connection: Arc<Connection>,
    limits: Limits,
    handler: Arc<H>,
    stop: Stop,
) -> hyper::Result<()>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let (activity, close) = (Activity::new(http2), Arc::new(Notify::new()));
    let hall = Arc::<Hall>::default();
    let service = service_fn({
        let (activity, close, hall) = (activity.clone(), close.clone(), hall.clone());
        move |request| {
            let place =
                Place { activity: activity.clone(), busy: activity.begin(), stay: hall.request() };
            answer(handler.clone(), connection.clone(), place, close.clone(), request)
        }
    });
    let course = Course { activity: activity.clone(), limits, close: close.clone(), stop };
    if http2 {
        let (stream, gathered) = gather(stream);
        let serving = http2_builder(&limits, Eager(hall.clone()))
            .serve_connection(TokioIo::new(stream), service);
        let turn = Turn::new(serving, hall, gathered);
        return course.run(turn, |turn| turn.tell(http2::Connection::graceful_shutdown)).await;
    }
    let stream = TokioIo::new(Wire::new(stream, activity));
    let serving = http1_builder(&limits).serve_connection(stream, service).with_upgrades();
    course.run(pin!(serving), |serving| serving.as_mut().graceful_shutdown()).await
}

/// What ends a connection before its peer does.
struct Course {
    activity: Arc<Activity>,
    limits: Limits,
    close: Arc<Notify>,
    stop: Stop,
}

impl Course {
    /// Serves until the end, for which `end` asks.
    async fn run<C>(self, mut serving: C, end: impl Fn(&mut C)) -> hyper::Result<()>
    where
        C: Future<Output = hyper::Result<()>> + Unpin,
    {
        let mut ending = false;
        loop {
            let wake = match self.activity.verdict(&self.limits, Instant::now()) {
                Verdict::Wait(until) => until,
                Verdict::End => {
                    end(&mut serving);
                    continue;
                }
                Verdict::Close => return Ok(()),
            };
            // It is looked at only when it is woken itself, and not whenever the connection is.
            let mut interruption = FuturesUnordered::from_iter([self.interruption(ending, wake)]);
            let ends = tokio::select! {
                biased;
                ended = &mut serving => return ended,
                ends = interruption.select_next_some() => ends,
            };
            if ends {
                ending = true;
                end(&mut serving);
            }
        }
    }

    /// Waits for a reason to end the connection, or until its state is to be judged anew.
    async fn interruption(&self, ending: bool, judge: Instant) -> bool {
        let mut stop = self.stop.clone();
        tokio::select! {
            () = stop.wait(), if !ending => true,
            () = self.close.notified() => true,
            () = tokio::time::sleep_until(judge) => false,
        }
    }
}

/// What a request has of its connection.
struct Place {
    activity: Arc<Activity>,
    busy: Busy,
    stay: Arc<Stay>,
}

/// `Connection: close` has no place in HTTP/2: there it becomes a GOAWAY, as in Go.
async fn answer<H: Handler>(
    handler: Arc<H>,
    connection: Arc<Connection>,
    Place { activity, busy, stay }: Place,
    close: Arc<Notify>,
    request: Request<Incoming>,
) -> Result<Response<Answer<Either<H::Body, Full<Bytes>>>>, Infallible> {
    if let Some(response) = preflight::answer(&request) {
        return Ok(response.map(|body| Answer::new(Either::Right(body), busy, None)));
    }
    let is_connect = request.method() == Method::CONNECT;
    let is_head = request.method() == Method::HEAD;
    let http2 = request.version() == Version::HTTP_2;
    let mut response = handler.handle(&connection, request).await;
    if http2 && response.headers().get(CONNECTION) == Some(&HeaderValue::from_static("close")) {
        response.headers_mut().remove(CONNECTION);
        close.notify_one();
    }
    let tunnels = is_connect && response.status().is_success();
    if !http2 && (tunnels || response.status() == StatusCode::SWITCHING_PROTOCOLS) {
        activity.upgrade();
    }
    if !http2 && let Some(phrase) = phrase(response.status()) {
        response.extensions_mut().insert(ReasonPhrase::from_static(phrase));
    }
    if http2 && is_head {
        return Ok(bare(response).map(|body| Answer::new(Either::Right(body), busy, None)));
    }
    if response.extensions_mut().remove::<Follows>().is_some() {
        stay.set();
    }
    let deadline = response.extensions_mut().remove::<Deadline>();
    Ok(response.map(|body| Answer::new(Either::Left(body), busy, deadline)))
}

/// Go's name of a code where it differs from the library's (`net/http.StatusText`).
fn phrase(code: StatusCode) -> Option<&'static [u8]> {
    match code {
        StatusCode::PAYLOAD_TOO_LARGE => Some(b"Request Entity Too Large"),
        StatusCode::URI_TOO_LONG => Some(b"Request URI Too Long"),
        StatusCode::RANGE_NOT_SATISFIABLE => Some(b"Requested Range Not Satisfiable"),
        _ => None,
    }
}

/// The answer to a HEAD: over HTTP/2 the library would send the body.
fn bare<B: Body>(response: Response<B>) -> Response<Full<Bytes>> {
    let (mut parts, body) = response.into_parts();
    if let Some(size) = body.size_hint().exact().filter(|size| *size > 0) {
        parts.headers.entry(CONTENT_LENGTH).or_insert_with(|| HeaderValue::from(size));
    }
    Response::from_parts(parts, Full::default())
}

/// Go limits the bytes of headers and not their number; each of these costs room per request.
const HEADERS: usize = 1000;

/// Bytes of a stream, and of a piece of an answer, that may be on their way.
const WINDOW: u32 = 256 << 10;

fn http1_builder(limits: &Limits) -> http1::Builder {
    let mut builder = http1::Builder::new();
    builder
        .header_read_timeout(None)
        .max_headers(HEADERS)
        .max_header_size(limits.header_bytes as usize + 4096)
        .max_buf_size(limits.header_bytes as usize + 4096);
    builder
}

fn http2_builder(limits: &Limits, executor: Eager) -> http2::Builder<Eager> {
    let mut builder = http2::Builder::new(executor);
    builder
        .timer(TokioTimer::new())
        .max_concurrent_streams(limits.max_streams)
        .max_header_list_size(limits.header_bytes)
        .initial_stream_window_size(WINDOW)
        .initial_connection_window_size(WINDOW * limits.max_streams.clamp(1, 100))
        .max_frame_size(WINDOW)
        .keep_alive_interval(Some(Duration::from_secs(30)))
        .keep_alive_timeout(Duration::from_secs(30));
    builder
}

#[cfg(test)]
mod tests;
