//! Turns bytes into trees and back, guided by the catalog.
//!
//! A tree is in *canonical form*: exactly what Go's JSON encoding of the typed object would print.
//! Fields that Go omits when empty are absent, the others are present as zero or null. The decoders
//! make canonical trees; the encoders take any tree and write what the canonical one would give, so
//! that code which edits trees need not keep zero values in place. In a tree, null is absence, and a
//! string in the place of a `FieldsV1` is the text of it.
//!
//! - [`json`] reads and writes typed objects, and JSON without a schema;
//! - [`protobuf`] reads and writes the bytes of upstream's generated marshalers and the envelope
//!   that surrounds stored objects;
//! - [`transcode`] goes from stored bytes to JSON without a tree;
//! - [`meta`] reads single facts from stored bytes, [`metadata`] makes metadata-only forms,
//!   [`splice`] adds the resource version, [`list`] assembles lists;
//! - [`yaml`] reads and writes YAML as `sigs.k8s.io/yaml`.

mod canonical;
mod go;
pub mod json;
pub mod list;
pub mod meta;
pub mod metadata;
pub mod protobuf;
mod scalar;
mod scan;
pub mod splice;
pub mod text;
pub mod transcode;
pub mod yaml;

pub use canonical::zero_of_field;
pub(crate) use canonical::zero_of_message;
pub use scan::SyntaxError;

use pintle_machinery::Value;

/// How deep JSON, YAML and protobuf may nest, the root counted (`encoding/json` `maxNestingDepth`).
pub const MAX_DEPTH: usize = 10_000;

/// Frees a tree without recursion, however deep it is.
pub fn release(tree: Value) {
    let mut rest = vec![tree];
    while let Some(value) = rest.pop() {
        match value {
            Value::Array(items) => rest.extend(items),
            Value::Object(fields) => rest.extend(fields.into_iter().map(|(_, value)| value)),
            _ => {}
        }
    }
}
