//! Long lists in runs: objects that stand side by side are written together, packed and kept, so that
//! most of a list is copied from what others have been sent.
//!
//! A run is kept with its first entry and names the others, so it is found by whoever comes to that
//! entry and wants those behind it; when one of them changes, that run alone is made anew. Objects
//! that stand side by side are much alike: packed they take a tenth of the room or less, and to unpack
//! them takes less time than to copy them from where they are stored.

use std::sync::Arc;

use bytes::Bytes;
use futures::stream;
use http::Response;
use pintle_storage::cache::Entry;

use super::answer::run_key;
use super::items::Writer;
use super::list::{Item, Span};
use crate::body::{self, Body};
use crate::compression::{self, Piece};

/// A run ends with the object that makes it as long as this.
const LENGTH: usize = 96 * 1024;
/// Room for the object that fills a run; most are shorter.
const SLACK: usize = 8 * 1024;
/// Objects of a run at most.
const MOST: usize = 64;
/// Objects of a run after which it ends where another begins that is kept.
const LEAST: usize = 8;
/// What is packed to more than one part in so many is not worth its room.
const WORTH: usize = 2;

/// What items are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Text {
    Json,
    Protobuf,
}

impl Text {
    /// What stands between two items.
    pub(super) fn separator(self) -> &'static [u8] {
        match self {
            Self::Json => b",",
            Self::Protobuf => b"",
        }
    }
}

/// What stands around the items.
pub(super) struct Frame {
    pub(super) text: Text,
    pub(super) head: Vec<u8>,
    pub(super) tail: Vec<u8>,
}

/// Forms of a run that are kept; the numbers below are those of objects' forms.
#[derive(Clone, Copy, Debug)]
pub(super) enum Packing {
    Json = 4,
    Protobuf = 5,
    DeflatedJson = 6,
    DeflatedProtobuf = 7,
}

impl Packing {
    fn of(text: Text) -> Self {
        match text {
            Text::Json => Self::Json,
            Text::Protobuf => Self::Protobuf,
        }
    }

    fn deflated(text: Text) -> Self {
        match text {
            Text::Json => Self::DeflatedJson,
            Text::Protobuf => Self::DeflatedProtobuf,
        }
    }

    fn text(self) -> Text {
        match self {
            Self::Json | Self::DeflatedJson => Text::Json,
            Self::Protobuf | Self::DeflatedProtobuf => Text::Protobuf,
        }
    }

    fn pack(self, text: &[u8]) -> Bytes {
        match self {
            Self::Json | Self::Protobuf => lz4_flex::block::compress_prepend_size(text).into(),
            Self::DeflatedJson | Self::DeflatedProtobuf => Piece::of(text).into_bytes(),
        }
    }
}

/// Bytes of a run's text, which both packings begin with.
pub(super) fn length(packed: &[u8]) -> usize {
    packed.first_chunk().map_or(0, |size| u32::from_le_bytes(*size) as usize)
}

/// The run that is kept of the first of these entries: how many it shows, and its form.
pub(super) fn kept(
    writer: &Writer,
    packing: Packing,
    entries: &[&Arc<Entry>],
) -> Option<(usize, Bytes)> {
    let most = entries.len().min(MOST);
    entries.first()?.run(run_key(&writer.forms.served, packing), &entries[..most])
}

/// Answers with a long list; its runs are compressed only for clients that take that.
pub(super) fn answer(writer: Arc<Writer>, span: Span, frame: Frame) -> Response<Body> {
    let Frame { text, head, tail } = frame;
    let mut runs = Runs { writer: writer.clone(), span: span.clone(), packing: Packing::of(text) };
    let (mut next, mut first) = (Some(head.clone()), true);
    let end = tail.clone();
    let chunks = std::iter::from_fn(move || {
        let mut out = next.take()?;
        match runs.next() {
            Some(run) => {
                run.unpack(if first { b"" } else { text.separator() }, &mut out);
                first &= run.is_empty();
                next = Some(Vec::new());
            }
            None => out.extend_from_slice(&end),
        }
        Some(Ok(Bytes::from(out)))
    });
    let mut response = Response::new(body::stream(stream::iter(chunks)));
    compression::mark_document(&mut response);
    let runs = Runs { writer, span, packing: Packing::deflated(text) };
    compression::mark_pieces(&mut response, pieces(runs, &head, &tail));
    response
}

