//! `pintle up` from its first start to its end.

use std::time::Duration;

use pintle_client::Resource;
use serde_json::json;

use crate::plane::{Plane, free_port};

const PODS: Resource = Resource::namespaced("", "v1", "Pod", "pods");
const DEPLOYMENTS: Resource = Resource::namespaced("apps", "v1", "Deployment", "deployments");

#[tokio::test(flavor = "multi_thread")]
async fn a_deployment_runs_on_fake_nodes_and_survives_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let port = free_port();
    let plane = Plane::start(folder.path(), port, &["--fake-nodes", "2"]).await;
    let client = plane.client().await.unwrap();
    let labels = json!({ "app": "web" });
    let pod = json!({ "containers": [{ "name": "c", "image": "registry.k8s.io/pause:3.10" }] });
    let deployment = json!({
        "apiVersion": "apps/v1", "kind": "Deployment", "metadata": { "name": "web" },
        "spec": {
            "replicas": 3, "selector": { "matchLabels": labels },
            "template": { "metadata": { "labels": labels }, "spec": pod },
        },
    });
    client.create(&DEPLOYMENTS, "default", &deployment).await.unwrap();
    let mut ready = 0;
    for _ in 0..300 {
        let found = client.get(&DEPLOYMENTS, "default", "web").await.unwrap();
        ready = found["status"]["readyReplicas"].as_i64().unwrap_or(0);
        if ready == 3 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(ready, 3, "{}", plane.log());
    let (took, code) = plane.stop();
    assert_eq!(code, Some(0));
    assert!(took < Duration::from_secs(5), "stopping took {took:?}");

    let plane = Plane::start(folder.path(), port, &[]).await;
    let client = plane.client().await.unwrap();
    let pods = client.list(&PODS, "default", "labelSelector=app%3Dweb").await.unwrap();
    assert_eq!(pods["items"].as_array().map(Vec::len), Some(3));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_in_use_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let plane = Plane::start(folder.path(), free_port(), &[]).await;
    let files = || {
        let names = ["super-admin.conf", "scheduler.conf", "pki/apiserver.crt"];
        names.map(|name| std::fs::read_to_string(folder.path().join(name)).unwrap())
    };
    let before = files();
    // Another port would ask for other kubeconfigs and another certificate.
    assert_eq!(Plane::refused(folder.path(), free_port()), Some(1));
    let log = plane.log();
    assert!(log.contains("in use") && log.contains("--data-dir"), "{log}");
    assert_eq!(files(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_port_in_use_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    assert_eq!(Plane::refused(folder.path(), port), Some(1));
    let log = std::fs::read_to_string(folder.path().join("log")).unwrap();
    assert!(log.contains(&port.to_string()) && log.contains("--port"), "{log}");
}

#[tokio::test(flavor = "multi_thread")]
async fn strangers_get_nothing_but_health_and_version() {
    let folder = tempfile::tempdir().unwrap();
    let port = free_port();
    let _plane = Plane::start(folder.path(), port, &[]).await;
    let mut config = kube::Config::new(format!("https://127.0.0.1:{port}").parse().unwrap());
    config.accept_invalid_certs = true;
    let client = kube::Client::try_from(config).unwrap();
    for (path, allowed) in [
        ("/version", true),
        ("/readyz", true),
        ("/api/v1/namespaces", false),
        ("/metrics", false),
        ("/openapi/v3", false),
        ("/api/v1/namespaces/kube-system/secrets", false),
    ] {
        let request = http::Request::get(path).body(Vec::new()).unwrap();
        let answer: Result<String, kube::Error> = client.request_text(request).await;
        match answer {
            Ok(_) => assert!(allowed, "{path}"),
            Err(kube::Error::Api(status)) => assert!(!allowed && status.code == 403, "{path}"),
            Err(error) => panic!("{path}: {error}"),
        }
    }
}
