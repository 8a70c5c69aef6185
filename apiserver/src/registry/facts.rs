//! What the watch cache remembers of an object, read from its stored bytes.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use bytes::Bytes;
use pintle_api::catalog::{FieldType, Message, Scalar, Shape};
use pintle_api::codec::meta::{self as facts, MetaView};
use pintle_api::codec::{json, protobuf};
use pintle_engine::{Resource, Value, meta};
use pintle_storage::KeyValue;
use pintle_storage::cache::{Facts, Indexer};

use super::form::StoredForm;

/// What the cache remembers: labels, and the selectable fields that are plain strings. Takes note of
/// values that lacked a default or cannot be read.
pub(super) fn indexer(form: StoredForm, row: &Resource, lacking: &Arc<AtomicBool>) -> Indexer {
    let mut fields = Vec::new();
    let mut paths: Vec<Vec<u32>> = Vec::new();
    for field in row.selectable {
        if let Some(path) = string_path(form.kind.message, field.label) {
            fields.push(field.label.to_owned());
            paths.push(path);
        }
    }
    let triggers = fields.iter().position(|field| field == "spec.nodeName").into_iter().collect();
    let names = fields.clone();
    let read = move |_: &Bytes, value: &Bytes| {
        read_facts(value, &paths).unwrap_or_else(|| read_json_facts(value, &names))
    };
    let lacking = Arc::clone(lacking);
    let complete = move |kv: &KeyValue| {
        let completed = form.completed(kv);
        if completed != Ok(None) {
            lacking.store(true, Ordering::Relaxed);
        }
        completed
    };
    Indexer { fields, triggers, complete: Arc::new(complete), facts: Arc::new(read) }
}

/// The facts of a protobuf value; none of another form.
fn read_facts(value: &Bytes, paths: &[Vec<u32>]) -> Option<Facts> {
    let envelope = protobuf::Envelope::read(value).ok()?;
    let Ok(view) = MetaView::read(envelope.raw) else { return Some(Facts::default()) };
    let labels: Vec<_> = view.labels().collect();
    let found: Vec<String> = paths
        .iter()
        .map(|path| match facts::get(envelope.raw, path) {
            Ok(Some(found)) => found.text().into_owned(),
            _ => String::new(),
        })
        .collect();
    Some(Facts::new(
        labels.iter().map(|(key, value)| (&**key, &**value)),
        found.iter().map(String::as_str),
    ))
}

fn read_json_facts(value: &[u8], fields: &[String]) -> Facts {
    let Ok(object) = json::parse_any(value) else { return Facts::default() };
    let labels = meta::map(&object, "labels").into_iter().flatten();
    let field = |path: &String| {
        let found = object.pointer(&format!("/{}", path.replace('.', "/")));
        found.and_then(Value::as_str).unwrap_or_default()
    };
    Facts::new(
        labels.map(|(key, value)| (key.as_str(), value.as_str().unwrap_or_default())),
        fields.iter().map(field),
    )
}

/// Field numbers of a path of single string fields; `None` if it is something else.
fn string_path(message: &'static Message, label: &str) -> Option<Vec<u32>> {
    let mut message = message;
    let mut path = Vec::new();
    let mut names = label.split('.').peekable();
    while let Some(name) = names.next() {
        let field = message.fields.iter().find(|field| field.json == name)?;
        if field.shape != Shape::Single {
            return None;
        }
        path.push(field.number);
        match field.ty {
            FieldType::Message(below) if names.peek().is_some() => message = below,
            FieldType::Scalar(Scalar::String) if names.peek().is_none() => return Some(path),
            _ => return None,
        }
    }
    None
}
