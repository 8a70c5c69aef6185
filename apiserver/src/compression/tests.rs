use std::io::Read as _;
use std::sync::Arc;
use std::time::Duration;

use flate2::read::{GzDecoder, MultiGzDecoder};
use pintle_engine::{RequestInfo, Value};
use pintle_storage::cache::CacheOptions;
use pintle_storage::{EmbeddedStore, ManualClock, Store, embedded};
use serde_json::json;

use super::*;
use crate::registry::{Layout, Registry};
use crate::rest::{ApiRequest, Rest};

const ON: Gates = Gates { answers: true, watch_lists: true };
const MAPS: &str = "/api/v1/namespaces/n/configmaps";
const WATCH_LIST: &str = "watch=1&timeoutSeconds=1&sendInitialEvents=true\
                          &resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true";
const JSON: &str = "application/json";
const PROTOBUF: &str = "application/vnd.kubernetes.protobuf";

struct World {
    rest: Rest,
    _folder: tempfile::TempDir,
}

/// Content encoding, what it varies by, and body.
type Answer = (String, Vec<String>, Bytes);

impl World {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = EmbeddedStore::open(folder.path(), embedded::Options::default()).unwrap();
        let rows = pintle_resources::RESOURCES;
        let store = Arc::new(store) as Arc<dyn Store>;
        let registry = Registry::new(store, Layout::DEFAULT, rows, &CacheOptions::default());
        registry.wait_ready(Duration::from_mins(1)).await.unwrap();
        Self { rest: Rest::new(registry, Arc::new(ManualClock::new(0))), _folder: folder }
    }

    /// Sends `METHOD target`, for an answer in a form and, if there is one, a coding.
    async fn ask(&self, line: &str, form: &str, coding: &str, body: &Value, on: Gates) -> Answer {
        let (method, target) = line.split_once(' ').unwrap();
        let mut request = http::Request::builder().method(method).uri(target);
        for (name, value) in [("accept", form), ("accept-encoding", coding), ("content-type", JSON)]
        {
            request = request.header(name, value);
        }
        let (parts, ()) = request.body(()).unwrap().into_parts();
        let query = parts.uri.query().unwrap_or_default();
        let info = RequestInfo::parse(method, parts.uri.path(), query).unwrap();
        let zips = is_accepted(&parts.headers);
        let body = body::full(body.to_string());
        let mut response =
            self.rest.handle(ApiRequest { info, user: Arc::default(), parts, body }).await;
        if zips {
            response = apply(response, on).await;
        }
        let (parts, body) = response.into_parts();
        let coding = parts.headers.get(CONTENT_ENCODING);
        let coding = coding.map(|coding| coding.to_str().unwrap().to_owned()).unwrap_or_default();
        let vary = parts.headers.get_all(VARY).iter();
        let vary = vary.map(|vary| vary.to_str().unwrap().to_owned()).collect();
        (coding, vary, body::read(body, usize::MAX).await.unwrap())
    }

    async fn put(&self, name: &str, size: usize) {
        let body = map(name, size);
        let line = format!("POST {MAPS}");
        let (_, _, answer) = self.ask(&line, JSON, "", &body, ON).await;
        if answer.starts_with(b"{\"kind\":\"Status\"") {
            self.ask(&format!("PUT {MAPS}/{name}"), JSON, "", &body, ON).await;
        }
    }

    /// Changes the map until an answer has a length.
    async fn fit(&self, line: &str, form: &str, length: usize) {
        let mut size = length - 4000;
        loop {
            self.put("fitted", size).await;
            let found = self.ask(line, form, "", &Value::Null, ON).await.2.len();
            if found == length {
                return;
            }
            size = size + length - found;
        }
    }
}

fn map(name: &str, size: usize) -> Value {
    let text: String = "0123456789abcdefgh".chars().cycle().take(size).collect();
    json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": name}, "data": {"k": text}})
}

fn unzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut decoder = GzDecoder::new(bytes);
    decoder.read_to_end(&mut out).unwrap();
    assert!(decoder.into_inner().is_empty(), "there is one member");
    out
}

