//! Leases of objects that expire: each is used for all objects that come within a short time
//! (`etcd3.leaseManager`).

use std::collections::HashMap;

use pintle_storage::{Error, LeaseId, Store};
use tokio::sync::Mutex;

/// Most objects on one lease (`etcd3.defaultLeaseMaxObjectCount`).
const OBJECTS: usize = 1000;
/// A lease is used for this part of the time that its objects are to last.
const PART: i64 = 20;

/// The newest lease of each resource, by storage prefix.
#[derive(Default)]
pub(super) struct Leases(Mutex<HashMap<String, Granted>>);

struct Granted {
    lease: LeaseId,
    at_milliseconds: i64,
    objects: usize,
}

impl Leases {
    /// A lease for one more object that is to last so long. The lease lasts longer, so that it can be
    /// used for others for a while. `granted` is told of a new one, and how many objects asked for the
    /// one before, this one among them.
    pub(super) async fn take(
        &self,
        (store, prefix): (&dyn Store, String),
        ttl_seconds: i64,
        most_reuse_seconds: i64,
        now_milliseconds: i64,
        granted: impl FnOnce(usize) + Send,
    ) -> Result<LeaseId, Error> {
        let reuse_seconds = most_reuse_seconds.min(ttl_seconds / PART);
        // Held while one is granted: who comes in the meantime shares it.
        let mut leases = self.0.lock().await;
        let mut objects = 1;
        if let Some(last) = leases.get_mut(&prefix) {
            let used = last.at_milliseconds..last.at_milliseconds + reuse_seconds * 1000;
            last.objects += 1;
            objects = last.objects;
            if used.contains(&now_milliseconds) && objects <= OBJECTS {
                return Ok(last.lease);
            }
        }
        let lease = store.grant_lease(ttl_seconds + reuse_seconds).await?;
        granted(objects);
        leases.insert(prefix, Granted { lease, at_milliseconds: now_milliseconds, objects: 1 });
        Ok(lease)
    }
}

#[cfg(test)]
mod tests {
    use futures::future::join_all;
    use pintle_storage::{EmbeddedStore, embedded};

    use super::*;

    const HOUR: i64 = 3600;

    /// Takes a lease at each of these moments, and says which of them share one.
    #[track_caller]
    fn check((ttl, reuse): (i64, i64), moments: &[i64], expected: &[LeaseId]) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let store = EmbeddedStore::open(folder.path(), embedded::Options::default()).unwrap();
        let leases = Leases::default();
        let mut taken = Vec::new();
        for moment in moments {
            let to = (&store as &dyn Store, "/events/".to_owned());
            taken.push(runtime.block_on(leases.take(to, ttl, reuse, *moment, |_| {})).unwrap());
        }
        let first = taken[0];
        let taken: Vec<_> = taken.iter().map(|lease| lease - first).collect();
        assert_eq!(taken, expected, "{moments:?}");
    }

    #[test]
    fn a_lease_is_used_for_a_while() {
        check((HOUR, 60), &[500, 501, 60_499, 60_500, 120_499], &[0, 0, 0, 1, 1]);
        check((HOUR, 10), &[0, 9_999, 10_000], &[0, 0, 1]);
        check((100, 60), &[0, 4_999, 5_000], &[0, 0, 1]);
        check((19, 60), &[0, 0, 1], &[0, 1, 2]);
        check((HOUR, 60), &[1_000, 999], &[0, 1]);
    }

    #[test]
    fn a_lease_holds_no_more_than_so_many_objects() {
        let moments = [0; 2 * OBJECTS + 1];
        let expected: Vec<_> = (0..moments.len()).map(|n| (n / OBJECTS) as i64).collect();
        check((HOUR, 60), &moments, &expected);
    }

    #[test]
    fn a_new_lease_tells_who_asked_for_the_one_before() {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let store = EmbeddedStore::open(folder.path(), embedded::Options::default()).unwrap();
        let (leases, mut told) = (Leases::default(), Vec::new());
        for moment in [0, 1, 2, 60_000, 120_000] {
            let to = (&store as &dyn Store, "/events/".to_owned());
            let taken = leases.take(to, HOUR, 60, moment, |objects| told.push(objects));
            runtime.block_on(taken).unwrap();
        }
        assert_eq!(told, [1, 4, 2]);
    }

    #[tokio::test]
    async fn who_comes_at_once_shares_a_lease() {
        let folder = tempfile::tempdir().unwrap();
        let store = EmbeddedStore::open(folder.path(), embedded::Options::default()).unwrap();
        let leases = Leases::default();
        let take = |_| leases.take((&store, "/events/".to_owned()), HOUR, 60, 0, |_| {});
        let taken = join_all((0..20).map(take)).await;
        assert!(taken.iter().all(|lease| *lease == taken[0]), "{taken:?}");
    }
}
