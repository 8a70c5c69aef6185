//! Resources that are no stored objects: reviews and tokens.

pub mod binding;
mod conditions;
pub mod eviction;
pub mod exchange;
mod loopback;
pub mod reviews;
pub mod tokens;

use std::sync::Arc;

use crate::authn::Authenticator;
use crate::authz::Authorizer;
use crate::rest::Rest;

/// Registers what assigns and evicts pods.
pub fn register_pods(rest: &mut Rest) {
    rest.connect("", "pods", "binding", Arc::new(binding::Bindings));
    rest.connect("", "bindings", "", Arc::new(binding::Bindings));
    rest.connect("", "pods", "eviction", Arc::new(eviction::Evictions));
}

/// Registers everything in this folder that is no stream.
pub fn register(rest: &mut Rest, authenticator: &Arc<Authenticator>, authorizer: &Arc<Authorizer>) {
    register_pods(rest);
    for (kind, plural) in reviews::ACCESS {
        let review = reviews::Access { kind, authorizer: authorizer.clone() };
        rest.connect("authorization.k8s.io", plural, "", Arc::new(review));
    }
    let rules = reviews::Rules { authorizer: authorizer.clone() };
    rest.connect("authorization.k8s.io", "selfsubjectrulesreviews", "", Arc::new(rules));
    rest.connect("authentication.k8s.io", "selfsubjectreviews", "", Arc::new(reviews::WhoAmI));
    let tokens = reviews::Tokens { authenticator: authenticator.clone() };
    rest.connect("authentication.k8s.io", "tokenreviews", "", Arc::new(tokens));
    let requests = tokens::TokenRequests { authenticator: authenticator.clone() };
    rest.connect("", "serviceaccounts", "token", Arc::new(requests));
    rest.authorizer = authorizer.clone();
    rest.may_create = Some(Arc::new(reviews::MayCreate { authorizer: authorizer.clone() }));
    rest.async_admission.push(Arc::new(reviews::Escalation { authorizer: authorizer.clone() }));
}
