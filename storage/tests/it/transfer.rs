//! Embedded stores moved into real etcd processes and back.

use std::sync::Arc;

use bytes::Bytes;
use pintle_storage::embedded::{EmbeddedStore, Options, Trouble, check, export, import};
use pintle_storage::{KeyValue, Op, Range, Store, SystemClock, Txn};

use crate::etcd::put;
use crate::members::{Etcd, program};

fn all() -> Range {
    Range { start: Bytes::from_static(b"\0"), end: Bytes::from_static(b"\xff"), ..Range::default() }
}

/// What must not change: keys and values in the order of their last change, and who has a lease.
fn ordered(mut kvs: Vec<KeyValue>) -> Vec<(Bytes, Bytes, bool)> {
    kvs.sort_by_key(|kv| kv.mod_revision);
    kvs.into_iter().map(|kv| (kv.key, kv.value, kv.lease != 0)).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn moves_a_store_into_etcd_and_back() {
    let Some(program) = program() else { return };
    let etcd = Etcd::start(program, &[]);
    let remote = etcd.store().await;
    let folder = tempfile::tempdir().unwrap();
    let (first, second) = (folder.path().join("first"), folder.path().join("second"));
    let options = Options { clock: Arc::new(SystemClock), ..Options::default() };
    let store = EmbeddedStore::open(&first, options.clone()).unwrap();
    let lease = store.grant_lease(5000).await.unwrap();
    for n in (0..300).rev() {
        let key = format!("/registry/things/{}", n % 250);
        put(&store, &key, &format!("value {n}")).await.unwrap();
    }
    let put_leased = |name: &str| Op::Put { key: name.to_owned().into(), value: "x".into(), lease };
    let success = vec![put_leased("/registry/events/a"), put_leased("/registry/events/b")];
    store.txn(Txn { success, ..Txn::default() }).await.unwrap();
    put(&store, "compact_rev_key", "17").await.unwrap();
    let mut before = store.range(all()).await.unwrap();
    before.kvs.retain(|kv| kv.key != "compact_rev_key");
    drop(store);

    let moved = export(&first, &remote).await.unwrap();
    assert_eq!((moved.keys, moved.leases, moved.from_revision), (252, 1, before.revision));
    let there = remote.range(all()).await.unwrap();
    assert_eq!(ordered(there.kvs.clone()), ordered(before.kvs));
    let granted = there.kvs.iter().find(|kv| kv.lease != 0).unwrap().lease;
    let left = remote.lease_seconds_left(granted).await.unwrap().unwrap();
    assert!((4900..=5000).contains(&left), "{left}");
    let again = export(&first, &remote).await;
    assert!(matches!(again, Err(Trouble::EtcdNotEmpty(_))), "{again:?}");

    let back = import(&remote, &second).await.unwrap();
    assert_eq!((back.keys, back.leases), (252, 1));
    assert_eq!((back.from_revision, back.to_revision), (there.revision, there.revision));
    let again = import(&remote, &second).await;
    assert!(matches!(again, Err(Trouble::NotEmpty(_))), "{again:?}");
    assert_eq!(check(&second).unwrap().keys, 252);
    let store = EmbeddedStore::open(&second, options).unwrap();
    assert_eq!(store.range(all()).await.unwrap().kvs, there.kvs, "with revisions and versions");
    assert_eq!(put(&store, "next", "1").await, Ok(there.revision + 1));
    let leased = Range { start: "/registry/events/a".into(), ..Range::default() };
    assert_eq!(store.range(leased.clone()).await.unwrap().count, 1);
    store.revoke_lease(granted).await.unwrap();
    assert_eq!(store.range(leased).await.unwrap().count, 0, "leases keep their names");
}
