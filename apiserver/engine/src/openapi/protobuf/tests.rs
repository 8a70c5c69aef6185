//! Small documents beside what gnostic makes of them (`ParseDocument`, then `proto.Marshal`).

use super::*;

#[track_caller]
fn check(message: &'static Message, json: &str, wanted: &[u8]) {
    let found = encode(message, &serde_json::from_str(json).unwrap());
    let differs = found.iter().zip(wanted).position(|(found, wanted)| found != wanted);
    let at = differs.unwrap_or(found.len().min(wanted.len())).saturating_sub(20);
    let near = |bytes: &[u8]| String::from_utf8_lossy(&bytes[at..]).into_owned();
    assert!(found == wanted, "from {at}:\n{:?}\nrather than\n{:?}", near(&found), near(wanted));
}

#[test]
fn v2_documents_are_written_as_gnostic_writes_them() {
    let json = include_str!("../../../golden/openapi/v2.json");
    check(&v2::DOCUMENT, json, include_bytes!("../../../golden/openapi/v2.pb"));
}

#[test]
fn v3_documents_are_written_as_gnostic_writes_them() {
    let json = include_str!("../../../golden/openapi/v3.json");
    check(&v3::DOCUMENT, json, include_bytes!("../../../golden/openapi/v3.pb"));
}

#[test]
fn zeroes_are_left_out_but_for_elements_and_choices() {
    // `{schemas: {a: {required: [""], default: false}}}`, with an empty title left out.
    let json = r#"{"schemas": {"a": {"title": "", "required": [""], "default": false}}}"#;
    let schema = [0xba, 0x01, 0, 0x8a, 0x02, 2, 0x10, 0];
    let mut wanted = vec![0x0a, 17, 0x0a, 15, 0x0a, 1, b'a', 0x12, 10, 0x0a, 8];
    wanted.extend(schema);
    check(&v3::COMPONENTS, json, &wanted);
}
