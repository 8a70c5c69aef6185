//! The body of a list: its items, written straight from their stored bytes where that can be.

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
use super::list::{CallForms, Item, Page};
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
    };
    writer.answer(call, page, (kind, &api_version))
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
    };
    writer.answer(call, page, (kind, api_version))
}

/// Writes items.
struct Writer {
    forms: CallForms,
    json: Form,
    protobuf: Form,
    /// What stored bytes begin with that are the answer's but for the resource version.
    stored_type: Option<Vec<u8>>,
    /// Bytes of the header of an object's JSON, which items do not have.
    cut: usize,
}

impl Writer {
    fn answer(
        self,
        call: &Call<'_>,
        page: Page,
        (kind, api_version): (&str, &str),
    ) -> Response<Body> {
        let encoding = call.accepted.encoding;
        let Page { items, meta } = page;
        let body = match encoding {
            Encoding::Protobuf => match self.size(&items) {
                Some(size) => {
                    let list = StreamedList::new(kind, api_version, &meta, size);
                    let write = move |item: &Item, out: &mut Vec<u8>| self.write_spliced(item, out);
                    streamed(items, list.head, list.tail, write)
                }
                None => body::full(self.protobuf(&items, &meta, kind, api_version)),
            },
            Encoding::Json | Encoding::Yaml => {
                let head = JsonList::new(kind, api_version, &meta).finish();
                let head = head.strip_suffix(b"]}\n").unwrap_or(&head).to_vec();
                let (tail, write) = (b"]}\n".to_vec(), self.json_writer());
                if encoding == Encoding::Yaml || call.accepted.pretty {
                    let json = whole(&items, head, &tail, write);
                    body::full(encode::from_json(&json, encoding, call.accepted.pretty))
                } else {
                    streamed(items, head, tail, write)
                }
            }
        };
        let mut response = Response::new(body);
        let media_type = HeaderValue::from_static(encoding.media_type());
        response.headers_mut().insert(CONTENT_TYPE, media_type);
        compression::mark_document(&mut response);
        call.finish(response)
    }

    /// The message of an item that needs no other change than its resource version.
    fn stored<'b>(&self, item: &'b Item) -> Option<&'b [u8]> {
        Envelope::raw_behind(item.parts().1, self.stored_type.as_ref()?)
    }

    /// How many bytes the items of a protobuf list take; nothing if any needs more than a splice.
    fn size(&self, items: &[Item]) -> Option<usize> {
        let mut size = 0;
        for item in items {
            let version = item.parts().2.to_string();
            size += StreamedList::item_size(&Splice::new(self.stored(item)?, &version).ok()?);
        }
        Some(size)
    }

    fn write_spliced(&self, item: &Item, out: &mut Vec<u8>) {
        let version = item.parts().2.to_string();
        let splice = self.stored(item).and_then(|raw| Splice::new(raw, &version).ok());
        StreamedList::write_item(&splice.expect("its size has been taken"), out);
    }

    fn protobuf(&self, items: &[Item], meta: &ListMeta, kind: &str, api_version: &str) -> Vec<u8> {
        let mut list = ProtobufList::new(meta);
        for item in items {
            let Some(bytes) = item.encoded(&self.forms, self.protobuf) else { continue };
            if let Ok(envelope) = Envelope::read(&bytes) {
                list.push_message(envelope.raw);
            }
        }
        list.finish(kind, api_version)
    }

    /// Writes one item of a JSON list after another; what cannot be read is left out.
    fn json_writer(self) -> impl FnMut(&Item, &mut Vec<u8>) + Send + 'static {
        let mut first = true;
        move |item, out| {
            let start = out.len();
            if !first {
                out.push(b',');
            }
            if self.write_json(item, out) {
                first = false;
            } else {
                out.truncate(start);
            }
        }
    }

    /// Writes an item; says whether it could. What a list makes is not kept: a long list would
    /// drive out all that others have use for.
    fn write_json(&self, item: &Item, out: &mut Vec<u8>) -> bool {
        let kept = match item {
            Item::Cached(entry) => answer::kept(&self.forms.served, entry, self.json),
            Item::Past(_) => None,
        };
        if kept.is_none() && self.transcode(item, out) {
            return true;
        }
        let Some(bytes) = kept.or_else(|| item.encoded(&self.forms, self.json)) else {
            return false;
        };
        if self.cut > 0 {
            out.push(b'{');
        }
        out.extend_from_slice(&bytes[self.cut.min(bytes.len())..]);
        true
    }

    fn transcode(&self, item: &Item, out: &mut Vec<u8>) -> bool {
        let Some(raw) = self.stored(item) else { return false };
        let resource_version = &item.parts().2.to_string();
        let header = Header { resource_version, ..Header::default() };
        protobuf_to_json(self.forms.served.scope.kind.message, raw, header, out).is_ok()
    }
}

fn whole(
    items: &[Item],
    head: Vec<u8>,
    tail: &[u8],
    mut write: impl FnMut(&Item, &mut Vec<u8>),
) -> Vec<u8> {
    let mut out = head;
    for item in items {
        write(item, &mut out);
    }
    out.extend_from_slice(tail);
    out
}

/// A body that is written as it is sent, unless it is short.
fn streamed(
    items: Vec<Item>,
    head: Vec<u8>,
    tail: Vec<u8>,
    mut write: impl FnMut(&Item, &mut Vec<u8>) + Send + 'static,
) -> Body {
    if items.len() <= SHORT {
        return body::full(whole(&items, head, &tail, write));
    }
    let mut items = items.into_iter();
    let mut next = Some(head);
    let chunks = std::iter::from_fn(move || {
        let mut out = next.take()?;
        out.reserve(CHUNK + SLACK);
        for item in items.by_ref() {
            write(&item, &mut out);
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
