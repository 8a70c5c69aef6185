//! The resources at run time: catalog, row, watch cache and storage keys joined.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures::future::join_all;
use parking_lot::RwLock;
use pintle_api::catalog::{FieldType, Message, Scalar, Shape};
use pintle_api::codec::meta::{self as facts, MetaView};
use pintle_api::codec::{json, protobuf};
use pintle_api::{Kind, catalog};
use pintle_engine::convert;
use pintle_engine::defaults::Defaulter;
use pintle_engine::meta;
use pintle_engine::{Enabled, Lookup, Resource, Scope, Value};
use pintle_machinery::time::Time;
use pintle_storage::cache::{CacheError, CacheOptions, Entry, Facts, Indexer};
use pintle_storage::{Cache, Revision, Store};

use crate::storage::Stores;

/// Where keys begin (`--etcd-prefix`).
pub const DEFAULT_PREFIX: &str = "/registry";

/// Fills in what built-in objects leave out.
pub static DEFAULTER: Defaulter = Defaulter::new(pintle_resources::defaults::rule);

/// How long a read waits for the cache to catch up.
pub const SYNC_LIMIT: Duration = Duration::from_secs(3);

/// Small resources that admission and authorization read at every turn; their trees are kept.
const KEPT_AS_TREES: &[(&str, &str)] = &[
    ("", "namespaces"),
    ("", "serviceaccounts"),
    ("", "limitranges"),
    ("", "resourcequotas"),
    ("rbac.authorization.k8s.io", "roles"),
    ("rbac.authorization.k8s.io", "rolebindings"),
    ("rbac.authorization.k8s.io", "clusterroles"),
    ("rbac.authorization.k8s.io", "clusterrolebindings"),
    ("scheduling.k8s.io", "priorityclasses"),
    ("storage.k8s.io", "storageclasses"),
];

/// What the objects of one storage prefix have in common, whatever version they are asked for in.
pub struct Stored {
    /// The kind as it is stored.
    pub kind: &'static Kind,
    /// The row.
    pub row: Resource,
    /// The watch cache.
    pub cache: Arc<Cache>,
    /// Objects live in namespaces.
    pub namespaced: bool,
    /// Where they are stored.
    pub store: Arc<dyn Store>,
    prefix: String,
    as_json: bool,
    trees: Option<RwLock<Trees>>,
}

/// Trees by key, with the revision that they show.
type Trees = HashMap<Bytes, (Revision, Arc<Value>)>;

/// A stored value that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("unable to decode {key}: {problem}")]
pub struct Undecodable {
    /// Key in the store.
    pub key: String,
    /// Why.
    pub problem: String,
}

impl Stored {
    /// Key of an object.
    pub fn key(&self, namespace: &str, name: &str) -> Bytes {
        let mut key = self.prefix.clone();
        if self.namespaced {
            key.push_str(namespace);
            key.push('/');
        }
        key.push_str(name);
        key.into()
    }

    /// What the keys of a namespace begin with; of all objects if it is empty.
    pub fn prefix(&self, namespace: &str) -> String {
        if namespace.is_empty() || !self.namespaced {
            return self.prefix.clone();
        }
        format!("{}{namespace}/", self.prefix)
    }

    /// The tree of a stored value, in the storage version, with its resource version.
    pub fn decode(
        &self,
        key: &[u8],
        value: &[u8],
        revision: Revision,
    ) -> Result<Value, Undecodable> {
        let problem = |problem: String| Undecodable {
            key: String::from_utf8_lossy(key).into_owned(),
            problem,
        };
        let mut object = if value.starts_with(protobuf::MAGIC) {
            let envelope =
                protobuf::Envelope::read(value).map_err(|error| problem(error.to_string()))?;
            let (group, version) = meta::split_api_version(&envelope.api_version);
            let kind = self.kind_of(group, version);
            let mut object = protobuf::decode(kind.message, envelope.raw)
                .map_err(|error| problem(error.to_string()))?;
            meta::set_type(&mut object, kind.group, kind.version, kind.kind);
            object
        } else {
            let found = json::interpret(value).map_err(|error| problem(error.to_string()))?;
            let (group, version) = meta::split_api_version(&found.api_version);
            let kind = self.kind_of(group, version);
            let (mut object, _) = json::decode(kind.message, value, false)
                .map_err(|error| problem(error.to_string()))?;
            meta::set_type(&mut object, kind.group, kind.version, kind.kind);
            object
        };
        object = convert::to_kind(object, self.kind);
        meta::set(&mut object, "resourceVersion", revision.to_string());
        Ok(object)
    }

