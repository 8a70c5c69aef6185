//! Answers in gzip's format, for clients that take it.

mod pieces;

use std::io::{self, Write as _};
use std::sync::Arc;

use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use futures::stream::{self, StreamExt as _};
use http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, HeaderValue, VARY};
use http::{HeaderMap, Response};
use http_body::Body as _;
use http_body_util::BodyExt as _;
use parking_lot::Mutex;
use pintle_component::serving::Follows;

use crate::body::{self, Body, BoxError};

pub(crate) use self::pieces::Piece;

/// Longest answer that is sent as it is (`responsewriters.defaultGzipThresholdBytes`).
const THRESHOLD: usize = 128 * 1024;
/// Bytes that are compressed at a time; between them others have their turn.
const PIECE: usize = 64 * 1024;
/// Compressed bytes that are worth a frame of their own.
const FRAME: usize = 16 * 1024;
/// Bytes of a frame that are flushed at a time: the encoder finishes a flush only if what is left of
/// it fits its buffer of 32 KiB.
const FLUSHED: usize = 16 * 1024;
/// This level packs lists tighter than level 1 of Go's library, which upstream uses, and takes less
/// time than that.
const LEVEL: Compression = Compression::new(2);

/// Feature gates by which answers are compressed.
#[derive(Clone, Copy, Debug)]
pub struct Gates {
    /// `APIResponseCompression`: long answers are.
    pub answers: bool,
    /// `WatchListCompression`: watches that begin with a list are.
    pub watch_lists: bool,
}

/// Marks an answer that may be compressed.
#[derive(Clone, Copy, Debug)]
enum Candidate {
    /// A document, as a whole.
    Document,
    /// A stream, frame by frame.
    WatchList,
}

/// Marks an answer that is an object, a list or a status, and that may be long.
pub(crate) fn mark_document(response: &mut Response<Body>) {
    if response.body().size_hint().exact().is_none_or(|size| size > THRESHOLD as u64) {
        response.extensions_mut().insert(Candidate::Document);
    }
}

/// An answer in pieces that are compressed already, or will be when they are asked for.
type Pieces = Box<dyn Iterator<Item = Piece> + Send>;

/// The pieces of an answer; extensions must be shareable.
#[derive(Clone)]
struct InPieces(Arc<Mutex<Option<Pieces>>>);

/// Gives what is sent instead of a marked document to a client that takes gzip.
pub(crate) fn mark_pieces(
    response: &mut Response<Body>,
    pieces: impl Iterator<Item = Piece> + Send + 'static,
) {
    let pieces: Pieces = Box::new(pieces);
    response.extensions_mut().insert(InPieces(Arc::new(Mutex::new(Some(pieces)))));
}

/// Marks a watch that begins with a list.
pub(crate) fn mark_watch_list(response: &mut Response<Body>) {
    response.extensions_mut().insert(Candidate::WatchList);
}

/// The client takes gzip (`responsewriters.ContentEncodingSupported`, which looks at the first
/// header alone, knows no weights and minds the case).
pub(crate) fn is_accepted(headers: &HeaderMap) -> bool {
    let codings = headers.get(ACCEPT_ENCODING).and_then(|codings| codings.to_str().ok());
    codings.is_some_and(|codings| codings.split(',').any(|coding| coding.trim() == "gzip"))
}

/// Compresses an answer that is marked, to a client that takes gzip
/// (`responsewriters.SerializeObject`, `handlers.watchResponseWriter`).
pub(crate) async fn apply(mut response: Response<Body>, gates: Gates) -> Response<Body> {
    let zip: fn(Body) -> Body = match response.extensions_mut().remove() {
        Some(Candidate::WatchList) if gates.watch_lists => frame_by_frame,
        Some(Candidate::Document) if gates.answers => {
            if let Some(InPieces(pieces)) = response.extensions_mut().remove() {
                let Some(body) = pieces.lock().take().and_then(in_pieces) else { return response };
                return zipped(response.map(|_| body));
            }
            let (parts, body) = response.into_parts();
            let (body, long) = measured(body).await;
            response = Response::from_parts(parts, body);
            if !long {
                return response;
            }
            as_a_whole
        }
        _ => return response,
    };
    zipped(response.map(zip))
}

