//! What stands behind the chain: resources.

use futures::future::BoxFuture;
use http::{Response, request};
use pintle_engine::{Lookup, RequestInfo, User};
use pintle_machinery::status::Status;

use crate::body::Body;

/// Serves resources to requests that have been let through.
pub trait Backend: Send + Sync + 'static {
    /// Answers a request for a resource.
    fn handle(
        &self,
        info: RequestInfo,
        user: User,
        parts: request::Parts,
        body: Body,
    ) -> BoxFuture<'_, Response<Body>>;

    /// Writes a status in the form that the client accepts.
    fn status(&self, parts: &request::Parts, status: &Status) -> Response<Body> {
        super::respond::status(parts, status)
    }

    /// Newest objects.
    fn objects(&self) -> &dyn Lookup;

    /// Every cache that is needed has been filled.
    fn caches_ready(&self) -> bool;

    /// Answers a request for a document below `/openapi`, if there is one.
    fn openapi(&self, parts: request::Parts) -> BoxFuture<'_, Option<Response<Body>>>;

    /// Begins to build the documents below `/openapi`, in the background.
    fn prepare_openapi(&self) {}
}
