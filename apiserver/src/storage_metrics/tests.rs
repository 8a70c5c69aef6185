//! What is printed of some namespaces.

use bytes::Bytes;
use http::Method;
use pintle_engine::RequestInfo;
use pintle_storage::cache::CacheOptions;
use pintle_storage::{Compare, EmbeddedStore, Op, Range, Store, SystemClock, Txn, embedded};
use tempfile::TempDir;

use super::*;
use crate::body;
use crate::registry::Layout;
use crate::rest::{ApiRequest, Rest};

const VALUE: &str = r#"{"kind":"Namespace","apiVersion":"v1","metadata":{"name":"a"}}"#;
const KEY: Bytes = Bytes::from_static(b"/registry/namespaces/a");

fn write(success: Op, expected: Option<i64>) -> Txn {
    let compare = expected.map(|mod_revision| Compare { key: KEY, mod_revision });
    Txn { compare: compare.into_iter().collect(), success: vec![success], ..Txn::default() }
}

fn put(expected: Option<i64>) -> Txn {
    write(Op::Put { key: KEY, value: VALUE.into(), lease: 0 }, expected)
}

struct World {
    _folder: TempDir,
    store: Arc<dyn Store>,
    metrics: Metrics,
    stores: Stores,
    registry: Arc<Registry>,
}

impl World {
    /// One namespace.
    async fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let store = EmbeddedStore::open(folder.path(), embedded::Options::default());
        let store: Arc<dyn Store> = Arc::new(store.expect("it opens"));
        store.txn(put(None)).await.expect("it is written");
        let metrics = Metrics::new();
        let stores = Stores::from(Arc::clone(&store)).measured(&metrics);
        let rows = pintle_resources::RESOURCES;
        let caches = CacheOptions::default();
        let registry = Registry::new(stores.clone(), Layout::DEFAULT, rows, &caches);
        registry.wait_ready(Duration::from_mins(1)).await.expect("the caches fill");
        Self { _folder: folder, store, metrics, stores, registry }
    }

    fn print(&self, counts: Duration) -> String {
        let (_stopper, stop) = Stop::new();
        register(&self.metrics, &self.registry, &self.stores, (counts, Duration::ZERO), &stop);
        self.metrics.print()
    }
}

#[track_caller]
fn check(printed: &str, expected: &[&str]) {
    for line in expected {
        assert!(printed.lines().any(|found| found == *line), "{line} is not in {printed}");
    }
}

#[tokio::test]
async fn objects_are_counted_unless_the_flag_says_never() {
    let world = World::new().await;
    assert!(!world.print(Duration::ZERO).contains("apiserver_resource_objects"));
    let size = format!(
        r#"apiserver_resource_size_estimate_bytes{{group="",resource="namespaces"}} {}"#,
        VALUE.len()
    );
    check(
        &world.print(Duration::from_mins(1)),
        &[r#"apiserver_resource_objects{group="",resource="namespaces"} 1"#, &size],
    );
}

#[tokio::test]
async fn caches_show_what_they_have_met() {
    let world = World::new().await;
    world.store.txn(put(None)).await.expect("it is written");
    world.registry.sync(&[("", "namespaces")]).await.expect("the cache follows");
    let printed = world.print(Duration::ZERO);
    check(
        &printed,
        &[
            r#"apiserver_storage_events_received_total{group="",resource="namespaces"} 2"#,
            r#"apiserver_watch_cache_events_received_total{group="",resource="namespaces"} 2"#,
            r#"apiserver_watch_cache_events_dispatched_total{group="",resource="namespaces"} 2"#,
            r#"apiserver_watch_cache_initializations_total{group="",resource="namespaces"} 1"#,
            r#"apiserver_watch_cache_initialization_duration_seconds_count{group="",resource="namespaces"} 1"#,
            r#"apiserver_watch_cache_resource_version{group="",resource="namespaces"} 3"#,
        ],
    );
    let absent = ["terminated_watchers", "decode_errors", "initialization_errors", "etcd_"];
    assert!(!absent.iter().any(|name| printed.contains(name)), "{printed}");
}

#[tokio::test]
async fn lists_are_counted_where_they_come_from() {
    let world = World::new().await;
    let rest = Rest::new(world.registry.clone(), Arc::new(SystemClock));
    let list = async |query: &str| {
        let target = format!("/api/v1/namespaces?{query}");
        let request = http::Request::builder().method(Method::GET).uri(&target).body(());
        let parts = request.expect("a request").into_parts().0;
        let info = RequestInfo::parse("GET", "/api/v1/namespaces", query).expect("a resource");
        let body = body::full(Bytes::new());
        let request = ApiRequest { info, user: Arc::default(), parts, body };
        assert_eq!(rest.handle(request).await.status(), 200);
    };
    list("").await;
    list("resourceVersion=0").await;
    list("labelSelector=none%3Dsuch").await;
    check(
        &world.print(Duration::ZERO),
        &[
            r#"apiserver_storage_list_total{group="",index="",resource="namespaces",storage="watchcache"} 3"#,
            r#"apiserver_storage_list_fetched_objects_total{group="",index="",resource="namespaces",storage="watchcache"} 3"#,
            r#"apiserver_storage_list_evaluated_objects_total{group="",resource="namespaces",storage="watchcache"} 0"#,
            r#"apiserver_storage_list_returned_objects_total{group="",resource="namespaces",storage="watchcache"} 2"#,
            r#"apiserver_watch_cache_consistent_read_total{fallback="false",group="",resource="namespaces",success="true"} 2"#,
            r#"apiserver_watch_cache_read_wait_seconds_count{group="",resource="namespaces"} 2"#,
        ],
    );
}

#[tokio::test]
async fn calls_of_etcd_are_counted_by_what_they_do() {
    let world = World::new().await;
    let families = Families::new(&world.metrics);
    let etcd = Measured::new(world.store.clone(), families.of("", "namespaces"));
    let one = Range { start: KEY, ..Range::default() };
    let all = Range { end: Bytes::from_static(b"/registry/namespaces0"), ..one.clone() };
    etcd.range(one).await.expect("it is read");
    etcd.range(all.clone()).await.expect("they are read");
    etcd.range(Range { revision: 100, ..all }).await.expect_err("there is no such revision");
    assert!(!etcd.txn(put(Some(0))).await.expect("it is judged").succeeded);
    etcd.txn(put(Some(2))).await.expect("it is written");
    etcd.txn(write(Op::Delete { key: KEY }, Some(3))).await.expect("it is deleted");
    etcd.revision().await.expect("it is told");
    check(
        &world.metrics.print(),
        &[
            r#"etcd_requests_total{group="",operation="get",resource="namespaces"} 1"#,
            r#"etcd_requests_total{group="",operation="list",resource="namespaces"} 2"#,
            r#"etcd_request_errors_total{group="",operation="list",resource="namespaces"} 1"#,
            r#"etcd_requests_total{group="",operation="create",resource="namespaces"} 1"#,
            r#"etcd_requests_total{group="",operation="update",resource="namespaces"} 1"#,
            r#"etcd_requests_total{group="",operation="delete",resource="namespaces"} 1"#,
            r#"etcd_requests_total{group="",operation="getCurrentResourceVersion",resource="namespaces"} 1"#,
            r#"etcd_request_duration_seconds_count{group="",operation="create",resource="namespaces"} 1"#,
        ],
    );
}
