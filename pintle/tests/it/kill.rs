//! What was acknowledged is there after any number of power cuts, and no watch has a gap.
//!
//! `PINTLE_KILLS` sets the number of kills; the seed is printed.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use futures::TryStreamExt as _;
use pintle_client::{Client, Resource};
use serde_json::{Value, json};

use crate::plane::{Plane, free_port};

const CONFIG_MAPS: Resource = Resource::namespaced("", "v1", "ConfigMap", "configmaps");
const CLIENTS: u64 = 16;
const DEFAULT_KILLS: u64 = 20;
/// Kills after which what was written is deleted: the time of a kill then does not grow with the run.
const KEPT_FOR: u64 = 10;

#[tokio::test(flavor = "multi_thread")]
async fn acknowledged_writes_survive_kills_and_watches_have_no_gap() {
    let kills = std::env::var("PINTLE_KILLS").ok().and_then(|text| text.parse().ok());
    let seed: u64 = rand::random();
    eprintln!("seed {seed}");
    let folder = tempfile::tempdir().unwrap();
    let port = free_port();
    let mut written: BTreeMap<String, u64> = BTreeMap::new();
    let mut recent: BTreeMap<String, u64> = BTreeMap::new();
    let next = Arc::new(AtomicU64::new(0));
    let mut gone: BTreeMap<String, u64> = BTreeMap::new();
    let (mut random, mut total) = (seed, 0);
    let mut seen = None;
    for kill in 1..=kills.unwrap_or(DEFAULT_KILLS) {
        let plane = Plane::start(folder.path(), port, &[]).await;
        let client = plane.client().await.unwrap();
        let now = revision(&client).await;
        check(&client, seen.unwrap_or(now), &recent).await;
        check_absent(&client, &gone).await;
        seen = Some(now);
        total += recent.len();
        written.append(&mut recent);
        if kill % KEPT_FOR == 0 {
            check_present(&client, &written).await;
            delete_all(&client).await;
            gone = std::mem::take(&mut written);
            seen = Some(revision(&client).await);
        }
        let stop = Arc::new(AtomicBool::new(false));
        let writers: Vec<_> = (0..CLIENTS)
            .map(|_| tokio::spawn(write(client.clone(), next.clone(), stop.clone())))
            .collect();
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        tokio::time::sleep(Duration::from_millis(20 + (random >> 33) % 200)).await;
        plane.kill();
        stop.store(true, Ordering::SeqCst);
        for writer in writers {
            recent.extend(writer.await.unwrap());
        }
    }
    let plane = Plane::start(folder.path(), port, &[]).await;
    let client = plane.client().await.unwrap();
    check(&client, seen.unwrap(), &recent).await;
    check_absent(&client, &gone).await;
    total += recent.len();
    written.append(&mut recent);
    check_present(&client, &written).await;
    eprintln!("{total} writes were acknowledged");
    assert!(total > 20, "only {total} writes were acknowledged");
}

/// Creates objects until the server is gone; returns what was acknowledged.
async fn write(client: Client, next: Arc<AtomicU64>, stop: Arc<AtomicBool>) -> Vec<(String, u64)> {
    let mut acknowledged = Vec::new();
    while !stop.load(Ordering::SeqCst) {
        let name = format!("c-{}", next.fetch_add(1, Ordering::SeqCst));
        let object = json!({
            "apiVersion": "v1", "kind": "ConfigMap", "metadata": { "name": name },
            "data": { "payload": "x".repeat(500) },
        });
        match client.create(&CONFIG_MAPS, "default", &object).await {
            Ok(created) => acknowledged.push((name, version(&created))),
            Err(_) => tokio::time::sleep(Duration::from_millis(5)).await,
        }
    }
    acknowledged
}

async fn revision(client: &Client) -> u64 {
    let list = client.list(&CONFIG_MAPS, "default", "limit=1").await.expect("the list is answered");
    version(&list)
}

async fn delete_all(client: &Client) {
    let path = CONFIG_MAPS.collection("default");
    let deleted = client.json(http::Method::DELETE, &path, None).await;
    deleted.expect("the objects are deleted");
}

/// What was deleted has not come back.
async fn check_absent(client: &Client, gone: &BTreeMap<String, u64>) {
    let list = client.list(&CONFIG_MAPS, "default", "").await.expect("the list is answered");
    for item in list["items"].as_array().expect("a list has items") {
        let name = item["metadata"]["name"].as_str().expect("an object has a name");
        assert!(!gone.contains_key(name), "{name} was deleted");
    }
}

/// Every acknowledged object is there at its version; returns the revision of the list.
async fn check_present(client: &Client, written: &BTreeMap<String, u64>) -> u64 {
    let list = client.list(&CONFIG_MAPS, "default", "").await.expect("the list is answered");
    let items = list["items"].as_array().expect("a list has items").iter();
    let there: BTreeMap<&str, u64> = items
        .map(|item| {
            (item["metadata"]["name"].as_str().expect("an object has a name"), version(item))
        })
        .collect();
    for (name, version) in written {
        assert_eq!(there.get(name.as_str()), Some(version), "{name} was lost");
    }
    version(&list)
}

/// What was written before the last kill is there, and a watch that goes on from the revision
/// before tells of each of it once, in order.
async fn check(client: &Client, seen: u64, recent: &BTreeMap<String, u64>) {
    let until = check_present(client, recent).await;
    let told = watch(client, seen, until).await;
    let order: Vec<u64> = told.iter().map(|(_, version)| *version).collect();
    assert!(order.windows(2).all(|pair| pair[0] < pair[1]), "out of order: {order:?}");
    let told: BTreeMap<String, u64> = told.into_iter().collect();
    for (name, version) in recent {
        assert_eq!(told.get(name), Some(version), "the watch did not tell of {name}");
    }
}

/// What a watch tells after `from`, up to a revision.
async fn watch(client: &Client, from: u64, until: u64) -> Vec<(String, u64)> {
    let path = format!(
        "/api/v1/namespaces/default/configmaps?watch=1&resourceVersion={from}&timeoutSeconds=1"
    );
    let response = client
        .send(http::Method::GET, &path, "application/json", None)
        .await
        .expect("the watch is answered");
    assert_eq!(response.status(), 200);
    let mut body = http_body_util::BodyStream::new(response.into_body());
    let (mut text, mut told) = (Vec::new(), Vec::new());
    while let Some(frame) = body.try_next().await.expect("the watch goes on") {
        text.extend_from_slice(frame.data_ref().map_or(&[][..], |data| &data[..]));
        while let Some(end) = text.iter().position(|byte| *byte == b'\n') {
            let line: Vec<u8> = text.drain(..=end).collect();
            let event: Value = serde_json::from_slice(&line).expect("an event is JSON");
            assert_ne!(event["type"], "ERROR", "{event}");
            let name = event["object"]["metadata"]["name"]
                .as_str()
                .expect("an object has a name")
                .to_owned();
            told.push((name, version(&event["object"])));
        }
        if told.last().is_some_and(|(_, version)| *version >= until) {
            break;
        }
    }
    told
}

fn version(object: &Value) -> u64 {
    object["metadata"]["resourceVersion"]
        .as_str()
        .expect("an object has a version")
        .parse()
        .expect("a version is a number")
}
