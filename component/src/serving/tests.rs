use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};

use http_body::Frame;
use http_body_util::BodyExt;
use hyper_util::rt::TokioExecutor;
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream};

use super::*;

/// Answers with an endless body, or with none, that must be read within a minute.
struct Pages(Arc<AtomicBool>);

/// Says when it is gone.
struct Page {
    endless: bool,
    gone: Arc<AtomicBool>,
}

impl Drop for Page {
    fn drop(&mut self) {
        self.gone.store(true, Ordering::SeqCst);
    }
}

impl Body for Page {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let piece = Bytes::from_static(&[b'a'; 1000]);
        std::task::Poll::Ready(self.endless.then_some(Ok(Frame::data(piece))))
    }
}

impl Handler for Pages {
    type Body = Page;

    async fn handle(&self, _: &Connection, request: Request<Incoming>) -> Response<Page> {
        let endless = request.uri().path() == "/endless";
        let mut response = Response::new(Page { endless, gone: self.0.clone() });
        response.extensions_mut().insert(Deadline(Instant::now() + Duration::from_mins(1)));
        response
    }
}

/// The client's end, the task of the server and whether the page is gone.
fn start(http2: bool) -> (DuplexStream, tokio::task::JoinHandle<()>, Arc<AtomicBool>) {
    let (client, stream) = tokio::io::duplex(64 << 10);
    let here = SocketAddr::from(([127, 0, 0, 1], 1));
    let connection = Connection { peer: here, local: here, client_certificates: Arc::new([]) };
    let limits = Limits { header_bytes: 8 << 10, ..Limits::default() };
    let (stopper, stop) = Stop::new();
    let gone = Arc::<AtomicBool>::default();
    let handler = Arc::new(Pages(gone.clone()));
    let task = tokio::spawn(async move {
        let served = converse(stream, http2, Arc::new(connection), limits, handler, stop).await;
        drop((served, stopper));
    });
    (client, task, gone)
}

fn paused() -> tokio::runtime::Runtime {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    builder.enable_all().start_paused(true).build().unwrap()
}

/// Sends this and nothing more: what comes back, and the seconds until the end.
#[track_caller]
fn check(sent: &str, half_close: bool, expected: &str, seconds: u64) {
    let (text, elapsed) = paused().block_on(async {
        let (mut client, task, _) = start(false);
        let begun = Instant::now();
        client.write_all(sent.as_bytes()).await.unwrap();
        if half_close {
            client.shutdown().await.unwrap();
        }
        let mut text = String::new();
        client.read_to_string(&mut text).await.unwrap();
        let elapsed = begun.elapsed().as_secs();
        drop(client);
        task.await.unwrap();
        (text, elapsed)
    });
    let text: String = text.split_inclusive("\r\n").filter(|l| !l.starts_with("date:")).collect();
    assert_eq!((text.as_str(), elapsed), (expected, seconds));
}

const HEADERS: &str = "Content-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n";

#[test]
fn a_refused_head_is_answered_in_go_s_words() {
    let bad = format!("HTTP/1.1 400 Bad Request\r\n{HEADERS}400 Bad Request");
    check("rubbish\r\n\r\n", false, &bad, 0);
    let phrase = "505 HTTP Version Not Supported: unsupported protocol version";
    let version = format!("HTTP/1.1 {phrase}\r\n{HEADERS}{phrase}");
    check("GET / HTTP/2.5\r\nHost: x\r\n\r\n", false, &version, 0);
    let long = format!("GET / HTTP/1.1\r\nHost: x\r\nX: {}\r\n\r\n", "a".repeat(20 << 10));
    let phrase = "431 Request Header Fields Too Large";
    check(&long, false, &format!("HTTP/1.1 {phrase}\r\n{HEADERS}{phrase}"), 0);
}

#[test]
fn a_head_that_is_cut_short_is_a_bad_request() {
    let bad = format!("HTTP/1.1 400 Bad Request\r\n{HEADERS}400 Bad Request");
    check("GET /hea", true, &bad, 0);
    check("", true, "", 0);
}

#[test]
fn a_second_head_is_judged_like_the_first() {
    let sent = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    let answer = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n";
    let bad = format!("{answer}HTTP/1.1 400 Bad Request\r\n{HEADERS}400 Bad Request");
    let (text, ()) = paused().block_on(async {
        let (mut client, task, _) = start(false);
        client.write_all(sent.as_bytes()).await.unwrap();
        tokio::time::sleep(Duration::from_secs(1)).await;
        client.write_all(b"rubbish\r\n\r\n").await.unwrap();
        let mut text = String::new();
        client.read_to_string(&mut text).await.unwrap();
        drop(client);
        (text, task.await.unwrap())
    });
    let text: String = text.split_inclusive("\r\n").filter(|l| !l.starts_with("date:")).collect();
    assert_eq!(text, bad);
}

#[test]
fn slow_heads_and_idle_connections_are_cut() {
    check("", false, "", 32);
    check("GET / HTTP/1.1\r\nHost: x\r\n", false, "", 32);
    let answer = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n";
    check("GET / HTTP/1.1\r\nHost: x\r\n\r\n", false, answer, 90);
}

#[test]
fn an_answer_that_is_not_read_ends_the_connection() {
    paused().block_on(async {
        let (mut client, task, gone) = start(false);
        let begun = Instant::now();
        client.write_all(b"GET /endless HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
        task.await.unwrap();
        assert_eq!((begun.elapsed().as_secs(), gone.load(Ordering::SeqCst)), (60, true));
    });
}

#[test]
fn an_answer_that_is_not_read_is_taken_from_its_stream() {
    paused().block_on(async {
        let (client, task, gone) = start(true);
        let io = TokioIo::new(client);
        let handshake = hyper::client::conn::http2::handshake(TokioExecutor::new(), io);
        let (mut sender, connection) = handshake.await.unwrap();
        tokio::spawn(connection);
        let get = |path: &str| {
            let request = Request::builder().uri(format!("https://x{path}"));
            request.body(Full::<Bytes>::default()).unwrap()
        };
        let mut slow = sender.send_request(get("/endless")).await.unwrap().into_body();
        tokio::time::sleep(Duration::from_secs(50)).await;
        assert!(!gone.load(Ordering::SeqCst));
        tokio::time::sleep(Duration::from_secs(11)).await;
        assert!(gone.load(Ordering::SeqCst));
        // The connection goes on, and what is left of the stream ends in an error.
        let other = sender.send_request(get("/")).await.unwrap();
        assert!(other.into_body().collect().await.is_ok());
        let end = loop {
            match slow.frame().await {
                Some(Ok(_)) => {}
                end => break end,
            }
        };
        assert!(end.is_some_and(|frame| frame.is_err()));
        drop((slow, sender));
        task.await.unwrap();
    });
}

#[test]
fn a_head_over_http_2_has_no_body() {
    let page = |size: usize| Response::new(Full::<Bytes>::from(vec![b'a'; size]));
    for (size, length) in [(0, None), (10, Some("10"))] {
        let response = bare(page(size));
        let found = response.headers().get(CONTENT_LENGTH).map(|value| value.to_str().unwrap());
        assert_eq!((found, response.body().is_end_stream()), (length, true));
    }
}
