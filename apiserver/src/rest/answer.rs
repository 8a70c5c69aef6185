//! Responses: objects, statuses and errors in the form that was negotiated.

use std::sync::Arc;

use bytes::{Bytes, BytesMut};
use http::header::{CONTENT_TYPE, HeaderValue, RETRY_AFTER};
use http::{HeaderName, Response, StatusCode};
use pintle_api::codec::{self, json, metadata, protobuf, splice, text, transcode};
use pintle_engine::negotiate::{Encoding, Transform};
use pintle_engine::options::IncludeObject;
use pintle_engine::{Status, Value, encode, meta, table};
use pintle_machinery::time::Time;
use pintle_storage::Revision;
use pintle_storage::cache::Entry;

use super::create::Durable;
use super::runs::Packing;
use super::{Call, ErrorForm, Failure};
use crate::body::{self, Body};
use crate::compression;
use crate::registry::{Served, Stored, Undecodable};

/// Forms of an object that are kept with its cache entry; the numbers above are [`Packing`]'s, in the
/// same row of [`FORMS`].
#[derive(Clone, Copy, Debug)]
pub(super) enum Form {
    Json = 0,
    Protobuf = 1,
    PartialJson = 2,
    PartialProtobuf = 3,
}

impl Form {
    /// The form that is made and kept once for all who ask for this; none if each has its own.
    pub(super) fn of(transform: Option<&Transform>, encoding: Encoding) -> Option<Self> {
        match (transform, encoding) {
            (None, Encoding::Protobuf) => Some(Self::Protobuf),
            (None, _) => Some(Self::Json),
            (Some(Transform::Metadata(version)), Encoding::Protobuf) if version == "v1" => {
                Some(Self::PartialProtobuf)
            }
            (Some(Transform::Metadata(version)), _) if version == "v1" => Some(Self::PartialJson),
            _ => None,
        }
    }
}

/// What a watch event says of its object; 0 stands for the object alone.
#[derive(Clone, Copy, Debug)]
pub(super) enum Change {
    Added = 1,
    Modified = 2,
    Deleted = 3,
}

impl Change {
    /// Its name in events.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Added => "ADDED",
            Self::Modified => "MODIFIED",
            Self::Deleted => "DELETED",
        }
    }
}

const FORMS: u32 = 8;
const CHANGES: u32 = 4;

/// An object's bytes in a form: compact JSON without a line end, or an envelope.
pub(super) fn encoded(
    served: &Served,
    stored: &Stored,
    entry: &Arc<Entry>,
    form: Form,
) -> Result<Bytes, Undecodable> {
    if let Some(kept) = kept(served, entry, form) {
        return Ok(kept);
    }
    let made = make(served, stored, (&entry.key, &entry.value, entry.mod_revision), form)?;
    Ok(entry.encoded(key(served, form), || exact(made)))
}

/// The event that tells a change of an object, made by `frame` from its bytes in a form.
pub(super) fn event(
    served: &Served,
    stored: &Stored,
    entry: &Arc<Entry>,
    (form, change): (Form, Change),
    frame: impl FnOnce(&[u8]) -> Bytes,
) -> Result<Bytes, Undecodable> {
    let key = number(served.number, form as u32, change as u32);
    if let Some(kept) = entry.kept(key) {
        return Ok(kept);
    }
    let made = frame(&passing(served, stored, entry, form)?);
    Ok(entry.encoded(key, || exact(made)))
}

/// The budget counts what is used of a buffer; what is kept must not hold more.
fn exact(made: Bytes) -> Bytes {
    Vec::from(made).into_boxed_slice().into()
}

/// [`encoded`], but what is made is not kept.
pub(super) fn passing(
    served: &Served,
    stored: &Stored,
    entry: &Arc<Entry>,
    form: Form,
) -> Result<Bytes, Undecodable> {
    match kept(served, entry, form) {
        Some(kept) => Ok(kept),
        None => make(served, stored, (&entry.key, &entry.value, entry.mod_revision), form),
    }
}

/// [`encoded`] if somebody has made it and it is still there.
pub(super) fn kept(served: &Served, entry: &Entry, form: Form) -> Option<Bytes> {
    entry.kept(key(served, form))
}

fn key(served: &Served, form: Form) -> u32 {
    number(served.number, form as u32, 0)
}

/// The number of a form of several objects.
pub(super) fn run_key(served: &Served, packing: Packing) -> u32 {
    number(served.number, packing as u32, 0)
}

/// The number under which an entry keeps a form: no two forms of any resource have the same.
fn number(served: u32, form: u32, change: u32) -> u32 {
    (served * FORMS + form) * CHANGES + change
}

