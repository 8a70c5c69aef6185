//! Stored bytes with `metadata.resourceVersion` set, for answers in protobuf.

use super::meta::METADATA;
use super::protobuf::wire::{self, Reader};
use super::protobuf::{Envelope, EnvelopeError, WireError};

/// Field number of `resourceVersion` in `ObjectMeta`.
const RESOURCE_VERSION: u32 = 6;

/// The message of an object with its resource version set; all else stays as it is.
pub fn with_resource_version(raw: &[u8], resource_version: &str) -> Result<Vec<u8>, WireError> {
    let mut out = Vec::with_capacity(raw.len() + resource_version.len() + 8);
    write_with_resource_version(raw, resource_version, &mut out)?;
    Ok(out)
}

/// [`with_resource_version`] for an object in its envelope.
pub fn envelope_with_resource_version(
    stored: &[u8],
    resource_version: &str,
) -> Result<Vec<u8>, EnvelopeError> {
    let envelope = Envelope::read(stored)?;
    let raw = with_resource_version(envelope.raw, resource_version)?;
    Ok(Envelope { raw: &raw, ..envelope }.write())
}

/// [`with_resource_version`] at the end of a buffer.
pub fn write_with_resource_version(
    raw: &[u8],
    resource_version: &str,
    out: &mut Vec<u8>,
) -> Result<(), WireError> {
    let mut reader = Reader::new(raw);
    let mut start = 0;
    while let Some(entry) = reader.next("Object")? {
        if entry.number == METADATA {
            let metadata = entry.payload.bytes("metadata")?;
            out.extend_from_slice(&raw[..start]);
            write_metadata(metadata, resource_version, out)?;
            out.extend_from_slice(&raw[reader.offset()..]);
            return Ok(());
        }
        start = reader.offset();
    }
    write_metadata(&[], resource_version, out)?;
    out.extend_from_slice(raw);
    Ok(())
}

/// Writes a metadata field with the resource version in the place of its number.
fn write_metadata(
    metadata: &[u8],
    resource_version: &str,
    out: &mut Vec<u8>,
) -> Result<(), WireError> {
    // The bytes before the resource version and those after it; what lies between is dropped.
    let (mut before, mut after) = (None, metadata.len());
    let mut reader = Reader::new(metadata);
    let mut start = 0;
    while let Some(entry) = reader.next("ObjectMeta")? {
        if entry.number >= RESOURCE_VERSION {
            before.get_or_insert(start);
            after = if entry.number == RESOURCE_VERSION { reader.offset() } else { start };
            break;
        }
        start = reader.offset();
    }
    let before = before.unwrap_or(metadata.len());
    let field = wire::bytes_size(RESOURCE_VERSION, resource_version.len());
    wire::push_length(out, METADATA, before + field + metadata.len() - after);
    out.extend_from_slice(&metadata[..before]);
    wire::push_bytes(out, RESOURCE_VERSION, resource_version.as_bytes());
    out.extend_from_slice(&metadata[after..]);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(raw: &[u8], spliced: &[u8]) {
        assert_eq!(with_resource_version(raw, "42").unwrap(), spliced);
    }

    #[test]
    fn puts_the_version_in_its_place() {
        check(b"\x0a\x03\x0a\x01n\x12\x00", b"\x0a\x07\x0a\x01n\x32\x0242\x12\x00");
        check(b"\x0a\x05\x0a\x01n\x32\x00", b"\x0a\x07\x0a\x01n\x32\x0242");
        check(b"\x0a\x07\x0a\x01n\x32\x00\x38\x01", b"\x0a\x09\x0a\x01n\x32\x0242\x38\x01");
        check(b"\x0a\x02\x38\x01", b"\x0a\x06\x32\x0242\x38\x01");
        check(b"", b"\x0a\x04\x32\x0242");
        check(b"\x12\x00", b"\x0a\x04\x32\x0242\x12\x00");
    }
}
