//! The task of an HTTP/2 connection: it drives the library, and the answers that follow events.
//!
//! An answer at hand is given at once. One that is awaited has a task of its own, which may run on
//! another processor. One that follows events waits here once it has begun: thousands of watchers
//! wake one task for each connection, their frames are ready when the library looks for frames, and
//! all of them leave in one write.

use std::future::poll_fn;
use std::mem;
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Weak};
use std::task::{Context, Poll, Wake, Waker};

use futures::stream::FuturesUnordered;
use futures::task::AtomicWaker;
use futures::{FutureExt as _, StreamExt as _};
use hyper::rt::Executor;
use parking_lot::Mutex;
use tokio::io::AsyncWrite;

use super::gather::Gathered;

/// Rounds in one turn; then others have theirs.
const ROUNDS: usize = 4;

/// Marks an answer that follows events: it comes in pieces that take no time to make. It belongs into
/// the answer's extensions.
#[derive(Clone, Copy, Debug)]
pub struct Follows;

/// A request on its way through a connection, with its answer.
type Stream = Pin<Box<dyn Future<Output = ()> + Send>>;

/// What a connection's task shares with those who wake it and with its requests.
#[derive(Default)]
pub(super) struct Hall {
    /// The task looks at the bells before it sleeps.
    awake: AtomicBool,
    task: AtomicWaker,
    /// The library has something to do.
    library: AtomicBool,
    /// Streams that stay have something to do.
    streams: AtomicBool,
    /// Streams that have come to stay; none once the connection has ended.
    arrivals: Mutex<Option<Vec<Stream>>>,
    /// Of the request whose future the library hands over next.
    latest: Mutex<Option<Arc<Stay>>>,
}

/// Whether a stream is to stay with its connection.
#[derive(Debug, Default)]
pub(super) struct Stay(AtomicBool);

impl Stay {
    /// The answer follows events.
    pub(super) fn set(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    fn is_set(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

impl Hall {
    /// A request has arrived, whose future the library hands over next.
    pub(super) fn request(&self) -> Arc<Stay> {
        let stay = Arc::<Stay>::default();
        *self.latest.lock() = Some(stay.clone());
        stay
    }

    /// Takes in a stream; it is dropped if the connection has ended. One that panics ends alone.
    fn take_in(&self, stream: impl Future<Output = ()> + Send + 'static) {
        let stream: Stream = Box::pin(AssertUnwindSafe(stream).catch_unwind().map(drop));
        let turned_away = match &mut *self.arrivals.lock() {
            Some(arrivals) => {
                arrivals.push(stream);
                None
            }
            None => Some(stream),
        };
        drop(turned_away);
        self.ring(&self.streams);
    }

    fn ring(&self, bell: &AtomicBool) {
        if !bell.swap(true, Ordering::SeqCst) && !self.awake.load(Ordering::SeqCst) {
            self.task.wake();
        }
    }
}

/// Wakes the task for one of those whom it runs.
struct Bell {
    hall: Arc<Hall>,
    of: fn(&Hall) -> &AtomicBool,
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.hall.ring((self.of)(&self.hall));
    }
}

/// Runs what the library starts, one future for each request: here as far as it comes without
/// waiting, and as a task of its own from there until it stays. Who works long yields first.
#[derive(Clone)]
pub(super) struct Eager(pub(super) Arc<Hall>);

impl<F: Future<Output = ()> + Send + 'static> Executor<F> for Eager {
    fn execute(&self, future: F) {
        let stay = self.0.latest.lock().take().unwrap_or_default();
        let mut future = Box::pin(future);
        // Whoever wakes the future must wake the task that polls it next.
        if future.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_ready() {
            return;
        }
        if stay.is_set() {
            self.0.take_in(future);
        } else {
            tokio::spawn(run(future, stay, Arc::downgrade(&self.0)));
        }
    }
}

/// Runs a stream until its end, or until it stays with its connection.
async fn run<F>(mut stream: Pin<Box<F>>, stay: Arc<Stay>, hall: Weak<Hall>)
where
    F: Future<Output = ()> + Send + 'static,
{
    let stays = poll_fn(|cx| match stream.as_mut().poll(cx) {
        Poll::Ready(()) => Poll::Ready(false),
        Poll::Pending if stay.is_set() => Poll::Ready(true),
        Poll::Pending => Poll::Pending,
    });
    if stays.await
        && let Some(hall) = hall.upgrade()
    {
        hall.take_in(stream);
    }
}

/// A connection that is served.
pub(super) struct Turn<C, S> {
    serving: Pin<Box<C>>,
    streams: FuturesUnordered<Stream>,
    gathered: Gathered<S>,
    hall: Arc<Hall>,
    for_library: Waker,
    for_streams: Waker,
}

impl<C, S> Turn<C, S> {
    /// `serving` is the library's future, which runs its streams by [`Eager`].
    pub(super) fn new(serving: C, hall: Arc<Hall>, gathered: Gathered<S>) -> Self {
        *hall.arrivals.lock() = Some(Vec::new());
        hall.library.store(true, Ordering::SeqCst);
        Self {
            serving: Box::pin(serving),
            streams: FuturesUnordered::new(),
            gathered,
            for_library: Arc::new(Bell { hall: hall.clone(), of: |hall| &hall.library }).into(),
            for_streams: Arc::new(Bell { hall: hall.clone(), of: |hall| &hall.streams }).into(),
            hall,
        }
    }