/// As stock v1.37.1 answers these headers before an answer of 200,435 bytes.
#[test]
fn gzip_is_named_as_upstream_expects_it() {
    #[track_caller]
    fn check(codings: &[&'static str], accepted: bool) {
        let values = codings.iter().map(|value| (ACCEPT_ENCODING, HeaderValue::from_static(value)));
        let mut headers = HeaderMap::new();
        values.for_each(|(name, value)| _ = headers.append(name, value));
        assert_eq!(is_accepted(&headers), accepted, "{codings:?}");
    }
    check(&[], false);
    check(&["gzip"], true);
    check(&["deflate, gzip"], true);
    check(&["br,\tgzip ,x"], true);
    check(&["gzip", "br"], true);
    check(&["br", "gzip"], false);
    for other in ["GZIP", "gzip;q=1", "gzip;q=0", "*", "x-gzip", "identity"] {
        check(&[other], false);
    }
}

/// As stock v1.37.1 answers, to the byte.
#[tokio::test]
async fn answers_of_more_than_128_kib_are_compressed() {
    let world = World::new().await;
    for form in [JSON, "application/yaml", PROTOBUF] {
        for target in [MAPS, &format!("{MAPS}/fitted")] {
            for (length, coding) in [(131_072, ""), (131_073, "gzip")] {
                let line = format!("GET {target}");
                world.fit(&line, form, length).await;
                let answer = world.ask(&line, form, "gzip", &Value::Null, ON).await;
                assert_eq!(answer.0, coding, "{form} {target} {length}");
                assert_eq!(
                    answer.1,
                    if coding.is_empty() { &[][..] } else { &["Accept-Encoding"] }
                );
            }
        }
    }
}

/// As stock v1.37.1 answers.
#[tokio::test]
async fn what_is_compressed_says_what_the_plain_answer_says() {
    let world = World::new().await;
    for at in 0..100 {
        world.put(&format!("m{at}"), 1000 + 30 * at).await;
    }
    world.put("z", 200_000).await;
    let table = "application/json;as=Table;v=v1;g=meta.k8s.io";
    let partial = "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io";
    let dry = format!("POST {MAPS}?dryRun=All");
    let (new, long_name) = (map("two", 200_001), map(&"x".repeat(300_000), 1));
    let mut other = map("m1", 0);
    other["data"] = Value::Null;
    for (line, form, body, coding) in [
        (&*format!("GET {MAPS}"), JSON, &Value::Null, "gzip"),
        (&format!("GET {MAPS}"), "application/yaml", &Value::Null, "gzip"),
        (&format!("GET {MAPS}"), PROTOBUF, &Value::Null, "gzip"),
        (&format!("GET {MAPS}?pretty=true"), JSON, &Value::Null, "gzip"),
        (&format!("GET {MAPS}?limit=101"), JSON, &Value::Null, "gzip"),
        (&format!("GET {MAPS}?limit=50"), JSON, &Value::Null, ""),
        (&format!("GET {MAPS}"), table, &Value::Null, ""),
        (&format!("GET {MAPS}?includeObject=Object"), table, &Value::Null, "gzip"),
        (&format!("GET {MAPS}/z?includeObject=Object"), table, &Value::Null, "gzip"),
        (&format!("GET {MAPS}"), partial, &Value::Null, ""),
        (&format!("PUT {MAPS}/z"), JSON, &map("z", 200_000), "gzip"),
        (&format!("PUT {MAPS}/m1"), JSON, &other, ""),
        (&format!("POST {MAPS}"), JSON, &long_name, "gzip"),
    ] {
        let plain = world.ask(line, form, "", body, ON).await;
        assert_eq!((plain.0.as_str(), plain.1.len()), ("", 0), "{line} {form}");
        let answer = world.ask(line, form, "gzip", body, ON).await;
        assert_eq!(answer.0, coding, "{line} {form}");
        if coding.is_empty() {
            assert!(answer.2 == plain.2, "{line} {form}");
        } else {
            assert!(unzip(&answer.2) == plain.2, "{line} {form}");
        }
    }
    assert_eq!(world.ask(&dry, JSON, "gzip", &new, ON).await.0, "gzip");
    let off = Gates { answers: false, watch_lists: false };
    let list = format!("GET {MAPS}");
    assert_eq!(world.ask(&list, JSON, "gzip", &Value::Null, off).await.0, "");
    let watch = format!("{list}?{WATCH_LIST}");
    assert_eq!(world.ask(&watch, JSON, "gzip", &Value::Null, off).await.0, "");
}

/// As stock v1.37.1 answers.
#[tokio::test]
async fn of_watches_those_that_begin_with_a_list_are_compressed() {
    let world = World::new().await;
    world.put("m", 3000).await;
    let plain = "watch=1&timeoutSeconds=1";
    let unmarked = WATCH_LIST.replace("&allowWatchBookmarks=true", "");
    let later = WATCH_LIST.replace("=true&res", "=false&res");
    let list = [(JSON, WATCH_LIST, "gzip"), (PROTOBUF, WATCH_LIST, "gzip")];
    let from_any = format!("{plain}&resourceVersion=0");
    let others = [plain, &from_any, &unmarked, &later].map(|query| (JSON, query, ""));
    let checks = list.into_iter().chain(others).map(async |(form, query, coding)| {
        let line = format!("GET {MAPS}?{query}");
        let plain = world.ask(&line, form, "", &Value::Null, ON);
        let (answer, plain) =
            futures::join!(world.ask(&line, form, "gzip", &Value::Null, ON), plain);
        assert_eq!((answer.0.as_str(), plain.0.as_str()), (coding, ""), "{query}");
        let mut out = Vec::new();
        let read = MultiGzDecoder::new(&*answer.2).read_to_end(&mut out);
        assert!(if coding.is_empty() {
            answer.2 == plain.2
        } else {
            read.is_ok() && out == plain.2
        });
    });
    futures::future::join_all(checks).await;
}

#[test]
fn all_data_of_a_frame_stands_before_its_last_block() {
    for length in [1, 1000, 16_384, 32_768, 40_000, 50_000, 65_536, 200_000] {
        // What cannot be packed fills the encoder's own buffers.
        let mut random: u32 = 1;
        let bytes: Vec<u8> = std::iter::repeat_with(|| {
            random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            random.to_le_bytes()[3]
        })
        .take(length)
        .collect();
        let member = member(&bytes).unwrap();
        assert_eq!(unzip(&member), bytes);
        let end = member.len() - b"\x03\0".len() - 8;
        assert_eq!(member[end - 4..end + 2], [0, 0, 0xff, 0xff, 3, 0], "{length}");
    }
}

#[tokio::test]
async fn a_body_that_breaks_is_not_ended_well() {
    let pieces = || [Ok(Bytes::from(vec![b'a'; THRESHOLD])), Err("broken".into())];
    for longer in [true, false] {
        let more = longer.then(|| Ok("b".into()));
        let pieces = more.into_iter().chain(pieces());
        let pieces: Vec<_> = pieces.collect();
        let mut response = Response::new(body::stream(stream::iter(pieces)));
        mark_document(&mut response);
        let response = apply(response, ON).await;
        assert_eq!(response.headers().contains_key(CONTENT_ENCODING), longer);
        assert!(body::read(response.into_body(), usize::MAX).await.is_err());
    }
}
