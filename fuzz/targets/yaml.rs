//! YAML bodies: reading ends, and what is written of the result reads as the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pintle_api::codec::{json, yaml};
use pintle_fuzz::kind_of;

fuzz_target!(|data: &[u8]| {
    let Ok((text, _)) = yaml::to_json(data) else { return };
    let tree = json::parse_any(&text).expect("YAML becomes JSON");
    // Upstream writes nothing but objects.
    if !tree.is_object() {
        return;
    }
    let (again, _) = yaml::to_json(&yaml::write(&tree)).expect("what was written reads");
    assert_eq!(tree, json::parse_any(&again).expect("YAML becomes JSON"));
    let Ok((found, document)) = json::interpret(&text) else { return };
    let message = kind_of(&found.api_version, &found.kind).message;
    if let Ok((tree, _)) = document.decode(message, true) {
        yaml::encode(message, &tree);
    }
});
