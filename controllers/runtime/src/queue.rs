//! A work queue: each key once, delayed keys, and growing delays after failures
//! (client-go `util/workqueue`).

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use pintle_client::RateLimit;
use pintle_controllers::Key;
use tokio::sync::Notify;
use tokio::time::Instant;

#[derive(Default)]
struct State {
    ready: VecDeque<Key>,
    /// Waiting in `ready`, or to be put there once its worker is done.
    dirty: BTreeSet<Key>,
    working: BTreeSet<Key>,
    delayed: BTreeSet<(Instant, Key)>,
    due: BTreeMap<Key, Instant>,
    failures: BTreeMap<Key, u32>,
}

/// A controller's queue.
pub(crate) struct Queue {
    state: Mutex<State>,
    changed: Notify,
    backoff: (Duration, Duration),
    rate: RateLimit,
}

impl Queue {
    pub(crate) fn new(backoff: (Duration, Duration)) -> Self {
        let rate = RateLimit::new(10.0, 100);
        Self { state: Mutex::default(), changed: Notify::new(), backoff, rate }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn add(&self, key: Key) {
        let mut state = self.state();
        if state.dirty.insert(key.clone()) && !state.working.contains(&key) {
            state.ready.push_back(key);
            drop(state);
            self.changed.notify_one();
        }
    }

    /// Adds a key after a time; of several times the earliest counts.
    pub(crate) fn add_after(&self, key: Key, delay: Duration) {
        if delay.is_zero() {
            return self.add(key);
        }
        let at = Instant::now() + delay;
        let mut state = self.state();
        if let Some(due) = state.due.get(&key).copied() {
            if due <= at {
                return;
            }
            state.delayed.remove(&(due, key.clone()));
        }
        state.delayed.insert((at, key.clone()));
        state.due.insert(key, at);
        drop(state);
        self.changed.notify_one();
    }

    /// Adds a key after a delay that doubles with each failure in a row.
    pub(crate) fn add_failed(&self, key: Key) {
        let count = {
            let mut state = self.state();
            let count = state.failures.entry(key.clone()).or_default();
            *count += 1;
            *count
        };
        let (base, longest) = self.backoff;
        let grown = base.saturating_mul(1_u32.checked_shl(count - 1).unwrap_or(u32::MAX));
        let paced = self.rate.reserve(Instant::now());
        self.add_after(key, grown.min(longest).max(paced));
    }

    pub(crate) fn failures(&self, key: &Key) -> u32 {
        self.state().failures.get(key).copied().unwrap_or(0)
    }

    pub(crate) fn forget(&self, key: &Key) {
        self.state().failures.remove(key);
    }

    /// Waits for a key; it is this worker's until [`done`](Self::done).
    pub(crate) async fn next(&self) -> Key {
        loop {
            let changed = self.changed.notified();
            let next_due = {
                let mut state = self.state();
                let now = Instant::now();
                while let Some((at, _)) = state.delayed.first()
                    && *at <= now
                    && let Some((_, key)) = state.delayed.pop_first()
                {
                    state.due.remove(&key);
                    if state.dirty.insert(key.clone()) && !state.working.contains(&key) {
                        state.ready.push_back(key);
                    }
                }
                if let Some(key) = state.ready.pop_front() {
                    state.dirty.remove(&key);
                    state.working.insert(key.clone());
                    if !state.ready.is_empty() {
                        self.changed.notify_one();
                    }
                    return key;
                }
                state.delayed.first().map(|(at, _)| *at)
            };
            match next_due {
                Some(at) => tokio::select! {
                    () = changed => {}
                    () = tokio::time::sleep_until(at) => {}
                },
                None => changed.await,
            }
        }
    }

    pub(crate) fn done(&self, key: &Key) {
        let mut state = self.state();
        state.working.remove(key);
        if state.dirty.contains(key) {
            state.ready.push_back(key.clone());
            drop(state);
            self.changed.notify_one();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn queue() -> Queue {
        Queue::new((Duration::from_millis(5), Duration::from_secs(1)))
    }

    fn key(name: &str) -> Key {
        Key::new("n", name)
    }

    #[tokio::test(start_paused = true)]
    async fn a_key_is_with_one_worker_at_a_time() {
        let queue = queue();
        queue.add(key("a"));
        queue.add(key("a"));
        let first = queue.next().await;
        queue.add(key("a"));
        let second = tokio::time::timeout(Duration::from_secs(1), queue.next()).await;
        assert!(second.is_err(), "the key is being worked on");
        queue.done(&first);
        assert_eq!(queue.next().await, key("a"));
    }

    #[tokio::test(start_paused = true)]
    async fn of_several_delays_the_earliest_counts() {
        let queue = queue();
        let start = Instant::now();
        queue.add_after(key("a"), Duration::from_secs(9));
        queue.add_after(key("a"), Duration::from_secs(2));
        queue.add_after(key("a"), Duration::from_secs(5));
        queue.next().await;
        assert_eq!(start.elapsed().as_secs(), 2);
    }

    #[tokio::test(start_paused = true)]
    async fn delays_double_and_are_forgotten() {
        let queue = queue();
        for millis in [5, 10, 20] {
            let start = Instant::now();
            queue.add_failed(key("a"));
            let key = queue.next().await;
            assert_eq!(start.elapsed().as_millis(), millis);
            queue.done(&key);
        }
        assert_eq!(queue.failures(&key("a")), 3);
        queue.forget(&key("a"));
        assert_eq!(queue.failures(&key("a")), 0);
    }
}
