//! Checking, copying and filling folders of stores.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::super::disk::FILE;
use super::super::file::{FLAGS_AT, UNCLEAN};
use super::super::tools::lock;
use super::super::{Report, Trouble, check, restore, take_snapshot};
use super::*;

/// A closed store of a few keys with a lease and something compacted.
async fn small() -> Embedded {
    let backend = Embedded::new();
    let store = backend.store().unwrap();
    let lease = store.grant_lease(1_000_000_000).await.unwrap();
    for n in 0..20_u8 {
        put(&store, &format!("key-{}", n % 5), &[n; 300]).await.unwrap();
    }
    let success = vec![
        Op::Put { key: "leased".into(), value: "x".into(), lease },
        Op::Delete { key: "key-0".into() },
    ];
    store.txn(Txn { success, ..Txn::default() }).await.unwrap();
    store.compact(10).await.unwrap();
    put(&store, "last", b"1").await.unwrap();
    backend
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[tokio::test]
async fn reports_what_a_store_holds_and_leaves_it_alone() {
    let backend = small().await;
    let path = backend.folder.path().join(FILE);
    let before = std::fs::read(&path).unwrap();
    let report = check(backend.folder.path()).unwrap();
    let Report { revision, compacted, keys, leases, .. } = report;
    assert_eq!((revision, compacted, keys, leases), (23, 10, 6, 1));
    assert_eq!(report.file_bytes, before.len() as u64);
    assert_eq!(std::fs::read(&path).unwrap(), before);
    assert_eq!(check(backend.folder.path()).unwrap(), report);
}

#[tokio::test]
async fn copies_a_closed_store_and_restores_it() {
    let backend = small().await;
    let other = Embedded::new();
    let file = other.folder.path().join("copy");
    let target = other.folder.path().join("restored");
    let bytes = take_snapshot(backend.folder.path(), &file).unwrap();
    assert_eq!(file.metadata().unwrap().len(), bytes);
    let restored = restore(&file, &target).unwrap();
    let original = check(backend.folder.path()).unwrap();
    let same = |report: Report| Report { file_bytes: 0, ..report };
    assert_eq!(same(restored), same(original));
    let before = contents(&backend.store().unwrap(), 10).await;
    let store = EmbeddedStore::open(&target, options(&backend.clock)).unwrap();
    assert_eq!(contents(&store, 10).await, before);
    assert_eq!(store.grant_lease(1).await, Ok(2), "leases are counted on");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn copies_an_open_store_as_of_one_moment_while_it_is_written() {
    let backend = Embedded::new();
    let store = Arc::new(backend.store().unwrap());
    let stop = Arc::new(AtomicBool::new(false));
    let writers: Vec<_> = (0..4)
        .map(|writer| {
            let (store, stop) = (store.clone(), stop.clone());
            tokio::spawn(async move {
                let mut n = 0_u32;
                while !stop.load(Ordering::SeqCst) {
                    let value = vec![n as u8; 2000];
                    put(&store, &format!("{writer}/{}", n % 40), &value).await.unwrap();
                    n += 1;
                }
            })
        })
        .collect();
    let out = tempfile::tempdir().unwrap();
    for round in 0..5 {
        let file = out.path().join(format!("copy-{round}"));
        let folder = backend.folder.path().to_owned();
        let target = file.clone();
        let taken = tokio::task::spawn_blocking(move || take_snapshot(&folder, &target));
        taken.await.unwrap().unwrap();
        let target = out.path().join(format!("restored-{round}"));
        let report = restore(&file, &target).unwrap();
        let revision = report.revision;
        let all = Range { start: "\0".into(), end: "~".into(), ..Range::default() };
        let expected = store.range(Range { revision, ..all.clone() }).await.unwrap();
        let copy = EmbeddedStore::open(&target, options(&backend.clock)).unwrap();
        assert_eq!(copy.range(all).await.unwrap().kvs, expected.kvs);
    }
    stop.store(true, Ordering::SeqCst);
    for writer in writers {
        writer.await.unwrap();
    }
    drop(Arc::into_inner(store).unwrap());
    assert_eq!(names(backend.folder.path()), ["acknowledged", "lock", FILE]);
}

#[track_caller]
fn refused<T: std::fmt::Debug>(done: Result<T, Trouble>, expected: &str) {
    let trouble = done.unwrap_err();
    let text = format!("{trouble}; {}", trouble.advice());
    assert!(text.contains(expected), "{text}");
}

#[tokio::test]
async fn says_why_it_cannot() {
    let backend = small().await;
    let folder = backend.folder.path();
    let out = tempfile::tempdir().unwrap();
    let copy = out.path().join("copy");
    take_snapshot(folder, &copy).unwrap();
    refused(take_snapshot(folder, &copy), "copy: there is something here already");
    refused(restore(&copy, folder), "there is something here already");
    refused(check(out.path()), "there is no store here");
    refused(take_snapshot(out.path(), &out.path().join("x")), "there is no store here");
    refused(restore(&out.path().join("none"), &out.path().join("y")), "none: No such file");
    let store = backend.store().unwrap();
    refused(check(folder), "is in use by another process; stop it first");
    drop(store);
    assert_eq!(names(out.path()), ["copy"]);
}

#[tokio::test]
async fn restores_nothing_from_a_damaged_snapshot() {
    let backend = small().await;
    let out = tempfile::tempdir().unwrap();
    let (copy, target) = (out.path().join("copy"), out.path().join("restored"));
    take_snapshot(backend.folder.path(), &copy).unwrap();
    let intact = std::fs::read(&copy).unwrap();
    let check = |bytes: &[u8], what: &str| {
        std::fs::write(&copy, bytes).unwrap();
        refused(restore(&copy, &target), "copy: at byte ");
        assert_eq!(names(&target), ["lock"], "{what}");
    };
    for length in [0, 10, 30, intact.len() / 2, intact.len() - 1] {
        check(&intact[..length], &format!("cut to {length} bytes"));
    }
    for at in (0..intact.len()).step_by(61) {
        let mut damaged = intact.clone();
        damaged[at] ^= 1 << (at % 8);
        check(&damaged, &format!("byte {at} flipped"));
    }
    check(&[&intact[..], b"x"].concat(), "with something behind it");
}

#[test]
fn a_closed_store_is_free_though_a_duplicate_of_its_lock_is_open() {
    let folder = tempfile::tempdir().unwrap();
    let held = lock(folder.path()).unwrap();
    let duplicate = held.0.try_clone().unwrap();
    assert!(matches!(lock(folder.path()), Err(Trouble::InUse(_))));
    drop(held);
    lock(folder.path()).unwrap();
    drop(duplicate);
}

#[tokio::test]
async fn a_process_that_ends_leaves_a_closed_file_though_it_still_uses_the_store() {
    let backend = Embedded::new();
    let store = Arc::new(backend.store().unwrap());
    put(&store, "key", b"value").await.unwrap();
    let unclean = || {
        let bytes = std::fs::read(backend.folder.path().join(FILE)).unwrap();
        bytes[FLAGS_AT as usize] & UNCLEAN != 0
    };
    assert!(unclean());
    store.close();
    assert!(!unclean());
    assert!(matches!(put(&store, "key", b"2").await, Err(Error::Unavailable(_))));
    drop(store);
    assert_eq!(check(backend.folder.path()).unwrap().keys, 1);
}
