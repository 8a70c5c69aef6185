//! Leases of objects that expire: each is used for all objects that come within a short time
//! (`etcd3.leaseManager`).

use std::collections::HashMap;

use pintle_storage::{Error, LeaseId};
use tokio::sync::Mutex;

/// Most objects on one lease (`etcd3.defaultLeaseMaxObjectCount`).
const OBJECTS: usize = 1000;
/// A lease is used for this part of the time that its objects are to last.
const PART: i64 = 20;

/// The newest lease of each resource, by API group and storage prefix: upstream's events have one in
/// each of their groups.
#[derive(Default)]
pub(super) struct Leases(Mutex<HashMap<(String, String), Granted>>);

struct Granted {
    lease: LeaseId,
    at_milliseconds: i64,
    objects: usize,
}

impl Leases {
    /// A lease for one more object that is to last so long. The lease lasts longer, so that it can be
    /// used for others for a while. `grant` makes one of so many seconds; it is told how many objects
    /// asked for the one before, this one among them.
    pub(super) async fn take(
        &self,
        resource: (String, String),
        (ttl_seconds, most_reuse_seconds): (i64, i64),
        now_milliseconds: i64,
        grant: impl AsyncFnOnce(i64, usize) -> Result<LeaseId, Error>,
    ) -> Result<LeaseId, Error> {
        let reuse_seconds = most_reuse_seconds.min(ttl_seconds / PART);
        // Held while one is granted: who comes in the meantime shares it.
        let mut leases = self.0.lock().await;
        let mut objects = 1;
        if let Some(last) = leases.get_mut(&resource) {
            let used = last.at_milliseconds..last.at_milliseconds + reuse_seconds * 1000;
            last.objects += 1;
            objects = last.objects;
            if used.contains(&now_milliseconds) && objects <= OBJECTS {
                return Ok(last.lease);
            }
        }
        let lease = grant(ttl_seconds + reuse_seconds, objects).await?;
        leases.insert(resource, Granted { lease, at_milliseconds: now_milliseconds, objects: 1 });
        Ok(lease)
    }
}

#[cfg(test)]
mod tests {
    use futures::FutureExt;
    use futures::future::join_all;

    use super::*;

    const HOUR: i64 = 3600;

    fn events(group: &str) -> (String, String) {
        (group.to_owned(), "/registry/events/".to_owned())
    }

    /// Takes a lease at each of these moments, and says which of them share one; and for each that is
    /// granted how long it lasts and how many asked for the one before.
    #[track_caller]
    fn check(lasting: (i64, i64), moments: &[i64], expected: &[i64], granted: &[(i64, usize)]) {
        let leases = Leases::default();
        let mut made = Vec::new();
        let mut taken = Vec::new();
        for moment in moments {
            let next = made.len() as i64;
            let grant = async |seconds, objects| {
                made.push((seconds, objects));
                Ok(next)
            };
            let lease = leases.take(events(""), lasting, *moment, grant).now_or_never();
            taken.push(lease.expect("nothing is waited for").expect("it is granted"));
        }
        assert_eq!((&*taken, &*made), (expected, granted), "{moments:?}");
    }

    /// What stock v1.37.1 grants for an hour is recorded from it.
    #[test]
    fn a_lease_is_used_for_a_while() {
        let moments = [500, 501, 60_499, 60_500, 120_499];
        check((HOUR, 60), &moments, &[0, 0, 0, 1, 1], &[(3660, 1), (3660, 4)]);
        check((HOUR, 10), &[0, 9_999, 10_000], &[0, 0, 1], &[(3610, 1), (3610, 3)]);
        check((100, 60), &[0, 4_999, 5_000], &[0, 0, 1], &[(105, 1), (105, 3)]);
        check((19, 60), &[0, 0, 1], &[0, 1, 2], &[(19, 1), (19, 2), (19, 2)]);
        check((HOUR, 60), &[1_000, 999], &[0, 1], &[(3660, 1), (3660, 2)]);
    }

    #[test]
    fn a_lease_holds_no_more_than_so_many_objects() {
        let moments = [0; 2 * OBJECTS + 1];
        let expected: Vec<_> = (0..moments.len()).map(|n| (n / OBJECTS) as i64).collect();
        let granted = [(3660, 1), (3660, OBJECTS + 1), (3660, OBJECTS + 1)];
        check((HOUR, 60), &moments, &expected, &granted);
    }

    #[tokio::test]
    async fn who_comes_at_once_shares_a_lease_unless_in_another_group() {
        let (leases, made) = (Leases::default(), std::sync::atomic::AtomicI64::new(0));
        let take = |group| {
            leases.take(events(group), (HOUR, 60), 0, async |_, _| {
                tokio::task::yield_now().await;
                Ok(made.fetch_add(1, std::sync::atomic::Ordering::SeqCst))
            })
        };
        let taken = join_all(["", "", "events.k8s.io", "", "events.k8s.io"].map(take)).await;
        assert_eq!(taken, [Ok(0), Ok(0), Ok(1), Ok(0), Ok(1)]);
    }

    #[test]
    fn who_comes_after_a_failure_asks_anew() {
        let leases = Leases::default();
        let gone = || Error::Unavailable("it is gone".to_owned());
        let failed = leases.take(events(""), (HOUR, 60), 0, async |_, _| Err(gone()));
        assert_eq!(failed.now_or_never(), Some(Err(gone())));
        let taken = leases.take(events(""), (HOUR, 60), 0, async |_, _| Ok(7));
        assert_eq!(taken.now_or_never(), Some(Ok(7)));
    }
}
