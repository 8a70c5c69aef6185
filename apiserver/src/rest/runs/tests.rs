//! Lists of runs against lists of single objects, which a selector gives.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::Method;
use pintle_engine::RequestInfo;
use pintle_storage::cache::CacheOptions;
use pintle_storage::{EmbeddedStore, ManualClock, Store, embedded};
use serde_json::json;

use super::*;
use crate::registry::{Layout, Registry};
use crate::rest::{ApiRequest, Rest};

const ALL: &str = "/api/v1/configmaps";
const JSON: &str = "application/json";
const PROTOBUF: &str = "application/vnd.kubernetes.protobuf";

struct World {
    rest: Rest,
    options: CacheOptions,
    _folder: tempfile::TempDir,
}

impl World {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = EmbeddedStore::open(folder.path(), embedded::Options::default()).unwrap();
        let store: Arc<dyn Store> = Arc::new(store);
        let options = CacheOptions::default();
        let rows = pintle_resources::RESOURCES;
        let registry = Registry::new(store, Layout::DEFAULT, rows, &options);
        registry.wait_ready(Duration::from_mins(1)).await.unwrap();
        let rest = Rest::new(registry, Arc::new(ManualClock::new(0)));
        Self { rest, options, _folder: folder }
    }

    async fn ask(&self, method: Method, target: &str, accept: &str, body: String) -> Bytes {
        let told = format!("{method} {target}");
        let (good, bytes) = self.try_to(method, target, accept, body).await;
        assert!(good, "{told}: {}", String::from_utf8_lossy(&bytes));
        bytes
    }

    async fn try_to(
        &self,
        method: Method,
        target: &str,
        accept: &str,
        body: String,
    ) -> (bool, Bytes) {
        let request = http::Request::builder().method(method.clone()).uri(target);
        let request = request.header("accept", accept).header("content-type", JSON);
        let (parts, ()) = request.body(()).unwrap().into_parts();
        let query = parts.uri.query().unwrap_or_default();
        let info = RequestInfo::parse(method.as_str(), parts.uri.path(), query).unwrap();
        let body = body::full(body);
        let request = ApiRequest { info, user: Arc::default(), parts, body };
        let response = self.rest.handle(request).await;
        let good = response.status().is_success();
        (good, body::read(response.into_body(), usize::MAX).await.unwrap())
    }

    async fn put(&self, namespace: &str, name: &str, text: &str) {
        let body = json!({
            "metadata": {"name": name, "labels": {"of": "all"}},
            "data": {"text": text.repeat(40)},
        });
        let path = format!("/api/v1/namespaces/{namespace}/configmaps");
        if !self.try_to(Method::POST, &path, JSON, body.to_string()).await.0 {
            self.ask(Method::PUT, &format!("{path}/{name}"), JSON, body.to_string()).await;
        }
    }

    /// The list of all is the same however it is made, and however often.
    async fn check(&self, path: &str) {
        for accept in [JSON, PROTOBUF] {
            let get = async |query: &str| {
                let target = format!("{path}?{query}");
                self.ask(Method::GET, &target, accept, String::new()).await
            };
            let single = get("labelSelector=of").await;
            assert!(get("").await == single, "{path} {accept}");
            assert!(get("resourceVersion=0").await == single, "{path} {accept}");
        }
        let (mut token, mut paged) = (String::new(), Vec::new());
        loop {
            let query = format!("{path}?limit=70&continue={token}");
            let page = self.ask(Method::GET, &query, JSON, String::new()).await;
            let page: serde_json::Value = serde_json::from_slice(&page).unwrap();
            paged.extend_from_slice(page["items"].as_array().unwrap());
            let left = page["metadata"]["remainingItemCount"].as_u64().unwrap_or_default();
            match page["metadata"]["continue"].as_str() {
                Some(next) => next.clone_into(&mut token),
                None => break assert_eq!(left, 0),
            }
        }
        let whole = self.ask(Method::GET, path, JSON, String::new()).await;
        let whole: serde_json::Value = serde_json::from_slice(&whole).unwrap();
        assert!(whole["items"].as_array().unwrap() == &paged, "{path} page by page");
    }
}

#[tokio::test]
async fn runs_are_what_single_objects_are() {
    let world = World::new().await;
    for n in 0..300 {
        world.put(if n % 3 == 0 { "a" } else { "b" }, &format!("m{n}"), "some text ").await;
    }
    let below = "/api/v1/namespaces/b/configmaps";
    world.check(ALL).await;
    assert!(world.options.budget.bytes() > 0, "runs are kept");
    world.check(below).await;
    world.put("b", "m100", "another text ").await;
    world.put("b", "a-new-one", "another text ").await;
    world.put("b", "a-long-one", &"long ".repeat(3000)).await;
    let gone = format!("{below}/m200");
    world.ask(Method::DELETE, &gone, JSON, String::new()).await;
    world.check(ALL).await;
    world.check(below).await;
}

#[tokio::test]
async fn a_change_costs_one_run() {
    let world = World::new().await;
    for n in 0..300 {
        world.put("a", &format!("m{n}"), "some text ").await;
    }
    world.ask(Method::GET, ALL, JSON, String::new()).await;
    let all = world.options.budget.bytes();
    world.ask(Method::GET, ALL, JSON, String::new()).await;
    assert_eq!(world.options.budget.bytes(), all, "everything was found");
    world.put("a", "m150", "another text ").await;
    world.ask(Method::GET, ALL, JSON, String::new()).await;
    let more = world.options.budget.bytes() - all;
    assert!(more > 0 && more < all / 2, "{more} bytes after {all}");
}
