//! The in-process transport: a service that hands requests to the chain, as a connection with an
//! identity of its own or with none.

use std::convert::Infallible;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures::future::BoxFuture;
use http::{Request, Response};
use http_body_util::BodyExt;
use pintle_component::serving::Connection;

use super::Server;
use crate::body::{Body, BoxError};

/// A client's end of a connection to a server in the same process.
#[derive(Clone, Debug)]
pub struct InProcess {
    server: Arc<Server>,
    connection: Arc<Connection>,
}

impl InProcess {
    /// Connects; the certificates of the connection stand for keys that the caller holds.
    pub fn new(server: Arc<Server>, connection: Connection) -> Self {
        Self { server, connection: Arc::new(connection) }
    }
}

impl<B> tower::Service<Request<B>> for InProcess
where
    B: http_body::Body<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = BoxFuture<'static, Result<Self::Response, Self::Error>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let (server, connection) = (self.server.clone(), self.connection.clone());
        Box::pin(async move {
            let request = request.map(|body| body.map_err(Into::into).boxed_unsync());
            Ok(server.handle(&connection, request).await)
        })
    }
}
