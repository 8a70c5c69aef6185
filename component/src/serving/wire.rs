//! The bytes of an HTTP/1 connection, with Go's words where the HTTP library refuses a request by
//! itself and with no body.

use std::io::{self, IoSlice};
use std::mem::MaybeUninit;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::{Buf, Bytes};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::Sleep;

use super::activity::Activity;
use super::refusal;

/// As much of a head as says why it is refused.
const HEAD_BYTES: usize = 8 << 10;
/// For how long the rest of a refused request is read, as closing before would take the answer
/// back (`net/http.rstAvoidanceDelay`).
const LINGER: Duration = Duration::from_millis(500);

/// An HTTP/1 connection.
pub(super) struct Wire<S> {
    inner: S,
    activity: Arc<Activity>,
    /// Start of the head that is awaited.
    head: Vec<u8>,
    /// Requests before that head.
    before: u64,
    /// What is said instead of the library's words; empty once it is sent.
    refusal: Option<Bytes>,
    /// Ends the wait for the peer to read the refusal.
    linger: Option<Pin<Box<Sleep>>>,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Wire<S> {
    pub(super) fn new(inner: S, activity: Arc<Activity>) -> Self {
        Self { inner, activity, head: Vec::new(), before: 0, refusal: None, linger: None }
    }

    fn refuse(&mut self, code: u16) {
        if self.refusal.is_none() {
            self.refusal = Some(refusal::answer(&self.head, code).into());
        }
    }

    /// Whether these bytes are the library's own refusal, which is then replaced.
    fn replaces(&mut self, written: &[u8]) -> bool {
        if self.activity.is_answering() {
            return false;
        }
        let code = written.get(9..12).and_then(|code| std::str::from_utf8(code).ok());
        self.refuse(code.and_then(|code| code.parse().ok()).unwrap_or(400));
        true
    }

    fn poll_refusal(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let Some(refusal) = &mut self.refusal else { return Poll::Ready(Ok(())) };
        while !refusal.is_empty() {
            let sent = ready!(Pin::new(&mut self.inner).poll_write(cx, refusal))?;
            if sent == 0 {
                return Poll::Ready(Err(io::ErrorKind::WriteZero.into()));
            }
            refusal.advance(sent);
        }
        Pin::new(&mut self.inner).poll_flush(cx)
    }

    fn poll_end(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(self.poll_refusal(cx))?;
        if self.linger.is_none() {
            ready!(Pin::new(&mut self.inner).poll_shutdown(cx))?;
        }
        if self.refusal.is_none() {
            return Poll::Ready(Ok(()));
        }
        let linger = self.linger.get_or_insert_with(|| Box::pin(tokio::time::sleep(LINGER)));
        let mut scratch = [MaybeUninit::uninit(); 4096];
        while linger.as_mut().poll(cx).is_pending() {
            let mut buffer = ReadBuf::uninit(&mut scratch);
            let result = ready!(Pin::new(&mut self.inner).poll_read(cx, &mut buffer));
            if result.is_err() || buffer.filled().is_empty() {
                break;
            }
        }
        Poll::Ready(Ok(()))
    }

    /// Remembers what may have to be judged.
    fn note(&mut self, before: u64, read: &[u8]) {
        if self.before != before {
            self.before = before;
            self.head.clear();
        }
        if self.head.is_empty() {
            self.activity.begin_head();
        }
        let room = HEAD_BYTES - self.head.len();
        self.head.extend_from_slice(&read[..read.len().min(room)]);
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncRead for Wire<S> {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        if this.refusal.is_none() {
            let start = buffer.filled().len();
            let result = ready!(Pin::new(&mut this.inner).poll_read(cx, buffer));
            let ended =
                result.as_ref().err().is_none_or(|e| e.kind() == io::ErrorKind::UnexpectedEof);
            let read = &buffer.filled()[start..];
            match this.activity.idle() {
                Some(before) if !read.is_empty() => this.note(before, read),
                // The library is silent about a head that is cut short.
                Some(before) if ended && before == this.before && !this.head.is_empty() => {
                    this.refuse(400);
                }
                _ => return Poll::Ready(result),
            }
            if this.refusal.is_none() {
                return Poll::Ready(Ok(()));
            }
        }
        this.poll_end(cx)
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncWrite for Wire<S> {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        if this.replaces(bytes) {
            return Poll::Ready(Ok(bytes.len()));
        }
        Pin::new(&mut this.inner).poll_write(cx, bytes)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        pieces: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        if this.replaces(pieces.first().map_or(&[], |piece| piece)) {
            return Poll::Ready(Ok(pieces.iter().map(|piece| piece.len()).sum()));
        }
        Pin::new(&mut this.inner).poll_write_vectored(cx, pieces)
    }

    fn is_write_vectored(&self) -> bool {
        self.inner.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        ready!(this.poll_refusal(cx))?;
        ready!(Pin::new(&mut this.inner).poll_flush(cx))?;
        this.activity.flushed();
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.get_mut().poll_end(cx)
    }
}
