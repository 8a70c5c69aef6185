//! YAML as `sigs.k8s.io/yaml` reads and prints it, which is YAML 1.1 by way of JSON.

mod build;
mod compose;
mod decode;
mod emit;
mod error;
mod key;
mod parser;
mod reader;
mod resolve;
mod scanner;
mod shown;
mod sort;

use pintle_machinery::Value;

use super::json::{self, DecodeError};
use crate::catalog::Message;

/// YAML that cannot be read; the text is upstream's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct YamlError(pub(crate) String);

/// The first document of a stream.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// What it holds; of keys that stand twice the last.
    pub value: Value,
    /// What strict reading says of keys that stand twice (`yaml.YAMLToJSONStrict`).
    pub strict_error: Option<String>,
}

/// Reads the first document (`sigs.k8s.io/yaml` `YAMLToJSON`); nothing at all is null.
pub fn parse(bytes: &[u8]) -> Result<Document, YamlError> {
    match compose::compose(bytes)? {
        (nodes, Some(root)) => build::build(&nodes, root),
        (_, None) => Ok(Document { value: Value::Null, strict_error: None }),
    }
}

/// [`parse`] to JSON text, which typed decoding goes on with.
pub fn to_json(bytes: &[u8]) -> Result<(Vec<u8>, Option<String>), YamlError> {
    let document = parse(bytes)?;
    let mut out = Vec::with_capacity(bytes.len());
    json::encode_any(&document.value, &mut out);
    super::release(document.value);
    Ok((out, document.strict_error))
}

/// Prints a tree without a schema (`sigs.k8s.io/yaml` `Marshal`).
pub fn write(tree: &Value) -> Vec<u8> {
    emit::write(tree)
}

/// Prints JSON as YAML (`sigs.k8s.io/yaml` `JSONToYAML`).
pub fn from_json(json: &[u8]) -> Result<Vec<u8>, DecodeError> {
    Ok(write(&json::parse_any(json)?))
}

/// Prints a typed tree, which need not be canonical.
pub fn encode(message: &'static Message, tree: &Value) -> Vec<u8> {
    let mut out = Vec::new();
    json::encode(message, tree, &mut out);
    from_json(&out).expect("what the encoder writes is JSON")
}

#[cfg(test)]
mod tests;