/// Makes a form from stored bytes, without a tree where the stored version is the served one.
pub(super) fn make(
    served: &Served,
    stored: &Stored,
    (key, value, revision): (&[u8], &[u8], i64),
    form: Form,
) -> Result<Bytes, Undecodable> {
    if let Some(bytes) = transcoded(served, value, revision, form) {
        return Ok(bytes);
    }
    let tree = served.scope.to_request(stored.decode(key, value, revision)?);
    Ok(from_tree(served, &tree, form))
}

fn transcoded(served: &Served, value: &[u8], revision: i64, form: Form) -> Option<Bytes> {
    let scope = &served.scope;
    let envelope = protobuf::Envelope::read(value).ok()?;
    let revision = revision.to_string();
    match form {
        Form::PartialJson => {
            let mut out = Vec::with_capacity(value.len() * 2);
            metadata::write_json(envelope.raw, &revision, &mut out).ok()?;
            return Some(out.into());
        }
        Form::PartialProtobuf => {
            return metadata::to_protobuf(envelope.raw, &revision).ok().map(Bytes::from);
        }
        Form::Json | Form::Protobuf => {}
    }
    let api_version = scope.api_version();
    if scope.converts() || envelope.api_version != api_version {
        return None;
    }
    if matches!(form, Form::Protobuf) {
        return splice::envelope_with_resource_version(value, &revision).ok().map(Bytes::from);
    }
    let header = transcode::Header {
        kind: scope.kind.kind,
        api_version: &api_version,
        resource_version: &revision,
    };
    let mut out = Vec::with_capacity(value.len() * 2);
    transcode::protobuf_to_json(scope.kind.message, envelope.raw, header, &mut out).ok()?;
    if out.last() == Some(&b'\n') {
        out.pop();
    }
    Some(out.into())
}

/// A form of a tree in the request's version.
pub(super) fn from_tree(served: &Served, tree: &Value, form: Form) -> Bytes {
    let message = served.scope.kind.message;
    match form {
        Form::Json => {
            let mut out = Vec::with_capacity(1024);
            json::encode(message, tree, &mut out);
            if out.last() == Some(&b'\n') {
                out.pop();
            }
            out.into()
        }
        Form::Protobuf => encode::enveloped(message, tree).into(),
        Form::PartialJson => table::partial_json(&table::partial(tree, "v1")).into(),
        Form::PartialProtobuf => partial_protobuf(tree, "v1").into(),
    }
}

fn partial_protobuf(tree: &Value, version: &str) -> Vec<u8> {
    let name = "io.k8s.apimachinery.pkg.apis.meta.v1.PartialObjectMetadata";
    let partial = table::partial(tree, version);
    match pintle_api::catalog().message(name) {
        Some(message) => encode::enveloped(message, &partial),
        None => Vec::new(),
    }
}

/// The beginning of an object's JSON that list items do not have.
pub(super) fn json_header_length(served: &Served) -> usize {
    let scope = &served.scope;
    "{\"kind\":\"\",\"apiVersion\":\"\",".len() + scope.kind.kind.len() + scope.api_version().len()
}

/// A response of one piece.
pub(super) fn respond(
    code: u16,
    content_type: &'static str,
    body: impl Into<Bytes>,
) -> Response<Body> {
    let mut response = Response::new(body::full(body));
    *response.status_mut() =
        StatusCode::from_u16(code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    compression::mark_document(&mut response);
    response
}

/// An error as a response (`responsewriters.ErrorNegotiated`).
pub(super) fn failure(failure: Failure, form: &ErrorForm) -> Response<Body> {
    let status = match failure {
        Failure::NotFoundText => {
            let mut response = respond(
                404,
                "text/plain; charset=utf-8",
                Bytes::from_static(b"404 page not found\n"),
            );
            let nosniff = HeaderName::from_static("x-content-type-options");
            response.headers_mut().insert(nosniff, HeaderValue::from_static("nosniff"));
            return response;
        }
        Failure::Status(status) => status,
    };
    let code = if status.code == 0 { 500 } else { status.code };
    let mut response = match form.encoding() {
        Some(encoding) => {
            respond(code, encoding.media_type(), encode::status(&status, encoding, form.pretty))
        }
        None => respond(code, "application/json", text::indent(status.to_json().as_bytes())),
    };
    let retry = status.details.as_ref().map_or(0, |details| details.retry_after_seconds);
    if retry > 0 {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(retry));
    }
    response
}

