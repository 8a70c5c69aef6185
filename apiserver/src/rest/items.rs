//! The body of a list: its items, written straight from their stored bytes where that can be.

use std::sync::Arc;

use bytes::Bytes;
use http::Response;
use http::header::{CONTENT_TYPE, HeaderValue};
use pintle_api::codec::list::{JsonList, ListMeta, ProtobufList, StreamedList};
use pintle_api::codec::protobuf::Envelope;
use pintle_api::codec::splice::Splice;
use pintle_api::codec::transcode::{Header, protobuf_to_json};
use pintle_engine::encode;
use pintle_engine::negotiate::Encoding;

use super::Call;
use super::answer::{self, Form, json_header_length};
use super::list::{CallForms, Item, Items, Page};
use super::runs::{self, Frame, Packing, Text};
use crate::body::{self, Body};
use crate::compression;

/// Bytes of a chunk of a streamed list.
const CHUNK: usize = 64 * 1024;
/// A chunk ends with the item that fills it, and most items are shorter than this.
const SLACK: usize = 8 * 1024;
/// Items of a list that is sent in one piece.
const SHORT: usize = 32;

/// Answers with whole objects.
pub(super) fn objects(call: &Call<'_>, page: Page, kind: &str) -> Response<Body> {
    let scope = &call.served.scope;
    let api_version = scope.api_version();
    let object = Envelope::new(&api_version, scope.kind.kind, &[]);
    let writer = Writer {
        forms: CallForms { served: call.served.clone(), stored: call.stored.clone() },
        json: Form::Json,
        protobuf: Form::Protobuf,
        stored_type: (!scope.converts()).then(|| object.type_prefix()),
        cut: json_header_length(&call.served),
        shared: true,
    };
    Arc::new(writer).answer(call, page, (kind, &api_version))
}

/// Answers with the objects' metadata.
pub(super) fn metadata(
    call: &Call<'_>,
    page: Page,
    (kind, api_version): (&str, &str),
) -> Response<Body> {
    let writer = Writer {
        forms: CallForms { served: call.served.clone(), stored: call.stored.clone() },
        json: Form::PartialJson,
        protobuf: Form::PartialProtobuf,
        stored_type: None,
        cut: 0,
        shared: false,
    };
    Arc::new(writer).answer(call, page, (kind, api_version))
}

/// Writes items.
pub(super) struct Writer {
    pub(super) forms: CallForms,
    json: Form,
    protobuf: Form,
    /// What stored bytes begin with that are the answer's but for the resource version.
    stored_type: Option<Vec<u8>>,
    /// Bytes of the header of an object's JSON, which items do not have.
    cut: usize,
    /// What is written is kept for others.
    shared: bool,
}

impl Writer {
    fn answer(
        self: Arc<Self>,
        call: &Call<'_>,
        page: Page,
        (kind, api_version): (&str, &str),
    ) -> Response<Body> {
        let encoding = call.accepted.encoding;
        let Page { items, meta } = page;
        let mut response = match encoding {
            Encoding::Protobuf => match self.size(&items) {
                Some(size) => {
                    let StreamedList { head, tail } =
                        StreamedList::new(kind, api_version, &meta, size);
                    self.framed(items, Frame { text: Text::Protobuf, head, tail })
                }
                None => plain(self.protobuf(&items.list(), &meta, kind, api_version)),
            },
            Encoding::Json | Encoding::Yaml => {
                let head = JsonList::new(kind, api_version, &meta).finish();
                let head = head.strip_suffix(b"]}\n").unwrap_or(&head).to_vec();
                let frame = Frame { text: Text::Json, head, tail: b"]}\n".to_vec() };
                if encoding == Encoding::Yaml || call.accepted.pretty {
                    let json = self.whole(&items.list(), frame);
                    plain(encode::from_json(&json, encoding, call.accepted.pretty))
                } else {
                    self.framed(items, frame)
                }
            }
        };
        let media_type = HeaderValue::from_static(encoding.media_type());
        response.headers_mut().insert(CONTENT_TYPE, media_type);
        call.finish(response)
    }

    /// An answer that is written as it is sent, unless it is short.
    fn framed(self: Arc<Self>, items: Items, frame: Frame) -> Response<Body> {
        match items {
            items if items.len() <= SHORT => plain(self.whole(&items.list(), frame)),
            Items::Span(span) if self.shared => runs::answer(self, span, frame),
            items => document(self.streamed(items.list(), frame)),
        }
    }

