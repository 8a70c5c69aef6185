//! One case: requests that set the scene, one that is looked at, and what must be true of it.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Request, Response};
use http_body_util::BodyExt;
use pintle_api::codec::yaml;
use pintle_apiserver::body::{self, Body};
use pintle_apiserver::connect;
use pintle_apiserver::registry::{DEFAULT_PREFIX, Layout, Registry};
use pintle_apiserver::reserve::{self, PortRange, Ports, Services};
use pintle_apiserver::rest::{ApiRequest, MayCreate, Rest};
use pintle_engine::admission::{Access, Authorize};
use pintle_engine::{RequestInfo, Status, User, Value};
use pintle_storage::cache::CacheOptions;
use pintle_storage::{EmbeddedStore, Op, Store, SystemClock, Txn, embedded};

/// A case as its file has it.
pub(crate) struct Case {
    pub(crate) name: String,
    /// Keys and values that are there from the start.
    stored: Vec<(String, String)>,
    given: Vec<Step>,
    step: Step,
    meanwhile: Vec<Step>,
    then: Vec<(String, Value)>,
}

/// A request.
struct Step {
    method: String,
    uri: String,
    content_type: String,
    accept: String,
    agent: String,
    body: Bytes,
}

/// Reads a file of cases.
pub(crate) fn read(file: &Path) -> Vec<Case> {
    let bytes = std::fs::read(file).expect("the case file is readable");
    let document =
        yaml::parse(&bytes).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let cases = document.value.as_array().cloned().unwrap_or_default();
    assert!(!cases.is_empty(), "{} has no cases", file.display());
    cases.iter().map(Case::from).collect()
}

impl From<&Value> for Case {
    fn from(case: &Value) -> Self {
        let steps = |field: &str| {
            let list = case[field].as_array();
            list.into_iter().flatten().map(Step::from).collect()
        };
        let then = case["then"].as_object().expect("a case says what must be true");
        Self {
            name: case["name"].as_str().expect("a case has a name").to_owned(),
            stored: case["stored"].as_object().into_iter().flatten().map(stored).collect(),
            given: steps("given"),
            step: Step::from(case),
            meanwhile: steps("meanwhile"),
            then: then.iter().map(|(key, value)| (key.clone(), value.clone())).collect(),
        }
    }
}

fn stored((key, value): (&String, &Value)) -> (String, String) {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    (key.clone(), text)
}

impl From<&Value> for Step {
    fn from(step: &Value) -> Self {
        let when = step["when"].as_str().expect("a step says when");
        let (method, uri) = when.split_once(' ').expect("method and path");
        let text = |field: &str| step[field].as_str().unwrap_or_default().to_owned();
        let body = match &step["body"] {
            Value::Null => pieces(&step["pieces"]),
            Value::String(text) => Bytes::from(text.clone()),
            tree => Bytes::from(tree.to_string()),
        };
        Self {
            method: method.to_owned(),
            uri: uri.to_owned(),
            content_type: text("type"),
            accept: text("accept"),
            agent: text("agent"),
            body,
        }
    }
}

/// A body of texts, and of texts and hexadecimal bytes that repeat.
fn pieces(list: &Value) -> Bytes {
    let mut bytes = Vec::new();
    for piece in list.as_array().into_iter().flatten() {
        let text = piece.as_str().or(piece["text"].as_str()).unwrap_or_default();
        let hex = piece["hex"].as_str().unwrap_or_default().as_bytes();
        let hex = hex.chunks(2).map(|digits| {
            let digits = std::str::from_utf8(digits).expect("hexadecimal digits");
            u8::from_str_radix(digits, 16).expect("hexadecimal digits")
        });
        let unit: Vec<u8> = text.bytes().chain(hex).collect();
        let times = piece["times"].as_u64().unwrap_or(1);
        bytes.extend(unit.repeat(usize::try_from(times).expect("a count of bytes")));
    }
    bytes.into()
}

/// What the server's threads have: deep documents need it.
const STACK_BYTES: usize = 64 << 20;

