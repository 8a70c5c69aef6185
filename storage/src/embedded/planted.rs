//! Bugs that tests plant to see that they would find them. Without the feature `planted-bugs` there
//! are none, and no code for them.

#[cfg(feature = "planted-bugs")]
use std::sync::atomic::{AtomicU8, Ordering};

/// What the store does wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bug {
    /// Nothing.
    None,
    /// It acknowledges groups that were not synced.
    NoSync,
    /// Watchers see changes before they are durable.
    EarlyWatch,
    /// Now and then a page is not written.
    LostWrite,
}

#[cfg(feature = "planted-bugs")]
static PLANTED: AtomicU8 = AtomicU8::new(Bug::None as u8);

/// Makes every store of the process do this wrong from now on.
#[cfg(feature = "planted-bugs")]
pub fn plant(bug: Bug) {
    PLANTED.store(bug as u8, Ordering::SeqCst);
}

#[cfg(feature = "planted-bugs")]
pub(super) fn planted(bug: Bug) -> bool {
    PLANTED.load(Ordering::SeqCst) == bug as u8
}

#[cfg(not(feature = "planted-bugs"))]
pub(super) const fn planted(_: Bug) -> bool {
    false
}
