//! `pintle store` on folders: what it prints, and how it ends.

use std::path::Path;
use std::process::Command;

use pintle_storage::{EmbeddedStore, Op, Store, Txn, embedded};

/// Runs a command; its exit code and all that it printed.
fn store(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_pintle"))
        .arg("store")
        .args(arguments)
        .arg("--data-dir")
        .arg(folder)
        .output()
        .expect("the program starts");
    let printed = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8_lossy(&printed).into_owned())
}

#[track_caller]
fn check(folder: &Path, arguments: &[&str], code: i32, expected: &str) {
    let (found, printed) = store(folder, arguments);
    assert!(found == Some(code) && printed.contains(expected), "{found:?}: {printed}");
}

#[tokio::test]
async fn says_how_it_went_and_what_to_do() {
    let data = tempfile::tempdir().expect("a folder can be made");
    let other = tempfile::tempdir().expect("a folder can be made");
    let folder = data.path().join("store");
    let open = || EmbeddedStore::open(&folder, embedded::Options::default()).expect("it opens");
    let file = other.path().join("copy").display().to_string();
    check(data.path(), &["check"], 1, "store: there is no store here; name the folder that");
    let running = open();
    let put = Op::Put { key: "a".into(), value: vec![7; 2000].into(), lease: 0 };
    running.txn(Txn { success: vec![put], ..Txn::default() }).await.expect("it is written");
    check(data.path(), &["check"], 1, "store is in use by another process; stop it first");
    check(data.path(), &["snapshot", &file], 0, "copy: ");
    check(data.path(), &["snapshot", &file], 1, "copy: there is something here already; name");
    drop(running);
    check(data.path(), &["check"], 0, "store: sound: revision 2, history from 0, 1 keys");
    check(data.path(), &["restore", &file], 1, "store: there is something here already; name");
    check(other.path(), &["restore", &file], 0, "store: restored: revision 2");
    let path = folder.join("store.redb");
    let mut bytes = std::fs::read(&path).expect("it is there");
    let at = bytes.windows(9).position(|window| window == [7; 9]).expect("the value is there");
    bytes[at] ^= 1;
    std::fs::write(&path, bytes).expect("it can be written");
    let page = at / 4096 * 4096;
    let place = format!("store.redb: at byte {page}, in the 4096 bytes from there: a page does");
    check(data.path(), &["check"], 1, &place);
    drop(EmbeddedStore::open(&folder, embedded::Options::default()).err().expect("it is damaged"));
    check(data.path(), &["check"], 1, &place);
}
