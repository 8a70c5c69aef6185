//! JSON bodies: decoding ends, and what it gives encodes to something that decodes to the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pintle_api::codec::{json, protobuf};
use pintle_fuzz::kind_of;

fuzz_target!(|data: &[u8]| {
    let Ok((found, document)) = json::interpret(data) else { return };
    json::parse_any_strict(data, true).ok();
    let message = kind_of(&found.api_version, &found.kind).message;
    let Ok((tree, _)) = document.decode(message, true) else { return };
    let mut text = Vec::new();
    json::encode(message, &tree, &mut text);
    let (again, _) = json::decode(message, &text, true).expect("what was encoded decodes");
    assert_eq!(tree, again);
    protobuf::decode(message, &protobuf::encode(message, &tree)).expect("what was encoded decodes");
});
