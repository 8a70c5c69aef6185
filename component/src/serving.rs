//! Secure serving: a TLS listener that speaks HTTP/1.1 and HTTP/2, with stock's limits.

mod preflight;
pub mod tls;

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::task::{Context, Waker};
use std::time::Duration;

use bytes::Bytes;
use http::header::CONNECTION;
use http::{HeaderValue, Request, Response, Version};
use http_body::Body;
use http_body_util::{Either, Full};
use hyper::body::Incoming;
use hyper::rt::Executor;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use rustls_pki_types::CertificateDer;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;

use crate::signals::Stop;

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
    /// HTTP/2 is offered.
    pub http2: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_streams: 100,
            header_bytes: (1 << 20) + 320,
            header_timeout: Duration::from_secs(32),
            http2: true,
        }
    }
}

/// Answers requests.
pub trait Handler: Send + Sync + 'static {
    /// Body of the answers.
    type Body: Body<Data = Bytes, Error: Into<Box<dyn std::error::Error + Send + Sync>>>
        + Send
        + 'static;

    /// Answers one request.
    fn handle(
        &self,
        connection: &Connection,
        request: Request<Incoming>,
    ) -> impl Future<Output = Response<Self::Body>> + Send;
}

/// Binds a listener; `share_port` sets `SO_REUSEPORT`.
pub fn bind(address: SocketAddr, share_port: bool) -> std::io::Result<TcpListener> {
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
        let (acceptor, handler) = (TlsAcceptor::from(tls.current()), handler.clone());
        connections.spawn(connect(stream, peer, acceptor, limits, handler, stop.clone()));
    }
    drop(listener);
    let drained = async { while connections.join_next().await.is_some() {} };
    if tokio::time::timeout(grace, drained).await.is_err() {
        tracing::info!("Cut the connections that outlasted the grace period");
    }
}

async fn connect<H: Handler>(
    stream: TcpStream,
    peer: SocketAddr,
    acceptor: TlsAcceptor,
    limits: Limits,
    handler: Arc<H>,
    mut stop: Stop,
) {
    stream.set_nodelay(true).ok();
    let Ok(local) = stream.local_addr() else { return };
    let handshake = tokio::time::timeout(limits.header_timeout, acceptor.accept(stream));
    let stream = match handshake.await {
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
    let close = Arc::new(Notify::new());
    let service = service_fn({
        let close = close.clone();
        move |request| answer(handler.clone(), connection.clone(), close.clone(), request)
    });
    let builder = builder(limits);
    let serving = builder.serve_connection_with_upgrades(TokioIo::new(stream), service);
    tokio::pin!(serving);
    let ended = tokio::select! {
        ended = &mut serving => ended,
        () = stop.wait() => {
            serving.as_mut().graceful_shutdown();
            serving.await
        }
        () = close.notified() => {
            serving.as_mut().graceful_shutdown();
            serving.await
        }
    };
    if let Err(error) = ended {
        tracing::trace!(%peer, err = %error, "Connection ended");
    }
}

/// `Connection: close` has no place in HTTP/2: there it becomes a GOAWAY, as in Go.
async fn answer<H: Handler>(
    handler: Arc<H>,
    connection: Arc<Connection>,
    close: Arc<Notify>,
    request: Request<Incoming>,
) -> Result<Response<Either<H::Body, Full<Bytes>>>, Infallible> {
    if let Some(response) = preflight::answer(&request) {
        return Ok(response.map(Either::Right));
    }
    let http2 = request.version() == Version::HTTP_2;
    let mut response = handler.handle(&connection, request).await;
    if http2 && response.headers().get(CONNECTION) == Some(&HeaderValue::from_static("close")) {
        response.headers_mut().remove(CONNECTION);
        close.notify_one();
    }
    Ok(response.map(Either::Left))
}

/// Go limits the bytes of headers and not their number; each of these costs room per request.
const HEADERS: usize = 1000;

/// Runs what hyper starts, one future for each h2 request: on the connection's own task as far as it
/// comes without waiting, and as a task of its own from there. An answer that is at hand costs no
/// task, and answers that are ready together leave in one write. Who works long yields first.
#[derive(Clone, Copy, Debug)]
struct Eager;

impl<F: Future<Output = ()> + Send + 'static> Executor<F> for Eager {
    fn execute(&self, future: F) {
        let mut future = Box::pin(future);
        // Whoever wakes the future must wake its task: that is the one which polls it next.
        if future.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending() {
            tokio::spawn(future);
        }
    }
}

fn builder(limits: Limits) -> auto::Builder<Eager> {
    const WINDOW: u32 = 256 << 10;
    let mut builder = auto::Builder::new(Eager);
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.header_timeout)
        .max_headers(HEADERS)
        .max_buf_size(limits.header_bytes as usize + 4096);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(limits.max_streams)
        .max_header_list_size(limits.header_bytes)
        .initial_stream_window_size(WINDOW)
        .initial_connection_window_size(WINDOW * limits.max_streams.clamp(1, 100))
        .max_frame_size(WINDOW)
        .keep_alive_interval(Some(Duration::from_secs(30)))
        .keep_alive_timeout(Duration::from_secs(30));
    if limits.http2 { builder } else { builder.http1_only() }
}
