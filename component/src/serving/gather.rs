//! The writes of an HTTP/2 connection, gathered: frames that are ready together leave together.
//!
//! The library flushes after every frame that has a body. Each flush would be a TLS record and a
//! system call of its own; here it is put off until the connection has nothing more to do.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::{Buf, BytesMut};
use parking_lot::Mutex;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// Bytes that are gathered at most: four whole TLS records, which is what the TLS library seals and
/// sends at a time.
const ROOM: usize = 64 << 10;
/// Room that is made at least.
const LEAST: usize = 1 << 10;

/// The library's end of the connection.
pub(super) struct Gather<S>(Arc<Mutex<Stream<S>>>);

/// The driver's end, which sends what has been gathered.
pub(super) struct Gathered<S>(Arc<Mutex<Stream<S>>>);

struct Stream<S> {
    inner: S,
    /// Written, and not sent yet; takes no memory while there is nothing.
    waiting: BytesMut,
    /// How much waited when it was sent last: as much is expected again.
    usual: usize,
    /// Why something could not be sent; the library is told when it writes next.
    broken: Option<io::Error>,
}

/// Both ends of a connection.
pub(super) fn gather<S>(inner: S) -> (Gather<S>, Gathered<S>) {
    let stream = Stream { inner, waiting: BytesMut::new(), usual: 0, broken: None };
    let stream = Arc::new(Mutex::new(stream));
    (Gather(stream.clone()), Gathered(stream))
}

impl<S: AsyncWrite + Unpin> Gathered<S> {
    /// Sends what has been gathered, as far as the peer takes it. To be called whenever the library
    /// has done what it could, with the same context.
    pub(super) fn send(&self, cx: &mut Context<'_>) {
        let mut stream = self.0.lock();
        if let Poll::Ready(Err(error)) = stream.poll_send_all(cx) {
            stream.broken = Some(error);
            stream.waiting = BytesMut::new();
            cx.waker().wake_by_ref();
        }
    }
}

impl<S: AsyncWrite + Unpin> Stream<S> {
    fn poll_send(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if !self.waiting.is_empty() {
            self.usual = self.waiting.len();
        }
        while !self.waiting.is_empty() {
            let sent = ready!(Pin::new(&mut self.inner).poll_write(cx, &self.waiting))?;
            if sent == 0 {
                return Poll::Ready(Err(io::ErrorKind::WriteZero.into()));
            }
            self.waiting.advance(sent);
        }
        self.waiting = BytesMut::new();
        Poll::Ready(Ok(()))
    }

    fn poll_send_all(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(self.poll_send(cx))?;
        Pin::new(&mut self.inner).poll_flush(cx)
    }

    /// Takes in as much as there is room for.
    fn poll_put(&mut self, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        if let Some(error) = self.broken.take() {
            return Poll::Ready(Err(error));
        }
        if self.waiting.len() == ROOM {
            let sent = self.poll_send(cx)?;
            if sent.is_pending() && self.waiting.len() == ROOM {
                return Poll::Pending;
            }
        }
        if self.waiting.capacity() == 0 {
            self.waiting.reserve(self.usual.clamp(LEAST, ROOM));
        }
        let taken = bytes.len().min(ROOM - self.waiting.len());
        self.waiting.extend_from_slice(&bytes[..taken]);
        Poll::Ready(Ok(taken))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Gather<S> {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0.lock().inner).poll_read(cx, buffer)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Gather<S> {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.0.lock().poll_put(cx, bytes)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        pieces: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let mut stream = self.0.lock();
        let mut total = 0;
        for piece in pieces.iter().filter(|piece| !piece.is_empty()) {
            match stream.poll_put(cx, piece) {
                Poll::Ready(Ok(taken)) => {
                    total += taken;
                    if taken < piece.len() {
                        break;
                    }
                }
                _ if total > 0 => break,
                other => return other,
            }
        }
        Poll::Ready(Ok(total))
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(self.0.lock().broken.take().map_or(Ok(()), Err))
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let mut stream = self.0.lock();
        ready!(stream.poll_send(cx))?;
        Pin::new(&mut stream.inner).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use std::task::Waker;

    use super::*;

    /// Counts what it is given; takes so many bytes in all.
    struct Counting {
        writes: Vec<usize>,
        room: usize,
    }

    impl AsyncWrite for Counting {
        fn poll_write(
            mut self: Pin<&mut Self>,
            _: &mut Context<'_>,
            bytes: &[u8],
        ) -> Poll<io::Result<usize>> {
            let taken = bytes.len().min(self.room);
            if taken == 0 {
                return Poll::Pending;
            }
            self.room -= taken;
            self.writes.push(taken);
            Poll::Ready(Ok(taken))
        }

        fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
            Poll::Ready(Ok(()))
        }

        fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
            Poll::Ready(Ok(()))
        }
    }

    /// Writes pieces of these sizes with a flush after each, sends, and says what arrived.
    #[track_caller]
    fn check(pieces: &[usize], room: usize, accepted: &[usize], writes: &[usize]) {
        let mut cx = Context::from_waker(Waker::noop());
        let (mut library, driver) = gather(Counting { writes: Vec::new(), room });
        let mut taken = Vec::new();
        for size in pieces {
            let bytes = vec![b'a'; *size];
            let (first, second) = bytes.split_at(size / 2);
            let both = [IoSlice::new(first), IoSlice::new(second)];
            if let Poll::Ready(result) = Pin::new(&mut library).poll_write_vectored(&mut cx, &both)
            {
                taken.push(result.unwrap());
            }
            assert!(Pin::new(&mut library).poll_flush(&mut cx).is_ready());
        }
        driver.send(&mut cx);
        assert_eq!((taken.as_slice(), driver.0.lock().inner.writes.as_slice()), (accepted, writes));
    }

    #[test]
    fn frames_that_are_ready_together_leave_together() {
        check(&[100, 200, 300], ROOM, &[100, 200, 300], &[600]);
        check(&[], ROOM, &[], &[]);
    }

    #[test]
    fn much_is_sent_in_between() {
        check(&[ROOM, 10], 2 * ROOM, &[ROOM, 10], &[ROOM, 10]);
        check(&[ROOM - 10, 100, 90], 2 * ROOM, &[ROOM - 10, 10, 90], &[ROOM, 90]);
    }

    #[test]
    fn a_peer_that_takes_nothing_holds_the_library_up() {
        check(&[ROOM, 10, 10], 0, &[ROOM], &[]);
        check(&[ROOM, 10, 10], 1000, &[ROOM, 10, 10], &[1000]);
    }

    #[test]
    fn what_could_not_be_sent_is_told_at_the_next_write() {
        let mut cx = Context::from_waker(Waker::noop());
        let (client, stream) = tokio::io::duplex(64);
        let (mut library, driver) = gather(stream);
        assert!(Pin::new(&mut library).poll_write(&mut cx, b"a").is_ready());
        drop(client);
        driver.send(&mut cx);
        let told = Pin::new(&mut library).poll_flush(&mut cx);
        assert!(matches!(told, Poll::Ready(Err(_))));
    }
}
