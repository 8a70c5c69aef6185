//! The envelope of objects in protobuf: `k8s\0` and a `runtime.Unknown`; frames of watch events.

use std::borrow::Cow;

use super::wire::{self, Reader, WireError};
use crate::codec::text;

/// The first bytes of every enveloped object.
pub const MAGIC: &[u8; 4] = b"k8s\0";

/// An object as it is stored and sent: its type and its bytes (`runtime.Unknown`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope<'a> {
    /// Group and version, such as `apps/v1`.
    pub api_version: Cow<'a, str>,
    /// Kind.
    pub kind: Cow<'a, str>,
    /// The object's own message.
    pub raw: &'a [u8],
    /// `contentEncoding`; empty in all that upstream writes.
    pub content_encoding: Cow<'a, str>,
    /// `contentType`; empty in all that upstream writes.
    pub content_type: Cow<'a, str>,
}

/// Bytes that are no enveloped object; the texts are upstream's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EnvelopeError {
    /// Nothing at all.
    #[error("empty data")]
    EmptyData,
    /// The magic number is missing.
    #[error(
        "provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]"
    )]
    NoPrefix,
    /// The magic number and nothing else.
    #[error("empty body")]
    EmptyBody,
    /// What follows is no `Unknown`.
    #[error(transparent)]
    Wire(#[from] WireError),
}

impl<'a> Envelope<'a> {
    /// An envelope around an object's bytes.
    pub fn new(api_version: &'a str, kind: &'a str, raw: &'a [u8]) -> Self {
        Envelope {
            api_version: api_version.into(),
            kind: kind.into(),
            raw,
            content_encoding: Cow::default(),
            content_type: Cow::default(),
        }
    }

    /// Opens an envelope (`serializer/protobuf` `Serializer.Decode`).
    pub fn read(bytes: &'a [u8]) -> Result<Self, EnvelopeError> {
        if bytes.is_empty() {
            return Err(EnvelopeError::EmptyData);
        }
        let body = bytes.strip_prefix(MAGIC).ok_or(EnvelopeError::NoPrefix)?;
        if body.is_empty() {
            return Err(EnvelopeError::EmptyBody);
        }
        let mut envelope = Envelope::new("", "", &[]);
        let mut reader = Reader::new(body);
        while let Some(entry) = reader.next("Unknown")? {
            match entry.number {
                1 => {
                    let mut reader = Reader::new(entry.payload.bytes("typeMeta")?);
                    while let Some(entry) = reader.next("TypeMeta")? {
                        match entry.number {
                            1 => {
                                envelope.api_version =
                                    text::as_text(entry.payload.bytes("apiVersion")?);
                            }
                            2 => envelope.kind = text::as_text(entry.payload.bytes("kind")?),
                            _ => {}
                        }
                    }
                }
                2 => envelope.raw = entry.payload.bytes("raw")?,
                3 => {
                    envelope.content_encoding =
                        text::as_text(entry.payload.bytes("contentEncoding")?);
                }
                4 => envelope.content_type = text::as_text(entry.payload.bytes("contentType")?),
                _ => {}
            }
        }
        Ok(envelope)
    }

    /// Writes the envelope around an object of upstream's serializer.
    pub fn write(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.size());
        self.write_header(self.raw.len(), &mut out);
        out.extend_from_slice(self.raw);
        self.write_trailer(&mut out);
        out
    }

    /// How many bytes [`Envelope::write`] gives.
    pub fn size(&self) -> usize {
        let raw = wire::bytes_size(2, self.raw.len());
        let rest = self.content_encoding.len() + self.content_type.len();
        MAGIC.len() + self.api_version.len() + self.kind.len() + raw + rest + 32
    }

    /// The object of stored bytes that begin with a [`Envelope::type_prefix`].
    pub fn raw_behind(bytes: &'a [u8], type_prefix: &[u8]) -> Option<&'a [u8]> {
        let mut reader = Reader::new(bytes.strip_prefix(type_prefix)?);
        let entry = reader.next("Unknown").ok()??;
        if entry.number == 2 { entry.payload.bytes("raw").ok() } else { None }
    }

    /// What every object of the envelope's type begins with.
    pub fn type_prefix(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(64);
        self.write_type(&mut out);
        out
    }

    /// Everything before an object of `size` bytes.
    pub fn write_header(&self, size: usize, out: &mut Vec<u8>) {
        self.write_type(out);
        wire::push_length(out, 2, size);
    }

    fn write_type(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(MAGIC);
        let type_meta =
            wire::bytes_size(1, self.api_version.len()) + wire::bytes_size(2, self.kind.len());
        wire::push_length(out, 1, type_meta);
        wire::push_bytes(out, 1, self.api_version.as_bytes());
        wire::push_bytes(out, 2, self.kind.as_bytes());
    }

    /// Everything after the object.
    pub fn write_trailer(&self, out: &mut Vec<u8>) {
        wire::push_bytes(out, 3, self.content_encoding.as_bytes());
        wire::push_bytes(out, 4, self.content_type.as_bytes());
    }
}

/// A `meta/v1.WatchEvent` around an enveloped object, without an envelope of its own.
pub fn watch_event(event_type: &str, object: &[u8]) -> Vec<u8> {
    let inner = wire::bytes_size(1, object.len());
    let mut out = Vec::with_capacity(inner + event_type.len() + 16);
    wire::push_bytes(&mut out, 1, event_type.as_bytes());
    wire::push_length(&mut out, 2, inner);
    wire::push_bytes(&mut out, 1, object);
    out
}

/// A frame of a protobuf watch: the event's length in four bytes, then [`watch_event`].
pub fn watch_frame(event_type: &str, object: &[u8]) -> Vec<u8> {
    let event = watch_event(event_type, object);
    let mut out = Vec::with_capacity(event.len() + 4);
    out.extend_from_slice(&(event.len() as u32).to_be_bytes());
    out.extend_from_slice(&event);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn envelopes_round_trip() {
        let bytes = Envelope::new("v1", "Pod", b"\x0a\x00").write();
        assert_eq!(bytes, b"k8s\0\x0a\x09\x0a\x02v1\x12\x03Pod\x12\x02\x0a\x00\x1a\x00\x22\x00");
        assert_eq!(Envelope::read(&bytes).unwrap(), Envelope::new("v1", "Pod", b"\x0a\x00"));
        let raw_of = |kind| {
            let prefix = Envelope::new("v1", kind, &[]).type_prefix();
            Envelope::raw_behind(&bytes, &prefix)
        };
        assert_eq!(raw_of("Pod"), Some(&b"\x0a\x00"[..]));
        assert_eq!(raw_of("Po"), None);
    }

    #[test]
    fn refuses_what_is_no_envelope() {
        assert_eq!(Envelope::read(b"").unwrap_err().to_string(), "empty data");
        assert_eq!(Envelope::read(b"k8s\0").unwrap_err().to_string(), "empty body");
        assert!(Envelope::read(b"{}").unwrap_err().to_string().contains("expected prefix"));
        assert_eq!(Envelope::read(b"k8s\0\x0a\x05").unwrap_err().to_string(), "unexpected EOF");
    }

    #[test]
    fn frames_watch_events() {
        let frame = watch_frame("ADDED", b"xy");
        assert_eq!(frame, b"\0\0\0\x0d\x0a\x05ADDED\x12\x04\x0a\x02xy");
    }
}
