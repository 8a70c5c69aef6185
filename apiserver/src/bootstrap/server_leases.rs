//! The servers of a cluster, as they tell each other in the store: one key each that lives for
//! fifteen seconds (`controlplane/reconcilers.storageLeases`,
//! `apiserver/pkg/reconcilers.peerEndpointLeases`).

use std::sync::Arc;

use bytes::Bytes;
use pintle_api::codec::protobuf::{self, Envelope};
use pintle_api::{Kind, catalog};
use pintle_engine::Value;
use pintle_storage::{Compare, Error, Op, Range, Store, Txn, prefix_end};
use serde_json::json;

/// How long a server counts that says nothing more (`reconcilers.DefaultEndpointReconcilerTTL`).
const TTL_SECONDS: i64 = 15;

/// The leases below one prefix.
#[derive(Clone)]
pub struct ServerLeases {
    store: Arc<dyn Store>,
    prefix: String,
}

impl std::fmt::Debug for ServerLeases {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ServerLeases").field("prefix", &self.prefix).finish_non_exhaustive()
    }
}

impl ServerLeases {
    /// The servers behind the service `kubernetes`, by address.
    pub fn of_service(store: Arc<dyn Store>, prefix: &str) -> Self {
        Self::below(store, prefix, "masterleases")
    }

    /// The servers as they reach each other, by identity.
    pub fn of_peers(store: Arc<dyn Store>, prefix: &str) -> Self {
        Self::below(store, prefix, "peerserverleases")
    }

    fn below(store: Arc<dyn Store>, prefix: &str, folder: &str) -> Self {
        Self { store, prefix: format!("{}/{folder}/", prefix.trim_end_matches('/')) }
    }

    fn key(&self, name: &str) -> Bytes {
        format!("{}{name}", self.prefix).into()
    }

    /// Writes the key anew on a lease of its own. The generation counts the writes.
    pub(super) async fn renew(
        &self,
        name: &str,
        subset: Value,
        labels: Option<Value>,
    ) -> Result<(), Error> {
        let key = self.key(name);
        loop {
            let found = self.store.range(Range { start: key.clone(), ..Range::default() }).await?;
            let (expected, before) = match found.kvs.first() {
                Some(kv) => (kv.mod_revision, decode(&kv.value)),
                None => (0, None),
            };
            let mut object = before.unwrap_or_else(|| json!({"metadata": {}}));
            let generation = object["metadata"]["generation"].as_i64().unwrap_or(0) + 1;
            object["metadata"]["generation"] = generation.into();
            if let Some(labels) = &labels {
                object["metadata"]["labels"] = labels.clone();
            }
            object["subsets"] = json!([subset]);
            let lease = self.store.grant_lease(TTL_SECONDS).await?;
            let put = Op::Put { key: key.clone(), value: encode(&object), lease };
            let compare = vec![Compare { key: key.clone(), mod_revision: expected }];
            let txn = Txn { compare, success: vec![put], failure: Vec::new() };
            if self.store.txn(txn).await?.succeeded {
                return Ok(());
            }
        }
    }

    /// Removes the key; false if there was none.
    pub(super) async fn remove(&self, name: &str) -> Result<bool, Error> {
        let success = vec![Op::Delete { key: self.key(name) }];
        let done = self.store.txn(Txn { success, ..Txn::default() }).await?;
        Ok(done.responses.into_iter().flatten().next().is_some())
    }

    /// First address of each server.
    pub(super) async fn addresses(&self) -> Result<Vec<String>, Error> {
        let start = Bytes::from(self.prefix.clone());
        let end = prefix_end(&start);
        let found = self.store.range(Range { start, end, ..Range::default() }).await?;
        let address = |value: &Bytes| {
            let object = decode(value)?;
            let ip = object["subsets"][0]["addresses"][0]["ip"].as_str()?;
            (!ip.is_empty()).then(|| ip.to_owned())
        };
        Ok(found.kvs.iter().filter_map(|kv| address(&kv.value)).collect())
    }
}

/// `None` if it is nothing that a server wrote.
fn decode(value: &[u8]) -> Option<Value> {
    let envelope = Envelope::read(value).ok()?;
    protobuf::decode(kind().message, envelope.raw).ok()
}

fn encode(object: &Value) -> Bytes {
    let raw = protobuf::encode(kind().message, object);
    Envelope::new("v1", "Endpoints", &raw).write().into()
}

fn kind() -> &'static Kind {
    catalog().kind("", "v1", "Endpoints").expect("the catalog has every kind of core/v1")
}

#[cfg(test)]
mod tests {
    use pintle_storage::{EmbeddedStore, embedded};

    use super::*;

    #[tokio::test]
    async fn a_server_writes_what_stock_writes() {
        let folder = tempfile::tempdir().unwrap();
        let store = EmbeddedStore::open(folder.path(), embedded::Options::default()).unwrap();
        let store: Arc<dyn Store> = Arc::new(store);
        let leases = ServerLeases::of_service(store.clone(), "/registry");
        for _ in 0..3 {
            let subset = json!({"addresses": [{"ip": "192.0.2.10"}]});
            leases.renew("192.0.2.10", subset, None).await.unwrap();
        }
        let start = Bytes::from_static(b"/registry/masterleases/192.0.2.10");
        let found = store.range(Range { start, ..Range::default() }).await.unwrap();
        let recorded: &[u8] = b"k8s\x00\n\x0f\n\x02v1\x12\tEndpoints\x12$\n\x10\n\x00\x12\x00\x1a\
            \x00\"\x00*\x002\x008\x03B\x00\x12\x10\n\x0e\n\n192.0.2.10\x1a\x00\x1a\x00\"\x00";
        assert_eq!(found.kvs[0].value, recorded);
        assert_ne!(found.kvs[0].lease, 0);
        assert_eq!(leases.addresses().await, Ok(vec!["192.0.2.10".to_owned()]));
        assert_eq!(leases.remove("192.0.2.10").await, Ok(true));
        assert_eq!(leases.remove("192.0.2.10").await, Ok(false));
    }

    #[tokio::test]
    async fn a_peer_tells_its_identity_and_port() {
        let folder = tempfile::tempdir().unwrap();
        let store = EmbeddedStore::open(folder.path(), embedded::Options::default()).unwrap();
        let store: Arc<dyn Store> = Arc::new(store);
        let leases = ServerLeases::of_peers(store.clone(), "/registry");
        let id = "apiserver-wlv32tlttr4jl3gtroqexyxapa";
        for _ in 0..3 {
            let subset = json!({
                "addresses": [{"ip": "192.0.2.10"}],
                "ports": [{"name": "https", "port": 16443, "protocol": "TCP"}],
            });
            leases.renew(id, subset, Some(json!({"apiserverIdentity": id}))).await.unwrap();
        }
        let start = Bytes::from(format!("/registry/peerserverleases/{id}"));
        let found = store.range(Range { start, ..Range::default() }).await.unwrap();
        let recorded: &[u8] = b"k8s\x00\n\x0f\n\x02v1\x12\tEndpoints\x12q\nK\n\x00\x12\x00\x1a\x00\
            \"\x00*\x002\x008\x03B\x00Z9\n\x11apiserverIdentity\x12$apiserver-wlv32tlttr4jl3gtroqex\
            yxapa\x12\"\n\x0e\n\n192.0.2.10\x1a\x00\x1a\x10\n\x05https\x10\xbb\x80\x01\x1a\x03TCP\
            \x1a\x00\"\x00";
        assert_eq!(found.kvs[0].value, recorded);
    }
}
