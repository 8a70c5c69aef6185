//! The read-your-own-writes barrier: no decision about a key before the caches show what the last
//! one wrote (upstream's `consistencyutil.ConsistencyStore`, in place of expectations).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use pintle_controllers::object::Read;
use pintle_controllers::{Key, Tables};
use tokio::time::Instant;

/// A write that is lost on the way to the cache does not stop a key for longer (upstream's
/// `ExpectationsTimeout`).
const PATIENCE: Duration = Duration::from_mins(5);

/// What a cache must show.
#[derive(Clone, Debug)]
pub(crate) enum Sight {
    /// A table has come this far.
    Version(&'static str, u64),
    /// An object is gone or going.
    Gone(&'static str, Key, String),
}

#[derive(Default)]
struct State {
    awaited: BTreeMap<Key, (Vec<Sight>, Instant)>,
    parked: BTreeSet<Key>,
}

impl Default for Barrier {
    fn default() -> Self {
        Self { state: Mutex::new(State { awaited: BTreeMap::new(), parked: BTreeSet::new() }) }
    }
}

/// A controller's barrier.
pub(crate) struct Barrier {
    state: Mutex<State>,
}

impl Barrier {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes what must be seen before the next decision about a key.
    pub(crate) fn expect(&self, key: &Key, sights: Vec<Sight>) {
        if !sights.is_empty() {
            let mut state = self.state();
            let now = Instant::now();
            let (awaited, since) =
                state.awaited.entry(key.clone()).or_insert_with(|| (Vec::new(), now));
            *since = now;
            awaited.extend(sights);
        }
    }

    /// Whether a key may be decided about; if not, it is parked until the caches move on.
    pub(crate) fn is_open(&self, key: &Key, tables: &Tables) -> bool {
        let mut state = self.state();
        let Some((sights, since)) = state.awaited.get_mut(key) else { return true };
        sights.retain(|sight| !is_seen(sight, tables));
        let open = sights.is_empty() || since.elapsed() > PATIENCE;
        if open {
            state.awaited.remove(key);
        } else {
            state.parked.insert(key.clone());
        }
        open
    }

    /// The keys that wait for the caches to move on.
    pub(crate) fn unpark(&self) -> BTreeSet<Key> {
        std::mem::take(&mut self.state().parked)
    }
}

fn is_seen(sight: &Sight, tables: &Tables) -> bool {
    match sight {
        Sight::Version(table, version) => tables.of(table).version >= *version,
        Sight::Gone(table, key, uid) => tables
            .of(table)
            .get(key)
            .is_none_or(|object| object.is_terminating() || object.uid() != uid),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use serde_json::json;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_key_waits_for_its_own_writes_only() {
        let (barrier, mut tables) = (Barrier::default(), Tables::default());
        let (a, b) = (Key::new("n", "a"), Key::new("n", "b"));
        barrier.expect(&a, vec![Sight::Version("pods", 7)]);
        assert!(!barrier.is_open(&a, &tables));
        assert!(barrier.is_open(&b, &tables));
        assert_eq!(barrier.unpark().len(), 1);
        tables.of_mut("pods").version = 7;
        assert!(barrier.is_open(&a, &tables));
    }

    #[tokio::test(start_paused = true)]
    async fn a_deleted_object_is_awaited_by_its_uid() {
        let (barrier, mut tables) = (Barrier::default(), Tables::default());
        let (set, pod) = (Key::new("n", "a"), Key::new("n", "p"));
        let object = json!({"metadata": {"namespace": "n", "name": "p", "uid": "1"}});
        tables.of_mut("pods").set(&pod, Some(Arc::new(object)));
        barrier.expect(&set, vec![Sight::Gone("pods", pod.clone(), "1".into())]);
        assert!(!barrier.is_open(&set, &tables));
        tokio::time::advance(PATIENCE * 2).await;
        assert!(barrier.is_open(&set, &tables), "patience has an end");
        barrier.expect(&set, vec![Sight::Gone("pods", pod.clone(), "1".into())]);
        let object = json!({"metadata": {"namespace": "n", "name": "p", "uid": "2"}});
        tables.of_mut("pods").set(&pod, Some(Arc::new(object)));
        assert!(barrier.is_open(&set, &tables));
    }
}