/// Runs a case, on a stack of the size that the server's threads have.
pub(crate) fn run(case: &Case) -> Result<(), String> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK_BYTES);
        let thread = thread.spawn_scoped(scope, || run_here(case));
        let thread = thread.map_err(|error| error.to_string())?;
        thread.join().unwrap_or_else(|_| Err("the case panicked".into()))
    })
}

fn run_here(case: &Case) -> Result<(), String> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| error.to_string())?;
    runtime.block_on(async {
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let rest = server(folder.path(), &case.stored).await?;
        for step in &case.given {
            let answer = Answer::of(send(&rest, step).await).await?;
            if !(200..300).contains(&answer.status) {
                return Err(format!("{} {}: {}", step.method, step.uri, answer.text()));
            }
        }
        let response = send(&rest, &case.step).await;
        let wanted = case.then.iter().find(|(key, _)| key == "events");
        let answer = match wanted {
            Some((_, events)) => {
                for step in &case.meanwhile {
                    send(&rest, step).await;
                }
                let count = events.as_array().map_or(0, Vec::len);
                Answer::frames(response, count).await?
            }
            None => Answer::of(response).await?,
        };
        check(case, &answer)
    })
}

#[derive(Debug)]
struct Anybody;

impl MayCreate for Anybody {
    fn check<'a>(
        &'a self,
        _: &'a User,
        _: &'a RequestInfo,
    ) -> futures::future::BoxFuture<'a, Result<(), Status>> {
        Box::pin(async { Ok(()) })
    }
}

impl Authorize for Anybody {
    fn allows(&self, _: &User, _: &Access<'_>) -> bool {
        true
    }
}

fn open(folder: &Path) -> Result<EmbeddedStore, String> {
    EmbeddedStore::open(folder, embedded::Options::default()).map_err(|error| error.to_string())
}

async fn server(folder: &Path, stored: &[(String, String)]) -> Result<Rest, String> {
    let mut store = open(folder)?;
    if !stored.is_empty() {
        for (key, value) in stored {
            let (key, value) = (key.clone().into(), value.clone().into());
            let success = vec![Op::Put { key, value, lease: 0 }];
            let put = store.txn(Txn { success, ..Txn::default() }).await;
            put.map_err(|error| error.to_string())?;
        }
        // What was there before a server is not of its own making.
        drop(store);
        store = open(folder)?;
    }
    let registry = Registry::new(
        Arc::new(store) as Arc<dyn Store>,
        Layout::DEFAULT,
        pintle_resources::RESOURCES,
        &CacheOptions::default(),
    );
    registry.wait_ready(Duration::from_mins(1)).await.map_err(|error| error.to_string())?;
    let ports = Ports::new(registry.store().clone(), DEFAULT_PREFIX, PortRange::DEFAULT);
    let services = Services::new(&["10.96.0.0/24".to_owned()], Arc::new(ports));
    let mut rest = Rest::new(registry, Arc::new(SystemClock));
    rest.may_create = Some(Arc::new(Anybody));
    rest.authorizer = Arc::new(Anybody);
    let quotas = pintle_admission::PLUGINS.iter().filter(|plugin| plugin.name == "ResourceQuota");
    rest.plugins = quotas.copied().collect();
    connect::register_pods(&mut rest);
    reserve::register(&mut rest, Arc::new(services));
    Ok(rest)
}

async fn send(rest: &Rest, step: &Step) -> Response<Body> {
    let mut request = Request::builder().method(step.method.as_str()).uri(step.uri.as_str());
    let content_type = match step.content_type.as_str() {
        "" if !step.body.is_empty() => "application/json",
        other => other,
    };
    for (name, value) in
        [("content-type", content_type), ("accept", &step.accept), ("user-agent", &step.agent)]
    {
        if !value.is_empty() {
            request = request.header(name, value);
        }
    }
    let (parts, ()) = request.body(()).expect("a case's request is well-formed").into_parts();
    let query = parts.uri.query().unwrap_or_default();
    let info = RequestInfo::parse(&step.method, parts.uri.path(), query)
        .expect("a case's path names a resource");
    let user = Arc::new(User { name: "admin".into(), ..User::default() });
    rest.handle(ApiRequest { info, user, parts, body: body::full(step.body.clone()) }).await
}