    fn kind_of(&self, group: &str, version: &str) -> &'static Kind {
        catalog().kind(group, version, self.kind.kind).unwrap_or(self.kind)
    }

    /// The tree of a cached object.
    pub fn tree(&self, entry: &Entry) -> Result<Arc<Value>, Undecodable> {
        if let Some(trees) = &self.trees
            && let Some((revision, tree)) = trees.read().get(&entry.key)
            && *revision == entry.mod_revision
        {
            return Ok(Arc::clone(tree));
        }
        let tree = Arc::new(self.decode(&entry.key, &entry.value, entry.mod_revision)?);
        if let Some(trees) = &self.trees {
            let mut trees = trees.write();
            if trees.len() > 2 * self.cache.objects() + 64 {
                trees.retain(|key, _| self.cache.get(key).is_some());
            }
            trees.insert(entry.key.clone(), (entry.mod_revision, Arc::clone(&tree)));
        }
        Ok(tree)
    }

    /// The bytes that are stored for a tree in the storage version: without a resource version.
    pub fn encode(&self, object: &mut Value) -> Bytes {
        let version = meta::resource_version(object).to_owned();
        meta::set(object, "resourceVersion", Value::Null);
        let bytes = self.encode_bare(object);
        if !version.is_empty() {
            meta::set(object, "resourceVersion", version);
        }
        bytes
    }

    fn encode_bare(&self, object: &Value) -> Bytes {
        if self.as_json {
            let mut out = Vec::new();
            json::encode(self.kind.message, object, &mut out);
            if out.last() != Some(&b'\n') {
                out.push(b'\n');
            }
            return out.into();
        }
        let raw = protobuf::encode(self.kind.message, object);
        let api_version = meta::api_version(self.kind.group, self.kind.version);
        protobuf::Envelope::new(&api_version, self.kind.kind, &raw).write().into()
    }

    /// Waits until the cache shows all that the store has acknowledged.
    pub async fn sync(&self) -> Result<Revision, CacheError> {
        self.cache.sync(SYNC_LIMIT).await
    }
}

/// A resource as it is served in one version.
pub struct Served {
    /// Catalog and row.
    pub scope: Scope,
    /// Its storage; reviews and bindings have none.
    pub stored: Option<Arc<Stored>>,
    /// Position in the catalog, which names its encoded forms.
    pub number: u32,
}

impl Served {
    fn key(&self) -> (&'static str, &'static str, &'static str) {
        let resource = self.scope.resource;
        (resource.group, resource.version, resource.plural)
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
    /// Sorted by group, version, plural.
    served: Vec<Arc<Served>>,
    stored: BTreeMap<&'static str, Arc<Stored>>,
    /// Sorted by group and plural.
    by_resource: Vec<((&'static str, &'static str), Arc<Stored>)>,
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
        let mut registry = Self {
            enabled,
            stores: stores.into(),
            served: Vec::new(),
            stored: BTreeMap::new(),
            by_resource: Vec::new(),
        };
        for (number, resource) in catalog().resources.iter().enumerate() {
            let row = find_row(rows, resource.group, resource.plural)
                .or_else(|| find_row(rows, resource.storage.0, resource.plural))
                .unwrap_or(Resource::DEFAULT);
            let Some(mut scope) = Scope::new(resource, row) else { continue };
            scope.defaulter = &DEFAULTER;
            let stored = (!resource.storage_prefix.is_empty())
                .then(|| registry.stored_of(&scope, layout, options));
            if let Some(stored) = &stored {
                let key = (resource.group, resource.plural);
                registry.by_resource.push((key, Arc::clone(stored)));
            }
            if enabled.has(resource) {
                let served = Arc::new(Served { scope, stored, number: number as u32 });
                registry.served.push(served);
            }
        }
        registry.served.sort_by_key(|served| served.key());
        registry.by_resource.sort_by_key(|(key, _)| *key);
        registry.by_resource.dedup_by_key(|(key, _)| *key);
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
        let cache = Cache::start(
            Arc::clone(store),
            Bytes::from(prefix.clone()),
            indexer(scope.storage.message, &scope.row),
            options.clone(),
        );
        let kept = KEPT_AS_TREES.contains(&(resource.group, resource.plural));
        let stored = Arc::new(Stored {
            kind: scope.storage,
            row: scope.row,
            cache: Arc::new(cache),
            namespaced: resource.namespaced,
            store: Arc::clone(store),
            prefix,
            as_json: resource.storage_json || layout.as_json,
            trees: kept.then(RwLock::default),
        });
        self.stored.insert(resource.storage_prefix, Arc::clone(&stored));
        stored
    }

