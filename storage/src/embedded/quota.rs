//! How large a store may become (`server/storage.BackendQuota` and the alarm NOSPACE): beyond the
//! limit nothing is added any more, but keys can be deleted and history compacted.

use crate::store::{Error, Op, Txn};

/// What etcd allows by default.
pub const DEFAULT_QUOTA_BYTES: u64 = 2 << 30;

const KEY_BYTES: u64 = 256;
/// What a lease adds.
pub(super) const LEASE_BYTES: u64 = 64 + 8;

/// The limit, and whether it has been reached. Unlike etcd's alarm this one ends by itself, once a
/// twentieth of the limit is free.
#[derive(Debug)]
pub(super) struct Quota {
    limit: Option<u64>,
    alarm: bool,
}

impl Quota {
    pub(super) fn new(limit: Option<u64>) -> Self {
        Self { limit, alarm: false }
    }

    /// Refuses what would add `cost` bytes to a store of `size` that has no room for them.
    pub(super) fn admit(&mut self, size: u64, cost: u64) -> Result<(), Error> {
        let Some(limit) = self.limit.filter(|_| cost > 0) else { return Ok(()) };
        self.relax(size);
        if !self.alarm && size + cost >= limit {
            self.alarm = true;
            tracing::error!(size, limit, "the store is as large as it may be, writes are refused");
        }
        if !self.alarm {
            return Ok(());
        }
        Err(Error::Refused("etcdserver: mvcc: database space exceeded".into()))
    }

    /// Ends the alarm if there is room again.
    pub(super) fn relax(&mut self, size: u64) {
        let Some(limit) = self.limit.filter(|_| self.alarm) else { return };
        if size <= limit - limit / 20 {
            self.alarm = false;
            tracing::info!(size, limit, "the store has room again, writes are accepted");
        }
    }
}

/// What a transaction may add, whichever branch is taken; nothing if it cannot put.
pub(super) fn txn_cost(txn: &Txn) -> u64 {
    let branch = |ops: &[Op]| ops.iter().map(op_cost).sum::<u64>();
    branch(&txn.success).max(branch(&txn.failure))
}

fn op_cost(op: &Op) -> u64 {
    match op {
        Op::Put { key, value, .. } => KEY_BYTES + (key.len() + value.len()) as u64,
        Op::Delete { .. } | Op::Get { .. } => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_at_the_limit_until_a_twentieth_is_free() {
        #[track_caller]
        fn check(quota: &mut Quota, size: u64, cost: u64, admitted: bool) {
            assert_eq!(quota.admit(size, cost).is_ok(), admitted, "{cost} on top of {size}");
        }
        let mut quota = Quota::new(Some(1000));
        check(&mut quota, 600, 399, true);
        check(&mut quota, 600, 400, false);
        check(&mut quota, 951, 1, false);
        check(&mut quota, 2000, 0, true);
        check(&mut quota, 950, 1, true);
        check(&mut quota, 951, 1, true);
        check(&mut Quota::new(None), u64::MAX - 1, 1, true);
    }

    #[test]
    fn only_puts_cost() {
        let put = Op::Put { key: "abc".into(), value: "de".into(), lease: 0 };
        let delete = Op::Delete { key: "abc".into() };
        let get = Op::Get { key: "abc".into() };
        let txn = Txn { success: vec![delete], failure: vec![get], ..Txn::default() };
        assert_eq!(txn_cost(&txn), 0);
        assert_eq!(txn_cost(&Txn { failure: vec![put], ..txn }), 261);
    }
}
