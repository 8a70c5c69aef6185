//! A token bucket in front of a client's requests (client-go `util/flowcontrol`).

use std::sync::Mutex;
use std::time::Duration;

use tokio::time::Instant;

/// At most `qps` requests a second in the long run and `burst` at once.
#[derive(Debug)]
pub struct RateLimit {
    qps: f64,
    burst: f64,
    state: Mutex<(f64, Option<Instant>)>,
}

impl RateLimit {
    /// A full bucket.
    pub fn new(qps: f64, burst: u32) -> Self {
        let burst = f64::from(burst);
        Self { qps, burst, state: Mutex::new((burst, None)) }
    }

    /// Takes a token, and says how long to wait until it may be used.
    pub fn reserve(&self, now: Instant) -> Duration {
        let mut state = self.state.lock().expect("no holder of this lock panics");
        let gone = state.1.map_or(Duration::ZERO, |last| now.saturating_duration_since(last));
        state.0 = (state.0 + gone.as_secs_f64() * self.qps).min(self.burst) - 1.0;
        state.1 = Some(now);
        if state.0 >= 0.0 { Duration::ZERO } else { Duration::from_secs_f64(-state.0 / self.qps) }
    }

    /// Waits for a token.
    pub async fn wait(&self) {
        let delay = self.reserve(Instant::now());
        if !delay.is_zero() {
            tokio::time::sleep(delay).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_passes_and_then_the_rate_holds() {
        let limit = RateLimit::new(10.0, 2);
        let now = Instant::now();
        assert_eq!(limit.reserve(now), Duration::ZERO);
        assert_eq!(limit.reserve(now), Duration::ZERO);
        assert_eq!(limit.reserve(now), Duration::from_millis(100));
        assert_eq!(limit.reserve(now + Duration::from_millis(200)), Duration::ZERO);
    }
}
