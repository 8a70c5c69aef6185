//! Request lines: a method, a path and a query in any bytes that a header section may carry.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pintle_engine::negotiate;
use pintle_engine::options::{DeleteOptions, ListOptions, Write, WriteOptions};
use pintle_engine::query::{Query, unescape};
use pintle_engine::request::RequestInfo;

fuzz_target!(|data: &str| {
    let (line, accept) = data.split_once('\n').unwrap_or((data, ""));
    let (method, target) = line.split_once(' ').unwrap_or(("GET", line));
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    RequestInfo::parse(method, path, query).ok();
    unescape(path, false);
    let query = Query::parse(query);
    ListOptions::parse(&query).ok();
    DeleteOptions::from_query(&query).ok();
    for write in [Write::Create, Write::Update, Write::Patch(false), Write::Patch(true)] {
        WriteOptions::parse(&query, write).ok();
    }
    negotiate::media_type(accept, &["application/json", "application/yaml"]);
    negotiate::input(accept).ok();
});
