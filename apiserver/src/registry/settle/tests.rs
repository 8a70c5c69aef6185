//! Admission with a store whose watches tell nothing until it is asked how far it has come.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use bytes::Bytes;
use futures::FutureExt;
use futures::future::BoxFuture;
use http::Method;
use pintle_engine::Lookup;
use pintle_storage::cache::CacheOptions;
use pintle_storage::{EmbeddedStore, Error, ManualClock, Op, Store, Txn, Watch, embedded};
use tempfile::TempDir;

use super::*;
use crate::registry::Layout;
use crate::rest::Rest;
use crate::testing::{QuietWatch, ask};

struct Shy {
    store: EmbeddedStore,
    quiet: Arc<AtomicBool>,
    /// How often it was asked for its revision.
    asked: AtomicU64,
}

impl pintle_storage::Layer for Shy {
    fn below(&self) -> &dyn Store {
        &self.store
    }

    fn watch(
        &self,
        prefix: Bytes,
        after: Revision,
    ) -> BoxFuture<'_, Result<Box<dyn Watch>, Error>> {
        Box::pin(async move {
            let watch = self.store.watch(prefix, after).await?;
            Ok(Box::new(QuietWatch { watch, quiet: self.quiet.clone() }) as Box<dyn Watch>)
        })
    }

    fn revision(&self) -> BoxFuture<'_, Result<Revision, Error>> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        self.quiet.store(false, Ordering::SeqCst);
        self.store.revision()
    }
}

struct World {
    _folder: TempDir,
    store: Arc<Shy>,
    clock: ManualClock,
    registry: Arc<Registry>,
}

impl World {
    async fn new(is_remote: bool) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = EmbeddedStore::open(folder.path(), embedded::Options::default()).unwrap();
        let store = Shy { store, quiet: Arc::default(), asked: AtomicU64::new(0) };
        let (store, clock) = (Arc::new(store), ManualClock::new(1_000_000));
        let options = CacheOptions { clock: Arc::new(clock.clone()), ..CacheOptions::default() };
        let below: Arc<dyn Store> = store.clone();
        let rows = pintle_resources::RESOURCES;
        let mut registry = Registry::new(below, Layout::DEFAULT, rows, &options);
        let own = Arc::get_mut(&mut registry).expect("nobody else has it yet");
        own.settling.is_remote = is_remote;
        registry.wait_ready(Duration::from_mins(1)).await.unwrap();
        registry.settle().await.unwrap();
        Self { _folder: folder, store, clock, registry }
    }

    /// Writes a namespace behind the server's back.
    async fn write(&self, name: &str) -> Revision {
        let value = format!(
            r#"{{"kind":"Namespace","apiVersion":"v1","metadata":{{"name":"{name}"}},"status":{{"phase":"Active"}}}}"#
        );
        let key = format!("/registry/namespaces/{name}").into();
        let success = vec![Op::Put { key, value: value.into(), lease: 0 }];
        self.store.txn(Txn { success, ..Txn::default() }).await.unwrap().revision
    }

    fn hush(&self) {
        self.store.quiet.store(true, Ordering::SeqCst);
    }

    /// How often the store is asked about some writes.
    async fn asked(&self, writes: usize) -> u64 {
        let before = self.store.asked.load(Ordering::SeqCst);
        for _ in 0..writes {
            self.registry.settle().await.unwrap();
        }
        self.store.asked.load(Ordering::SeqCst) - before
    }

    fn sees(&self, name: &str) -> bool {
        self.registry.get("", "namespaces", "", name).is_some()
    }
}

#[tokio::test]
async fn a_store_in_another_process_is_asked_now_and_then() {
    let world = World::new(true).await;
    assert_eq!(world.asked(10).await, 0);
    world.clock.advance(AGE_MILLISECONDS - 1);
    assert_eq!(world.asked(10).await, 0);
    world.clock.advance(1);
    assert_eq!(world.asked(10).await, 1);
    world.clock.advance(-1);
    assert_eq!(world.asked(1).await, 1, "a clock that goes back says nothing");
    assert_eq!(World::new(false).await.asked(10).await, 10);
}

#[tokio::test]
async fn what_the_server_wrote_itself_is_waited_for() {
    let world = World::new(true).await;
    world.hush();
    let revision = world.write("own").await;
    assert_eq!(world.registry.settle().now_or_never(), Some(Ok(())), "nobody knows of it");
    world.registry.stored("", "namespaces").unwrap().note_written(revision);
    let mut settling = Box::pin(world.registry.settle());
    assert!((&mut settling).now_or_never().is_none());
    assert!(!world.sees("own"));
    world.store.quiet.store(false, Ordering::SeqCst);
    settling.await.unwrap();
    assert!(world.sees("own"));
    assert_eq!(world.asked(1).await, 0);
}

#[tokio::test]
async fn what_others_wrote_just_now_is_no_reason_to_refuse() {
    let world = World::new(true).await;
    let mut rest = Rest::new(world.registry.clone(), Arc::new(world.clock.clone()));
    let plugins = pintle_admission::PLUGINS.iter().copied();
    rest.plugins = plugins.filter(|plugin| plugin.name == "NamespaceLifecycle").collect();
    let make = async |namespace: &str| {
        let path = format!("/api/v1/namespaces/{namespace}/configmaps");
        ask(&rest, Method::POST, &path, r#"{"metadata":{"name":"m"}}"#).await
    };
    world.hush();
    world.write("other").await;
    assert!(!world.sees("other"));
    let (code, answer) = make("other").await;
    assert_eq!(code, 201, "{answer}");
    let (code, answer) = make("nobodys").await;
    assert_eq!(code, 404, "{answer}");
}