/// A list as pieces of gzip's format.
fn pieces(runs: Runs, head: &[u8], tail: &[u8]) -> impl Iterator<Item = Piece> + Send + 'static {
    let separator = runs.packing.text().separator();
    let (head, tail) = (head.to_vec(), tail.to_vec());
    let mut parting: Option<Piece> = None;
    let items = runs.map(Run::piece).filter(|piece| !piece.is_empty()).flat_map(move |piece| {
        let before = parting.clone();
        parting.get_or_insert_with(|| Piece::of(separator));
        before.into_iter().chain([piece])
    });
    let around = |text: Vec<u8>| std::iter::once_with(move || Piece::of(&text));
    around(head).chain(items).chain(around(tail))
}

/// The runs of a list, one after the other.
struct Runs {
    writer: Arc<Writer>,
    /// What is left of it.
    span: Span,
    packing: Packing,
}

/// A run of a list.
enum Run {
    /// Made by somebody before.
    Kept(Bytes),
    /// Made now: as it is, and packed.
    Made(Vec<u8>, Bytes),
}

impl Iterator for Runs {
    type Item = Run;

    fn next(&mut self) -> Option<Run> {
        // One more than may be taken: the next run begins there.
        let entries: Vec<_> = self.span.entries().take(MOST + 1).collect();
        let (count, run) = match kept(&self.writer, self.packing, &entries) {
            Some((count, packed)) => (count, Run::Kept(packed)),
            None => self.make(&entries)?,
        };
        let next = entries.get(count).map(|entry| entry.key.clone());
        self.span.count = if next.is_some() { self.span.count - count } else { 0 };
        self.span.start = next.unwrap_or_default();
        Some(run)
    }
}

impl Runs {
    /// Makes the run that begins with the first of these entries, and keeps it if that is worthwhile.
    fn make(&self, entries: &[&Arc<Entry>]) -> Option<(usize, Run)> {
        let first = entries.first()?;
        let key = run_key(&self.writer.forms.served, self.packing);
        let mut out = Vec::with_capacity(LENGTH + SLACK);
        let mut count = 0;
        for entry in entries.iter().take(MOST) {
            if out.len() >= LENGTH || (count >= LEAST && entry.begins_run(key)) {
                break;
            }
            let item = Item::Cached(Arc::clone(entry));
            self.writer.append(self.packing.text(), out.is_empty(), &item, &mut out);
            count += 1;
        }
        let packed = self.packing.pack(&out);
        if packed.len() * WORTH <= out.len() {
            first.keep_run(key, &entries[..count], packed.clone());
        }
        Some((count, Run::Made(out, packed)))
    }
}

impl Run {
    fn is_empty(&self) -> bool {
        match self {
            Self::Kept(packed) => length(packed) == 0,
            Self::Made(text, _) => text.is_empty(),
        }
    }

    /// Writes the text behind a separator, which an empty one has no need of.
    fn unpack(&self, separator: &[u8], out: &mut Vec<u8>) {
        if self.is_empty() {
            return;
        }
        match self {
            Self::Made(text, _) => {
                out.reserve(separator.len() + text.len());
                out.extend_from_slice(separator);
                out.extend_from_slice(text);
            }
            Self::Kept(packed) => {
                let size = length(packed);
                out.reserve(separator.len() + size);
                out.extend_from_slice(separator);
                let start = out.len();
                out.resize(start + size, 0);
                let unpacked = lz4_flex::block::decompress_into(&packed[4..], &mut out[start..]);
                assert_eq!(unpacked.ok(), Some(size), "what is kept has been packed here");
            }
        }
    }

    /// The run of a deflated packing.
    fn piece(self) -> Piece {
        match self {
            Self::Kept(packed) | Self::Made(_, packed) => Piece::from_bytes(packed),
        }
    }
}

#[cfg(test)]
mod tests;
