//! Protobuf bodies and stored bytes: every reader of them ends, and those that agree on what is
//! well-formed agree on what it says.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pintle_api::codec::protobuf::Envelope;
use pintle_api::codec::transcode::{Header, protobuf_to_json};
use pintle_api::codec::{json, meta, metadata, protobuf, splice};
use pintle_fuzz::kind_of;

fuzz_target!(|data: &[u8]| {
    let Ok(envelope) = Envelope::read(data) else { return };
    let raw = envelope.raw;
    let kind = kind_of(&envelope.api_version, &envelope.kind);
    if let Ok(tree) = protobuf::decode(kind.message, raw) {
        let mut text = Vec::new();
        json::encode(kind.message, &tree, &mut text);
        let bytes = protobuf::encode(kind.message, &tree);
        protobuf::decode(kind.message, &bytes).expect("what was encoded decodes");
    }
    let header = Header { api_version: "v1", kind: kind.kind, resource_version: "1" };
    let mut text = Vec::new();
    if protobuf_to_json(kind.message, raw, header, &mut text).is_ok() {
        json::parse_any(&text).expect("the transcoder writes JSON");
    }
    if let Ok(view) = meta::MetaView::read(raw) {
        view.labels().count();
        view.annotations().count();
        view.finalizers().count();
    }
    metadata::to_protobuf(raw, "1").ok();
    metadata::write_json(raw, "1", &mut Vec::new()).ok();
    splice::with_resource_version(raw, "1").ok();
});
