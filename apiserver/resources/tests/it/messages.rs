//! What wrong writes are told.

use pintle_api::catalog;
use pintle_engine::decode::{self, Target};
use pintle_engine::defaults::Defaulter;
use pintle_engine::negotiate::Encoding;
use pintle_engine::options::FieldValidation;
use pintle_engine::{Context, Scope, Status, User, meta, write};
use pintle_machinery::{Value, merge_patch};

use crate::row;

/// Writes, and what upstream said to each.
const MESSAGES: &str = include_str!("../goldens/messages.json");
/// The same of the groups core, apps and batch.
const WORKLOADS: &str = include_str!("../goldens/workload_messages.json");
/// The same of pods, their volumes and other core kinds, with every rule broken once.
const CORE: &str = include_str!("../goldens/core_messages.json");
/// The same of devices.
const DEVICES: &str = include_str!("../goldens/device_messages.json");
static DEFAULTER: Defaulter = Defaulter::new(pintle_resources::defaults::rule);

#[test]
fn workload_messages_are_those_of_upstream() {
    let cases: Vec<Value> = serde_json::from_str(WORKLOADS).unwrap();
    let wrong: Vec<String> = cases.iter().filter_map(difference).collect();
    assert!(wrong.is_empty(), "{} of {}\n{}", wrong.len(), cases.len(), wrong.join("\n\n"));
}

#[test]
fn core_messages_are_those_of_upstream() {
    let cases: Vec<Value> = serde_json::from_str(CORE).unwrap();
    let wrong: Vec<String> = cases.iter().filter_map(difference).collect();
    assert!(wrong.is_empty(), "{} of {}\n{}", wrong.len(), cases.len(), wrong.join("\n\n"));
}

#[test]
fn device_messages_are_those_of_upstream() {
    let cases: Vec<Value> = serde_json::from_str(DEVICES).unwrap();
    let wrong: Vec<String> = cases.iter().filter_map(difference).collect();
    assert!(wrong.is_empty(), "{} of {}\n{}", wrong.len(), cases.len(), wrong.join("\n\n"));
}

#[test]
fn messages_are_those_of_upstream() {
    let cases: Vec<Value> = serde_json::from_str(MESSAGES).unwrap();
    let wrong: Vec<String> = cases.iter().filter_map(difference).collect();
    assert!(wrong.is_empty(), "{} of {}\n{}", wrong.len(), cases.len(), wrong.join("\n\n"));
}

fn difference(case: &Value) -> Option<String> {
    let text = |field: &str| case[field].as_str().unwrap_or_default();
    let own = match write_of(case) {
        Ok(_) => String::new(),
        Err(status) => status.message,
    };
    let same = own == text("message");
    (!same).then(|| format!("{}\n  own: {own}\n  wanted: {}", text("name"), text("message")))
}

/// The object that a case's write makes.
pub(crate) fn write_of(case: &Value) -> Result<Value, Status> {
    let text = |field: &str| case[field].as_str().unwrap_or_default();
    let (group, version) = meta::split_api_version(text("gv"));
    let served =
        catalog().resource(group, version, text("plural")).expect("goldens name served resources");
    let scope =
        Scope::new(served, row(group, text("plural"))).expect("served resources have kinds");
    let user = User { name: "admin".into(), ..User::default() };
    let ctx = Context {
        now: 0,
        user: &user,
        namespace: text("namespace"),
        name: "",
        subresource: text("subresource"),
        random: 1,
        dry_run: true,
    };
    let decode = |tree: &Value| {
        let target = Target { defaulter: &DEFAULTER, ..Target::from(scope.kind) };
        let bytes = serde_json::to_vec(tree).expect("trees are JSON");
        decode::body(&target, &bytes, Encoding::Json, FieldValidation::Strict)
            .map(|decoded| scope.complete(decoded.object, ctx.now))
    };
    if case.get("body").is_some() {
        let mut object = decode(&case["body"])?;
        write::fill(&mut object, &ctx);
        return write::before_create(&scope, &ctx, &mut object).map(|_| object);
    }
    let old = decode(&case["old"])?;
    let mut patched = case["old"].clone();
    merge_patch::apply(&mut patched, case["patch"].clone()).expect("goldens patch with objects");
    let mut object = decode(&patched)?;
    write::before_update(&scope, &ctx, &mut object, &old).map(|_| object)
}
