//! Moves an embedded store into etcd and back. The order of revisions is kept in both directions, the
//! numbers themselves only on the way back: etcd counts its own.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;

use super::disk::FILE;
use super::fill::Filling;
use super::load::Row;
use super::machine::Lease;
use super::tools::{Trouble, check, empty_folder, read_through};
use super::versions::{Record, Stamp};
use crate::clock::{Clock, SystemClock};
use crate::etcd::{COMPACT_KEY, EtcdStore};
use crate::store::{
    Compare, Error, KeyValue, LeaseId, Op, Range, RangeResult, Revision, Store, Txn, key_after,
};

const PAGE: usize = 1000;
const PAGE_CACHE_BYTES: usize = 16 << 20;

/// What was moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moved {
    /// Keys.
    pub keys: usize,
    /// Leases that keys live on.
    pub leases: usize,
    /// Newest revision where they came from.
    pub from_revision: Revision,
    /// Newest revision where they are now.
    pub to_revision: Revision,
}

/// Writes what lives in a store that nobody has open into an etcd that is empty: one transaction for
/// each revision that is still somebody's newest, in order, and a lease with the rest of its time for
/// each lease. Reads all of it back.
pub async fn export(directory: &Path, target: &EtcdStore) -> Result<Moved, Trouble> {
    let quiet = read_through(directory, PAGE_CACHE_BYTES)?;
    let machine = &quiet.examined.loaded.machine;
    if let Some(found) = target.range(everything(1)).await?.kvs.first() {
        return Err(Trouble::EtcdNotEmpty(String::from_utf8_lossy(&found.key).into_owned()));
    }
    let now = SystemClock.now_milliseconds();
    let leases = grant_again(target, &machine.leases, now).await?;
    let mut revisions: BTreeMap<Revision, Vec<Arc<Record>>> = BTreeMap::new();
    for slot in machine.view.keys.iter().filter(|slot| !slot.0.deleted) {
        let (key, stamp) = (slot.0.key(), slot.0.stamp);
        // The key of the compaction speaks of the store's own history.
        let ended = machine.leases.contains_key(&stamp.lease) && !leases.contains_key(&stamp.lease);
        if !ended && key != COMPACT_KEY.as_bytes() {
            revisions.entry(stamp.mod_revision).or_default().push(slot.0.clone());
        }
    }
    let mut written = Vec::new();
    for mut records in revisions.into_values() {
        records.sort_by_key(|record| record.sub);
        write_revision(target, &records, &leases).await?;
        written.extend(records);
    }
    let to_revision = compare_with(target, &written).await?;
    let from_revision = machine.view.revision;
    Ok(Moved { keys: written.len(), leases: leases.len(), from_revision, to_revision })
}

async fn grant_again(
    target: &EtcdStore,
    leases: &BTreeMap<LeaseId, Lease>,
    now: i64,
) -> Result<BTreeMap<LeaseId, LeaseId>, Trouble> {
    let mut granted = BTreeMap::new();
    for (id, lease) in leases.iter().filter(|(_, lease)| !lease.keys.is_empty()) {
        let left = lease.expires_milliseconds - now;
        if left > 0 {
            let seconds = left.saturating_add(999) / 1000;
            granted.insert(*id, target.grant_lease(seconds).await?);
        }
    }
    Ok(granted)
}

async fn write_revision(
    target: &EtcdStore,
    records: &[Arc<Record>],
    leases: &BTreeMap<LeaseId, LeaseId>,
) -> Result<(), Trouble> {
    let put = |record: &Arc<Record>| {
        let KeyValue { key, value, lease, .. } = record.kv();
        Op::Put { key, value, lease: leases.get(&lease).copied().unwrap_or(0) }
    };
    let first = records[0].shared_key();
    let compare = vec![Compare { key: first.clone(), mod_revision: 0 }];
    let success = records.iter().map(put).collect();
    if target.txn(Txn { compare, success, failure: Vec::new() }).await?.succeeded {
        return Ok(());
    }
    Err(Trouble::EtcdNotEmpty(String::from_utf8_lossy(&first).into_owned()))
}

