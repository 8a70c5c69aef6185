//! Feeds the authorizer from the watch caches.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use pintle_storage::cache::{CacheError, Entry, EventKind, Interest};

use crate::authz::{Authorizer, WATCHED};
use crate::registry::{Registry, Stored};

const BATCH: usize = 1000;
const RETRY: Duration = Duration::from_millis(50);

/// Starts to feed the authorizer; answers once it has seen every object that there is.
pub async fn feed(authorizer: Arc<Authorizer>, registry: &Registry) {
    let mut first = Vec::new();
    for (group, plural) in WATCHED {
        let Some(stored) = registry.stored(group, plural) else { continue };
        let (tell, told) = tokio::sync::oneshot::channel();
        first.push(told);
        let feeder = Feeder {
            authorizer: authorizer.clone(),
            stored: stored.clone(),
            group,
            plural,
            node: stored.cache.field_index("spec.nodeName").filter(|_| *plural == "pods"),
            known: HashSet::new(),
        };
        tokio::spawn(feeder.run(tell));
    }
    for told in first {
        // A feeder that is gone before it has told goes on being waited for by readiness.
        told.await.ok();
    }
}

struct Feeder {
    authorizer: Arc<Authorizer>,
    stored: Arc<Stored>,
    group: &'static str,
    plural: &'static str,
    /// The selectable field of a pod's node.
    node: Option<usize>,
    known: HashSet<Bytes>,
}

impl Feeder {
    async fn run(mut self, tell: tokio::sync::oneshot::Sender<()>) {
        let mut tell = Some(tell);
        loop {
            if let Err(error) = self.follow(&mut tell).await {
                tracing::debug!(resource = self.plural, err = %error, "Listing anew");
            }
            tokio::time::sleep(RETRY).await;
        }
    }

    /// Takes in all objects, then every change, until the watch ends.
    async fn follow(
        &mut self,
        tell: &mut Option<tokio::sync::oneshot::Sender<()>>,
    ) -> Result<(), CacheError> {
        self.stored.settle().await?;
        let (snapshot, mut watch) = self.stored.cache.watch_from_now(Interest::All)?;
        let mut gone = std::mem::take(&mut self.known);
        for entry in snapshot.iter() {
            gone.remove(&entry.key);
            self.put(entry);
        }
        let mut gone: Vec<_> = gone.into_iter().collect();
        gone.sort();
        for key in gone {
            self.drop_key(&key);
        }
        if let Some(tell) = tell.take() {
            // Nobody waits any more when the start was given up.
            tell.send(()).ok();
        }
        loop {
            for event in watch.next(BATCH).await? {
                if event.kind == EventKind::Deleted {
                    let entry = event.departed();
                    self.known.remove(&entry.key);
                    self.tell(entry.namespace(), entry.name(), None);
                } else {
                    self.put(&event.entry);
                }
            }
        }
    }

    fn put(&mut self, entry: &Arc<Entry>) {
        // A pod that is on no node leads to none, so that most new ones need not be decoded.
        if self.node.is_some_and(|field| entry.facts.field(field).is_empty()) {
            self.tell(entry.namespace(), entry.name(), None);
            return;
        }
        match self.stored.tree(entry) {
            Ok(tree) => {
                self.known.insert(entry.key.clone());
                self.tell(entry.namespace(), entry.name(), Some(&tree));
            }
            // What cannot be read grants nothing.
            Err(error) => {
                tracing::error!("{error}");
                self.tell(entry.namespace(), entry.name(), None);
            }
        }
    }

    fn drop_key(&self, key: &Bytes) {
        let text = String::from_utf8_lossy(key);
        let rest = text.strip_prefix(&self.stored.prefix("")).unwrap_or_default();
        let (namespace, name) = rest.split_once('/').unwrap_or(("", rest));
        self.tell(namespace, name, None);
    }

    fn tell(&self, namespace: &str, name: &str, object: Option<&pintle_engine::Value>) {
        self.authorizer.observe(self.group, self.plural, namespace, name, object);
    }
}
