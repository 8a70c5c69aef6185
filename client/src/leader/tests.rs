use std::sync::Mutex;

use bytes::Bytes;
use http::{Method, Request, Response};
use http_body_util::{BodyExt, Full};
use kube::client::Body;

use super::*;
use crate::SystemClock;

/// A server that holds one Lease, or none.
fn server(held: Arc<Mutex<Option<Value>>>) -> Client {
    let service = tower::service_fn(move |request: Request<Body>| {
        let held = held.clone();
        async move {
            let method = request.method().clone();
            let body = request.into_body().collect().await?.to_bytes();
            let mut held = held.lock().unwrap();
            let (code, answer) = match (method, held.is_some()) {
                (Method::GET, true) => (200, held.clone().unwrap()),
                (Method::GET, false) => (404, json!({"kind": "Status", "reason": "NotFound"})),
                _ => {
                    *held = Some(serde_json::from_slice(&body).unwrap());
                    (200, held.clone().unwrap())
                }
            };
            let body = Full::new(Bytes::from(answer.to_string()));
            Ok::<_, kube::Error>(Response::builder().status(code).body(body).expect("a response"))
        }
    });
    Client::new(kube::Client::new(service, "default"), "test")
}

fn candidate(client: &Client, name: &str) -> Elector {
    let election = Election::new("kube-system", "lock", name.into());
    Elector::new(client.clone(), election, Arc::new(SystemClock), None)
}

#[tokio::test(start_paused = true)]
async fn the_second_candidate_leads_once_the_first_falls_silent() {
    let lease = Arc::new(Mutex::new(None));
    let client = server(lease.clone());
    let mut first = candidate(&client, "first");
    let mut second = candidate(&client, "second");
    assert!(first.attempt().await);
    assert!(!second.attempt().await);
    sleep(Duration::from_secs(10)).await;
    assert!(first.attempt().await);
    assert!(!second.attempt().await, "the renewal was seen");
    sleep(Duration::from_secs(14)).await;
    assert!(!second.attempt().await);
    sleep(Duration::from_secs(2)).await;
    assert!(second.attempt().await);
    let lease = lease.lock().unwrap().clone().unwrap();
    assert_eq!(lease["spec"]["holderIdentity"], "second");
    assert_eq!(lease["spec"]["leaseTransitions"], 1);
}

#[tokio::test(start_paused = true)]
async fn a_released_lock_is_taken_at_once() {
    let lease = Arc::new(Mutex::new(None));
    let client = server(lease.clone());
    let mut first = candidate(&client, "first");
    let mut second = candidate(&client, "second");
    first.acquire().await;
    first.release().await;
    assert!(second.attempt().await);
    assert_eq!(lease.lock().unwrap().clone().unwrap()["spec"]["leaseDurationSeconds"], 15);
}
