//! Facts read off stored bytes without a tree: metadata for indices, fields for selectors.

use std::borrow::Cow;

use super::protobuf::WireError;
use super::protobuf::wire::{Payload, Reader};
use super::text;

/// Field number of `metadata` in every object.
pub(crate) const METADATA: u32 = 1;

/// The facts of an object's metadata, read in one pass (`meta/v1.ObjectMeta`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MetaView<'a> {
    /// `metadata.name`.
    pub name: Cow<'a, str>,
    /// `metadata.namespace`; empty for cluster-scoped objects.
    pub namespace: Cow<'a, str>,
    /// `metadata.uid`.
    pub uid: Cow<'a, str>,
    /// `metadata.resourceVersion`, which stored objects lack.
    pub resource_version: Cow<'a, str>,
    /// `metadata.generation`.
    pub generation: i64,
    /// `metadata.creationTimestamp` in seconds since 1970.
    pub creation_seconds: Option<i64>,
    /// `metadata.deletionTimestamp` in seconds since 1970.
    pub deletion_seconds: Option<i64>,
    /// The whole `ObjectMeta`.
    bytes: &'a [u8],
}

impl<'a> MetaView<'a> {
    /// Reads the metadata of an object's message (what an envelope holds).
    pub fn read(raw: &'a [u8]) -> Result<Self, WireError> {
        let mut view = MetaView { bytes: metadata_of(raw)?, ..MetaView::default() };
        let mut reader = Reader::new(view.bytes);
        while let Some(entry) = reader.next("ObjectMeta")? {
            let text = |name| entry.payload.bytes(name).map(cow);
            match entry.number {
                1 => view.name = text("name")?,
                3 => view.namespace = text("namespace")?,
                5 => view.uid = text("uid")?,
                6 => view.resource_version = text("resourceVersion")?,
                7 => view.generation = entry.payload.varint("generation")? as i64,
                8 => view.creation_seconds = seconds(entry.payload)?,
                9 => view.deletion_seconds = seconds(entry.payload)?,
                _ => {}
            }
        }
        Ok(view)
    }

    /// The labels, in the order of the bytes.
    pub fn labels(&self) -> impl Iterator<Item = (Cow<'a, str>, Cow<'a, str>)> + use<'a> {
        pairs(self.bytes, 11)
    }

    /// The annotations, in the order of the bytes.
    pub fn annotations(&self) -> impl Iterator<Item = (Cow<'a, str>, Cow<'a, str>)> + use<'a> {
        pairs(self.bytes, 12)
    }

    /// The finalizers.
    pub fn finalizers(&self) -> impl Iterator<Item = Cow<'a, str>> + use<'a> {
        entries(self.bytes, 14).map(cow)
    }
}

/// A field found by [`get`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Found<'a> {
    /// A bool, an integer or an enumeration.
    Varint(u64),
    /// A string, bytes or a message.
    Bytes(&'a [u8]),
    /// A double.
    Double(f64),
}

impl<'a> Found<'a> {
    /// The field as text, such as a selectable field's value.
    pub fn text(self) -> Cow<'a, str> {
        match self {
            Found::Varint(value) => Cow::Owned((value as i64).to_string()),
            Found::Bytes(bytes) => cow(bytes),
            Found::Double(value) => Cow::Owned(value.to_string()),
        }
    }
}

/// Finds the field at a path of field numbers; the last occurrence counts.
pub fn get<'a>(raw: &'a [u8], path: &[u32]) -> Result<Option<Found<'a>>, WireError> {
    let mut found = Some(Found::Bytes(raw));
    for &number in path {
        let Some(Found::Bytes(bytes)) = found else { return Ok(None) };
        found = None;
        let mut reader = Reader::new(bytes);
        while let Some(entry) = reader.next("")? {
            if entry.number == number {
                found = match entry.payload {
                    Payload::Varint(value) => Some(Found::Varint(value)),
                    Payload::Bytes(bytes) => Some(Found::Bytes(bytes)),
                    Payload::Fixed64(bits) => Some(Found::Double(f64::from_bits(bits))),
                    Payload::Fixed32 | Payload::Group => None,
                };
            }
        }
    }
    Ok(found)
}

/// The bytes of an object's metadata; empty if it has none.
pub(crate) fn metadata_of(raw: &[u8]) -> Result<&[u8], WireError> {
    let mut reader = Reader::new(raw);
    while let Some(entry) = reader.next("Object")? {
        if entry.number == METADATA {
            return entry.payload.bytes("metadata");
        }
    }
    Ok(&[])
}

fn cow(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => Cow::Owned(text::to_text(bytes)),
    }
}

fn seconds(payload: Payload<'_>) -> Result<Option<i64>, WireError> {
    Ok(super::protobuf::Parts::read("Time", payload.bytes("time")?)?.seconds())
}

/// The byte fields with a number; ends at bytes that cannot be read.
fn entries(bytes: &[u8], number: u32) -> impl Iterator<Item = &[u8]> {
    let mut reader = Reader::new(bytes);
    std::iter::from_fn(move || {
        while let Ok(Some(entry)) = reader.next("") {
            if let (true, Payload::Bytes(bytes)) = (entry.number == number, entry.payload) {
                return Some(bytes);
            }
        }
        None
    })
}

fn pairs(bytes: &[u8], number: u32) -> impl Iterator<Item = (Cow<'_, str>, Cow<'_, str>)> {
    entries(bytes, number).map(|entry| {
        let part = |number| entries(entry, number).last().map(cow).unwrap_or_default();
        (part(1), part(2))
    })
}
