//! Stored bytes with `metadata.resourceVersion` set, for answers in protobuf.

use super::meta::METADATA;
use super::protobuf::wire::{self, Reader};
use super::protobuf::{Envelope, EnvelopeError, WireError};

/// Field number of `resourceVersion` in `ObjectMeta`.
const RESOURCE_VERSION: u32 = 6;

/// The message of an object with its resource version set; all else stays as it is.
pub fn with_resource_version(raw: &[u8], resource_version: &str) -> Result<Vec<u8>, WireError> {
    let splice = Splice::new(raw, resource_version)?;
    let mut out = Vec::with_capacity(splice.size());
    splice.write(&mut out);
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

/// An object's message with its resource version set, in pieces that are not copied yet.
#[derive(Clone, Copy, Debug)]
pub struct Splice<'a> {
    before: &'a [u8],
    /// The metadata without the resource version, parted where that belongs.
    metadata: [&'a [u8]; 2],
    resource_version: &'a str,
    after: &'a [u8],
}

impl<'a> Splice<'a> {
    /// Finds the place of the resource version.
    pub fn new(raw: &'a [u8], resource_version: &'a str) -> Result<Self, WireError> {
        let mut reader = Reader::new(raw);
        let mut start = 0;
        while let Some(entry) = reader.next("Object")? {
            if entry.number == METADATA {
                let metadata = parted(entry.payload.bytes("metadata")?)?;
                let (before, after) = (&raw[..start], &raw[reader.offset()..]);
                return Ok(Self { before, metadata, resource_version, after });
            }
            start = reader.offset();
        }
        Ok(Self { before: &[], metadata: [&[]; 2], resource_version, after: raw })
    }

    /// How many bytes the whole message takes.
    pub fn size(&self) -> usize {
        self.before.len() + wire::bytes_size(METADATA, self.metadata_size()) + self.after.len()
    }

    fn metadata_size(&self) -> usize {
        let version = wire::bytes_size(RESOURCE_VERSION, self.resource_version.len());
        self.metadata[0].len() + version + self.metadata[1].len()
    }

    /// Writes the whole message.
    pub fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.before);
        wire::push_length(out, METADATA, self.metadata_size());
        out.extend_from_slice(self.metadata[0]);
        wire::push_bytes(out, RESOURCE_VERSION, self.resource_version.as_bytes());
        out.extend_from_slice(self.metadata[1]);
        out.extend_from_slice(self.after);
    }
}

/// Metadata before the place of the resource version, and after it; a version that is there is
/// in neither.
fn parted(metadata: &[u8]) -> Result<[&[u8]; 2], WireError> {
    let mut reader = Reader::new(metadata);
    let mut start = 0;
    while let Some(entry) = reader.next("ObjectMeta")? {
        if entry.number >= RESOURCE_VERSION {
            let end = if entry.number == RESOURCE_VERSION { reader.offset() } else { start };
            return Ok([&metadata[..start], &metadata[end..]]);
        }
        start = reader.offset();
    }
    Ok([metadata, &[]])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(raw: &[u8], spliced: &[u8]) {
        assert_eq!(with_resource_version(raw, "42").unwrap(), spliced);
        assert_eq!(Splice::new(raw, "42").unwrap().size(), spliced.len());
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
