//! Limits of requests in flight. Priority and fairness takes this place later; until then all
//! requests share the seats that it would divide.

use std::sync::Arc;
use std::time::Duration;

use pintle_engine::{RequestInfo, User};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::FlowLimits;
use super::deadline::is_long_running;
use crate::authz::MASTERS;

/// How long a request waits for a seat: a quarter of the request timeout.
const QUEUE_WAIT: Duration = Duration::from_secs(15);
/// Requests that wait at most.
const QUEUE_LENGTH: usize = 6400;

/// Seats for requests.
#[derive(Debug)]
pub(super) struct Flow {
    read: Arc<Semaphore>,
    mutating: Arc<Semaphore>,
    waiting: Option<Arc<Semaphore>>,
}

/// Held while a request is served; empty for one that needs no seat.
#[derive(Debug)]
pub(super) struct Seat(
    #[expect(dead_code, reason = "held for its drop")] Option<OwnedSemaphorePermit>,
);

impl Flow {
    pub(super) fn new(limits: FlowLimits) -> Self {
        let seats = |count: usize| {
            // Zero stands for no limit.
            Arc::new(Semaphore::new(if count == 0 { Semaphore::MAX_PERMITS } else { count }))
        };
        if limits.queue {
            let shared = seats(limits.read + limits.mutating);
            let waiting = Some(Arc::new(Semaphore::new(QUEUE_LENGTH)));
            return Self { read: shared.clone(), mutating: shared, waiting };
        }
        Self { read: seats(limits.read), mutating: seats(limits.mutating), waiting: None }
    }

    /// A seat; `None` if there is none in time.
    pub(super) async fn seat(&self, info: &RequestInfo, user: &User) -> Option<Seat> {
        let privileged = user.groups.iter().any(|group| group == MASTERS);
        let probe = matches!(info.path.as_str(), "/healthz" | "/livez" | "/readyz");
        if privileged || is_long_running(info) || probe {
            return Some(Seat(None));
        }
        let seats = match info.verb.as_str() {
            "get" | "list" => &self.read,
            _ => &self.mutating,
        };
        if let Ok(seat) = seats.clone().try_acquire_owned() {
            return Some(Seat(Some(seat)));
        }
        let _place = self.waiting.as_ref()?.clone().try_acquire_owned().ok()?;
        let seat = tokio::time::timeout(QUEUE_WAIT, seats.clone().acquire_owned()).await;
        Some(Seat(Some(seat.ok()?.ok()?)))
    }
}