/// Reads everything and finds that it is what was written, in that order.
async fn compare_with(target: &EtcdStore, written: &[Arc<Record>]) -> Result<Revision, Trouble> {
    let (mut found, revision) = read_all(target).await?;
    found.sort_by_key(|kv| kv.mod_revision);
    let same = found.len() == written.len()
        && found.chunk_by(|a, b| a.mod_revision == b.mod_revision).try_fold(0, |start, group| {
            let mut rest: Vec<KeyValue> =
                written[start..start + group.len()].iter().map(|record| record.kv()).collect();
            rest.sort_by(|a, b| a.key.cmp(&b.key));
            let together = rest.iter().all(|kv| kv.mod_revision == rest[0].mod_revision);
            let mut group: Vec<_> = group.iter().collect();
            group.sort_by(|a, b| a.key.cmp(&b.key));
            let equal = group.iter().zip(&rest).all(|(a, b)| a.key == b.key && a.value == b.value);
            (together && equal).then_some(start + group.len())
        }) == Some(written.len());
    if same {
        return Ok(revision);
    }
    Err(Trouble::Damaged("etcd holds something else than what was written to it".into()))
}

/// Makes a store in a folder that is empty or not there of what lives in etcd. Every key keeps its
/// revisions and its version, every lease its name and the rest of its time.
pub async fn import(source: &EtcdStore, directory: &Path) -> Result<Moved, Trouble> {
    let lock = empty_folder(directory)?;
    let (mut kvs, revision) = read_all(source).await?;
    kvs.sort_by(|a, b| (a.mod_revision, &a.key).cmp(&(b.mod_revision, &b.key)));
    let now = SystemClock.now_milliseconds();
    let mut leases = BTreeMap::new();
    for kv in kvs.iter().filter(|kv| kv.lease != 0) {
        if let Entry::Vacant(vacant) = leases.entry(kv.lease) {
            // One that is not there any more has just ended, and its keys with it.
            let left = source.lease_seconds_left(kv.lease).await?.unwrap_or(0);
            vacant.insert(now.saturating_add(left.saturating_mul(1000)));
        }
    }
    let failed = Trouble::redb(&directory.join(FILE));
    let mut filling = Filling::start(directory).map_err(&failed)?;
    filling.meta((revision, revision), 1).map_err(&failed)?;
    for (id, expires) in &leases {
        filling.lease(*id, *expires).map_err(&failed)?;
    }
    let mut body = Vec::new();
    for group in kvs.chunk_by(|a, b| a.mod_revision == b.mod_revision) {
        for (sub, kv) in group.iter().enumerate() {
            let KeyValue { create_revision, mod_revision, version, lease, .. } = *kv;
            let stamp = Stamp { create_revision, mod_revision, version, lease };
            let row = Row { key: &kv.key, value: &kv.value, stamp, deleted: false };
            row.write(&mut body);
            filling.row(kv.mod_revision as u64, sub as u32, &body).map_err(&failed)?;
        }
    }
    filling.finish().map_err(&failed)?;
    drop(lock);
    let report = check(directory)?;
    let (keys, leases) = (report.keys, leases.len());
    Ok(Moved { keys, leases, from_revision: revision, to_revision: report.revision })
}

/// All keys at one revision, and that revision.
async fn read_all(store: &EtcdStore) -> Result<(Vec<KeyValue>, Revision), Error> {
    let mut kvs = Vec::new();
    let mut range = everything(PAGE);
    loop {
        let RangeResult { revision, kvs: page, more, .. } = store.range(range.clone()).await?;
        if range.revision == 0 {
            range.revision = revision;
        }
        kvs.extend(page);
        match kvs.last().filter(|_| more) {
            Some(last) => range.start = key_after(&last.key),
            None => return Ok((kvs, range.revision)),
        }
    }
}

fn everything(limit: usize) -> Range {
    let (start, end) = (Bytes::from_static(b"\0"), Bytes::from_static(b"\xff"));
    Range { start, end, limit, ..Range::default() }
}
