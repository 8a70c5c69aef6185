//! `serviceaccounts/token`.

use std::sync::Arc;

use futures::future::BoxFuture;
use http::Response;
use pintle_machinery::status::Status;

use super::exchange::Exchange;
use crate::authn::Authenticator;
use crate::authn::token_request::{self, Place};
use crate::body::Body;
use crate::rest::{self, ApiRequest, Connect, Rest};

/// Makes tokens on request.
#[derive(Debug)]
pub struct TokenRequests {
    /// Holds the keys.
    pub authenticator: Arc<Authenticator>,
}

impl Connect for TokenRequests {
    fn connect<'a>(&'a self, rest: &'a Rest, request: ApiRequest) -> BoxFuture<'a, Response<Body>> {
        Box::pin(async move {
            let kind = ("authentication.k8s.io", "v1", "TokenRequest");
            let mut exchange = match Exchange::read(request, kind).await {
                Ok(exchange) => exchange,
                Err((form, status)) => return rest::status_response(status, &form),
            };
            exchange.own(rest);
            let outcome = self.issue(rest, &exchange).await;
            exchange.answer(outcome)
        })
    }
}

impl TokenRequests {
    async fn issue(
        &self,
        rest: &Rest,
        exchange: &Exchange,
    ) -> Result<pintle_engine::Value, Status> {
        let accounts = self.authenticator.config().service_accounts.as_ref();
        let accounts = accounts.ok_or_else(|| {
            Status::internal_error("failed to generate token: no key to sign with")
        })?;
        // The account and what the token is bound to may have been made a moment ago.
        let read = [("", "serviceaccounts"), ("", "pods"), ("", "secrets"), ("", "nodes")];
        rest.registry.sync(&read).await.map_err(Status::internal_error)?;
        let id = uuid::Uuid::new_v4().to_string();
        let place = Place {
            namespace: &exchange.info.namespace,
            name: &exchange.info.name,
            now: rest.clock.now_milliseconds().div_euclid(1000),
            id: &id,
        };
        let objects = &*rest.registry;
        // The audience that the node restriction looks at is the caller's, not the default.
        let mut request = exchange.object.clone();
        exchange.mutate(rest, &mut request)?;
        let request = token_request::fill(accounts, objects, &place, request)?;
        exchange.validate(rest, &request)?;
        let prepared = token_request::prepare(accounts, objects, &place, request)?;
        for warning in &prepared.warnings {
            exchange.warnings.push(warning.as_str());
        }
        token_request::finish(accounts, prepared)
    }
}
