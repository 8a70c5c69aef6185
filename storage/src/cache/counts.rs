//! What a cache has met so far, for those who look after it.

use std::sync::atomic::{AtomicU64, Ordering};

use parking_lot::Mutex;

/// Durations kept for somebody to take.
const KEPT: usize = 1000;

/// A number that only grows.
#[derive(Debug, Default)]
pub struct Count(AtomicU64);

impl Count {
    pub(super) fn add(&self, more: u64) {
        self.0.fetch_add(more, Ordering::Relaxed);
    }

    /// The number.
    pub fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// What a cache has met.
#[derive(Debug, Default)]
pub struct Counts {
    /// Events from the store.
    pub events: Count,
    /// Times that the store told of its progress without events.
    pub progress: Count,
    /// Listings: 1, and one more for each time the store's watch broke.
    pub listings: Count,
    /// Listings that failed, and watches of the store that broke.
    pub failures: Count,
    /// Values that could not be read.
    pub unreadable: Count,
    /// Watchers that ended because they were too slow.
    pub slow_watchers: Count,
    listing_seconds: Mutex<Vec<f64>>,
}

impl Counts {
    pub(super) fn note_listing(&self, seconds: f64) {
        let mut noted = self.listing_seconds.lock();
        if noted.len() < KEPT {
            noted.push(seconds);
        }
    }

    /// How long the listings took since the last call.
    pub fn take_listing_seconds(&self) -> Vec<f64> {
        std::mem::take(&mut *self.listing_seconds.lock())
    }
}
