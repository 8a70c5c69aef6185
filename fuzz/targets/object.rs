//! Whole writes: an object of any kind, and after a zero byte perhaps its successor, through
//! defaults, conversion, preparation, validation and printing.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pintle_api::catalog;
use pintle_api::codec::json;
use pintle_engine::context::{Context, User};
use pintle_engine::decode::{self, Target};
use pintle_engine::defaults::Defaulter;
use pintle_engine::negotiate::Encoding;
use pintle_engine::options::{FieldValidation, IncludeObject};
use pintle_engine::{Scope, meta, table, write};
use pintle_fuzz::kind_of;
use pintle_machinery::Value;
use pintle_resources::{RESOURCES, defaults};

static DEFAULTER: Defaulter = Defaulter::new(defaults::rule);

/// The resource that holds objects of the kind that the body names.
fn scope_of(body: &[u8]) -> Option<Scope> {
    let (found, _) = json::interpret(body).ok()?;
    let kind = kind_of(&found.api_version, &found.kind);
    let served = catalog().resources.iter().find(|resource| {
        (resource.group, resource.version, resource.kind) == (kind.group, kind.version, kind.kind)
    })?;
    let (group, plural) = (served.group, served.plural);
    let row = RESOURCES.iter().find(|row| (row.group, row.plural) == (group, plural))?;
    Scope::new(served, **row)
}

fn decode_as(scope: &Scope, body: &[u8]) -> Option<Value> {
    let target = Target { defaulter: &DEFAULTER, ..Target::from(scope.kind) };
    let decoded = decode::body(&target, body, Encoding::Json, FieldValidation::Strict).ok()?;
    Some(scope.to_storage(decoded.object))
}

fuzz_target!(|data: &[u8]| {
    let end = data.iter().position(|byte| *byte == 0).unwrap_or(data.len());
    let Some(scope) = scope_of(&data[..end]) else { return };
    let Some(mut object) = decode_as(&scope, &data[..end]) else { return };
    let user = User::default();
    let namespace =
        if scope.resource.namespaced { meta::namespace(&object).to_owned() } else { String::new() };
    let ctx = Context {
        now: 0,
        user: &user,
        namespace: &namespace,
        name: "",
        subresource: "",
        random: 1,
        dry_run: false,
    };
    write::fill(&mut object, &ctx);
    write::before_create(&scope, &ctx, &mut object).ok();
    let new = data.get(end + 1..).and_then(|body| decode_as(&scope, body));
    let mut new = new.unwrap_or_else(|| object.clone());
    write::before_update(&scope, &ctx, &mut new, &object).ok();
    let options =
        table::Options { version: "v1", include: IncludeObject::Metadata, now: 0, headers: true };
    table::write(&scope.row, &Value::Null, [(&new, None)].into_iter(), options);
    scope.to_request(new);
});
