//! YAML bodies: reading ends, and what is written of the result reads as the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pintle_api::codec::{json, yaml};
use pintle_fuzz::kind_of;

/// The scanner panics on some broken texts, which the reader answers as a syntax error: such a panic
/// is no find, any other ends the run.
fn end_unless_caught() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if !info.location().is_some_and(|location| location.file().contains("libyaml-safer")) {
            usual(info);
        }
    }));
}

fuzz_target!(init: end_unless_caught(), |data: &[u8]| {
    let Ok((text, _)) = yaml::to_json(data) else { return };
    let tree = json::parse_any(&text).expect("YAML becomes JSON");
    // Upstream writes nothing but objects.
    if !tree.is_object() {
        return;
    }
    let (again, _) = yaml::to_json(&yaml::write(&tree)).expect("what was written reads");
    assert_eq!(tree, json::parse_any(&again).expect("YAML becomes JSON"));
    let Ok(found) = json::interpret(&text) else { return };
    let message = kind_of(&found.api_version, &found.kind).message;
    if let Ok((tree, _)) = json::decode(message, &text, true) {
        yaml::encode(message, &tree);
    }
});
