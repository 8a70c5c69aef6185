//! Bugs that tests plant to see that they would find them. Without the feature `planted-bugs` there
//! are none, and no code for them.

#[cfg(feature = "planted-bugs")]
use std::sync::atomic::{AtomicU8, Ordering};

/// What a store does wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bug {
    /// Nothing.
    None,
    /// The embedded store acknowledges groups that were not synced.
    NoSync,
    /// Readers and watchers of the embedded store see changes before they are durable.
    EarlyWatch,
    /// Now and then the embedded store does not write a page.
    LostWrite,
    /// Transactions do not compare.
    BlindSwap,
    /// A write to etcd is sent again though it may have been done.
    RepeatedWrite,
}

#[cfg(feature = "planted-bugs")]
static PLANTED: AtomicU8 = AtomicU8::new(Bug::None as u8);

/// Makes every store of the process do this wrong from now on.
#[cfg(feature = "planted-bugs")]
pub fn plant(bug: Bug) {
    PLANTED.store(bug as u8, Ordering::SeqCst);
}

#[cfg(feature = "planted-bugs")]
pub(crate) fn planted(bug: Bug) -> bool {
    PLANTED.load(Ordering::SeqCst) == bug as u8
}

#[cfg(not(feature = "planted-bugs"))]
pub(crate) const fn planted(_: Bug) -> bool {
    false
}
