//! A typed cache of one resource, kept up to date (client-go's shared informer).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use k8s_openapi::Metadata;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use tokio::sync::watch;

use crate::watch::{Change, Reflector, Selection, Sink};
use crate::{Client, Resource};

/// What an informer can hold.
pub trait Object:
    Metadata<Ty = ObjectMeta> + DeserializeOwned + Clone + Send + Sync + 'static
{
}

impl<K> Object for K where
    K: Metadata<Ty = ObjectMeta> + DeserializeOwned + Clone + Send + Sync + 'static
{
}

type Name = (String, String);
type Handler<K> = Box<dyn Fn(Option<&Arc<K>>, Option<&Arc<K>>) + Send + Sync>;

/// The objects of one resource, shared by all who read them.
pub struct Informer<K> {
    objects: RwLock<BTreeMap<Name, Arc<K>>>,
    staged: Mutex<Vec<K>>,
    handlers: Mutex<Vec<Handler<K>>>,
    /// 0 until the first complete state is in.
    version: watch::Sender<u64>,
}

impl<K: Object> Informer<K> {
    /// An informer that nothing feeds yet.
    pub fn new() -> Arc<Self> {
        Arc::new(Self {
            objects: RwLock::default(),
            staged: Mutex::default(),
            handlers: Mutex::default(),
            version: watch::Sender::new(0),
        })
    }

    /// Feeds the informer from the API until the runtime ends. Add handlers first.
    pub fn start(
        self: &Arc<Self>,
        client: &Client,
        resource: Resource,
        selection: Selection,
    ) -> tokio::task::JoinHandle<()> {
        let sink: Arc<dyn Sink> = self.clone();
        tokio::spawn(Reflector::new(client.clone(), resource, selection, sink).run())
    }

    /// Calls `handler` with (old, new) for each change from now on, in order and one at a time.
    /// What is there already comes first, as if it were new.
    pub fn on_change(
        &self,
        handler: impl Fn(Option<&Arc<K>>, Option<&Arc<K>>) + Send + Sync + 'static,
    ) {
        let mut handlers = self.handlers();
        for object in self.list() {
            handler(None, Some(&object));
        }
        handlers.push(Box::new(handler));
    }

    /// One object.
    pub fn get(&self, namespace: &str, name: &str) -> Option<Arc<K>> {
        self.read().get(&(namespace.to_owned(), name.to_owned())).cloned()
    }

    /// All objects, by namespace and name.
    pub fn list(&self) -> Vec<Arc<K>> {
        self.read().values().cloned().collect()
    }

    /// The objects of one namespace, by name.
    pub fn in_namespace(&self, namespace: &str) -> Vec<Arc<K>> {
        let objects = self.read();
        let from = (namespace.to_owned(), String::new());
        let range = objects.range(from..).take_while(|((of, _), _)| of == namespace);
        range.map(|(_, object)| object.clone()).collect()
    }

    /// Whether the first complete state is in.
    pub fn has_synced(&self) -> bool {
        *self.version.borrow() > 0
    }

    /// Waits for the first complete state.
    pub async fn synced(&self) {
        self.reached(1).await;
    }

    /// The version up to which the cache is known to be complete.
    pub fn resource_version(&self) -> u64 {
        *self.version.borrow()
    }

    /// Waits until the cache has reached a version.
    pub async fn reached(&self, version: u64) {
        let mut versions = self.version.subscribe();
        // The sender lives as long as `self`.
        if versions.wait_for(|seen| *seen >= version).await.is_err() {
            std::future::pending::<()>().await;
        }
    }

    fn read(&self) -> std::sync::RwLockReadGuard<'_, BTreeMap<Name, Arc<K>>> {
        self.objects.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn handlers(&self) -> MutexGuard<'_, Vec<Handler<K>>> {
        self.handlers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn staged(&self) -> MutexGuard<'_, Vec<K>> {
        self.staged.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set(&self, name: Name, new: Option<Arc<K>>) {
        let handlers = self.handlers();
        let old = {
            let mut objects = self.objects.write().unwrap_or_else(PoisonError::into_inner);
            match &new {
                Some(object) => objects.insert(name, object.clone()),
                None => objects.remove(&name),
            }
        };
        if old.is_some() || new.is_some() {
            for handler in handlers.iter() {
                handler(old.as_ref(), new.as_ref());
            }
        }
    }
}

fn decode<K: Object>(object: &RawValue) -> Result<K, serde_json::Error> {
    let mut object: K = serde_json::from_str(object.get())?;
    // Nobody reads them, and they are a good part of an object (upstream's TrimManagedFields).
    object.metadata_mut().managed_fields = None;
    Ok(object)
}

fn name_of<K: Object>(object: &K) -> Name {
    let meta = object.metadata();
    (meta.namespace.clone().unwrap_or_default(), meta.name.clone().unwrap_or_default())
}

impl<K: Object> Sink for Informer<K> {
    fn stage(&self, object: &RawValue) -> Result<(), serde_json::Error> {
        let object = decode(object)?;
        self.staged().push(object);
        Ok(())
    }

    fn replace(&self, resource_version: u64) {
        let staged = std::mem::take(&mut *self.staged());
        let mut gone: BTreeSet<Name> = self.read().keys().cloned().collect();
        for object in staged {
            let name = name_of(&object);
            gone.remove(&name);
            let unchanged = self.read().get(&name).is_some_and(|old| {
                old.metadata().resource_version == object.metadata().resource_version
            });
            if !unchanged {
                self.set(name, Some(Arc::new(object)));
            }
        }
        for name in gone {
            self.set(name, None);
        }
        self.progress(resource_version.max(1));
    }

    fn discard(&self) {
        self.staged().clear();
    }

    fn apply(&self, change: Change, object: &RawValue) -> Result<String, serde_json::Error> {
        let object: K = decode(object)?;
        let version = object.metadata().resource_version.clone().unwrap_or_default();
        let name = name_of(&object);
        match change {
            Change::Applied => self.set(name, Some(Arc::new(object))),
            Change::Deleted => self.set(name, None),
        }
        Ok(version)
    }

    fn progress(&self, resource_version: u64) {
        self.version.send_replace(resource_version);
    }
}

#[cfg(test)]
mod tests {
    use k8s_openapi::api::core::v1::ConfigMap;

    use super::*;

    fn raw(name: &str, version: u32) -> Box<RawValue> {
        let text = format!(
            r#"{{"metadata":{{"namespace":"n","name":"{name}","resourceVersion":"{version}"}}}}"#
        );
        RawValue::from_string(text).unwrap()
    }

    #[test]
    fn handlers_see_only_what_a_new_state_changes() {
        let informer = Informer::<ConfigMap>::new();
        let log = Arc::new(Mutex::new(Vec::new()));
        let seen = log.clone();
        informer.on_change(move |old, new| {
            let version = |object: Option<&Arc<ConfigMap>>| {
                object.and_then(|object| object.metadata.resource_version.clone())
            };
            seen.lock().unwrap().push((version(old), version(new)));
        });
        for (name, version) in [("a", 1), ("b", 2)] {
            informer.stage(&raw(name, version)).unwrap();
        }
        assert!(!informer.has_synced());
        informer.replace(5);
        informer.stage(&raw("a", 1)).unwrap();
        informer.replace(9);
        let log = log.lock().unwrap();
        let version = |text: &str| Some(text.to_owned());
        assert_eq!(*log, [(None, version("1")), (None, version("2")), (version("2"), None)]);
        assert_eq!(informer.resource_version(), 9);
        assert_eq!(informer.in_namespace("n").len(), 1);
        assert!(informer.in_namespace("m").is_empty());
    }
}
