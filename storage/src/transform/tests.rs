//! Transformers, and stores that values reach through one.

use super::*;
use crate::clock::ManualClock;
use crate::embedded::{EmbeddedStore, Options};
use crate::suite::{Backend, CASES};

/// Mixes a byte, and the key's length, into the value; refuses what another byte has mixed.
struct Mixed(u8);

impl Transformer for Mixed {
    fn transform_to_storage(&self, key: &[u8], value: &Bytes) -> Result<Bytes, Error> {
        let mask = self.0 ^ key.len() as u8;
        Ok([self.0].into_iter().chain(value.iter().map(|byte| byte ^ mask)).collect())
    }

    fn transform_from_storage(&self, key: &[u8], stored: &Bytes) -> Result<Plain, Error> {
        let mask = self.0 ^ key.len() as u8;
        if stored.first() != Some(&self.0) {
            return Err(Error::Refused(format!("not mixed by {}", self.0)));
        }
        let value = stored[1..].iter().map(|byte| byte ^ mask).collect();
        Ok(Plain { value, stale: false })
    }
}

fn prefixed(parts: &[(&'static str, u8)]) -> Arc<dyn Transformer> {
    let part = |(prefix, byte): &(&'static str, u8)| -> (Bytes, Arc<dyn Transformer>) {
        let transformer: Arc<dyn Transformer> =
            if *byte == 0 { Arc::new(Identity) } else { Arc::new(Mixed(*byte)) };
        ((*prefix).into(), transformer)
    };
    Arc::new(Prefixed(parts.iter().map(part).collect()))
}

struct Wrapped(tempfile::TempDir, ManualClock);

impl Backend for Wrapped {
    fn open(&self) -> BoxFuture<'_, Result<Arc<dyn Store>, Error>> {
        Box::pin(async move {
            let clock = Arc::new(self.1.clone());
            let housekeeping = std::time::Duration::from_millis(5);
            let options = Options { clock, housekeeping, ..Options::default() };
            let store = Arc::new(EmbeddedStore::open(self.0.path(), options)?);
            let transformer = prefixed(&[("k8s:enc:mix:v1:", 7)]);
            Ok(Arc::new(Transformed::new(store, transformer)) as Arc<dyn Store>)
        })
    }

    fn pass(&self, seconds: i64) -> BoxFuture<'_, ()> {
        self.1.advance(seconds * 1000);
        Box::pin(async {})
    }

    fn exclusive(&self) -> bool {
        true
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn keeps_the_contract() {
    for (name, case) in CASES {
        // What is stored is longer than what is written, and so reaches the limit sooner.
        if !name.contains("too large") {
            case(&Wrapped(tempfile::tempdir().unwrap(), ManualClock::new(1_000_000))).await;
        }
    }
}

#[test]
fn reads_what_any_wrote_and_calls_it_stale_unless_the_first_did() {
    #[track_caller]
    fn check(parts: &[(&'static str, u8)], stored: &[u8], expected: Result<(&str, bool), &str>) {
        let found = prefixed(parts).transform_from_storage(b"k", &Bytes::copy_from_slice(stored));
        let expected = expected
            .map(|(value, stale)| Plain { value: value.to_owned().into(), stale })
            .map_err(|text| Error::Refused(text.to_owned()));
        assert_eq!(found, expected);
    }
    let by = |parts: &[(&'static str, u8)]| {
        prefixed(parts).transform_to_storage(b"k", &"abc".into()).unwrap()
    };
    let (first, second) = (("k8s:enc:mix:v1:", 7), ("k8s:enc:mix:v1:", 9));
    let new = by(&[first, second, ("", 0)]);
    let old = by(&[second]);
    assert!(new.starts_with(b"k8s:enc:mix:v1:\x07"), "{new:?}");
    check(&[first, second, ("", 0)], &new, Ok(("abc", false)));
    check(&[first, second, ("", 0)], &old, Ok(("abc", true)));
    check(&[first, ("", 0)], b"k8s\0abc", Ok(("k8s\0abc", true)));
    check(&[("", 0), first], b"k8s\0abc", Ok(("k8s\0abc", false)));
    check(&[("", 0), first], &new, Ok(("abc", true)));
    check(&[first, ("", 0)], &old, Err("not mixed by 7"));
    let unmatched = "the provided value does not match any of the supported transformers";
    check(&[("", 0)], &new, Err(unmatched));
    check(&[("k8s:enc:other:v1:", 3)], &new, Err(unmatched));
}

#[test]
fn leaves_values_as_they_are_unless_they_are_encrypted() {
    let value = Bytes::from_static(b"k8s\0abc");
    let stored = Identity.transform_to_storage(b"k", &value).unwrap();
    assert_eq!(stored.as_ptr(), value.as_ptr(), "nothing is copied");
    assert_eq!(Identity.transform_from_storage(b"k", &stored), Ok(Plain { value, stale: false }));
    let text = "identity transformer tried to read encrypted data";
    let refused = Identity.transform_from_storage(b"k", &Bytes::from_static(b"k8s:enc:mix:v1:x"));
    assert_eq!(refused, Err(Error::Refused(text.into())));
}

#[tokio::test]
async fn a_stale_value_is_stale_until_it_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let below: Arc<dyn Store> =
        Arc::new(EmbeddedStore::open(folder.path(), Options::default()).unwrap());
    let put = || {
        let op = Op::Put { key: "k".into(), value: "abc".into(), lease: 0 };
        Txn { success: vec![op], ..Txn::default() }
    };
    let old = below.txn(put()).await.unwrap().revision;
    let store = Transformed::new(below.clone(), prefixed(&[("k8s:enc:mix:v1:", 7), ("", 0)]));
    let read = Range { start: "k".into(), ..Range::default() };
    assert_eq!(store.range(read.clone()).await.unwrap().kvs[0].value, "abc");
    assert!(store.is_stale(&"k".into(), old));
    let new = store.txn(put()).await.unwrap().revision;
    assert_eq!(store.range(read.clone()).await.unwrap().kvs[0].value, "abc");
    assert!(!store.is_stale(&"k".into(), new) && !store.is_stale(&"k".into(), old));
    assert!(below.range(read).await.unwrap().kvs[0].value.starts_with(ENCRYPTED));
}
