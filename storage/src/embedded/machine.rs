//! Evaluates requests in order against the state that the writer is about to make durable.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use bytes::Bytes;

use super::quota::{self, Quota};
use super::versions::{Change, Record, Revised, Slot, Stamp, View};
use crate::planted::{Bug, planted};
use crate::store::{Compare, Error, KeyValue, LeaseId, Op, Revision, Txn, TxnResult};

/// A lease and what lives on it.
#[derive(Clone, Debug, Default)]
pub(super) struct Lease {
    pub(super) expires_milliseconds: i64,
    pub(super) keys: BTreeSet<Bytes>,
}

/// Who wrote the values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Origin {
    /// The program that writes now; 0 for one that is not known.
    pub(super) writer: i64,
    /// Newest revision at which another may have written.
    pub(super) others_until: Revision,
}

/// The state as of the last request evaluated; runs ahead of what readers see.
#[derive(Debug)]
pub(super) struct Machine {
    pub(super) view: View,
    pub(super) compacted: Revision,
    pub(super) leases: BTreeMap<LeaseId, Lease>,
    pub(super) next_lease: LeaseId,
    pub(super) origin: Origin,
    /// What all rows take, those about to be written and deleted included.
    pub(super) size: u64,
    pub(super) quota: Quota,
    pub(super) changes: Changes,
}

/// What the group in hand has changed and the disk does not have yet.
#[derive(Clone, Debug, Default)]
pub(super) struct Changes {
    pub(super) revised: Vec<Arc<Revised>>,
    /// Leases with their expiry; none for one that ended.
    pub(super) leases: BTreeMap<LeaseId, Option<i64>>,
    pub(super) compacted: Option<Revision>,
    /// Goes to disk with the next change.
    pub(super) origin: Option<Origin>,
}

impl Changes {
    pub(super) fn is_empty(&self) -> bool {
        self.revised.is_empty() && self.leases.is_empty() && self.compacted.is_none()
    }
}

impl Machine {
    /// Lets a program write. What is there is its own if it wrote last.
    pub(super) fn claim(&mut self, writer: Option<i64>) {
        let known = self.origin.writer != 0 && writer == Some(self.origin.writer);
        if !known {
            let others_until = self.view.revision;
            self.originate(Origin { writer: writer.unwrap_or(0), others_until });
        }
    }

    /// Takes what others wrote for the program's own.
    pub(super) fn adopt(&mut self) {
        self.originate(Origin { others_until: 0, ..self.origin });
    }

    /// From the next change on, the file says that the values come from there.
    pub(super) fn originate(&mut self, origin: Origin) {
        if origin != self.origin {
            self.origin = origin;
            self.changes.origin = Some(origin);
        }
    }

    pub(super) fn txn(&mut self, txn: &Txn, now: i64) -> Result<TxnResult, Error> {
        txn.validate()?;
        self.quota.admit(self.size, quota::txn_cost(txn))?;
        let holds = |compare: &Compare| {
            let found = self.view.live(&compare.key).map_or(0, |record| record.stamp.mod_revision);
            found == compare.mod_revision
        };
        let succeeded = planted(Bug::BlindSwap) || txn.compare.iter().all(holds);
        let ops = if succeeded { &txn.success } else { &txn.failure };
        for op in ops {
            if let Op::Put { lease, .. } = op
                && *lease != 0
                && !self.leases.contains_key(lease)
            {
                return Err(Error::LeaseNotFound(*lease));
            }
        }
        let mut changes = Vec::with_capacity(ops.len());
        let responses = ops.iter().map(|op| self.op(op, &mut changes)).collect();
        self.commit(changes, now);
        Ok(TxnResult { succeeded, revision: self.view.revision, responses })
    }

    fn op(&mut self, op: &Op, changes: &mut Vec<Change>) -> Option<KeyValue> {
        match op {
            Op::Get { key } => self.view.live(key).map(|record| record.kv()),
            Op::Put { key, value, lease } => {
                self.put(key, value, *lease, changes);
                None
            }
            Op::Delete { key } => self.delete(key, changes),
        }
    }

