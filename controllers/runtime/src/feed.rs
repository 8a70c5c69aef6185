//! Brings watched objects into the tables and changes to the controllers.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use pintle_client::trimmed;
use pintle_client::watch::{Change as Event, Sink};
use pintle_controllers::Key;
use pintle_controllers::controller::Change;
use pintle_controllers::kind::Kind;
use pintle_controllers::object::Read;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::runtime::Shared;

/// The sink of one kind.
pub(crate) struct Feed {
    pub(crate) kind: &'static Kind,
    pub(crate) shared: Arc<Shared>,
    pub(crate) staged: Mutex<Vec<Value>>,
}

impl Feed {
    fn decode(&self, object: &RawValue) -> Result<Value, serde_json::Error> {
        // What controllers write back without managed fields keeps the server's.
        let mut object = trimmed(object)?;
        if let Some(keep) = self.kind.keep {
            keep(&mut object);
        }
        object["kind"] = self.kind.kind.into();
        object["apiVersion"] = self.kind.api_version().into();
        Ok(object)
    }

    fn staged(&self) -> std::sync::MutexGuard<'_, Vec<Value>> {
        self.staged.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set(&self, key: &Key, new: Option<Arc<Value>>) {
        let mut tables = self.shared.write();
        let old = tables.of_mut(self.kind.plural).set(key, new.clone());
        if old.is_none() && new.is_none() {
            return;
        }
        let now = self.shared.clock.now();
        let change = Change { tables: &tables, old: old.as_ref(), new: new.as_ref(), now };
        for running in self.shared.running() {
            running.notice(self.kind, &change);
        }
    }
}

impl Sink for Feed {
    fn stage(&self, object: &RawValue) -> Result<(), serde_json::Error> {
        let object = self.decode(object)?;
        self.staged().push(object);
        Ok(())
    }

    fn replace(&self, resource_version: u64) {
        let staged = std::mem::take(&mut *self.staged());
        let table = |tables: &pintle_controllers::Tables| -> BTreeSet<Key> {
            tables.of(self.kind.plural).keys().cloned().collect()
        };
        let mut gone = table(&self.shared.read());
        for object in staged {
            let key = Key::of(&object);
            gone.remove(&key);
            let unchanged = self
                .shared
                .read()
                .of(self.kind.plural)
                .get(&key)
                .is_some_and(|old| old.version() == object.version());
            if !unchanged {
                self.set(&key, Some(Arc::new(object)));
            }
        }
        for key in gone {
            self.set(&key, None);
        }
        self.progress(resource_version.max(1));
    }

    fn discard(&self) {
        self.staged().clear();
    }

    fn apply(&self, change: Event, object: &RawValue) -> Result<String, serde_json::Error> {
        let object = self.decode(object)?;
        let version = object.version().to_owned();
        let key = Key::of(&object);
        match change {
            Event::Applied => self.set(&key, Some(Arc::new(object))),
            Event::Deleted => self.set(&key, None),
        }
        Ok(version)
    }

    fn progress(&self, resource_version: u64) {
        self.shared.write().of_mut(self.kind.plural).version = resource_version;
        self.shared.moved(self.kind);
    }
}
