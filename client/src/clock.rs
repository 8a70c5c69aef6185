//! The wall clock as an argument.

use jiff::{SignedDuration, Timestamp};

/// Where a part reads the time of day.
pub trait Clock: Send + Sync {
    /// The present moment.
    fn now(&self) -> Timestamp;
}

/// The machine's own clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// `metav1.Time`: RFC 3339 in whole seconds.
pub fn seconds_time(time: Timestamp) -> String {
    let seconds = time.as_second();
    Timestamp::from_second(seconds).unwrap_or(time).strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// `metav1.MicroTime`: RFC 3339 with exactly six digits of a second.
pub fn micro_time(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%S.%6fZ").to_string()
}

/// The time between two moments, never below zero.
pub(crate) fn elapsed(from: Timestamp, to: Timestamp) -> std::time::Duration {
    let gone: SignedDuration = to.duration_since(from);
    gone.try_into().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_print_as_upstream_prints_them() {
        let time: Timestamp = "2026-11-20T01:02:03.000450Z".parse().unwrap();
        assert_eq!(seconds_time(time), "2026-11-20T01:02:03Z");
        assert_eq!(micro_time(time), "2026-11-20T01:02:03.000450Z");
    }
}