    /// Tells the library something, upon which it has its turn.
    pub(super) fn tell(&mut self, tell: impl FnOnce(Pin<&mut C>)) {
        tell(self.serving.as_mut());
        self.hall.library.store(true, Ordering::SeqCst);
    }

    /// Streams first: their frames are then there for the library. Those that are woken while they are
    /// polled let the set rest, however many are left.
    fn poll_streams(&mut self) {
        let mut cx = Context::from_waker(&self.for_streams);
        let mut rests = 0;
        while rests <= self.streams.len() && self.hall.streams.swap(false, Ordering::SeqCst) {
            let arrivals = self.hall.arrivals.lock().as_mut().map(mem::take);
            self.streams.extend(arrivals.into_iter().flatten());
            while let Poll::Ready(Some(())) = self.streams.poll_next_unpin(&mut cx) {}
            rests += 1;
        }
    }
}

impl<C: Future, S: AsyncWrite + Unpin> Turn<C, S> {
    /// Goes on until nobody has anything to do; the library's result once it has ended.
    fn poll_all(&mut self, cx: &mut Context<'_>) -> Poll<C::Output> {
        let hall = self.hall.clone();
        hall.task.register(cx.waker());
        hall.awake.store(true, Ordering::SeqCst);
        for _ in 0..ROUNDS {
            self.poll_streams();
            if hall.library.swap(false, Ordering::SeqCst) {
                let mut cx = Context::from_waker(&self.for_library);
                if let Poll::Ready(ended) = self.serving.as_mut().poll(&mut cx) {
                    return Poll::Ready(ended);
                }
            }
            if hall.streams.load(Ordering::SeqCst) || hall.library.load(Ordering::SeqCst) {
                continue;
            }
            hall.awake.store(false, Ordering::SeqCst);
            // Who rang in between has not woken the task.
            if !hall.streams.load(Ordering::SeqCst) && !hall.library.load(Ordering::SeqCst) {
                return Poll::Pending;
            }
            hall.awake.store(true, Ordering::SeqCst);
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}

impl<C, S> Future for Turn<C, S>
where
    C: Future<Output = hyper::Result<()>>,
    S: AsyncWrite + Unpin,
{
    type Output = hyper::Result<()>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let polled = self.poll_all(cx);
        // Room to write wakes one alone: the library, which may wait for it, too.
        self.gathered.send(&mut Context::from_waker(&self.for_library));
        polled
    }
}

impl<C, S> Drop for Turn<C, S> {
    fn drop(&mut self) {
        let arrivals = self.hall.arrivals.lock().take();
        drop(arrivals);
    }
}

#[cfg(test)]
mod tests;
