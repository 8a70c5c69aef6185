//! Who is to be called when there are events: the watchers of one interest.
//!
//! A watcher has one place for as long as it lives, and a call that it has not answered is not
//! repeated, so an event costs each watcher one swap and one wake-up.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::Waker;

use futures::task::AtomicWaker;
use parking_lot::Mutex;

/// The watchers of one interest, in the order they came.
#[derive(Debug, Default)]
pub(super) struct Callers(Mutex<Register>);

#[derive(Debug, Default)]
struct Register {
    next: u64,
    places: BTreeMap<u64, Arc<Bell>>,
}

#[derive(Debug, Default)]
struct Bell {
    called: AtomicBool,
    waker: AtomicWaker,
}

impl Callers {
    /// Another watcher's place; it has been called already, for what happened before.
    pub(super) fn place(self: &Arc<Self>) -> Place {
        let bell = Arc::<Bell>::default();
        bell.called.store(true, Ordering::SeqCst);
        let mut register = self.0.lock();
        let number = register.next;
        register.next += 1;
        register.places.insert(number, bell.clone());
        Place { callers: self.clone(), number, bell }
    }

    /// Calls all of them.
    pub(super) fn call(&self) {
        for bell in self.0.lock().places.values() {
            if !bell.called.swap(true, Ordering::SeqCst) {
                bell.waker.wake();
            }
        }
    }
}

/// A watcher's place; it is given up when dropped.
#[derive(Debug)]
pub(super) struct Place {
    callers: Arc<Callers>,
    number: u64,
    bell: Arc<Bell>,
}

impl Place {
    /// Whether there was a call since the last question.
    pub(super) fn answer(&self) -> bool {
        self.bell.called.swap(false, Ordering::SeqCst)
    }

    /// Calls itself.
    pub(super) fn remember(&self) {
        self.bell.called.store(true, Ordering::SeqCst);
    }

    /// Wakes this one at the next call; false if there has been one already.
    pub(super) fn wait(&self, waker: &Waker) -> bool {
        self.bell.waker.register(waker);
        !self.bell.called.load(Ordering::SeqCst)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.callers.0.lock().places.remove(&self.number);
    }
}
