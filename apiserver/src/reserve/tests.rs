//! What the start of a server repairs, and how the bitmap lies in the store.

use std::sync::Arc;
use std::time::Duration;

use pintle_engine::Lookup;
use pintle_storage::cache::CacheOptions;
use pintle_storage::{EmbeddedStore, Store, SystemClock, embedded};
use serde_json::json;

use super::{PortError, PortRange, Ports, Services};
use crate::registry::{DEFAULT_PREFIX, Layout, Registry};
use crate::rest::Rest;

#[tokio::test]
async fn what_stored_services_have_is_taken_at_the_start() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = EmbeddedStore::open(folder.path(), embedded::Options::default());
    let store: Arc<dyn Store> = Arc::new(store.expect("the store opens"));
    let rows = pintle_resources::RESOURCES;
    let registry = Registry::new(store.clone(), Layout::DEFAULT, rows, &CacheOptions::default());
    registry.wait_ready(Duration::from_mins(1)).await.expect("the caches fill");
    let rest = Rest::new(registry, Arc::new(SystemClock));
    let service = json!({"apiVersion": "v1", "kind": "Service",
        "metadata": {"name": "s", "namespace": "d"},
        "spec": {"type": "NodePort", "clusterIP": "10.0.0.7", "clusterIPs": ["10.0.0.7"],
            "ports": [{"port": 80, "nodePort": 30001}]}});
    rest.insert(("", "services"), service).await.expect("the service is stored");
    rest.registry.sync(&[("", "services")]).await.expect("the cache follows");

    let range = PortRange { base: 30000, size: 3 };
    let ports = Arc::new(Ports::new(store, DEFAULT_PREFIX, range));
    let services = Services::new(&["10.0.0.0/24".to_owned()], ports.clone());
    services.repair(&rest).await.expect("the store answers");

    let addresses = ("networking.k8s.io", "ipaddresses");
    rest.registry.sync(&[addresses]).await.expect("the cache follows");
    let address = rest.registry.get(addresses.0, addresses.1, "", "10.0.0.7");
    let address = address.expect("the address is taken");
    assert_eq!(address["spec"]["parentRef"]["name"], "s");

    assert_eq!(ports.allocate(30001).await, Err(PortError::Allocated));
    let mut left = [ports.allocate_next().await, ports.allocate_next().await].map(Result::ok);
    left.sort_unstable();
    assert_eq!(left, [Some(30000), Some(30002)]);
    assert_eq!(ports.allocate_next().await, Err(PortError::Full));
    ports.release(30002).await.expect("the store answers");
    assert_eq!(ports.allocate_next().await, Ok(30002));
}
