//! Response and request bodies.

use std::io::ErrorKind;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::task::{Context, Poll};

use bytes::Bytes;
use futures::{Stream, StreamExt};
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Full, StreamBody};
use pintle_machinery::status::Status;

/// Any error of a body.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// The one body type of the server, for requests and responses.
pub type Body = UnsyncBoxBody<Bytes, BoxError>;

/// A body of one piece.
pub fn full(bytes: impl Into<Bytes>) -> Body {
    Full::new(bytes.into()).map_err(|never| match never {}).boxed_unsync()
}

/// No body.
pub fn empty() -> Body {
    full(Bytes::new())
}

/// A body of unknown length.
pub fn stream<S>(pieces: S) -> Body
where
    S: Stream<Item = Result<Bytes, BoxError>> + Send + 'static,
{
    StreamBody::new(pieces.map(|piece| piece.map(http_body::Frame::data))).boxed_unsync()
}

/// Why a body could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// It is longer than this limit.
    #[error("limit is {0}")]
    TooLarge(usize),
    /// It is shorter than was announced.
    #[error("unexpected EOF")]
    Cut,
    /// A chunk's length is no number.
    #[error("invalid byte in chunk length")]
    ChunkLength,
    /// A chunk's length is no number of this machine.
    #[error("http chunk length too large")]
    ChunkTooLarge,
    /// The connection broke.
    #[error("{0}")]
    Broken(BoxError),
}

impl ReadError {
    /// Finds Go's words for what went wrong (`net/http.body.Read`,
    /// `net/http/internal.chunkedReader`).
    fn of(error: BoxError) -> Self {
        let error = match error.downcast::<ReadError>() {
            Ok(known) => return *known,
            Err(error) => error,
        };
        let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(&*error);
        while let Some(found) = cause {
            if let Some(io) = found.downcast_ref::<std::io::Error>() {
                match io.kind() {
                    ErrorKind::UnexpectedEof => return ReadError::Cut,
                    ErrorKind::InvalidInput => return ReadError::ChunkLength,
                    ErrorKind::InvalidData => return ReadError::ChunkTooLarge,
                    _ => {}
                }
            }
            cause = found.source();
        }
        ReadError::Broken(error)
    }

    /// What the client is told (`handlers.limitedReadBody`).
    pub fn status(&self) -> Status {
        match self {
            ReadError::TooLarge(_) => Status::request_entity_too_large(&self.to_string()),
            _ => Status::failure(500, "", self.to_string()),
        }
    }
}

/// Reads a whole body of at most `limit` bytes.
pub async fn read(mut body: Body, limit: usize) -> Result<Bytes, ReadError> {
    let mut first = Bytes::new();
    let mut rest: Vec<u8> = Vec::new();
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame.map_err(ReadError::of)?.into_data() else { continue };
        let so_far = if rest.is_empty() { first.len() } else { rest.len() };
        if so_far + data.len() > limit {
            return Err(ReadError::TooLarge(limit));
        }
        if first.is_empty() {
            first = data;
        } else {
            if rest.is_empty() {
                rest.extend_from_slice(&first);
            }
            rest.extend_from_slice(&data);
        }
    }
    Ok(if rest.is_empty() { first } else { rest.into() })
}

/// How far the reading of a request's body has come.
#[derive(Debug, Default)]
pub struct Progress(AtomicU8);

impl Progress {
    const WAITING: u8 = 1;
    const CUT: u8 = 2;

    /// The server waits for the client.
    pub fn is_waiting(&self) -> bool {
        self.0.load(Ordering::Relaxed) == Self::WAITING
    }

    /// The client left before the end.
    pub fn is_cut(&self) -> bool {
        self.0.load(Ordering::Relaxed) == Self::CUT
    }
}

/// The same body, and how far it has been read; none if there is nothing to read.
pub fn watched(body: Body) -> (Body, Option<Arc<Progress>>) {
    if http_body::Body::is_end_stream(&body) {
        return (body, None);
    }
    let progress = Arc::<Progress>::default();
    (Watched { body, progress: progress.clone() }.boxed_unsync(), Some(progress))
}

struct Watched {
    body: Body,
    progress: Arc<Progress>,
}

impl http_body::Body for Watched {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, BoxError>>> {
        let polled = Pin::new(&mut self.body).poll_frame(cx);
        let (polled, state) = match polled {
            Poll::Pending => (Poll::Pending, Progress::WAITING),
            Poll::Ready(Some(Err(error))) => {
                let error = ReadError::of(error);
                let state = if matches!(error, ReadError::Cut) { Progress::CUT } else { 0 };
                (Poll::Ready(Some(Err(error.into()))), state)
            }
            other @ Poll::Ready(_) => (other, 0),
        };
        self.progress.0.store(state, Ordering::Relaxed);
        polled
    }

    fn size_hint(&self) -> http_body::SizeHint {
        self.body.size_hint()
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }
}
