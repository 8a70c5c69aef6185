//! Who sees what of a part.

use std::sync::Arc;

use http_body_util::BodyExt;
use serde_json::{Value, json};

use super::*;

/// A part whose API server knows the token `known`, whose owner may see metrics, and no other.
fn endpoints() -> Endpoints {
    let health = Checks::default();
    health.add("ping", || Ok(()));
    let post: Post = Arc::new(|path, review| {
        Box::pin(async move {
            if path.ends_with("/tokenreviews") {
                let known = review["spec"]["token"] == "known";
                return Ok(json!({"status": {"authenticated": known, "user": {"username": "u"}}}));
            }
            let asked = &review["spec"]["nonResourceAttributes"]["path"];
            let path = asked.as_str().unwrap_or_default();
            let allowed = review["spec"]["user"] == "u" && path != "/secret";
            Ok(json!({"status": {"allowed": allowed}}))
        })
    });
    Endpoints::new(Site {
        component: "kube-part",
        health: vec![("healthz", health)],
        registry: Registry::new(),
        flags: BTreeMap::from([("v".to_owned(), "0".to_owned())]),
        config: "{\"part\":{}}".into(),
        open: vec!["/healthz".into(), "/open/*".into()],
        post: Some(post),
    })
}

async fn get(path: &str, token: &str, accept: &str) -> (u16, String, String) {
    let mut request = Request::get(path).header(ACCEPT, accept);
    if !token.is_empty() {
        request = request.header(AUTHORIZATION, format!("Bearer {token}"));
    }
    let response = endpoints().answer(&request.body(()).unwrap()).await;
    let code = response.status().as_u16();
    let kind = response.headers()[CONTENT_TYPE].to_str().unwrap().to_owned();
    let body = response.into_body().collect().await.unwrap().to_bytes();
    (code, kind, String::from_utf8(body.to_vec()).unwrap())
}

async fn check(path: &str, token: &str, code: u16, part: &str) {
    let (found, _, body) = get(path, token, "").await;
    assert_eq!(found, code, "{path} {token}: {body}");
    assert!(body.contains(part), "{path} {token}: {body}");
}

#[tokio::test]
async fn what_is_open_needs_no_token_but_takes_no_wrong_one() {
    check("/healthz", "", 200, "ok").await;
    check("/healthz?verbose", "known", 200, "[+]ping ok").await;
    check("/healthz", "wrong", 401, "Unauthorized").await;
    check("/healthz/", "", 403, "cannot get path \\\"/healthz/\\\"").await;
    check("/open/x", "", 404, "404 page not found").await;
}

#[tokio::test]
async fn the_rest_is_for_those_whom_the_api_server_allows() {
    for path in ["/metrics", "/metrics/slis", "/configz", "/statusz", "/flagz"] {
        check(path, "", 403, "User \\\"system:anonymous\\\" cannot get path").await;
        check(path, "wrong", 401, "Unauthorized").await;
    }
    check("/secret", "known", 403, "User \\\"u\\\"").await;
    check("/other", "known", 404, "404 page not found").await;
    check("/metrics", "known", 200, "process_start_time_seconds").await;
    check("/metrics/slis", "known", 200, "process_start_time_seconds").await;
    check("/configz", "known", 200, "{\"part\":{}}").await;
}

#[tokio::test]
async fn pages_come_as_text_json_and_yaml() {
    check("/statusz", "known", 200, "Paths: /configz /flagz /healthz /metrics\n").await;
    check("/flagz", "known", 200, "\nkube-part flagz\n").await;
    let json = "application/json;g=config.k8s.io;v=v1beta1;as=Flagz";
    let (code, kind, body) = get("/flagz", "known", json).await;
    let page: Value = serde_json::from_str(&body).unwrap();
    assert_eq!((code, kind.as_str(), &page["flags"]["v"]), (200, json, &json!("0")));
    let yaml = "application/yaml;g=config.k8s.io;v=v1beta1;as=Flagz";
    let (code, kind, body) = get("/flagz", "known", yaml).await;
    assert_eq!((code, kind.as_str()), (200, yaml));
    assert!(body.contains("flags:\n  v: \"0\"\n"), "{body}");
    assert_eq!(get("/flagz", "known", "image/png").await.0, 406);
}
