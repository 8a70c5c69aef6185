//! Deletions of an object that others remove or replace in the meantime.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures::future::BoxFuture;
use http_body_util::BodyExt;
use parking_lot::Mutex;
use pintle_engine::{RequestInfo, Value};
use pintle_storage::cache::CacheOptions;
use pintle_storage::{EmbeddedStore, Error, Op, Store, SystemClock, Txn, TxnResult, embedded};
use serde_json::json;

use crate::body;
use crate::registry::{Layout, Registry};
use crate::rest::{ApiRequest, Rest};

/// A store in which somebody else removes, or replaces, what is about to be deleted.
struct Contended {
    store: EmbeddedStore,
    other: Mutex<Other>,
}

/// What the first deletion finds in place of the object.
#[derive(Default)]
enum Other {
    #[default]
    Unchanged,
    Nothing,
    Successor(Bytes),
}

impl pintle_storage::Layer for Contended {
    fn below(&self) -> &dyn Store {
        &self.store
    }

    fn txn(&self, txn: Txn) -> BoxFuture<'_, Result<TxnResult, Error>> {
        Box::pin(async move {
            let deleted = txn.success.iter().find_map(|op| match op {
                Op::Delete { key } => Some(key.clone()),
                _ => None,
            });
            if let Some(key) = deleted {
                let other = std::mem::take(&mut *self.other.lock());
                let delete = Op::Delete { key: key.clone() };
                let ops = match other {
                    Other::Unchanged => vec![],
                    Other::Nothing => vec![delete],
                    Other::Successor(value) => vec![delete, Op::Put { key, value, lease: 0 }],
                };
                for op in ops {
                    self.store.txn(Txn { success: vec![op], ..Txn::default() }).await?;
                }
            }
            self.store.txn(txn).await
        })
    }
}

fn pod(uid: &str) -> Value {
    json!({"apiVersion": "v1", "kind": "Pod",
        "metadata": {"name": "p", "namespace": "d", "uid": uid},
        "spec": {"nodeName": "n", "containers": [{"name": "c", "image": "i"}]}})
}

/// Deletes a pod without grace while another takes its place, or none; says whether the answer shows
/// that pod, and which is there in the end.
async fn delete(successor: Option<&str>) -> (u16, bool, Option<String>) {
    let folder = tempfile::tempdir().expect("a folder");
    let store = EmbeddedStore::open(folder.path(), embedded::Options::default());
    let other = Mutex::default();
    let contended = Arc::new(Contended { store: store.expect("the store opens"), other });
    let store: Arc<dyn Store> = contended.clone();
    let rows = pintle_resources::RESOURCES;
    let registry = Registry::new(store, Layout::DEFAULT, rows, &CacheOptions::default());
    registry.wait_ready(Duration::from_mins(1)).await.expect("the caches fill");
    let rest = Rest::new(registry, Arc::new(SystemClock));
    let first = rest.insert(("", "pods"), pod("")).await.expect("the pod is stored");
    let stored = rest.registry.stored("", "pods").expect("pods are stored").clone();
    let successor = successor.map(|uid| Other::Successor(stored.encode(&mut pod(uid))));
    *contended.other.lock() = successor.unwrap_or(Other::Nothing);

    let (path, query) = ("/api/v1/namespaces/d/pods/p", "gracePeriodSeconds=0");
    let request = http::Request::delete(format!("{path}?{query}")).body(());
    let parts = request.expect("a request").into_parts().0;
    let info = RequestInfo::parse("DELETE", path, query).expect("a resource");
    let request = ApiRequest { info, user: Arc::default(), parts, body: body::full(Bytes::new()) };
    let response = rest.handle(request).await;
    let code = response.status().as_u16();
    let answer = response.into_body().collect().await.expect("a body").to_bytes();
    let answer: Value = serde_json::from_slice(&answer).expect("JSON");
    let uid = |object: &Value| object["metadata"]["uid"].as_str().unwrap_or_default().to_owned();
    let left = rest.fetch("", "pods", "d", "p").await.ok();
    (code, uid(&answer) == uid(&first), left.as_ref().map(uid))
}

#[tokio::test]
async fn a_pod_that_another_removed_is_gone_as_was_asked() {
    assert_eq!(delete(None).await, (200, true, None));
}

#[tokio::test]
async fn a_pod_that_took_the_name_of_the_marked_one_stays() {
    let left = Some("second".to_owned());
    assert_eq!(delete(Some("second")).await, (200, true, left));
}

/// Deletes a config map in the foreground; says whether it is still there.
async fn waits_for_the_collector(garbage_collection: bool) -> bool {
    let folder = tempfile::tempdir().expect("a folder");
    let store = EmbeddedStore::open(folder.path(), embedded::Options::default());
    let store = Arc::new(store.expect("the store opens")) as Arc<dyn Store>;
    let rows = pintle_resources::RESOURCES;
    let registry = Registry::new(store, Layout::DEFAULT, rows, &CacheOptions::default());
    registry.wait_ready(Duration::from_mins(1)).await.expect("the caches fill");
    let mut rest = Rest::new(registry, Arc::new(SystemClock));
    rest.garbage_collection = garbage_collection;
    let map = json!({"apiVersion": "v1", "kind": "ConfigMap",
        "metadata": {"name": "m", "namespace": "d"}});
    rest.insert(("", "configmaps"), map).await.expect("the map is stored");
    let (path, query) = ("/api/v1/namespaces/d/configmaps/m", "propagationPolicy=Foreground");
    let parts = http::Request::delete(format!("{path}?{query}")).body(());
    let parts = parts.expect("a request").into_parts().0;
    let info = RequestInfo::parse("DELETE", path, query).expect("a resource");
    let request = ApiRequest { info, user: Arc::default(), parts, body: body::full(Bytes::new()) };
    assert_eq!(rest.handle(request).await.status(), 200);
    rest.fetch("", "configmaps", "d", "m").await.is_ok()
}

#[tokio::test]
async fn nothing_waits_for_a_collector_that_does_not_run() {
    assert!(waits_for_the_collector(true).await);
    assert!(!waits_for_the_collector(false).await);
}