impl Call<'_> {
    /// Answers with an object in the storage version (`handlers.transformResponseObject`).
    pub(super) fn object(&self, code: u16, object: Value) -> Result<Response<Body>, Status> {
        let tree = self.scope.to_request(object);
        let encoding = self.accepted.encoding;
        let bytes = match &self.accepted.transform {
            None => encode::object(self.scope.kind.message, &tree, encoding, self.accepted.pretty),
            Some(Transform::Table(version)) => {
                let bytes = self.table_of(std::iter::once(&tree), version, &own_meta(&tree))?;
                encode::from_json(&bytes, encoding, self.accepted.pretty)
            }
            Some(Transform::Metadata(version)) if encoding == Encoding::Protobuf => {
                partial_protobuf(&tree, version)
            }
            Some(Transform::Metadata(version)) => {
                let partial = table::partial_json(&table::partial(&tree, version));
                encode::from_json(&partial, encoding, self.accepted.pretty)
            }
            Some(Transform::MetadataList(_)) => return Err(self.not_a_list()),
        };
        Ok(self.finish(respond(code, encoding.media_type(), bytes)))
    }

    /// Answers with a cached object, from its bytes: in the form that watchers are sent too and that
    /// is made only once if there are any. A reader alone seldom comes twice, and what was kept for it
    /// would drive out what others have use for.
    pub(super) fn entry(&self, entry: &Arc<Entry>) -> Result<Response<Body>, Status> {
        let Some(form) = self.form() else {
            let tree = self.stored.tree(entry).map_err(undecodable)?;
            return self.object(200, (*tree).clone());
        };
        let encoded = if self.served.is_watched() { encoded } else { passing };
        let bytes = encoded(&self.served, &self.stored, entry, form).map_err(undecodable)?;
        Ok(self.in_form(200, bytes))
    }

    /// The form that the client is sent; none if that is made from a tree.
    fn form(&self) -> Option<Form> {
        Form::of(self.accepted.transform.as_ref(), self.accepted.encoding)
    }

    fn in_form(&self, code: u16, bytes: Bytes) -> Response<Body> {
        let encoding = self.accepted.encoding;
        let bytes = match encoding {
            Encoding::Protobuf => bytes,
            Encoding::Json if !self.accepted.pretty => ended(bytes),
            _ => encode::from_json(&bytes, encoding, self.accepted.pretty).into(),
        };
        self.finish(respond(code, encoding.media_type(), bytes))
    }

    /// Answers with what has been stored, from its bytes: if there are watchers in the form that they
    /// are sent too, which is made only once.
    pub(super) fn durable(&self, code: u16, durable: &Durable) -> Result<Response<Body>, Status> {
        let Durable { key, value, revision } = durable;
        let Some(form) = self.form() else {
            let object = self.stored.decode(key, value, *revision).map_err(undecodable)?;
            return self.object(code, object);
        };
        let watched = self.served.is_watched().then(|| self.cached(key, *revision)).flatten();
        let bytes = match watched {
            Some(entry) => encoded(&self.served, &self.stored, &entry, form),
            None => make(&self.served, &self.stored, (key, value, *revision), form),
        };
        Ok(self.in_form(code, bytes.map_err(undecodable)?))
    }

    /// What the cache holds of an object, if that is of this revision.
    fn cached(&self, key: &[u8], revision: Revision) -> Option<Arc<Entry>> {
        let cache = &self.stored.cache;
        let current = || cache.get(key).filter(|entry| entry.mod_revision == revision);
        current().or_else(|| {
            cache.catch_up();
            current()
        })
    }

    /// Answers with the outcome of a write. What was stored comes from the cache, as for a reader; what
    /// was not, or is not in the cache yet, from the tree.
    pub(super) fn written(
        &self,
        code: u16,
        object: Value,
        dry_run: bool,
    ) -> Result<Response<Body>, Status> {
        if dry_run {
            return self.object(code, object);
        }
        let key = self.key(meta::name(&object));
        let revision = meta::resource_version(&object).parse().ok();
        match revision.and_then(|revision| self.cached(&key, revision)) {
            Some(entry) => {
                let mut response = self.entry(&entry)?;
                *response.status_mut() = StatusCode::from_u16(code).unwrap_or_default();
                Ok(response)
            }
            None => self.object(code, object),
        }
    }

    /// Answers with a status, such as a finished deletion's.
    pub(super) fn status(&self, code: u16, status: &Status) -> Response<Body> {
        let encoding = self.accepted.encoding;
        let bytes = encode::status(status, encoding, self.accepted.pretty);
        self.finish(respond(code, encoding.media_type(), bytes))
    }

    /// A table of trees in the request's version.
    pub(super) fn table_of<'b>(
        &self,
        trees: impl Iterator<Item = &'b Value>,
        version: &str,
        metadata: &Value,
    ) -> Result<Vec<u8>, Status> {
        let include = IncludeObject::parse(&self.info.query)?;
        Ok(self.table_rows(trees, version, metadata, include, true))
    }

    /// As [`Self::table_of`], with everything said.
    pub(super) fn table_rows<'b>(
        &self,
        trees: impl Iterator<Item = &'b Value>,
        version: &str,
        metadata: &Value,
        include: IncludeObject,
        headers: bool,
    ) -> Vec<u8> {
        let now = self.rest.now().div_euclid(1_000_000_000);
        let options = table::Options { version, include, now, headers };
        let message = self.scope.kind.message;
        let rows = trees.map(|tree| {
            let full = (include == IncludeObject::Object).then(|| {
                let mut out = Vec::new();
                json::encode(message, tree, &mut out);
                out
            });
            (tree, full)
        });
        table::write(&self.scope.row, metadata, rows, options)
    }

    fn not_a_list(&self) -> Status {
        Status::failure(
            406,
            "NotAcceptable",
            format!(
                "you requested PartialObjectMetadataList, but the requested object is not a list (*{}.{})",
                package(self.scope.storage.group),
                self.scope.storage.kind
            ),
        )
    }

    /// Adds the warnings that were gathered on the way.
    pub(super) fn finish(&self, mut response: Response<Body>) -> Response<Body> {
        add_warnings(&mut response, self.warnings.take());
        response
    }
}

