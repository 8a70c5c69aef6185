//! Metadata-only forms: `PartialObjectMetadata` straight from stored bytes.

use super::meta::{self, METADATA};
use super::protobuf::wire;
use super::protobuf::{Envelope, WireError};
use super::splice;
use super::transcode::{self, Header};
use crate::catalog;

/// Kind of the metadata-only form.
pub const KIND: &str = "PartialObjectMetadata";
/// Group and version of the metadata-only form.
pub const API_VERSION: &str = "meta.k8s.io/v1";

/// Appends an object's `PartialObjectMetadata` in JSON, without a line end. Items of a
/// `PartialObjectMetadataList` look the same.
pub fn write_json(raw: &[u8], resource_version: &str, out: &mut Vec<u8>) -> Result<(), WireError> {
    let message = catalog().message("io.k8s.apimachinery.pkg.apis.meta.v1.PartialObjectMetadata");
    let message = message.expect("the catalog has every kind of meta/v1");
    let header = Header { kind: KIND, api_version: API_VERSION, resource_version };
    transcode::protobuf_to_json(message, raw, header, out)
}

/// The message of an object's `PartialObjectMetadata`.
pub fn to_message(raw: &[u8], resource_version: &str) -> Result<Vec<u8>, WireError> {
    let mut whole = Vec::new();
    wire::push_bytes(&mut whole, METADATA, meta::metadata_of(raw)?);
    splice::with_resource_version(&whole, resource_version)
}

/// An object's `PartialObjectMetadata` in its envelope.
pub fn to_protobuf(raw: &[u8], resource_version: &str) -> Result<Vec<u8>, WireError> {
    let message = to_message(raw, resource_version)?;
    Ok(Envelope::new(API_VERSION, KIND, &message).write())
}
