//! The generic REST server behind the chain.

use std::sync::Arc;

use futures::future::BoxFuture;
use http::{Response, request};
use pintle_engine::{Lookup, RequestInfo, User};

use super::Backend;
use crate::body::Body;
use crate::rest::{ApiRequest, Rest};

impl Backend for Rest {
    fn handle(
        &self,
        info: RequestInfo,
        user: Arc<User>,
        parts: request::Parts,
        body: Body,
    ) -> BoxFuture<'_, Response<Body>> {
        Box::pin(Rest::handle(self, ApiRequest { info, user, parts, body }))
    }

    fn objects(&self) -> &dyn Lookup {
        &*self.registry
    }

    fn caches_ready(&self) -> bool {
        self.registry.ready()
    }

    fn openapi(&self, parts: request::Parts) -> BoxFuture<'_, Option<Response<Body>>> {
        let (openapi, now) = (self.openapi.clone(), self.clock.now_milliseconds());
        let work = tokio::task::spawn_blocking(move || openapi.answer(&parts, now));
        Box::pin(async move { work.await.expect("documents of the catalog can be built") })
    }
}