    fn put(&mut self, key: &[u8], value: &[u8], lease: LeaseId, changes: &mut Vec<Change>) {
        let mod_revision = self.view.revision + 1;
        let previous = self.view.keys.get(key).map(|slot| slot.0.clone());
        let mut stamp = Stamp { create_revision: mod_revision, mod_revision, version: 1, lease };
        if let Some(live) = previous.as_ref().filter(|record| !record.deleted) {
            stamp.create_revision = live.stamp.create_revision;
            stamp.version = live.stamp.version + 1;
            self.detach(live.stamp.lease, key);
        }
        let record = Record::put((key, value), stamp, changes.len() as u32, previous.clone());
        if let Some(lease) = self.leases.get_mut(&lease) {
            lease.keys.insert(record.shared_key());
        }
        self.install(record, previous, changes);
    }

    fn delete(&mut self, key: &[u8], changes: &mut Vec<Change>) -> Option<KeyValue> {
        let previous = self.view.live(key)?.clone();
        let found = previous.kv();
        self.detach(found.lease, key);
        let mod_revision = self.view.revision + 1;
        let record = Record::deletion(mod_revision, changes.len() as u32, previous.clone());
        self.install(record, Some(previous), changes);
        Some(found)
    }

    fn install(
        &mut self,
        record: Arc<Record>,
        previous: Option<Arc<Record>>,
        changes: &mut Vec<Change>,
    ) {
        self.size += record.row_bytes();
        self.view.keys.insert(Slot(record.clone()));
        changes.push(Change { record, previous });
    }

    fn detach(&mut self, lease: LeaseId, key: &[u8]) {
        if let Some(lease) = self.leases.get_mut(&lease) {
            lease.keys.remove(key);
        }
    }

    fn commit(&mut self, changes: Vec<Change>, now: i64) {
        if changes.is_empty() {
            return;
        }
        self.view.revision += 1;
        let revision = self.view.revision;
        let changes = changes.into();
        self.changes.revised.push(Arc::new(Revised { revision, changes, at_milliseconds: now }));
    }

    pub(super) fn grant(&mut self, ttl_seconds: i64, now: i64) -> Result<LeaseId, Error> {
        self.quota.admit(self.size, quota::LEASE_BYTES)?;
        // Leases that came from etcd have names of its own.
        while self.leases.contains_key(&self.next_lease) {
            self.next_lease += 1;
        }
        let id = self.next_lease;
        self.next_lease += 1;
        let expires_milliseconds = now.saturating_add(ttl_seconds.max(1).saturating_mul(1000));
        self.leases.insert(id, Lease { expires_milliseconds, keys: BTreeSet::new() });
        self.changes.leases.insert(id, Some(expires_milliseconds));
        Ok(id)
    }

    /// Deletes the keys of a lease in one revision, and the lease.
    pub(super) fn revoke(&mut self, id: LeaseId, now: i64) -> Result<(), Error> {
        let lease = self.leases.remove(&id).ok_or(Error::LeaseNotFound(id))?;
        let mut changes = Vec::new();
        for key in &lease.keys {
            self.delete(key, &mut changes);
        }
        self.commit(changes, now);
        self.changes.leases.insert(id, None);
        Ok(())
    }

    pub(super) fn expire(&mut self, now: i64) {
        let over = |lease: &Lease| lease.expires_milliseconds <= now;
        let ended: Vec<_> =
            self.leases.iter().filter(|(_, lease)| over(lease)).map(|(id, _)| *id).collect();
        for id in ended {
            self.revoke(id, now).expect("the lease was found above");
        }
    }

    pub(super) fn compact(&mut self, revision: Revision) -> Result<(), Error> {
        if revision <= self.compacted {
            return Err(Error::Compacted { requested: revision, compacted: self.compacted });
        }
        if revision > self.view.revision {
            let current = self.view.revision;
            return Err(Error::FutureRevision { requested: revision, current });
        }
        self.compacted = revision;
        self.changes.compacted = Some(revision);
        Ok(())
    }
}
