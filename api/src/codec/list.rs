//! Lists assembled from stored objects, item by item, without decoding them.

use super::json::{close, write_key};
use super::protobuf::{Envelope, WireError, wire};
use super::splice::{self, Splice};
use super::text;
use super::transcode::{self, Header};
use crate::catalog::Message;

/// The metadata of a list (`meta/v1.ListMeta`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListMeta {
    /// The revision that the list shows.
    pub resource_version: String,
    /// Token for the next page; empty on the last.
    pub continue_token: String,
    /// How many items follow this page, if known.
    pub remaining_item_count: Option<i64>,
}

impl ListMeta {
    /// Writes the JSON object.
    pub fn write_json(&self, out: &mut Vec<u8>) {
        out.push(b'{');
        for (key, value) in
            [("resourceVersion", &self.resource_version), ("continue", &self.continue_token)]
        {
            if !value.is_empty() {
                write_key(key, out);
                text::write_str(out, value);
                out.push(b',');
            }
        }
        if let Some(count) = self.remaining_item_count {
            write_key("remainingItemCount", out);
            text::write_i64(out, count);
        }
        close(out, b'}');
    }

    fn to_protobuf(&self) -> Vec<u8> {
        let mut out = Vec::new();
        wire::push_bytes(&mut out, 1, b"");
        wire::push_bytes(&mut out, 2, self.resource_version.as_bytes());
        wire::push_bytes(&mut out, 3, self.continue_token.as_bytes());
        if let Some(count) = self.remaining_item_count {
            wire::push_varint(&mut out, 4 << 3);
            wire::push_varint(&mut out, count as u64);
        }
        out
    }
}

/// A list in JSON, as upstream's streaming encoder writes it.
#[derive(Debug)]
pub struct JsonList {
    out: Vec<u8>,
}

impl JsonList {
    /// Begins a list of a kind such as `PodList`.
    pub fn new(kind: &str, api_version: &str, meta: &ListMeta) -> Self {
        let mut out = Vec::with_capacity(4096);
        out.push(b'{');
        for (key, value) in [("kind", kind), ("apiVersion", api_version)] {
            if !value.is_empty() {
                write_key(key, &mut out);
                text::write_str(&mut out, value);
                out.push(b',');
            }
        }
        write_key("metadata", &mut out);
        meta.write_json(&mut out);
        out.extend_from_slice(b",\"items\":[");
        JsonList { out }
    }

    /// Adds a stored object. Items of built-in lists show no kind: leave it empty in the header.
    pub fn push(
        &mut self,
        message: &'static Message,
        raw: &[u8],
        header: Header<'_>,
    ) -> Result<(), WireError> {
        transcode::protobuf_to_json(message, raw, header, &mut self.out)?;
        self.out.push(b',');
        Ok(())
    }

    /// Adds an item that is JSON already, without its line end.
    pub fn push_json(&mut self, item: &[u8]) {
        self.out.extend_from_slice(item);
        self.out.push(b',');
    }

    /// Ends the list, line end included.
    pub fn finish(mut self) -> Vec<u8> {
        close(&mut self.out, b']');
        self.out.extend_from_slice(b"}\n");
        self.out
    }
}

/// A list in protobuf that is sent while it is written: its frame tells the size of the items,
/// which must therefore be known before the first is written.
#[derive(Debug)]
pub struct StreamedList {
    /// Everything before the items.
    pub head: Vec<u8>,
    /// Everything after them.
    pub tail: Vec<u8>,
}

impl StreamedList {
    /// The frame of items that take `size` bytes together.
    pub fn new(kind: &str, api_version: &str, meta: &ListMeta, size: usize) -> Self {
        let meta = meta.to_protobuf();
        let envelope = Envelope::new(api_version, kind, &[]);
        let (mut head, mut tail) = (Vec::new(), Vec::new());
        envelope.write_header(wire::bytes_size(1, meta.len()) + size, &mut head);
        wire::push_bytes(&mut head, 1, &meta);
        envelope.write_trailer(&mut tail);
        StreamedList { head, tail }
    }

    /// How many bytes an item takes.
    pub fn item_size(item: &Splice<'_>) -> usize {
        wire::bytes_size(2, item.size())
    }

    /// Writes an item.
    pub fn write_item(item: &Splice<'_>, out: &mut Vec<u8>) {
        wire::push_length(out, 2, item.size());
        item.write(out);
    }
}

/// A list in protobuf: metadata first, then the items, in an envelope.
#[derive(Debug)]
pub struct ProtobufList {
    body: Vec<u8>,
}

impl ProtobufList {
    /// Begins a list.
    pub fn new(meta: &ListMeta) -> Self {
        let mut body = Vec::with_capacity(4096);
        wire::push_bytes(&mut body, 1, &meta.to_protobuf());
        ProtobufList { body }
    }

    /// Adds a stored object with its resource version.
    pub fn push(&mut self, raw: &[u8], resource_version: &str) -> Result<(), WireError> {
        let item = splice::with_resource_version(raw, resource_version)?;
        self.push_message(&item);
        Ok(())
    }

    /// Adds an item's message as it is.
    pub fn push_message(&mut self, item: &[u8]) {
        wire::push_bytes(&mut self.body, 2, item);
    }

    /// Ends the list and puts it into its envelope.
    pub fn finish(self, kind: &str, api_version: &str) -> Vec<u8> {
        Envelope::new(api_version, kind, &self.body).write()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_list_has_empty_items() {
        let meta = ListMeta { resource_version: "5".to_owned(), ..ListMeta::default() };
        let json = JsonList::new("PodList", "v1", &meta).finish();
        assert_eq!(
            String::from_utf8(json).unwrap(),
            "{\"kind\":\"PodList\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"5\"},\
             \"items\":[]}\n"
        );
    }

    #[test]
    fn items_are_length_prefixed() {
        let meta = ListMeta { remaining_item_count: Some(3), ..ListMeta::default() };
        let mut list = ProtobufList::new(&meta);
        list.push(b"\x0a\x03\x0a\x01n", "7").unwrap();
        let bytes = list.finish("PodList", "v1");
        let envelope = Envelope::read(&bytes).unwrap();
        let wanted = b"\x0a\x08\x0a\x00\x12\x00\x1a\x00\x20\x03\x12\x08\x0a\x06\x0a\x01n\x32\x017";
        assert_eq!(envelope.raw, wanted);
        let item = Splice::new(b"\x0a\x03\x0a\x01n", "7").unwrap();
        let streamed = StreamedList::new("PodList", "v1", &meta, StreamedList::item_size(&item));
        let mut out = streamed.head;
        StreamedList::write_item(&item, &mut out);
        assert_eq!([out, streamed.tail].concat(), bytes);
    }

    #[test]
    fn pages_say_how_to_go_on() {
        let meta = ListMeta {
            resource_version: "5".to_owned(),
            continue_token: "abc".to_owned(),
            remaining_item_count: Some(0),
        };
        let mut out = Vec::new();
        meta.write_json(&mut out);
        let wanted = b"{\"resourceVersion\":\"5\",\"continue\":\"abc\",\"remainingItemCount\":0}";
        assert_eq!(out, wanted);
    }
}
