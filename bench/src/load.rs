//! A bounded load: so many requests, so many in flight, and what they cost the other side.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use bytes::Bytes;
use futures::future::try_join_all;
use http_body_util::{BodyExt, Full};
use hyper::Request;

use crate::Failure;
use crate::client::{Connection, Made, Protocol, Target};
use crate::subject::{Subject, Usage};

/// No load goes on for longer.
const LONGEST: Duration = Duration::from_mins(15);

/// What to send, and how.
pub(crate) struct Load<'a> {
    /// HTTP version.
    pub(crate) protocol: Protocol,
    /// Connections of h2; of HTTP/1.1 there is one for each request in flight.
    pub(crate) connections: usize,
    /// Requests in flight.
    pub(crate) in_flight: usize,
    /// Requests before the count begins.
    pub(crate) warm_up: usize,
    /// Requests that count.
    pub(crate) count: usize,
    /// The code that each answer must have.
    pub(crate) code: u16,
    /// Makes the request of an index.
    pub(crate) request: &'a (dyn Fn(&Target, usize) -> Made + Sync),
}

/// What a load cost.
pub(crate) struct Cost {
    /// Requests that were counted.
    pub(crate) count: usize,
    /// Time from the first request to the last answer.
    pub(crate) wall: Duration,
    /// Bytes of the answers' bodies.
    pub(crate) bytes: usize,
    /// Processor seconds of each part, by name.
    pub(crate) processor: Vec<(String, f64)>,
}

impl Load<'_> {
    /// Runs the load.
    pub(crate) fn run(&self, subject: &Subject) -> Result<Cost, Failure> {
        on_own_processor(|| self.drive(subject))
    }

    async fn drive(&self, subject: &Subject) -> Result<Cost, Failure> {
        let mut workers = self.connect(subject.target()).await?;
        let next = AtomicUsize::new(0);
        self.work(subject.target(), &mut workers, &next, self.warm_up).await?;
        let before = subject.usage();
        let started = Instant::now();
        let bytes =
            self.work(subject.target(), &mut workers, &next, self.warm_up + self.count).await?;
        let wall = started.elapsed();
        Ok(Cost { count: self.count, wall, bytes, processor: spent(&before, &subject.usage()) })
    }

    async fn connect(&self, target: &Target) -> Result<Vec<Connection>, Failure> {
        let mut workers = Vec::with_capacity(self.in_flight);
        for index in 0..self.in_flight {
            let shared = (index >= self.connections)
                .then(|| workers.get(index - self.connections).and_then(Connection::share));
            match shared.flatten() {
                Some(connection) => workers.push(connection),
                None => workers.push(target.connect(self.protocol).await?),
            }
        }
        Ok(workers)
    }

    /// Sends requests up to an index; returns the bytes of their answers.
    async fn work(
        &self,
        target: &Target,
        workers: &mut [Connection],
        next: &AtomicUsize,
        end: usize,
    ) -> Result<usize, Failure> {
        let each = workers.iter_mut().map(|connection| async move {
            let mut bytes = 0;
            loop {
                let index = next.load(Ordering::Relaxed);
                if index >= end {
                    return Ok::<usize, Failure>(bytes);
                }
                next.store(index + 1, Ordering::Relaxed);
                bytes += self.exchange(connection, (self.request)(target, index)?).await?;
            }
        });
        Ok(try_join_all(each).await?.into_iter().sum())
    }

    /// One request and its whole answer, which is counted and dropped.
    async fn exchange(
        &self,
        connection: &mut Connection,
        request: Request<Full<Bytes>>,
    ) -> Result<usize, Failure> {
        let path = request.uri().path().to_owned();
        let answer = connection.send(request).await?;
        let code = answer.status().as_u16();
        let mut body = answer.into_body();
        if code != self.code {
            let said = body.collect().await?.to_bytes();
            let said = String::from_utf8_lossy(&said[..said.len().min(400)]).into_owned();
            return Err(format!("{path}: {code} instead of {}: {said}", self.code).into());
        }
        let mut bytes = 0;
        while let Some(frame) = body.frame().await {
            bytes += frame?.data_ref().map_or(0, Bytes::len);
        }
        Ok(bytes)
    }
}

/// Runs a bounded load from a thread with a processor of its own, if there are several.
pub(crate) fn on_own_processor<T: Send, F: Future<Output = Result<T, Failure>>>(
    load: impl FnOnce() -> F + Send,
) -> Result<T, Failure> {
    std::thread::scope(|scope| {
        let thread = scope.spawn(|| {
            pin()?;
            let mut runtime = tokio::runtime::Builder::new_current_thread();
            let runtime = runtime.enable_all().build()?;
            let bounded = async { tokio::time::timeout(LONGEST, load()).await };
            runtime.block_on(bounded)?
        });
        thread.join().map_err(|_| Failure::from("the load's thread panicked"))?
    })
}

impl Cost {
    /// Processor seconds of some parts in sum.
    pub(crate) fn processor_of(&self, parts: &[&str]) -> f64 {
        processor_of(&self.processor, parts)
    }
}

/// Processor seconds of some parts in sum.
pub(crate) fn processor_of(spent: &[(String, f64)], parts: &[&str]) -> f64 {
    let of = spent.iter().filter(|(name, _)| parts.contains(&name.as_str()));
    of.fold(0.0, |sum, (_, seconds)| sum + seconds)
}

/// What parts have used between two looks at them.
pub(crate) fn spent(before: &[Usage], after: &[Usage]) -> Vec<(String, f64)> {
    let pairs = before.iter().zip(after);
    pairs.map(|(old, new)| (new.part.clone(), new.seconds - old.seconds)).collect()
}

/// Keeps the current thread on the last processor; what was started before runs where it likes.
fn pin() -> Result<(), Failure> {
    let processors = std::thread::available_parallelism()?.get();
    if processors > 1 {
        let mut set = nix::sched::CpuSet::new();
        set.set(processors - 1)?;
        nix::sched::sched_setaffinity(nix::unistd::Pid::from_raw(0), &set)?;
    }
    Ok(())
}
