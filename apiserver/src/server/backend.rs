//! What stands behind the chain: resources.

use std::sync::Arc;

use futures::future::BoxFuture;
use http::{Response, request};
use pintle_engine::{Lookup, RequestInfo, User};

use crate::body::Body;

/// Serves resources to requests that have been let through.
pub trait Backend: Send + Sync + 'static {
    /// Answers a request for a resource.
    fn handle(
        &self,
        info: RequestInfo,
        user: Arc<User>,
        parts: request::Parts,
        body: Body,
    ) -> BoxFuture<'_, Response<Body>>;

    /// Newest objects.
    fn objects(&self) -> &dyn Lookup;

    /// Every cache that is needed has been filled.
    fn caches_ready(&self) -> bool;

    /// Answers a request for a document below `/openapi`, if there is one.
    fn openapi(&self, parts: request::Parts) -> BoxFuture<'_, Option<Response<Body>>>;
}
