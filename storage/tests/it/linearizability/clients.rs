//! Clients that read, write and swap a few keys at once and record what they are told.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use bytes::Bytes;
use futures::future::join_all;
use pintle_storage::{Compare, Error, KeyValue, Op, Range, Revision, Store, Txn};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use tokio::time::{sleep, timeout};

use super::checker::{Answer, Call};
use super::history::{Event, Told};

/// Takes note of an event at the moment it happens.
pub(crate) type Record = Arc<dyn Fn(Event) + Send + Sync>;

const KEYS: u64 = 4;
/// A call that takes longer has no answer.
const PATIENCE: Duration = Duration::from_secs(1);
/// After a call that failed.
const PAUSE: Duration = Duration::from_millis(50);

/// A set of clients.
#[derive(Clone)]
pub(crate) struct Clients {
    /// Each has one of these.
    pub(crate) stores: Vec<Arc<dyn Store>>,
    pub(crate) record: Record,
    /// What their keys begin with.
    pub(crate) prefix: String,
    /// Their calls and values have numbers from here on.
    pub(crate) first: u64,
    pub(crate) seed: u64,
}

impl Clients {
    /// Lets all of them work.
    pub(crate) async fn work(&self, stop: &AtomicBool) {
        let clients = (0..self.stores.len()).map(|n| {
            let clients = self.clone();
            async move { clients.work_one(n, stop).await }
        });
        join_all(clients).await;
    }

    /// Reads every key.
    pub(crate) async fn read_all(&self) {
        let mut ids = self.first..self.first + 1000;
        for n in 0..KEYS {
            let key = self.key(n);
            loop {
                let id = ids.next().expect("it can be read in the end");
                if self.call(0, (id, &key), Call::Read, 0).await.is_some() {
                    break;
                }
                sleep(PAUSE).await;
            }
        }
    }

    fn key(&self, n: u64) -> String {
        format!("{}{n}", self.prefix)
    }

    async fn work_one(&self, client: usize, stop: &AtomicBool) {
        let mut random = StdRng::seed_from_u64(self.seed.wrapping_add(client as u64));
        let mut known = [(None, 0); KEYS as usize];
        let mut id = self.first + client as u64;
        while !stop.load(Ordering::Relaxed) {
            let n = random.random_range(0..KEYS);
            let (expected, changed) = known[n as usize];
            let call = match random.random_range(0..20) {
                0..8 => Call::Read,
                8..11 => Call::Put(id),
                11 => Call::Delete,
                12 if expected.is_some() => Call::Swap { expected, new: None },
                _ => Call::Swap { expected, new: Some(id) },
            };
            match self.call(client, (id, &self.key(n)), call, changed).await {
                Some(told) => known[n as usize] = holds(call, told),
                None => sleep(PAUSE).await,
            }
            id += self.stores.len() as u64;
        }
    }

    async fn call(
        &self,
        client: usize,
        (id, key): (u64, &str),
        call: Call,
        changed: Revision,
    ) -> Option<Told> {
        (self.record)(Event::Called { id, key: key.to_owned(), call });
        let answer = perform(&*self.stores[client], key.to_owned().into(), call, changed);
        let told = timeout(PATIENCE, answer).await.ok()?.ok()?;
        (self.record)(Event::Answered { id, told });
        Some(told)
    }
}

/// Value and revision of a key after an answer.
fn holds(call: Call, told: Told) -> (Option<u64>, Revision) {
    match (call, told.answer) {
        (Call::Put(value) | Call::Swap { new: Some(value), .. }, Answer::Done) => {
            (Some(value), told.revision)
        }
        (Call::Read | Call::Swap { .. }, Answer::Found(Some((value, _)))) => {
            (Some(value), told.changed)
        }
        _ => (None, 0),
    }
}

fn found(kv: Option<&KeyValue>) -> (Answer, Revision) {
    let Some(kv) = kv else { return (Answer::Found(None), 0) };
    let value = std::str::from_utf8(&kv.value).ok().and_then(|text| text.parse().ok());
    (Answer::Found(Some((value.expect("values are numbers"), kv.version))), kv.mod_revision)
}

async fn perform(
    store: &dyn Store,
    key: Bytes,
    call: Call,
    mod_revision: Revision,
) -> Result<Told, Error> {
    let put = |value: u64| Op::Put { key: key.clone(), value: value.to_string().into(), lease: 0 };
    let mut txn = Txn::default();
    match call {
        Call::Read => {
            let result = store.range(Range { start: key, ..Range::default() }).await?;
            let (answer, changed) = found(result.kvs.first());
            return Ok(Told { answer, revision: result.revision, changed });
        }
        Call::Put(value) => txn.success.push(put(value)),
        Call::Delete => txn.success.push(Op::Delete { key }),
        Call::Swap { new, .. } => {
            txn.compare.push(Compare { key: key.clone(), mod_revision });
            txn.success.push(new.map_or_else(|| Op::Delete { key: key.clone() }, put));
            txn.failure.push(Op::Get { key });
        }
    }
    let result = store.txn(txn).await?;
    let (answer, changed) = match call {
        Call::Delete => found(result.responses[0].as_ref()),
        _ if result.succeeded => (Answer::Done, 0),
        _ => found(result.responses[0].as_ref()),
    };
    Ok(Told { answer, revision: result.revision, changed })
}
