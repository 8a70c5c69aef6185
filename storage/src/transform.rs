//! What is done to a value on its way between the cache and the store: nothing, unless a resource is
//! to be encrypted at rest (`apiserver/pkg/storage/value`).

use std::collections::BTreeSet;
use std::sync::Arc;

use bytes::Bytes;
use futures::future::BoxFuture;
use parking_lot::Mutex;
use tokio::sync::Notify;

use crate::store::{
    Error, Event, KeyValue, Op, Range, RangeResult, Revision, Store, Txn, TxnResult, Watch,
    WatchBatch,
};

/// What all encrypted values begin with; nothing else that is stored does.
pub const ENCRYPTED: &[u8] = b"k8s:enc:";
/// What is said of one where nothing is encrypted (`value/encrypt/identity`).
pub const UNTRANSFORMED: &str = "identity transformer tried to read encrypted data";

/// A value as it was before it was stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plain {
    /// The value.
    pub value: Bytes,
    /// It would be stored otherwise now, so it is written even if it does not change.
    pub stale: bool,
}

/// Turns values into what is stored, and back (`value.Transformer`). The key is authenticated along
/// with the value: one that was stored under another key is refused.
pub trait Transformer: Send + Sync {
    /// What is stored of a value.
    fn transform_to_storage(&self, key: &[u8], value: &Bytes) -> Result<Bytes, Error>;
    /// The value of what is stored.
    fn transform_from_storage(&self, key: &[u8], stored: &Bytes) -> Result<Plain, Error>;
}

/// Leaves values as they are, and refuses those that another transformer made
/// (`identity.NewEncryptCheckTransformer`).
#[derive(Clone, Copy, Debug, Default)]
pub struct Identity;

impl Transformer for Identity {
    fn transform_to_storage(&self, _: &[u8], value: &Bytes) -> Result<Bytes, Error> {
        Ok(value.clone())
    }

    fn transform_from_storage(&self, _: &[u8], stored: &Bytes) -> Result<Plain, Error> {
        if stored.starts_with(ENCRYPTED) {
            return Err(Error::Refused(UNTRANSFORMED.into()));
        }
        Ok(Plain { value: stored.clone(), stale: false })
    }
}

/// Several transformers, each behind a prefix of its own (`value.NewPrefixTransformers`): the first
/// writes, and what another reads is stale.
pub struct Prefixed(pub Vec<(Bytes, Arc<dyn Transformer>)>);

impl Transformer for Prefixed {
    fn transform_to_storage(&self, key: &[u8], value: &Bytes) -> Result<Bytes, Error> {
        let Some((prefix, first)) = self.0.first() else { return Err(unmatched()) };
        let stored = first.transform_to_storage(key, value)?;
        if prefix.is_empty() {
            return Ok(stored);
        }
        Ok([&prefix[..], &stored[..]].concat().into())
    }

    fn transform_from_storage(&self, key: &[u8], stored: &Bytes) -> Result<Plain, Error> {
        let mut failed = None;
        for (number, (prefix, transformer)) in self.0.iter().enumerate() {
            if !stored.starts_with(prefix) {
                continue;
            }
            match transformer.transform_from_storage(key, &stored.slice(prefix.len()..)) {
                Ok(plain) => return Ok(Plain { stale: plain.stale || number != 0, ..plain }),
                // What leaves values as they are only looks whether another was meant.
                Err(_) if prefix.is_empty() => {}
                Err(error) => failed = failed.or(Some(error)),
            }
        }
        Err(failed.unwrap_or_else(unmatched))
    }
}

fn unmatched() -> Error {
    let text = "the provided value does not match any of the supported transformers";
    Error::Refused(text.into())
}

/// A store whose values pass through a transformer. Without one there is no such store in between,
/// and leaving values as they are costs nothing.
pub struct Transformed {
    store: Arc<dyn Store>,
    passage: Arc<Passage>,
}

struct Passage {
    transformer: Arc<dyn Transformer>,
    /// Keys and revisions that were found stale.
    stale: Mutex<BTreeSet<(Bytes, Revision)>>,
}

