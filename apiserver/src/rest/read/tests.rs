//! Errors of the store on the wire, and reads while its watches or the store itself say nothing.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use bytes::Bytes;
use futures::future::{BoxFuture, join3};
use http::Method;
use pintle_storage::cache::CacheOptions;
use pintle_storage::{
    EmbeddedStore, Error, Op, Revision, Store, SystemClock, Txn, Watch, embedded,
};

use super::*;
use crate::registry::{Layout, Registry};
use crate::rest::Rest;
use crate::testing::{QuietWatch, ask};

#[track_caller]
fn check(error: pintle_storage::Error, expected: (u16, &str, i32)) {
    let status = store_error(&error).to_value();
    let retry = status.pointer("/details/retryAfterSeconds");
    let retry = retry.and_then(serde_json::Value::as_i64).unwrap_or(0) as i32;
    let message = status["message"].as_str().unwrap_or_default();
    let code = status["code"].as_u64().unwrap_or(0) as u16;
    assert_eq!((code, message, retry), expected);
}

#[test]
fn what_the_store_says_reaches_the_client() {
    let space = "etcdserver: mvcc: database space exceeded";
    check(pintle_storage::Error::Refused(space.into()), (500, space, 0));
    let full = "the disk of the store takes no writes: no storage space";
    check(pintle_storage::Error::Unavailable(full.into()), (503, full, 1));
    check(pintle_storage::Error::TooLarge, (500, "etcdserver: request is too large", 0));
}

/// A store whose watches, and which itself, can be made to say nothing.
struct Faulty {
    store: EmbeddedStore,
    deaf: Arc<AtomicBool>,
    mute: AtomicBool,
    /// Its watches cannot be asked how far they have come.
    old: AtomicBool,
}

impl pintle_storage::Layer for Faulty {
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
            Ok(Box::new(QuietWatch { watch, quiet: self.deaf.clone() }) as Box<dyn Watch>)
        })
    }

    fn revision(&self) -> BoxFuture<'_, Result<Revision, Error>> {
        if self.mute.load(Ordering::SeqCst) {
            return Box::pin(std::future::pending());
        }
        self.store.revision()
    }

    fn tells_progress(&self) -> bool {
        !self.old.load(Ordering::SeqCst)
    }
}

async fn faulty(folder: &std::path::Path) -> (Arc<Faulty>, Rest) {
    let store = EmbeddedStore::open(folder, embedded::Options::default()).expect("it opens");
    let store = Arc::new(Faulty {
        store,
        deaf: Arc::default(),
        mute: AtomicBool::default(),
        old: AtomicBool::default(),
    });
    let rows = pintle_resources::RESOURCES;
    let kept: Arc<dyn Store> = store.clone();
    let registry = Registry::new(kept, Layout::DEFAULT, rows, &CacheOptions::default());
    registry.wait_ready(Duration::from_mins(1)).await.expect("the caches fill");
    (store, Rest::new(registry, Arc::new(SystemClock)))
}

async fn write_namespace(store: &Faulty, name: &str) {
    let kind = r#""kind":"Namespace","apiVersion":"v1""#;
    let value = format!(r#"{{{kind},"metadata":{{"name":"{name}"}}}}"#);
    let key = format!("/registry/namespaces/{name}").into();
    let success = vec![Op::Put { key, value: value.into(), lease: 0 }];
    store.txn(Txn { success, ..Txn::default() }).await.expect("it is written");
}

#[tokio::test]
async fn the_store_is_asked_when_its_watches_lag() {
    let folder = tempfile::tempdir().expect("a folder");
    let (store, rest) = faulty(folder.path()).await;
    store.deaf.store(true, Ordering::SeqCst);
    write_namespace(&store, "late").await;
    let (got, listed, made) = join3(
        ask(&rest, Method::GET, "/api/v1/namespaces/late", ""),
        ask(&rest, Method::GET, "/api/v1/namespaces?limit=1", ""),
        ask(&rest, Method::POST, "/api/v1/namespaces", r#"{"metadata":{"name":"made"}}"#),
    )
    .await;
    assert!(got.0 == 200 && got.1.contains(r#""name":"late""#), "{got:?}");
    assert!(listed.0 == 200 && listed.1.contains(r#""name":"late""#), "{listed:?}");
    assert_eq!(made.0, 201, "{}", made.1);
}

#[tokio::test]
async fn what_has_to_be_the_newest_is_read_from_an_old_etcd() {
    let folder = tempfile::tempdir().expect("a folder");
    let (store, rest) = faulty(folder.path()).await;
    store.old.store(true, Ordering::SeqCst);
    store.deaf.store(true, Ordering::SeqCst);
    write_namespace(&store, "late").await;
    let late = r#""name":"late""#;
    for path in ["/api/v1/namespaces/late", "/api/v1/namespaces"] {
        let (code, body) = ask(&rest, Method::GET, path, "").await;
        assert!(code == 200 && body.contains(late), "{path}: {code} {body}");
    }
    let any = "/api/v1/namespaces?resourceVersion=0";
    let (code, body) = ask(&rest, Method::GET, any, "").await;
    assert!(code == 200 && !body.contains(late), "{code} {body}");
    let plain = "/api/v1/namespaces?watch=true&timeoutSeconds=1";
    assert_eq!(ask(&rest, Method::GET, plain, "").await, (200, String::new()));
    let streamed = format!(
        "{plain}&sendInitialEvents=true&allowWatchBookmarks=true&resourceVersionMatch=NotOlderThan"
    );
    let (code, body) = ask(&rest, Method::GET, &streamed, "").await;
    let refused = "the required storage feature RequestWatchProgress is disabled";
    assert!(code == 200 && body.contains("ERROR") && body.contains(refused), "{code} {body}");
    let made = ask(&rest, Method::POST, "/api/v1/namespaces", r#"{"metadata":{"name":"made"}}"#);
    assert_eq!(made.await.0, 201);
}

#[tokio::test]
async fn a_watch_says_that_the_store_does_not_answer() {
    let folder = tempfile::tempdir().expect("a folder");
    let (store, rest) = faulty(folder.path()).await;
    store.mute.store(true, Ordering::SeqCst);
    let target = "/api/v1/namespaces?watch=1&timeoutSeconds=1";
    let (code, body) = ask(&rest, Method::GET, target, "").await;
    let event = r#""message":"context deadline exceeded","reason":"InternalError","code":500"#;
    assert!(code == 200 && body.contains(event), "{code} {body}");
}
