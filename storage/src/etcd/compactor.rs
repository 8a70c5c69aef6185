//! Compaction agreed upon by all servers of one etcd, upstream's among them
//! (`storage/etcd3.compactor`).

use std::sync::Arc;

use bytes::Bytes;

use crate::store::{Compare, Error, Op, Revision, Store, Txn};

/// Key that holds the revision compacted last, as decimal digits. It has no prefix.
pub const COMPACT_KEY: &str = "compact_rev_key";

/// One of the servers that take turns to compact. Whoever finds the key as it was left a round ago
/// writes it and compacts up to the revision of that round; the others wait for another round.
pub struct Compactor {
    store: Arc<dyn Store>,
    /// Where the key was seen last; 0 if it did not exist.
    expected: Revision,
    /// The store's revision in the last round; 0 before the first.
    before: Revision,
}

impl Compactor {
    /// One that has seen nothing yet.
    pub fn new(store: Arc<dyn Store>) -> Self {
        Self { store, expected: 0, before: 0 }
    }

    /// One round. Returns the revision that was compacted, by whom ever, if it is known.
    pub async fn round(&mut self) -> Result<Option<Revision>, Error> {
        let key = Bytes::from_static(COMPACT_KEY.as_bytes());
        let value = self.before.to_string().into();
        let txn = Txn {
            compare: vec![Compare { key: key.clone(), mod_revision: self.expected }],
            success: vec![Op::Put { key: key.clone(), value, lease: 0 }],
            failure: vec![Op::Get { key }],
        };
        let result = self.store.txn(txn).await?;
        let revision = std::mem::replace(&mut self.before, result.revision);
        if !result.succeeded {
            let found = result.responses.into_iter().next().flatten();
            self.expected = found.as_ref().map_or(0, |kv| kv.mod_revision);
            let told = found.and_then(|kv| std::str::from_utf8(&kv.value).ok()?.parse().ok());
            return Ok(told.filter(|revision| *revision != 0));
        }
        self.expected = result.revision;
        if revision == 0 {
            return Ok(None);
        }
        self.store.compact(revision).await?;
        Ok(Some(revision))
    }
}