impl Passage {
    fn open(&self, mut kv: KeyValue) -> Result<KeyValue, Error> {
        let plain = self.transformer.transform_from_storage(&kv.key, &kv.value)?;
        if plain.stale {
            self.stale.lock().insert((kv.key.clone(), kv.mod_revision));
        }
        kv.value = plain.value;
        Ok(kv)
    }

    fn open_event(&self, mut event: Event) -> Result<Event, Error> {
        if !event.deleted {
            event.kv = self.open(event.kv)?;
        }
        event.previous = event.previous.map(|previous| self.open(previous)).transpose()?;
        Ok(event)
    }

    fn close(&self, op: Op) -> Result<Op, Error> {
        Ok(match op {
            Op::Put { key, value, lease } => {
                let value = self.transformer.transform_to_storage(&key, &value)?;
                self.forget(&key);
                Op::Put { key, value, lease }
            }
            Op::Delete { key } => {
                self.forget(&key);
                Op::Delete { key }
            }
            get @ Op::Get { .. } => get,
        })
    }

    /// What is written anew is found stale anew, if it is.
    fn forget(&self, key: &Bytes) {
        let mut stale = self.stale.lock();
        let range = (key.clone(), Revision::MIN)..=(key.clone(), Revision::MAX);
        let known: Vec<_> = stale.range(range).cloned().collect();
        for one in known {
            stale.remove(&one);
        }
    }
}

impl Transformed {
    /// A store of plain values on top of one of transformed values.
    pub fn new(store: Arc<dyn Store>, transformer: Arc<dyn Transformer>) -> Self {
        Self { store, passage: Arc::new(Passage { transformer, stale: Mutex::default() }) }
    }
}

impl crate::Layer for Transformed {
    fn below(&self) -> &dyn Store {
        &*self.store
    }

    fn range(&self, range: Range) -> BoxFuture<'_, Result<RangeResult, Error>> {
        Box::pin(async move {
            let mut result = self.store.range(range).await?;
            let opened = result.kvs.into_iter().map(|kv| self.passage.open(kv));
            result.kvs = opened.collect::<Result<_, _>>()?;
            Ok(result)
        })
    }

    fn txn(&self, txn: Txn) -> BoxFuture<'_, Result<TxnResult, Error>> {
        Box::pin(async move {
            let close = |ops: Vec<Op>| -> Result<Vec<Op>, Error> {
                ops.into_iter().map(|op| self.passage.close(op)).collect()
            };
            let (success, failure) = (close(txn.success)?, close(txn.failure)?);
            let mut result = self.store.txn(Txn { compare: txn.compare, success, failure }).await?;
            let opened = result.responses.into_iter();
            let opened = opened.map(|kv| kv.map(|kv| self.passage.open(kv)).transpose());
            result.responses = opened.collect::<Result<_, _>>()?;
            Ok(result)
        })
    }

    fn watch(
        &self,
        prefix: Bytes,
        after: Revision,
    ) -> BoxFuture<'_, Result<Box<dyn Watch>, Error>> {
        Box::pin(async move {
            let watch = self.store.watch(prefix, after).await?;
            let passage = self.passage.clone();
            Ok(Box::new(TransformedWatch { watch, passage }) as Box<dyn Watch>)
        })
    }

    fn is_stale(&self, key: &Bytes, mod_revision: Revision) -> bool {
        self.passage.stale.lock().contains(&(key.clone(), mod_revision))
    }
}

struct TransformedWatch {
    watch: Box<dyn Watch>,
    passage: Arc<Passage>,
}

impl Watch for TransformedWatch {
    fn try_next(&mut self) -> Result<Option<WatchBatch>, Error> {
        let Some(WatchBatch { revision, events }) = self.watch.try_next()? else { return Ok(None) };
        let opened = events.into_iter().map(|event| self.passage.open_event(event));
        Ok(Some(WatchBatch { revision, events: opened.collect::<Result<_, _>>()? }))
    }

    fn arrival(&self) -> Arc<Notify> {
        self.watch.arrival()
    }

    fn request_progress(&self) {
        self.watch.request_progress();
    }
}

#[cfg(test)]
mod tests;
