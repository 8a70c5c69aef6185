//! The resources at run time: catalog, row, watch cache and storage keys joined.

mod facts;
mod form;
mod settle;
mod stored;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use bytes::Bytes;
use futures::future::join_all;
use parking_lot::{Mutex, RwLock};
use pintle_api::catalog;
use pintle_engine::defaults::Defaulter;
use pintle_engine::{Enabled, Lookup, Resource, Scope, Value};
use pintle_machinery::time::Time;
use pintle_storage::cache::{CacheError, CacheOptions, Entry};
use pintle_storage::{Cache, Revision, Store};

pub use self::form::StoredForm;
pub use self::stored::{Stored, Undecodable};

use self::facts::indexer;
use self::settle::Settling;
use crate::storage::Stores;

/// Where keys begin (`--etcd-prefix`).
pub const DEFAULT_PREFIX: &str = "/registry";

/// Fills in what built-in objects leave out.
pub static DEFAULTER: Defaulter = Defaulter::new(pintle_resources::defaults::rule);

/// How long a read waits for the cache to catch up.
pub const SYNC_LIMIT: Duration = Duration::from_secs(3);

/// Small resources that admission and rows read at every turn: they are brought up to date before a
/// write, and their trees are kept.
const READ_BY_ADMISSION: &[(&str, &str)] = &[
    ("", "namespaces"),
    ("", "serviceaccounts"),
    ("", "limitranges"),
    ("", "resourcequotas"),
    ("networking.k8s.io", "ingressclasses"),
    ("node.k8s.io", "runtimeclasses"),
    ("scheduling.k8s.io", "priorityclasses"),
    ("storage.k8s.io", "storageclasses"),
];

/// A resource as it is served in one version.
pub struct Served {
    /// Catalog and row.
    pub scope: Scope,
    /// Its storage; reviews and bindings have none.
    pub stored: Option<Arc<Stored>>,
    /// Position in the catalog, which names its encoded forms.
    pub number: u32,
    /// Each watch by a client holds one.
    pub watching: Arc<()>,
}

impl Served {
    /// Whether any client watches.
    pub fn is_watched(&self) -> bool {
        Arc::strong_count(&self.watching) > 1
    }
}

/// How objects are laid out in the store.
#[derive(Clone, Copy, Debug)]
pub struct Layout<'a> {
    /// What keys begin with.
    pub prefix: &'a str,
    /// Everything is stored as JSON (`--storage-media-type`).
    pub as_json: bool,
}

impl Layout<'static> {
    /// Upstream's.
    pub const DEFAULT: Self = Self { prefix: DEFAULT_PREFIX, as_json: false };
}

/// Every served resource.
pub struct Registry {
    /// What is served.
    pub enabled: Enabled,
    stores: Stores,
    /// By plural: every request is looked up.
    served: HashMap<&'static str, Vec<Arc<Served>>>,
    stored: BTreeMap<&'static str, Arc<Stored>>,
    /// By plural, and with their groups.
    by_resource: HashMap<&'static str, Vec<(&'static str, Arc<Stored>)>>,
    settling: Settling,
    /// A stored value lacked a default.
    lacking: Arc<AtomicBool>,
}