    /// The store of what is no resource.
    pub fn store(&self) -> &Arc<dyn Store> {
        self.stores.main()
    }

    /// A resource in a version.
    pub fn served(&self, group: &str, version: &str, plural: &str) -> Option<&Arc<Served>> {
        let wanted = (group, version, plural);
        let found = self.served.binary_search_by(|served| served.key().cmp(&wanted));
        found.ok().map(|index| &self.served[index])
    }

    /// The storage of a resource.
    pub fn stored(&self, group: &str, plural: &str) -> Option<&Arc<Stored>> {
        let wanted = (group, plural);
        let found = self.by_resource.binary_search_by(|(key, _)| key.cmp(&wanted));
        found.ok().map(|index| &self.by_resource[index].1)
    }

    /// The cache of a resource.
    pub fn cache(&self, group: &str, plural: &str) -> Option<Arc<Cache>> {
        self.stored(group, plural).map(|stored| Arc::clone(&stored.cache))
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
            let Some(stored) = self.stored(group, plural) else { continue };
            if Arc::ptr_eq(&stored.store, self.store()) {
                stored.cache.wait_for(revision, SYNC_LIMIT).await?;
            } else {
                stored.sync().await?;
            }
        }
        Ok(())
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

fn find_row(rows: &[&'static Resource], group: &str, plural: &str) -> Option<Resource> {
    rows.iter().find(|row| row.group == group && row.plural == plural).map(|row| **row)
}

/// What the cache remembers: labels, and the selectable fields that are plain strings.
fn indexer(message: &'static Message, row: &Resource) -> Indexer {
    let mut fields = Vec::new();
    let mut paths: Vec<Vec<u32>> = Vec::new();
    for field in row.selectable {
        if let Some(path) = string_path(message, field.label) {
            fields.push(field.label.to_owned());
            paths.push(path);
        }
    }
    let triggers = fields.iter().position(|field| field == "spec.nodeName").into_iter().collect();
    let names = fields.clone();
    let read = move |_: &Bytes, value: &Bytes| {
        read_facts(value, &paths).unwrap_or_else(|| read_json_facts(value, &names))
    };
    Indexer { fields, triggers, facts: Arc::new(read) }
}

/// The facts of a protobuf value; none of another form.
fn read_facts(value: &Bytes, paths: &[Vec<u32>]) -> Option<Facts> {
    let envelope = protobuf::Envelope::read(value).ok()?;
    let Ok(view) = MetaView::read(envelope.raw) else { return Some(Facts::default()) };
    let labels: Vec<_> = view.labels().collect();
    let found: Vec<String> = paths
        .iter()
        .map(|path| match facts::get(envelope.raw, path) {
            Ok(Some(found)) => found.text().into_owned(),
            _ => String::new(),
        })
        .collect();
    Some(Facts::new(
        labels.iter().map(|(key, value)| (&**key, &**value)),
        found.iter().map(String::as_str),
    ))
}

fn read_json_facts(value: &[u8], fields: &[String]) -> Facts {
    let Ok(object) = json::parse_any(value) else { return Facts::default() };
    let labels = meta::map(&object, "labels").into_iter().flatten();
    let field = |path: &String| {
        let found = object.pointer(&format!("/{}", path.replace('.', "/")));
        found.and_then(Value::as_str).unwrap_or_default()
    };
    Facts::new(
        labels.map(|(key, value)| (key.as_str(), value.as_str().unwrap_or_default())),
        fields.iter().map(field),
    )
}

/// Field numbers of a path of single string fields; `None` if it is something else.
fn string_path(message: &'static Message, label: &str) -> Option<Vec<u32>> {
    let mut message = message;
    let mut path = Vec::new();
    let mut names = label.split('.').peekable();
    while let Some(name) = names.next() {
        let field = message.fields.iter().find(|field| field.json == name)?;
        if field.shape != Shape::Single {
            return None;
        }
        path.push(field.number);
        match field.ty {
            FieldType::Message(below) if names.peek().is_some() => message = below,
            FieldType::Scalar(Scalar::String) if names.peek().is_none() => return Some(path),
            _ => return None,
        }
    }
    None
}

/// Unix seconds of a timestamp; 0 if there is none.
pub fn seconds(timestamp: &str) -> i64 {
    Time::parse(timestamp).map_or(0, |time| time.seconds)
}
