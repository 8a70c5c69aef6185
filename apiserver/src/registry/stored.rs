//! The objects of one storage prefix: their keys, trees and bytes.

use std::collections::HashMap;
use std::sync::Arc;

use bytes::Bytes;
use parking_lot::{Mutex, RwLock};
use pintle_engine::{Resource, Value, meta};
use pintle_storage::cache::{CacheError, Entry, Unreadable};
use pintle_storage::transform::UNTRANSFORMED;
use pintle_storage::{Cache, KeyValue, Lineage, Revision, Store};

use super::SYNC_LIMIT;
use super::form::StoredForm;
use crate::storage_metrics::ResourceMetrics;

/// What the objects of one storage prefix have in common, whatever version they are asked for in.
pub struct Stored {
    /// How they are stored.
    pub form: StoredForm,
    /// The row.
    pub row: Resource,
    /// The watch cache.
    pub cache: Arc<Cache>,
    /// Objects live in namespaces.
    pub namespaced: bool,
    /// Where they are stored.
    pub store: Arc<dyn Store>,
    /// Where its values are as they are stored; the same store, if they are stored as they are.
    pub(super) below: Arc<dyn Store>,
    /// Length of what all keys of the server begin with.
    pub(super) root: usize,
    pub(super) prefix: String,
    pub(super) trees: Option<RwLock<Trees>>,
    /// The newest that this server has written itself.
    pub(super) written: Mutex<(Lineage, Revision)>,
    /// Where what is done is counted.
    pub(crate) metrics: Option<Arc<ResourceMetrics>>,
}

/// Trees by key, with the revision that they show.
pub(super) type Trees = HashMap<Bytes, (Revision, Arc<Value>)>;

/// A stored value that cannot be read, in upstream's words (`storage.NewCorruptObjError`).
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "StorageError: corrupt object, Code: 7, Key: {key}, ResourceVersion: 0, AdditionalErrorMsg: \
     {problem}"
)]
pub struct Undecodable {
    /// Key in the store, without what all keys begin with.
    pub key: String,
    /// Why.
    pub problem: String,
    /// It is not even of a form that could be decoded.
    pub encrypted: bool,
}

impl Undecodable {
    /// From what decoding says of a value.
    pub fn new(key: &[u8], revision: Revision, problem: &str) -> Self {
        let encrypted = problem == UNTRANSFORMED;
        let problem = if encrypted {
            format!("data from the storage is not transformable revision=0: {problem}")
        } else {
            format!("object not decodable revision={revision}: {problem}")
        };
        Self { key: String::from_utf8_lossy(key).into_owned(), problem, encrypted }
    }
}

impl Stored {
    /// Key of an object.
    pub fn key(&self, namespace: &str, name: &str) -> Bytes {
        let mut key = String::with_capacity(self.prefix.len() + namespace.len() + 1 + name.len());
        key.push_str(&self.prefix);
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
        let object = self.form.decode(value, revision);
        self.dated(key, object, revision)
    }

    fn dated(
        &self,
        key: &[u8],
        object: Result<Value, String>,
        revision: Revision,
    ) -> Result<Value, Undecodable> {
        let key = key.get(self.root..).unwrap_or(key);
        let bad = |problem: String| Undecodable::new(key, revision, &problem);
        let mut object = object.map_err(bad)?;
        meta::set(&mut object, "resourceVersion", revision.to_string());
        Ok(object)
    }

    /// The tree of a cached object.
    pub fn tree(&self, entry: &Entry) -> Result<Arc<Value>, Undecodable> {
        if let Some(trees) = &self.trees
            && let Some((revision, tree)) = trees.read().get(&entry.key)
            && *revision == entry.mod_revision
        {
            return Ok(Arc::clone(tree));
        }
        // What is cached lacks no defaults.
        let object = self.form.read(&entry.value);
        let tree = Arc::new(self.dated(&entry.key, object, entry.mod_revision)?);
        if let Some(trees) = &self.trees {
            let mut trees = trees.write();
            if trees.len() > 2 * self.cache.objects() + 64 {
                trees.retain(|key, _| self.cache.get(key).is_some());
            }
            trees.insert(entry.key.clone(), (entry.mod_revision, Arc::clone(&tree)));
        }
        Ok(tree)
    }

    /// The bytes that are stored for a tree in the storage version: without a resource version. The
    /// tree gets the defaults that it lacks, as upstream's does when what was stored is decoded.
    pub fn encode(&self, object: &mut Value) -> Bytes {
        let version = meta::resource_version(object).to_owned();
        meta::set(object, "resourceVersion", Value::Null);
        let bytes = self.form.encode(object);
        if !version.is_empty() {
            meta::set(object, "resourceVersion", version);
        }
        bytes
    }

    /// A value from the store with the defaults that it lacks.
    pub fn completed(&self, kv: KeyValue) -> Result<KeyValue, Unreadable> {
        match self.form.completed(&kv) {
            Ok(None) => Ok(kv),
            Ok(Some(value)) => Ok(KeyValue { value, ..kv }),
            Err(problem) => Err(Unreadable { key: kv.key, revision: kv.mod_revision, problem }),
        }
    }

    /// This server has written something at a revision.
    pub fn note_written(&self, revision: Revision) {
        let point = (self.store.lineage(), revision);
        let mut written = self.written.lock();
        *written = point.max(*written);
    }

    /// Waits until the cache shows all that this server has written itself.
    pub async fn wait_for_written(&self) -> Result<(), CacheError> {
        let (lineage, revision) = *self.written.lock();
        if lineage != self.store.lineage() {
            return Ok(());
        }
        self.cache.wait_for(revision, SYNC_LIMIT).await
    }

    /// Waits until the cache shows all that the store has acknowledged, or, where that cannot be known,
    /// all that this server has written.
    pub async fn settle(&self) -> Result<(), CacheError> {
        if self.store.tells_progress() {
            self.sync().await.map(|_| ())
        } else {
            self.wait_for_written().await
        }
    }

    /// Waits until the cache shows all that the store has acknowledged.
    pub async fn sync(&self) -> Result<Revision, CacheError> {
        self.cache.sync(SYNC_LIMIT).await
    }
}