impl Registry {
    /// Starts a cache for every stored resource of the catalog. Needs a tokio runtime.
    pub fn new(
        stores: impl Into<Stores>,
        layout: Layout<'_>,
        rows: &[&'static Resource],
        options: &CacheOptions,
    ) -> Arc<Self> {
        Self::serving(stores, layout, rows, options, Enabled::default())
    }

    /// The same, and serves no more than this. What is not served is still there for the server's
    /// own parts.
    pub fn serving(
        stores: impl Into<Stores>,
        layout: Layout<'_>,
        rows: &[&'static Resource],
        options: &CacheOptions,
        enabled: Enabled,
    ) -> Arc<Self> {
        let stores = stores.into();
        let (clock, is_remote) = (options.clock.clone(), !stores.etcds().is_empty());
        let mut registry = Self {
            enabled,
            stores,
            served: HashMap::new(),
            stored: BTreeMap::new(),
            by_resource: HashMap::new(),
            settling: Settling::new(clock, is_remote),
            lacking: Arc::default(),
        };
        for (number, resource) in catalog().resources.iter().enumerate() {
            let row = Resource::find(rows, resource).map_or(Resource::DEFAULT, |row| *row);
            let Some(mut scope) = Scope::new(resource, row) else { continue };
            scope.defaulter = &DEFAULTER;
            let stored = (!resource.storage_prefix.is_empty())
                .then(|| registry.stored_of(&scope, layout, options));
            if let Some(stored) = &stored {
                let groups = registry.by_resource.entry(resource.plural).or_default();
                if groups.iter().all(|(group, _)| *group != resource.group) {
                    groups.push((resource.group, Arc::clone(stored)));
                }
            }
            if enabled.has(resource) {
                let (number, watching) = (number as u32, Arc::default());
                let served = Arc::new(Served { scope, stored, number, watching });
                registry.served.entry(resource.plural).or_default().push(served);
            }
        }
        Arc::new(registry)
    }

    fn stored_of(
        &mut self,
        scope: &Scope,
        layout: Layout<'_>,
        options: &CacheOptions,
    ) -> Arc<Stored> {
        let resource = scope.resource;
        if let Some(known) = self.stored.get(resource.storage_prefix) {
            return Arc::clone(known);
        }
        let prefix =
            format!("{}/{}/", layout.prefix.trim_end_matches('/'), resource.storage_prefix);
        let store = self.stores.of(resource.group, resource.plural);
        let defaults = DEFAULTER.concerns(scope.storage.message);
        let form = StoredForm {
            kind: scope.storage,
            as_json: resource.storage_json || layout.as_json,
            defaults,
            others_until: store.others_until(),
        };
        let plain = self.stores.plain(resource.group, resource.plural);
        let cache = Cache::start(
            Arc::clone(&plain),
            Bytes::from(prefix.clone()),
            indexer(form, &scope.row, &self.lacking),
            options.clone(),
        );
        let read_by_admission = READ_BY_ADMISSION.contains(&(resource.group, resource.plural));
        let stored = Arc::new(Stored {
            form,
            row: scope.row,
            cache: Arc::new(cache),
            namespaced: resource.namespaced,
            store: plain,
            below: Arc::clone(store),
            root: layout.prefix.trim_end_matches('/').len(),
            prefix,
            trees: read_by_admission.then(RwLock::default),
            written: Mutex::default(),
            metrics: self.stores.metrics_of(resource.group, resource.plural),
        });
        if read_by_admission {
            self.settling.follow(&stored);
        }
        self.stored.insert(resource.storage_prefix, Arc::clone(&stored));
        stored
    }

    /// The store of what is no resource.
    pub fn store(&self) -> &Arc<dyn Store> {
        self.stores.main()
    }

    /// A store has been compacted up to a revision. If the caches have seen all that others wrote and
    /// is still there, and it lacked nothing, then it need not be looked at again.
    pub fn compacted(&self, store: &Arc<dyn Store>, revision: Revision) {
        if revision >= store.others_until() && self.ready() && !self.lacking.load(Ordering::Relaxed)
        {
            store.adopt();
        }
        for stored in self.stored.values().filter(|stored| Arc::ptr_eq(&stored.below, store)) {
            stored.cache.compacted(revision);
        }
    }

    /// A resource in a version.
    pub fn served(&self, group: &str, version: &str, plural: &str) -> Option<&Arc<Served>> {
        let mut versions = self.served.get(plural)?.iter();
        versions.find(|served| {
            let resource = served.scope.resource;
            resource.group == group && resource.version == version
        })
    }

    /// The storage of a resource.
    pub fn stored(&self, group: &str, plural: &str) -> Option<&Arc<Stored>> {
        let groups = self.by_resource.get(plural)?;
        groups.iter().find(|(of, _)| *of == group).map(|(_, stored)| stored)
    }

    /// The cache of a resource.
    pub fn cache(&self, group: &str, plural: &str) -> Option<Arc<Cache>> {
        self.stored(group, plural).map(|stored| Arc::clone(&stored.cache))
    }

    /// Group, plural and cache of every resource as it is served.
    pub fn caches(&self) -> impl Iterator<Item = (&'static str, &'static str, &Cache)> {
        self.served.values().flatten().filter_map(|served| {
            let resource = served.scope.resource;
            Some((resource.group, resource.plural, &*served.stored.as_ref()?.cache))
        })
    }

    /// Whether objects are in etcd.
    pub fn is_in_etcd(&self) -> bool {
        !self.stores.etcds().is_empty()
    }

    /// All storages, by prefix.
    pub fn all(&self) -> impl Iterator<Item = &Arc<Stored>> {
        self.stored.values()
    }

    /// Every cache has a listing.
    pub fn ready(&self) -> bool {
        self.stored.values().all(|stored| stored.cache.ready())
    }

    /// Waits until every cache has a listing.
    pub async fn wait_ready(&self, limit: Duration) -> Result<(), CacheError> {
        let waits = self.stored.values().map(|stored| stored.cache.wait_for(0, limit));
        join_all(waits).await.into_iter().collect()
    }

    /// Waits until these caches show all that the store has acknowledged.
    pub async fn sync(&self, resources: &[(&str, &str)]) -> Result<(), CacheError> {
        let Ok(revision) = self.store().revision().await else { return Ok(()) };
        for (group, plural) in resources {
            if let Some(stored) = self.stored(group, plural) {
                self.wait_for(stored, revision).await?;
            }
        }
        Ok(())
    }

    fn is_in_main(&self, stored: &Stored) -> bool {
        Arc::ptr_eq(&stored.below, self.store())
    }

    /// Waits until a cache shows this revision of the main store, or the newest of a store of its own.
    async fn wait_for(&self, stored: &Stored, revision: Revision) -> Result<(), CacheError> {
        if self.is_in_main(stored) && stored.store.tells_progress() {
            stored.cache.wait_for(revision, SYNC_LIMIT).await
        } else {
            stored.settle().await
        }
    }

    fn tree(stored: &Stored, entry: &Entry) -> Option<Arc<Value>> {
        match stored.tree(entry) {
            Ok(tree) => Some(tree),
            Err(error) => {
                tracing::error!("{error}");
                None
            }
        }
    }
}

impl Lookup for Registry {
    fn get(&self, group: &str, plural: &str, namespace: &str, name: &str) -> Option<Arc<Value>> {
        let stored = self.stored(group, plural)?;
        let entry = stored.cache.get(&stored.key(namespace, name))?;
        Self::tree(stored, &entry)
    }

    fn list(&self, group: &str, plural: &str, namespace: &str) -> Vec<Arc<Value>> {
        let Some(stored) = self.stored(group, plural) else { return Vec::new() };
        let prefix = stored.prefix(namespace);
        let snapshot = stored.cache.snapshot();
        let entries = snapshot.range(prefix.as_bytes(), b"");
        entries.filter_map(|entry| Self::tree(stored, entry)).collect()
    }
}

/// Unix seconds of a timestamp; 0 if there is none.
pub fn seconds(timestamp: &str) -> i64 {
    Time::parse(timestamp).map_or(0, |time| time.seconds)
}