    /// The message of an item that needs no other change than its resource version.
    fn stored<'b>(&self, (_, value, _): (&[u8], &'b [u8], i64)) -> Option<&'b [u8]> {
        Envelope::raw_behind(value, self.stored_type.as_ref()?)
    }

    /// How many bytes the items of a protobuf list take; nothing if any needs more than a splice.
    fn size(&self, items: &Items) -> Option<usize> {
        match items {
            Items::Picked(items) => items.iter().map(|item| self.item_size(item.parts())).sum(),
            Items::Span(span) => {
                let entries: Vec<_> = span.entries().collect();
                let (mut at, mut size) = (0, 0);
                while let Some(first) = entries.get(at) {
                    let found = runs::kept(self, Packing::Protobuf, &entries[at..]);
                    let (count, bytes) = match found {
                        Some((count, packed)) => (count, runs::length(&packed)),
                        None => {
                            (1, self.item_size((&first.key, &first.value, first.mod_revision))?)
                        }
                    };
                    (at, size) = (at + count, size + bytes);
                }
                Some(size)
            }
        }
    }

    fn item_size(&self, item: (&[u8], &[u8], i64)) -> Option<usize> {
        let version = item.2.to_string();
        Some(StreamedList::item_size(&Splice::new(self.stored(item)?, &version).ok()?))
    }

    /// Writes an item; says whether it could.
    fn write(&self, text: Text, item: &Item, out: &mut Vec<u8>) -> bool {
        match text {
            Text::Json => self.write_json(item, out),
            Text::Protobuf => self.write_spliced(item, out),
        }
    }

    fn write_spliced(&self, item: &Item, out: &mut Vec<u8>) -> bool {
        let version = item.parts().2.to_string();
        let raw = self.stored(item.parts());
        let Some(splice) = raw.and_then(|raw| Splice::new(raw, &version).ok()) else {
            return false;
        };
        StreamedList::write_item(&splice, out);
        true
    }

    fn protobuf(&self, items: &[Item], meta: &ListMeta, kind: &str, api_version: &str) -> Vec<u8> {
        let mut list = ProtobufList::new(meta);
        for item in items {
            let Some(bytes) = item.passing(&self.forms, self.protobuf) else { continue };
            if let Ok(envelope) = Envelope::read(&bytes) {
                list.push_message(envelope.raw);
            }
        }
        list.finish(kind, api_version)
    }

    /// Writes an item. What a list makes of single items is not kept: a long list would drive out all
    /// that others have use for.
    fn write_json(&self, item: &Item, out: &mut Vec<u8>) -> bool {
        let kept = match item {
            Item::Cached(entry) => answer::kept(&self.forms.served, entry, self.json),
            Item::Past(_) => None,
        };
        if kept.is_none() && self.transcode(item, out) {
            return true;
        }
        let Some(bytes) = kept.or_else(|| item.passing(&self.forms, self.json)) else {
            return false;
        };
        if self.cut > 0 {
            out.push(b'{');
        }
        out.extend_from_slice(&bytes[self.cut.min(bytes.len())..]);
        true
    }

    fn transcode(&self, item: &Item, out: &mut Vec<u8>) -> bool {
        let Some(raw) = self.stored(item.parts()) else { return false };
        let resource_version = &item.parts().2.to_string();
        let header = Header { resource_version, ..Header::default() };
        protobuf_to_json(self.forms.served.scope.kind.message, raw, header, out).is_ok()
    }

    fn whole(&self, items: &[Item], frame: Frame) -> Vec<u8> {
        let mut out = frame.head;
        let mut first = true;
        for item in items {
            first &= !self.append(frame.text, first, item, &mut out);
        }
        out.extend_from_slice(&frame.tail);
        out
    }

    /// Writes an item and what parts it from those before it; what cannot be read is left out.
    pub(super) fn append(&self, text: Text, first: bool, item: &Item, out: &mut Vec<u8>) -> bool {
        let start = out.len();
        if !first {
            out.extend_from_slice(text.separator());
        }
        let written = self.write(text, item, out);
        if !written {
            out.truncate(start);
        }
        written
    }

    /// A body of picked items, each in a form of its own.
    fn streamed(self: Arc<Self>, items: Vec<Item>, frame: Frame) -> Body {
        let Frame { text, head, tail } = frame;
        let mut items = items.into_iter();
        let mut next = Some(head);
        let mut first = true;
        let chunks = std::iter::from_fn(move || {
            let mut out = next.take()?;
            out.reserve(CHUNK + SLACK);
            for item in items.by_ref() {
                first &= !self.append(text, first, &item, &mut out);
                if out.len() >= CHUNK {
                    next = Some(Vec::new());
                    return Some(Ok(Bytes::from(out)));
                }
            }
            out.extend_from_slice(&tail);
            Some(Ok(Bytes::from(out)))
        });
        body::stream(futures::stream::iter(chunks))
    }
}

fn plain(bytes: Vec<u8>) -> Response<Body> {
    document(body::full(bytes))
}

fn document(body: Body) -> Response<Body> {
    let mut response = Response::new(body);
    compression::mark_document(&mut response);
    response
}
