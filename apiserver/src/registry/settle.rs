//! What admission reads, brought up to date before a write.

use std::sync::Arc;

use futures::future::try_join_all;
use parking_lot::Mutex;
use pintle_storage::cache::CacheError;
use pintle_storage::{Clock, Lineage, Revision};

use super::{Registry, Stored};

/// How old may be what admission sees of other servers' writes. Asking a store in another process
/// about each write would cost more than the write.
const AGE_MILLISECONDS: i64 = 100;

/// How far admission's caches are known to have come.
pub(super) struct Settling {
    clock: Arc<dyn Clock>,
    read: Vec<Arc<Stored>>,
    /// The store is in another process.
    is_remote: bool,
    settled: Mutex<Settled>,
}

/// When all was shown, and up to which point of the main store's history.
#[derive(Clone, Copy, Default)]
struct Settled {
    at_milliseconds: i64,
    point: (Lineage, Revision),
}

impl Settling {
    pub(super) fn new(clock: Arc<dyn Clock>, is_remote: bool) -> Self {
        Self { clock, read: Vec::new(), is_remote, settled: Mutex::default() }
    }

    /// Admission reads these objects.
    pub(super) fn follow(&mut self, stored: &Arc<Stored>) {
        self.read.push(Arc::clone(stored));
    }

    fn is_recent(&self) -> bool {
        let at = self.settled.lock().at_milliseconds;
        (at..at + AGE_MILLISECONDS).contains(&self.clock.now_milliseconds())
    }
}

impl Registry {
    /// Waits until admission sees all that this server has written itself, and what others have, but
    /// for the last moments if the store is in another process. Upstream's informers promise neither;
    /// some of its plugins look into the store before they refuse, but no more than twice a minute.
    pub async fn settle(&self) -> Result<(), CacheError> {
        let settling = &self.settling;
        if !(settling.is_remote && settling.is_recent()) {
            return self.settle_anew().await;
        }
        for stored in &settling.read {
            stored.wait_for_written().await?;
        }
        Ok(())
    }

    /// Whether there may be more to see than [`Registry::settle`] has waited for.
    pub fn may_lag(&self) -> bool {
        self.settling.is_remote
    }

    /// Waits until admission sees all that the store has acknowledged. Many writes come between two
    /// revisions: the first of them looks at the caches.
    pub async fn settle_anew(&self) -> Result<(), CacheError> {
        let settling = &self.settling;
        let at_milliseconds = settling.clock.now_milliseconds();
        let Ok(revision) = self.store().revision().await else { return Ok(()) };
        let point = (self.store().lineage(), revision);
        let settled = settling.settled.lock().point >= point;
        let behind = settling.read.iter().filter(|stored| !(settled && self.is_in_main(stored)));
        let waits = behind.map(|stored| self.wait_for(stored, revision));
        try_join_all(waits).await?;
        let mut settled = settling.settled.lock();
        settled.point = point.max(settled.point);
        settled.at_milliseconds = at_milliseconds;
        Ok(())
    }
}

#[cfg(test)]
mod tests;
