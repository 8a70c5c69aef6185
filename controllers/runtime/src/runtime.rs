//! Runs rows of the controller table against an API server.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use pintle_client::events::Recorder;
use pintle_client::watch::{Reflector, Selection};
use pintle_client::{Client, Clock, Resource};
use pintle_controllers::controller::{Change, Controller, Keys, Logic, Machine};
use pintle_controllers::kind::Kind;
use pintle_controllers::{Key, Settings, Tables};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tracing::info;

use crate::barrier::Barrier;
use crate::everything;
use crate::feed::Feed;
use crate::queue::Queue;
use crate::worker;

/// Where a controller's client comes from, by the name of its service account.
pub type Accounts<'a> = dyn Fn(&str) -> Client + 'a;

/// What all controllers share.
pub(crate) struct Shared {
    tables: RwLock<Tables>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) settings: Settings,
    running: OnceLock<Vec<Arc<Running>>>,
    synced: BTreeMap<&'static str, watch::Sender<bool>>,
}

impl Shared {
    pub(crate) fn read(&self) -> RwLockReadGuard<'_, Tables> {
        self.tables.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn write(&self) -> RwLockWriteGuard<'_, Tables> {
        self.tables.write().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn running(&self) -> &[Arc<Running>] {
        self.running.get().map_or(&[], Vec::as_slice)
    }

    /// A table has come further: keys that waited for that are looked at again.
    pub(crate) fn moved(&self, kind: &'static Kind) {
        if let Some(synced) = self.synced.get(kind.plural) {
            synced.send_if_modified(|synced| !std::mem::replace(synced, true));
        }
        for running in self.running() {
            for key in running.barrier.unpark() {
                running.queue.add(key);
            }
        }
    }
}

/// A row at work.
pub(crate) struct Running {
    pub(crate) row: &'static Controller,
    pub(crate) queue: Queue,
    pub(crate) barrier: Barrier,
    pub(crate) client: Client,
    pub(crate) recorder: Recorder,
    pub(crate) machine: Option<Mutex<Box<dyn Machine>>>,
}

impl Running {
    pub(crate) fn notice(&self, kind: &'static Kind, change: &Change<'_>) {
        let mut keys = Keys::default();
        for watch in self.row.watches.iter().filter(|watch| watch.kind == kind) {
            if let Some(machine) = &self.machine {
                let mut machine = machine.lock().unwrap_or_else(PoisonError::into_inner);
                machine.observe(kind, change);
            }
            (watch.keys)(change, &mut keys);
        }
        for (key, delay) in keys.into_inner() {
            self.queue.add_after(key, delay);
        }
    }
}

/// Runs controllers until it is dropped.
pub struct Runtime {
    tasks: JoinSet<()>,
}

impl Runtime {
    /// Starts the rows: their informers with `shared`, each row with its account's client.
    pub fn start(
        rows: &[&'static Controller],
        shared: &Client,
        accounts: &Accounts<'_>,
        clock: Arc<dyn Clock>,
        settings: Settings,
    ) -> Self {
        let mut kinds: BTreeMap<&'static str, &'static Kind> = BTreeMap::new();
        for watch in rows.iter().flat_map(|row| row.watches) {
            kinds.insert(watch.kind.plural, watch.kind);
        }
        let state = Arc::new(Shared {
            tables: RwLock::default(),
            clock: clock.clone(),
            settings,
            running: OnceLock::new(),
            synced: kinds.keys().map(|plural| (*plural, watch::Sender::new(false))).collect(),
        });
        let running: Vec<Arc<Running>> = rows
            .iter()
            .map(|row| {
                let client = accounts(row.account);
                Arc::new(Running {
                    row,
                    queue: Queue::new(row.backoff),
                    barrier: Barrier::default(),
                    recorder: Recorder::start(client.clone(), clock.clone(), row.component),
                    client,
                    machine: match row.logic {
                        Logic::Machine(make) => Some(Mutex::new(make())),
                        Logic::Reconcile(_) => None,
                    },
                })
            })
            .collect();
        let mut tasks = JoinSet::new();
        let (found, followed) = watch::channel(false);
        for row in &running {
            tasks.spawn(run_row(row.clone(), state.clone(), followed.clone()));
        }
        let everything: Vec<_> =
            running.iter().filter(|running| running.row.everything).cloned().collect();
        if !everything.is_empty() {
            tasks.spawn(everything::follow(everything, shared.clone(), found));
        }
        state.running.get_or_init(|| running);
        for kind in kinds.into_values() {
            let feed = Arc::new(Feed { kind, shared: state.clone(), staged: Mutex::default() });
            let selection = Selection {
                namespace: kind.within.into(),
                fields: kind.fields.into(),
                ..Selection::default()
            };
            let reflector = Reflector::new(shared.clone(), resource(kind), selection, feed);
            tasks.spawn(reflector.run());
        }
        Self { tasks }
    }

    /// Waits until a task ends, which none does unless it panics; for ever if there is none.
    pub async fn ended(&mut self) {
        if self.tasks.join_next().await.is_none() {
            std::future::pending::<()>().await;
        }
    }
}

/// The client's name of a kind.
pub(crate) fn resource(kind: &Kind) -> Resource {
    let &Kind { group, version, kind, plural, namespaced, .. } = kind;
    let mut resource = Resource::namespaced("", "", "", "");
    resource.group = group.to_owned().into();
    resource.version = version.to_owned().into();
    resource.kind = kind.to_owned().into();
    resource.plural = plural.to_owned().into();
    resource.namespaced = namespaced;
    resource
}

async fn run_row(
    running: Arc<Running>,
    shared: Arc<Shared>,
    mut everything: watch::Receiver<bool>,
) {
    let row = running.row;
    for watch in row.watches {
        if let Some(synced) = shared.synced.get(watch.kind.plural) {
            // The sender is in `shared`, which outlives this call.
            drop(synced.subscribe().wait_for(|synced| *synced).await);
        }
    }
    info!(controller = row.name, "Starting controller");
    let mut workers = JoinSet::new();
    if row.everything {
        drop(everything.wait_for(|found| *found).await);
    }
    let count = shared.settings.workers.get(row.name).copied().unwrap_or(row.workers);
    for _ in 0..count {
        workers.spawn(worker::run(running.clone(), shared.clone()));
    }
    if let Some(period) = row.tick {
        let running = running.clone();
        workers.spawn(async move {
            let mut ticks = tokio::time::interval(period);
            loop {
                ticks.tick().await;
                running.queue.add(Key::default());
            }
        });
    }
    // None of them ends but by a panic, which must not leave a controller half alive.
    workers.join_next().await;
}
