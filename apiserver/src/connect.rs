//! Resources that are no stored objects: reviews and tokens.

pub mod exchange;
pub mod reviews;
pub mod tokens;

use std::sync::Arc;

use crate::authn::Authenticator;
use crate::authz::Authorizer;
use crate::rest::Rest;

/// Registers everything in this folder.
pub fn register(rest: &mut Rest, authenticator: &Arc<Authenticator>, authorizer: &Arc<Authorizer>) {
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
    rest.may_create = Some(Arc::new(reviews::MayCreate { authorizer: authorizer.clone() }));
    rest.async_admission.push(Arc::new(reviews::Escalation { authorizer: authorizer.clone() }));
}