struct Answer {
    status: u16,
    headers: HeaderMap,
    bytes: Vec<u8>,
    events: Vec<String>,
}

impl Answer {
    async fn of(response: Response<Body>) -> Result<Self, String> {
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.map_err(|error| error.to_string())?.to_bytes().to_vec();
        Ok(Self {
            status: parts.status.as_u16(),
            headers: parts.headers,
            bytes,
            events: Vec::new(),
        })
    }

    /// Reads a watch until so many events have come.
    async fn frames(response: Response<Body>, count: usize) -> Result<Self, String> {
        let (parts, mut body) = response.into_parts();
        let mut bytes: Vec<u8> = Vec::new();
        while bytes.split(|byte| *byte == b'\n').count() <= count {
            let wait = tokio::time::timeout(Duration::from_secs(20), body.frame()).await;
            let Some(frame) = wait.map_err(|_| "an event is missing".to_owned())? else { break };
            let frame = frame.map_err(|error| error.to_string())?;
            bytes.extend_from_slice(frame.data_ref().map_or(&[], |data| data));
        }
        let lines = bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
        let events = lines
            .map(|line| {
                let event: Value = serde_json::from_slice(line).unwrap_or_default();
                let text = |path: &str| event.pointer(path).and_then(Value::as_str);
                let kind = text("/type").unwrap_or_default();
                let what = text("/object/metadata/name").or(text("/object/reason"));
                let end = "/object/metadata/annotations/k8s.io~1initial-events-end";
                let what = what.or(text(end).map(|_| "initial")).unwrap_or_default();
                format!("{kind} {what}").trim().to_owned()
            })
            .collect();
        Ok(Self { status: parts.status.as_u16(), headers: parts.headers, bytes, events })
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    fn tree(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_default()
    }
}

fn check(case: &Case, answer: &Answer) -> Result<(), String> {
    let tree = answer.tree();
    let mut problems = Vec::new();
    for (key, wanted) in &case.then {
        let found = match key.as_str() {
            "status" => Value::from(answer.status),
            "causes" => {
                let causes = tree.pointer("/details/causes").and_then(Value::as_array);
                causes.into_iter().flatten().map(|cause| cause["field"].clone()).collect()
            }
            "text" => Value::from(answer.text()),
            "events" => answer.events.clone().into(),
            "keys" => tree.as_object().map(|map| map.keys().cloned().collect()).unwrap_or_default(),
            "names" => {
                let items = tree["items"].as_array();
                items.into_iter().flatten().map(|item| item["metadata"]["name"].clone()).collect()
            }
            other => match (other.strip_prefix("header."), other.strip_prefix("body.")) {
                (Some(name), _) => {
                    let values = answer.headers.get_all(name).iter();
                    let values: Vec<_> = values.filter_map(|value| value.to_str().ok()).collect();
                    if values.is_empty() { Value::Null } else { values.join("; ").into() }
                }
                (_, Some(path)) => at(&tree, path),
                _ => tree[other].clone(),
            },
        };
        let right = match wanted.as_str() {
            Some("*") => !found.is_null(),
            Some(text) if text.starts_with('~') => {
                found.as_str().is_some_and(|found| found.contains(&text[1..]))
            }
            _ => found == *wanted,
        };
        if !right {
            problems.push(format!("{key}: wanted {wanted}, found {found}"));
        }
    }
    if problems.is_empty() {
        return Ok(());
    }
    Err(format!("{}\n{} {}", problems.join("\n"), answer.status, answer.text()))
}

/// A path such as `metadata.labels.app` or `items.0.spec`; slashes separate if there are any.
fn at(tree: &Value, path: &str) -> Value {
    let separator = if path.contains('/') { '/' } else { '.' };
    let mut value = tree;
    for part in path.split(separator) {
        value = match part.parse::<usize>() {
            Ok(index) if value.is_array() => &value[index],
            _ => &value[part],
        };
    }
    value.clone()
}
