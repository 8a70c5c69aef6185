//! Wall time as an argument.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// Where the store takes the time from.
pub trait Clock: Send + Sync {
    /// Milliseconds since the Unix epoch.
    fn now_milliseconds(&self) -> i64;
}

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now_milliseconds(&self) -> i64 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        since.map_or(0, |elapsed| i64::try_from(elapsed.as_millis()).unwrap_or(i64::MAX))
    }
}

/// The machine's clock as it was at first, and from then on the time that has really passed: whoever
/// sets the machine's clock neither ends leases nor makes them last.
#[derive(Clone, Copy, Debug)]
pub struct SteadyClock {
    started: Instant,
    started_milliseconds: i64,
}

impl Default for SteadyClock {
    fn default() -> Self {
        Self { started: Instant::now(), started_milliseconds: SystemClock.now_milliseconds() }
    }
}

impl Clock for SteadyClock {
    fn now_milliseconds(&self) -> i64 {
        let passed = i64::try_from(self.started.elapsed().as_millis()).unwrap_or(i64::MAX);
        self.started_milliseconds.saturating_add(passed)
    }
}

/// A clock that stands until it is moved; clones share the time.
#[derive(Clone, Debug, Default)]
pub struct ManualClock(Arc<AtomicI64>);

impl ManualClock {
    /// A clock that shows `milliseconds`.
    pub fn new(milliseconds: i64) -> Self {
        Self(Arc::new(AtomicI64::new(milliseconds)))
    }

    /// Moves the clock.
    pub fn advance(&self, milliseconds: i64) {
        self.0.fetch_add(milliseconds, Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn now_milliseconds(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }
}
