//! Trees to response bodies.

use pintle_api::catalog::Message;
use pintle_api::codec::{json, protobuf, text, yaml};
use pintle_machinery::Value;
use pintle_machinery::status::Status;

use crate::negotiate::Encoding;

/// Writes an object as a response: JSON in Go's field order with a line end, indented JSON without
/// one, YAML, or protobuf in its envelope (upstream's serializers).
pub fn object(
    message: &'static Message,
    tree: &Value,
    encoding: Encoding,
    pretty: bool,
) -> Vec<u8> {
    match encoding {
        Encoding::Json if pretty => json::encode_pretty(message, tree),
        Encoding::Json => {
            let mut out = Vec::with_capacity(1024);
            json::encode(message, tree, &mut out);
            if out.last() != Some(&b'\n') {
                out.push(b'\n');
            }
            out
        }
        Encoding::Yaml => yaml::encode(message, tree),
        Encoding::Protobuf => enveloped(message, tree),
    }
}

/// An object's protobuf in its envelope, as it is stored and sent.
pub fn enveloped(message: &'static Message, tree: &Value) -> Vec<u8> {
    let text = |field: &str| tree[field].as_str().unwrap_or_default();
    let raw = protobuf::encode(message, tree);
    protobuf::Envelope::new(text("apiVersion"), text("kind"), &raw).write()
}

/// Turns compact JSON into the form asked for; protobuf is not among them.
pub fn from_json(compact: &[u8], encoding: Encoding, pretty: bool) -> Vec<u8> {
    let trimmed = compact.strip_suffix(b"\n").unwrap_or(compact);
    match encoding {
        Encoding::Yaml => yaml::from_json(trimmed).unwrap_or_else(|_| trimmed.to_vec()),
        _ if pretty => text::indent(trimmed),
        _ => {
            let mut out = trimmed.to_vec();
            out.push(b'\n');
            out
        }
    }
}

/// A status in the form asked for.
pub fn status(status: &Status, encoding: Encoding, pretty: bool) -> Vec<u8> {
    let message = pintle_api::catalog().message("io.k8s.apimachinery.pkg.apis.meta.v1.Status");
    match (encoding, message) {
        (Encoding::Protobuf, Some(message)) => enveloped(message, &status.to_value()),
        _ => from_json(status.to_json().as_bytes(), encoding, pretty),
    }
}
