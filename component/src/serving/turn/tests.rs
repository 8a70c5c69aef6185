use std::net::SocketAddr;
use std::sync::atomic::AtomicUsize;

use bytes::Bytes;
use http::{Request, Response};
use http_body::{Body, Frame};
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::client::conn::http2::SendRequest;
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::io::{AsyncRead, DuplexStream, ReadBuf};
use tokio::sync::watch;

use super::super::{Connection, Handler, Limits, converse};
use super::*;
use crate::signals::Stop;

/// Follows a number: each answer is its values, until they end. `/late` begins after a while.
struct Numbers {
    number: watch::Receiver<usize>,
    gone: Arc<AtomicUsize>,
}

/// The next value, if there is one.
type Next = Option<(usize, watch::Receiver<usize>)>;

struct Values {
    next: Pin<Box<dyn Future<Output = Next> + Send>>,
    gone: Arc<AtomicUsize>,
}

async fn changed(mut number: watch::Receiver<usize>) -> Next {
    number.changed().await.ok()?;
    let value = *number.borrow_and_update();
    Some((value, number))
}

impl Body for Values {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let Some((value, number)) = std::task::ready!(self.next.as_mut().poll(cx)) else {
            return Poll::Ready(None);
        };
        self.next = Box::pin(changed(number));
        Poll::Ready(Some(Ok(Frame::data(value.to_string().into()))))
    }
}

impl Drop for Values {
    fn drop(&mut self) {
        self.gone.fetch_add(1, Ordering::SeqCst);
    }
}

impl Handler for Numbers {
    type Body = Values;

    async fn handle(&self, _: &Connection, request: Request<Incoming>) -> Response<Values> {
        if request.uri().path() == "/late" {
            tokio::task::yield_now().await;
        }
        let next = Box::pin(changed(self.number.clone()));
        let mut response = Response::new(Values { next, gone: self.gone.clone() });
        response.extensions_mut().insert(Follows);
        response
    }
}

/// Counts what is written to a stream.
struct Counted(DuplexStream, Arc<AtomicUsize>);

impl AsyncRead for Counted {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.0).poll_read(cx, buffer)
    }
}

impl AsyncWrite for Counted {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<std::io::Result<usize>> {
        self.1.fetch_add(1, Ordering::SeqCst);
        Pin::new(&mut self.0).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(cx)
    }
}

struct World {
    number: watch::Sender<usize>,
    sender: SendRequest<Full<Bytes>>,
    writes: Arc<AtomicUsize>,
    gone: Arc<AtomicUsize>,
    server: tokio::task::JoinHandle<()>,
}

impl World {
    async fn new() -> Self {
        let (client, stream) = tokio::io::duplex(64 << 10);
        let here = SocketAddr::from(([127, 0, 0, 1], 1));
        let connection = Connection { peer: here, local: here, client_certificates: Arc::new([]) };
        let (number, receiver) = watch::channel(0);
        let (writes, gone) = (Arc::<AtomicUsize>::default(), Arc::<AtomicUsize>::default());
        let handler = Arc::new(Numbers { number: receiver, gone: gone.clone() });
        let stream = Counted(stream, writes.clone());
        let (stopper, stop) = Stop::new();
        let server = tokio::spawn(async move {
            let limits = Limits::default();
            let served = converse(stream, true, Arc::new(connection), limits, handler, stop).await;
            drop((served, stopper));
        });
        let handshake =
            hyper::client::conn::http2::handshake(TokioExecutor::new(), TokioIo::new(client));
        let (sender, connection) = handshake.await.unwrap();
        tokio::spawn(connection);
        Self { number, sender, writes, gone, server }
    }

    async fn get(&mut self, path: &str) -> Incoming {
        let request = Request::builder().uri(format!("https://x{path}"));
        let request = request.body(Full::default()).unwrap();
        self.sender.send_request(request).await.unwrap().into_body()
    }
}

/// Lets all tasks come to rest.
async fn rest() {
    tokio::time::sleep(std::time::Duration::from_millis(20)).await;
}

async fn read(body: &mut Incoming) -> String {
    let frame = body.frame().await.unwrap().unwrap();
    String::from_utf8(frame.into_data().unwrap().to_vec()).unwrap()
}

#[tokio::test(start_paused = true)]
async fn an_event_of_many_streams_leaves_in_one_write() {
    let mut world = World::new().await;
    let mut bodies = Vec::new();
    for index in 0..20 {
        bodies.push(world.get(if index % 2 == 0 { "/" } else { "/late" }).await);
    }
    for value in ["1", "2"] {
        rest().await;
        let before = world.writes.load(Ordering::SeqCst);
        world.number.send_modify(|number| *number += 1);
        rest().await;
        assert_eq!(world.writes.load(Ordering::SeqCst) - before, 1);
        for body in &mut bodies {
            assert_eq!(read(body).await, value);
        }
    }
    drop(world.number);
    for body in bodies {
        assert!(body.collect().await.unwrap().to_bytes().is_empty());
    }
    assert_eq!(world.gone.load(Ordering::SeqCst), 20);
}

#[tokio::test(start_paused = true)]
async fn a_stream_that_is_given_up_is_dropped_alone() {
    let mut world = World::new().await;
    let (given_up, mut kept) = (world.get("/").await, world.get("/").await);
    drop(given_up);
    rest().await;
    assert_eq!(world.gone.load(Ordering::SeqCst), 1);
    world.number.send_replace(7);
    assert_eq!(read(&mut kept).await, "7");
}

#[tokio::test(start_paused = true)]
async fn streams_go_with_their_connection() {
    let mut world = World::new().await;
    let bodies = (world.get("/").await, world.get("/late").await);
    rest().await;
    let hall = Arc::<Hall>::default();
    hall.take_in(std::future::pending());
    assert!(hall.arrivals.lock().is_none());
    world.server.abort();
    rest().await;
    assert_eq!(world.gone.load(Ordering::SeqCst), 2);
    drop(bodies);
}

#[test]
fn who_is_never_done_lets_others_have_their_turn() {
    struct Rung(AtomicUsize);
    impl Wake for Rung {
        fn wake(self: Arc<Self>) {
            self.0.fetch_add(1, Ordering::SeqCst);
        }
    }
    let polls = Arc::<AtomicUsize>::default();
    let serving = poll_fn({
        let polls = polls.clone();
        move |cx| {
            polls.fetch_add(1, Ordering::SeqCst);
            cx.waker().wake_by_ref();
            Poll::<hyper::Result<()>>::Pending
        }
    });
    let (stream, _there) = tokio::io::duplex(1);
    let mut turn = Turn::new(serving, Arc::default(), super::super::gather::gather(stream).1);
    let rung = Arc::new(Rung(AtomicUsize::new(0)));
    let waker = Waker::from(rung.clone());
    for round in 1..=2 {
        assert!(Pin::new(&mut turn).poll(&mut Context::from_waker(&waker)).is_pending());
        let counts = (polls.load(Ordering::SeqCst), rung.0.load(Ordering::SeqCst));
        assert_eq!(counts, (round * ROUNDS, round));
    }
}
