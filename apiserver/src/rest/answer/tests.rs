//! What the answer to a write leaves behind in the cache.

use std::time::Duration;

use http::Method;
use pintle_engine::RequestInfo;
use pintle_storage::cache::CacheOptions;
use pintle_storage::{EmbeddedStore, Store, SystemClock, embedded};

use super::*;
use crate::registry::{Layout, Registry};
use crate::rest::{ApiRequest, Rest};

const PATH: &str = "/api/v1/namespaces";

async fn send(rest: &Rest, method: Method, query: &str, body: String) -> Response<Body> {
    let request = http::Request::builder()
        .method(method.clone())
        .uri(format!("{PATH}?{query}"))
        .header("content-type", "application/json")
        .body(());
    let parts = request.expect("a request").into_parts().0;
    let info = RequestInfo::parse(method.as_str(), PATH, query).expect("a resource");
    rest.handle(ApiRequest { info, user: Arc::default(), parts, body: body::full(body) }).await
}

async fn create(rest: &Rest, name: &str) {
    let body = format!(r#"{{"metadata":{{"name":"{name}"}}}}"#);
    assert_eq!(send(rest, Method::POST, "", body).await.status(), 201);
}

#[tokio::test]
async fn the_form_of_an_answer_is_kept_only_while_somebody_watches() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = EmbeddedStore::open(folder.path(), embedded::Options::default());
    let store: Arc<dyn Store> = Arc::new(store.expect("the store opens"));
    let options = CacheOptions::default();
    let rows = pintle_resources::RESOURCES;
    let registry = Registry::new(store, Layout::DEFAULT, rows, &options);
    registry.wait_ready(Duration::from_mins(1)).await.expect("the caches fill");
    let rest = Rest::new(registry, Arc::new(SystemClock));

    create(&rest, "a").await;
    assert_eq!(options.budget.bytes(), 0);

    let watch = send(&rest, Method::GET, "watch=true", String::new()).await;
    assert_eq!(watch.status(), 200);
    let of_a = options.budget.bytes();
    create(&rest, "b").await;
    let of_both = options.budget.bytes();
    assert!(of_both > of_a, "{of_both} bytes");

    drop(watch);
    create(&rest, "c").await;
    assert_eq!(options.budget.bytes(), of_both);
}

#[test]
fn no_two_forms_are_kept_under_one_number() {
    let forms = [Form::Json, Form::Protobuf, Form::PartialJson, Form::PartialProtobuf];
    let changes = [Change::Added, Change::Modified, Change::Deleted].map(|change| change as u32);
    let packings =
        [Packing::Json, Packing::Protobuf, Packing::DeflatedJson, Packing::DeflatedProtobuf];
    let mut seen = std::collections::BTreeSet::new();
    for served in 0..pintle_api::catalog().resources.len() as u32 {
        for form in forms.map(|form| form as u32) {
            for change in [0].into_iter().chain(changes) {
                assert!(seen.insert(number(served, form, change)), "{served} {form} {change}");
            }
        }
        for packing in packings {
            assert!(seen.insert(number(served, packing as u32, 0)), "{served} {packing:?}");
        }
    }
}
