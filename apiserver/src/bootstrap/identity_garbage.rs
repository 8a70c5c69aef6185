//! Collects the leases of servers that are gone (`apiserverleasegc.Controller`).

use std::time::Duration;

use pintle_machinery::Value;
use pintle_machinery::time::Time;

use super::identity::{COLLECTION, LABEL};
use super::{Error, Loopback};

/// What upstream calls it.
pub(super) const HOOK: &str = "start-kube-apiserver-identity-lease-garbage-collector";

/// How often it looks (`apiserver.IdentityLeaseGCPeriod`).
pub(super) const PERIOD: Duration = Duration::from_hours(1);

/// Deletes the leases that have ended in the cache, and still have when they are read anew. One that
/// cannot be deleted is left to the next time.
pub(super) async fn collect(server: &Loopback) -> Result<(), Error> {
    let path = format!("{COLLECTION}?labelSelector={LABEL}%3Dkube-apiserver&resourceVersion=0");
    let leases = server.get(&path).await?.unwrap_or_default();
    let ended = leases["items"].as_array().into_iter().flatten();
    for lease in ended.filter(|lease| has_ended(lease, server.now())) {
        let name = lease["metadata"]["name"].as_str().unwrap_or_default();
        if let Err(error) = delete(server, &format!("{COLLECTION}/{name}")).await {
            tracing::error!(err = %error, name, "Error deleting lease");
        }
    }
    Ok(())
}

async fn delete(server: &Loopback, path: &str) -> Result<(), Error> {
    let Some(lease) = server.get(path).await? else { return Ok(()) };
    if !has_ended(&lease, server.now()) {
        return Ok(());
    }
    match server.delete(path).await {
        // Another server was faster.
        Ok(_) | Err(Error::Refused { code: 404, .. }) => Ok(()),
        Err(error) => Err(error),
    }
}

/// One that does not say how long it lasts is none that a server made.
fn has_ended(lease: &Value, now: Time) -> bool {
    let spec = &lease["spec"];
    let renewed = spec["renewTime"].as_str().and_then(|text| Time::parse_micro(text).ok());
    let (Some(renewed), Some(lasts)) = (renewed, spec["leaseDurationSeconds"].as_i64()) else {
        return true;
    };
    Time::new(renewed.seconds.saturating_add(lasts), renewed.nanos) < now
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use pintle_component::metrics::Registry as Metrics;
    use pintle_component::zpages::Pages;
    use pintle_engine::Enabled;
    use pintle_storage::cache::CacheOptions;
    use pintle_storage::{EmbeddedStore, ManualClock, Store, embedded};
    use serde_json::json;
    use tempfile::TempDir;

    use super::*;
    use crate::authn::{self, Authenticator};
    use crate::authz::{Authorizer, Mode};
    use crate::registry::{Layout, Registry};
    use crate::rest::Rest;
    use crate::server::{FlowLimits, Parts, Server};

    const NOW: i64 = 1_767_225_600;

    async fn server(clock: &ManualClock) -> (TempDir, Loopback) {
        let folder = tempfile::tempdir().unwrap();
        let store = EmbeddedStore::open(folder.path(), embedded::Options::default()).unwrap();
        let store: Arc<dyn Store> = Arc::new(store);
        let rows = pintle_resources::RESOURCES;
        let registry = Registry::new(store, Layout::DEFAULT, rows, &CacheOptions::default());
        registry.wait_ready(Duration::from_mins(1)).await.unwrap();
        let config = authn::Config { loopback_token: "own".into(), ..authn::Config::default() };
        let server = Server::new(Parts {
            backend: Arc::new(Rest::new(registry, Arc::new(clock.clone()))),
            authenticator: Arc::new(Authenticator::new(config)),
            authorizer: Arc::new(Authorizer::new(vec![Mode::AlwaysAllow])),
            clock: Arc::new(clock.clone()),
            registry: Metrics::new(),
            goaway_chance: 0.0,
            compression: crate::compression::Gates { answers: true, watch_lists: true },
            enabled: Enabled::default(),
            pages: Pages { component: "apiserver", ..Pages::default() },
            external_address: "localhost:6443".into(),
            jwks_uri: String::new(),
            storage: Vec::new(),
            flow: FlowLimits { read: 10, mutating: 10, queue: false },
            request_timeout_seconds: 60,
        });
        (folder, Loopback::new(server))
    }

    fn lease(name: &str, of: &str, spec: &Value) -> Value {
        let labels = json!({LABEL: of});
        let metadata = json!({"name": name, "namespace": "kube-system", "labels": labels});
        let kind = json!({"apiVersion": "coordination.k8s.io/v1", "kind": "Lease"});
        let mut lease = kind;
        lease["metadata"] = metadata;
        lease["spec"] = spec.clone();
        lease
    }

    #[tokio::test]
    async fn collects_what_servers_have_not_renewed_in_time() {
        let clock = ManualClock::new(NOW * 1000);
        let (_folder, server) = server(&clock).await;
        let lasting = |seconds: i64| {
            let renewed = Time::new(NOW, 0).rfc3339_micro();
            json!({"holderIdentity": "a", "leaseDurationSeconds": seconds, "renewTime": renewed})
        };
        let all = [
            lease("brief", "kube-apiserver", &lasting(60)),
            lease("long", "kube-apiserver", &lasting(3600)),
            lease("boundless", "kube-apiserver", &json!({"holderIdentity": "a"})),
            lease("other", "other-apiserver", &lasting(60)),
        ];
        for lease in &all {
            server.post(COLLECTION, lease).await.unwrap();
        }
        let left = async || {
            collect(&server).await.unwrap();
            let leases = server.get(COLLECTION).await.unwrap().unwrap();
            let name = |lease: &Value| lease["metadata"]["name"].as_str().unwrap().to_owned();
            leases["items"].as_array().unwrap().iter().map(name).collect::<Vec<_>>()
        };
        clock.advance(60_000);
        assert_eq!(left().await, ["brief", "long", "other"], "it lasts to the end of its time");
        clock.advance(1);
        assert_eq!(left().await, ["long", "other"]);
        clock.advance(3_600_000);
        assert_eq!(left().await, ["other"]);
    }

    #[tokio::test]
    async fn spares_one_that_was_renewed_since() {
        let clock = ManualClock::new(NOW * 1000);
        let (_folder, server) = server(&clock).await;
        let renewed = Time::new(NOW, 0).rfc3339_micro();
        let spec = json!({"holderIdentity": "a", "leaseDurationSeconds": 60, "renewTime": renewed});
        server.post(COLLECTION, &lease("a", "kube-apiserver", &spec)).await.unwrap();
        let path = format!("{COLLECTION}/a");
        delete(&server, &path).await.unwrap();
        assert!(server.get(&path).await.unwrap().is_some());
        clock.advance(60_001);
        delete(&server, &path).await.unwrap();
        assert!(server.get(&path).await.unwrap().is_none());
        delete(&server, &path).await.unwrap();
    }
}