fn zipped(mut response: Response<Body>) -> Response<Body> {
    // Compressing takes time.
    response.extensions_mut().remove::<Follows>();
    let headers = response.headers_mut();
    headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    headers.append(VARY, HeaderValue::from_static("Accept-Encoding"));
    response
}

/// The same body, and whether it is long; of one whose length is not known the beginning is read.
async fn measured(mut body: Body) -> (Body, bool) {
    if body.size_hint().lower() > THRESHOLD as u64 {
        return (body, true);
    }
    let (mut first, mut seen) = (Vec::new(), 0);
    while seen <= THRESHOLD
        && let Some(piece) = next_data(&mut body).await
    {
        seen += piece.as_ref().map_or(0, Bytes::len);
        first.push(piece);
    }
    let rest = stream::unfold(body, async |mut body| {
        let piece = next_data(&mut body).await?;
        Some((piece, body))
    });
    (body::stream(stream::iter(first).chain(rest)), seen > THRESHOLD)
}

async fn next_data(body: &mut Body) -> Option<Result<Bytes, BoxError>> {
    loop {
        match body.frame().await?.map(http_body::Frame::into_data) {
            Ok(Ok(data)) => return Some(Ok(data)),
            Ok(Err(_)) => {}
            Err(error) => return Some(Err(error)),
        }
    }
}

/// One member of gzip's format that is put together of pieces; none if they are not long.
fn in_pieces(mut pieces: Pieces) -> Option<Body> {
    let (mut first, mut seen) = (Vec::new(), 0);
    while seen <= THRESHOLD {
        let piece = pieces.next()?;
        seen += piece.length();
        first.push(piece);
    }
    let member = pieces::Member::new(first.into_iter().chain(pieces));
    Some(body::stream(stream::unfold(member, async |mut member| {
        let bytes = member.next(FRAME)?;
        tokio::task::yield_now().await;
        Some((Ok(bytes), member))
    })))
}

/// One member of gzip's format for the whole body.
fn as_a_whole(body: Body) -> Body {
    let zip = Zip { body, left: Bytes::new(), encoder: GzEncoder::new(Vec::new(), LEVEL) };
    body::stream(stream::unfold(Some(zip), async |zip| {
        let mut zip = zip?;
        match zip.next().await {
            Ok(Some(bytes)) => Some((Ok(bytes), Some(zip))),
            Ok(None) => Some((zip.encoder.finish().map(Bytes::from).map_err(Into::into), None)),
            Err(error) => Some((Err(error), None)),
        }
    }))
}

/// A body on its way into gzip's format.
struct Zip {
    body: Body,
    /// What has been read of the body and is not compressed yet.
    left: Bytes,
    encoder: GzEncoder<Vec<u8>>,
}

impl Zip {
    /// Some compressed bytes; none once the body has ended.
    async fn next(&mut self) -> Result<Option<Bytes>, BoxError> {
        while self.encoder.get_ref().len() < FRAME {
            if self.left.is_empty() {
                match next_data(&mut self.body).await {
                    Some(data) => self.left = data?,
                    None => return Ok(None),
                }
            }
            let piece = self.left.split_to(self.left.len().min(PIECE));
            self.encoder.write_all(&piece)?;
            tokio::task::yield_now().await;
        }
        Ok(Some(std::mem::take(self.encoder.get_mut()).into()))
    }
}

/// A member of gzip's format for each frame (`handlers.perFlushGzipWriter`).
fn frame_by_frame(body: Body) -> Body {
    let zip = |bytes: Bytes| member(&bytes).expect("writing to memory does not fail");
    body.map_frame(move |frame| frame.map_data(zip)).boxed_unsync()
}

/// A whole member. All of its data stands before its last block: Go's reader gives out what stands
/// in the last one only once it has seen the beginning of the next member.
fn member(bytes: &[u8]) -> io::Result<Bytes> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    for piece in bytes.chunks(FLUSHED) {
        encoder.write_all(piece)?;
        encoder.flush()?;
    }
    encoder.finish().map(Bytes::from)
}

#[cfg(test)]
mod tests;
