//! Follows the metadata of every resource that can be deleted, as discovery finds them.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use pintle_client::discovery::Discovery;
use pintle_client::watch::{Change, Reflector, Selection, Sink};
use pintle_client::{Client, Resource, trimmed};
use pintle_controllers::controller::{Seen, Served};
use pintle_controllers::object::Read;
use serde_json::value::RawValue;
use serde_json::{Value, json};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tracing::{info, warn};

use crate::runtime::Running;

const PERIOD: Duration = Duration::from_secs(30);

/// How long the first synchronization may take before work begins on what is known.
const PATIENCE: Duration = Duration::from_mins(1);

/// Follows discovery for ever, for all rows that want everything; `ready` becomes true once what was found first has been read.
pub(crate) async fn follow(running: Vec<Arc<Running>>, client: Client, ready: watch::Sender<bool>) {
    let mut tasks = JoinSet::new();
    let mut followed: BTreeMap<Resource, (tokio::task::AbortHandle, watch::Receiver<bool>)> =
        BTreeMap::new();
    loop {
        match Discovery::fetch(&client).await {
            Ok(found) => {
                tell(&running, &found);
                let wanted = wanted(&found);
                if found.stale.is_empty() {
                    followed.retain(|resource, (task, _)| {
                        let keep = wanted.contains_key(resource);
                        if !keep {
                            task.abort();
                        }
                        keep
                    });
                }
                for (resource, served) in wanted {
                    followed.entry(resource.clone()).or_insert_with(|| {
                        let (synced, seen) = watch::channel(false);
                        let sink = Arc::new(Metadata {
                            running: running.clone(),
                            served,
                            staged: Mutex::default(),
                            known: Mutex::default(),
                            synced,
                        });
                        let selection = Selection { metadata_only: true, ..Selection::default() };
                        let reflector = Reflector::new(client.clone(), resource, selection, sink);
                        (tasks.spawn(reflector.run()), seen)
                    });
                }
                if !*ready.borrow() {
                    let all = followed.values().map(|(_, seen)| {
                        let mut seen = seen.clone();
                        async move { drop(seen.wait_for(|synced| *synced).await) }
                    });
                    let all = futures::future::join_all(all);
                    if tokio::time::timeout(PATIENCE, all).await.is_err() {
                        warn!("not all resource monitors could be synced, proceeding");
                    }
                    info!("All resource monitors have synced. Proceeding to collect garbage");
                    ready.send_replace(true);
                }
            }
            Err(error) => warn!(%error, "failed to discover resources"),
        }
        tokio::time::sleep(PERIOD).await;
    }
}

fn wanted(found: &Discovery) -> BTreeMap<Resource, Arc<Served>> {
    let is_event = |resource: &Resource| {
        resource.plural == "events" && matches!(&*resource.group, "" | "events.k8s.io")
    };
    found
        .served
        .iter()
        .filter(|served| {
            ["delete", "list", "watch"].iter().all(|verb| served.verbs.contains(*verb))
                && !is_event(&served.resource)
        })
        .map(|served| (served.resource.clone(), Arc::new(describe(&served.resource))))
        .collect()
}

fn describe(resource: &Resource) -> Served {
    Served {
        api_version: resource.api_version(),
        kind: resource.kind.to_string(),
        plural: resource.plural.to_string(),
        namespaced: resource.namespaced,
    }
}

fn tell(running: &[Arc<Running>], found: &Discovery) {
    let all: Vec<Arc<Served>> =
        found.kinds.values().map(|resource| Arc::new(describe(resource))).collect();
    for machine in running.iter().filter_map(|running| running.machine.as_ref()) {
        machine.lock().unwrap_or_else(PoisonError::into_inner).served(&all);
    }
}

struct Metadata {
    running: Vec<Arc<Running>>,
    served: Arc<Served>,
    staged: Mutex<Vec<Value>>,
    /// The uids that were there last, with their namespaces, to find what a new state lacks.
    known: Mutex<BTreeMap<String, String>>,
    synced: watch::Sender<bool>,
}

impl Metadata {
    fn note(&self, object: &Value, gone: bool) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let before = if gone {
            known.remove(object.uid())
        } else {
            known.insert(object.uid().to_owned(), object.namespace().to_owned())
        };
        drop(known);
        let seen = match (gone, before) {
            (true, None) => return,
            (true, Some(_)) => Seen::Gone,
            (false, None) => Seen::New,
            (false, Some(_)) => Seen::Again,
        };
        for running in &self.running {
            let Some(machine) = &running.machine else { continue };
            let mut machine = machine.lock().unwrap_or_else(PoisonError::into_inner);
            let keys = machine.observe_metadata(&self.served, object, seen);
            drop(machine);
            for key in keys {
                running.queue.add(key);
            }
        }
    }
}

impl Sink for Metadata {
    fn stage(&self, object: &RawValue) -> Result<(), serde_json::Error> {
        let object = trimmed(object)?;
        self.staged.lock().unwrap_or_else(PoisonError::into_inner).push(object);
        Ok(())
    }

    fn replace(&self, _: u64) {
        let staged =
            std::mem::take(&mut *self.staged.lock().unwrap_or_else(PoisonError::into_inner));
        let mut gone = self.known.lock().unwrap_or_else(PoisonError::into_inner).clone();
        for object in staged {
            gone.remove(object.uid());
            self.note(&object, false);
        }
        for (uid, namespace) in gone {
            self.note(&json!({"metadata": {"uid": uid, "namespace": namespace}}), true);
        }
        self.synced.send_replace(true);
    }

    fn discard(&self) {
        self.staged.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    fn apply(&self, change: Change, object: &RawValue) -> Result<String, serde_json::Error> {
        let object = trimmed(object)?;
        self.note(&object, change == Change::Deleted);
        Ok(object.version().to_owned())
    }

    fn progress(&self, _: u64) {}
}