/// JSON with its line end; what nobody else has is not copied.
fn ended(json: Bytes) -> Bytes {
    let mut json = json.try_into_mut().unwrap_or_else(|shared| {
        let mut copy = BytesMut::with_capacity(shared.len() + 1);
        copy.extend_from_slice(&shared);
        copy
    });
    json.extend_from_slice(b"\n");
    json.freeze()
}

/// Go's package of a group's internal types.
pub(super) fn package(group: &str) -> &str {
    if group.is_empty() { "core" } else { group.split('.').next().unwrap_or_default() }
}

/// The metadata of a table that shows one object.
pub(super) fn own_meta(tree: &Value) -> Value {
    serde_json::json!({"resourceVersion": meta::resource_version(tree)})
}

/// Most runes of all warnings together before they are cut (`filters.recorder`).
const WARNINGS_TOTAL: usize = 4096;
/// What is left of each then.
const WARNING_CUT: usize = 256;

fn add_warnings(response: &mut Response<Body>, warnings: Vec<String>) {
    let mut seen: Vec<String> = Vec::new();
    for warning in warnings {
        if !warning.is_empty() && !seen.contains(&warning) {
            seen.push(warning);
        }
    }
    let total: usize = seen.iter().map(|warning| warning.chars().count()).sum();
    let mut used = 0;
    for warning in seen {
        let text: String = if total > WARNINGS_TOTAL {
            warning.chars().take(WARNING_CUT).collect()
        } else {
            warning
        };
        used += text.chars().count();
        if used > WARNINGS_TOTAL {
            break;
        }
        if let Ok(value) = HeaderValue::from_bytes(warning_header(&text).as_bytes()) {
            response.headers_mut().append(HeaderName::from_static("warning"), value);
        }
    }
}

/// `299 - "text"` with control characters gone (`net.NewWarningHeader`).
fn warning_header(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 10);
    quoted.push_str("299 - \"");
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                quoted.push('\\');
                quoted.push(c);
            }
            c if c.is_control() => quoted.push(' '),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// A stored object that cannot be read.
pub(super) fn undecodable(error: Undecodable) -> Status {
    Status::internal_error(error)
}

/// The empty object of a kind with a resource version, which bookmarks carry.
pub(super) fn empty_object(served: &Served, revision: i64, initial_end: bool) -> Value {
    let mut metadata = serde_json::json!({"resourceVersion": revision.to_string()});
    if initial_end {
        metadata["annotations"] = serde_json::json!({"k8s.io/initial-events-end": "true"});
    }
    typed(served, serde_json::json!({"metadata": metadata}))
}

/// An object of the kind that is served, from some of its fields.
pub(super) fn typed(served: &Served, mut object: Value) -> Value {
    let kind = served.scope.kind;
    meta::set_type(&mut object, kind.group, kind.version, kind.kind);
    codec::json::retype(kind.message, &object, false).map_or(object, |(typed, _)| typed)
}

/// Unix nanoseconds as RFC 3339 in seconds.
pub(super) fn rfc3339(now: i64) -> String {
    Time::new(now.div_euclid(1_000_000_000), 0).rfc3339()
}

#[cfg(test)]
mod tests;
