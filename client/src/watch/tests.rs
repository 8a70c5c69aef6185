use std::sync::Mutex;

use http::{Request, Response};

use super::*;

#[derive(Default)]
struct Log(Mutex<Vec<String>>);

impl Log {
    fn push(&self, line: String) {
        self.0.lock().unwrap().push(line);
    }
}

impl Sink for Log {
    fn stage(&self, object: &RawValue) -> Result<(), serde_json::Error> {
        let object: Value = serde_json::from_str(object.get())?;
        self.push(format!("stage {}", object["metadata"]["name"].as_str().unwrap()));
        Ok(())
    }
    fn replace(&self, version: u64) {
        self.push(format!("replace {version}"));
    }
    fn discard(&self) {
        self.push("discard".into());
    }
    fn apply(&self, change: Change, object: &RawValue) -> Result<String, serde_json::Error> {
        let object: Value = serde_json::from_str(object.get())?;
        self.push(format!("{change:?} {}", object["metadata"]["name"].as_str().unwrap()));
        Ok(object["metadata"]["resourceVersion"].as_str().unwrap_or_default().to_owned())
    }
    fn progress(&self, version: u64) {
        self.push(format!("progress {version}"));
    }
}

/// Runs a reflector's first read and watch against canned bodies, by a part of the query.
async fn check(bodies: Vec<(&'static str, u16, &'static str)>, want: &[&str]) {
    let bodies = Arc::new(bodies);
    let service = tower::service_fn(move |request: Request<Body>| {
        let bodies = bodies.clone();
        async move {
            let query = request.uri().query().unwrap_or_default().to_owned();
            let (_, code, body) = bodies
                .iter()
                .find(|(part, ..)| query.contains(part))
                .expect("an answer for the query");
            let body = http_body_util::Full::new(Bytes::from_static(body.as_bytes()));
            Ok::<_, std::convert::Infallible>(
                Response::builder().status(*code).body(body).expect("a response"),
            )
        }
    });
    let client = Client::new(kube::Client::new(service, "default"), "test");
    let log = Arc::new(Log::default());
    let pods = Resource::namespaced("", "v1", "Pod", "pods");
    let mut reflector = Reflector::new(client, pods, Selection::default(), log.clone());
    if let Err(error) = reflector.read().await {
        log.push(format!("error {error}"));
    }
    assert_eq!(*log.0.lock().unwrap(), want);
}

#[tokio::test]
async fn a_streamed_list_counts_once_its_bookmark_comes() {
    let body = concat!(
        r#"{"type":"ADDED","object":{"metadata":{"name":"a","resourceVersion":"3"}}}"#,
        "\n",
        r#"{"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"7","annotations":{"k8s.io/initial-events-end":"true"}}}}"#,
        "\n",
        r#"{"type":"DELETED","object":{"metadata":{"name":"a","resourceVersion":"8"}}}"#,
        "\n",
    );
    check(
        vec![("sendInitialEvents", 200, body)],
        &["stage a", "replace 7", "Deleted a", "progress 8"],
    )
    .await;
}

#[tokio::test]
async fn a_server_without_streaming_is_read_in_pages() {
    check(
        vec![
            ("sendInitialEvents", 422, r#"{"kind":"Status","reason":"Invalid","message":"no"}"#),
            (
                "continue=c",
                200,
                r#"{"metadata":{"resourceVersion":"5"},"items":[{"metadata":{"name":"b"}}]}"#,
            ),
            (
                "limit=500",
                200,
                r#"{"metadata":{"resourceVersion":"5","continue":"c"},"items":[{"metadata":{"name":"a"}}]}"#,
            ),
        ],
        &["stage a", "stage b", "replace 5"],
    )
    .await;
}

#[tokio::test]
async fn a_list_that_breaks_off_is_void() {
    check(
        vec![(
            "sendInitialEvents",
            200,
            "{\"type\":\"ADDED\",\"object\":{\"metadata\":{\"name\":\"a\",\"resourceVersion\":\"3\"}}}\n",
        )],
        &["stage a", "discard", "error the watch ended before the initial events did"],
    )
    .await;
}
